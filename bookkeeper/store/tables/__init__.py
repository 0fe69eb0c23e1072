"""The tables, one file a book, all in one metadata; every key begins with the entity.

Importing this package declares all of them. Types are those a STRICT table takes: text, integers, bytes.
"""

from bookkeeper.store.tables.columns import METADATA
from bookkeeper.store.tables.entities import account, books, entity, setting, user
from bookkeeper.store.tables.journal import attachment, closing, link, locked, posting, sum_month, sum_year, voucher
from bookkeeper.store.tables.loans import loan, loan_settled
from bookkeeper.store.tables.log import log
from bookkeeper.store.tables.meetings import cut_off, meeting, meeting_reversal
from bookkeeper.store.tables.members import member

__all__ = [
    "METADATA",
    "account",
    "attachment",
    "books",
    "closing",
    "cut_off",
    "entity",
    "link",
    "loan",
    "loan_settled",
    "locked",
    "log",
    "meeting",
    "meeting_reversal",
    "member",
    "posting",
    "setting",
    "sum_month",
    "sum_year",
    "user",
    "voucher",
]
