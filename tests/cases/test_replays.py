"""Published loans that were played through: each file in `replays/` names its source and what it says must come out."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bookkeeper.cli.main import run

CASES = sorted((Path(__file__).parent / "replays").glob("*.toml"))
STORY = ("product", "disbursements", "first_due", "payments", "fees", "as_of")


def differing(found: dict[str, Any], expected: dict[str, Any]) -> Iterator[str]:
    """Every figure of the source that the program does not give."""
    for table, key in (("schedule", "number"), ("payments", None), ("states", "date")):
        for place, wanted in enumerate(expected.get(table, ())):
            rows = found[table]
            row = rows[place] if key is None else next((one for one in rows if one[key] == wanted[key]), {})
            for field, figure in wanted.items():
                if row.get(field) != figure:
                    where = wanted.get("number", wanted.get("date"))
                    yield f"{table} {where}: {field} is {row.get(field)}, not {figure}"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_published_loan_is_replayed(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    file = tmp_path / "loan.json"
    file.write_text(json.dumps({key: case[key] for key in STORY if key in case}), encoding="utf-8")
    assert run(["loan", "replay", str(file)]) == 0
    found = json.loads(capsys.readouterr().out)
    faults = list(differing(found, case["expected"]))
    assert not faults, "\n".join(faults)
