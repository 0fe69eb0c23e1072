"""Arrears: the loans on which something is overdue at the end of a day, how old it is, and the portfolio at risk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bookkeeper.books import sittings
from bookkeeper.books.loan_arrears import loan_history
from bookkeeper.registers import Asked
from bookkeeper.report import Amount, Ask, Column, Day, Kind, Part, Register, Row, Say, Total
from bookkeeper.rules.arrears import BUCKETS, Aged, Share, at_risk, bucket_of, by_bucket
from bookkeeper.rules.dates import month_of
from bookkeeper.rules.money import Paise
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Loans in arrears",
    nothing="No loan is in arrears.",
    asks=(Ask.AS_OF,),
    landscape=True,
    signed_by=("Book-keeper", "Treasurer", "President"),
    columns=(
        Column("member", "Member no.", head="No.", mm=10),
        Column("name", "Member"),
        Column("loan", "Loan", mm=14),
        Column("outstanding", "Outstanding", Kind.MONEY, Total.SUM, mm=30),
        Column(
            "overdue_principal", "Principal overdue", Kind.MONEY, Total.SUM, under="Overdue", head="Principal", mm=28
        ),
        Column("overdue_interest", "Interest overdue", Kind.MONEY, Total.SUM, under="Overdue", head="Interest", mm=26),
        Column("days", "Days overdue", Kind.COUNT, mm=22),
        Column("bucket", "Age in days", mm=26),
    ),
)

_AT_RISK = (
    Column("bucket", "Age in days", mm=0),
    Column("loans", "Loans", Kind.COUNT, mm=0),
    Column("outstanding", "Outstanding", Kind.MONEY, mm=0),
    Column("percent", "Percent of the portfolio", Kind.PERCENT, mm=0),
)


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """A row a loan with something overdue, by member; paise. Overdue is what fell due by the day and is not paid."""
    for one in loan_history(tx, asked.entity).aged(asked.as_of):
        if one.is_overdue:
            yield {
                "member": one.loan.member,
                "name": one.loan.name,
                "loan": str(one.loan.number),
                "outstanding": one.due.outstanding,
                "overdue_principal": one.due.principal,
                "overdue_interest": one.due.interest,
                "days": one.days,
                "bucket": _age(bucket_of(one.days)),
            }


def totals(tx: Tx, asked: Asked) -> Mapping[str, int]:
    """The portfolio at risk: what is outstanding on loans by their age, and on all loans, late or not; paise."""
    loans = _portfolio(tx, asked)
    late = by_bucket(loans)
    risk: dict[str, int] = {one.name: late[one.key][1] for one in BUCKETS}
    return risk | {"portfolio": sum(one.outstanding for one in loans)}


def parts(tx: Tx, asked: Asked) -> Iterator[Part]:
    """The same for programs and workbooks, with how many loans, and in percent of all that is outstanding."""
    loans = _portfolio(tx, asked)
    whole = Paise(sum(one.outstanding for one in loans))
    found = [
        {"bucket": _age(key), "loans": count, "outstanding": late, "percent": Share(late, whole).percent}
        for key, (count, late) in by_bucket(loans).items()
    ]
    yield Part("portfolio_at_risk", "Portfolio at risk", _AT_RISK, tuple(found))


def notes(tx: Tx, asked: Asked) -> Iterator[Say]:
    """The same in sentences; ages of which there is no loan are left out."""
    loans = _portfolio(tx, asked)
    risk = at_risk(loans, 0)
    if not risk.whole:
        return
    late = sum(one.days > 0 for one in loans)
    pattern = "Portfolio at risk: loans {count}, outstanding {amount}, {percent} % of {whole}"
    yield Say.of(
        pattern, amount=Amount(risk.part), count=late, percent=_percent(risk), whole=Amount(risk.whole)
    )  # fmt: skip
    for key, (count, outstanding) in by_bucket(loans).items():
        if count:
            share = _percent(Share(outstanding, risk.whole))
            pattern = "{age} days overdue: loans {count}, outstanding {amount}, {percent} %"
            yield Say.of(pattern, age=_age(key), amount=Amount(outstanding), count=count, percent=share)
    held = [day for day in sittings.days(tx, asked.entity) if day <= asked.as_of]
    if held and month_of(held[-1]) < month_of(asked.as_of):
        pattern = "The last meeting was on {date}; by its own rule a group asks what fell due since in the next."
        yield Say.of(pattern, date=Day(held[-1]))


def _portfolio(tx: Tx, asked: Asked) -> list[Aged]:
    return [one.aged for one in loan_history(tx, asked.entity).aged(asked.as_of)]


def _age(key: str) -> Say:
    """A bucket in the digits of the reader's language; "1-30" where they are Western."""
    bucket = next((one for one in BUCKETS if one.key == key), None)
    if bucket is None:
        return Say.of("{days}", days=0)
    if bucket.last is None:
        return Say.of(">{days}", days=bucket.first - 1)
    return Say.of("{first}-{last}", first=bucket.first, last=bucket.last)


def _percent(share: Share) -> Say:
    """A percentage in the digits of the reader's language."""
    whole, _, part = (share.percent or "0.00").partition(".")
    return Say.of("{whole}.{tenths}{hundredths}", whole=int(whole), tenths=int(part[0]), hundredths=int(part[1]))
