"""`entity add`, `entity list`, `entity set`, `account add`, `account list`."""

from __future__ import annotations

import argparse

from bookkeeper.cli.verbs import DONE, Verbs, answer_list, as_json, day, declare, key, nouns, office
from bookkeeper.commands import entities
from bookkeeper.definitions.chart import GROUPS, Head
from bookkeeper.definitions.kind import kinds


def add(verbs: Verbs) -> None:
    """Declare the verbs of entities and accounts."""
    entity = nouns(verbs, "entity", "the bodies whose books these are")
    verb = declare(
        entity, "add", "enter a new entity", 'entity add SHG1 --name "Savitri" --kind shg --starts 2023-04-01', _add
    )
    verb.add_argument("code", metavar="CODE", help="a short code, which never changes")
    verb.add_argument("--name", required=True, help="the name, as pages print it")
    verb.add_argument("--kind", required=True, metavar="KIND", help=f"one of {', '.join(kinds())}")
    verb.add_argument("--parent", default="", metavar="CODE", help="the cluster or federation it belongs to")
    verb.add_argument("--starts", type=day, metavar="DATE", help="the first day of its books")
    verb.add_argument("--language", default="en", metavar="LANGUAGE", help="the language of its pages: en, hi, mr …")
    key(verb)
    as_json(declare(entity, "list", "list the entities", "entity list --format json", _list))
    verb = declare(
        entity, "set", "set how an entity is called", 'entity set SHG1 place "Kudal, district Sindhudurg"', _set
    )
    for name in ("code", "setting", "value"):
        verb.add_argument(name, metavar=name.upper())
    key(verb)
    _add_accounts(verbs)


def _add_accounts(verbs: Verbs) -> None:
    account = nouns(verbs, "account", "the heads of an entity's ledger")
    example = 'account add SHG1 9001 --name "Goat rearing" --group income'
    verb = declare(account, "add", "add a head to an entity's chart", example, _add_account)
    verb.add_argument("entity", metavar="ENTITY")
    verb.add_argument("code", metavar="CODE", help="9000 to 9999 are never used by shipped charts")
    verb.add_argument("--name", required=True)
    verb.add_argument("--group", required=True, choices=GROUPS)
    verb.add_argument("--role", default="", help="what the program knows it as, for example bank")
    verb.add_argument("--folio", default="", help="its page in the ledger (default: the next one)")
    verb.add_argument("--section", default="", help="the heading under which statements list it")
    key(verb)
    listing = declare(account, "list", "list an entity's accounts", "account list SHG1 --format json", _list_accounts)
    listing.add_argument("entity", metavar="ENTITY")
    as_json(listing)


def _add(asked: argparse.Namespace) -> int:
    with office(asked) as opened:
        entities.add(
            opened, asked.key, asked.code, asked.name, asked.kind,
            parent=asked.parent, starts=asked.starts or "", language=asked.language,
        )  # fmt: skip
    return DONE


def _list(asked: argparse.Namespace) -> int:
    with office(asked) as opened:
        there = entities.listed(opened)
    codes = {e.id: e.code for e in there}
    rows = [
        {
            "code": e.code, "name": e.name, "kind": e.kind, "parent": codes.get(e.parent or 0), "starts": e.starts,
            "language": e.language,
        }
        for e in there
    ]  # fmt: skip
    return answer_list(rows, asked.format, "No entity yet. Add one with: bookkeeper entity add")


def _set(asked: argparse.Namespace) -> int:
    with office(asked) as opened:
        entities.set_(opened, asked.key, asked.code, asked.setting, asked.value)
    return DONE


def _add_account(asked: argparse.Namespace) -> int:
    head = Head(asked.code, asked.name, asked.group, asked.role, default=True, folio=asked.folio, section=asked.section)
    with office(asked) as opened:
        entities.add_head(opened, asked.key, asked.entity, head)
    return DONE


def _list_accounts(asked: argparse.Namespace) -> int:
    with office(asked) as opened:
        accounts = entities.accounts(opened, asked.entity)
    rows = [{"code": a.code, "name": a.name, "group": a.group, "role": a.role, "folio": a.folio} for a in accounts]
    return answer_list(rows, asked.format, "No account.")
