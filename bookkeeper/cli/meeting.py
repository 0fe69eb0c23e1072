"""`meeting post`, `meeting reverse`, `opening post`, `opening reverse`: an SHG's sheets."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

from bookkeeper.cli.progress import showing
from bookkeeper.cli.verbs import (
    Verbs,
    answer_posted,
    as_json,
    books_path,
    day,
    declare,
    key,
    nouns,
    office,
    out_of,
)
from bookkeeper.commands import meetings
from bookkeeper.commands.report_files import refuse_books_path
from bookkeeper.errors import BadInput, BookError, Fault
from bookkeeper.exchange.meetings import MeetingFile, differing, read_meetings, write_marked
from bookkeeper.exchange.opening import read_cut_off
from bookkeeper.rules.money import shown
from bookkeeper.words import language

_DIGITS: Final = 9
"""As many as the numbers of meetings in older books have at most."""

Notes = Mapping[str, Any]
"""What posting found worth noting of one meeting."""


def add(verbs: Verbs) -> None:
    """Declare the verbs of meetings and of the cut-off sheet."""
    meeting = nouns(verbs, "meeting", "the meetings of a group")
    verb = declare(
        meeting, "post", "post the meetings of a file: all of it or none", "meeting post SHG1 12.xlsx", _post
    )
    verb.add_argument("entity", metavar="ENTITY")
    verb.add_argument("file", metavar="FILE", type=Path, help="meetings as JSON, or the meeting sheet as XLSX")
    verb.add_argument("--cash-below-zero", default="", metavar="REASON", help="why cash may fall below nought")
    verb.add_argument("--marked", type=Path, metavar="FILE", help="a copy of the sheet, what differs from due marked")
    key(verb)
    as_json(verb)
    example = 'meeting reverse SHG1 12 --reason "wrong sheet" --out 12.json'
    verb = declare(meeting, "reverse", "mirror all vouchers of a meeting and hand its sheet back", example, _reverse)
    verb.add_argument("entity", metavar="ENTITY")
    verb.add_argument("number", metavar="NUMBER", type=_number)
    verb.add_argument("--date", type=day, metavar="DATE", help="the day of the mirrors (default: the meeting's own)")
    verb.add_argument("--reason", required=True, metavar="TEXT")
    verb.add_argument("--out", type=Path, metavar="FILE", help="where to write the old sheet, as JSON")
    verb.add_argument("--cash-below-zero", default="", metavar="REASON", help="why cash may fall below nought")
    key(verb)
    as_json(verb)
    opening = nouns(verbs, "opening", "the cut-off sheet with which a group's books begin")
    verb = declare(opening, "post", "post the cut-off sheet", "opening post SHG1 cut-off.json", _post_opening)
    verb.add_argument("entity", metavar="ENTITY")
    verb.add_argument("file", metavar="FILE", type=Path, help="the cut-off sheet as JSON or XLSX")
    verb.add_argument(
        "--balance-to", default="", metavar="ACCOUNT", help="surplus: where the difference goes if it does not balance"
    )
    key(verb)
    as_json(verb)
    example = 'opening reverse SHG1 --reason "savings of member 4 were wrong"'
    verb = declare(opening, "reverse", "take the cut-off sheet back", example, _reverse_opening)
    verb.add_argument("entity", metavar="ENTITY")
    verb.add_argument("--reason", required=True, metavar="TEXT")
    key(verb)
    as_json(verb)


def _number(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= _DIGITS and int(text) > 0:
        return int(text)
    message = f"“{text}” is not the number of a meeting."
    raise argparse.ArgumentTypeError(message)


def _post(asked: argparse.Namespace) -> int:
    if asked.marked is not None:
        _refuse_own_file(asked)
    with showing(f"Reading {asked.file.name}"):
        file = read_meetings(asked.file, entity=asked.entity, gather=True)
    try:
        with office(asked) as opened, out_of(asked.file), showing(f"Posting {len(file.sheets)} meetings"):
            done = meetings.post_meetings(
                opened, asked.key, asked.entity, file.sheets, file_digest=file.digest,
                below_zero=asked.cash_below_zero.strip(), places=file.place_of, faults=file.faults,
            )  # fmt: skip
    finally:
        _mark(asked, file)
    result = cast("dict[str, Any]", done.result)
    for sentence in file.hidden:
        print(f"{asked.file}: {sentence}", file=sys.stderr)
    for notes in result["meetings"]:
        for sentence in _said(notes):
            print(sentence, file=sys.stderr)
    return answer_posted(result["vouchers"], asked.format)


def _refuse_own_file(asked: argparse.Namespace) -> None:
    refuse_books_path(asked.marked, books_path(asked), "--marked")
    if asked.marked.exists():
        raise BadInput(Fault(f"{asked.marked} is there already.", "Choose another name.", field="--marked"))
    if asked.file.suffix.lower() != ".xlsx":
        raise BadInput(Fault("only a sheet in XLSX can be marked.", "Leave --marked out.", field="--marked"))


def _mark(asked: argparse.Namespace, file: MeetingFile) -> None:
    if asked.marked is not None:
        write_marked(asked.file, asked.marked, differing(file))


def _said(notes: Notes) -> Sequence[str]:
    """What a meeting's notes say to the clerk."""
    named = f"meeting {notes['number']}"
    said = [f"{named} of {notes['date']}: no money moved."] if notes.get("no_money") else []
    said += [
        f"{named}: member {member} is not fined {shown(fine)}, as the rule of the group would have it; it is noted."
        for member, fine in notes.get("fines_waived", ())
    ]
    said += [
        f"{named}: member {member} was absent and paid all the same; it is noted."
        for member in notes.get("absent_paid", ())
    ]
    said += [
        f"{named}: member {member} paid {shown(ahead)} of interest on loan {loan} in advance; it is noted."
        for member, loan, ahead in notes.get("interest_advance", ())
    ]
    said += [
        f"{named}: member {member} paid {shown(ahead)} of loan {loan} before it was due; it is a flat loan, whose "
        "interest does not become less by that."
        for member, loan, ahead in notes.get("flat_ahead", ())
    ]
    cash = notes.get("cash")
    if cash and cash["counted"] != cash["book"]:
        off = cash["counted"] - cash["book"]
        more = "more" if off > 0 else "less"
        in_words = language("en").amount_in_words(abs(off))
        said.append(
            f"{named}: counted {shown(cash['counted'])}, the book says {shown(cash['book'])}: "
            f"{shown(abs(off))} {more} ({in_words}); it is noted."
        )
    return said


