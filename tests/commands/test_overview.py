"""The window's frame: every entity with its years, in a handful of queries; and what the user may do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import event

from bookkeeper.commands import entities, overview
from bookkeeper.commands.overview import Whose
from tests.scenarios.clerk import Clerk, receipt

GROUP = Whose("SHG1", "Group SHG1", "", "shg", "en", "", "2023-04-01", (2023, 2024, 2025), 0, "", "")


def test_each_entity_with_its_years_lock_and_newest_voucher(clerk: Clerk) -> None:
    assert overview.whose(clerk.office) == (GROUP,)
    clerk.posts(receipt("2024-05-05", "fines", "1"), receipt("2023-05-05", "fines", "1"))
    clerk.closes(2023)
    clerk.locks("2024-05-31")
    entities.set_(clerk.office, "", "SHG1", "name-local", "सावित्री")
    entities.add(clerk.office, "", "A1", "Asha", "shg", parent="SHG1", starts="2025-04-01", language="mr")
    below, above = overview.whose(clerk.office)
    assert below == Whose("A1", "Asha", "", "shg", "mr", "SHG1", "2025-04-01", (2025,), 0, "", "")
    assert above == replace(GROUP, name_local="सावित्री", closed=2023, locked_until="2024-05-31", newest="2024-05-05")


def test_what_the_user_may_do(clerk: Clerk) -> None:
    assert overview.rights(clerk.office) == ("look", "enter", "post", "close", "manage")
    assert overview.rights(clerk.works_as("Ravi", "look enter")) == ("look", "enter")


def test_more_entities_ask_no_more_queries(clerk: Clerk) -> None:
    def asked() -> int:
        heard: list[Any] = []

        def hear(*said: object) -> None:
            heard.append(said[2])

        engine = clerk.office.books._reader
        event.listen(engine, "before_cursor_execute", hear)
        try:
            overview.whose(clerk.office)
        finally:
            event.remove(engine, "before_cursor_execute", hear)
        return len(heard)

    before = asked()
    for number in range(2, 7):
        clerk.opens(f"SHG{number}").posts(receipt("2023-05-05", "fines", "1"))
    assert asked() == before < 10
