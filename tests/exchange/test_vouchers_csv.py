"""Vouchers in CSV: what is taken, and what each wrong field is told."""

# ruff: noqa: E501 - a case is one line

from collections.abc import Callable
from pathlib import Path

import pytest

from bookkeeper.errors import BadInput
from bookkeeper.exchange.source import digest
from bookkeeper.exchange.vouchers import read_vouchers
from bookkeeper.rules.voucher import Instrument

Write = Callable[[str, str | bytes], Path]
Refusal = Callable[[Callable[[Path], object], Path], str]

HEAD = "voucher,date,kind,account,debit,credit,member,narration\n"
GOOD = HEAD + "1,2024-04-05,receipt,cash,100.00,,,Savings\n1,2024-04-05,receipt,member-savings,,100.00,1,\n"


def test_rows_with_one_text_are_one_voucher(write: Write) -> None:
    lines = [
        "b,2024-04-05,receipt,cash,100.50,,,Savings",
        "a,2024-04-06,payment,rent,60,0,,",
        "b,2024-04-05,receipt,member-savings,,100.50,1,",
        "",
        "a,2024-04-06,payment,cash,0.00,60.00,,Hall",
        ",,,,,,,",
    ]
    path = write("march.csv", HEAD + "\r\n".join(lines))
    file = read_vouchers(path)
    first, second = file.vouchers
    assert (first.label, first.row, first.kind, first.date, first.narration) == (
        "b", 2, "receipt", "2024-04-05", "Savings",
    )  # fmt: skip
    assert [(p.account, p.amount, p.member, p.row) for p in first.postings] == [
        ("cash", 10050, None, 2),
        ("member-savings", -10050, "1", 4),
    ]
    assert (second.label, second.row, second.narration) == ("a", 3, "Hall")
    assert [p.row for p in second.postings] == [3, 6], "blank rows are counted, as a spreadsheet counts them"
    assert file.digest == digest(path.read_bytes())
    assert file.name == str(path)


def test_every_optional_column(write: Write) -> None:
    head = (
        "voucher,date,kind,account,debit,credit,loan,party,reference,resolution,fund,"
        "instrument,instrument_number,instrument_date\n"
    )
    text = (
        head
        + "7,2024-04-05,payment,member-loans,500,,3,Asha,B 12,12/3,rf,,,\n"
        + "7,2024-04-05,payment,bank,,500,,,,,,cheque,000123,2024-04-01\n"
    )
    (voucher,) = read_vouchers(write("a.csv", text)).vouchers
    assert (voucher.party, voucher.reference, voucher.resolution) == ("Asha", "B 12", "12/3")
    loan, bank = voucher.postings
    assert (loan.loan, loan.fund, loan.instrument) == (3, "rf", None)
    assert (bank.loan, bank.fund, bank.instrument) == (None, None, Instrument("cheque", "000123", "2024-04-01"))


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16"])
def test_a_bom_and_utf_16_are_read(write: Write, coding: str) -> None:
    assert read_vouchers(write("a.csv", GOOD.encode(coding))).vouchers == read_vouchers(write("b.csv", GOOD)).vouchers


@pytest.mark.parametrize("mark", [";", "\t"])
def test_semicolons_and_tabs_are_read_where_the_head_has_nothing_else(write: Write, mark: str) -> None:
    path = write("a.csv", GOOD.replace(",", mark))
    assert read_vouchers(path).vouchers == read_vouchers(write("b.csv", GOOD)).vouchers


def test_a_contra_takes_negative_amounts(write: Write) -> None:
    text = HEAD + "1,2024-04-05,contra,cash,-20,,,\n1,2024-04-05,contra,bank,,-20,,\n"
    (voucher,) = read_vouchers(write("a.csv", text)).vouchers
    assert [p.amount for p in voucher.postings] == [-2000, 2000]


