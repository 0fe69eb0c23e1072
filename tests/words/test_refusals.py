"""Refusals: what the books say no with can be said in every language, with days and amounts as that one writes them.

English texts are those of the command line; scripts rely on them, so they keep plain ISO days and plain rupees.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bookkeeper import words
from bookkeeper.errors import Fault, Refused
from bookkeeper.rules.dates import Day, NotADate, parsed_date
from bookkeeper.rules.money import Amount
from bookkeeper.rules.said import Said
from bookkeeper.words import language

PACKAGE = Path(words.__file__).parent
CODES = [code for code in words.languages() if code != "en"]

EXCUSED = {
    "audit": "books are verified on the command line alone",
    "cli": "the command line speaks English, which scripts read",
    "desktop": "what it says of its own goes through `say`, which test_catalogues walks",
    "exchange": "files are imported on the command line alone",
    "definitions": "files of kinds and loan products are read on the command line and by who writes them",
    "printing": "a language without its font is a fault of the installation",
    "words.py": "a broken catalogue is told to its translator",
}
"""The rooms whose refusals need no words in other languages, and why; all others are walked."""

ALSO_WALKED = ("definitions/group_rules.py",)
"""What a clerk can meet all the same: the terms of a new loan are read by these rules."""

NOT_OF_A_FAULT = {
    "store/guards.py": "fixed in the books file; it speaks where a program goes round this one",
    "store/schema.py": "how the guards are called",
}
"""Places in the rooms walked whose sentences are no refusal of a window."""

REFUSALS = {"Fault", "BookError", "Refused", "BadInput", "Locked", "Damaged", "Wrong", "Said"}


def walked() -> Iterator[Path]:
    for file in sorted(PACKAGE.rglob("*.py")):
        place = file.relative_to(PACKAGE).as_posix()
        excused = place.split("/")[0] in EXCUSED and place not in ALSO_WALKED
        if not excused and not any(place.startswith(start) for start in NOT_OF_A_FAULT):
            yield file


def is_sentence(text: str) -> bool:
    return " " in text.strip() and text.endswith((".", "?")) and text.upper() != text.lower()


def documented(tree: ast.Module) -> set[int]:
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and text of each sentence, and of each text that a refusal is made of; {} where it is put together."""
    passed_by = documented(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=args) if name in REFUSALS:
                of_it = args[1:3] if name == "Wrong" else args[:2] if name == "Fault" else args[:1]
                yield from ((node.lineno, text) for one in of_it if (text := said(one)))
            case ast.JoinedStr(values=parts) if id(node) not in passed_by:
                passed_by |= {id(part) for part in ast.walk(node)}
                whole = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
                if is_sentence(whole):
                    yield node.lineno, whole
            case ast.Constant(value=str(text)) if id(node) not in passed_by and is_sentence(text):
                yield node.lineno, text


def said(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr() | ast.BinOp():
            return f"{{}} {ast.unparse(node)}"
    return ""


def needed() -> dict[str, str]:
    found: dict[str, str] = {}
    for file in walked():
        for line, text in texts(ast.parse(file.read_text(encoding="utf-8"))):
            if re.search(r"[^\W\d_]", re.sub(r"\{\w+\}", "", text)):
                found.setdefault(text, f"{file.relative_to(PACKAGE).as_posix()}:{line}")
    return found


def test_the_walk_sees_what_a_refusal_is_made_of() -> None:
    program = """
'''A docstring is no sentence of a refusal.'''
Fault("no amount", "Write one."); Refused(Said("{day} is over.", day=day)); Wrong("rate", "too high", "Say less.")
why = "it is closed"; why = f"{day} is closed."; todo = "Date it later."; Fault(f"{day} over"); Fault("a" + b)
"""
    assert {text for _, text in texts(ast.parse(program))} == {
        *("no amount", "Write one.", "{day} is over.", "too high", "Say less.", "Date it later."),
        *("{} is closed.", "{} f'{day} over'", "{} 'a' + b"),
    }


def test_no_refusal_is_put_together_out_of_pieces() -> None:
    pieces = [f"{where}: {text}" for text, where in needed().items() if "{}" in text]
    assert not pieces, "write Said(“… {named} …”, named=…), so that a language can say it:\n" + "\n".join(pieces)


@pytest.mark.parametrize("code", CODES)
def test_every_refusal_has_its_words(code: str) -> None:
    known = words._catalogue(code)[1]
    missing = [f"{where}: msgid “{text}”" for text, where in needed().items() if text not in known]
    assert not missing, f"write these into resources/words/{code}.po:\n" + "\n".join(missing)


def test_the_excused_rooms_are_there() -> None:
    rooms = {*EXCUSED, *ALSO_WALKED, *NOT_OF_A_FAULT} - {"desktop"}  # the program stands without its window
    assert all((PACKAGE / place).exists() for place in rooms)


BELOW = Said(
    "{name} would be {amount} at the end of {day}.", name="Cash", amount=Amount(-1234567_50), day=Day("2024-04-05")
)
"""₹12,34,567.50 below nought on the evening of 5 April 2024."""


def test_the_command_line_says_it_with_iso_days_and_plain_rupees() -> None:
    assert BELOW == "Cash would be -1234567.50 at the end of 2024-04-05."
    assert str(Refused(Fault(BELOW, "Enter it.", row=3))) == f"row 3: {BELOW} Enter it."


def test_a_reader_sees_her_own_days_and_amounts() -> None:
    assert language("en").say(BELOW) == "Cash would be -12,34,567.50 at the end of 05-04-2024."
    assert language("mr").say(BELOW) == "०५-०४-२०२४ अखेर Cash -१२,३४,५६७.५० होईल."
    assert language("hi", digits="latin").say(BELOW) == "05-04-2024 के अंत में Cash -12,34,567.50 हो जाएगा।"


def test_a_refusal_in_a_refusal_and_a_list_are_said_through() -> None:
    loans = tuple(Said("{loan} ({owed})", loan=loan, owed=Amount(500_00)) for loan in (3, 7))
    said = Said("{which} A new one is {next}.", which=Said("Name one of {loans}.", loans=loans), next=9)
    assert said == "Name one of 3 (500.00), 7 (500.00). A new one is 9."
    marathi = language("mr", digits="latin").say(said)
    assert marathi == "यांपैकी एक लिहा: 3 (500), 7 (500). नव्या कर्जाचा क्रमांक 9 आहे."


def test_an_exception_gives_back_what_can_be_said_anew() -> None:
    with pytest.raises(NotADate) as refused:
        parsed_date("2024-13-01")
    again = Said("a reversal needs a reason: {why}", why=Said(str(refused.value)))
    assert again == f"a reversal needs a reason: {refused.value}"
    assert language("mr").say(again).startswith("उलट नोंदीला कारण हवे: “2024-13-01” हा कॅलेंडरमधला")


def test_what_a_user_wrote_is_no_pattern() -> None:
    assert Said("“{text}” is not a role.", text="{big}") == "“{big}” is not a role."
    assert Said("Pots {big}") == "Pots {big}"
    assert language("mr").say(Said("“{text}” is not a role.", text="{text}")) == "“{text}” is not a role."
