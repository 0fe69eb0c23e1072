"""The clerk: what a book-keeper does in a day, in ten verbs, through the acts and on books that lie on a disk."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import inspect

from bookkeeper.books import sittings
from bookkeeper.books.loans import LoanBook, LoanStanding, standing
from bookkeeper.books.members import Member
from bookkeeper.commands import entities, meetings, members, vouchers, years
from bookkeeper.commands.act import Office, new_office
from bookkeeper.errors import BookError, Refused
from bookkeeper.ledger import balances
from bookkeeper.ledger.accounts import chart_of
from bookkeeper.ledger.entities import entity_of
from bookkeeper.ledger.journal import Recorded, recorded
from bookkeeper.rules.meeting import MeetingSheet
from bookkeeper.rules.money import Paise
from bookkeeper.rules.repayment import Due
from bookkeeper.rules.voucher import Posting, Voucher

TODAY = "2025-06-15"
"""The clerk's day: two financial years are over by then, 2023-24 and 2024-25, and a third has begun."""

INDIA = dt.timezone(dt.timedelta(hours=5, minutes=30))
_LINE = re.compile(r"(dr|cr) (\S+) (-?[0-9.]+)(?: of (\S+?)(?:, loan ([0-9]+))?)?")

Tables = dict[str, list[tuple[object, ...]]]


def ten_o_clock() -> dt.datetime:
    """Ten in the morning of the clerk's day."""
    return dt.datetime.fromisoformat(f"{TODAY}T10:00:00").replace(tzinfo=INDIA)


def paise(rupees: str) -> Paise:
    """Read rupees, by a way of its own."""
    return Paise(int(Decimal(rupees) * 100))


def line(text: str) -> Posting:
    """One line as one would say it: "dr member-loans 200 of 1, loan 2"."""
    found = _LINE.fullmatch(text)
    assert found, f"“{text}” is no line of a voucher"
    side, account, rupees, member, loan = found.groups()
    return Posting(
        account, Paise(paise(rupees) * (1 if side == "dr" else -1)), member, loan=int(loan) if loan else None
    )


def voucher(kind: str, date: str, *lines: str, row: int | None = None, **fields: Any) -> Voucher:  # noqa: ANN401
    """A voucher from lines as one would say them."""
    return Voucher(kind, date, tuple(line(text) for text in lines), row=row, **fields)


def receipt(date: str, head: str, rupees: str, member: str = "", money: str = "cash", **fields: Any) -> Voucher:  # noqa: ANN401
    """Money received on one head."""
    whom = f" of {member}" if member else ""
    return voucher("receipt", date, f"dr {money} {rupees}", f"cr {head} {rupees}{whom}", **fields)


def payment(date: str, head: str, rupees: str, member: str = "", money: str = "cash", **fields: Any) -> Voucher:  # noqa: ANN401
    """Money paid on one head."""
    whom = f" of {member}" if member else ""
    return voucher("payment", date, f"dr {head} {rupees}{whom}", f"cr {money} {rupees}", **fields)


