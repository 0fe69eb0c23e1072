"""Where a row of a register leads: statement → ledger → voucher, a list of members → her statement or ledger. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bookkeeper.report import Row
from bookkeeper.rules.dates import financial_year, year_start

LEDGERS_OF_MEMBERS: Final[Mapping[str, str]] = {
    "savings-register": "savings-ledger",
    "members-month": "savings-ledger",
    "loan-register": "loan-ledger",
    "arrears": "loan-ledger",
    "interest-due": "loan-ledger",
    "closed-loans": "loan-ledger",
    "demand": "loan-ledger",
    "demand-collection-balance": "loan-ledger",
    "repayment-schedule": "loan-ledger",
}
"""What the row of a member opens; of any other register her statement."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where Enter goes: the page, what it is asked for, and what is said of it (a message with `values`)."""

    page: str
    asked: Mapping[str, str]
    said: str
    values: Mapping[str, object] = field(default_factory=dict)
    several: tuple[str, ...] = ()
    """Vouchers, where the figure is of more than one."""


def way(name: str, row: Row | None, key: str, since: str, until: str) -> Way | None:
    """Where a row of the register `name` leads from its column `key`; None where it is made of nothing else.

    `since` and `until` are the days that the register shows; of one at a date the year up to it.
    """
    if not row:
        return None
    vouchers = tuple(filter(None, (part.strip() for part in str(row.get("voucher") or "").split(","))))
    if key in {"reverses", "reversed_by"} and row.get(key):
        vouchers = (str(row[key]),)
    if vouchers:
        return _to_vouchers(vouchers)
    meeting = key if name == "attendance-register" and key.isdigit() else str(row.get("meeting") or "")
    if meeting:
        return Way("meeting", {"number": meeting}, "opens meeting {number}", {"number": meeting})
    period = {"since": since or year_start(financial_year(until)), "until": until}
    if row.get("code"):
        asked = {"name": "general-ledger", "account": str(row["code"]), **period}
        return Way("registers", asked, "opens its ledger")
    if row.get("member"):
        to = LEDGERS_OF_MEMBERS.get(name, "member-statement")
        asked = {"name": to, "member": str(row["member"]), **period}
        return Way("registers", asked, "opens her account")
    return None


def _to_vouchers(names: tuple[str, ...]) -> Way:
    if len(names) == 1:
        return Way("vouchers", {"voucher": names[0]}, "opens voucher {number}", {"number": names[0]})
    return Way("vouchers", {}, "opens one of {count} vouchers", {"count": len(names)}, names)