def _reverse(asked: argparse.Namespace) -> int:
    if asked.out is not None:
        refuse_books_path(asked.out, books_path(asked))
        if asked.out.exists():
            raise BadInput(Fault(f"{asked.out} is there already.", "Choose another name.", field="--out"))
    with office(asked) as opened:
        done = meetings.reverse_meeting(
            opened, asked.key, asked.entity, asked.number, asked.reason,
            on=asked.date or "", below_zero=asked.cash_below_zero.strip(),
        )  # fmt: skip
    result = cast("dict[str, Any]", done.result)
    if asked.out is not None:
        _write_sheet(asked.out, result["sheet"])
    return answer_posted(result["vouchers"], asked.format)


def _write_sheet(out: Path, sheet: Mapping[str, object]) -> None:
    """Write the old sheet; the reversal stands already, so a failure says how to get at the sheet again."""
    try:
        out.write_text(json.dumps(sheet, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        why = f"the meeting is reversed, but {out} cannot be written: {error.strerror or error}."
        raise BookError(Fault(why, "Do it again with the same --key and another --out to get the sheet.")) from error


def _post_opening(asked: argparse.Namespace) -> int:
    file = read_cut_off(asked.file)
    with office(asked) as opened, out_of(asked.file):
        done = meetings.post_opening(
            opened, asked.key, asked.entity, file.sheet,
            balance_to=asked.balance_to.strip(), file_digest=file.digest, places=file.place_of,
        )  # fmt: skip
    for sentence in file.hidden:
        print(f"{asked.file}: {sentence}", file=sys.stderr)
    for one in cast("list[dict[str, str]]", done.result):
        if balanced := one.get("balanced"):
            side = "credit" if balanced.startswith("-") else "debit"
            told = f"{balanced.lstrip('-')} was put to the {side} of the surplus, so that the sheet balances."
            print(told, file=sys.stderr)
    return answer_posted(done.result, asked.format)


def _reverse_opening(asked: argparse.Namespace) -> int:
    with office(asked) as opened:
        done = meetings.reverse_opening(opened, asked.key, asked.entity, asked.reason)
    return answer_posted(done.result, asked.format)
