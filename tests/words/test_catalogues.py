"""Catalogues: every message of the program and every head of a chart is there in every language, in good order."""

import ast
import re
import time
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bookkeeper import words
from bookkeeper.errors import BadInput

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "resources" / "words"
CODES = [code for code in words.languages() if code != "en"]

PLACE = re.compile(r"\{(\w+)\}")

# Which arguments of a call are texts that a page shows: by position, then by name.
SHOWN: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {
    "Say": ((0,), ("text",)),
    "Say.of": ((0,), ("text",)),
    "say": ((0,), ()),
    "Register": ((0,), ("title",)),
    "Column": ((1,), ("title", "under", "head")),
    "Side": ((0,), ("title",)),
    "Section": ((1,), ("title",)),
    # the window's own: what keys do, places, what is worked at, ways down
    "Key": ((2,), ("does",)),
    "Place": ((1,), ("title",)),
    "query": ((1,), ()),
    "act": ((1,), ()),
    "work": ((1,), ()),
    "Way": ((2,), ("said",)),
    "Format": ((2,), ("title",)),
}


def callee(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(value=ast.Name(id="Say") | ast.Attribute(attr="Say"), attr="of"):
            return "Say.of"
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def constants(tree: ast.Module) -> dict[str, ast.expr]:
    """Return what names of the module stand for, so that SIGNED_BY or TITLE are looked through."""
    found: dict[str, ast.expr] = {}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                found[name] = value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                found[name] = value
    return found


def texts(node: ast.expr, named: dict[str, ast.expr]) -> Iterator[str]:
    """Yield the texts that an argument may be: itself, both sides of an `if`, each of a tuple or table."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*texts(body, named), *texts(orelse, named))
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Dict(values=parts) | ast.BoolOp(values=parts):
            for part in parts:
                yield from texts(part, named)
        case ast.Subscript(value=value):
            yield from texts(value, named)
        case ast.Name(id=name) if name in named:
            yield from texts(named[name], {key: value for key, value in named.items() if key != name})


def shown(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and text of each message that a module shows."""
    named = constants(tree)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        places, names = SHOWN.get(callee(call), ((), ()))
        arguments = [call.args[place] for place in places if place < len(call.args)]
        arguments += [key.value for key in call.keywords if key.arg == "signed_by" or key.arg in names]
        for argument in arguments:
            yield from ((call.lineno, text) for text in texts(argument, named))


def of_the_package() -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / "bookkeeper").rglob("*.py")):
        for line, text in shown(ast.parse(file.read_text(encoding="utf-8"))):
            yield text, f"{file.relative_to(ROOT).as_posix()}:{line}"


def of_the_kinds() -> Iterator[tuple[str, str]]:
    """Yield heads and their sections, names of kinds and loans, and who signs."""
    for file in sorted((ROOT / "resources" / "kinds").rglob("*.toml")):
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        tables = [told, *(row for rows in told.values() if isinstance(rows, list) for row in rows)]
        for table in (table for table in tables if isinstance(table, dict)):
            for text in (table.get("name"), table.get("section"), *table.get("signed_by", ())):
                if text:
                    yield text, file.relative_to(ROOT).as_posix()


@cache
def needed() -> dict[str, str]:
    """Return every message that a page may show, and where it is used first; not what is only places and marks."""
    found: dict[str, str] = {}
    for text, where in (*of_the_package(), *of_the_kinds()):
        if re.search(r"[^\W\d_]", PLACE.sub("", text)):
            found.setdefault(text, where)
    return found


@cache
def catalogue(code: str) -> Catalog:
    return read_po(BytesIO((WORDS / f"{code}.po").read_bytes()), locale=code, abort_invalid=True)


def test_the_search_for_messages_sees() -> None:
    program = """
SIGNED = ("Treasurer",)
TITLES = {"a": "Journal"}
Register("Day book", (Column("a", "Debit", head="Dr"), Column(key="b", title="Cash")), signed_by=SIGNED)
Register(title="Cash book", sides=(Side("Receipts", ()),), sections=[Section("x", "Assets")])
report.Say("Total"); Say.of("loan {number}", number=1); language.say("Folio" if a else "Page")
Say(TITLES[key]); Say(account.name)
"""
    found = {text for _, text in shown(ast.parse(program))}
    assert found == {
        *("Treasurer", "Journal", "Day book", "Debit", "Dr", "Cash", "Cash book", "Receipts", "Assets"),
        *("Total", "loan {number}", "Folio", "Page"),
    }


@pytest.mark.parametrize("code", CODES)
def test_every_message_has_its_words(code: str) -> None:
    known = {message.id for message in catalogue(code) if message.string and not message.context}
    missing = [f"{where}: msgid “{text}”" for text, where in sorted(needed().items()) if text not in known]
    assert not missing, f"write these into resources/words/{code}.po:\n" + "\n".join(missing)


