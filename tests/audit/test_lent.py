"""Interest as it was known: the audit's own reckoning gives what the meeting itself would have demanded."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bookkeeper.audit.check import Scope
from bookkeeper.audit.lent import LentBooks
from bookkeeper.books import sittings
from bookkeeper.books.loans import LoanBook
from bookkeeper.commands.act import open_office
from bookkeeper.ledger.entities import entity_of


def test_what_is_due_is_what_the_meeting_demanded(sound: Path, tmp_path: Path, breaking: Callable[..., None]) -> None:
    """For every meeting and loan, also behind a reversal; the rules are those of now in both.

    The books as they stood before a meeting are a copy from which all is taken that was entered since.
    """
    with closing(open_office(sound)) as office, office.looking() as tx:
        entity = entity_of(tx, "SHG2")
        scope = Scope(tx, {entity.id: entity.code}, {entity.id: entity.kind}, entity.id, entity.id, {})
        books = LentBooks(scope, entity.id)
        compared = 0
        for meeting in books.meetings:
            before = tmp_path / f"{meeting.sequence}.books"
            with closing(sqlite3.connect(sound)) as source, closing(sqlite3.connect(before)) as target:
                source.backup(target)
            since = f"WHERE entity = {entity.id} AND sequence >= {meeting.first}"
            breaking(before, *(f"DELETE FROM {name} {since}" for name in ("posting", "meeting_reversal", "meeting")))
            with closing(open_office(before)) as earlier, earlier.looking() as then:
                known = LoanBook(then, entity, sittings.days(then, entity)).due_on(meeting.date)
            for number, there in books.loans.items():
                demanded = known[number][1].interest if number in known else 0
                assert books.due(there, meeting) == demanded, (meeting, number)
                compared += 1
        assert compared == 40


def test_rules_are_known_as_they_were(sound: Path) -> None:
    """The log says what was set before: interest was rounded to the rupee until the third meeting."""
    with closing(open_office(sound)) as office, office.looking() as tx:
        entity = entity_of(tx, "SHG2")
        scope = Scope(tx, {entity.id: entity.code}, {entity.id: entity.kind}, entity.id, entity.id, {})
        books = LentBooks(scope, entity.id)
        units = {
            m.sequence: books.rules(m.first, m.date).interest_rounding.name for m in books.meetings if m.number < 5
        }
    assert [units[sequence] for sequence in sorted(units)] == [*["TO_RUPEE"] * 4, *["TO_PAISA"] * 2]


def test_a_loan_paid_off_owes_nothing(sound: Path) -> None:
    with closing(open_office(sound)) as office, office.looking() as tx:
        entity = entity_of(tx, "SHG2")
        scope = Scope(tx, {entity.id: entity.code}, {entity.id: entity.kind}, entity.id, entity.id, {})
        books = LentBooks(scope, entity.id)
        running, over = books.loans[1], books.loans[2]
        assert running.outstanding > 0
        assert over.outstanding == books.unpaid(over) == 0
