"""`loan list`."""

from __future__ import annotations

import argparse

from bookkeeper.cli.verbs import Verbs, answer_list, as_json, day, declare, nouns, office
from bookkeeper.commands import loans
from bookkeeper.rules.money import shown


def add(verbs: Verbs) -> None:
    """Declare the verbs of loans."""
    loan = nouns(verbs, "loan", "loans to members")
    verb = declare(loan, "list", "list every loan with what is owed on it", "loan list SHG1 --as-of 2024-03-31", _list)
    verb.add_argument("entity", metavar="ENTITY")
    verb.add_argument(
        "--as-of", type=day, metavar="DATE", help="at the end of this day (default: the newest voucher's)"
    )
    as_json(verb)


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
