"""The sums beside the journal: by month, by member, and made anew where they were spoilt."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from bookkeeper.commands import audit, years
from bookkeeper.ledger import balances
from bookkeeper.ledger.accounts import chart_of
from bookkeeper.ledger.entities import entity_of
from bookkeeper.rules.dates import month_of
from tests.scenarios.clerk import Clerk, payment, receipt


def test_fines_by_month_are_the_vouchers_of_each_month(clerk: Clerk) -> None:
    # May 100 and 50, June nothing, July 25 less 5 given back
    clerk.posts(receipt("2023-05-05", "fines", "100"), receipt("2023-05-31", "fines", "50"))
    clerk.posts(receipt("2023-07-01", "fines", "25"), payment("2023-07-02", "fines", "5"))
    with clerk.office.looking() as tx:
        entity = entity_of(tx, clerk.group)
        fines = chart_of(tx, entity.id).named("fines")
        found = balances.by_month(tx, entity.id, fines.id, "2023-04-01", "2024-03-31")
    assert found == {month_of("2023-05-01"): (0, 15000), month_of("2023-07-01"): (500, 2500)}


def test_spoilt_sums_are_named_by_verify_and_made_anew_by_one_command(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "fines", "100"))
    path = clerk.office.books.path
    assert years.rebuild(clerk.office, "", clerk.group).result == {"changed": False}
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE sum_month SET debit = debit + 700 WHERE debit > 0")
    assert {f.check for f in audit.verify(path).findings} == {23}
    assert years.rebuild(clerk.office, "", clerk.group).result == {"changed": True}
    assert audit.verify(path).findings == ()
