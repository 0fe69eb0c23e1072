"""Published worked examples: each file in this folder names its source, and the program gives its figures.

A case is posted through the command line, as a clerk would, into fresh books; then its reports are asked for. Of a
report's rows only what the case tells is compared, and exactly one row must be like it. Figures are the source's;
what is ours (a day that it does not tell, a counter-account) stands in `what`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bookkeeper.cli.main import run

FOLDER = Path(__file__).parent
CASES = sorted(FOLDER.glob("*.toml"))
ALL_FILES = sorted(FOLDER.rglob("*.toml"))

Case = dict[str, Any]
Call = Callable[..., str]


def read(path: Path) -> Case:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return path.stem


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Call the program on the books of a fresh folder; what it says on standard output."""

    def called(*arguments: str) -> str:
        capsys.readouterr()
        try:
            status = run(["--books", str(tmp_path / "case.books"), *arguments])
        except SystemExit as stop:
            status = int(stop.code or 0)
        said = capsys.readouterr()
        assert status == 0, f"{' '.join(arguments)}: {said.err}"
        return said.out

    return called


def acts(given: Case, folder: Path) -> Iterator[tuple[str, ...]]:
    """What the clerk types, in order, for what a case gives."""

    def written(kind: str) -> str:
        path = folder / f"{kind}.json"
        path.write_text(json.dumps(given[kind], ensure_ascii=False), encoding="utf-8")
        return str(path)

    yield "new", str(folder / "case.books")
    yield "entity", "add", "CASE", "--name", "Case", "--kind", given["kind_of_entity"], "--starts", given["starts"]
    for account in given.get("account", ()):
        options = [part for key in ("name", "group", "role") if key in account for part in (f"--{key}", account[key])]
        yield "account", "add", "CASE", account["code"], *options
    for key, value in given.get("settings", {}).items():
        yield "entity", "set", "CASE", key, value
    for member in given.get("member", ()):
        joined = member.get("joined", given["starts"])
        yield "member", "add", "CASE", member["number"], "--name", member["name"], "--joined", joined
    if "opening" in given:
        yield "opening", "post", "CASE", written("opening")
    if "voucher" in given:
        yield "post", "CASE", written("voucher")
    if "meeting" in given:
        yield "meeting", "post", "CASE", written("meeting")
    if "close" in given:
        yield "close", "CASE", "--year", given["close"]


def asked(ask: Mapping[str, str | bool]) -> Iterator[str]:
    """The options of a report: `as_of = "…"` is `--as-of …`, `after_closing = true` is `--after-closing`."""
    for key, value in ask.items():
        yield f"--{key.replace('_', '-')}"
        if isinstance(value, str):
            yield value


def is_like(row: Mapping[str, object], wanted: Mapping[str, str]) -> bool:
    """Whether a row has what is wanted; nothing may be told as null."""
    return all(row.get(key) == value or (value == "0.00" and row.get(key, 0) is None) for key, value in wanted.items())


def compare(found: Case, wanted: Case) -> Iterator[str]:
    """What a report does not give as the source does."""
    for row in wanted.get("rows", ()):
        like = [other for other in found["rows"] if is_like(other, row)]
        if len(like) != 1:
            yield f"{len(like)} rows are like {row}"
    for key, amount in wanted.get("totals", {}).items():
        if found["totals"].get(key) != amount:
            yield f"the total of {key} is {found['totals'].get(key)}, published {amount}"
    for side, amount in wanted.get("sides", {}).items():
        total = sum((Decimal(row["amount"]) for row in found["rows"] if row["side"] == side), Decimal(0))
        if total != Decimal(amount):
            yield f"the side of {side} adds up to {total}, published {amount}"


@pytest.mark.parametrize("path", CASES, ids=name)
def test_the_program_gives_the_published_figures(path: Path, call: Call, tmp_path: Path) -> None:
    case = read(path)
    for act in acts(case["given"], tmp_path):
        call(*act)
    faults = []
    for wanted in case["expected"]["report"]:
        found = json.loads(call("report", wanted["name"], *asked(wanted["ask"]), "--format", "json"))
        faults += [f"{wanted['name']} {wanted['ask']}: {fault}" for fault in compare(found, wanted)]
    assert not faults, "\n".join(faults)
    call("verify")


@pytest.mark.parametrize("path", ALL_FILES, ids=name)
def test_a_case_names_its_source_and_says_what_is_ours(path: Path) -> None:
    case = read(path)
    assert "http" in case["source"]
    assert len(case["what"].split()) > 10
    assert case["expected"]


def test_there_are_ten_cases_and_among_them_a_whole_year_to_its_balance_sheet() -> None:
    cases = [read(path) for path in CASES]
    assert len(cases) >= 10
    assert any(
        case["given"]["starts"].endswith("-04-01")
        and report["name"] == "balance-sheet"
        and "03-31" in str(report["ask"])
        for case in cases
        for report in case["expected"]["report"]
    )
