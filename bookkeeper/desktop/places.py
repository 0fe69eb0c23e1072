"""The places of the window: those that there are, in their order; each has a page under `pages/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Place:
    """A place: the name of its page's module, its title (a message), and its icon."""

    name: str
    title: str
    icon: str


PLACES: Final = (
    Place("meeting", "Meeting", "meeting"),
    Place("vouchers", "Vouchers", "vouchers"),
    Place("registers", "Registers", "registers"),
    Place("printing", "Print", "print"),
)

TREE: Final = Place("tree", "All groups", "tree")
"""Not a place to be in: the tree of entities, from which one is chosen."""
