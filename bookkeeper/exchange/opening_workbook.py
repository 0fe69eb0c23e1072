"""The cut-off sheet as a workbook (XLSX): an empty form of it, and what somebody has filled in.

Sheets are found by their names, columns by their titles, which are the keys below with blanks for underscores, in any
order; what is optional may lack. "Sheet": field and value, with the row "date". "Members": a row for each member, and
for each further loan of hers a row with her number and that loan alone; names are for the reader. "Accounts": what
stands on the other heads, on one side each. "Bank items", if there are any: what the bank has not yet seen, paid out
negative. A blank amount is nought; there is no row of totals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException

from bookkeeper.errors import BadInput, Fault
from bookkeeper.exchange.cells import Line, Table, folded, heads_of, is_of_totals
from bookkeeper.exchange.faults import Faults
from bookkeeper.exchange.fields import date_of, near, needed, short
from bookkeeper.exchange.meeting_fields import instalments_of, method_of, rate_of
from bookkeeper.exchange.table import Columns
from bookkeeper.exchange.workbook import Sheet, sheets_of
from bookkeeper.rules.cut_off import BankItem, CutOff, CutOffHead, CutOffLoan, CutOffMember
from bookkeeper.rules.meeting import SAVINGS
from bookkeeper.rules.money import Paise

_LOAN: Final = (
    "loan_outstanding", "interest_due", "rate_per_month", "instalments_left", "disbursed", "principal", "purpose",
    "method",
)  # fmt: skip
SHEETS: Final[Mapping[str, Columns]] = {
    "Sheet": Columns(("field", "value"), ()),
    "Members": Columns(("member",), ("name", *SAVINGS, *_LOAN)),
    "Accounts": Columns(("account", "debit", "credit"), ("name",)),
    "Bank items": Columns(("amount",), ("date", "kind", "number", "narration")),
}
"""The sheets by name, and their columns."""

_FORM: Final[Mapping[str, tuple[str, ...]]] = {
    "Sheet": ("field", "value"),
    "Members": ("member", "name", *SAVINGS, *_LOAN),
    "Accounts": ("account", "name", "debit", "credit"),
    "Bank items": ("date", "amount", "kind", "number", "narration"),
}
_OF_THE_FORM: Final = ("field", "member", "account", "name")
"""The columns that the empty form has filled already."""

_ITEMS: Final = "bank_items "
_WIDTH: Final = 16
_OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

Named = Iterable[tuple[str, str]]
"""Numbers or codes, each with its name."""


def write_cut_off_form(path: Path, members: Named, accounts: Named, on: str = "") -> None:
    """Write an empty form of the cut-off sheet: members and heads are there, amounts to be entered. Raises BadInput."""
    rows = {"Sheet": [("date", on)], "Members": members, "Accounts": accounts}
    try:
        with Workbook(str(path), _OPTIONS) as book:
            bold = book.add_format({"bold": True, "bottom": 1})
            for name, columns in _FORM.items():
                sheet = book.add_worksheet(name)
                sheet.freeze_panes(1, 0)
                sheet.set_column(0, len(columns) - 1, _WIDTH)
                for place, column in enumerate(columns):
                    sheet.write_string(0, place, column.replace("_", " "), bold)
                for at, cells in enumerate(rows.get(name, ()), 1):
                    for place, text in enumerate(cells):
                        sheet.write_string(at, place, text)
    except (OSError, XlsxWriterException) as error:
        why = f"the form cannot be written ({getattr(error, 'strerror', None) or error})."
        raise BadInput(Fault(why, "Choose another place."), file=str(path)) from None


class CutOffBook:
    """The cut-off sheet of a workbook, and where its fields stand; what is wrong is noted in `faults`.

    `hidden` says of each row that is filled and hidden that it was read. Raises BadInput for what is no such workbook.
    """

    def __init__(self, data: bytes, faults: Faults) -> None:
        self._faults = faults
        self._tables = _tables(sheets_of(data, faults.file), faults)
        self._date: Line | None = None
        self._hidden: list[str] = []
        on = self._day()
        members = tuple(self._members())
        heads = tuple(head for line in self._lines("Accounts") if (head := _head(line)))
        items = tuple(item for line in self._lines("Bank items") if (item := _bank_item(line)))
        self.sheet = CutOff(on or "", members, heads, items)
        self.hidden = tuple(self._hidden)

    def place(self, row: int | None, field: str) -> str:
        """Where a field stands: "cell C4 of the sheet “Members”, savings"."""
        if row is None:
            return self._date.place("value") if field == "date" and self._date else field
        name = "Accounts" if field in {"account", "debit", "credit"} else "Members"
        if field.startswith(_ITEMS):
            name, field = "Bank items", field.removeprefix(_ITEMS)
        key = "loan_outstanding" if field == "loan" else field
        return self._tables[name].place(row, key) if name in self._tables else f"row {row}, {field}"

    def _lines(self, name: str) -> Iterator[Line]:
        table = self._tables.get(name)
        if table:
            for line in table.lines():
                if line.has(*table.columns):
                    if line.is_hidden and line.has(*(key for key in table.columns if key not in _OF_THE_FORM)):
                        self._hidden.append(line.told_hidden)
                    yield line

    def _day(self) -> str | None:
        for line in self._lines("Sheet"):
            what = line.cell("field")
            if folded(what) != "date":
                line.refuse(f"“{short(str(what))}” is no line of this sheet.", "There is date.", "field")
            elif self._date:
                line.refuse("“date” stands twice.", "Delete one of them.", "field")
            else:
                self._date = Line(line.table, line.number, line.cells, called="date")
        if self._date is None or not self._date.has("value"):
            todo = "Write date and the day, as 2024-03-31, on the sheet “Sheet”."
            where = self._date.place("value") if self._date else "date"
            self._faults.add("the day of the cut-off is missing.", todo, field=where)
            return None
        return self._date.day(date_of, "value")

    def _members(self) -> Iterator[CutOffMember]:
        found: dict[str, CutOffMember] = {}
        for line in self._lines("Members"):
            if is_of_totals(line, "member", "name"):
                continue
            member = line.take(needed, "member")
            if not line.has("member"):
                line.refuse("this row has no number of a member.", "Write her number, or delete the row.", "member")
            loans = tuple(_loan(line))
            savings = [line.amount(key) for key in SAVINGS]
            if not member:
                continue
            before = found.get(member)
            if before is None:
                found[member] = CutOffMember(member, savings[0], savings[1], savings[2], loans, line.number)
            elif line.has(*SAVINGS) or not loans:
                why = f"member {short(member)} stands in row {before.row} already."
                line.refuse(why, "A further row of hers has a further loan, and no savings.", "member")
            else:
                found[member] = replace(before, loans=(*before.loans, *loans))
        yield from found.values()


def _tables(sheets: Iterable[Sheet], faults: Faults) -> dict[str, Table]:
    """The sheets by name, each with its columns. Raises BadInput for sheets and columns that are none of the form's."""
    names = {folded(name): name for name in SHEETS}
    found: dict[str, Table] = {}
    for sheet in sheets:
        name = names.get(folded(sheet.name), "")
        if not sheet.rows:
            continue
        if not name:
            todo = f"{near(sheet.name, SHEETS)} Rename or delete it."
            faults.add(f"the sheet “{short(sheet.name)}” is none of a cut-off sheet's.", todo)
            continue
        heads = [head.replace(" ", "_") for head in heads_of(sheet)]
        SHEETS[name].places(heads, faults)
        found[name] = Table(sheet, {head: (head,) for head in heads}, faults)
    if not found.keys() & {"Members", "Accounts"}:
        faults.add("there are neither “Members” nor “Accounts” in it.", "Name the sheets so.")
    faults.refuse_if_any()
    return found


