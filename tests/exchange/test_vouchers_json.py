"""Vouchers in JSON: what is taken, and what each wrong key or value is told."""

# ruff: noqa: E501 - a case is one line

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bookkeeper.exchange.vouchers import read_vouchers
from bookkeeper.rules.money import Paise
from bookkeeper.rules.voucher import Attachment, Instrument, Posting, Voucher

Write = Callable[[str, str | bytes], Path]
Refusal = Callable[[Callable[[Path], object], Path], str]

SHA = "ab" * 32
LINES = '"postings": [{"account": "cash", "debit": "100.00"}, {"account": "fines", "credit": "100.00"}]'


def one(posting: str = "", voucher: str = "", debit: str = '"100.00"') -> str:
    """A file of one voucher, with more keys in its first posting and in itself."""
    first = f'{{"account": "cash", "debit": {debit}{posting}}}'
    second = '{"account": "fines", "credit": "100.00"}'
    return f'[{{"date": "2024-04-01", "kind": "receipt"{voucher}, "postings": [{first}, {second}]}}]'


def test_every_key_of_the_design(write: Write) -> None:
    bank = {
        "account": "bank",
        "debit": "100.00",
        "instrument": {"kind": "cheque", "number": "0012", "date": "2024-04-01"},
    }
    savings = {"account": "member-savings", "credit": 100, "member": "1", "fund": None, "loan": 2}
    whole = {
        "voucher": "A1", "date": "2024-04-01", "kind": "receipt", "narration": " Savings ", "party": "Asha",
        "reference": "B1", "resolution": "12/3", "attachments": [{"sha256": SHA.upper(), "name": "bill.jpg"}],
        "postings": [bank, savings],
    }  # fmt: skip
    text = json.dumps([whole, {"date": "2024-04-02", "kind": "receipt", "postings": [bank, savings]}])
    first, second = read_vouchers(write("a.json", text)).vouchers
    postings = (
        Posting("bank", Paise(10000), instrument=Instrument("cheque", "0012", "2024-04-01")),
        Posting("member-savings", Paise(-10000), "1", 2),
    )
    papers = (Attachment(SHA, "bill.jpg"),)
    assert first == Voucher("receipt", "2024-04-01", postings, "Savings", "Asha", "B1", "12/3", papers)
    assert (first.label, first.row, first.postings[0].row) == ("A1", 1, None)
    assert (second.label, second.row, second.narration) == ("", 2, "")


def test_one_object_is_an_array_of_one(write: Write) -> None:
    assert read_vouchers(write("a.json", one()[1:-1])).vouchers == read_vouchers(write("b", one())).vouchers


def test_a_whole_number_is_rupees_and_a_number_of_a_member(write: Write) -> None:
    text = one(', "member": 7, "loan": "3"', ', "voucher": 12', debit="100")
    (voucher,) = read_vouchers(write("a.json", text)).vouchers
    assert (voucher.label, voucher.postings[0].amount, voucher.postings[0].member) == ("12", 10000, "7")
    assert voucher.postings[0].loan == 3


def test_null_is_left_out(write: Write) -> None:
    text = one(
        ', "credit": null, "member": null, "loan": null, "instrument": null', ', "party": null, "attachments": null'
    )
    assert read_vouchers(write("a.json", text)).vouchers == read_vouchers(write("b.json", one())).vouchers


