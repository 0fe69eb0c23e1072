"""The sets that are measured: books of many groups over years, and the same postings as a journal of ledger-cli."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from bookkeeper.commands import entities, members
from bookkeeper.commands.act import Office, new_office
from bookkeeper.exchange import samples
from bookkeeper.ledger.accounts import Chart, chart_of
from bookkeeper.ledger.chain import LoggedAct, log_act
from bookkeeper.ledger.entities import entity_of
from bookkeeper.ledger.post import post
from bookkeeper.rules.money import shown
from bookkeeper.rules.voucher import Voucher
from bookkeeper.store.engine import Tx

SMALL, LARGE, YEARS = 64, 642, 10


@dataclass
class Filled:
    """Books filled with groups: where they lie, and what the posting took (without the making of the vouchers)."""

    path: Path
    groups: int
    postings: int = 0
    vouchers: int = 0
    seconds: float = 0.0
    years: int = field(default=YEARS)


def code_of(group: int) -> str:
    return f"SHG{group:03d}"


def empty_books(
    path: Path, groups: int, *, count: int = samples.MEMBERS, first_year: int = samples.FIRST_YEAR
) -> Office:
    """New books with so many groups and their members, and nothing posted."""
    office = new_office(path)
    for group in range(groups):
        name, _ = samples.group_name(group)
        entities.add(office, "", code_of(group), name, "shg", starts=f"{first_year}-04-01")
        members.import_(office, "", code_of(group), samples.members(group, count), "")
    return office


def vouchers_of(group: int, years: int) -> list[Voucher]:
    return list(samples.vouchers(group, years))


def fill(office: Office, groups: int, years: int = YEARS) -> Filled:
    """Post every group's vouchers in one transaction, through the one door, and time that."""
    filled = Filled(office.books.path, groups, years=years)
    clock = time.perf_counter()
    with office.acting("bulk", "post") as tx:
        for group in range(groups):
            filled.seconds += time.perf_counter() - clock
            vouchers = vouchers_of(group, years)
            clock = time.perf_counter()
            _post_as_an_act(replace(tx, key=f"bulk {code_of(group)}"), code_of(group), vouchers)
            filled.vouchers += len(vouchers)
            filled.postings += sum(len(v.postings) for v in vouchers)
    filled.seconds += time.perf_counter() - clock
    return filled


def _post_as_an_act(tx: Tx, code: str, vouchers: list[Voucher]) -> None:
    """What `commands.vouchers.post_vouchers` does, but within a transaction of many entities."""
    entity = entity_of(tx, code)
    posted = post(tx, entity, vouchers)
    result = json.dumps([{"voucher": p.voucher, "date": p.date, "label": p.label} for p in posted])
    log_act(tx, entity.id, LoggedAct("post", f"{posted[0].voucher} … ({len(posted)})", "", "", result, ""))


def write_ledger_journal(office: Office, filled: Filled, file: Path) -> None:
    """Write the same vouchers for ledger-cli: one account a head and group, plain numbers, no members."""
    with office.looking() as tx, file.open("w", encoding="utf-8") as journal:
        for group in range(filled.groups):
            code = code_of(group)
            chart = chart_of(tx, entity_of(tx, code).id)
            for voucher in vouchers_of(group, filled.years):
                journal.writelines(_transaction(voucher, code, chart))


def _transaction(voucher: Voucher, code: str, chart: Chart) -> Iterator[str]:
    yield f"{voucher.date.replace('-', '/')} * {voucher.narration}\n"
    for posting in voucher.postings:
        yield f"    {code}:{chart.named(posting.account).name}  {shown(posting.amount)}\n"
    yield "\n"
