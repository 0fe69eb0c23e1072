"""What the statements with two sides share: sections of a chart, the year to compare with, the form of a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bookkeeper.ledger.accounts import Account, Chart
from bookkeeper.report import Column, Kind, Row, Say
from bookkeeper.rules.dates import day_before, financial_year, year_end, year_name, year_start

_OF_GROUP = {
    "asset": Say("Other assets"),
    "liability": Say("Other liabilities"),
    "capital": Say("Capital"),
    "income": Say("Income"),
    "expense": Say("Expenditure"),
}
"""Where a head stands that names no section and whose like name none."""


def in_sections(chart: Chart, accounts: Iterable[Account]) -> list[tuple[Say, Account]]:
    """Accounts with their sections: section by section in the order of the chart's codes, and in each by code."""
    places = {account.id: _section(chart, account) for account in chart.accounts}
    first: dict[Say, int] = {}
    for place, account in enumerate(chart.accounts):
        first.setdefault(places[account.id], place)
    ordered = sorted(accounts, key=lambda account: (first[places[account.id]], account.code))
    return [(places[account.id], account) for account in ordered]


def _section(chart: Chart, account: Account) -> Say:
    """A head that the user added names no section: a second bank stands with the first, others with their group."""
    if account.section:
        return Say(account.section)
    like = [other.section for other in chart.of_role(account.role) if other.section] if account.role else []
    return Say(like[0]) if like else _OF_GROUP[account.group]


def year_ended_before(as_of: str) -> str:
    """The last day of the financial year before that of a day: "2024-05-31" → "2024-03-31"."""
    return day_before(year_start(financial_year(as_of)))


def year_before(since: str, until: str) -> tuple[str, str] | None:
    """The financial year before a period that is one itself; None for any other period."""
    year = financial_year(since)
    if (since, until) != (year_start(year), year_end(year)):
        return None
    return year_start(year - 1), year_end(year - 1)


def columns_of_period(since: str, until: str, *, sections: bool) -> tuple[Column, ...]:
    """The columns of a statement of a period, the year before beside it where the period is a financial year."""
    before = year_before(since, until)
    last, this = (year_name(financial_year(before[0])), year_name(financial_year(since))) if before else ("", "")
    return columns(last, this, sections=sections)


def columns(last: str, this: str, *, sections: bool = True) -> tuple[Column, ...]:
    """The columns of a statement with two sides; `last` and `this` are the heads of the figures, years or ISO days.

    Amounts are paise. They are not added up as they stand: the sum of both sides means nothing.
    """
    compared = (Column("last_year", "Last year", Kind.BALANCE, head=last, mm=20),) if last else ()
    return (
        Column("side", "Side", mm=0),
        Column("section", "Section", mm=None if sections else 0),
        Column("code", "Code", mm=0),
        Column("account", "Account"),
        Column("role", "Role", mm=0),
        *compared,
        Column("amount", "Amount", Kind.BALANCE, head=this, mm=22.5),
    )


def row(side: str, section: Say | None, account: Account, amount: int, last_year: int, said: Say | None = None) -> Row:
    """One row: an account on a side, in paise, positive as is usual there; `said` where it has more to say."""
    head = {"side": side, "section": section, "code": account.code, "role": account.role}
    return head | {"account": said or Say(account.name), "amount": amount, "last_year": last_year}


def side_totals(rows: Iterable[Row], sides: Sequence[str]) -> Mapping[str, int]:
    """What each side adds up to, in paise."""
    found = Counter(dict.fromkeys(sides, 0))
    for one in rows:
        found[str(one["side"])] += one["amount"]  # type: ignore[operator]  # paise
    return found
