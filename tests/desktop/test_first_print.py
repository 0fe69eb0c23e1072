"""Print, opened for the first time in a window, from what one looked at: the pages are those that the fields name."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest
from PySide6.QtCore import QSettings

from benchmarks.window import settle, turn, until
from bookkeeper.desktop import print_fields
from bookkeeper.desktop.pages.printing import PrintingPage
from bookkeeper.desktop.shell import Shell


@pytest.fixture
def kept(kept: QSettings, monkeypatch: pytest.MonkeyPatch) -> QSettings:
    """The window begins at the registers: the print page is not made yet."""
    monkeypatch.setattr(print_fields, "PAUSE", 5)
    kept.setValue("place", "registers")
    return kept


def first_opened(shell: Shell, **asked: str) -> tuple[PrintingPage, str]:
    """The print page, and the text on its paper."""
    settle(shell)
    shell.go("printing", **asked)
    page = shell.page
    assert isinstance(page, PrintingPage)
    turn(30)
    settle(shell)
    until(lambda: page.preview.is_ready, "the pages")
    assert page.preview.paper is not None
    pages = pypdf.PdfReader(BytesIO(page.preview.paper.data)).pages
    return page, "\n".join(one.extract_text() for one in pages)


def test_the_period_is_that_of_the_fields(shell: Shell) -> None:
    page, paper = first_opened(shell, name="cash-book", since="2023-11-05", until="2023-12-31", folio="12")
    assert (page.fields.since.date, page.fields.until.date) == ("2023-11-05", "2023-12-31")
    assert "05-11-2023 to 31-12-2023" in paper
    assert page.preview.pages == 2


def test_a_statement_is_that_of_the_member_alone(shell: Shell) -> None:
    page, paper = first_opened(shell, name="member-statement", member="9")
    assert page.fields.member.key == "9"
    assert "Nanda Kambli" in paper
    assert page.preview.pages == 1, "not one for each member"


def test_a_ledger_is_that_of_the_account_alone(shell: Shell) -> None:
    _, paper = first_opened(shell, name="general-ledger", account="cash")
    assert "Cash in hand 01-04-2024 Opening balance" in paper
    assert paper.count("Opening balance") == 1, "not of every account"
