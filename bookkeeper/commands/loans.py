"""Queries of loans to members."""

from __future__ import annotations

from bookkeeper.books.loans import LoanStanding, standing
from bookkeeper.commands.act import Office
from bookkeeper.ledger.balances import newest_date
from bookkeeper.ledger.entities import entity_of


def listed(office: Office, code: str, as_of: str = "") -> tuple[LoanStanding, ...]:
    """Every loan given by a day (ISO; "" is the day of the newest voucher), with what is owed on it then."""
    with office.looking() as tx:
        entity = entity_of(tx, code)
        return standing(tx, entity, as_of or newest_date(tx, [entity.id]))
