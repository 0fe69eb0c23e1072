"""`loan list`, `loan quote`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Final, cast

from bookkeeper.cli.loan_product import add_products, product_asked
from bookkeeper.cli.verbs import DONE, Verbs, answer_list, as_json, day, declare, nouns, office
from bookkeeper.commands import loan_products, loans
from bookkeeper.commands.act import local_now
from bookkeeper.definitions.loan_product import LoanProduct
from bookkeeper.errors import BadInput, Fault
from bookkeeper.exchange.loan_story_json import read_story
from bookkeeper.rules.day_count import DayCount
from bookkeeper.rules.due_dates import Frequency
from bookkeeper.rules.loan_account import Paid, State
from bookkeeper.rules.loan_product import MOST_INSTALMENTS, RATES_A_YEAR, parsed_rate
from bookkeeper.rules.money import WAYS, NotAnAmount, Paise, parsed, shown
from bookkeeper.rules.product_dates import DueRule
from bookkeeper.rules.schedules import Treatment, methods

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
    add_products(loan)
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
    verb.add_argument("--product", metavar="KEY", help="by this loan product; other options say what is otherwise")
    verb.add_argument("--entity", metavar="CODE", help="whose product (default: the one that is shipped for groups)")
    verb.add_argument("--rate", type=_rate, metavar="PERCENT", help="rate of interest, percent a year")
    verb.add_argument("--rate-per", choices=tuple(RATES_A_YEAR), help="what the rate is for (default year)")
    verb.add_argument("--high-rate", action="store_true", help="the rate is meant, though it looks like a slip")
    verb.add_argument("--method", choices=methods(), help="equal-principal is also called reducing balance")
    times = verb.add_mutually_exclusive_group()
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
    verb.add_argument("--frequency", choices=tuple(map(str, Frequency)), help="default monthly")
    every = _number(1, _MOST_EVERY)
    verb.add_argument("--every", type=every, metavar="K", help="each K days, weeks, months … (default 1)")
    verb.add_argument("--disbursed", type=day, metavar="DATE", help="when it is given (default: today)")
    verb.add_argument("--first", type=day, metavar="DATE", help="first due date (default: one period after)")
    verb.add_argument(
        "--day-count", choices=tuple(map(str, DayCount)),
        help="how time is counted: in whole periods (default), or in days",
    )  # fmt: skip


def _how_it_is_rounded(verb: argparse.ArgumentParser) -> None:
    for option, what in (
        ("--round-interest", "each charge of interest"),
        ("--round-principal", "the equal part of principal (equal-principal, flat)"),
        ("--round-instalment", "the instalment"),
    ):
        says = f"round {what} to this unit, in rupees (default 0.01)"
        verb.add_argument(option, type=_unit, metavar="UNIT", help=says)
    verb.add_argument("--rounding", choices=tuple(WAYS), help="which way; nearest (default) takes halves up")


def _moratorium(verb: argparse.ArgumentParser) -> None:
    most = _number(0, MOST_INSTALMENTS - 1)
    verb.add_argument("--moratorium-principal", type=most, metavar="N", help="no principal in the first N instalments")
    verb.add_argument("--moratorium-interest", type=most, metavar="N", help="no interest in the first N instalments")
    verb.add_argument(
        "--moratorium-treatment", choices=tuple(map(str, Treatment)),
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
    if (found := parsed_rate(text)) is not None:
        return found
    raise argparse.ArgumentTypeError(f"“{text}” is not a rate. Write percent in figures, for example 24 or 1.5.")


def _number(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most:
            return int(text)
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from {least} to {most}.")

    return number


def _quote(asked: argparse.Namespace) -> int:
    disbursed = asked.disbursed or local_now().date().isoformat()
    own = _product_named(asked, disbursed)
    base = own.resolved(asked.principal, 1) if own else None
    found = loans.quote(
        loans.Wanted(
            principal=asked.principal,
            disbursed=disbursed,
            product=product_asked(asked, base.product if base else None),
            first=asked.first,
            high_rate=asked.high_rate or (base is not None and base.high_rate),
            due=base.due if base else DueRule(),
            fees=base.fees if base else (),
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
    if found.fees:
        totals |= {f"fee, {fee.name}, {fee.how.value}": shown(amount) for fee, amount in found.fees}
    if asked.format == "json":
        told: dict[str, object] = {"method": found.method, "instalments": rows, **totals}
        if own:
            told["product"] = own.key
        if found.fees:
            each = [{"name": fee.name, "amount": shown(amount), "how": fee.how.value} for fee, amount in found.fees]
            told = {key: value for key, value in told.items() if not key.startswith("fee, ")} | {"fees": each}
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return DONE
    answer_list(rows, "text", "")
    for name, amount in totals.items():
        print(f"{name}  {amount}")
    return DONE


def _product_named(asked: argparse.Namespace, disbursed: str) -> LoanProduct | None:
    """The product that was named on the command line."""
    if asked.product is None:
        if asked.entity is not None:
            message = "an entity is named only for its product."
            raise BadInput(Fault(message, "Name that with --product.", field="--entity"))
        return None
    if asked.entity is None:
        return loan_products.named(None, asked.product, "", disbursed)
    with office(asked) as opened:
        return loan_products.named(opened, asked.product, asked.entity, disbursed)


def _replay(asked: argparse.Namespace) -> int:
    story = read_story(asked.file)
    found = loans.replay(story)
    schedule = [
        {
            "number": one.number, "due": one.due, "principal": shown(one.principal), "interest": shown(one.interest),
            "instalment": shown(one.principal + one.interest), "outstanding": shown(one.outstanding),
        }
        for one in found.schedule
    ]  # fmt: skip
    payments = [_in_rupees(one) for one in found.payments]
    states = [_in_rupees(one) for one in found.states]
    tables: dict[str, list[dict[str, object]]] = {"schedule": schedule, "payments": payments, "states": states}
    borne, back = found.scheme
    scheme = {"subvention": shown(borne), "incentive": shown(back)}
    if story.product.has_scheme:
        tables["scheme"] = [dict(scheme)]
    if asked.format == "json":
        told: dict[str, object] = {**tables}
        if "scheme" in tables:
            told["scheme"] = scheme
        print(json.dumps(told, ensure_ascii=False, indent=1))
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
            "product": loan.product,
        }
        for loan in there
    ]  # fmt: skip
    return answer_list(rows, asked.format, "No loan was given by then.")