@pytest.mark.parametrize(
    ("column", "value", "field", "said"),
    [
        ("debit", "hundred", "debit", "“hundred” is not an amount"),
        ("debit", "100.000", "debit", "more than two decimals"),
        ("debit", "1e2", "debit", "“1e2” is not an amount"),
        ("debit", '"1,00.00"', "debit", "has commas"),
        ("debit", "1_00", "debit", "“1_00” is not an amount"),
        ("debit", "१००", "debit", "“१००” is not an amount"),
        ("debit", " 100.00", "debit", "has blanks around it"),
        ("debit", "=100", "debit", "“=100” is not an amount"),
        ("debit", "NaN", "debit", "“NaN” is not an amount"),
        ("debit", "123456789012", "debit", "too large"),
        ("debit", "-100.00", "debit", "only a contra takes a negative amount"),
        ("debit", "", "debit and credit", "a line has a debit or a credit."),
        ("debit", "0.00", "debit and credit", "a line has a debit or a credit."),
        ("credit", "100.00", "debit and credit", "not both"),
        ("date", "05/04/2024", "date", "“05/04/2024” is not a date"),
        ("date", "2024-02-30", "date", "no day of the calendar"),
        ("date", "", "date", "is not a date"),
        ("kind", "reciept", "kind", "Did you mean “receipt”?"),
        ("kind", "zz", "kind", "There are receipt, payment, contra, journal, opening, sale, purchase."),
        ("kind", "", "kind", "the kind is empty"),
        ("account", "", "account", "this may not be empty"),
        ("account", "x" * 101, "account", "Shorten it to 100"),
        ("voucher", " ", "voucher", "this may not be empty"),
        ("narration", "x" * 501, "narration", "Shorten it to 500"),
        ("narration", '"tea\nand milk"', "narration", "Write it on one line"),
        ("loan", "0", "loan", "“0” is no number of a loan"),
        ("loan", "1.5", "loan", "“1.5” is no number of a loan"),
        ("loan", "²", "loan", "“²” is no number of a loan"),
        ("party", "x" * 201, "party", "Shorten it to 200"),
        ("instrument_number", "000123", "instrument", "has a kind"),
        ("instrument_date", "yesterday", "instrument_date", "is not a date"),
    ],
)
def test_a_wrong_field_is_told_with_file_row_and_field(
    write: Write, refusal: Refusal, column: str, value: str, field: str, said: str
) -> None:
    row = {"voucher": "1", "date": "2024-04-05", "kind": "receipt", "account": "cash", "debit": "100.00", "credit": ""}
    row[column] = value
    text = f"{','.join(row)}\n{','.join(row.values())}\n"
    told = refusal(read_vouchers, write("a.csv", text))
    assert f"row 2, {field}: " in told
    assert said in told


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("voucher,date,kind,acount,debit,credit", "row 1, acount: “acount” is no column that is read here. Did you mean “account”?"),
        ("voucher,date,kind,account,debit,credit,xyzzy", "row 1, xyzzy: “xyzzy” is no column"),
        ("Voucher,date,kind,account,debit,credit", "row 1, Voucher: “Voucher” is no column that is read here. Did you mean “voucher”?"),
        ("voucher,date,kind,account,debit,credit,date", "row 1, date: the column “date” stands twice"),
        ("voucher,date,kind,account,debit", "row 1, credit: the column “credit” is missing"),
        ("voucher,date,kind,account,debit,credit,", "row 1, column 7: column 7 has no name"),
        ("voucher;date\tkind;account;debit;credit", "row 1: the head has both semicolons and tabs. Save the file with commas"),
    ],
)  # fmt: skip
def test_a_wrong_head(write: Write, refusal: Refusal, head: str, said: str) -> None:
    assert said in refusal(read_vouchers, write("a.csv", head + "\n"))


def test_rows_wider_or_narrower_than_the_head(write: Write, refusal: Refusal) -> None:
    text = HEAD + "1,2024-04-05,receipt,cash,100.00,,,Tea, milk\n2,2024-04-05,receipt,cash\n"
    told = refusal(read_vouchers, write("a.csv", text)).splitlines()
    assert told[0].startswith("row 2, field 9: the row has 9 fields, the head 8.")
    assert told[1].startswith("row 3, field 5: the row has 4 fields, the head 8.")
    assert len(told) == 2, "no voucher is called half for a row that could not be read"


