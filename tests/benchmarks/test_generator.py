"""The generator of sample vouchers, and that the benchmark's functions work; no time is asserted."""

import shutil
from pathlib import Path

import pytest

from benchmarks import loans, media, posting, promises, reports
from benchmarks.figure import Figure, missing, table
from benchmarks.groups import code_of, empty_books, fill, write_ledger_journal
from bookkeeper.commands.act import open_office
from bookkeeper.exchange import samples
from bookkeeper.rules.money import PAISE_IN_A_RUPEE
from bookkeeper.rules.voucher import difference


def test_the_same_seed_gives_the_same_vouchers() -> None:
    assert list(samples.vouchers(7, 2)) == list(samples.vouchers(7, 2)) != list(samples.vouchers(8, 2))
    assert samples.members(7) == samples.members(7) != samples.members(8)


def test_what_stands_in_the_vouchers_is_sound() -> None:
    made = list(samples.vouchers(3, 10))
    assert all(difference(v) == 0 for v in made)
    assert all(p.amount % PAISE_IN_A_RUPEE == 0 for v in made for p in v.postings)
    assert [v.date for v in made] == sorted(v.date for v in made)
    assert made[0].date >= f"{samples.FIRST_YEAR}-04-01"
    assert made[-1].date <= f"{samples.FIRST_YEAR + 10}-03-31"


def test_there_are_as_many_postings_as_the_benchmark_wants() -> None:
    group_years = [len(v.postings) for group in range(16) for v in samples.vouchers(group, 5)]
    assert 350 < sum(group_years) / (16 * 5) < 385


def test_every_member_has_a_name_of_her_own_in_both_scripts() -> None:
    women = samples.members(1, 240)
    assert len({w.name for w in women}) == len({w.name_local for w in women}) == len({w.number for w in women}) == 240


def test_two_groups_post_without_refusal_and_the_functions_of_the_benchmark_run(tmp_path: Path) -> None:
    office = empty_books(tmp_path / "big.books", 2)
    filled = fill(office, 2, 2)
    assert filled.postings == sum(len(v.postings) for group in range(2) for v in samples.vouchers(group, 2))
    journal = tmp_path / "big.ledger"
    write_ledger_journal(office, filled, journal)
    assert journal.read_text(encoding="utf-8").count("\n    SHG") == filled.postings
    empty = empty_books(tmp_path / "empty.books", 1)
    one, other = posting.durable_seconds((empty, office), "2017-04-05", 2)
    assert posting.durable(one, other, filled.postings).ratio.endswith("×")
    for ask in (reports.trial_balance_ask(1), reports.cash_book_ask(1, 2016)):
        assert reports.inside("register", reports.inside_seconds(office, ask, 1)).kept in (True, False)
    for opened in (office, empty):
        opened.close()
    bare = posting.bare_seconds(filled.path, tmp_path / "bare.sqlite")
    assert posting.bulk([(filled, bare)]).ratio.startswith("1 :")
    assert not (tmp_path / "bare.sqlite").exists()


@pytest.mark.slow
def test_the_whole_processes_run(tmp_path: Path) -> None:
    office = empty_books(tmp_path / "big.books", 2)
    filled = fill(office, 2, 1)
    write_ledger_journal(office, filled, tmp_path / "big.ledger")
    office.close()
    if shutil.which("ledger"):
        ours, rival = reports.whole_seconds(filled.path, tmp_path / "big.ledger", 1)
        assert reports.whole(ours, rival, "small", filled.postings).ratio.endswith("faster")
    else:
        with pytest.raises(reports.NoRival):
            reports.whole_seconds(filled.path, tmp_path / "big.ledger", 1)
    for check in (promises.verify, promises.verify_quick):
        assert check(filled.path, filled.postings, "small").ours
    assert media.long_books(tmp_path / "long.books", 1) > 1000
    opened = open_office(tmp_path / "long.books")
    opened.close()


def test_what_is_missing_is_said_in_the_table() -> None:
    lines = table([Figure("a", "1 s", kept=True), missing("b", "no such\nregister", "fast")]).splitlines()
    assert lines[2:] == ["| a | 1 s | – | – | – | yes |", "| b | not measured: no such register | – | – | fast | – |"]
    assert code_of(3) == "SHG003"


def test_the_loans_of_the_benchmark_are_made_and_looked_at() -> None:
    there = loans.loans(20)
    assert there == loans.loans(20)
    late = loans.running(there)
    assert all(loan.standing("2022-01-01", ()).principal_arrears == 0 for loan in late)
    assert len(loans.figures(20)) == 2
