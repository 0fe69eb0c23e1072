"""`correct`: the mirror of a voucher and the right ones, both or neither."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Call

RIGHT = """\
voucher,date,kind,account,debit,credit,narration
1,2024-04-05,payment,travel,20.00,,bus fare
1,2024-04-05,payment,cash,,20.00,bus fare
"""
CORRECT = ("--date", "2024-04-06", "--reason", "wrong head")


def test_a_voucher_is_corrected_from_a_file(group: Call, tmp_path: Path) -> None:
    file = tmp_path / "right.csv"
    file.write_text(RIGHT, encoding="utf-8")
    done = group("correct", "SHG1", "P1/2024-25", str(file), *CORRECT, "--key", "k", "--format", "json")
    assert (done.status, done.err) == (0, "")
    assert json.loads(done.out) == [
        {"voucher": "R2/2024-25", "date": "2024-04-06", "file": ""},
        {"voucher": "P2/2024-25", "date": "2024-04-05", "file": "1"},
    ]
    assert group("correct", "SHG1", "P1/2024-25", str(file), *CORRECT, "--key", "k", "--format", "json") == done
    again = group("correct", "SHG1", "P1/2024-25", str(file), *CORRECT)
    assert (again.status, again.out) == (1, "")
    assert again.err.strip().endswith("P1/2024-25 is reversed already, by R2/2024-25. Post a new voucher instead.")
    assert group("verify").status == 0
    assert "correct" in group("report", "log-of-acts").out


def test_what_is_wrong_with_the_file_leaves_the_voucher_as_it_was(group: Call, tmp_path: Path) -> None:
    file = tmp_path / "right.csv"
    file.write_text(RIGHT.replace("travel", "travle"), encoding="utf-8")
    refused = group("correct", "SHG1", "P1/2024-25", str(file), *CORRECT)
    assert refused.status == 2
    assert "right.csv: row 2, account: “travle” is neither a code nor a role" in refused.err
    assert group("reverse", "SHG1", "P1/2024-25", *CORRECT).out == "R2/2024-25\n"
