"""Each check sees its promise broken in a copy, and says where; sound books give no finding."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookkeeper.audit import verify as auditing
from bookkeeper.audit.check import Finding
from bookkeeper.audit.checks import loans as loan_checks
from bookkeeper.audit.verify import all_checks
from bookkeeper.commands import audit
from bookkeeper.errors import BadInput, Refused
from bookkeeper.rules.money import Paise, Rounding
from bookkeeper.rules.schedules import Instalment, schedule_of
from tests.audit.breaks import BREAKS, OF_R1
from tests.audit.broken import Break

Breaking = Callable[..., None]


@pytest.mark.parametrize("case", BREAKS, ids=lambda b: f"{b.check}: {b.says[:40]}")
def test_a_broken_promise_is_named(case: Break, copy: Path, breaking: Breaking) -> None:
    breaking(copy, *case.statements, loosely=case.loosely, guarded=case.guarded)
    number = next(c.number for c in all_checks() if c.name == case.check)
    entity = "SHG1" if case.anchor else ""
    found = audit.verify(copy, entity=entity, quick=case.quick, anchor=case.anchor).findings
    assert any(f.check == number and case.says in f.sentence for f in found), told(found)


def told(found: tuple[Finding, ...]) -> str:
    return "\n".join(f"{f.check} {f.entity} {f.sentence}" for f in found)


def test_every_check_has_a_copy_that_it_sees_broken() -> None:
    assert {b.check for b in BREAKS} == {c.name for c in all_checks()}


def test_every_check_says_what_it_promises() -> None:
    for each in all_checks():
        assert each.promise, each.name
        assert each.run.__doc__, each.name


@pytest.mark.parametrize("quick", [False, True])
def test_sound_books_give_no_finding(sound: Path, *, quick: bool) -> None:
    verified = audit.verify(sound, quick=quick)
    assert not verified.findings, told(verified.findings)
    assert (verified.entities, verified.vouchers) == (3, 94)
    assert verified.sqlite == sqlite3.sqlite_version
    assert verified.checks == (len({c.number for c in all_checks() if c.quick or not quick}))


def test_one_entity_is_looked_at_alone(copy: Path, breaking: Breaking) -> None:
    breaking(copy, f"UPDATE posting SET paise = 24999 {OF_R1} AND paise > 0")
    assert audit.verify(copy, entity="SHG1").findings
    assert not audit.verify(copy, entity="SOC1").findings
    with pytest.raises(Refused, match="not an entity"):
        audit.verify(copy, entity="SHG9")


def test_an_anchor_is_taken_as_the_page_prints_it(sound: Path) -> None:
    with closing(sqlite3.connect(sound)) as books:
        digits = books.execute("SELECT hex(hash) FROM link WHERE entity = 1 AND sequence = 12").fetchone()[0]
    spaced = " ".join(digits[i : i + 4] for i in range(0, 16, 4))
    for typed in (f"12:{digits}", f"12: {spaced}", f"Chain 12: {spaced.lower()}", f"12:{digits[:8]}"):
        assert not audit.verify(sound, entity="SHG1", quick=True, anchor=typed).findings
    for wrong in ("12", "12:7f3a", "x:12345678", f"12:{digits}00", "12:zzzzzzzz"):
        with pytest.raises(BadInput, match="no anchor"):
            audit.verify(sound, entity="SHG1", anchor=wrong)
    with pytest.raises(BadInput, match="of one entity"):
        audit.verify(sound, anchor=f"12:{digits}")


def test_many_findings_are_counted(copy: Path, breaking: Breaking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auditing, "MOST", 3)
    breaking(copy, "UPDATE voucher SET party = 'other'")
    found = [f.sentence for f in audit.verify(copy).findings if f.check == 5]
    assert found[3] == "and 91 more of this kind."


def test_progress_is_told(sound: Path) -> None:
    heard: list[tuple[str, int, int]] = []
    audit.verify(sound, quick=True, progress=lambda *how_far: heard.append(how_far))
    assert [done for _, done, _ in heard] == list(range(len(heard)))
    assert heard[0][2] == len(heard)


def test_a_missing_table_is_a_finding_and_the_rest_is_looked_at(copy: Path, breaking: Breaking) -> None:
    breaking(
        copy, "DROP TABLE attachment", "UPDATE posting SET paise = 24999 " + OF_R1 + " AND paise > 0", guarded=False
    )
    found = audit.verify(copy).findings
    assert any(f.check == 2 and "table attachment is missing" in f.sentence for f in found)
    assert any(f.check == 3 and "does not balance" in f.sentence for f in found)
    assert any(f.check == 5 and "could not be finished" in f.sentence for f in found)


@pytest.mark.parametrize("table", ["books", "entity", "voucher", "posting", "link", "log"])
def test_books_without_a_table_are_told_in_words(copy: Path, table: str) -> None:
    with closing(sqlite3.connect(copy)) as books:
        books.execute(f"DROP TABLE {table}")
    assert any(f"table {table} is missing" in f.sentence for f in audit.verify(copy).findings)
    assert dict(audit.doctor(copy))["fit for use"]


def test_torn_pages_are_told_in_words(copy: Path, breaking_in: Callable[[], object]) -> None:
    with breaking_in(), copy.open("r+b") as file:  # type: ignore[attr-defined]
        size = file.seek(0, 2)
        for page in range(4, size // 4096, 3):
            file.seek(page * 4096)
            file.write(b"\xff" * 4096)
    assert any(f.check == 1 for f in audit.verify(copy).findings)
    assert audit.doctor(copy)


def test_what_is_no_books_file_is_refused(tmp_path: Path, breaking_in: Callable[[], object]) -> None:
    with pytest.raises(Refused, match="is not there"):
        audit.verify(tmp_path / "none.books")
    with pytest.raises(Refused, match="folder"):
        audit.verify(tmp_path)
    letter = tmp_path / "letter.books"
    with breaking_in():  # type: ignore[attr-defined]
        letter.write_text("Dear Sir, " * 999)
    with pytest.raises(Refused, match="not a books file"):
        audit.verify(letter)
    with pytest.raises(Refused, match="not a books file"):
        audit.doctor(letter)


def test_one_who_left_may_still_pay_back(copy: Path, breaking: Breaking) -> None:
    """What she owes of loan and interest is taken after she left; that she saves or borrows is named."""
    breaking(copy, "UPDATE member SET \"left\" = '2023-08-06' WHERE entity = 3 AND number = '1'")
    found = [f.sentence for f in audit.verify(copy).findings]
    assert any("of 2023-09-05 (200.00) is for member 1, who left on 2023-08-06" in sentence for sentence in found)
    assert not any("of 2023-08-20" in sentence for sentence in found), found


JUNK = ("", "{", "[]", "{}", "null", "7", '"x"', "[[[", "[" * 5_000, '{"rows": 7}', '{"rows": [7]}', '{"rows": [{}]}',
        '{"rows": [{"member": []}]}', '{"rows": [], "other": [{}], "cash_counted": []}', "[1, 2, 3, 4, 5, 6, 7, 8]",
        '{"fines": 7, "cash": 7, "absent_paid": 7, "interest_advance": 7}', '{"cash": [], "interest_advance": [7]}',
        '{"date": 7, "members": [{"member": "1", "loans": [7]}], "accounts": []}')  # fmt: skip


@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
@pytest.mark.parametrize(
    "column", ["meeting.sheet", "meeting.notes", "cut_off.sheet", "link.body", "log.new", "log.old"]
)
def test_what_cannot_be_read_is_a_finding_and_no_check_gives_up(
    copy: Path, breaking: Breaking, column: str, junk: str
) -> None:
    table, _, name = column.partition(".")
    kept = " WHERE what <> 'voucher'" if table == "link" else ""
    breaking(copy, f"UPDATE {table} SET {name} = '" + junk.replace("{", "{{").replace("}", "}}") + "'" + kept)
    found = audit.verify(copy).findings
    assert found
    assert not [f.sentence for f in found if "could not be finished" in f.sentence]


def _of_paise(*parts: int, left: int = 0) -> tuple[Instalment, ...]:
    return tuple(Instalment(n, Paise(part), Paise(0), Paise(left)) for n, part in enumerate(parts, 1))


# Loan 1 is of 200.00, in the ten instalments that the group's rule says: 20.00 each.
WRONG_PLANS = {
    "its schedule adds up to 199.00": _of_paise(*[2_000] * 9, 1_900),
    "its schedule has 9 instalments, its terms say 10": _of_paise(*[2_000] * 8, 4_000),
    "instalment 1 of its schedule has 21.00 of principal, not 20.00": _of_paise(2_100, *[2_000] * 8, 1_900),
    "instalment 1 of its schedule is below nought": _of_paise(*[2_000] * 10, left=-1),
}


@pytest.mark.parametrize("says", WRONG_PLANS)
def test_a_plan_is_held_against_its_terms(sound: Path, monkeypatch: pytest.MonkeyPatch, says: str) -> None:
    """No row of the books breaks this: the program that plans would have to."""
    loan_checks._misshapen.cache_clear()
    real = schedule_of
    monkeypatch.setattr(
        loan_checks, "schedule_of",
        lambda name, terms: WRONG_PLANS[says] if terms.principal == 20_000 else real(name, terms),
    )  # fmt: skip
    found = [f.sentence for f in audit.verify(sound).findings]
    loan_checks._misshapen.cache_clear()
    assert found[0] == f"loan 1 of member 1, 200.00: {says}."


@settings(max_examples=300)
@given(
    st.integers(1, 50_000_000), st.integers(1, 120),
    st.sampled_from([Rounding.TO_PAISA, Rounding.TO_HALF_RUPEE, Rounding.TO_RUPEE]),
    st.sampled_from(["equal-principal", "flat", "emi"]),
)  # fmt: skip
def test_every_plan_of_a_group_is_sound(lent: int, number: int, how: Rounding, way: str) -> None:
    assert loan_checks._misshapen(lent, "2", number, way, how, Rounding.TO_RUPEE) == ""


def test_the_right_of_every_act_is_known() -> None:
    """Each module of commands that declares acts is imported by the one that verifies."""
    folder = Path(audit.__file__).parent
    declaring = {file.stem for file in folder.glob("*.py") if "\n@act(" in file.read_text("utf-8")}
    assert declaring == {module.__name__.rpartition(".")[2] for module in audit._WITH_ACTS}
