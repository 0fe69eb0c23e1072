"""Drafts: whole or not there, moved aside where they are damaged, and on the disk within a second."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from benchmarks.window import until
from bookkeeper.desktop.draft_keeper import DraftKeeper
from bookkeeper.desktop.vouchers.draft import draft_of
from bookkeeper.exchange import drafts
from bookkeeper.exchange.drafts import DamagedDraft, Draft, DraftKey

KEY = DraftKey("/books", "SAV", "meeting", "next")


def test_a_draft_is_written_read_listed_and_removed(tmp_path: Path) -> None:
    draft = Draft(KEY, "2025-04-05T11:42:00", {"place": "कुडाळ"})
    drafts.write(tmp_path, draft)
    other = DraftKey("/books", "SAV", "meeting", "12")
    drafts.write(tmp_path, Draft(other, "2025-04-05T11:43:00", {}))
    drafts.write(tmp_path, Draft(DraftKey("/others", "SAV", "meeting", "next"), "2025-04-06", {}))
    assert drafts.read(tmp_path, KEY) == draft
    damaged = [DraftKey(books, "SAV", "meeting", "damaged").file(tmp_path) for books in ("/books", "/others")]
    for file in damaged:
        file.write_text("{")
    there, aside = drafts.listed(tmp_path, "/books", "SAV", "meeting", is_free=lambda file: file != damaged[0])
    assert not aside
    assert all(file.exists() for file in damaged), "neither what another window has, nor others' is moved"
    there, aside = drafts.listed(tmp_path, "/books", "SAV", "meeting")
    assert [one.key.name for one in there] == ["12", "next"]
    assert [one.name.partition(".")[0] for one in aside] == [damaged[0].stem]
    drafts.remove(tmp_path, KEY)
    assert drafts.read(tmp_path, KEY) is None
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"form": "other", "body": {}}', "\udcff", '{"form": 1}'])
def test_a_damaged_draft_is_moved_aside(tmp_path: Path, text: str) -> None:
    file = KEY.file(tmp_path)
    file.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(DamagedDraft) as wrong:
        drafts.read(tmp_path, KEY)
    assert wrong.value.aside.read_bytes() == text.encode(errors="surrogateescape")
    assert drafts.read(tmp_path, KEY) is None


@pytest.fixture
def keepers(application: QApplication, tmp_path: Path) -> Iterator[tuple[DraftKeeper, DraftKeeper]]:
    """Those of two windows."""
    assert application is not None
    both = DraftKeeper(tmp_path), DraftKeeper(tmp_path)
    yield both
    for keeper in both:
        keeper.close_draft()


def test_what_is_typed_is_on_the_disk_within_a_second(keepers: tuple[DraftKeeper, DraftKeeper], tmp_path: Path) -> None:
    keeper, body = keepers[0], {"minutes": "a"}
    kept: list[str] = []
    keeper.kept.connect(kept.append)
    assert keeper.open(KEY, lambda: dict(body), dict).what is None
    begun = time.monotonic()
    keeper.touch()
    body["minutes"] = "ab"
    until(lambda: kept, "the draft")
    assert time.monotonic() - begun < 1
    found = drafts.read(tmp_path, KEY)
    assert found is not None
    assert found.body == {"minutes": "ab"}
    keeper.touch()
    keeper.remove()
    assert keeper.flush()
    assert drafts.read(tmp_path, KEY) is None


def test_a_second_window_has_a_draft_of_its_own(keepers: tuple[DraftKeeper, DraftKeeper]) -> None:
    first, second = keepers
    first.open(KEY, lambda: {"minutes": "first"}, dict)
    first.write()
    assert second.open(KEY, lambda: {"minutes": "second"}, dict).what is None
    assert second.is_second
    second.write()
    first.close_draft()
    second.close_draft()
    assert first.flush()
    assert first.open(KEY, dict, dict).what == {"minutes": "first"}
    first.remove()
    first.close_draft()
    assert first.open(KEY, dict, dict).what == {"minutes": "second"}, "what the other window left is not forgotten"


def test_a_draft_keeps_its_key_until_it_is_posted(keepers: tuple[DraftKeeper, DraftKeeper]) -> None:
    keeper, body = keepers[0], {"minutes": "a"}
    keeper.open(KEY, lambda: dict(body), dict)
    first = keeper.send()
    keeper.close_draft()
    assert keeper.open(KEY, lambda: dict(body), dict).what == body
    again = keeper.send()
    assert first is not None
    assert again is not None
    assert (again.key, again.is_other) == (first.key, False), "sent twice, it is one thing"
    body["minutes"] = "b"
    other = keeper.send()
    assert other is not None
    assert (other.key, other.is_other) == (first.key, True)
    keeper.keep_anew(other)
    anew = keeper.send()
    assert anew is not None
    assert anew.key != first.key
    assert not anew.is_other
    keeper.posted(anew)
    assert not keeper.is_kept()


def test_what_cannot_be_written_is_said_and_the_next_is_kept(
    keepers: tuple[DraftKeeper, DraftKeeper], tmp_path: Path
) -> None:
    keeper = keepers[0]
    body: dict[str, object] = {"minutes": object()}
    failed: list[str] = []
    keeper.failed.connect(failed.append)
    keeper.open(KEY, lambda: body, dict)
    keeper.write()
    begun = time.monotonic()
    assert not keeper.flush()
    assert time.monotonic() - begun < 1
    until(lambda: failed, "why not")
    body["minutes"] = "half a sign, as a broken paste leaves it: \ud800"
    keeper.write()
    assert keeper.flush()
    found = drafts.read(tmp_path, KEY)
    assert found is not None
    assert found.body == body


def test_a_folder_that_cannot_be_made_is_said(application: QApplication, tmp_path: Path) -> None:
    assert application is not None
    (tmp_path / "file").write_text("")
    keeper = DraftKeeper(tmp_path / "file" / "drafts")
    found = keeper.open(KEY, dict, dict)
    assert (found.what, found.aside) == (None, None)
    assert found.wrong
    keeper.write()
    assert not keeper.flush()
    keeper.close_draft()


@pytest.mark.parametrize("lines", [5, [{"amount": 5}], [{"side": "debit", "amount": "much"}], "abc"])
def test_a_voucher_that_no_page_can_show_is_moved_aside(
    keepers: tuple[DraftKeeper, DraftKeeper], tmp_path: Path, lines: object
) -> None:
    drafts.write(tmp_path, Draft(KEY, "2025-04-05T11:42:00", {"narration": "old", "lines": lines}))
    found = keepers[0].open(KEY, dict, draft_of)
    assert found.what is None
    assert found.aside is not None
    assert json.loads(found.aside.read_text())["body"]["narration"] == "old"


_TYPING = """
import sys
sys.path.insert(0, {here!r})
import conftest
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from bookkeeper.desktop import app
made = app.application()
shell = app.window({books!r}, QSettings({kept!r}, QSettings.Format.IniFormat))
conftest.until(lambda: shell.page is not None)
conftest.settle(shell)
shell.activateWindow()
shell.open("meeting")
conftest.settle(shell)
for sign in "150":
    QTest.keyClick(QApplication.focusWidget(), sign)
print("typed", flush=True)
conftest.turn(60000)
"""


def test_a_window_killed_while_typing_loses_nothing(practice: Path, tmp_path: Path) -> None:
    here = Path(__file__).parent
    code = _TYPING.format(here=str(here), books=str(practice), kept=str(tmp_path / "w.ini"))
    code = code.replace(f"app.window({str(practice)!r}", f"app.window(__import__('pathlib').Path({str(practice)!r})")
    environment = {**os.environ, "PYTHONPATH": str(here.parents[1])}
    running = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment, text=True)
    assert running.stdout is not None
    with running, running.stdout:
        assert running.stdout.readline() == "typed\n"
        time.sleep(1)
        running.send_signal(signal.SIGKILL)
    files = list((tmp_path / "data").rglob("meeting-*.json"))
    assert len(files) == 1
    assert ["1", 0, "savings", "150"] in json.loads(files[0].read_text())["body"]["cells"]
