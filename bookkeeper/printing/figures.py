"""Figures as they are shown: which keep Western digits in every language, and on which side a balance stands.

What is looked up, not read aloud, keeps Western digits. Numbers of vouchers, hashes and times of printing name one
thing in the books; files for programs are read by programs. (Native digits once turned R28 into R२८.)
"""

from bookkeeper.report import Heading
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


def nothing(heading: Heading, language: Language) -> str:
    """What an empty register says, of a period or of a date."""
    if heading.as_of:
        return language.say("Nothing stands in the books on this date.")
    return language.say("Nothing was posted in this period.")
