"""Drafts: whole or not there, moved aside where they are damaged, and on the disk within a second."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from bookkeeper.desktop.draft_keeper import DraftKeeper
from bookkeeper.exchange import drafts
from bookkeeper.exchange.drafts import DamagedDraft, Draft, DraftKey
from tests.desktop.conftest import until

KEY = DraftKey("/books", "SAV", "meeting", "next")


def test_a_draft_is_written_read_listed_and_removed(tmp_path: Path) -> None:
    draft = Draft(KEY, "2025-04-05T11:42:00", {"place": "कुडाळ"})
    drafts.write(tmp_path, draft)
    other = DraftKey("/books", "SAV", "meeting", "12")
    drafts.write(tmp_path, Draft(other, "2025-04-05T11:43:00", {}))
    drafts.write(tmp_path, Draft(DraftKey("/others", "SAV", "meeting", "next"), "2025-04-06", {}))
    assert drafts.read(tmp_path, KEY) == draft
    there, aside = drafts.listed(tmp_path, "/books", "SAV", "meeting")
    assert [one.key.name for one in there] == ["12", "next"]
    assert not aside
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


def test_what_is_typed_is_on_the_disk_within_a_second(application: QApplication, tmp_path: Path) -> None:
    assert application is not None
    keeper, other, body = DraftKeeper(tmp_path), DraftKeeper(tmp_path), {"minutes": "a"}
    kept: list[str] = []
    keeper.kept.connect(kept.append)
    assert keeper.open(KEY, lambda: dict(body)) is None
    other.open(KEY, dict)
    assert other.is_elsewhere
    begun = time.monotonic()
    keeper.touch()
    body["minutes"] = "ab"
    until(lambda: kept, "the draft")
    assert time.monotonic() - begun < 1
    found = drafts.read(tmp_path, KEY)
    assert found is not None
    assert found.body == {"minutes": "ab"}
    other.write()
    keeper.touch()
    keeper.remove()
    keeper.flush()
    assert drafts.read(tmp_path, KEY) is None
    keeper.close()
    other.close()


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
