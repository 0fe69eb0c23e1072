"""Figures that are looked up, not read aloud: they keep Western digits in every language.

Numbers of vouchers, hashes and times of printing name one thing in the books; files for programs are read by
programs. (Native digits once turned R28 into R२८.)
"""

from bookkeeper.words import Language
from bookkeeper.words import language as spoken


def western(language: Language) -> Language:
    """The same language with Western digits."""
    return spoken(language.code, digits="latin") if language.native_digits else language
