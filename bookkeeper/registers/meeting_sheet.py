"""Meeting sheet: what each member owes in the meeting of a day, and what she paid in it.

Of a day on which a meeting stands, the sheet as it was held; of any other day the blank sheet of the coming meeting
with all that is due, to be filled in by hand or as a workbook that is posted again. The columns and parts are those
that the workbook is read by. What was paid on loans is shown as the journal has it, by loan, principal and interest;
a sheet that gave one repayment is shown as it was split. Balances are those before the meeting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, Final, cast

from sqlalchemy import func, select

from bookkeeper.books import savings, sittings
from bookkeeper.books.loans import LoanBook, by_member
from bookkeeper.books.members import Member, members
from bookkeeper.books.sittings import Meeting
from bookkeeper.definitions.chart import PENALTY_ROLE
from bookkeeper.definitions.kind import kind
from bookkeeper.ledger.accounts import Chart, chart_of
from bookkeeper.ledger.balances import balance_at, balance_before
from bookkeeper.registers import Asked
from bookkeeper.report import Amount, Ask, Column, Kind, Layout, Mark, Part, Person, Register, Row, Say, Total
from bookkeeper.rules.dates import day_before
from bookkeeper.rules.fees import Borne
from bookkeeper.rules.meeting import ABSENT, BANK, CASH, LATE, LEAVE, PRESENT, SAVINGS, FootLine, Resolution, SheetRow
from bookkeeper.rules.money import parsed, shown
from bookkeeper.rules.repayment import Due
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

_ATTENDED: Final[Mapping[str, str]] = {PRESENT: "P", ABSENT: "A", LATE: "T", LEAVE: "L"}
_MARKS: Final = (Mark("P", "P"), Mark("T", "Lt"), Mark("L", "L"), Mark("A", "A"))
_SELDOM: Final = ("special_savings", "withdrawal")
"""Columns that stand on paper only where something is in them."""

NOTES: Final = (500, 200, 100, 50, 20, 10)  # those that every sheet has a line for; others where some were counted


def _money(key: str, title: str, mm: float | None = 0) -> Column:
    return Column(key, title, Kind.MONEY, Total.SUM, mm=mm)


COLUMNS: Final = (
    *(Column("member", "Member no.", head="No.", mm=8), Column("name", "Member", mm=44)),
    Column("attendance", "Here", mm=13, marks=_MARKS),
    *(_money("due_savings", "Savings due", None), _money("savings", "Savings", 22)),
    *(_money("voluntary_savings", "Voluntary", 19), _money("special_savings", "Special")),
    *(Column("loan", "Loan", mm=0), Column("outstanding", "Loan balance", Kind.BALANCE)),
    *(_money("due_principal", "Principal due", None), _money("due_interest", "Interest due", None)),
    *(_money("principal", "Principal", 28), _money("interest", "Interest", 24), _money("repayment", "Repayment")),
    *(_money("fine_due", "Fine due", None), _money("fine", "Fine", 16), _money("fine_levied", "Fine levied")),
    *(Column("other_head", "Other head", mm=0), _money("other", "Other", 16), _money("_total", "Total", 24)),
    *(_money("withdrawal", "Withdrawal"), Column("withdrawal_from", "Withdrawn from", mm=0)),
    *(_money("new_loan", "New loan", 24), Column("purpose", "Purpose", mm=0)),
    *(Column("instalments", "Instalments", Kind.COUNT, mm=0), Column("rate_per_month", "Rate a month", mm=0)),
    *(Column("by", "By", mm=0), Column("sent", "Sent", mm=0)),
    Column("savings_balance", "Savings balance", Kind.BALANCE, mm=0),
    *(_money("due_penalty", "Penalty due"), _money("penalty", "Penalty"), Column("product", "Loan product", mm=0)),
)


def _columns(tx: Tx, asked: Asked) -> tuple[Column, ...]:
    meeting = _held(tx, asked)
    used = {key for key in _SELDOM if meeting and any(getattr(row, key) for row in meeting.sheet.rows)}
    if meeting and any(penalty for loans in _repaid(tx, asked, meeting).values() for _, _, penalty in loans.values()):
        used.add("penalty")
    return tuple(_money(one.key, one.title, 19) if one.key in used else one for one in COLUMNS)


REGISTER = Register(
    title="Meeting sheet",
    columns=_columns,
    asks=(Ask.AS_OF,),
    layout=Layout.SHEET,
    landscape=True,
    signed_by=("Secretary", "Treasurer", "President"),
)

_ABOUT: Final = (
    *(("entity", "Group code"), ("date", "Date"), ("number", "Meeting number"), ("place", "Place"), ("time", "Time")),
    *(("presided_by", "Presided by"), ("signed_by", "Signed by"), ("minutes", "Minutes"), ("coins", "Coins")),
)
_IN: Final = ("received_from_members", "other_receipts")
_OUT: Final = ("loans_given", "savings_paid_back", "expenses_and_into_the_bank")
_FIELDS = (Column("field", "What"), Column("value", "Value"))
_COUNT = (Column("note", "Denomination"), Column("pieces", "Pieces", Kind.COUNT))
_SPOKEN = (Column("by", "By"), Column("narration", "Narration"))
_FOOT = (Column("kind", "Kind"), Column("account", "Account"), _money("amount", "Amount", None), *_SPOKEN)
_MOVERS = (Column("proposed_by", "Proposed by"), Column("seconded_by", "Seconded by"))
_RESOLUTIONS = (Column("number", "Number"), Column("text", "Resolution"), *_MOVERS)


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """The members of the day by number: what is due of each, and on a filled sheet what she paid; paise.

    Who owes on several loans has a row for each, of which the first has all the rest; so has who paid by bank as well.
    """
    return _Sheet(tx, asked).rows()


def parts(tx: Tx, asked: Asked) -> Iterator[Part]:
    """What stands around the rows: the meeting itself, the notes that were counted, the foot, and what was resolved."""
    meeting = _held(tx, asked)
    sheet = meeting.sheet if meeting else None
    yield Part("meeting", "Meeting", _FIELDS, tuple(_fields(tx, asked, meeting)))
    yield Part("count", "Cash counted", _COUNT, tuple(_count(meeting)))
    foot = [one | {"_shown": _called(tx, asked, one)} for one in _plain(_FOOT, sheet.other if sheet else ())]
    yield Part("foot", "Other receipts and payments", _FOOT, tuple(foot))
    yield Part(
        "agenda", "Agenda", (Column("item", "Item"),), tuple({"item": item} for item in (sheet.agenda if sheet else ()))
    )
    yield Part("resolutions", "Resolutions", _RESOLUTIONS, _plain(_RESOLUTIONS, sheet.resolutions if sheet else ()))


def _plain(columns: Sequence[Column], lines: Sequence[FootLine | Resolution]) -> tuple[dict[str, object], ...]:
    """Lines of the sheet as they were handed in."""
    return tuple({column.key: getattr(line, column.key) or None for column in columns} for line in lines)


def _called(tx: Tx, asked: Asked, line: Row) -> Say:
    """What a page calls a line of the foot: its head by name, a contra by what it did."""
    if line["kind"] == "contra":
        return Say("Cash put into bank" if cast("int", line["amount"]) > 0 else "Cash drawn from bank")
    return Say(chart_of(tx, asked.entity.id).named(str(line["account"])).name)


def totals(tx: Tx, asked: Asked) -> Mapping[str, int]:
    """The cash account of the meeting and how its count stands to the book, in paise; before it what is in the box."""
    chart, meeting = chart_of(tx, asked.entity.id), _held(tx, asked)
    before = _before(tx, asked, chart, meeting)
    if meeting is None:
        return {"balance_before": before}
    moved = _moved(tx, asked, chart, meeting)
    after = before + sum(moved[key] for key in _IN) - sum(moved[key] for key in _OUT)
    found = {"balance_before": before, **moved, "balance_in_the_box": after}
    if "cash" in meeting.notes:
        counted, book = (int(meeting.notes["cash"][key]) for key in ("counted", "book"))
        found |= {"coins": meeting.sheet.coins, "counted": counted}
        found |= {"cash_by_the_book": book, "difference": counted - book}
    return found


def notes(tx: Tx, asked: Asked) -> Iterator[Say]:
    """What posting the meeting found worth noting: a count that differs, and who paid while absent."""
    meeting = _held(tx, asked)
    if meeting is None:
        return
    if "cash" in meeting.notes:
        counted, book = (int(meeting.notes["cash"][key]) for key in ("counted", "book"))
        values = {"counted": Amount(counted), "book": Amount(book), "difference": Amount(abs(counted - book))}
        if counted < book:
            yield Say.of("Counted {counted}, by the book {book}: {difference} short.", **values)
        elif counted > book:
            yield Say.of("Counted {counted}, by the book {book}: {difference} over.", **values)
    if by_bank := sum(row.received for row in meeting.sheet.rows if row.by == BANK):
        yield Say.of("Of what members paid, {amount} came by bank.", amount=Amount(by_bank))
    yield from _fees(meeting)
    people = _people(tx, asked)
    for number in meeting.notes.get("absent_paid", ()):
        yield Say.of("{name} paid while absent; that she sent it was not noted.", name=people[number])


def _fees(meeting: Meeting) -> Iterator[Say]:
    """The fees of the loans that were given, which have no column: so much was paid in, so much kept back."""
    fees = [fee for loan in meeting.notes.get("loans", ()) if loan for fee in loan.get("fees", ())]
    for how, text in _BORNE.items():
        if amount := sum(parsed(fee["amount"]) for fee in fees if fee["how"] == how):
            yield Say.of(text, amount=Amount(amount))


_BORNE: Final = {
    Borne.PAID: "Fees of new loans paid in besides: {amount}.",
    Borne.DEDUCTED: "Fees kept back from new loans: {amount}.",
    Borne.CAPITALISED: "Fees added to new loans: {amount}.",
}


def _held(tx: Tx, asked: Asked) -> Meeting | None:
    """The meeting of the day; of two the later number."""
    found = sittings.held(tx, asked.entity, asked.as_of, asked.as_of)
    return found[-1] if found else None


Repaid = dict[tuple[str, str], dict[int, tuple[int, int, int]]]
"""Member and way of paying → loan → principal, interest and penalty, in paise."""


class _Sheet:
    """The rows of one sheet, held or to be held."""

    def __init__(self, tx: Tx, asked: Asked) -> None:
        entity, day = asked.entity, asked.as_of
        meeting = _held(tx, asked)
        self._sheet = meeting.sheet if meeting else None
        listed = {row.member for row in self._sheet.rows} if self._sheet else set()
        self._members = [one for one in members(tx, entity) if one.belonged(day, day) or one.number in listed]
        days = sittings.days(tx, entity)
        earlier = [one for one in days if one < day]
        book = LoanBook(tx, entity, earlier, sitting=sittings.sitting_on(tx, entity, day))
        self._loans = by_member(book.due_on(day))
        self._due = savings.due_on(tx, entity, day, self._members, earlier)
        self._saved = savings.standing(tx, entity, day_before(day))
        self._fines = sittings.fines_due(tx, entity, day)
        self._levied: Mapping[str, int] = meeting.notes.get("fines", {}) if meeting else {}
        self._repaid = _repaid(tx, asked, meeting) if meeting else {}

    def rows(self) -> Iterator[Row]:
        """Each member with what is due of her, and her rows of the sheet."""
        for member in self._members:
            hers = [row for row in self._sheet.rows if row.member == member.number] if self._sheet else [None]
            for place, row in enumerate(hers or [SheetRow(member.number)]):
                yield from self._of(member, row, first=place == 0)

    def _of(self, member: Member, row: SheetRow | None, *, first: bool) -> Iterator[Row]:
        """The rows that a member has for one row of the sheet: one for each loan, or each other head that she paid."""
        number = member.number
        paid = self._repaid.get((number, row.by), {}) if row else {}
        open_ = [(loan.number, due) for loan, due in self._loans.get(number, ()) if due.outstanding or due.total]
        owed = dict(open_) if first else {}
        named: dict[str, object] = {"member": number, "name": Person(member.name, member.name_local)}
        loans: list[int | None] = [*owed, *(loan for loan in paid if loan not in owed)] or [None]
        for place, (loan, other) in enumerate(zip_longest(loans, row.other if row else ())):
            line = named | (self._first(member, row, first=first) if place == 0 else {})
            line |= _loan(loan, owed, paid, filled=row is not None)
            if other:
                line |= {"other_head": other.account, "other": other.amount}
            if row:
                line["_total"] = sum(cast("int", line.get(key) or 0) for key in _PAID_IN)
            yield line

    def _first(self, member: Member, row: SheetRow | None, *, first: bool) -> dict[str, object]:
        """What stands once for a member: her attendance, savings, fines and new loan."""
        number, found = member.number, dict[str, object]()
        if first:
            found = {
                "due_savings": self._due.get(number, 0),
                "fine_due": self._fines.get(number),
                "savings_balance": self._saved.get(number, savings.NOTHING_SAVED).total,
            }
        if row is None:
            return found
        loan = row.new_loan
        return found | {
            "attendance": _ATTENDED[row.present],
            **{key: getattr(row, key) for key in (*SAVINGS, "fine")},
            "fine_levied": self._levied.get(number, row.fine_levied) or None if first else row.fine_levied or None,
            "withdrawal": row.withdrawal or None,
            "withdrawal_from": row.withdrawal_from or None,
            "new_loan": loan.principal if loan else None,
            **{key: getattr(loan, key, None) or None for key in _OF_LOAN},
            "by": BANK if row.by == BANK else None,
            "sent": Say("yes") if row.sent else None,
        }


_OF_LOAN: Final = ("product", "purpose", "instalments", "rate_per_month")
_PAID_IN: Final = (*SAVINGS, "principal", "interest", "penalty", "fine", "other")


def _loan(
    loan: int | None, owed: Mapping[int, Due], paid: Mapping[int, tuple[int, int, int]], *, filled: bool
) -> dict[str, object]:
    """What stands in a row of one loan: what is owed and due on it, and what was paid."""
    found: dict[str, object] = {"loan": str(loan) if loan else None}
    if loan is not None and loan in owed:
        due = owed[loan]
        found |= {"outstanding": due.outstanding, "due_principal": due.principal, "due_interest": due.interest}
        found |= {"due_penalty": due.penalty or None}
    if filled:
        principal, interest, penalty = paid.get(loan, (0, 0, 0)) if loan else (0, 0, 0)
        found |= {"principal": principal, "interest": interest, "penalty": penalty or None}
    return found


def _lines(tx: Tx, asked: Asked, meeting: Meeting) -> Iterable[Any]:
    """The lines of a meeting's vouchers in order, each with the number of its member."""
    p, m = tables.posting.c, tables.member.c
    hers = (m.entity == p.entity) & (m.id == p.member)
    query = select(p.sequence, p.account, p.paise, p.loan, m.number.label("member"))
    query = query.select_from(tables.posting.outerjoin(tables.member, hers)).where(p.entity == asked.entity.id)
    first = meeting.sequence - meeting.vouchers
    query = query.where(p.sequence.between(first, meeting.sequence - 1)).order_by(p.sequence, p.line)
    return tx.connection.execute(query).all()


