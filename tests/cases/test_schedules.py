"""Published schedules of loans: each file in `loans/` names its source, and the program gives its instalments.

A case that tells a `frequency` is asked of `loan quote`: what is `given` are its options. One that does not is one of
bare terms, asked of the method. A case may tell some of the rows, or of a row only what its source prints.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bookkeeper.cli.main import run
from bookkeeper.rules.money import Rounding, parsed
from bookkeeper.rules.schedules import Instalment, Terms, schedule_of

CASES = sorted((Path(__file__).parent / "loans").glob("*.toml"))
ROUNDINGS = {"0.01": Rounding.TO_PAISA, "0.50": Rounding.TO_HALF_RUPEE, "1": Rounding.TO_RUPEE}
A_YEAR = {"year": 1, "month": 12}


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return path.stem


def terms(given: dict[str, Any]) -> Terms:
    """The terms of a case; `rate_per` is the rate's period, `instalments_a_year` (12) tells that of the instalments."""
    rate = Fraction(given["rate"]) * A_YEAR[given["rate_per"]] / given.get("instalments_a_year", 12)
    rounding = ROUNDINGS[given["rounding"]]
    return Terms(parsed(given["principal"]), rate, given["instalments"], rounding, rounding)


def quoted(given: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What `loan quote` answers to the options of a case."""
    words = ["loan", "quote"]
    for option, value in given.items():
        words += [f"--{option.replace('_', '-')}"] if value is True else [f"--{option.replace('_', '-')}", str(value)]
    assert run(words) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def instalment(row: dict[str, Any]) -> Instalment:
    return Instalment(row["number"], parsed(row["principal"]), parsed(row["interest"]), parsed(row["outstanding"]))


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


def check_the_rest(found: tuple[Instalment, ...], principal: int) -> None:
    """What is so of every schedule, whatever a source tells of it."""
    assert [row.number for row in found] == list(range(1, len(found) + 1))
    assert sum(row.principal for row in found) == principal
    assert found[-1].outstanding == 0


@pytest.mark.parametrize("path", [path for path in CASES if "frequency" not in read(path)["given"]], ids=name)
def test_the_method_gives_the_published_instalments(path: Path) -> None:
    case = read(path)
    given = terms(case["given"])
    found = schedule_of(case["given"]["method"], given)
    faults = list(compare(found, case["expected"]))
    assert not faults, "\n".join(faults)
    assert len(found) == given.instalments
    check_the_rest(found, given.principal)


@pytest.mark.parametrize("path", [path for path in CASES if "frequency" in read(path)["given"]], ids=name)
def test_the_quote_gives_the_published_instalments(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = read(path)
    answer = quoted(case["given"], capsys)
    found = tuple(map(instalment, answer["instalments"]))
    faults = list(compare(found, case["expected"]))
    assert not faults, "\n".join(faults)
    published = {row["number"]: row["due"] for row in case["expected"]["instalment"] if "due" in row}
    assert {row["number"]: row["due"] for row in answer["instalments"] if row["number"] in published} == published
    assert len(found) == case["given"].get("instalments", len(found))
    check_the_rest(found, parsed(case["given"]["principal"]) + parsed(answer.get("capitalised_interest", "0")))
