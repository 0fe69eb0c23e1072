"""A chart of accounts: the heads with which an entity of a kind begins."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from bookkeeper.definitions import read
from bookkeeper.errors import BadInput, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

GROUPS: Final = ("asset", "liability", "capital", "income", "expense")
"""The groups of accounts, in the order of a chart."""

MONEY_ROLES: Final = ("cash", "bank")
"""The roles whose accounts hold money: the two columns of a cash book."""

SURPLUS_ROLE: Final = "surplus"
"""The role of the account to which closing carries what the year earned."""

LOANS_ROLE: Final = "member-loans"
INTEREST_ROLE: Final = "interest-on-member-loans"
PENALTY_ROLE: Final = "penal-interest"
FINES_ROLE: Final = "fines"
INTEREST_ON_SAVINGS_ROLE: Final = "interest-on-savings"
"""The roles of what a member's rows and ledgers are made of, beside her savings; which of them a kind of entity lends
by is its own to say (`EntityKind.loan_roles`, `interest_roles`)."""

YEARLY_GROUPS: Final = ("income", "expense")
"""The groups that start from nought each financial year."""

USERS_CODES: Final = range(9000, 10000)
"""Codes that no shipped chart uses."""

_FIELDS: Final = frozenset({"code", "name", "group", "role", "default", "folio", "section"})


@dataclass(frozen=True, slots=True)
class Head:
    """One head of a chart: `role` is empty where the program does not know it; `folio` is its ledger folio."""

    code: str
    name: str
    group: str
    role: str = ""
    default: bool = True
    folio: str = ""
    section: str = ""


@cache
def chart(path: Path) -> tuple[Head, ...]:
    """The heads of a chart.toml, in its order. Raises BadInput naming file and field."""
    rows = read.take(read.table(path), "account", list, path.name)
    heads = tuple(_head(row, path.name) for row in rows)
    _check(heads, path.name)
    return heads


def _head(row: Mapping[str, object], file: str) -> Head:
    read.only(row, _FIELDS, file)
    group = read.take(row, "group", str, file)
    if group not in GROUPS:
        raise BadInput(Fault(f"“{group}” is not a group; groups are {', '.join(GROUPS)}.", field="group"), file=file)
    return Head(
        code=read.take(row, "code", str, file),
        name=read.take(row, "name", str, file),
        group=group,
        role=read.take(row, "role", str, file, default=""),
        default=read.take(row, "default", bool, file, default=True),
        folio=read.take(row, "folio", str, file, default=""),
        section=read.take(row, "section", str, file, default=""),
    )


def _check(heads: tuple[Head, ...], file: str) -> None:
    codes = [head.code for head in heads]
    defaults = [head.role for head in heads if head.role and head.default]
    for name, values in (("code", codes), ("role", defaults)):
        twice = {v for v in values if values.count(v) > 1}
        if twice:
            raise BadInput(Fault(f"{', '.join(sorted(twice))} stands twice.", field=name), file=file)
    reserved = [code for code in codes if code.isdigit() and int(code) in USERS_CODES]
    if reserved:
        raise BadInput(
            Fault(f"{', '.join(reserved)}: codes from 9000 to 9999 are the user's.", field="code"), file=file
        )
