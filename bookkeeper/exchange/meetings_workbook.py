"""The meeting sheet as a workbook: what `report meeting-sheet --format xlsx` writes, filled in and read back.

The first sheet is the register's rows below a row of titles, columns as in `COLUMNS`; the report's parts follow on
sheets of their own, each below its titles, as in `PARTS`. Titles are the English messages here, said in any language.

*Rows.* One for each member who belongs to the group that day; for one with several loans a row for each loan. Every
row has her number and name. Her first row carries everything; her further rows only what is in `FURTHER` (so a second
fee of hers goes there as well). A row of hers that says by "bank" beside one in cash is her second row by bank. The
register fills number, name, loan and what is in `TOLD`, which is for information and is not read back; a blank amount
is nought. Attendance is P, A, T (late) or L (leave); left blank she is absent, and with nothing else in her rows she is
not listed. By is cash (or blank) or bank, sent yes or blank, withdrawn from a role of savings or the title of its
column. Product, purpose, instalments and rate belong to a new loan: the product by its key; blank follows the product,
without one the group's rule. There is no row of totals.

*Parts.* "meeting": one row for each of `MEETING`, its title in the first column, the value in the second; the code of
the entity and the day are filled in, people are numbers with commas between. "count": the notes of
`rules.meeting.NOTES` in the first column, pieces in the second; all blank (with the coins) is not counted. "foot",
"agenda", "resolutions": blank rows to be filled. Any part may lack, but not "meeting".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bookkeeper.errors import BadInput, Fault
from bookkeeper.exchange.cells import Table, Titles, folded, has_titles, spoken, unlike
from bookkeeper.exchange.faults import Faults
from bookkeeper.exchange.fields import short
from bookkeeper.exchange.workbook import Sheet, sheets_of

COLUMNS: Final[Titles] = {
    "member": ("Member no.", "No", "No."),
    "name": ("Name", "Member"),
    "attendance": ("Here",),
    "due_savings": ("Savings due",),
    "savings": ("Savings",),
    "voluntary_savings": ("Voluntary",),
    "special_savings": ("Special",),
    "loan": ("Loan",),
    "outstanding": ("Loan balance",),
    "due_principal": ("Principal due",),
    "due_interest": ("Interest due",),
    "principal": ("Principal",),
    "interest": ("Interest",),
    "repayment": ("Repayment",),
    "fine_due": ("Fine due",),
    "fine": ("Fine",),
    "fine_levied": ("Fine levied",),
    "other_head": ("Other head",),
    "other": ("Other",),
    "withdrawal": ("Withdrawal",),
    "withdrawal_from": ("Withdrawn from",),
    "new_loan": ("New loan",),
    "purpose": ("Purpose",),
    "instalments": ("Instalments",),
    "rate_per_month": ("Rate a month",),
    "by": ("By",),
    "sent": ("Sent",),
    "savings_balance": ("Savings balance",),
    "due_penalty": ("Penalty due",),
    "penalty": ("Penalty",),
    "product": ("Loan product",),
}
"""The columns of the first sheet in order: key → its title, and others that are taken for it."""

BEFORE: Final[Titles] = {
    key: titles for key, titles in COLUMNS.items() if key not in {"due_penalty", "penalty", "product"}
}
"""The columns as sheets had them that were printed before loans had products: such a sheet is taken, too."""

TOLD: Final = (
    "due_savings", "outstanding", "due_principal", "due_interest", "due_penalty", "fine_due", "savings_balance",
)  # fmt: skip
"""The columns for information."""

FURTHER: Final = ("principal", "interest", "repayment", "penalty", "other_head", "other")
"""What a further row of a member may carry beside the number of its loan."""

MEETING: Final[Titles] = {
    "entity": ("Group code",),
    "date": ("Date",),
    "number": ("Meeting number",),
    "place": ("Place",),
    "time": ("Time",),
    "presided_by": ("Presided by",),
    "signed_by": ("Signed by",),
    "minutes": ("Minutes",),
    "coins": ("Coins",),
}
"""The rows of the part "meeting": key → its title."""

PARTS: Final[Mapping[str, tuple[str, Titles]]] = {
    "meeting": ("Meeting", {"field": ("What",), "value": ("Value",)}),
    "count": ("Cash counted", {"note": ("Denomination",), "pieces": ("Pieces",)}),
    "foot": (
        "Other receipts and payments",
        {"kind": ("Kind",), "account": ("Account",), "amount": ("Amount",), "by": ("By",), "narration": ("Narration",)},
    ),
    "agenda": ("Agenda", {"item": ("Item",)}),
    "resolutions": (
        "Resolutions",
        {
            "number": ("Number",),
            "text": ("Resolution",),
            "proposed_by": ("Proposed by",),
            "seconded_by": ("Seconded by",),
        },
    ),
}
"""The parts in order: key → the title of its sheet (its first 31 characters), and its columns."""

ROWS: Final = "rows"
"""The table of the members' rows, among the parts."""

ANEW: Final = "Print the sheet anew, and fill that one."

_LONGEST_NAME: Final = 31


def tables_of(data: bytes, faults: Faults) -> dict[str, Table]:
    """The tables of a meeting sheet: `ROWS`, and the key of each part that is there.

    Raises BadInput for what is no meeting sheet, and for columns and sheets that were moved, renamed, added or deleted.
    """
    filled = [sheet for sheet in sheets_of(data, faults.file) if sheet.rows]
    if not filled:
        raise BadInput(Fault("this workbook is empty.", ANEW), file=faults.file)
    found: dict[str, Table] = {}
    for place, sheet in enumerate(filled):
        key = _key(sheet, is_first=not place)
        columns = _rows_of(sheet) if key == ROWS else PARTS[key][1] if key else {}
        if not key:
            what = f"the sheet “{short(sheet.name)}” is none of a meeting sheet's."
            faults.add(what, "Delete it; what belongs to the meeting stands on the other sheets.")
        elif key in found:
            what = f"the sheets “{short(found[key].sheet.name)}” and “{short(sheet.name)}” are the same kind of sheet."
            faults.add(what, "Delete one of them.")
        else:
            for fault in unlike(sheet, columns, is_first=key == ROWS):
                faults.add(fault.message, fault.todo)
            found[key] = Table(sheet, columns, faults, is_first=key == ROWS)
    _refuse_missing(found, faults)
    faults.refuse_if_any()
    return found


def _rows_of(sheet: Sheet) -> Titles:
    """The columns that a sheet of the members' rows has, or should have."""
    return BEFORE if has_titles(sheet, BEFORE) else COLUMNS


def _refuse_missing(found: Mapping[str, Table], faults: Faults) -> None:
    for key, what in ((ROWS, "the members' rows"), ("meeting", f"“{PARTS['meeting'][0]}”")):
        if key not in found:
            faults.add(f"the sheet with {what} is missing.", ANEW)


def _key(sheet: Sheet, *, is_first: bool) -> str:
    """Which table a sheet holds: by its titles, else by its name, else by its place; empty where it is none."""
    tables: Sequence[tuple[str, Titles]] = [(ROWS, _rows_of(sheet)), *((key, part[1]) for key, part in PARTS.items())]
    for key, columns in tables:
        if has_titles(sheet, columns):
            return key
    for key, (title, _) in PARTS.items():
        if folded(sheet.name) in {name[:_LONGEST_NAME].strip() for name in spoken(title)}:
            return key
    return ROWS if is_first else ""