@pytest.mark.parametrize(
    ("cut", "said"),
    [
        (HEAD + '1,2024-04-05,receipt,cash,100.00,,,"Sav', "row 2: the file breaks off inside quotation marks"),
        (HEAD + '1,2024-04-05,receipt,cash,100.00,,,"Sav"ings\n', "row 2: the quotation marks do not fit"),
        (HEAD + "1" * 140_000, "row 2: a field is far too long"),
        (GOOD[:-20], "row 3, field 5: the row has 4 fields, the head 8"),
        (HEAD, "there are no vouchers in it"),
    ],
)
def test_a_file_that_breaks_off(write: Write, refusal: Refusal, cut: str, said: str) -> None:
    assert said in refusal(read_vouchers, write("a.csv", cut))


def test_half_a_voucher(write: Write, refusal: Refusal) -> None:
    text = (
        GOOD + "2,2024-04-05,receipt,cash,10,,,\n3,2024-04-05,journal,rent,10,,,\n3,2024-04-05,journal,travel,,9.5,,\n"
    )
    told = refusal(read_vouchers, write("a.csv", text)).splitlines()
    assert told == [
        f"row {row}, debit and credit: voucher {is_half}. A voucher's debits and credits must agree."
        for row, is_half in (
            (4, "“2” is half a voucher: it has one line only; debits 10.00, credits 0.00, difference 10.00"),
            (5, "“3” is half a voucher: debits 10.00, credits 9.50, difference 0.50"),
        )
    ]


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("date", "1,2024-04-06,receipt,member-savings,,100.00,,Savings,,,"),
        ("date", "1,,receipt,member-savings,,100.00,,Savings,,,"),
        ("kind", "1,2024-04-05,payment,member-savings,,100.00,,Savings,,,"),
        ("narration", "1,2024-04-05,receipt,member-savings,,100.00,,Fines,,,"),
        ("party", "1,2024-04-05,receipt,member-savings,,100.00,,,Usha,,"),
        ("reference", "1,2024-04-05,receipt,member-savings,,100.00,,,,B2,"),
        ("resolution", "1,2024-04-05,receipt,member-savings,,100.00,,,,,2"),
    ],
)
def test_rows_of_one_voucher_agree(write: Write, refusal: Refusal, field: str, line: str) -> None:
    head = HEAD.strip() + ",party,reference,resolution\n"
    text = f"{head}1,2024-04-05,receipt,cash,100.00,,,Savings,Asha,B1,1\n{line}\n"
    told = refusal(read_vouchers, write("a.csv", text))
    assert f"row 3, {field}: voucher “1” has “" in told
    assert "in row 2" in told


def test_all_faults_are_told_at_once_and_after_fifty_their_number(write: Write, refusal: Refusal) -> None:
    told = refusal(read_vouchers, write("a.csv", HEAD + "1,2024-04-05,journal,rent,x,,,\n" * 60)).splitlines()
    assert len(told) == 51
    assert told[0].startswith("row 2, debit: “x”")
    assert told[-1] == "10 more faults are not shown. Mend these first."
    told = refusal(read_vouchers, write("a.csv", HEAD + "1,2024-04-05,journal,rent,x,,,\n" * 5000)).splitlines()
    assert told[-1] == "at least 950 more faults are not shown. Mend these first."


def test_a_file_of_another_ending_is_known_by_what_is_in_it(write: Write, refusal: Refusal) -> None:
    assert read_vouchers(write("a.txt", GOOD)).vouchers == read_vouchers(write("a.CSV", GOOD)).vouchers
    told = refusal(read_vouchers, write("a.txt", "Dear Asha"))
    assert told == "this is no file of vouchers. Vouchers are taken as CSV (.csv) or JSON (.json)."
    assert "a workbook (XLSX)" in refusal(read_vouchers, write("a.xlsx", b"PK\x03\x04" + bytes(30)))


def test_a_voucher_with_a_fault_is_not_called_half_as_well(write: Write) -> None:
    with pytest.raises(BadInput) as refused:
        read_vouchers(write("a.csv", GOOD.replace("cash,100.00", "cash,x")))
    assert [(f.row, f.field) for f in refused.value.faults] == [(2, "debit")]
