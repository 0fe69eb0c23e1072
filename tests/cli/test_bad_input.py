"""What bad input gets: a message that names file, row and field, exit 1 or 2, and the books as they were."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import VOUCHERS, Call

HEAD = "voucher,date,kind,account,debit,credit,member,narration\n"


def _dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def _one(*, date: str = "2024-05-05", kind: str = "receipt", account: str = "fines", amount: str = "5.00") -> bytes:
    return f"{HEAD}7,{date},{kind},cash,{amount},,,\n7,{date},{kind},{account},,{amount},,\n".encode()


BAD = [
    pytest.param(_one(account="fine"), 2, ["bad.csv", "row 3", "account", "fines"], id="unknown account"),
    pytest.param(
        f"{HEAD}7,2024-05-05,receipt,cash,5,,,\n7,2024-05-05,receipt,member-savings,,5,9,\n".encode(),
        2, ["bad.csv", "row 3", "member", "9"], id="unknown member",
    ),
    pytest.param(_one(kind="reciept"), 2, ["bad.csv", "row 2", "kind", "receipt"], id="unknown kind"),
    pytest.param(_one(amount="five"), 2, ["bad.csv", "row 2", "debit"], id="text amount"),
    pytest.param(_one(amount="5.005"), 2, ["bad.csv", "row 2", "debit", "decimals"], id="three decimals"),
    pytest.param(_one(date="2199-01-01"), 1, ["bad.csv", "row 2", "date", "future"], id="the future"),
    pytest.param(_one(date="2023-05-05"), 1, ["bad.csv", "row 2", "date", "2024-04-01"], id="before the start"),
    pytest.param(f"{HEAD}7,2024-05-05,receipt,cash,5.00,,,\n".encode(), 2, ["bad.csv", "row 2"], id="half a voucher"),
    pytest.param(
        f"{HEAD}7,2024-05-05,receipt,cash,5.00,,,\n7,2024-05-05,receipt,fines,,4.00,,\n".encode(),
        2, ["bad.csv", "row 2", "1.00"], id="does not balance",
    ),
    pytest.param(
        f"{HEAD}7,2024-05-05,receipt,stationery,5.00,,,\n7,2024-05-05,receipt,cash,,5.00,,\n".encode(),
        1, ["bad.csv", "row 2", "kind", "debit side"], id="kind against its accounts",
    ),
    pytest.param(_one().replace(b"narration", b"note", 1), 2, ["bad.csv", "note"], id="unknown column"),
    pytest.param(_one()[:-12], 2, ["bad.csv", "row 3"], id="truncated"),
    pytest.param(bytes(range(256)) * 8, 2, ["bad.csv"], id="binary"),
    pytest.param(b"", 2, ["bad.csv", "empty"], id="empty"),
    pytest.param(
        f"{HEAD}7,2024-04-02,payment,rent,100.00,,,\n7,2024-04-02,payment,cash,,100.00,,\n".encode(),
        1, ["bad.csv", "row 3", "Cash in hand", "-100.00", "2024-04-02"], id="cash below nought",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("content", "status", "says"), BAD)
def test_a_bad_file_is_refused_in_words_and_changes_nothing(
    group: Call, tmp_path: Path, content: bytes, status: int, says: list[str]
) -> None:
    (tmp_path / "bad.csv").write_bytes(content)
    before = _dump(tmp_path / "g.books")
    answer = group("post", "SHG1", str(tmp_path / "bad.csv"))
    assert answer.status == status
    assert answer.out == ""
    for word in says:
        assert word in answer.err
    assert _dump(tmp_path / "g.books") == before


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_as_spreadsheets_save_it_is_read(group: Call, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "again.csv"
    file.write_text(VOUCHERS.replace("minute book", "सभा वही"), encoding=encoding)
    answer = group("post", "SHG1", str(file))
    assert (answer.status, answer.out) == (0, "R2/2024-25\nP2/2024-25\n")


def test_cash_that_would_fall_on_a_later_day_is_refused_naming_that_day(group: Call, tmp_path: Path) -> None:
    # 180.00 in hand from 5 April; spent wholly on 1 May; a back-dated payment of 1.00 on 10 April breaks 1 May.
    (tmp_path / "spend.csv").write_bytes(
        f"{HEAD}1,2024-05-01,payment,rent,180.00,,,\n1,2024-05-01,payment,cash,,180.00,,\n".encode()
    )
    assert group("post", "SHG1", str(tmp_path / "spend.csv")).status == 0
    (tmp_path / "late.csv").write_bytes(
        f"{HEAD}1,2024-04-10,payment,travel,1.00,,,\n1,2024-04-10,payment,cash,,1.00,,\n".encode()
    )
    answer = group("post", "SHG1", str(tmp_path / "late.csv"))
    assert answer.status == 1
    assert "-1.00 at the end of 2024-05-01" in answer.err
    told = group("post", "SHG1", str(tmp_path / "late.csv"), "--cash-below-zero", "lent by the treasurer")
    assert told.status == 0
    assert "cash below zero: lent by the treasurer" in group("report", "day-book", "--format", "csv").out


def test_a_voucher_in_a_closed_year_is_refused(group: Call, tmp_path: Path) -> None:
    assert group("close", "SHG1", "--year", "2024-25").status == 0
    (tmp_path / "bad.csv").write_bytes(_one())
    answer = group("post", "SHG1", str(tmp_path / "bad.csv"))
    assert answer.status == 1
    assert "bad.csv: row 2, date: the financial year 2024-25 is closed" in answer.err


def test_the_same_file_is_refused_with_the_numbers_it_got(group: Call, tmp_path: Path) -> None:
    answer = group("post", "SHG1", str(tmp_path / "vouchers.csv"))
    assert answer.status == 1
    assert "R1/2024-25, P1/2024-25" in answer.err
    assert group("post", "SHG1", str(tmp_path / "vouchers.csv"), "--again").out == "R2/2024-25\nP2/2024-25\n"
    assert group("verify").status == 0


def test_the_same_key_answers_with_the_first_result(group: Call, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_bytes(_one())
    first = group("post", "SHG1", str(tmp_path / "more.csv"), "--key", "k1")
    second = group("post", "SHG1", str(tmp_path / "more.csv"), "--key", "k1")
    assert (first.status, first.out) == (second.status, second.out) == (0, "R2/2024-25\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("report", "trial-balanse"), "trial-balance"),
        (("report", "trial-balance", "--from", "2024-04-01"), "--from"),
        (("report", "cash-book", "--account", "cash"), "--account"),
        (("report", "cash-book", "--from", "2024-02-30"), "2024-02-30"),
        (("report", "cash-book", "--from", "2024-05-01", "--to", "2024-04-01"), "2024-05-01"),
        (("report", "cash-book", "--format", "pdf"), "--out"),
        (("report", "cash-book", "--language", "xx"), "xx"),
        (("report", "general-ledger", "--account", "csh"), "cash"),
        (("reverse", "SHG1", "R1", "--date", "2024-04-06", "--reason", "x"), "R28/2023-24"),
        (("reverse", "SHG1", "R1/2024-25", "--date", "2024-04-06", "--reason", " "), "reason"),
        (("close", "SHG1", "--year", "2024-26"), "2023-24"),
        (("entity", "set", "SHG1", "plaice", "Kudal"), "place"),
        (("account", "add", "SHG1", "9001", "--name", "x", "--group", "assets"), "asset"),
    ],
)
def test_a_wrong_command_line_exits_with_2_and_says_what_would_be_right(
    group: Call, arguments: tuple[str, ...], says: str
) -> None:
    answer = group(*arguments)
    assert answer.status == 2
    assert says in answer.err


def test_a_report_is_not_written_over_books(group: Call, tmp_path: Path) -> None:
    before = _dump(tmp_path / "g.books")
    answer = group("report", "cash-book", "--out", str(tmp_path / "g.books"))
    assert answer.status == 1
    assert _dump(tmp_path / "g.books") == before


def test_new_never_overwrites(group: Call, tmp_path: Path) -> None:
    before = _dump(tmp_path / "g.books")
    answer = group("new", str(tmp_path / "g.books"))
    assert answer.status == 1
    assert "is there already" in answer.err
    assert _dump(tmp_path / "g.books") == before


def test_a_key_is_one_acts_and_no_other_entitys_or_files(group: Call, tmp_path: Path) -> None:
    assert group("entity", "add", "SHG2", "--name", "Sita", "--kind", "shg", "--starts", "2024-04-01").status == 0
    (tmp_path / "a.csv").write_bytes(_one())
    (tmp_path / "b.csv").write_bytes(_one(amount="6.00"))
    assert group("post", "SHG1", str(tmp_path / "a.csv"), "--key", "k1").out == "R2/2024-25\n"
    for entity, file in (("SHG2", "a.csv"), ("SHG1", "b.csv")):
        answer = group("post", entity, str(tmp_path / file), "--key", "k1")
        assert answer.status == 2
        assert "k1 belongs to another act (post in SHG1" in answer.err
    assert group("lock", "SHG1", "--until", "2024-04-30", "--key", "k1").status == 2


def test_what_is_typed_gets_into_the_books_composed_or_not_at_all(group: Call) -> None:
    decomposed = "mal noté".replace("é", "e\u0301")
    answer = group("reverse", "SHG1", "P1/2024-25", "--date", "2024-04-06", "--reason", decomposed)
    assert answer.status == 0
    for arguments in (
        ("reverse", "SHG1", "R1/2024-25", "--date", "2024-04-06", "--reason", "two\nlines"),
        ("member", "add", "SHG1", "", "--name", "Sita"),
        ("member", "add", "SHG1", "3", "--name", ""),
        ("account", "add", "SHG1", "90 01", "--name", "Goats", "--group", "income"),
        ("account", "add", "SHG1", "9001", "--name", "Goats", "--group", "income", "--role", "goats"),
        ("entity", "add", "S 3", "--name", "Sita", "--kind", "shg"),
    ):
        assert group(*arguments).status == 2
    assert (
        group(
            "account", "add", "SHG1", "9002", "--name", "More", "--group", "liability", "--role", "member-savings"
        ).status
        == 1
    )
    assert group("verify").status == 0