def _loan(line: Line) -> Iterator[CutOffLoan]:
    if not line.has(*_LOAN):
        return
    outstanding = line.amount("loan_outstanding")
    left = line.take(instalments_of, "instalments_left")
    for key in ("loan_outstanding", "instalments_left"):
        if not line.has(key):
            line.refuse("this is missing of the loan.", "Write it, or leave the whole loan blank.", key)
    loan = CutOffLoan(
        outstanding,
        left or 1,
        line.amount("interest_due"),
        line.rate(rate_of, "rate_per_month"),
        line.take(method_of, "method"),
        line.day(date_of, "disbursed") or "",
        line.amount("principal"),
        line.text("purpose"),
    )
    if outstanding:
        yield loan


def _head(line: Line) -> CutOffHead | None:
    """What stands on a head; one that stands at nought is left out."""
    if is_of_totals(line, "account", "name"):
        return None
    if not line.has("account"):
        line.refuse("this row has no account.", "Write its code, or delete the row.", "account")
    account, debit, credit = line.take(needed, "account"), line.amount("debit"), line.amount("credit")
    if debit and credit:
        line.refuse("a line has a debit or a credit, not both.", "Write two lines.", "debit")
        return None
    amount = Paise(debit - credit)
    return CutOffHead(account, amount, line.number) if account and amount else None


def _bank_item(line: Line) -> BankItem | None:
    amount = line.amount("amount", signed=True)
    if not line.has("amount"):
        line.refuse("there is no amount.", "Write it; what was paid out is negative.", "amount")
    on, kind, number = line.day(date_of, "date") or "", line.text("kind"), line.text("number")
    narration = line.text("narration")
    return BankItem(amount, on, kind, number, narration, line.number) if amount else None
