"""What the books keep as JSON (bodies of links, sheets, notes, the log), read so that no damage is ever a traceback."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from bookkeeper.rules.money import Paise, parsed

UNREADABLE: Final = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)
"""What values of another shape than the program writes do to their reader; he says so in a finding."""


def told_by(body: object) -> list[Any]:
    """The array in the body of a link; empty where there is none to be read."""
    found = _json(body)
    return found if isinstance(found, list) else []


def fields(text: object) -> dict[str, Any] | None:
    """The object in a text; None where there is none to be read."""
    found = _json(text)
    return found if isinstance(found, dict) else None


def _json(text: object) -> object:
    try:
        return json.loads(str(text))
    except (ValueError, RecursionError):
        return None


@lru_cache(maxsize=20_000)
def amount(text: str) -> Paise:
    """An amount as the program writes it ("50.00"), in paise. Raises one of `UNREADABLE`."""
    return parsed(text)


def counted(sheet: Mapping[str, Any]) -> int | None:
    """The cash that a sheet says was counted, in paise; None where it was not. Raises one of `UNREADABLE`."""
    pieces = sheet.get("cash_counted")
    if pieces is None:
        return None
    notes = sum(int(note) * number * 100 for note, number in pieces.items())
    return int(notes) + (amount(sheet["coins"]) if "coins" in sheet else 0)