@pytest.mark.parametrize("code", CODES)
def test_translations_keep_their_places(code: str) -> None:
    wrong = [
        f"“{message.id}” → “{message.string}”"
        for message in catalogue(code)
        if message.id and set(PLACE.findall(str(message.id))) != set(PLACE.findall(str(message.string)))
    ]
    assert not wrong, "a translation has the same {places} as its message:\n" + "\n".join(wrong)


@pytest.mark.parametrize("code", CODES)
def test_no_translation_is_empty_or_doubtful(code: str) -> None:
    bad = [message.id for message in catalogue(code) if message.id and (not message.string or message.fuzzy)]
    assert not bad, f"translate these in resources/words/{code}.po, or take the fuzzy mark away: {bad}"


@pytest.mark.parametrize("code", CODES)
def test_catalogues_are_plain_and_hold_each_message_once(code: str) -> None:
    text = (WORDS / f"{code}.po").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text), "ड़ and ढ़ are letter and nukta, ऱ is one sign: normalise to NFC"
    entries = [(context, message) for context, message, _ in words._entries(WORDS / f"{code}.po")]
    twice = {entry for entry in entries if entries.count(entry) > 1}
    assert not twice


@pytest.mark.parametrize("code", CODES)
def test_our_reader_reads_what_babel_reads(code: str) -> None:
    ours = {(context or None, message): said for context, message, said in words._entries(WORDS / f"{code}.po")}
    assert ours == {(entry.context, entry.id): entry.string for entry in catalogue(code) if entry.id}


@pytest.mark.parametrize("code", CODES)
def test_a_language_names_its_font_and_digits(code: str) -> None:
    spoken = words.language(code, digits="native")
    assert spoken.name
    assert spoken.font
    assert [unicodedata.digit(figure) for figure in spoken.digits("0123456789")] == list(range(10))
    assert words.language(code, digits="latin").digits("0123456789") == "0123456789"


def test_what_the_reader_takes_and_leaves(tmp_path: Path) -> None:
    file = tmp_path / "xx.po"
    file.write_text(
        '\ufeffmsgid ""\nmsgstr ""\n"Language: xx\\n"\n'
        'msgid "no blank line"\nmsgstr "a \\"b\\" \\\\ c\\n"\n'
        '#, fuzzy\nmsgid "doubtful"\nmsgstr "x"\n\n'
        'msgid ""\n"in two "\n"lines"\nmsgstr ""\n"d"\n"e"\n\n'
        'msgid "empty"\nmsgstr ""\n\n'
        '#~ msgid "old"\n#~ msgstr "old"\n\n'
        'msgctxt "language"\nmsgid "name"\nmsgstr "X"',
        encoding="utf-8",
    )
    assert list(words._entries(file)) == [
        ("", "no blank line", 'a "b" \\ c\n'),
        ("", "in two lines", "de"),
        ("language", "name", "X"),
    ]


def test_a_broken_catalogue_is_refused_by_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "xx.po"
    file.write_text('msgid "a"\nmsgstr "b\n', encoding="utf-8")
    with pytest.raises(BadInput, match=r"xx\.po: line 2 "):
        list(words._entries(file))


def test_a_catalogue_must_say_what_its_language_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "xx.po").write_text('msgctxt "language"\nmsgid "name"\nmsgstr "X"\n', encoding="utf-8")
    monkeypatch.setattr(words, "_folder", lambda: tmp_path)
    with pytest.raises(BadInput, match="no default digits, digits, font"):
        words.language("xx")


def test_a_language_without_number_words_spells_in_english() -> None:
    assert words._number_words("ta") is words._number_words("en")


def test_five_hundred_messages_are_read_in_a_blink(tmp_path: Path) -> None:
    file = tmp_path / "xx.po"
    file.write_text(
        "\n".join(f'msgid "Message {n} of {{name}}"\nmsgstr "सभासद बचत {n} {{name}}"\n' for n in range(500)),
        encoding="utf-8",
    )

    def taken() -> float:
        begun = time.perf_counter()
        assert len(list(words._entries(file))) == 500
        return time.perf_counter() - begun

    assert min(taken() for _ in range(5)) < 0.060


def test_a_word_means_one_thing_on_a_page() -> None:
    hindi, marathi = words.language("hi").say, words.language("mr").say
    assert (hindi("Arrears"), hindi("Outstanding")) == ("अतिदेय", "शेष ऋण")
    assert "बकाया" not in (WORDS / "hi.po").read_text(encoding="utf-8"), "अतिदेय is overdue, शेष is outstanding"
    assert hindi("Fines") == hindi("Fine") == "दंड"
    assert hindi("Voluntary savings").startswith(hindi("Voluntary"))
    assert (hindi("Borrowings"), hindi("Cash in hand")) == ("लिए गए ऋण", "हस्तगत रोकड़")
    assert (marathi("Total of all accounts"), marathi("Log of acts")) == ("सर्व खाती मिळून एकूण", "कृती नोंदवही")
    assert (marathi("Category"), marathi("Poverty line")) == ("प्रवर्ग", "दारिद्र्यरेषा")
    assert words.language("mr", digits="latin").say("{count} loans", count=3) == "3 कर्जे"
