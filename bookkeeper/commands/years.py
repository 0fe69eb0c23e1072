"""Acts on periods: lock up to a day, close a financial year, make the sums of all periods anew."""

from __future__ import annotations

from bookkeeper.commands.act import Outcome, act
from bookkeeper.ledger import balances, years
from bookkeeper.ledger.entities import entity_of
from bookkeeper.rules.dates import year_name
from bookkeeper.store.engine import Tx


@act("lock", right="close", changes=("periods",))
def lock(tx: Tx, code: str, until: str) -> Outcome:
    """Let no voucher be dated on or before `until` any more."""
    entity = entity_of(tx, code)
    years.lock(tx, entity, until)
    return Outcome(entity.id, until, {"until": until}, new={"until": until})


@act("close", right="close", changes=("journal", "periods"))
def close(tx: Tx, code: str, year: int) -> Outcome:
    """Close a financial year: carry its surplus by marked vouchers and let it take no more."""
    entity = entity_of(tx, code)
    posted = years.close(tx, entity, year)
    result = [{"voucher": p.voucher, "date": p.date, "label": p.label} for p in posted]
    return Outcome(entity.id, year_name(year), result, new={"year": year_name(year)})


@act("rebuild", right="manage", changes=("sums",))
def rebuild(tx: Tx, code: str) -> Outcome:
    """Make the month and year sums of an entity anew from its journal; the result says whether any was wrong."""
    entity = entity_of(tx, code)
    before = balances.stored_months(tx, entity.id), balances.stored_years(tx, entity.id)
    balances.rebuild(tx, entity.id)
    changed = before != (balances.stored_months(tx, entity.id), balances.stored_years(tx, entity.id))
    return Outcome(entity.id, code, {"changed": changed}, new={"changed": changed})