@pytest.mark.parametrize(
    ("debit", "said"),
    [
        ('"hundred"', "“hundred” is not an amount"),
        ('"1.000"', "more than two decimals"),
        ('"1e2"', "“1e2” is not an amount"),
        ("100.50", "100.50 is no whole number of rupees. Write it in quotes"),
        ("100.0", "100.0 is no whole number of rupees. Write it in quotes"),
        ("1e2", "1e2 is no whole number of rupees. Write it in quotes"),
        ("NaN", "NaN is no whole number of rupees. Write it in quotes"),
        ("-Infinity", "-Infinity is no whole number of rupees"),
        ("9" * 5000, "is no whole number of rupees"),
        ("123456789012", "too large"),
        ("-100", "only a contra takes a negative amount"),
        ("true", "this is true, not an amount"),
        ("[100]", "this is an array, not an amount"),
        ('{"a": 1}', "this is an object, not an amount"),
    ],
)
def test_what_is_no_amount(write: Write, refusal: Refusal, debit: str, said: str) -> None:
    told = refusal(read_vouchers, write("a.json", one(debit=debit)))
    assert told.startswith("voucher 1, posting 1, debit: ")
    assert said in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (one(', "acount": "x"'), "voucher 1, posting 1, acount: “acount” is no key that is read here. Did you mean “account”?"),
        (one(voucher=', "narrative": ""'), "voucher 1, narrative: “narrative” is no key that is read here. Did you mean “narration”?"),
        (one(', "debit": "5"'), "voucher 1, posting 1, debit: the key “debit” stands twice."),
        (one(voucher=', "date": "2024-04-01"'), "voucher 1, date: the key “date” stands twice."),
        (one(', "member": true'), "voucher 1, posting 1, member: this is true, not a text"),
        (one(', "member": 1.5'), "voucher 1, posting 1, member: this is the number 1.5, not a text"),
        (one(', "loan": 0'), "voucher 1, posting 1, loan: “0” is no number of a loan"),
        (one(', "credit": "100.00"'), "voucher 1, posting 1, debit and credit: a line has a debit or a credit, not both"),
        (one(debit="null"), "voucher 1, posting 1, debit and credit: a line has a debit or a credit."),
        (one(', "instrument": "cheque"'), "voucher 1, posting 1, instrument: this is a text, not an object"),
        (one(', "instrument": {"number": "1"}'), "voucher 1, posting 1, instrument, kind: this may not be left out"),
        (one(', "instrument": {"kind": "upi", "number": 12}'), "voucher 1, posting 1, instrument, number: this is the number 12, not a text"),
        (one(', "instrument": {"kind": "upi", "date": "x"}'), "voucher 1, posting 1, instrument, date: “x” is not a date"),
        (one(', "instrument": {"kind": "upi", "no": "x"}'), "voucher 1, posting 1, instrument, no: “no” is no key"),
        (one(voucher=', "attachments": {}'), "voucher 1, attachments: “attachments” is an array"),
        (one(voucher=', "attachments": ["x"]'), "voucher 1, attachment 1: this is a text, not an object"),
        (one(voucher=', "attachments": [{"sha256": "12", "name": "a"}]'), "voucher 1, attachment 1, sha256: this is no SHA-256"),
        (one(voucher=f', "attachments": [{{"sha256": "{SHA}"}}]'), "voucher 1, attachment 1, name: this may not be left out"),
        (one(voucher=r', "narration": "a\u0000b"'), "voucher 1, narration: there is a character here that no text may have (U+0000"),
        (one(voucher=r', "narration": "a\ud800b"'), "voucher 1, narration: there is a character here that no text may have (U+D800"),
        (one(voucher=r', "narration": "a\nb"'), "voucher 1, narration: the text has a line end or a tab in it"),
        (f'[{{"kind": "receipt", {LINES}}}]', "voucher 1, date: this may not be left out"),
        (f'[{{"date": "2024-04-01", {LINES}}}]', "voucher 1, kind: this may not be left out"),
        (f'[{{"date": "2024-04-01", "kind": "recipt", {LINES}}}]', "voucher 1, kind: “recipt” is no kind of voucher"),
        (f'[{{"date": "1.4.2024", "kind": "receipt", {LINES}}}]', "voucher 1, date: “1.4.2024” is not a date"),
        ('[{"date": "2024-04-01", "kind": "receipt"}]', "voucher 1, postings: a voucher has postings"),
        ('[{"date": "2024-04-01", "kind": "receipt", "postings": []}]', "voucher 1, postings: a voucher has postings"),
        ('[{"date": "2024-04-01", "kind": "receipt", "postings": [7]}]', "voucher 1, posting 1: this is the number 7, not an object"),
        (one(debit="90"), "voucher 1, debit and credit: voucher is half a voucher: debits 90.00, credits 100.00, difference 10.00"),
        ("[1]", "voucher 1: this is the number 1, not a voucher"),
        ("[[]]", "voucher 1: this is an array, not a voucher"),
        ("[]", "there are no vouchers in it"),
        ('"text"', "a file of vouchers is an array of objects"),
        ("NaN", "a file of vouchers is an array of objects"),
        ("[{]", "row 1, column 3: this is not JSON here"),
        (one()[:-1], "row 1: the file breaks off before the JSON ends"),
        (one()[:40], "row 1: the file breaks off before the JSON ends"),
        ('[\n{"date": "2024', "row 2: the file breaks off before the JSON ends"),
        ("[" * 100_000, "brackets stand in brackets, far too deep"),
        ('{"a":' * 100_000, "brackets stand in brackets, far too deep"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(write: Write, refusal: Refusal, text: str, told: str) -> None:
    assert refusal(read_vouchers, write("a.json", text)).startswith(told)


def test_the_place_counts_vouchers_and_postings_from_one(write: Write, refusal: Refusal) -> None:
    bad = one().replace('"fines"', '"fines", "memebr": "1"')
    told = refusal(read_vouchers, write("a.json", f"{one()[:-1]}, {bad[1:]}"))
    assert told.startswith("voucher 2, posting 2, memebr: “memebr” is no key that is read here. Did you mean “member”?")


def test_all_faults_are_told_at_once(write: Write, refusal: Refusal) -> None:
    first, second = one(', "acount": 1', debit='"x"'), one(debit="1.5")
    text = f"{first[:-1]}, {second[1:]}"
    assert [line.partition(": ")[0] for line in refusal(read_vouchers, write("a.json", text)).splitlines()] == [
        "voucher 1, posting 1, acount",
        "voucher 1, posting 1, debit",
        "voucher 2, posting 1, debit",
    ]
