"""What a register is asked for, from where one comes: the dates of the year looked at, where none are said. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bookkeeper import registers
from bookkeeper.commands.reports import ReportAsk
from bookkeeper.report import Ask, Layout
from bookkeeper.rules.dates import year_end, year_start

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

SAVINGS: Final = (
    ("", "All savings"),
    ("compulsory", "Compulsory"),
    ("voluntary", "Voluntary"),
    ("special", "Special"),
)
"""The kinds of savings that a register may be asked for, and how they are called (messages)."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """What to do where there is nothing to show: in words, as an act with its key (messages), and the act's name."""

    todo: str
    act: str
    key: str
    does: str


_PERIOD: Final = WayOut(
    "Choose another period: a year as 2024-25, a month by its name, or “last month”.",
    "Another period",
    "Alt F2",
    "period",
)
_DAY: Final = WayOut("Choose another day.", "Another day", "F2", "date")
_ANOTHER: Final = WayOut("Choose another register.", "Another register", "F12", "options")
_WAYS_OUT: Final = {
    "from": _PERIOD,
    "to": _PERIOD,
    "as-of": _DAY,
    "account": WayOut("Choose another account.", "Another account", "Enter", "account"),
    "member": WayOut("Choose another member.", "Another member", "Enter", "member"),
}
"""By the field that is at fault, as the command line names it, without its dashes."""


def way_out(name: str, field: str = "") -> WayOut:
    """What to do where a register shows nothing: the field that is at fault, else its days, else another register."""
    asks = asks_of(name)
    if not field and Ask.PERIOD in asks:
        return _PERIOD
    if not field and Ask.AS_OF in asks:
        return _DAY
    return _WAYS_OUT.get(field.removeprefix("--"), _ANOTHER)


def asked_for(desk: Desk, name: str, asked: Mapping[str, str]) -> ReportAsk:
    """The register as asked for; what it is not asked with is left out."""
    asks = asks_of(name)
    since, until, as_of = asked.get("since", ""), asked.get("until", ""), asked.get("as_of", "")
    if Ask.PERIOD in asks:
        since, until, as_of = since or year_start(desk.year), until or year_end(desk.year), ""
    elif Ask.AS_OF in asks:
        since, until, as_of = "", "", as_of or until or _newest_day(desk)
    else:
        since = until = as_of = ""
    of_all = asked.get("all") == "yes" and shows_all(desk, name)
    return ReportAsk(
        name,
        entities=() if of_all else (desk.code,),
        all=of_all,
        account=asked.get("account", "") if Ask.ACCOUNT in asks else "",
        member=asked.get("member", "") if Ask.MEMBER in asks else "",
        since=since,
        until=until,
        as_of=as_of,
        after_closing=asked.get("after_closing") == "yes" and Ask.AFTER_CLOSING in asks,
        order=asked.get("order", "") if Ask.ORDER in asks else "",
        savings=asked.get("savings", "") if Ask.SAVINGS in asks else "",
    )


def said(ask: ReportAsk) -> dict[str, str]:
    """What `asked_for` needs to come to the same again."""
    found = {"name": ask.name, "account": ask.account, "member": ask.member, "order": ask.order}
    found |= {"since": ask.since, "until": ask.until, "as_of": ask.as_of, "savings": ask.savings}
    found |= {"after_closing": "yes"} if ask.after_closing else {}
    return found | ({"all": "yes"} if ask.all else {})


def asks_of(name: str) -> tuple[Ask, ...]:
    """What a register may be asked with."""
    return registers.source(name).register.asks


def shows_all(desk: Desk, name: str) -> bool:
    """Whether a register can be of all groups in one table: there are several, and a row says of which it is."""
    source = registers.source(name)
    return len(desk.entities) > 1 and source.register.layout is Layout.PLAIN and source.each is None


def _newest_day(desk: Desk) -> str:
    """The newest day of the books within the year that is looked at."""
    newest = desk.entity.newest if desk.entity else ""
    return min(year_end(desk.year), max(newest, year_start(desk.year)))


def asked_of(ask: ReportAsk) -> str:
    """What a fault without a field is about: whom or what the register was asked for."""
    return "account" if ask.account else "member" if ask.member else ""
