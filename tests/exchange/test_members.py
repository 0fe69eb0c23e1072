"""The register of members from CSV and from workbooks."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from bookkeeper.books.members import Member
from bookkeeper.exchange import workbook
from bookkeeper.exchange.members import read_members

Write = Callable[[str, str | bytes], Path]
Refusal = Callable[[Callable[[Path], object], Path], str]

ASHA = Member("1", "Asha Patil", "आशा पाटील", "2022-04-05", row=2)
HEAD = ["member", "name", "name_local", "joined"]


def book(*rows: Sequence[str | float | dt.date | None]) -> bytes:
    there = openpyxl.Workbook()
    sheet = there.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    return saved(there)


def saved(there: openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    there.save(data)
    return data.getvalue()


def shared() -> bytes:
    """A workbook as Excel writes it: its texts stand apart, in a part of their own."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False}) as there:
        sheet = there.add_worksheet()
        for row, cells in enumerate([HEAD, [1, "Asha Patil", "आशा पाटील", "2022-04-05"], [2, "=Usha"]]):
            sheet.write_row(row, 0, cells)
    return data.getvalue()


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part of its ZIP changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


GOOD = book(HEAD, [1, "Asha Patil", "आशा पाटील", dt.date(2022, 4, 5)], [None], ["2a", "Usha", None, "2022-05-01"])


def test_members_from_csv(write: Write) -> None:
    path = write("m.csv", "member,name,name_local,joined\n1,Asha Patil,आशा पाटील,2022-04-05\n2,Usha,,\n")
    assert read_members(path).members == (ASHA, Member("2", "Usha", row=3))
    assert read_members(path).name == str(path)


def test_members_from_a_workbook(write: Write) -> None:
    expected = (ASHA, Member("2a", "Usha", joined="2022-05-01", row=4))
    assert read_members(write("m.xlsx", GOOD)).members == expected
    assert read_members(write("m", GOOD)).members == expected, "whatever it is called"


def test_members_from_a_workbook_with_shared_strings(write: Write) -> None:
    assert read_members(write("m.xlsx", shared())).members == (ASHA, Member("2", "=Usha", row=3))


def test_every_column(write: Write) -> None:
    text = (
        "member,name,joined,name_local,left,office,gender,caste,poverty,phone,nominee,language\n"
        "1,Asha,2022-04-05,आशा,2023-04-05,president,female,obc,bpl,9876543210,Ravi,mr\n"
    )
    assert read_members(write("m.csv", text)).members == (
        Member("1", "Asha", "आशा", "2022-04-05", "2023-04-05", "president", "female", "obc", "bpl", "9876543210",
                  "Ravi", "mr", row=2),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("member,nam\n1,Asha\n", "row 1, nam: “nam” is no column that is read here. Did you mean “name”?"),
        ("member,joined\n1,2022-04-05\n", "row 1, name: the column “name” is missing"),
        ("member,name,name\n1,a,b\n", "row 1, name: the column “name” stands twice"),
        ("member,name\n1,Asha,x\n", "row 2, field 3: the row has 3 fields, the head 2"),
        ("member,name\n1,Asha\n1,Usha\n", "row 3, member: number 1 stands in row 2 already"),
        ("member,name\n,Asha\n", "row 2, member: this may not be empty"),
        ("member,name\n1,\n", "row 2, name: this may not be empty"),
        ("member,name,joined\n1,Asha,5.4.2022\n", "row 2, joined: “5.4.2022” is not a date"),
        ("member,name,joined,left\n1,Asha,2022-04-05,2022-04-04\n", "row 2, left: she left on 2022-04-04, before"),
        (f"member,name\n1,{'x' * 101}\n", "row 2, name: the text has 101 characters"),
        ("member,name\n", "there are no members in it"),
    ],
)
def test_what_is_wrong_in_csv(write: Write, refusal: Refusal, text: str, told: str) -> None:
    assert refusal(read_members, write("m.csv", text)).startswith(told)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (book(HEAD, ["1", "=A2"]), "cell B2: there is a formula in this cell"),
        (book(HEAD, [1.5, "Asha"]), "cell A2: 1.5 is not a whole number"),
        (book(HEAD, [True, "Asha"]), "cell A2: “True” is neither text, number nor day"),
        (book(HEAD, ["1", "#N/A"]), "cell B2: there is an error in this cell"),
        (book(HEAD, [dt.date(2024, 1, 2), "Asha"]), "row 2, member: the spreadsheet has made a day of this"),
        (book(HEAD, ["1", "Asha", None, dt.datetime(2022, 4, 5, 9, 30)]), "cell D2: there is a time with the day."),  # noqa: DTZ001
        (book(HEAD, ["1", "Asha", None, 44656]), "row 2, joined: “44656” is not a date"),
        (book(HEAD, ["1", "Asha", None, None, "x"]), "row 2, field 5: the row has 5 fields, the head 4"),
        (book(HEAD, ["1", "A"], [1, "B"]), "row 3, member: number 1 stands in row 2 already"),
        (book(), "row 1, column 1: column 1 has no name"),
        (book(HEAD), "there are no members in it"),
        (book(HEAD, ["1", "Asha", *[None] * 300, "x"]), "the sheet has more than 200 columns"),
        (b"PK\x03\x04" + bytes(40), "the file is damaged, or no workbook"),
        (b"member,name\n1,Asha", "the file is damaged, or no workbook"),
        (GOOD[: len(GOOD) // 2], "the file is damaged, or no workbook"),
        (  # its directory asks for version 7.8 of the archive's format, which nobody has
            GOOD.replace(b"PK\x01\x02\x14\x03\x14\x00", b"PK\x01\x02\x14\x03\x4e\x00"),
            "the file is damaged, or no workbook",
        ),
    ],
)
def test_what_is_wrong_in_a_workbook(write: Write, refusal: Refusal, data: bytes, told: str) -> None:
    said = refusal(read_members, write("m.xlsx", data))
    assert told in said


