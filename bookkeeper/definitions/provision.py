"""A table of provisions: how much of a loan that is late by so many days is set aside against its loss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Final

from bookkeeper.definitions import read
from bookkeeper.errors import BadInput, Fault
from bookkeeper.rules.arrears import ProvisionClass

_TABLE: Final = frozenset({"source", "class"})
_CLASS: Final = frozenset({"name", "from_days", "percent"})
_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class ProvisionTable:
    """The classes, from 0 days overdue on, and who published their percentages."""

    source: str
    classes: tuple[ProvisionClass, ...]


def provision_table(path: Path) -> ProvisionTable:
    """The table of a provision.toml. Raises BadInput naming file and field."""
    file = f"{path.parent.name}/{path.name}"
    values = read.table(path)
    read.only(values, _TABLE, file)
    classes = tuple(_class(row, file) for row in read.take(values, "class", list, file))
    days = [one.from_days for one in classes]
    if not days or days[0] != 0 or any(later <= earlier for earlier, later in pairwise(days)):
        message = "the classes begin at 0 days overdue, and each later one at more."
        raise BadInput(Fault(message, field="from_days"), file=file)
    return ProvisionTable(read.take(values, "source", str, file), classes)


def _class(row: Mapping[str, object], file: str) -> ProvisionClass:
    read.only(row, _CLASS, file)
    name = read.take(row, "name", str, file)
    text = read.take(row, "percent", str, file)
    try:
        percent = Decimal(text)
    except InvalidOperation:
        percent = Decimal(-1)
    if not (percent.is_finite() and 0 <= percent <= _HUNDRED):
        message = f"“{text}” is no percentage from 0 to 100."
        raise BadInput(Fault(message, "Write it as “12.5”.", field=f"class “{name}”, percent"), file=file)
    return ProvisionClass(name, read.take(row, "from_days", int, file), Fraction(percent))
