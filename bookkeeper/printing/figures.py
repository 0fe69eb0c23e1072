"""Figures as they are shown: which keep Western digits in every language, and on which side a balance stands.

What is looked up, not read aloud, keeps Western digits. Numbers of vouchers, hashes and times of printing name one
thing in the books; files for programs are read by programs. (Native digits once turned R28 into R२८.)
"""

import re
from typing import cast

from bookkeeper.report import Column, Heading, Kind, Report
from bookkeeper.rules.dates import financial_year, year_name
from bookkeeper.words import Language
from bookkeeper.words import language as spoken

VOUCHERS = ("voucher", "reverses", "reversed_by")
FOLIO = "folio"
MINUS = "−"
MEMBER = "member"
RIGHT = (Kind.MONEY, Kind.BALANCE, Kind.COUNT, Kind.PERCENT)
FIGURES = (Kind.MONEY, Kind.BALANCE)
NUMBERS = (FOLIO, MEMBER, "loan", "meeting", "number")


_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?: ?[-–] ?\d{1,2}[:.]\d\d)?")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def western(language: Language) -> Language:
    """The same language with Western digits."""
    return spoken(language.code, digits="latin") if language.native_digits else language


def sided(paise: int, language: Language, zero: str) -> str:
    """A balance without sign, with the side on which it stands: 100 → "1.00 Dr", -100 → "1.00 Cr"; nought → `zero`."""
    if not paise:
        return language.amount(0, zero)
    return f"{language.amount(abs(paise))} {language.say('Dr' if paise > 0 else 'Cr')}"


def head_lines(column: Column, language: Language) -> list[str]:
    """The lines of a column's own head, below what it stands under. One that is a day stands as days do."""
    head = column.head or column.title
    if _ISO_DAY.fullmatch(head):
        return [day_text(head, language)]
    return language.digits(language.say(head)).split("\n")


def day_text(text: str, language: Language) -> str:
    """A text that is an ISO day as pages write days; any other as it is."""
    return language.date(text) if _ISO_DAY.fullmatch(text) else text


def clock_text(value: object, language: Language) -> str:
    """A text, or the time of day in the digits of the page."""
    said = language.text(value)
    return language.digits(said) if _CLOCK.fullmatch(said) else said


def marked(column: Column, value: object, language: Language) -> str:
    """The sign that stands for a value in a column of signs, or its percentage as a whole one."""
    if column.whole:
        return _whole_percent(value, language)
    return next((language.say(mark.sign) for mark in column.marks if mark.value == value), language.text(value))


def _whole_percent(value: object, language: Language) -> str:
    """A percentage with two places as a whole one, half up: "91.67" → "92%"."""
    whole, _, places = str(value).partition(".")
    return language.digits(f"{int(whole) + (places >= '50')}%")


def nothing(report: Report, language: Language) -> str:
    """What an empty register says: its own sentence, or one of a period or of a date."""
    if report.register.nothing:
        return language.say(report.register.nothing)
    if report.heading.as_of:
        return language.say("Nothing stands in the books on this date.")
    return language.say("Nothing was posted in this period.")


def year_suffix(heading: Heading) -> str:
    """What the vouchers of this paper need not say: "/2023-24" where all of it is of one financial year, else ""."""
    since, until = heading.since or heading.as_of, heading.until or heading.as_of
    if since is None or until is None or financial_year(since) != financial_year(until):
        return ""
    return f"/{year_name(financial_year(since))}"


def cell_text(column: Column, value: object, language: Language, suffix: str = "") -> str:
    """The text of a value on paper. `suffix` is the year that vouchers leave away."""
    if value is None:
        return ""
    if column.key in VOUCHERS:
        return str(value).removesuffix(suffix)
    if column.key in NUMBERS and column.kind is Kind.TEXT:
        return number_text(value, language)
    if column.marks or column.whole:
        return marked(column, value, language)
    if column.sides:
        return sided(cast("int", value), language, column.zero)
    shown = language.cell(column.kind.value, value, column.zero)
    return shown.replace("-", MINUS, 1) if column.kind in RIGHT else shown


def number_text(value: object, language: Language) -> str:
    """The number by which a member, loan, meeting or resolution goes, in the digits of the page."""
    return language.digits(language.text(value))


def money_text(paise: int, language: Language, zero: str = "–", *, whole: bool = False) -> str:
    """An amount on paper, with a true minus sign; `whole`: without paise where it has none."""
    shown = language.rupees(paise) if whole and paise else language.amount(paise, zero)
    return shown.replace("-", MINUS, 1)


def begins_group(before: Column, column: Column) -> bool:
    """Whether the rule between two columns is the stronger one: around figures, and between heads of the upper tier."""
    if before.under != column.under:
        return True
    return (column.kind in FIGURES) != (before.kind in FIGURES)
