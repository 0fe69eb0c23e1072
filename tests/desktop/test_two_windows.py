"""The same books in a second window and on the command line while this one posts; and a lock that lasts."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtWidgets import QApplication

from benchmarks.window import settle, turn, until
from bookkeeper.commands.act import Done, Office
from bookkeeper.commands.audit import verify
from bookkeeper.commands.voucher_entry import last, listed
from bookkeeper.commands.vouchers import post_vouchers
from bookkeeper.desktop.pages.vouchers import VouchersPage
from bookkeeper.desktop.shell import Shell
from bookkeeper.rules.money import Paise
from bookkeeper.rules.voucher import Posting, Voucher
from bookkeeper.store import engine
from tests.desktop.conftest import a_window
from tests.desktop.hands import Hands

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
ROOT = Path(__file__).parents[2]
DAY = "2025-03-31"
HONORARIUM, CASH = "5006", "1001"
EACH = 6


@pytest.fixture
def second(application: QApplication, practice: Path, shell: Shell, tmp_path: Path) -> Iterator[Shell]:
    """Another window with the books that the first has open; the first keeps the cursor."""
    assert application is not None
    with a_window(practice, QSettings(str(tmp_path / "second.ini"), QSettings.Format.IniFormat)) as made:
        shell.activateWindow()
        until(shell.isActiveWindow, "the cursor")
        yield made


def pay(shell: Shell, narration: str, posted: list[Done]) -> None:
    """A payment that this window's thread posts when its turn comes."""
    lines = (Posting(HONORARIUM, Paise(1_00)), Posting(CASH, Paise(-1_00)))
    voucher = Voucher("payment", DAY, lines, narration)

    def post(office: Office, key: str) -> Done:
        return post_vouchers(office, key, "SAV", [voucher])

    shell.desk.act(QObject(shell), "Posting", post, posted.append)


def test_two_windows_and_the_command_line_post_in_the_same_books(
    shell: Shell, second: Shell, practice: Path, tmp_path: Path
) -> None:
    office = shell.desk.office
    assert office is not None
    before = last(office, "SAV", "payment", 1)[0]
    file = tmp_path / "more.csv"
    rows = [
        f"{number},{DAY},payment,{line},By file {number}"
        for number in range(EACH)
        for line in (f"{HONORARIUM},1.00,", f"{CASH},,1.00")
    ]
    file.write_text("\n".join(["voucher,date,kind,account,debit,credit,narration", *rows]) + "\n", encoding="utf-8")
    run = [sys.executable, "-m", "bookkeeper", "--books", str(practice), "post", "SAV", str(file)]
    line = subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT, env=os.environ)
    posted: list[Done] = []
    for number in range(EACH):
        pay(second, f"By the second window {number}", posted)
        pay(shell, f"By the first window {number}", posted)
        turn(20)
    by_keys(shell, "By the clerk")
    said = line.communicate(timeout=60)[0]
    assert line.returncode == 0, said
    settle(second)
    settle(shell)
    assert len(posted) == 2 * EACH
    found = [one for one in listed(office, "SAV", DAY, kind="payment") if one.sequence > before.sequence]
    assert len(found) == 3 * EACH + 1
    numbers = sorted(int(one.name.partition("/")[0][1:]) for one in found)
    first = int(before.name.partition("/")[0][1:])
    assert numbers == list(range(first + 1, first + 1 + len(found)))
    assert len({one.narration for one in found}) == len(found)
    assert not verify(practice).findings


def by_keys(shell: Shell, narration: str) -> str:
    """A payment as a clerk enters it; the answer is what the page says."""
    hands = Hands(shell)
    shell.go("vouchers", kind="payment")
    settle(shell)
    hands.press(KEY.Key_F5)
    settle(shell)
    hands.type("honor")
    hands.press(KEY.Key_Return)
    hands.type("300")
    for _ in range(3):
        hands.press(KEY.Key_Return)
    hands.type(narration)
    hands.press(KEY.Key_Return, CONTROL)
    settle(shell)
    assert isinstance(shell.page, VouchersPage)
    return shell.page.notice.first.text()


def test_a_lock_that_lasts_is_told_and_nothing_is_lost(
    shell: Shell, practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.2)
    shell.desk.open_books(practice)  # with less patience
    settle(shell)
    office = shell.desk.office
    assert office is not None
    count = len(listed(office, "SAV", DAY))
    with closing(sqlite3.connect(practice, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        said = by_keys(shell, "While another writes")
        assert "is being written by another program" in said, said
        page = shell.page
        assert isinstance(page, VouchersPage)
        assert page.entry.draft.narration == "While another writes"
        other.execute("ROLLBACK")
    Hands(shell).press(KEY.Key_Return, CONTROL)
    settle(shell)
    assert page.notice.first.text().startswith("Posted P")
    assert len(listed(office, "SAV", DAY)) == count + 1
    assert page.entry.draft.is_empty
