"""What to do about a refusal, for whoever sits at the window: the books advise in the words of the command line."""

from __future__ import annotations

from typing import Final

from bookkeeper.rules.said import Said

AT_THE_WINDOW: Final = {
    "List the members with: bookkeeper member list.": "Choose her from the list of members.",
    "List the members with: bookkeeper member list {entity}.": "Choose her from the list of members.",
    "List the accounts with: bookkeeper account list.": "Choose one from the list of accounts.",
    "Enter the members first: member import.": "Bring the members in first.",
    "Enter the missing receipt or contra first, or give the reason with --cash-below-zero.": (
        "Enter the missing receipt or contra first, or give the reason."
    ),
    "Reverse it first: bookkeeper meeting reverse {entity} {number}.": "Take that one back first, on its own page.",
    "Reverse that one first with: bookkeeper meeting reverse {entity} {number}; or put the date right.": (
        "Take meeting {number} back first, on its own page; or put the date right."
    ),
    "Reverse the whole meeting with: bookkeeper meeting reverse.": "Take the whole meeting back, on its own page.",
    "Give an open day with --date.": "Choose an open day.",
    "Look with: bookkeeper verify.": "Look with: Verify the books.",
    "Nothing was entered. If it is meant to be entered a second time, say --again.": "Nothing was entered.",
    "these books have no entity yet. Add one with: bookkeeper entity add.": "These books have no group yet.",
}
"""By the text of the command line, that of the window; both may have the same {named} places."""


def at_the_window(said: str) -> str:
    """A sentence of a refusal as the window says it."""
    text = said.text if isinstance(said, Said) else said
    own = AT_THE_WINDOW.get(text)
    if own is None:
        return said
    return Said(own, **dict(said.values)) if isinstance(said, Said) else own
