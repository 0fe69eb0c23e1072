"""What must hold of vouchers before they may be posted; every fault of a file is found, not the first alone.

Accounts and members are looked up, the kind is held against the postings, the date against the entity's start, its
locks and closed years, and each posting to member loans is given its loan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from sqlalchemy import select

from bookkeeper.definitions.chart import FINES_ROLE
from bookkeeper.definitions.kind import EntityKind, kind
from bookkeeper.errors import Fault
from bookkeeper.ledger import periods
from bookkeeper.ledger.accounts import Account, Chart, chart_of
from bookkeeper.ledger.entities import Entity
from bookkeeper.ledger.lending import Lending, LoanTerms
from bookkeeper.rules.dates import Day
from bookkeeper.rules.money import Amount
from bookkeeper.rules.said import Said
from bookkeeper.rules.text import MISPLACED, said_of
from bookkeeper.rules.voucher import Posting, Voucher, difference, misfit
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

MIN_LINES = 2
BANK_ROLE = "bank"
_AT_ONCE = 500
_JOINED = "Date it on that day or later, or put her number right."
_LEFT = "Date it on that day or before. To take her leaving back, reverse the voucher of her settlement."


@dataclass
class Examined:
    """Vouchers as they may be posted: with their accounts and loans found, or the faults that forbid it."""

    LOAN_COLUMNS: ClassVar = (
        "entity", "number", "member", "disbursed", "purpose", "method", "rate_per_month", "instalments",
        "first_due", "principal", "interest_due", "cut_off", "product", "terms",
    )  # fmt: skip

    kind: EntityKind
    chart: Chart
    entries: tuple[Voucher, ...]
    codes: dict[int, str]
    member_ids: dict[str, int]
    lines: list[list[tuple[int, int | None]]] = field(default_factory=list)
    """For each voucher, for each posting: the account's id and the loan's number."""
    new_loans: list[tuple[object, ...]] = field(default_factory=list)
    unknown: list[Fault] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)


def examined(tx: Tx, entity: Entity, vouchers: Sequence[Voucher], loans: Mapping[int, LoanTerms]) -> Examined:
    """Look up and check every voucher; faults are collected in `unknown` and `refused`."""
    chart = chart_of(tx, entity.id)
    entity_kind = kind(entity.kind)
    members = _members(tx, entity, vouchers)
    found = Examined(
        kind=entity_kind,
        chart=chart,
        entries=tuple(vouchers),
        codes={a.id: a.code for a in chart.accounts},
        member_ids={number: row[0] for number, row in members.items()},
    )
    days = periods.open_days(tx, entity)
    lending = Lending(tx, entity, found, members, loans)
    for voucher in vouchers:
        accounts = [_account(chart, p, voucher, found) for p in voucher.postings]
        found.refused += _faults_of(voucher, accounts, found, days)
        found.lines.append(
            [
                (account.id if account else 0, _loan(lending, voucher, posting, account, members))
                for posting, account in zip(voucher.postings, accounts, strict=True)
            ]
        )
    found.new_loans = lending.opened
    found.refused += periods.opening_faults(days, vouchers)
    return found


def _members(tx: Tx, entity: Entity, vouchers: Sequence[Voucher]) -> dict[str, tuple[int, str | None, str | None]]:
    """Number → id, joined, left, for the members that the vouchers name."""
    numbers = sorted({p.member for v in vouchers for p in v.postings if p.member is not None})
    table = tables.member
    found: dict[str, tuple[int, str | None, str | None]] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        query = select(table.c.number, table.c.id, table.c.joined, table.c.left)
        for row in tx.connection.execute(query.where(table.c.entity == entity.id, table.c.number.in_(some))):
            found[row.number] = (row.id, row.joined, row.left)
    return found


def _account(chart: Chart, posting: Posting, voucher: Voucher, found: Examined) -> Account | None:
    account = chart.by_text.get(posting.account)
    if account is None:
        found.unknown.append(chart.unknown(posting.account, posting.row or voucher.row))
    return account


def _faults_of(
    voucher: Voucher, accounts: Sequence[Account | None], found: Examined, days: periods.OpenDays
) -> list[Fault]:
    faults = [Fault(why, row=voucher.row, field=where) for where, why in days.faults(voucher)]
    faults += _faults_of_texts(voucher)
    amounts = voucher.postings
    kept_here = voucher.kind in found.kind.series
    if not kept_here:
        faults.append(
            Fault(
                Said(
                    "this kind of entity ({entity}) keeps no vouchers of kind {kind}.",
                    entity=Said(found.kind.name),
                    kind=Said(voucher.kind),
                ),
                Said("It keeps {kept}.", kept=tuple(map(Said, found.kind.series))),
                voucher.row,
                "kind",
            )
        )
    if len(amounts) < MIN_LINES or any(p.amount == 0 for p in amounts):
        faults.append(Fault("a voucher has at least two lines, each with an amount.", row=voucher.row))
    off = difference(voucher)
    if off:
        more = Said("debits") if off > 0 else Said("credits")
        faults.append(
            Fault(
                Said("the {more} are more by {amount}.", more=more, amount=Amount(abs(off))),
                "Debits and credits must agree.",
                voucher.row,
            )
        )
    for posting, account in zip(amounts, accounts, strict=True):
        if posting.instrument and account and account.role != BANK_ROLE:
            row = posting.row or voucher.row
            faults.append(Fault("only a bank line has an instrument.", "Write it on that line.", row, "instrument"))
    if voucher.closing or None in accounts or not kept_here:
        return faults
    if voucher.kind == "contra" and len({account.id for account in accounts if account}) < MIN_LINES:
        return [*faults, Fault("a contra moves money from one account to another.", "", voucher.row, "account")]
    money = [p.amount for p, a in zip(amounts, accounts, strict=True) if a is not None and a.is_money]
    why = misfit(voucher.kind, money, len(amounts) - len(money))
    return [*faults, Fault(why, row=voucher.row, field="kind")] if why else faults


def _faults_of_texts(voucher: Voucher) -> list[Fault]:
    """Characters that no text may have, whoever brings them."""
    texts = {name: getattr(voucher, name) for name in ("narration", "party", "reference", "resolution")}
    there = ((name, MISPLACED.search(text)) for name, text in texts.items())
    return [Fault(*said_of(found[0]), voucher.row, name) for name, found in there if found]


def _loan(
    lending: Lending,
    voucher: Voucher,
    posting: Posting,
    account: Account | None,
    members: dict[str, tuple[int, str | None, str | None]],
) -> int | None:
    """The loan a posting belongs to, after its member was checked."""
    found, row = lending.found, posting.row or voucher.row
    role = account.role if account else None
    if posting.member is None:
        if role in found.kind.member_roles:
            found.refused.append(
                Fault(Said("a posting to {role} needs a member.", role=Said(role)), "Write her number.", row, "member")
            )
        elif posting.loan is not None:
            found.refused.append(Fault("a loan needs its member.", "Write her number.", row, "member"))
        return None
    member = members.get(posting.member)
    if member is None:
        advice = "List the members with: bookkeeper member list."
        found.unknown.append(Fault(Said("there is no member {member}.", member=posting.member), advice, row, "member"))
        return None
    _id, joined, left = member
    if joined and voucher.date < joined and voucher.kind != "opening":
        found.refused.append(
            Fault(
                Said(
                    "member {member} joined on {joined}, after {day}.",
                    member=posting.member,
                    joined=Day(joined),
                    day=Day(voucher.date),
                ),
                _JOINED,
                row,
                "member",
            )
        )
    if left and voucher.date > left and not _pays_back(found.kind, voucher, posting, role):
        found.refused.append(
            Fault(
                Said(
                    "member {member} left on {left}, before {day}.",
                    member=posting.member,
                    left=Day(left),
                    day=Day(voucher.date),
                ),
                _LEFT,
                row,
                "member",
            )
        )
    return lending.loan_of(voucher, posting, role)


def _pays_back(entity_kind: EntityKind, voucher: Voucher, posting: Posting, role: str | None) -> bool:
    """What one who left still owes she may pay later, and such a payment may be reversed; she borrows and saves not."""
    owed = {*entity_kind.loan_roles, *entity_kind.interest_roles, FINES_ROLE}
    return role in owed and (posting.amount < 0 or voucher.reverses is not None)
