"""Figures as they are shown: which keep Western digits in every language, and on which side a balance stands.

What is looked up, not read aloud, keeps Western digits. Numbers of vouchers, hashes and times of printing name one
thing in the books; files for programs are read by programs. (Native digits once turned R28 into R२८.)
"""

from bookkeeper.report import Column, Report
from bookkeeper.words import Language
from bookkeeper.words import language as spoken


def western(language: Language) -> Language:
    """The same language with Western digits."""
    return spoken(language.code, digits="latin") if language.native_digits else language


def sided(paise: int, language: Language, zero: str) -> str:
    """A balance without sign, with the side on which it stands: 100 → "1.00 Dr", -100 → "1.00 Cr"; nought → `zero`."""
    if not paise:
        return language.amount(0, zero)
    return f"{language.amount(abs(paise))} {language.say('Dr' if paise > 0 else 'Cr')}"


def head_lines(column: Column, language: Language) -> list[str]:
    """The lines of a column's own head, below what it stands under."""
    return language.digits(language.say(column.head or column.title)).split("\n")


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
