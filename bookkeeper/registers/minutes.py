"""Minutes: the bound book of a group's meetings, one opening for each, in the order of the printed report registers.

What was said and resolved stands as it was handed in. Money is read from the vouchers that the meeting made, so that
the opening agrees with the cash book; nothing is written that nobody said. `row` names what a row is: `fact` (a label
and its text), `item`, `note` (to the item above), `paragraph`, `amount`, `total`, `count` (how the cash that was
counted stands to the book), `person` and `signature`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import func, select

from bookkeeper.books import loans, sittings
from bookkeeper.books.members import Member, members
from bookkeeper.books.sittings import Meeting
from bookkeeper.definitions.chart import MONEY_ROLES
from bookkeeper.definitions.kind import kind
from bookkeeper.ledger.accounts import Account, Chart, chart_of
from bookkeeper.ledger.balances import balance_before
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Layout, Person, Register, Row, Say
from bookkeeper.rules.meeting import ABSENT, LATE, LEAVE, PRESENT, Resolution
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Minutes",
    columns=(
        Column("meeting", "Meeting", mm=0),
        Column("date", "Date", Kind.DATE, mm=0),
        Column("section", "Section"),
        Column("row", "Row", mm=0),
        Column("number", "No."),
        Column("what", "Particulars"),
        Column("text", "Text"),
        Column("member", "Member no.", mm=0),
        Column("name", "Member"),
        Column("amount", "Amount", Kind.BALANCE),
    ),
    asks=(Ask.PERIOD,),
    layout=Layout.MINUTES,
    signed_by=("Secretary", "President"),
    closes_with_totals=False,
    nothing="No meeting was held in this period.",
)

_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SAVINGS: Final = (
    ("savings", "Savings"),
    ("voluntary_savings", "Voluntary savings"),
    ("special_savings", "Special savings"),
)
_HERE: Final = (PRESENT, LATE)


def each(tx: Tx, asked: Asked) -> Iterator[Asked]:
    """A leaf for each meeting of the period."""
    for meeting in sittings.in_brief(tx, asked.entity, asked.since, asked.until):
        yield replace(asked, meeting=meeting.sequence)


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """The opening of one meeting, section by section; amounts in paise."""
    meeting = None if asked.meeting is None else sittings.of_link(tx, asked.entity, asked.meeting)
    if meeting is not None:
        for row in _Opening(tx, asked, meeting).rows():
            yield {"meeting": str(meeting.number), "date": meeting.date, **row}


class _Opening:
    """What stands in the book of one meeting."""

    def __init__(self, tx: Tx, asked: Asked, meeting: Meeting) -> None:
        self._meeting, self._sheet = meeting, meeting.sheet
        everybody = members(tx, asked.entity)
        self._people = {one.number: one for one in everybody}
        attendance = meeting.sheet.attendance()
        day = meeting.date
        self._attended: Mapping[str, str] = {
            one.number: attendance.get(one.number, ABSENT)
            for one in everybody
            if one.belonged(day, day) or one.number in attendance
        }
        self._money = _money(tx, asked, meeting)
        lent = self._money.lent
        self._lent = [one for one in loans.standing(tx, asked.entity, day) if one.loan in lent] if lent else []

    def rows(self) -> Iterator[Row]:
        """All sections in their order; what a meeting had nothing of is left out."""
        yield from _in(Say("Meeting"), self._facts())
        yield from _in(Say("Agenda"), _items(Say(one) for one in self._sheet.agenda))
        yield from _in(Say("Savings"), self._savings())
        yield from _in(Say("New loans"), self._loans())
        yield from _in(Say("Receipts"), self._receipts())
        yield from _in(Say("Payments"), self._payments())
        yield from _in(Say("Resolutions"), self._resolutions())
        yield from _in(Say("What was discussed"), self._minutes())
        yield from _in(Say("Cash counted"), self._count())
        yield from _in(Say("Absent members"), self._absent())
        yield from _in(Say("Signatures"), self._signatures())

    def _facts(self) -> Iterator[Row]:
        sheet, day = self._sheet, self._meeting.date
        yield _fact(Say("Number"), self._meeting.number)
        yield _fact(Say("Weekday"), Say(_WEEKDAYS[dt.date.fromisoformat(day).weekday()]))
        for title, text in (("Time", sheet.time), ("Place", sheet.place)):
            if text:
                yield _fact(Say(title), text)
        here = sum(how in _HERE for how in self._attended.values())
        count = {"members": len(self._attended), "present": here, "absent": len(self._attended) - here}
        yield _fact(Say("Members"), Say.of("{members}; present {present}, absent {absent}", **count))
        if sheet.presided_by:
            yield {"row": "fact", "what": Say("Presided by"), **self._named(sheet.presided_by)}

    def _savings(self) -> Iterator[Row]:
        sums = [(title, sum(getattr(row, key) for row in self._sheet.rows)) for key, title in _SAVINGS]
        sums = [(title, amount) for title, amount in sums if amount]
        yield from (_amount(Say(title), amount) for title, amount in sums)
        if len(sums) > 1:
            yield _amount(Say("Total"), sum(amount for _, amount in sums), "total")

    def _loans(self) -> Iterator[Row]:
        """Each loan given: to whom, what for, and its terms as they hold."""
        for loan in self._lent:
            person = Person(loan.name, loan.name_local)
            terms: dict[str, object] = {
                "loan": loan.loan,
                "name": person,
                "count": loan.instalments,
                "rate": _rate(loan.rate_per_month),
            }
            if loan.purpose:
                terms |= {"purpose": Say(loan.purpose)}
                said = Say.of("Loan {loan}: {name}, for {purpose}; {count} instalments, {rate} % a month", **terms)
            else:
                said = Say.of("Loan {loan}: {name}; {count} instalments, {rate} % a month", **terms)
            yield {"row": "amount", "what": said, "member": loan.member, "name": person, "amount": loan.lent}

    def _receipts(self) -> Iterator[Row]:
        money = self._money
        yield from (_amount(Say.of("Opening balance: {account}", account=Say(n)), a) for n, a in money.before.items())
        yield from (_amount(Say(name), amount) for name, amount in money.received.items())
        yield _amount(Say("Total"), sum(money.before.values()) + sum(money.received.values()), "total")

    def _payments(self) -> Iterator[Row]:
        money = self._money
        yield from (_amount(Say(name), amount) for name, amount in money.paid.items())
        yield from (_amount(Say.of("Closing balance: {account}", account=Say(n)), a) for n, a in money.after.items())
        yield _amount(Say("Total"), sum(money.paid.values()) + sum(money.after.values()), "total")

    def _resolutions(self) -> Iterator[Row]:
        for place, one in enumerate(self._sheet.resolutions, 1):
            yield {"row": "item", "number": one.number or str(place), "text": one.text}
            said = self._movers(one)
            if said:
                yield {"row": "note", "text": said}

    def _movers(self, one: Resolution) -> Say | None:
        """Who proposed and who seconded, as far as the sheet says."""
        first, second = self._person(one.proposed_by), self._person(one.seconded_by)
        if first and second:
            return Say.of("Proposed by {first}, seconded by {second}.", first=first, second=second)
        if first:
            return Say.of("Proposed by {first}.", first=first)
        return Say.of("Seconded by {second}.", second=second) if second else None

    def _minutes(self) -> Iterator[Row]:
        if self._sheet.minutes:
            yield {"row": "paragraph", "text": self._sheet.minutes}

    def _count(self) -> Iterator[Row]:
        """The notes that were counted, and how they stand to the book."""
        sheet = self._sheet
        if sheet.counted is None or "cash" not in self._meeting.notes:
            return
        for note, pieces in sorted(sheet.counted, reverse=True):
            if pieces:
                yield _amount(Say.of("{note} × {pieces}", note=note, pieces=pieces), note * pieces * 100)
        if sheet.coins:
            yield _amount(Say("Coins"), sheet.coins)
        counted, book = (int(self._meeting.notes["cash"][key]) for key in ("counted", "book"))
        yield _amount(Say("Counted"), counted, "total")
        yield _amount(Say("Cash by the book"), book)
        if counted == book:
            yield {"row": "paragraph", "text": Say("The count agrees with the book.")}
        else:
            said = Say("The count is short by") if counted < book else Say("The count is over by")
            yield _amount(said, abs(counted - book), "count")

    def _absent(self) -> Iterator[Row]:
        """Those who did not come, by name, with leave or without."""
        for how, said in ((LEAVE, Say("with leave")), (ABSENT, Say("without leave"))):
            for number, found in self._attended.items():
                if found == how:
                    yield {"row": "person", **self._named(number), "text": said}

    def _signatures(self) -> Iterator[Row]:
        """Who signed the sheet, and a line for who presided."""
        signers = [number for number in self._sheet.signed_by if number != self._sheet.presided_by]
        for number in signers:
            office = self._people[number].office if number in self._people else ""
            yield {"row": "signature", "what": Say(office) if office else None, **self._named(number)}
        chair = self._sheet.presided_by
        yield {"row": "signature", "what": Say("President of the meeting"), **(self._named(chair) if chair else {})}

    def _person(self, number: str) -> Person | None:
        member: Member | None = self._people.get(number)
        return Person(member.name, member.name_local) if member else None

    def _named(self, number: str) -> dict[str, object]:
        return {"member": number, "name": self._person(number)}


def _in(section: Say, lines: Iterator[Row]) -> Iterator[Row]:
    for line in lines:
        yield {"section": section, **line}


def _items(texts: Iterable[str | Say]) -> Iterator[Row]:
    for place, text in enumerate(texts, 1):
        yield {"row": "item", "number": place, "text": text}


def _rate(text: str) -> int | str:
    """A rate as a number where it is a whole one, so that it stands in a page's own digits."""
    return int(text) if text.isdigit() else text