def _repaid(tx: Tx, asked: Asked, meeting: Meeting) -> Repaid:
    """How what was paid on loans was posted."""
    chart, own = chart_of(tx, asked.entity.id), kind(asked.entity.kind)
    roles = (own.loan_roles, own.interest_roles, (PENALTY_ROLE,), (BANK,))
    control, interest, penal, boxes = ({account.id for account in chart.of_role(*names)} for names in roles)
    lines = _lines(tx, asked, meeting)
    by_bank = {line.sequence for line in lines if line.account in boxes}
    found: Repaid = defaultdict(dict)
    for line in lines:
        if line.loan is not None and line.paise < 0 and line.account in control | interest | penal:
            by = BANK if line.sequence in by_bank else CASH
            before = found[line.member, by].get(line.loan, (0, 0, 0))
            place = 0 if line.account in control else 1 if line.account in interest else 2
            more = (-line.paise if n == place else 0 for n in range(3))
            principal, charged, penalty = (a + b for a, b in zip(before, more, strict=True))
            found[line.member, by][line.loan] = (principal, charged, penalty)
    return found


# What stands around the rows


def _fields(tx: Tx, asked: Asked, meeting: Meeting | None) -> Iterator[Row]:
    """The meeting itself: of one to come its number and day, and the place of the last one.

    What a page shows instead of the value that is read again stands under `_shown`.
    """
    values = {"entity": asked.entity.code, "date": asked.as_of}
    if meeting:
        sheet = meeting.sheet
        values |= {"number": str(meeting.number), "place": sheet.place, "time": sheet.time}
        values |= {"presided_by": sheet.presided_by, "signed_by": ", ".join(sheet.signed_by)}
        values |= {"minutes": sheet.minutes, "coins": shown(sheet.coins) if sheet.coins else ""}
    else:
        before = sittings.last_before(tx, asked.entity, asked.as_of)
        values |= {"number": str(before.number + 1 if before else 1)}
        values |= {"place": before.sheet.place if before else ""}
    presided = _people(tx, asked).get(values.get("presided_by", ""))
    for key, title in _ABOUT:
        value = values.get(key) or None
        said = presided if key == "presided_by" else value
        yield {"field": Say(title), "value": value, "_key": key, "_shown": said, "_filled": meeting is not None}


