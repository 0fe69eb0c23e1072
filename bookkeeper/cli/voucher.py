"""`post`, `reverse`, `correct`, `lock`, `close`: what changes the journal and its periods."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import cast

from bookkeeper.cli.progress import showing
from bookkeeper.cli.verbs import DONE, Verbs, answer_posted, as_json, day, declare, key, office, out_of, year
from bookkeeper.commands import vouchers, years
from bookkeeper.exchange.vouchers import read_vouchers
from bookkeeper.rules.dates import year_name


def add(verbs: Verbs) -> None:
    """Declare the verbs of vouchers and periods."""
    verb = declare(verbs, "post", "post the vouchers of a file: all of it or none", "post SHG1 vouchers.csv", _post)
    verb.add_argument("entity", metavar="ENTITY")
    verb.add_argument("file", metavar="FILE", type=Path, help="vouchers as CSV or JSON")
    verb.add_argument("--again", action="store_true", help="post it although it was posted before")
    _reasons(verb)
    example = 'reverse SHG1 R28/2023-24 --date 2023-11-06 --reason "entered twice"'
    verb = declare(verbs, "reverse", "post the mirror of a voucher", example, _reverse)
    verb.add_argument("entity", metavar="ENTITY")
    verb.add_argument("voucher", metavar="VOUCHER", help="as the registers name it, for example R28/2023-24")
    verb.add_argument("--date", required=True, type=day, metavar="DATE")
    verb.add_argument("--reason", required=True, metavar="TEXT")
    _reasons(verb)
    example = 'correct SHG1 P1/2024-25 right.json --date 2024-04-06 --reason "wrong head"'
    says = "post the mirror of a voucher and the right ones in its place: both or neither"
    verb = declare(verbs, "correct", says, example, _correct)
    verb.add_argument("entity", metavar="ENTITY")
    verb.add_argument("voucher", metavar="VOUCHER", help="as the registers name it, for example P1/2024-25")
    verb.add_argument("file", metavar="FILE", type=Path, help="what should have been entered, as CSV or JSON")
    verb.add_argument("--date", required=True, type=day, metavar="DATE", help="the day of the mirror")
    verb.add_argument("--reason", required=True, metavar="TEXT")
    _reasons(verb)
    verb = declare(verbs, "lock", "take no more vouchers up to a day", "lock SHG1 --until 2023-11-30", _lock)
    verb.add_argument("entity", metavar="ENTITY")
    verb.add_argument("--until", required=True, type=day, metavar="DATE")
    key(verb)
    verb = declare(verbs, "close", "close a financial year", "close SHG1 --year 2023-24", _close)
    verb.add_argument("entity", metavar="ENTITY")
    verb.add_argument("--year", required=True, type=year, metavar="YEAR")
    key(verb)
    as_json(verb)


def _reasons(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--cash-below-zero", default="", metavar="REASON", help="why cash may fall below nought")
    key(verb)
    as_json(verb)


def _post(asked: argparse.Namespace) -> int:
    with showing(f"Reading {asked.file.name}"):
        file = read_vouchers(asked.file)
    with office(asked) as opened, out_of(asked.file), showing(f"Posting {len(file.vouchers)} vouchers"):
        done = vouchers.post_vouchers(
            opened, asked.key, asked.entity, file.vouchers,
            file_digest=file.digest, again=asked.again, below_zero=asked.cash_below_zero.strip(),
        )  # fmt: skip
    return answer_posted(done.result, asked.format)


def _reverse(asked: argparse.Namespace) -> int:
    with office(asked) as opened:
        done = vouchers.reverse_voucher(
            opened, asked.key, asked.entity, asked.voucher, asked.date, asked.reason,
            below_zero=asked.cash_below_zero.strip(),
        )  # fmt: skip
    _say_who_is_back(done.result)
    return answer_posted(done.result, asked.format)


def _correct(asked: argparse.Namespace) -> int:
    with showing(f"Reading {asked.file.name}"):
        file = read_vouchers(asked.file)
    with office(asked) as opened, out_of(asked.file):
        done = vouchers.correct_voucher(
            opened, asked.key, asked.entity, asked.voucher, asked.date, asked.reason, file.vouchers,
            file_digest=file.digest, below_zero=asked.cash_below_zero.strip(),
        )  # fmt: skip
    _say_who_is_back(done.result)
    return answer_posted(done.result, asked.format)


def _say_who_is_back(result: object) -> None:
    told = {one["member_again"]: None for one in cast("list[dict[str, str]]", result) if "member_again" in one}
    for member in told:
        print(f"The settlement is taken back: member {member} is a member again.", file=sys.stderr)


def _lock(asked: argparse.Namespace) -> int:
    with office(asked) as opened:
        years.lock(opened, asked.key, asked.entity, asked.until)
    return DONE


def _close(asked: argparse.Namespace) -> int:
    with office(asked) as opened:
        done = years.close(opened, asked.key, asked.entity, asked.year)
    if asked.format == "text" and not done.result:
        print(f"{year_name(asked.year)} is closed; there was nothing to carry to the surplus.")
        return DONE
    return answer_posted(done.result, asked.format)
