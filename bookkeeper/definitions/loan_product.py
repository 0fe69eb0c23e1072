"""The terms on which an entity of a kind lends to its members, where nothing else is said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from bookkeeper.definitions import read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FIELDS: Final = frozenset({"name", "rate_per_month", "method", "instalments"})


@dataclass(frozen=True, slots=True)
class LoanProduct:
    """`rate_per_month` is percent a month as decimal text; `instalments` are monthly."""

    name: str
    rate_per_month: str
    method: str
    instalments: int


@cache
def loan_products(path: Path) -> tuple[LoanProduct, ...]:
    """The products of a loan_products.toml; the first is the default. Raises BadInput naming file and field."""
    rows = read.take(read.table(path), "product", list, path.name)
    return tuple(_product(row, path.name) for row in rows)


def _product(row: Mapping[str, object], file: str) -> LoanProduct:
    read.only(row, _FIELDS, file)
    return LoanProduct(
        name=read.take(row, "name", str, file),
        rate_per_month=read.take(row, "rate_per_month", str, file),
        method=read.take(row, "method", str, file),
        instalments=read.take(row, "instalments", int, file),
    )