def test_text_that_looks_like_a_formula_is_text(write: Write) -> None:
    there = openpyxl.Workbook()
    sheet = there.active
    assert sheet is not None
    sheet.append(["member", "name"])
    sheet.append(["1", "x"])
    sheet["B2"].value, sheet["B2"].data_type = "=Asha", "s"
    assert read_members(write("m.xlsx", saved(there))).members[0].name == "=Asha"


def test_merged_cells_are_refused(write: Write, refusal: Refusal) -> None:
    there = openpyxl.load_workbook(io.BytesIO(GOOD))
    there.worksheets[0].merge_cells("B2:B4")
    assert "B2:B4: the cells B2:B4 are merged" in refusal(read_members, write("m.xlsx", saved(there)))


def test_a_second_sheet_may_not_hold_anything(write: Write, refusal: Refusal) -> None:
    there = openpyxl.load_workbook(io.BytesIO(GOOD))
    there.create_sheet("Sheet2")
    assert len(read_members(write("m.xlsx", saved(there))).members) == 2
    there.create_sheet("Sheet3")["A1"] = "x"
    assert "more than one sheet" in refusal(read_members, write("m.xlsx", saved(there)))


SHEET = "xl/worksheets/sheet1.xml"


def test_a_sheet_that_lies_about_its_size_is_read_whole(write: Write) -> None:
    data = changed(GOOD, SHEET, lambda xml: xml.replace(b'ref="A1:D4"', b'ref="A1"'))
    assert data != GOOD
    assert len(read_members(write("m.xlsx", data)).members) == 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda xml: xml.replace(b'r="4"', b'r="999999999999"'), "more than 100000 rows"),
        (lambda xml: xml + b" " * 5_000_000, "unpack into far more than it looks"),
        (lambda xml: b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml, "damaged, or no workbook"),
        (lambda xml: xml[:200], "damaged, or no workbook"),
        (lambda xml: xml.replace(b't="n"><v>1<', b't="s"><v>99999<'), "damaged, or no workbook"),
        (lambda xml: xml.replace(b"<v>1</v>", b"<v>" + b"9" * 5000 + b"</v>"), "damaged, or no workbook"),
    ],
)
def test_hostile_sheets(write: Write, refusal: Refusal, change: Callable[[bytes], bytes], told: str) -> None:
    data = changed(GOOD, SHEET, change)
    assert data != changed(GOOD, SHEET, bytes)
    assert told in refusal(read_members, write("m.xlsx", data))


def test_too_many_parts_too_much_and_strange_packing(
    write: Write, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("m.xlsx", GOOD)
    with monkeypatch.context() as patch:
        patch.setattr(workbook, "PARTS", 3)
        assert "unpack into far more" in refusal(read_members, path)
    with monkeypatch.context() as patch:
        patch.setattr(workbook, "LARGEST", 1000)
        assert "unpack into far more" in refusal(read_members, path)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(SHEET, b"x")
    assert "unpack into far more" in refusal(read_members, write("l.xlsx", packed.getvalue()))


def test_a_password(write: Write, refusal: Refusal) -> None:
    data = bytearray(GOOD)
    place = GOOD.index(b"PK\x01\x02") + 8
    data[place] |= 1
    assert "has a password" in refusal(read_members, write("m.xlsx", bytes(data)))
