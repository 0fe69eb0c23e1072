"""Every kind of entity is data that works: it loads, opens, posts each voucher that it keeps, and closes a year."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookkeeper import registers
from bookkeeper.definitions import read
from bookkeeper.definitions.chart import GROUPS, chart
from bookkeeper.definitions.kind import VOUCHER_KINDS, EntityKind, kind, kinds
from bookkeeper.errors import BadInput
from bookkeeper.rules.voucher import Voucher
from tests.scenarios.clerk import Clerk, voucher

# Design, section 3: “Roles every SHG chart has”, and what a society has besides.
OF_A_GROUP = [
    "cash",
    "bank",
    "member-savings",
    "voluntary-savings",
    "special-savings",
    "member-loans",
    "interest-on-member-loans",
    "fines",
    "membership-fees",
    "other-income",
    "bank-interest",
    "bank-charges",
    "bank-loans",
    "federation-loans",
    "interest-paid",
    "revolving-fund",
    "community-investment-fund",
    "grants",
    "surplus",
    "deposits-with-federation",
    "stationery",
    "travel",
    "refreshments",
    "honorarium",
    "rent",
    "audit-fees",
    "federation-fees",
    "other-expenses",
    "suspense",
    "rounding",
    "investments",
    "interest-on-savings",
    "penal-interest",
    "shares-with-federation",
    "bad-debts",
    "cash-short-and-over",
]
OF_A_SOCIETY = ["share-capital", "share-application"]

EVERY = pytest.mark.parametrize("key", kinds())


def roles(of: EntityKind) -> set[str]:
    return {head.role for head in of.chart}


def test_there_are_groups_and_societies() -> None:
    assert {"shg", "society"} <= set(kinds())


@EVERY
def test_a_chart_has_each_role_of_the_design(key: str) -> None:
    assert set(OF_A_GROUP) <= roles(kind(key))


def test_a_society_has_shares_too() -> None:
    assert set(OF_A_SOCIETY) <= roles(kind("society"))


@EVERY
def test_codes_are_unique_and_none_is_the_user_s(key: str) -> None:
    codes = [head.code for head in kind(key).chart]
    assert len(set(codes)) == len(codes)
    assert not [code for code in codes if code.isdigit() and 9000 <= int(code) <= 9999]
    assert not roles(kind(key)) & set(codes)


@EVERY
def test_folios_are_unique_and_groups_are_known(key: str) -> None:
    folios = [head.folio for head in kind(key).chart if head.folio]
    assert len(set(folios)) == len(folios)
    assert {head.group for head in kind(key).chart} <= set(GROUPS)
    assert all(head.name == head.name.strip() != "" for head in kind(key).chart)


@EVERY
def test_each_kind_of_voucher_has_a_letter_of_its_own(key: str) -> None:
    series = kind(key).series
    assert set(series) <= set(VOUCHER_KINDS)
    assert {"receipt", "payment", "contra", "journal", "opening"} <= set(series)
    assert len(set(series.values())) == len(series)
    # Design 3.1: R receipt, P payment, C contra, J journal, S sale, B purchase, O opening.
    letters = dict(zip(VOUCHER_KINDS, "RPCJOSB", strict=True))
    assert series == {name: letters[name] for name in series}


@EVERY
def test_what_a_kind_names_is_there(key: str) -> None:
    found = kind(key)
    assert {*found.member_roles, *found.loan_roles, *found.savings_roles} <= roles(found)
    assert {*found.loan_roles, *found.savings_roles} <= set(found.member_roles)
    assert set(found.registers) <= set(registers.names())
    assert found.signed_by
    assert found.loan_products


def one_of(name: str) -> Voucher:
    """A voucher of each kind, two of them with members."""
    lines = {
        "opening": ("2023-03-31", "dr cash 1000", "cr member-savings 400 of 1", "cr surplus 600"),
        "receipt": ("2023-05-05", "dr cash 60", "cr member-savings 50 of 1", "cr fines 10"),
        "payment": ("2023-05-05", "dr member-loans 200 of 2", "cr cash 200"),
        "contra": ("2023-05-06", "dr bank 100", "cr cash 100"),
        "journal": ("2023-05-07", "dr suspense 30", "cr other-income 30"),
        "sale": ("2023-05-08", "dr sundry-debtors 70", "cr sales 70"),
        "purchase": ("2023-05-09", "dr purchases 25", "cr sundry-creditors 25"),
    }
    day, *said = lines[name]
    return voucher(name, day, *said)


@EVERY
def test_an_entity_of_each_kind_posts_each_voucher_it_keeps_and_closes_its_year(tmp_path: Path, key: str) -> None:
    clerk = Clerk(tmp_path / "kind.books").opens("E1", kind=key).enters_members("1", "2")
    series = kind(key).series
    kept = sorted(series, key=lambda name: name != "opening")
    assert clerk.posts(*(one_of(name) for name in kept)) == [
        f"{series[name]}1/{'2022-23' if name == 'opening' else '2023-24'}" for name in kept
    ]
    for name in VOUCHER_KINDS:
        if name not in series:
            with clerk.refuses(f"keeps no vouchers of kind {name}"):
                clerk.posts(voucher(name, "2023-05-08", "dr suspense 70", "cr other-income 70"))
    # 10 of fines and 30 of other income; a society earns 70 of sales and spends 25 on purchases besides.
    surplus = 40 + (70 if "sale" in series else 0) - (25 if "purchase" in series else 0)
    [closing] = clerk.closes(2023)
    assert closing == f"{series['journal']}2/2023-24"
    assert clerk.balance("surplus") == f"{-600 - surplus}.00"
    # 1,000 brought, 60 received, 200 lent, 100 put into the bank.
    assert clerk.balance("cash") == "760.00"
    yearly = [head.code for head in kind(key).chart if head.group in ("income", "expense")]
    assert {clerk.balance(code, "2024-03-31") for code in yearly} == {"0.00"}
    terms = kind(key).loan_products[0]
    usual = (terms.rate_per_month, terms.product.instalments)
    assert [(n.rate_per_month, n.instalments) for n in clerk.loans()] == [usual]
    clerk.office.close()


def test_a_kind_that_there_is_not_is_refused_naming_those_there_are() -> None:
    with pytest.raises(BadInput, match=r"“bank” is not a kind of entity. Kinds are .*shg, society"):
        kind("bank")


# -------------------------------------------------------------------------------------------- what data may not say


def head(code: str, group: str = "asset", role: str = "cash") -> str:
    return f'[[account]]\ncode = "{code}"\nname = "Cash"\ngroup = "{group}"\nrole = "{role}"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (head("1") * 2, "^chart.toml: code: 1 stands twice"),
        (head("1") + head("2"), "role: cash stands twice"),
        (head("9001"), "9001: codes from 9000 to 9999 are the user's"),
        (head("1", group="money"), "group: “money” is not a group"),
        (head("1") + 'colour = "red"\n', "colour: this field is not known"),
        ("[[account]]\ncode = 1\nname = 'Cash'\ngroup = 'asset'\n", "code: this field must be str, not int"),
        ("[[account]]\ncode = '1'\nname = 'Cash'\n", "group: this field is missing"),
        ("", "account: this field is missing"),
        ("[[account]\n", "not proper TOML.*line 1"),
    ],
)
def test_a_chart_that_is_wrong_is_refused_naming_file_and_field(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "chart.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(BadInput, match=words):
        chart(file)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "chart.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="not proper TOML"):
        read.table(file)