def _people(tx: Tx, asked: Asked) -> dict[str, Person]:
    return {one.number: Person(one.name, one.name_local) for one in members(tx, asked.entity)}


def _count(meeting: Meeting | None) -> Iterator[Row]:
    """A line for each note, with its pieces where the cash was counted; what they come to is for the page alone."""
    counted = dict(meeting.sheet.counted or ()) if meeting else {}
    is_counted = meeting is not None and meeting.sheet.counted is not None
    for note in sorted({*NOTES, *counted}, reverse=True):
        pieces = counted.get(note, 0)
        yield {"note": note, "pieces": pieces, "_amount": note * pieces * 100} if is_counted else {"note": note}


def _before(tx: Tx, asked: Asked, chart: Chart, meeting: Meeting | None) -> int:
    """The cash before the meeting: what was posted earlier on its day counts."""
    boxes = [account.id for account in chart.of_role(CASH)]
    entity, day = asked.entity.id, asked.as_of
    if meeting is None:
        return sum(balance_at(tx, entity, box, day) for box in boxes)
    p = tables.posting.c
    earlier = select(func.sum(p.paise)).where(p.entity == entity, p.account.in_(boxes), p.date == day)
    that_day = tx.connection.execute(earlier.where(p.sequence < meeting.sequence - meeting.vouchers)).scalar()
    return sum(balance_before(tx, entity, box, day) for box in boxes) + int(that_day or 0)


def _moved(tx: Tx, asked: Asked, chart: Chart, meeting: Meeting) -> dict[str, int]:
    """What the meeting's vouchers did to the cash, in paise, none below nought."""
    boxes = {account.id for account in chart.of_role(CASH)}
    lending = {account.id for account in chart.of_role(*kind(asked.entity.kind).loan_roles)}
    lines = _lines(tx, asked, meeting)
    hers = {line.sequence for line in lines if line.member is not None}
    lent = {line.sequence for line in lines if line.account in lending and line.paise > 0}
    found = dict.fromkeys((*_IN, *_OUT), 0)
    for line in lines:
        if line.account in boxes and line.paise > 0:
            found[_IN[line.sequence not in hers]] += line.paise
        elif line.account in boxes:
            place = 0 if line.sequence in lent else 1 if line.sequence in hers else 2
            found[_OUT[place]] -= line.paise
    return found
