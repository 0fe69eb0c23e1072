"""Cash book: receipts and payments in cash and at the bank, closed by the day.

One entry for each voucher and counter-account; a contra is two, one on each side. Source of the form: the cash book of the
group's manuals (receipts left, payments right; date, voucher, particulars, ledger folio, cash, bank).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Row as Line

from bookkeeper.books.loans import LOAN_ROLE
from bookkeeper.definitions.chart import MONEY_ROLES
from bookkeeper.ledger import voucher_lines as lines
from bookkeeper.ledger.accounts import chart_of
from bookkeeper.ledger.balances import balance_before
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Layout, Register, Row, Say, Side, Total
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Cash book",
    columns=(
        Column("row", "Row", mm=0),
        Column("date", "Date", Kind.DATE, mm=19),
        Column("voucher", "Voucher", head="No", mm=10.5),
        Column("particulars", "Particulars", mm=49.5),
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
            ("date", "voucher", "particulars", "folio", "receipt_cash", "receipt_bank"),
            ("receipt_cash", "receipt_bank"),
            ("balance_cash", "balance_bank"),
        ),
        Side(
            "Payments",
            ("date", "voucher", "particulars", "folio", "payment_cash", "payment_bank"),
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


@dataclass
class _Box:
    """What is in the cash box and at the bank, in paise."""

    cash: int
    bank: int

    def balance(self) -> dict[str, int]:
        return {"balance_cash": self.cash, "balance_bank": self.bank}

    def moved(self, entry: dict[str, Any]) -> dict[str, Any]:
        """An entry with the balances after it."""
        self.cash += entry["receipt_cash"] - entry["payment_cash"]
        self.bank += entry["receipt_bank"] - entry["payment_bank"]
        return entry | self.balance()


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """Each day that has entries: opening, entries in order of posting, closing."""
    box = _before(tx, asked)
    v, p = tables.voucher.c, tables.posting.c
    query = lines.lines_of_vouchers(asked.entity.id, asked.since, asked.until).where(v.kind.in_(_KINDS))
    stream = lines.streamed(tx, query.order_by(v.date, v.sequence, p.line))
    empty = True
    for day, of_day in groupby(stream, key=lambda line: str(line.date)):
        vouchers = [list(of_one) for _, of_one in groupby(of_day, key=lambda line: int(line.sequence))]
        if all(of_one[0].kind == "opening" for of_one in vouchers):
            _open(box, vouchers)
            continue
        empty = False
        yield _balance_row("opening", day, box)
        for of_one in vouchers:
            for entry in _entries(of_one):
                yield box.moved({"row": "entry", "date": day} | entry)
        yield _balance_row("closing", day, box)
    if empty and (box.cash or box.bank):
        yield _balance_row("opening", asked.since, box)
        yield _balance_row("closing", asked.until, box)


def _before(tx: Tx, asked: Asked) -> _Box:
    chart = chart_of(tx, asked.entity.id)
    cash, bank = (
        sum(balance_before(tx, asked.entity.id, account.id, asked.since) for account in chart.of_role(role))
        for role in MONEY_ROLES
    )
    return _Box(cash, bank)


def _open(box: _Box, vouchers: list[list[Line[Any]]]) -> None:
    """Opening vouchers are no receipts: they stand in the balance that the next day opens with."""
    for of_one in vouchers:
        box.cash += sum(line.paise for line in of_one if line.role == "cash")
        box.bank += sum(line.paise for line in of_one if line.role == "bank")


def _balance_row(row: str, day: str, box: _Box) -> dict[str, object]:
    text = Say("Opening balance") if row == "opening" else Say("Closing balance")
    blank = {"voucher": None, "folio": None} | _NOUGHT
    return {"row": row, "date": day, "particulars": text} | blank | box.balance()


def _entries(of_one: list[Line[Any]]) -> Iterator[dict[str, Any]]:
    """The entries of one voucher."""
    money = [line for line in of_one if line.role in MONEY_ROLES]
    if of_one[0].kind == "contra":
        yield from _contra(of_one)
        return
    side = 1 if sum(line.paise for line in money) > 0 else -1
    left = {role: side * sum(line.paise for line in money if line.role == role) for role in MONEY_ROLES}
    names = ("receipt_cash", "receipt_bank") if side > 0 else ("payment_cash", "payment_bank")
    for of_account in _by_account([line for line in of_one if line.role not in MONEY_ROLES]):
        due = -side * sum(line.paise for line in of_account)
        in_cash = min(max(due, 0), left["cash"])
        at_bank = min(max(due, 0) - in_cash, left["bank"])
        if in_cash or at_bank:
            left["cash"] -= in_cash
            left["bank"] -= at_bank
            yield _entry(of_account[0], _particulars(of_account, of_one)) | dict(
                zip(names, (in_cash, at_bank), strict=True)
            )


def _by_account(others: list[Line[Any]]) -> list[list[Line[Any]]]:
    """The lines of a voucher by account, in the order in which each account first stands."""
    found: dict[int, list[Line[Any]]] = {}
    for line in others:
        found.setdefault(line.account_id, []).append(line)
    return list(found.values())


def _entry(line: Line[Any], particulars: Say, folio: int | str | None = None) -> dict[str, Any]:
    own = lines.folio_of(line.folio) if folio is None else folio
    return {"voucher": lines.name_of(line), "particulars": particulars, "folio": own} | _NOUGHT


def _particulars(of_account: list[Line[Any]], of_one: list[Line[Any]]) -> Say:
    """The counter-head, for a loan given its number and borrower, and what the narration adds."""
    first = of_account[0]
    name = Say(first.name)
    members = {line.member for line in of_one if line.member is not None}
    if first.role == LOAN_ROLE and first.paise > 0 and first.loan is not None and len(members) == 1:
        loan = Say.of("{account}: loan {loan}, {member}", account=name, loan=first.loan, member=lines.person(first))
        narration = lines.narration_of(first)
        says_more = narration and narration != f"Loan {first.loan}"
        return lines.joined(loan, narration) if says_more else loan
    return lines.beside(name, first)


def _contra(of_one: list[Line[Any]]) -> Iterator[dict[str, Any]]:
    """A contra stands on both sides: first what went out, then what came in."""
    cash = sum(line.paise for line in of_one if line.role == "cash")
    text = _PUT_INTO_BANK if cash < 0 else _DRAWN_FROM_BANK if cash > 0 else _BETWEEN_BANKS
    accounts = [(of_account[0], sum(line.paise for line in of_account)) for of_account in _by_account(of_one)]
    for line, paise in sorted(accounts, key=lambda account: account[1] > 0):
        side = "receipt" if paise > 0 else "payment"
        yield _entry(line, lines.beside(text, line), CONTRA_FOLIO) | {f"{side}_{line.role}": abs(paise)}
