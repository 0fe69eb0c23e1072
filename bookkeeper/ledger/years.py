"""Financial years: opened as needed by the first voucher, locked by day, closed by carrying the surplus."""

from __future__ import annotations

from sqlalchemy import func, select

from bookkeeper.definitions.chart import SURPLUS_ROLE
from bookkeeper.errors import Fault, Refused
from bookkeeper.ledger import balances, chain
from bookkeeper.ledger.accounts import chart_of
from bookkeeper.ledger.entities import Entity
from bookkeeper.ledger.periods import open_days
from bookkeeper.ledger.post import Posted, post
from bookkeeper.rules.dates import Day, year_end, year_name
from bookkeeper.rules.money import Paise
from bookkeeper.rules.said import Said
from bookkeeper.rules.voucher import Posting, Voucher
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx, insert_rows


def lock(tx: Tx, entity: Entity, until: str) -> None:
    """Let no voucher be dated on or before `until` (ISO) any more.

    Raises Refused for a day to come, or one that is locked already.
    """
    days = open_days(tx, entity)
    if until > tx.today:
        raise Refused(
            Fault(Said("{until} is in the future.", until=Day(until)), "Lock up to a day that is past.", field="until")
        )
    if days.locked_until and until <= days.locked_until:
        raise Refused(
            Fault(
                Said("the books are locked up to {until} already.", until=Day(days.locked_until)),
                field="until",
            )
        )
    sequence = chain.append(tx, entity, "lock", until)
    insert_rows(tx, tables.locked, ("entity", "sequence", "until"), [(entity.id, sequence, until)])


def close(tx: Tx, entity: Entity, year: int) -> tuple[Posted, ...]:
    """Close the financial year that begins in `year`: carry its income and expense to the surplus, then close it.

    Posts one marked closing voucher on the year's last day (none where nothing was earned or spent). Raises Refused
    where the year is not over, is closed already, or an earlier one with vouchers is still open.
    """
    why = _why_not(tx, entity, year)
    if why:
        raise Refused(why)
    postings = _closing_postings(tx, entity, year)
    posted: tuple[Posted, ...] = ()
    if postings:
        voucher = Voucher("journal", year_end(year), postings, narration=f"Closing of {year_name(year)}", closing=True)
        posted = post(tx, entity, [voucher])
    sequence = chain.append(tx, entity, "closing", year)
    insert_rows(tx, tables.closing, ("entity", "year", "sequence"), [(entity.id, year, sequence)])
    return posted


def _why_not(tx: Tx, entity: Entity, year: int) -> Fault | None:
    days = open_days(tx, entity)
    if year <= days.closed:
        return Fault(Said("{year} is closed already.", year=year_name(year)), field="year")
    if year_end(year) >= tx.today:
        return Fault(
            Said("{year} is not over before {day}.", year=year_name(year), day=Day(year_end(year))),
            "Close it afterwards.",
            field="year",
        )
    if year_end(year) < entity.starts:
        return Fault(
            Said("the books of {entity} begin on {start}.", entity=entity.code, start=Day(entity.starts)), field="year"
        )
    v = tables.voucher.c
    open_years = select(func.min(v.year)).where(
        v.entity == entity.id, v.year > days.closed, v.year < year, v.kind != "opening"
    )
    first = tx.connection.execute(open_years).scalar()
    if first is not None:
        return Fault(
            Said("{year} is still open.", year=year_name(first)), "Close the years one after the other.", field="year"
        )
    return None


def _closing_postings(tx: Tx, entity: Entity, year: int) -> tuple[Posting, ...]:
    """Each head of income and expense brought to nought, and the difference on the surplus."""
    chart = chart_of(tx, entity.id)
    lines = [
        Posting(chart.by_id[s.account].code, Paise(-(s.earlier + s.year)))
        for s in balances.standings(tx, [entity.id], year_end(year))
        if chart.by_id[s.account].is_yearly and s.earlier + s.year
    ]
    surplus = sum(p.amount for p in lines)
    if surplus:
        lines.append(Posting(chart.named(SURPLUS_ROLE).code, Paise(-surplus)))
    return tuple(lines)
