"""Published schedules of loans: each file in `schedules/` names its source, and the method gives its instalments."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bookkeeper.rules.money import Rounding, parsed
from bookkeeper.rules.schedules import Instalment, Terms, method_of

CASES = sorted((Path(__file__).parent / "schedules").glob("*.toml"))
ROUNDINGS = {"0.01": Rounding.TO_PAISA, "0.50": Rounding.TO_HALF_RUPEE, "1": Rounding.TO_RUPEE}
A_YEAR = {"year": 1, "month": 12}


def name(path: Path) -> str:
    return path.stem


def terms(given: dict[str, Any]) -> Terms:
    """The terms of a case; `rate_per` is the rate's period, `instalments_a_year` (12) tells that of the instalments."""
    rate = Fraction(given["rate"]) * A_YEAR[given["rate_per"]] / given.get("instalments_a_year", 12)
    rounding = ROUNDINGS[given["rounding"]]
    return Terms(parsed(given["principal"]), rate, given["instalments"], rounding, rounding)


def compare(found: tuple[Instalment, ...], expected: dict[str, Any]) -> Iterator[str]:
    """What differs from the published figures by more than the source's own rounding (`tolerance`)."""
    tolerance = parsed(expected.get("tolerance", "0.00"))
    by_number = {row.number: row for row in found}
    for wanted in expected.get("instalment", ()):
        row = by_number[wanted["number"]]
        figures = {
            "principal": row.principal,
            "interest": row.interest,
            "instalment": row.principal + row.interest,
            "outstanding": row.outstanding,
        }
        for key, figure in figures.items():
            if key in wanted and abs(figure - parsed(wanted[key])) > tolerance:
                yield f"instalment {row.number}: {key} is {figure / 100:.2f}, published {wanted[key]}"
    if "total_interest" in expected:
        total = sum(row.interest for row in found)
        if abs(total - parsed(expected["total_interest"])) > tolerance:
            yield f"the interest adds up to {total / 100:.2f}, published {expected['total_interest']}"


@pytest.mark.parametrize("path", CASES, ids=name)
def test_the_method_gives_the_published_instalments(path: Path) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    given = terms(case["given"])
    found = method_of(case["given"]["method"])(given)
    faults = list(compare(found, case["expected"]))
    assert not faults, "\n".join(faults)
    assert [row.number for row in found] == list(range(1, given.instalments + 1))
    assert sum(row.principal for row in found) == given.principal
    assert found[-1].outstanding == 0
