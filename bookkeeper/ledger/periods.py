"""Which days are open: the entity's start, the present day, locks, closed years, and the one opening voucher."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from bookkeeper.errors import BadInput, Fault
from bookkeeper.ledger.entities import Entity
from bookkeeper.rules.dates import Day, NotADate, day_before, financial_year, parsed_date, year_name
from bookkeeper.rules.said import Said
from bookkeeper.rules.voucher import Voucher
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

_MIRROR = tables.voucher.alias("mirror")


@dataclass(frozen=True, slots=True)
class OpenDays:
    """What a date is held against; days are ISO, empty where there is none, `closed` the newest closed year or 0."""

    starts: str
    today: str
    locked_until: str
    closed: int
    opening: str
    """The day of the opening voucher that stands (not reversed)."""
    first: str
    """The first day that has a voucher other than an opening, or a meeting that stands."""

    def faults(self, voucher: Voucher) -> Iterator[tuple[str, str]]:
        """Field and sentence for each reason why a voucher may not bear its date."""
        on = voucher.date
        try:
            parsed_date(on)
        except NotADate as error:
            yield "date", str(error)
            return
        year, day = financial_year(on), Day(on)
        if on > self.today:
            today = Day(self.today)
            yield "date", Said("{on} is in the future; today is {today}. Put the date right.", on=day, today=today)
        if on < self.starts and voucher.kind != "opening":
            start = Day(self.starts)
            yield "date", Said("{on} is before these books begin ({start}). Put the date right.", on=day, start=start)
        if voucher.closing:
            return
        if year <= self.closed:
            yield "date", Said("the financial year {year} is closed. Date it in an open year.", year=year_name(year))
        elif self.locked_until and on <= self.locked_until:
            yield "date", Said("the books are locked up to {until}. Date it later.", until=Day(self.locked_until))
        elif self.opening and on <= self.opening and voucher.kind != "opening":
            why = "the opening balances of {opening} lock the books up to that day. Date it later."
            yield "date", Said(why, opening=Day(self.opening))


def asked_day(on: str) -> str:
    """The ISO day for which something is asked. Raises BadInput for what is none."""
    try:
        return parsed_date(on)
    except NotADate as error:
        raise BadInput(Fault(str(error), field="date")) from None


def open_days(tx: Tx, entity: Entity) -> OpenDays:
    """What holds for the dates of an entity's vouchers at this moment."""
    locked, closing = tables.locked, tables.closing
    until = tx.connection.execute(select(func.max(locked.c.until)).where(locked.c.entity == entity.id)).scalar()
    closed = tx.connection.execute(select(func.max(closing.c.year)).where(closing.c.entity == entity.id)).scalar()
    return OpenDays(
        entity.starts, tx.today, until or "", closed or 0, standing_opening(tx, entity.id), _first(tx, entity.id)
    )


def standing_opening(tx: Tx, entity: int) -> str:
    """The day of the opening voucher that is not reversed, or ""."""
    table, mirror = tables.voucher, _MIRROR
    reversed_ = (
        select(mirror.c.sequence).where(mirror.c.entity == entity, mirror.c.reverses == table.c.sequence).exists()
    )
    query = select(table.c.date).where(
        table.c.entity == entity, table.c.kind == "opening", table.c.reverses.is_(None), ~reversed_
    )
    return tx.connection.execute(query).scalar() or ""


def _first(tx: Tx, entity: int) -> str:
    """The first date in the index that is no opening's, or of a meeting that stands.

    Openings stand before all others, so few rows are read.
    """
    table = tables.voucher
    query = select(table.c.date).where(table.c.entity == entity, table.c.kind != "opening")
    entered = tx.connection.execute(query.order_by(table.c.date, table.c.sequence).limit(1)).scalar() or ""
    held = _first_meeting(tx, entity)
    return min(entered or held, held or entered)


def _first_meeting(tx: Tx, entity: int) -> str:
    """The day of the first meeting that stands: one may have brought no money, and so no voucher."""
    meeting, gone = tables.meeting.c, tables.meeting_reversal.c
    back = select(gone.sequence).where(gone.entity == entity, gone.reverses == meeting.sequence).exists()
    return tx.connection.execute(select(func.min(meeting.date)).where(meeting.entity == entity, ~back)).scalar() or ""


def opening_faults(days: OpenDays, vouchers: Sequence[Voucher]) -> list[Fault]:
    """What is wrong with the opening vouchers among these: there is one, from the day before the start, before all."""
    openings = [v for v in vouchers if v.kind == "opening" and v.reverses is None]
    others = [v.date for v in vouchers if v.kind != "opening"]
    first = min([*others, *([days.first] if days.first else [])], default="")
    faults = []
    for index, voucher in enumerate(openings):
        earliest = day_before(days.starts)
        if days.opening or index:
            why = Said(
                "there is an opening voucher already, of {day}. Reverse that one first.",
                day=Day(days.opening or openings[0].date),
            )
        elif voucher.date < earliest:
            why = Said(
                "an opening voucher is dated from the day before the start ({earliest}) on.", earliest=Day(earliest)
            )
        elif first and voucher.date >= first:
            why = Said(
                "an opening voucher is dated before every other voucher and meeting; the first is of {first}.",
                first=Day(first),
            )
        else:
            continue
        faults.append(Fault(why, row=voucher.row, field="date"))
    return faults
