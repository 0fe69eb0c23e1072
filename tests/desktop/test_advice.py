"""What the window advises about a refusal: what can be done at the window, in every language."""

from __future__ import annotations

import re

import pytest

from bookkeeper.desktop.advice import AT_THE_WINDOW, at_the_window
from bookkeeper.rules.said import Said
from bookkeeper.words import language
from tests.words.test_refusals import needed

OF_THE_COMMAND_LINE = re.compile(r"(^|\s)--[a-z]|bookkeeper [a-z]|member import")

NOT_AT_THE_WINDOW = {
    "books/cut_off.py": "books are taken over by the command line",
    "commands/act.py": "the user is she who opened the computer",
    "commands/entities.py": "rules of a group are set by the command line",
    "commands/loan_products.py": "so are loan products",
    "ledger/loan_products.py": "so are loan products",
    "commands/reports.py": "the window's fields always name a group, and never exclude each other",
    "store/engine.py": "the window neither makes books nor brings them up to date",
}


@pytest.mark.parametrize("code", ["hi", "mr"])
def test_a_clerk_is_never_sent_to_the_command_line(code: str) -> None:
    of_the_line = {text: where for text, where in needed().items() if OF_THE_COMMAND_LINE.search(text)}
    left = {t for t, w in of_the_line.items() if t not in AT_THE_WINDOW and w.split(":")[0] not in NOT_AT_THE_WINDOW}
    assert not left
    assert set(AT_THE_WINDOW) <= set(of_the_line), "advice that nobody gives any more"
    for text in AT_THE_WINDOW.values():
        assert not OF_THE_COMMAND_LINE.search(text)
        assert language(code).say(text) != text


def test_advice_keeps_what_it_names() -> None:
    there = "Reverse that one first with: bookkeeper meeting reverse {entity} {number}; or put the date right."
    here = at_the_window(Said(there, entity="SAV", number="37"))
    assert here == "Take meeting 37 back first, on its own page; or put the date right."
    assert at_the_window("Write her number.") == "Write her number."
