"""Loan performance: the ratios that a federation or a bank asks of a group, each with what it is reckoned from.

Sa-Dhan's definitions (2003) and those of the domain notes ("Sums"); rates of repayment are of principal.
"""

from __future__ import annotations

from collections.abc import Iterator

from bookkeeper.books.loan_arrears import AgedLoan, loan_history
from bookkeeper.definitions.chart import MONEY_ROLES
from bookkeeper.definitions.kind import kind
from bookkeeper.ledger.accounts import chart_of
from bookkeeper.ledger.balances import standings
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Register, Row, Say
from bookkeeper.rules.arrears import Share, at_risk, current_repayment_rate, repayment_rate, together
from bookkeeper.rules.money import Paise
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Loan performance",
    asks=(Ask.PERIOD,),
    landscape=True,
    signed_by=("Book-keeper", "Treasurer", "President"),
    closes_with_totals=False,
    columns=(
        Column("key", "Key", mm=0),
        Column("figure", "Figure", mm=64),
        Column("basis", "How it is reckoned"),
        Column("loans", "Loans", Kind.COUNT, mm=14),
        Column("numerator", "Part", Kind.BALANCE, mm=26),
        Column("denominator", "Whole", Kind.BALANCE, mm=26),
        Column("percent", "Percent", Kind.PERCENT, mm=18),
    ),
)

_AT_RISK = (30, 60, 90)
_REVOLVING_FUND = "revolving-fund"
_AT_RISK_BASIS = "Whole outstanding of loans unpaid for longer ÷ all outstanding"


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """A row a figure: part and whole in paise, percent with two places; none where the whole is nought or less."""
    history = loan_history(tx, asked.entity)
    loans = [one for one in history.aged(asked.until) if one.due.outstanding]
    yield from _outstanding(loans)
    period = together(one for _, one in history.of_period(asked.since, asked.until))
    yield _share(
        "repayment-rate",
        Say("Repayment rate, arrears included"),
        Say("Principal collected less advance ÷ principal due with arrears"),
        repayment_rate(period.principal),
    )
    yield _share(
        "current-repayment-rate",
        Say("Current repayment rate, without arrears"),
        Say("Principal collected less advance ÷ principal that fell due in the period"),
        current_repayment_rate(period.principal),
    )
    yield _share(
        "on-time-rate",
        Say("On-time rate"),
        Say("Principal that came by its due date ÷ principal that fell due"),
        history.on_time(asked.since, asked.until),
    )
    money, own = _funds(tx, asked)
    yield _share("idle-fund", Say("Idle fund"), Say("Cash and bank ÷ own funds at the end"), Share(money, own))
    yield _share(
        "rotation",
        Say("Rotation"),
        Say("Lent in the period ÷ own funds at the end"),
        Share(period.disbursed, own),
    )


def notes(_tx: Tx, _asked: Asked) -> Iterator[Say]:
    """What the figures do not say by themselves."""
    yield Say.of("Rates are of principal; arrears that come in lift the current rate above {whole} %.", whole=100)
    yield Say("Own funds: members' savings, revolving fund, capital, surplus with what the years have earned.")


def _outstanding(loans: list[AgedLoan]) -> Iterator[Row]:
    """What is outstanding at the end of the period, and how much of it is at risk."""
    whole = at_risk((one.aged for one in loans), 0).whole
    row = {"key": "loans-outstanding", "figure": Say("Loans outstanding"), "basis": Say("At the end of the period")}
    yield row | {"loans": len(loans), "numerator": whole, "denominator": None, "percent": None}
    for days in _AT_RISK:
        row = _share(
            f"par-{days}",
            Say.of("Portfolio at risk, more than {days} days", days=days),
            Say(_AT_RISK_BASIS),
            at_risk((one.aged for one in loans), days),
        )
        yield row | {"loans": sum(one.days > days for one in loans)}


def _share(key: str, figure: Say, basis: Say, share: Share) -> dict[str, object]:
    head: dict[str, object] = {"key": key, "figure": figure, "basis": basis, "loans": None}
    return head | {"numerator": share.part, "denominator": share.whole, "percent": share.percent}


def _funds(tx: Tx, asked: Asked) -> tuple[Paise, Paise]:
    """Cash and bank, and the entity's own funds, at the end of the period; paise, closed years or not."""
    chart, own_roles = chart_of(tx, asked.entity.id), {*kind(asked.entity.kind).savings_roles, _REVOLVING_FUND}
    money = own = 0
    for one in standings(tx, [asked.entity.id], asked.until):
        account, paise = chart.by_id[one.account], one.earlier + one.year + one.closing
        if account.role in MONEY_ROLES:
            money += paise
        elif account.is_yearly or account.group == "capital" or account.role in own_roles:
            own -= paise
    return Paise(money), Paise(own)