class Clerk:
    """Open books and the day's work in them; the group is SHG1 where nothing else is said."""

    def __init__(self, path: Path, clock: Callable[[], dt.datetime] = ten_o_clock) -> None:
        self.path = path
        self.office = new_office(path)
        self.office.clock = clock
        self.group = "SHG1"

    def opens(self, code: str = "SHG1", *, kind: str = "shg", starts: str = "2023-04-01") -> Clerk:
        """Begin the books of a group, and work in them from now on."""
        entities.add(self.office, "", code, f"Group {code}", kind, starts=starts)
        self.group = code
        return self

    def works_for(self, code: str) -> Clerk:
        """Turn to the books of another group."""
        self.group = code
        return self

    def enters_members(self, *numbers: str, joined: str | None = None, left: str | None = None) -> Clerk:
        """Enter members in the register."""
        new = [Member(number, f"Member {number}", joined=joined, left=left) for number in numbers]
        members.import_(self.office, "", self.group, new, "")
        return self

    def posts(self, *entries: Voucher, key: str = "", **options: Any) -> list[str]:  # noqa: ANN401
        """Post vouchers in one act; returns the numbers they got."""
        done = vouchers.post_vouchers(self.office, key, self.group, entries, **options)
        return [row["voucher"] for row in cast("list[dict[str, str]]", done.result)]

    def reverses(self, name: str, on: str, reason: str = "entered twice", **options: Any) -> str:  # noqa: ANN401
        """Reverse a voucher; returns the name of its mirror."""
        done = vouchers.reverse_voucher(self.office, "", self.group, name, on, reason, **options)
        return cast("list[dict[str, str]]", done.result)[0]["voucher"]

    def holds_meeting(self, *sheets: MeetingSheet, key: str = "", **options: Any) -> list[str]:  # noqa: ANN401
        """Post meetings in one act; returns the names of their vouchers."""
        done = meetings.post_meetings(self.office, key, self.group, sheets, **options)
        return [row["voucher"] for row in cast("dict[str, Any]", done.result)["vouchers"]]

    def takes_back(self, number: int, reason: str = "wrong sheet", **options: Any) -> dict[str, Any]:  # noqa: ANN401
        """Reverse a meeting; returns its old sheet."""
        done = meetings.reverse_meeting(self.office, "", self.group, number, reason, **options)
        return cast("dict[str, dict[str, Any]]", done.result)["sheet"]

    def notes(self, number: int) -> dict[str, Any]:
        """What was noted of a meeting when it was posted."""
        with self.office.looking() as tx:
            meeting = sittings.of_number(tx, entity_of(tx, self.group), number)
        assert meeting is not None
        return meeting.notes

    def due(self, on: str) -> dict[int, Due]:
        """What is demanded on each loan in a meeting on a day."""
        with self.office.looking() as tx:
            entity = entity_of(tx, self.group)
            book = LoanBook(tx, entity, sittings.days(tx, entity))
            return {number: due for number, (_, due) in book.due_on(on).items()}

    def locks(self, until: str) -> None:
        """Lock the books up to a day."""
        years.lock(self.office, "", self.group, until)

    def closes(self, year: int) -> list[str]:
        """Close the financial year that begins in `year`; returns the closing vouchers."""
        done = years.close(self.office, "", self.group, year)
        return [row["voucher"] for row in cast("list[dict[str, str]]", done.result)]

    def balance(self, account: str, on: str = TODAY) -> str:
        """The balance of an account at the end of a day, in rupees, debit positive."""
        with self.office.looking() as tx:
            entity = entity_of(tx, self.group)
            head = chart_of(tx, entity.id).named(account)
            return rupees(balances.balance_at(tx, entity.id, head.id, on, this_year_only=head.is_yearly))

    def of_member(self, account: str, number: str, on: str = TODAY) -> str:
        """What stands on an account for one member, in rupees, debit positive."""
        with self.office.looking() as tx:
            entity = entity_of(tx, self.group)
            head = chart_of(tx, entity.id).named(account)
            return rupees(balances.by_member(tx, entity.id, head.id, on).get(number, 0))

    def loans(self, on: str = TODAY) -> list[LoanStanding]:
        """Every loan of the group at the end of a day."""
        with self.office.looking() as tx:
            return list(standing(tx, entity_of(tx, self.group), on))

    def reads(self, name: str) -> Recorded:
        """A posted voucher as the books have it."""
        with self.office.looking() as tx:
            return recorded(tx, entity_of(tx, self.group), name)

    def sums_agree(self) -> bool:
        """Whether the kept sums of the group are what the journal itself gives."""
        with self.office.looking() as tx:
            entity = entity_of(tx, self.group).id
            return balances.stored_months(tx, entity) == balances.recomputed_months(tx, entity)

    def contents(self) -> Tables:
        """Every row of every table."""
        return contents(self.office)

    @contextmanager
    def refuses(self, words: str = "", kind: type[BookError] = Refused) -> Iterator[pytest.ExceptionInfo[BookError]]:
        """What is done inside is refused in these words (a pattern), and leaves every table as it was."""
        before = self.contents()
        with pytest.raises(kind, match=words or None) as refusal:
            yield refusal
        assert type(refusal.value) is kind
        assert self.contents() == before

    def works_as(self, name: str, rights: str) -> Office:
        """The office of a new user with these rights, in the same books."""
        with self.office.books.writing() as connection:
            row = (len(contents(self.office)["user"]) + 1, name, rights, "")
            connection.exec_driver_sql("INSERT INTO user (number, name, rights, pin) VALUES (?, ?, ?, ?)", row)
        return Office(self.office.books, name, clock=self.office.clock)


def contents(office: Office) -> Tables:
    """Every row of every table of open books."""
    with office.books.reading() as connection:
        names = inspect(connection).get_table_names()
        found: Tables = {}
        for name in sorted(names):
            rows: Sequence[Any] = connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()
            found[name] = sorted((tuple(row) for row in rows), key=repr)
        return found


def rupees(amount: int) -> str:
    """Paise as rupees, by a way of its own."""
    return f"{Decimal(amount) / 100:.2f}"
