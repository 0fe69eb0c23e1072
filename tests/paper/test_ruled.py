"""The ruled register on paper: totals, groups, page turns, sheets beside each other."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest

from bookkeeper.printing.paper import write_pdf
from bookkeeper.printing.paper.document import Document
from bookkeeper.registers import members_month
from bookkeeper.report import Column, Kind, Person, Register, Report, Row, Say, Total
from bookkeeper.words import language
from tests.paper.reading import POINTS, text_of, words_of
from tests.paper.savitri import HEADING, cash_book

COLUMNS = (
    Column("account", "Account"),
    Column("date", "Date", Kind.DATE),
    Column("voucher", "Voucher"),
    Column("particulars", "Particulars"),
    Column("debit", "Debit", Kind.MONEY, Total.SUM),
    Column("credit", "Credit", Kind.MONEY, Total.SUM),
    Column("balance", "Balance", Kind.BALANCE, Total.LAST),
)
REGISTER = Register("General ledger", COLUMNS, carry=True, signed_by=("book-keeper", "president"))
FIRST = replace(HEADING, folio=1)


def ledger(rows: int, register: Register = REGISTER, words: str = "Savings") -> Report:
    def made() -> Iterator[Row]:
        balance = 0
        for number in range(1, rows + 1):
            balance += 100 * number
            yield {
                "account": Say("Cash" if number <= rows // 2 else "Bank"),
                "date": "2023-11-05",
                "voucher": f"R{number}/2023-24",
                "particulars": words,
                "debit": 100 * number,
                "balance": balance,
            }

    return Report("general-ledger", register, FIRST, COLUMNS, made())


def prints(report: Report, out: Path, code: str = "en") -> Document:
    document = write_pdf([report], language(code), out)
    assert document.overflows == []
    return document


@pytest.mark.parametrize("landscape", [True, False])
@pytest.mark.parametrize("rows", [1, 19, 20, 21, 22, 23, 24, 35, 36, 37, 38, 39, 100])
def test_carried_is_brought_and_the_last_line_is_the_total(tmp_path: Path, rows: int, landscape: bool) -> None:  # noqa: FBT001
    out = tmp_path / "ledger.pdf"
    document = prints(ledger(rows, replace(REGISTER, landscape=landscape)), out)
    total = f"{language('en').amount(50 * rows * (rows + 1))}"
    pages = [text_of(out, page + 1) for page in range(document.pages)]
    assert re.search(rf"Total\s+{total}\s+–\s+{total}", pages[-1])
    assert "President" in pages[-1]
    for before, after in pairwise(pages):
        carried, brought = re.search(r"Carried forward.*", before), re.search(r"Brought forward.*", after)
        assert carried
        assert brought
        assert re.findall(r"[\d,]+\.\d\d", carried[0]) == re.findall(r"[\d,]+\.\d\d", brought[0])
        assert "President" not in before
    assert [int(n) for page in pages for n in re.findall(r"R(\d+)\b", page)] == list(range(1, rows + 1))


def test_groups_have_subtotals_and_are_named_once(tmp_path: Path) -> None:
    prints(ledger(10, replace(REGISTER, group="account")), tmp_path / "ledger.pdf")
    text = text_of(tmp_path / "ledger.pdf")
    assert text.count("Cash ") == 1
    assert text.count("Bank ") == 1
    assert re.findall(r"Total +(\S+) +– *(\S*)", text) == [("15.00", "15.00"), ("40.00", "55.00")]
    assert re.search(r"Total of all accounts +55\.00 +–", text)


def test_a_long_narration_takes_more_lines_of_the_book(tmp_path: Path) -> None:
    words = " ".join(f"word{n}" for n in range(60))
    document = prints(ledger(30, words=words), tmp_path / "ledger.pdf")
    text = text_of(tmp_path / "ledger.pdf")
    assert document.pages > 3
    assert all(len(re.findall(rf"word{n}\b", text)) == 30 for n in range(60))


@pytest.mark.parametrize("code", ["en", "mr"])
def test_two_lines_of_words_stand_in_one_ruled_line(tmp_path: Path, code: str) -> None:
    words = "Savings of the month and of the one before, paid late by all but two, as was said"
    assert prints(ledger(35, words=words), tmp_path / "ledger.pdf", code).pages == 1
    found = [word for word in words_of(tmp_path / "ledger.pdf", 1) if word.text in ("Savings", "said")]
    lines = sorted({round(word.below, 1) for word in found})
    assert len(lines) == 70
    assert lines[1] - lines[0] == pytest.approx(2.95 * POINTS, abs=0.2)


def test_a_long_name_takes_one_row(tmp_path: Path) -> None:
    columns = (Column("member", "No", mm=8), Column("name", "Member", mm=26), COLUMNS[4])
    names = ("Sita", "Shubhangi Walawalkar-Deshmukh", "Rukmini")
    rows = [{"member": str(n), "name": Person(name), "debit": 5000} for n, name in enumerate(names, 1)]
    prints(Report("members-month", Register("Monthly", columns), HEADING, columns, rows), tmp_path / "m.pdf")
    words = words_of(tmp_path / "m.pdf", 1)
    first, last = (next(word for word in words if word.text == name) for name in ("Sita", "Rukmini"))
    assert last.below - first.below == pytest.approx(2 * 6.35 * POINTS, abs=0.2)
    assert "Walawalkar-Deshmukh" in [word.text for word in words]


@pytest.mark.parametrize(("months", "end"), [(1, 18 + 9 + 60 + 20), (15, 297 - 12)])
def test_a_name_is_not_pulled_away_from_its_figures(tmp_path: Path, months: int, end: float) -> None:
    money = [Column(str(n), str(n), Kind.MONEY, mm=20 if months == 1 else 14) for n in range(months)]
    columns = (Column("member", "No", mm=9), Column("name", "Member"), *money)
    row = {"member": "1", "name": Person("Sita"), **dict.fromkeys((column.key for column in money), 5000)}
    report = Report("savings-register", Register("Savings", columns, landscape=True), HEADING, columns, [row])
    prints(report, tmp_path / "s.pdf")
    edge = max(word.right for word in words_of(tmp_path / "s.pdf", 1) if word.text in ("50", "50.00")) / POINTS
    assert end - 2 < edge < end


@pytest.mark.parametrize("count", [3, 6])
def test_a_list_of_members_has_paise_only_where_there_are_some(tmp_path: Path, count: int) -> None:
    money = [Column(str(n), str(n), Kind.MONEY, Total.SUM, mm=14) for n in range(count)]
    columns = (Column("member", "No", mm=9), Column("name", "Member"), *money)

    def printed(paise: int) -> str:
        row = {"member": "1", "name": Person("Sita"), **dict.fromkeys((column.key for column in money), paise)}
        report = Report("savings-register", Register("Savings", columns, landscape=True), HEADING, columns, [row])
        prints(report, tmp_path / "s.pdf")
        return text_of(tmp_path / "s.pdf")

    assert re.findall(r"1,234\S*", printed(123400)) == ["1,234"] * 2 * count
    assert re.findall(r"−1,234\S*", printed(-123400)) == ["−1,234"] * 2 * count
    assert re.findall(r"1,234\S*", printed(123450)) == ["1,234.50"] * 2 * count


@pytest.mark.parametrize("code", ["en", "hi", "mr"])
@pytest.mark.parametrize("paise", [1_234_550, 123_456_750])
def test_columns_of_figures_give_to_each_other(tmp_path: Path, code: str, paise: int) -> None:
    assert not callable(members_month.REGISTER.columns)
    columns = members_month.REGISTER.columns
    large = ("loan_given", "total", "fine", "outstanding")
    rows = [{"member": str(n), "name": Person("Sita"), **dict.fromkeys(large, paise)} for n in range(20)]
    report = Report("members-month", members_month.REGISTER, HEADING, columns, rows)
    assert prints(report, tmp_path / "m.pdf", code).pages == 1
    content = content_of(tmp_path / "m.pdf")
    sizes = [float(size) for size in re.findall(r"/F\S+ ([\d.]+) Tf", content)]
    assert min(size for size in sizes if size != 6.5) >= 0.75 * 8.5 - 0.01  # but the foot


def test_numbers_of_members_and_loans_have_the_digits_of_the_page(tmp_path: Path) -> None:
    keys = ("member", "loan", "voucher", "code")
    columns = tuple(Column(key, key, mm=20) for key in keys)
    row = dict(zip(keys, ("12", "34", "R56/2023-24", "78"), strict=True))
    prints(Report("l", Register("L", columns), FIRST, columns, [row]), tmp_path / "l.pdf", "mr")
    assert re.search(r"१२ +३४ +R56 +78", text_of(tmp_path / "l.pdf"))


def test_an_empty_register_may_have_its_own_sentence(tmp_path: Path) -> None:
    prints(ledger(0, replace(REGISTER, nothing="No meeting was held in this period.")), tmp_path / "ledger.pdf")
    assert "No meeting was held in this period." in text_of(tmp_path / "ledger.pdf")


def test_words_longer_than_a_page_go_on_on_the_next(tmp_path: Path) -> None:
    document = prints(ledger(2, words="Sita <b>Devi & Sons " * 300), tmp_path / "ledger.pdf")
    assert document.pages > 2
    text = text_of(tmp_path / "ledger.pdf")
    assert text.count("<b>Devi") == 600
    assert len(re.findall(r"Total +3.00", text)) == 1


def test_an_empty_register_keeps_its_heads(tmp_path: Path) -> None:
    assert prints(ledger(0), tmp_path / "ledger.pdf").pages == 1
    text = text_of(tmp_path / "ledger.pdf")
    assert "Nothing was posted in this period." in text
    assert "Particulars" in text
    assert "Total" not in text


def test_columns_that_do_not_fit_stand_on_a_second_sheet(tmp_path: Path) -> None:
    months = [f"2023-{month:02d}" for month in range(1, 16)]
    columns = (
        Column("member", "No"),
        Column("name", "Member"),
        *(Column(month, month, Kind.MONEY, Total.SUM, "Received", month) for month in months),
    )
    rows = [{"member": str(n), "name": Person(f"Anita {n}"), **dict.fromkeys(months, 5000)} for n in range(1, 31)]
    report = Report("savings-register", Register("Savings", columns, landscape=True), HEADING, columns, rows)
    document = prints(report, tmp_path / "savings.pdf")
    assert document.pages == 4
    text = text_of(tmp_path / "savings.pdf")
    assert len(re.findall(r"Anita 7\b", text)) == 2
    assert text.count("1,500") == 15
    assert all(text.count(month) == 2 for month in months)


def test_notes_stand_under_the_table(tmp_path: Path) -> None:
    report = ledger(3)
    report.heading = replace(FIRST, notes=(Say("Cash basis: interest is income when it is received."),))
    prints(report, tmp_path / "ledger.pdf")
    assert "Cash basis" in text_of(tmp_path / "ledger.pdf")


def test_several_reports_make_one_file(tmp_path: Path) -> None:
    out = tmp_path / "books.pdf"
    document = write_pdf([cash_book(), ledger(3), ledger(0)], language("en"), out)
    assert document.pages == 4
    assert len(pypdf.PdfReader(out).pages) == 4
    assert [re.search(r"Page \d+ of \d+", text_of(out, page))[0] for page in range(1, 5)] == [  # type: ignore[index]
        "Page 1 of 2", "Page 2 of 2", "Page 1 of 1", "Page 1 of 1",
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["en", "hi", "mr"])
def test_a_long_name_of_a_society_is_whole(tmp_path: Path, code: str) -> None:
    name = "Kamdhenu Mahila Gramsangh Dairy Producer Company Limited of Kudal and Sawantwadi"
    report = ledger(3)
    report.heading = replace(FIRST, name=Person(name), place=Person("Kudal, district Sindhudurg, Maharashtra " * 2))
    prints(report, tmp_path / "ledger.pdf", code)
    text = " ".join(text_of(tmp_path / "ledger.pdf").split())
    assert all(word in text for word in name.split())


VOUCHERS = (
    Column("voucher", "Voucher", mm=13),
    Column("account", "Account", mm=35),
    Column("member", "Member", mm=30),
    Column("debit", "Debit", Kind.MONEY, Total.SUM, mm=25),
    Column("credit", "Credit", Kind.MONEY, Total.SUM, mm=25),
    Column("narration", "Narration"),
)
DAY_BOOK = Register(
    "Day book", VOUCHERS, group="voucher", once=("voucher", "narration"), subtotals=False, carry=True, landscape=True
)


def day_book(lines: list[int], paise: int = 100, narration: str = "") -> Report:
    def made() -> Iterator[Row]:
        for number, count in enumerate(lines, 1):
            head = {"voucher": f"J{number}/2023-24", "narration": narration}
            yield {**head, "account": "Loans", "debit": paise * (count - 1), "credit": 0}
            for _ in range(count - 1):
                yield {**head, "account": "Savings", "debit": 0, "credit": paise}

    return Report("day-book", DAY_BOOK, FIRST, VOUCHERS, made())


def test_vouchers_are_whole_so_that_what_is_carried_agrees(tmp_path: Path) -> None:
    document = prints(day_book([5, 4, 7, 3, 6, 5, 4, 9, 2, 8, 5, 7] * 3), tmp_path / "day-book.pdf")
    text = text_of(tmp_path / "day-book.pdf")
    carried = re.findall(r"(?:Carried|Brought) forward (?:to|from) folio \d+ +(\S+) +(\S+)", text)
    assert len(carried) == 2 * (document.pages - 1) > 10
    assert all(debit == credit for debit, credit in carried)


def test_a_narration_said_once_makes_only_its_first_row_high(tmp_path: Path) -> None:
    words = " ".join(f"word{n}" for n in range(60))
    assert prints(day_book([4, 4], narration=words), tmp_path / "day-book.pdf").pages == 1
    rows = [word for word in words_of(tmp_path / "day-book.pdf", 1) if word.text in ("Loans", "Savings")]
    rows.sort(key=lambda word: word.below)
    steps = [round((after.below - before.below) / POINTS / 6.35, 2) for before, after in pairwise(rows)]
    first = steps[0]
    assert first >= 2
    assert steps == [first, 1, 1, 1, first, 1, 1]


def test_a_narration_longer_than_a_page_is_whole(tmp_path: Path) -> None:
    words = " ".join(f"word{n}x" for n in range(400))
    prints(day_book([2], narration=words), tmp_path / "day-book.pdf")
    text = text_of(tmp_path / "day-book.pdf")
    assert all(f"word{n}x" in text for n in range(400))


def test_all_amounts_of_a_page_have_one_size(tmp_path: Path) -> None:
    prints(day_book([3], paise=99_99_99_99_999_99), tmp_path / "day-book.pdf")
    amounts = [word for word in words_of(tmp_path / "day-book.pdf", 1) if word.text.endswith(".99")]
    one, other = (word for word in amounts if word.text == "99,99,99,99,999.99")
    assert one.right - one.left == pytest.approx(other.right - other.left)
    sizes = set(re.findall(r"/F\d+\+\d+ ([\d.]+) Tf \([\d,]+\.\d\d\)", content_of(tmp_path / "day-book.pdf")))
    assert len(sizes) == 1
    assert float(sizes.pop()) < 8.5


def content_of(pdf: Path) -> str:
    contents = pypdf.PdfReader(pdf).pages[0].get_contents()
    assert contents is not None
    return contents.get_data().decode("ascii")


def test_what_is_brought_forward_names_its_folio_over_empty_cells(tmp_path: Path) -> None:
    prints(day_book([5] * 9), tmp_path / "day-book.pdf")
    assert "Carried forward to folio 2" in text_of(tmp_path / "day-book.pdf", 1)
    assert "Brought forward from folio 1" in text_of(tmp_path / "day-book.pdf", 2)


@pytest.mark.parametrize("code", ["en", "mr"])
def test_a_balance_stands_on_its_side(tmp_path: Path, code: str) -> None:
    columns = (*COLUMNS[:-1], replace(COLUMNS[-1], sides=True))
    rows = [
        {"account": "Cash", "date": "2023-11-05", "debit": debit, "credit": credit, "balance": balance}
        for debit, credit, balance in ((500, 0, 500), (0, 500, 0), (0, 300, -300))
    ]
    prints(Report("general-ledger", replace(REGISTER, columns=columns), FIRST, columns, rows), tmp_path / "l.pdf", code)
    text, say = text_of(tmp_path / "l.pdf"), language(code)
    assert re.search(rf"{say.amount(500)} +{say.say('Dr')}", text)
    assert len(re.findall(rf"{say.amount(300)} +{say.say('Cr')}", text)) == 2
    figures = (say.amount(500), say.amount(300))
    words = [word for word in words_of(tmp_path / "l.pdf", 1) if word.text in figures and word.left > 515]
    assert len({round(word.right, 1) for word in words}) == 1
    assert f"{say.amount(-300)}" not in text


def test_an_empty_page_as_on_a_date_says_so(tmp_path: Path) -> None:
    report = ledger(0)
    report.heading = replace(FIRST, since=None, until=None, as_of="2024-03-31")
    prints(report, tmp_path / "ledger.pdf")
    assert "Nothing stands in the books on this date." in text_of(tmp_path / "ledger.pdf")


@pytest.mark.parametrize("times", [1, 2, 4])
def test_a_long_name_is_never_small(tmp_path: Path, times: int) -> None:
    name = "Kamdhenu Mahila Gramsangh Dairy Producer Company Limited " * times
    report = ledger(1)
    report.heading = replace(FIRST, name=Person(name.strip()), place=Person(""))
    prints(report, tmp_path / "ledger.pdf")
    content = content_of(tmp_path / "ledger.pdf")
    sizes = [float(size) for size in re.findall(r"/F\d+\+\d+ ([\d.]+) Tf \([^)]*(?:Kamdhenu|Limited)", content)]
    assert sizes
    assert min(sizes) >= 9
    assert "".join(text_of(tmp_path / "ledger.pdf").split()).count("Kamdhenu") == times


@pytest.mark.parametrize("length", range(14, 44))
def test_a_name_keeps_free_of_the_title(tmp_path: Path, length: int) -> None:
    report = ledger(1, replace(REGISTER, landscape=False))
    report.heading = replace(FIRST, name=Person(("Savitri " + "Group " * 9)[:length].strip()), place=Person(""))
    prints(report, tmp_path / "ledger.pdf")
    words = words_of(tmp_path / "ledger.pdf", 1)
    title = next(word for word in words if word.text == "General")
    beside = [
        word.right for word in words if word.left < title.left and title.below - 22 < word.below < title.below + 3
    ]
    assert title.left - max(beside) > 8 * POINTS - 0.5


def test_a_character_that_no_font_has_is_told(tmp_path: Path) -> None:
    document = prints(ledger(2, words="Savings \u0c30\u0c3e \u6f22"), tmp_path / "ledger.pdf")
    assert document.missing == ("\u0c30", "\u0c3e", "\u6f22")
