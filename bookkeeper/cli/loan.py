"""`loan list`, `loan quote`."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Final, cast

from bookkeeper.cli.verbs import DONE, Verbs, answer_list, as_json, day, declare, nouns, office
from bookkeeper.commands import loans
from bookkeeper.commands.act import local_now
from bookkeeper.exchange.loan_story_json import read_story
from bookkeeper.rules.day_count import DayCount
from bookkeeper.rules.due_dates import Frequency
from bookkeeper.rules.loan_account import Paid, State
from bookkeeper.rules.loan_product import MOST_INSTALMENTS, RATES_A_YEAR, Product
from bookkeeper.rules.money import WAYS, NotAnAmount, Paise, RoundTo, parsed, shown
from bookkeeper.rules.schedules import Treatment, methods

_RATE = re.compile(r"[0-9]{1,6}(\.[0-9]{1,10})?")
_MOST_EVERY: Final = 1000


def add(verbs: Verbs) -> None:
    """Declare the verbs of loans."""
    loan = nouns(verbs, "loan", "loans to members")
    verb = declare(loan, "list", "list every loan with what is owed on it", "loan list SHG1 --as-of 2024-03-31", _list)
    verb.add_argument("entity", metavar="ENTITY")
    verb.add_argument(
        "--as-of", type=day, metavar="DATE", help="at the end of this day (default: the newest voucher's)"
    )
    as_json(verb)
    example = "loan quote --principal 10000 --rate 24 --instalments 12 --method emi --disbursed 2024-04-01"
    verb = declare(loan, "quote", "what a loan would cost, instalment by instalment; needs no books", example, _quote)
    _what_is_lent(verb)
    _when_it_falls_due(verb)
    _how_it_is_rounded(verb)
    _moratorium(verb)
    verb.add_argument("--format", choices=("json", "text"), default="json", help="json (default) or text, a table")
    says = "play a loan through: schedule, split of each payment, states; needs no books"
    verb = declare(loan, "replay", says, "loan replay loan-17.json", _replay)
    verb.add_argument("file", metavar="FILE", type=Path, help="what the loan is and what happened, as JSON")
    verb.add_argument("--format", choices=("json", "text"), default="json", help="json (default) or text, tables")


def _what_is_lent(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--principal", required=True, type=_amount, metavar="AMOUNT", help="what is lent, in rupees")
    verb.add_argument("--rate", required=True, type=_rate, metavar="PERCENT", help="rate of interest, percent a year")
    verb.add_argument("--rate-per", choices=tuple(RATES_A_YEAR), default="year", help="what the rate is for")
    verb.add_argument("--high-rate", action="store_true", help="the rate is meant, though it looks like a slip")
    verb.add_argument(
        "--method", required=True, choices=methods(), help="equal-principal is also called reducing balance"
    )
    times = verb.add_mutually_exclusive_group(required=True)
    most = MOST_INSTALMENTS
    times.add_argument("--instalments", type=_number(1, most), metavar="N", help="how many, with those in a moratorium")
    times.add_argument(
        "--instalment", type=_amount, metavar="AMOUNT",
        help="how much each, then as many as it takes: principal and interest together (emi, flat), "
        "principal alone (equal-principal)",
    )  # fmt: skip
    times.add_argument(
        "--parts", type=_amounts, metavar="AMOUNT,…", help="the instalments of principal one by one (custom)"
    )


def _when_it_falls_due(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--frequency", choices=tuple(map(str, Frequency)), default="monthly", help="default monthly")
    every = _number(1, _MOST_EVERY)
    verb.add_argument("--every", type=every, default=1, metavar="K", help="each K days, weeks, months … (default 1)")
    verb.add_argument("--disbursed", type=day, metavar="DATE", help="when it is given (default: today)")
    verb.add_argument("--first", type=day, metavar="DATE", help="first due date (default: one period after)")
    verb.add_argument(
        "--day-count", choices=tuple(map(str, DayCount)), default="periods",
        help="how time is counted: in whole periods (default), or in days",
    )  # fmt: skip


def _how_it_is_rounded(verb: argparse.ArgumentParser) -> None:
    for option, what in (
        ("--round-interest", "each charge of interest"),
        ("--round-principal", "the equal part of principal (equal-principal, flat)"),
        ("--round-instalment", "the instalment"),
    ):
        says = f"round {what} to this unit, in rupees (default 0.01)"
        verb.add_argument(option, type=_unit, default=1, metavar="UNIT", help=says)
    verb.add_argument("--rounding", choices=tuple(WAYS), default="nearest", help="which way; nearest takes halves up")


def _moratorium(verb: argparse.ArgumentParser) -> None:
    most = _number(0, MOST_INSTALMENTS - 1)
    verb.add_argument(
        "--moratorium-principal", type=most, default=0, metavar="N", help="no principal in the first N instalments"
    )
    verb.add_argument(
        "--moratorium-interest", type=most, default=0, metavar="N", help="no interest in the first N instalments"
    )
    verb.add_argument(
        "--moratorium-treatment", choices=tuple(map(str, Treatment)), default="collect",
        help="what becomes of the interest put off: due with the next instalment (default), added to the principal "
        "on each due date, or spread over the instalments that are left",
    )  # fmt: skip


def _amount(text: str) -> Paise:
    try:
        return parsed(text)
    except NotAnAmount as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _amounts(text: str) -> list[Paise]:
    return [_amount(one.strip()) for one in text.split(",")]


def _unit(text: str) -> int:
    unit = _amount(text)
    if unit > 0:
        return unit
    raise argparse.ArgumentTypeError(f"“{text}” is not a unit to round to. Write rupees, for example 0.01, 1 or 5.")


def _rate(text: str) -> Fraction:
    if _RATE.fullmatch(text):
        return Fraction(text)
    raise argparse.ArgumentTypeError(f"“{text}” is not a rate. Write percent in figures, for example 24 or 1.5.")


def _number(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most:
            return int(text)
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from {least} to {most}.")

    return number


def _quote(asked: argparse.Namespace) -> int:
    way = WAYS[asked.rounding]
    found = loans.quote(
        loans.Wanted(
            principal=asked.principal,
            disbursed=asked.disbursed or local_now().date().isoformat(),
            product=Product(
                method=asked.method,
                rate=asked.rate,
                rate_per=asked.rate_per,
                instalments=asked.instalments,
                instalment=asked.instalment,
                parts=tuple(asked.parts or ()),
                frequency=Frequency(asked.frequency),
                every=asked.every,
                day_count=DayCount(asked.day_count),
                round_interest=RoundTo(asked.round_interest, way),
                round_principal=RoundTo(asked.round_principal, way),
                round_instalment=RoundTo(asked.round_instalment, way),
                moratorium_principal=asked.moratorium_principal,
                moratorium_interest=asked.moratorium_interest,
                moratorium_treatment=Treatment(asked.moratorium_treatment),
            ),
            first=asked.first,
            high_rate=asked.high_rate,
        )
    )
    rows = [
        {
            "number": one.number, "due": due, "principal": shown(one.principal), "interest": shown(one.interest),
            "instalment": shown(one.principal + one.interest), "outstanding": shown(one.outstanding),
        }
        for due, one in found.instalments
    ]  # fmt: skip
    totals = {"total_interest": shown(found.total_interest)}
    if found.capitalised:
        totals["capitalised_interest"] = shown(found.capitalised)
    if asked.format == "json":
        print(json.dumps({"method": asked.method, "instalments": rows} | totals, ensure_ascii=False, indent=1))
        return DONE
    answer_list(rows, "text", "")
    for name, amount in totals.items():
        print(f"{name}  {amount}")
    return DONE


def _replay(asked: argparse.Namespace) -> int:
    found = loans.replay(read_story(asked.file))
    schedule = [
        {
            "number": one.number, "due": one.due, "principal": shown(one.principal), "interest": shown(one.interest),
            "instalment": shown(one.principal + one.interest), "outstanding": shown(one.outstanding),
        }
        for one in found.schedule
    ]  # fmt: skip
    payments = [_in_rupees(one) for one in found.payments]
    states = [_in_rupees(one) for one in found.states]
    tables = {"schedule": schedule, "payments": payments, "states": states}
    if asked.format == "json":
        print(json.dumps(tables, ensure_ascii=False, indent=1))
        return DONE
    for name, rows in tables.items():
        print(name)
        answer_list(rows, "text", "–")
    return DONE


def _in_rupees(one: Paid | State) -> dict[str, object]:
    """The fields of a payment or a state, its amounts as rupees."""
    days = {"date", "days_overdue", "next_due"}
    return {key: value if key in days else shown(cast("int", value)) for key, value in asdict(one).items()}


def _list(asked: argparse.Namespace) -> int:
    with office(asked) as opened:
        there = loans.listed(opened, asked.entity, asked.as_of or "")
    rows = [
        {
            "loan": loan.loan, "member": loan.member, "name": loan.name, "date": loan.disbursed,
            "principal": shown(loan.lent), "purpose": loan.purpose, "rate_per_month": loan.rate_per_month,
            "method": loan.method, "instalments": loan.instalments, "outstanding": shown(loan.outstanding),
        }
        for loan in there
    ]  # fmt: skip
    return answer_list(rows, asked.format, "No loan was given by then.")
