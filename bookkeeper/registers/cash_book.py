"""Cash book: receipts and payments in cash and at the bank, closed by the day.

One entry for each voucher and counter-account; a contra is two, one on each side. The form is that of the groups'
manuals: receipts left, payments right; date, voucher, particulars, ledger folio, cash, bank.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Row as Line
from sqlalchemy import select

from bookkeeper.definitions.chart import MONEY_ROLES
from bookkeeper.ledger.accounts import Account, Chart, chart_of, folio_of
from bookkeeper.ledger.balances import balance_before
from bookkeeper.ledger.counter_accounts import Moved, moved, moved_in
from bookkeeper.ledger.particulars import AT_ONCE, NAMES, Told, loan_given, name_in, particulars, with_reversals
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Layout, Person, Register, Row, Say, Side, Total
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Cash book",
    columns=(
        Column("row", "Row", mm=0),
        Column("date", "Date", Kind.DATE, mm=19),
        Column("voucher", "Voucher", head="No", mm=10.5),
        Column("particulars", "Particulars", mm=0),
        Column("in_short", "Particulars, in short", head="Particulars", mm=49.5),
        Column("folio", "L.F.", mm=9),
        Column("receipt_cash", "Receipts, cash", Kind.MONEY, Total.SUM, "Receipts", "Cash", 21.5),
        Column("receipt_bank", "Receipts, bank", Kind.MONEY, Total.SUM, "Receipts", "Bank", 24),
        Column("payment_cash", "Payments, cash", Kind.MONEY, Total.SUM, "Payments", "Cash", 21.5),
        Column("payment_bank", "Payments, bank", Kind.MONEY, Total.SUM, "Payments", "Bank", 24),
        Column("balance_cash", "Balance, cash", Kind.BALANCE, Total.LAST, "Balance", "Cash", 21.5),
        Column("balance_bank", "Balance, bank", Kind.BALANCE, Total.LAST, "Balance", "Bank", 24),
    ),
    asks=(Ask.PERIOD,),
    group="date",
    carry=True,
    layout=Layout.TWO_SIDED,
    landscape=True,
    sides=(
        Side(
            "Receipts",
            ("date", "voucher", "in_short", "folio", "receipt_cash", "receipt_bank"),
            ("receipt_cash", "receipt_bank"),
            ("balance_cash", "balance_bank"),
        ),
        Side(
            "Payments",
            ("date", "voucher", "in_short", "folio", "payment_cash", "payment_bank"),
            ("payment_cash", "payment_bank"),
            ("balance_cash", "balance_bank"),
        ),
    ),
    signed_by=("Book-keeper", "Treasurer", "Secretary", "President"),
    closes_with_totals=False,
)

CONTRA_FOLIO = "C"
_KINDS = ("receipt", "payment", "contra", "opening")
_NOUGHT = {"receipt_cash": 0, "receipt_bank": 0, "payment_cash": 0, "payment_bank": 0}
_PUT_INTO_BANK = Say("Cash put into bank")
_DRAWN_FROM_BANK = Say("Cash drawn from bank")
_BETWEEN_BANKS = Say("Transfer between banks")
_OF_CASH = Say("Transfer of cash")


@dataclass
class _Box:
    """What is in the cash box and at the bank, in paise."""

    cash: int
    bank: int

    def balance(self) -> dict[str, int]:
        return {"balance_cash": self.cash, "balance_bank": self.bank}

    def entered(self, entry: dict[str, Any]) -> dict[str, Any]:
        """An entry with the balances after it."""
        self.cash += entry["receipt_cash"] - entry["payment_cash"]
        self.bank += entry["receipt_bank"] - entry["payment_bank"]
        return entry | self.balance()


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """Each day that has entries: opening, entries in order of posting, closing; paise."""
    chart = chart_of(tx, asked.entity.id)
    box = _before(tx, asked, chart)
    empty = True
    for day, of_day in groupby(_lines(tx, asked), key=lambda line: str(line.date)):
        vouchers = [list(of_one) for _, of_one in groupby(of_day, key=lambda line: int(line.sequence))]
        openings = [_by_account(of_one, chart) for of_one in vouchers if of_one[0].kind == "opening"]
        _open(box, openings)
        if len(openings) == len(vouchers):
            continue
        empty = False
        yield _balance_row("opening", day, box)
        for of_one in vouchers[len(openings) :]:
            for entry in _entries(of_one, chart):
                yield box.entered({"row": "entry", "date": day} | entry)
        yield _balance_row("closing", day, box)
    if empty and (box.cash or box.bank):
        yield _balance_row("opening", asked.since, box)
        yield _balance_row("closing", asked.until, box)


def _before(tx: Tx, asked: Asked, chart: Chart) -> _Box:
    cash, bank = (
        sum(balance_before(tx, asked.entity.id, account.id, asked.since) for account in chart.of_role(role))
        for role in MONEY_ROLES
    )
    return _Box(cash, bank)


def _lines(tx: Tx, asked: Asked) -> Iterator[Line[Any]]:
    """Every line of the vouchers that move money, and of the opening vouchers, in order of day and posting."""
    v, p, m = tables.voucher.c, tables.posting.c, tables.member.c
    own = (p.entity == v.entity) & (p.sequence == v.sequence)
    hers = (m.entity == p.entity) & (m.id == p.member)
    source = with_reversals(tables.voucher.join(tables.posting, own)).outerjoin(tables.member, hers)
    line = (p.account, p.paise, p.loan, m.number.label("member"), m.name, m.name_local)
    query = select(v.sequence, v.date, v.kind, v.narration, *NAMES, *line).select_from(source)
    query = query.where(v.entity == asked.entity.id, v.date.between(asked.since, asked.until), v.kind.in_(_KINDS))
    return iter(tx.connection.execute(query.order_by(v.date, v.sequence, p.line), execution_options=AT_ONCE))


def _by_account(of_one: list[Line[Any]], chart: Chart) -> dict[Account, int]:
    """What a voucher has on each account, in order of first line."""
    found: dict[Account, int] = {}
    for line in of_one:
        account = chart.by_id[line.account]
        found[account] = found.get(account, 0) + line.paise
    return found


def _open(box: _Box, vouchers: list[dict[Account, int]]) -> None:
    """Opening vouchers are no receipts: they stand in the balance that the next day opens with."""
    box.cash += sum(moved_in(by_account, "cash") for by_account in vouchers)
    box.bank += sum(moved_in(by_account, "bank") for by_account in vouchers)


def _balance_row(row: str, day: str, box: _Box) -> dict[str, object]:
    text = Say("Opening balance") if row == "opening" else Say("Closing balance")
    blank = {"voucher": None, "folio": None} | _NOUGHT
    return {"row": row, "date": day, "particulars": text, "in_short": text} | blank | box.balance()


def _entries(of_one: list[Line[Any]], chart: Chart) -> Iterator[dict[str, Any]]:
    """The entries of one voucher."""
    first = of_one[0]
    by_account = _by_account(of_one, chart)
    is_contra = first.kind == "contra"
    for entry in moved(by_account, is_contra=is_contra):
        side = "receipt" if entry.is_receipt else "payment"
        text, short = (_contra(first, by_account),) * 2 if is_contra else _particulars(of_one, entry)
        folio = CONTRA_FOLIO if is_contra else folio_of(entry.account.folio)
        amounts = {f"{side}_cash": entry.cash, f"{side}_bank": entry.bank}
        said = {"voucher": name_in(first), "particulars": text, "in_short": short, "folio": folio}
        yield said | _NOUGHT | amounts


def _contra(first: Line[Any], by_account: dict[Account, int]) -> Say:
    cash = moved_in(by_account, "cash")
    across = _BETWEEN_BANKS if any(account.role == "bank" for account in by_account) else _OF_CASH
    text = _PUT_INTO_BANK if cash < 0 else _DRAWN_FROM_BANK if cash > 0 else across
    return particulars(text, Told.of(first))


def _particulars(of_one: list[Line[Any]], entry: Moved) -> tuple[Say, Say]:
    """The counter-head; for a loan given to one member its number and her name; and what the narration adds.

    In short the loan stands without its head, which it tells by itself.
    """
    head, told = Say(entry.account.name), Told.of(of_one[0])
    members = {line.member for line in of_one if line.member is not None}
    for line in of_one:
        if line.account == entry.account.id and line.loan is not None and line.paise > 0 and len(members) == 1:
            member = Person(line.name, line.name_local)
            return particulars(head, told, line.loan, member), loan_given(told, line.loan, member)
    return (particulars(head, told),) * 2
