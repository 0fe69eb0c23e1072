"""Single fields of a file: texts, kinds, loans and amounts, each read strictly or refused in the user's words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Final

from bookkeeper.definitions.kind import VOUCHER_KINDS as KINDS
from bookkeeper.exchange.faults import Faults, NotTaken
from bookkeeper.rules.dates import parsed_date
from bookkeeper.rules.money import Paise, parsed, shown
from bookkeeper.rules.text import USUAL, NotAText, cleaned
from bookkeeper.rules.voucher import Posting

LONGEST: Final = {"narration": 500, "party": 200}
"""How many characters a text may have; those not named here, `USUAL`."""

_LOAN_DIGITS: Final = 9
_JOINERS: Final = "\u200c\u200d"  # part of how Indian scripts are written
_HALF: Final = "A voucher's debits and credits must agree."


def near(name: str, known: Iterable[str]) -> str:
    """A hint at the nearest of the known names; else, what there is."""
    names = list(known)
    found = difflib.get_close_matches(name.strip().lower().replace(" ", "_")[:USUAL], names, n=1)
    return f"Did you mean “{found[0]}”?" if found else f"There are {', '.join(names)}."


def short(text: str) -> str:
    """The text as a message may quote it."""
    if text.isprintable() and len(text) <= USUAL:
        return text
    whole = text if len(text) <= USUAL else f"{text[:USUAL]}…"
    return "".join(c if c.isprintable() or c in _JOINERS else "�" for c in whole)


def clean(text: str, longest: int = USUAL) -> str:
    """The text in NFC, without outer blanks. Raises NotTaken for control characters, line ends, and too long a text."""
    try:
        return cleaned(text, longest)
    except NotAText as error:
        raise NotTaken(str(error)) from None


def needed(text: str) -> str:
    """A text that may not be left out."""
    found = clean(text)
    if not found:
        raise NotTaken("this may not be empty.")
    return found


def kind_of(text: str) -> str:
    """The kind of a voucher."""
    kind = text.strip()
    if kind in KINDS:
        return kind
    if not kind:
        raise NotTaken(f"the kind is empty. There are {', '.join(KINDS)}.")
    raise NotTaken(f"“{short(kind)}” is no kind of voucher. {_kinds_near(kind)}")


def _kinds_near(kind: str) -> str:
    everything = f"There are {', '.join(KINDS)}."
    hint = near(kind, KINDS)
    return everything if hint == everything else f"{hint} {everything}"


def loan_of(text: str) -> int:
    """The number of a loan: whole, from 1."""
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and len(digits) <= _LOAN_DIGITS and int(digits):
        return int(digits)
    raise NotTaken(f"“{short(digits)}” is no number of a loan. Write a whole number from 1.")


def rupees(text: str) -> Paise:
    """Rupees as text in paise; an empty text is nought."""
    return parsed(short(text)) if text and not text.isspace() else Paise(0)


def date_of(text: str) -> str:
    """A day as YYYY-MM-DD."""
    return parsed_date(short(text.strip()))


def amount_of(debit: str, credit: str, kind: str, faults: Faults, row: int | None, field: str = "") -> Paise | None:
    """The amount of a posting from its two sides, of which one is filled; None, and the fault noted, otherwise.

    `field` is put before the field's name, for files that have no rows.
    """
    before, both = faults.count, f"{field}debit and credit"
    left = faults.take(rupees, debit, row, f"{field}debit")
    right = faults.take(rupees, credit, row, f"{field}credit")
    if left is None or right is None:
        return None
    if left and right:
        faults.add("a line has a debit or a credit, not both.", "Write two lines.", row, both)
    elif not left and not right:
        faults.add("a line has a debit or a credit.", "Write the amount in one of them.", row, both)
    elif kind != "contra" and (left < 0 or right < 0):
        side, other = ("debit", "credit") if left else ("credit", "debit")
        faults.add("only a contra takes a negative amount.", f"Write it as {other}.", row, f"{field}{side}")
    return Paise(left - right) if faults.count == before else None


def check_balance(postings: list[Posting], label: str, faults: Faults, row: int | None, field: str = "") -> None:
    """Note half a voucher: fewer than two lines, or debits that differ from credits."""
    debits = sum(p.amount for p in postings if p.amount > 0)
    credits_ = -sum(p.amount for p in postings if p.amount < 0)
    if debits == credits_ and len(postings) > 1:
        return
    named = f" “{short(label)}”" if label else ""
    lines = "it has one line only; " if len(postings) == 1 else ""
    totals = f"debits {shown(debits)}, credits {shown(credits_)}, difference {shown(abs(debits - credits_))}."
    faults.add(f"voucher{named} is half a voucher: {lines}{totals}", _HALF, row, f"{field}debit and credit")
