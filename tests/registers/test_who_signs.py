"""Who signs a register: those whom it names, as far as the kind has these offices, unless the group has set others."""

from __future__ import annotations

import pytest

from bookkeeper import registers
from bookkeeper.commands import entities
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.definitions.kind import kind
from tests.registers.books import Clerk


def signers(clerk: Clerk, name: str, code: str = "") -> tuple[str, ...]:
    with prepared(clerk.office, ReportAsk(name, (code or clerk.code,))) as printout:
        (report,) = printout.by_entity()
        return report.register.signed_by


@pytest.mark.parametrize("name", ["savings-ledger", "members-month", "attendance-register", "cash-book"])
def test_a_register_is_signed_by_those_whom_it_names(clerk: Clerk, name: str) -> None:
    assert signers(clerk, name) == registers.source(name).register.signed_by


def test_what_the_group_has_set_stands_above_it(clerk: Clerk) -> None:
    entities.set_(clerk.office, "", clerk.code, "signed-by", "Secretary, President")
    assert signers(clerk, "savings-ledger") == ("Secretary", "President")


def test_a_kind_with_other_offices_has_its_own_sign(clerk: Clerk) -> None:
    entities.add(clerk.office, "", "SOC", "Society", "society", starts="2024-04-01")
    assert signers(clerk, "savings-ledger", "SOC") == kind("society").signed_by
