"""Flat: equal principal, and in each period the same interest on the whole that was lent.

An instalment that was agreed on holds both. Interest that is capitalised counts as lent.
"""

from __future__ import annotations

from bookkeeper.rules.schedules import Method, equal_part

METHOD = Method(equal_part, on_lent=True, agreed_whole=True)
