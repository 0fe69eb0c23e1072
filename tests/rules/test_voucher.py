"""A voucher as a value: what fits its kind, its mirror, and the canonical form that the chain hashes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookkeeper.rules import voucher as rules
from bookkeeper.rules.money import Paise
from bookkeeper.rules.voucher import Attachment, Instrument, Posting, Voucher

PLACES = [
    "tag", "before", "books", "entity", "sequence", "what", "kind", "series", "year", "number", "date", "narration",
    "party", "user", "entered", "meeting", "closing", "key", "reverses", "reference", "resolution", "attachments",
    "postings",
]  # fmt: skip
"""The order that `reliability` section 4 fixes."""

CHEQUE = Instrument("cheque", "000123", "2024-04-01")
PLAIN = Voucher("receipt", "2024-04-05", (Posting("cash", Paise(10000)), Posting("fines", Paise(-10000))))
HEAD: dict[str, Any] = {
    "before": "", "books": "b-1", "entity": "SHG1", "sequence": 1, "series": "R", "year": 2024, "number": 1,
    "user": 1, "entered": "2024-04-05T04:30:00Z", "key": "k",
}  # fmt: skip


def form(voucher: Voucher, **changed: object) -> str:
    postings = [rules.canonical_posting(p, p.account) for p in voucher.postings]
    return rules.canonical_voucher(voucher, postings, **(HEAD | changed))


@pytest.mark.parametrize(
    ("kind", "money", "others", "why"),
    [
        ("receipt", [10000], 1, ""),
        ("receipt", [6000, 4000], 3, ""),
        ("receipt", [], 2, "A receipt has cash or bank on its debit side"),
        ("receipt", [-10000], 1, "A receipt has"),
        ("receipt", [10000, -500], 1, "A receipt has"),
        ("payment", [-10000], 1, ""),
        ("payment", [], 2, "A payment has cash or bank on its credit side"),
        ("payment", [10000], 1, "A payment has"),
        ("payment", [-10000, 500], 1, "A payment has"),
        ("contra", [10000, -10000], 0, ""),
        ("contra", [10000, -9000], 1, "A contra moves money between cash and bank"),
        ("contra", [], 2, "A contra moves"),
        ("journal", [], 2, ""),
        ("journal", [10000], 1, "A journal touches neither"),
        ("sale", [], 2, ""),
        ("sale", [10000], 1, "A sale touches neither"),
        ("purchase", [], 2, ""),
        ("purchase", [-10000], 1, "A purchase touches neither"),
        ("opening", [10000], 1, ""),
        ("opening", [], 2, ""),
        ("opening", [-10000], 1, ""),
    ],
)
def test_a_voucher_fits_its_kind(kind: str, money: list[int], others: int, why: str) -> None:
    found = rules.misfit(kind, [Paise(amount) for amount in money], others)
    assert found.startswith(why) if why else found == ""


def test_the_difference_is_debits_less_credits() -> None:
    assert rules.difference(PLAIN) == 0
    assert rules.difference(replace(PLAIN, postings=PLAIN.postings[:1])) == 10000
    assert rules.difference(replace(PLAIN, postings=())) == 0


def test_a_voucher_is_named_by_series_number_and_year() -> None:
    assert rules.voucher_name("R", 28, 2023) == "R28/2023-24"
    assert rules.voucher_name("J", 1, 1999) == "J1/1999-00"


@pytest.mark.parametrize(
    ("kind", "mirror"),
    [("receipt", "payment"), ("payment", "receipt"), ("contra", "contra"), ("journal", "journal"),
     ("opening", "opening"), ("sale", "sale"), ("purchase", "purchase")],
)  # fmt: skip
def test_only_receipts_and_payments_change_places_in_the_mirror(kind: str, mirror: str) -> None:
    assert rules.mirrored(replace(PLAIN, kind=kind), sequence=7, on="2024-04-06", narration="wrong").kind == mirror


def test_a_mirror_names_what_it_reverses_and_keeps_whom_it_concerns() -> None:
    lent = replace(
        PLAIN,
        kind="payment",
        party="Asha",
        reference="B-1",
        resolution="12/3",
        attachments=(Attachment("ab", "bill.jpg"),),
        label="17",
        row=4,
        postings=(
            Posting("member-loans", Paise(20000), "1", loan=2, row=4),
            Posting("bank", Paise(-20000), fund="RF", deposit=3, share=4, instrument=CHEQUE, row=5),
        ),
    )
    mirror = rules.mirrored(lent, sequence=7, on="2024-04-06", narration="wrong member")
    assert mirror == Voucher(
        "receipt",
        "2024-04-06",
        (
            Posting("member-loans", Paise(-20000), "1", loan=2),
            Posting("bank", Paise(20000), fund="RF", deposit=3, share=4, instrument=CHEQUE),
        ),
        narration="wrong member",
        party="Asha",
        reference="B-1",
        resolution="12/3",
        reverses=7,
    )
    assert (mirror.label, mirror.row, {p.row for p in mirror.postings}) == ("", None, {None})


@given(st.lists(st.integers(-(10**12), 10**12).filter(bool), min_size=2, max_size=8))
def test_a_voucher_and_its_mirror_come_to_nought_on_every_line(amounts: list[int]) -> None:
    one = replace(PLAIN, kind="journal", postings=tuple(Posting("suspense", Paise(a)) for a in amounts))
    other = rules.mirrored(one, sequence=1, on=one.date, narration="x")
    assert [a.amount + b.amount for a, b in zip(one.postings, other.postings, strict=True)] == [0] * len(amounts)
    assert rules.difference(one) == -rules.difference(other)


def test_the_canonical_form_is_this_text() -> None:
    # Written by hand from reliability section 4: no spaces, what is absent is null, nothing is escaped.
    paid = Voucher(
        "payment", "2024-04-05",
        (Posting("x", Paise(20000), "1", loan=2), Posting("y", Paise(-20000), instrument=CHEQUE)),
        narration="शेळी “एक”", attachments=(Attachment("ab", "bill.jpg"),), meeting=12, reverses=3,
    )  # fmt: skip
    postings = [rules.canonical_posting(p, code) for p, code in zip(paid.postings, ("1101", "1002"), strict=True)]
    assert rules.canonical_voucher(paid, postings, **HEAD | {"before": "00ff", "sequence": 9, "series": "P"}) == (
        '["voucher/1","00ff","b-1","SHG1",9,"voucher","payment","P",2024,1,"2024-04-05","शेळी “एक”","",1,'
        '"2024-04-05T04:30:00Z",12,0,"k",3,"","",[["ab","bill.jpg"]],'
        '[["1101","1",2,null,null,null,20000,null],'
        '["1002",null,null,null,null,null,-20000,["cheque","000123","2024-04-01"]]]]'
    )


def test_the_canonical_form_has_the_same_places_whatever_is_absent() -> None:
    full = replace(
        PLAIN, narration="n", party="p", reference="r", resolution="1/1", meeting=4, closing=True, reverses=2
    )
    for voucher in (PLAIN, full):
        assert len(json.loads(form(voucher))) == len(PLACES)
    bare = dict(zip(PLACES, json.loads(form(PLAIN)), strict=True))
    assert {place for place, value in bare.items() if value is None} == {"meeting", "reverses"}
    assert [len(posting) for posting in bare["postings"]] == [8, 8]


@pytest.mark.parametrize(
    "place", ["before", "books", "entity", "sequence", "series", "year", "number", "user", "entered", "key"]
)
def test_every_fact_of_the_head_changes_the_hash(place: str) -> None:
    other = 99 if isinstance(HEAD[place], int) else "other"
    assert rules.next_hash(form(PLAIN)) != rules.next_hash(form(PLAIN, **{place: other}))


def test_every_field_of_a_voucher_changes_the_hash_but_how_the_file_calls_it() -> None:
    other: dict[str, Any] = {
        "kind": "payment", "date": "2024-04-06", "postings": PLAIN.postings[::-1], "narration": "n", "party": "p",
        "reference": "r", "resolution": "1/1", "attachments": (Attachment("ab", "x"),), "meeting": 1,
        "closing": True, "reverses": 1, "label": "7", "row": 7,
    }  # fmt: skip
    assert set(other) == {f.name for f in fields(Voucher)}
    same = {name for name, value in other.items() if form(replace(PLAIN, **{name: value})) == form(PLAIN)}
    assert same == {"label", "row"}


def test_every_field_of_a_posting_changes_the_hash_but_its_row() -> None:
    other: dict[str, Any] = {
        "account": "bank", "amount": Paise(1), "member": "1", "loan": 1, "deposit": 1, "share": 1, "fund": "f",
        "instrument": CHEQUE, "row": 7,
    }  # fmt: skip
    assert set(other) == {f.name for f in fields(Posting)}
    first, second = PLAIN.postings
    changed = {n: replace(PLAIN, postings=(replace(first, **{n: v}), second)) for n, v in other.items()}
    assert {name for name, voucher in changed.items() if form(voucher) == form(PLAIN)} == {"row"}


@given(st.text(), st.text(), st.integers(-(10**15), 10**15))
def test_the_hash_is_the_sha_256_of_plain_json(narration: str, party: str, amount: int) -> None:
    # Lone surrogates cannot be written as UTF-8; no file that is read holds them.
    narration, party = (t.encode("utf-8", "ignore").decode() for t in (narration, party))
    voucher = replace(PLAIN, narration=narration, party=party, postings=(Posting("x", Paise(amount)),) * 2)
    line = ["x", None, None, None, None, None, amount, None]
    value = [
        "voucher/1", "", "b-1", "SHG1", 1, "voucher", "receipt", "R", 2024, 1, "2024-04-05", narration, party, 1,
        "2024-04-05T04:30:00Z", None, 0, "k", None, "", "", [], [line, line],
    ]  # fmt: skip
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    assert rules.next_hash(form(voucher)) == hashlib.sha256(text.encode()).digest()


def test_no_number_that_is_not_whole_gets_into_the_form() -> None:
    with pytest.raises(ValueError, match="Out of range float"):
        rules.canonical([float("nan")])