def _fact(what: Say, text: object) -> Row:
    return {"row": "fact", "what": what, "text": text}


def _amount(what: Say, amount: int, row: str = "amount") -> Row:
    return {"row": row, "what": what, "amount": amount}


@dataclass
class _Money:
    """What a meeting did to cash and bank, in paise by name of head; contras stand on both sides."""

    before: dict[str, int] = field(default_factory=dict)
    after: dict[str, int] = field(default_factory=dict)
    received: dict[str, int] = field(default_factory=dict)
    paid: dict[str, int] = field(default_factory=dict)
    lent: set[int] = field(default_factory=set)


def _money(tx: Tx, asked: Asked, meeting: Meeting) -> _Money:
    """Read the money of a meeting from its vouchers, which are the links just before its own."""
    entity, chart = asked.entity, chart_of(tx, asked.entity.id)
    first = meeting.sequence - meeting.vouchers
    found = _Money()
    p, v = tables.posting.c, tables.voucher.c
    same = (v.entity == p.entity) & (v.sequence == p.sequence)
    query = select(v.kind, p.account, p.paise, p.loan).join_from(tables.posting, tables.voucher, same)
    query = query.where(p.entity == entity.id, p.sequence.between(first, meeting.sequence - 1))
    lending = kind(entity.kind).loan_roles
    moved: dict[int, int] = {}
    for line in tx.connection.execute(query.order_by(p.sequence, p.line)):
        account = chart.by_id[line.account]
        if account.is_money:
            moved[account.id] = moved.get(account.id, 0) + line.paise
        _count_in(found, line, account)
        if account.role in lending and line.paise > 0:
            found.lent.add(line.loan)
    for box in _boxes(chart, moved):
        that_day = select(func.sum(p.paise)).where(p.entity == entity.id, p.account == box.id, p.date == meeting.date)
        earlier = tx.connection.execute(that_day.where(p.sequence < first)).scalar() or 0
        found.before[box.name] = balance_before(tx, entity.id, box.id, meeting.date) + int(earlier)
        found.after[box.name] = found.before[box.name] + moved.get(box.id, 0)
    return found


def _boxes(chart: Chart, moved: Mapping[int, int]) -> Iterator[Account]:
    """Cash and the usual bank, and whatever other one the meeting moved."""
    for box in chart.of_role(*MONEY_ROLES):
        if box.is_default or box.id in moved:
            yield box


def _count_in(found: _Money, line: Any, account: Account) -> None:  # noqa: ANN401  # a row of the journal
    """Count one line: heads by what came in or went out; of a contra both boxes, what fills one leaves the other."""
    if line.kind == "contra":
        side = found.received if line.paise > 0 else found.paid
        said = "Cash put into bank" if (account.role == "bank") == (line.paise > 0) else "Cash drawn from bank"
        side[said] = side.get(said, 0) + abs(line.paise)
    elif not account.is_money:
        side = found.received if line.paise < 0 else found.paid
        side[account.name] = side.get(account.name, 0) + abs(line.paise)
