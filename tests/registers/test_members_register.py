"""The register of members: everyone there ever was, and of her numbers only the ends, in every medium."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import openpyxl
import pytest

from bookkeeper.books.members import Member
from bookkeeper.commands import members
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.errors import BadInput
from bookkeeper.printing.data import write_csv, write_json
from bookkeeper.printing.paper import write_pdf
from bookkeeper.printing.plain import write_text
from bookkeeper.printing.workbook import write_xlsx
from bookkeeper.words import language
from tests.registers.books import Clerk
from tests.registers.worked_example import cells

SECRETS = ("234123412346", "2341", "ABC1234567", "ABC12")


@pytest.fixture(name="told")
def group_with_particulars(clerk: Clerk) -> Clerk:
    """A group with a fourth member, of whom everything is known."""
    new = Member(
        "4", "Deepa Sawant", "दीपा सावंत", "2024-05-06", None, "President", "F", "SC", "BPL", "9876543210",
        "Ramesh Sawant", "mr", "Aadhaar 2341 2341 2346; Voter ABC1234567",
    )  # fmt: skip
    members.import_(clerk.office, "", clerk.code, [new], "")
    return clerk


def test_each_stands_with_what_is_known_of_her(told: Clerk) -> None:
    members.leave(told.office, "", told.code, "2", "2024-06-01", "moved away")
    rows = told.reads("members-register")
    assert cells(rows, "member", "name", "joined", "left") == [
        ("1", "Asha Patil", "2023-04-01", None),
        ("2", "Bharati Naik", "2023-04-01", "2024-06-01"),
        ("3", "Chhaya Rane", "2023-04-01", None),
        ("4", "Deepa Sawant", "2024-05-06", None),
    ]
    keys = ("name_local", "gender", "caste", "poverty", "phone", "nominee", "language", "office")
    (known,) = cells(rows[3:], *keys)
    assert known[2:] == ("SC", "BPL", "9876543210", "Ramesh Sawant", "mr", "President")
    assert known[0] == "दीपा सावंत"


def test_it_takes_no_dates(clerk: Clerk) -> None:
    with pytest.raises(BadInput, match="does not use --as-of"):
        clerk.reads("members-register", as_of="2024-05-31")


@pytest.mark.parametrize("code", ["en", "mr"])
def test_no_medium_shows_a_whole_number(told: Clerk, tmp_path: Path, code: str) -> None:
    spoken = language(code)
    found: dict[str, str] = {}
    for medium, write in (("json", write_json), ("csv", write_csv), ("text", write_text)):
        out = io.StringIO()
        with prepared(told.office, ReportAsk("members-register")) as printout:
            write(printout.table(), spoken, out)
        found[medium] = out.getvalue()
    with prepared(told.office, ReportAsk("members-register")) as printout:
        write_xlsx(printout.table(), spoken, tmp_path / "m.xlsx")
        sheet = openpyxl.load_workbook(tmp_path / "m.xlsx").worksheets[0]
        found["xlsx"] = " ".join(str(value) for row in sheet.iter_rows(values_only=True) for value in row)
    with prepared(told.office, ReportAsk("members-register")) as printout:
        write_pdf(printout.by_entity(), spoken, tmp_path / "m.pdf")
    read = ["pdftotext", "-raw", str(tmp_path / "m.pdf"), "-"]
    found["pdf"] = subprocess.run(read, capture_output=True, text=True, check=True).stdout
    for medium, text in found.items():
        assert not any(secret in text for secret in SECRETS), medium
        assert "2346" in text, medium
        assert "4567" in text, medium


def test_the_categories_of_the_formats_are_said_in_words(told: Clerk) -> None:
    new = [
        Member("5", "Ela Rane", joined="2024-06-01", caste="GENERAL", poverty="BPL"),
        Member("6", "Uma", caste="NT-B"),
    ]
    members.import_(told.office, "", told.code, new, "")
    text = language("mr").text
    _, rows = told.reads_raw("members-register")
    said = {row["member"]: (text(row["caste"]), text(row["poverty"])) for row in rows}
    assert said["4"] == ("अ.जा.", "बीपीएल")
    assert said["5"] == ("सर्वसाधारण", "बीपीएल")
    assert said["6"] == ("NT-B", "")
