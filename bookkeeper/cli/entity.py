"""`entity add`, `entity list`, `entity set`, `entity show`, `account add`, `account list`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import cast

from bookkeeper.cli.verbs import DONE, Verbs, answer_list, as_json, day, declare, key, nouns, office
from bookkeeper.commands import entities
from bookkeeper.commands.act import Office
from bookkeeper.definitions.chart import GROUPS, Head
from bookkeeper.definitions.group_rules import ROUNDINGS, RULES, SINCE, rules_on
from bookkeeper.definitions.kind import kind, kinds
from bookkeeper.errors import BadInput, Fault
from bookkeeper.ledger.entities import CALLED, entity_of, settings
from bookkeeper.rules.dates import day_before
from bookkeeper.rules.money import Rounding, shown


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
    _add_set(entity)
    verb = declare(entity, "show", "show how an entity is called and its rules in force", "entity show SHG1", _show)
    verb.add_argument("code", metavar="CODE")
    verb.add_argument("--as-of", type=day, metavar="DATE", help="the rules in force on that day (default: today)")
    as_json(verb)
    _add_accounts(verbs)


def _add_set(entity: Verbs) -> None:
    example = "entity set SHG1 savings-amount 150 --from 2024-04-01"
    verb = declare(entity, "set", "set how an entity is called, or a rule of its own", example, _set)
    names, rules = ", ".join(CALLED), ", ".join(RULES)
    verb.epilog = f"how it is called:\n  {names}\nits rules:\n  {rules}\n\n{verb.epilog}"
    verb.add_argument("code", metavar="CODE")
    verb.add_argument("setting", metavar="KEY", help="what is set, see below")
    verb.add_argument("value", metavar="VALUE")
    verb.add_argument("--from", dest="since", type=day, metavar="DATE", help="the first day on which a rule holds")
    key(verb)


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
    setting = asked.setting
    if asked.since:
        if setting not in RULES:
            message = f"“{setting}” is no rule, and only a rule holds from a day on."
            raise BadInput(Fault(message, f"Leave --from away. Rules are {', '.join(RULES)}.", field="--from"))
        setting = f"{setting}{SINCE}{asked.since}"
    elif SINCE in setting:
        rule, _, since = setting.partition(SINCE)
        message = f"“{setting}” is no rule: a day does not stand in its name."
        raise BadInput(Fault(message, f"Use --from: entity set {asked.code} {rule} {asked.value} --from {since}."))
    with office(asked) as opened:
        done = entities.set_(opened, asked.key, asked.code, setting, asked.value)
    _say_when(cast("dict[str, str]", done.result))
    return DONE


def _say_when(said: Mapping[str, str]) -> None:
    """From when on a rule holds, and until when, where it does not hold for all days."""
    since, until = said["from"], said["until"]
    if since or until:
        end = f" up to {day_before(until)}; from {until} on it is {said['then']}" if until else ""
        print(f"{said['key']} {said['value']} holds{f' from {since}' if since else ''}{end}.")


def _show(asked: argparse.Namespace) -> int:
    with office(asked) as opened:
        rows = _shown(opened, asked.code, asked.as_of or "")
    return answer_list(rows, asked.format, "")


def _shown(opened: Office, code: str, as_of: str) -> list[Mapping[str, object]]:
    """How an entity is called, then every rule in force on a day with where it comes from."""
    with opened.looking() as tx:
        entity = entity_of(tx, code)
        own = settings(tx, entity)
        day_ = as_of or tx.today
    names = {"name": entity.name, "name-local": entity.name_local, "language": entity.language}
    called = {name: names.get(name, own.get(name, "")) for name in CALLED}
    rows = [{"key": name, "value": value, "from": None, "source": "name"} for name, value in called.items()]
    return [*rows, *_in_force(day_, kind(entity.kind).rules, own)]


def _in_force(on: str, defaults: Mapping[str, str], own: Mapping[str, str]) -> Iterator[Mapping[str, object]]:
    """Each rule as it holds on a day, and whether the group set it (from a day on), its kind has it, or nobody."""
    rules = rules_on(on, defaults, own)
    for name in RULES:
        since = max((day_ for key_ in own for rule, _, day_ in [key_.partition(SINCE)] if rule == name and day_ <= on),
                    default=None)  # fmt: skip
        if since is not None:
            value, source = own[f"{name}{SINCE}{since}" if since else name], "own"
        elif name in defaults:
            value, source = defaults[name], "kind"
        else:
            field = "loan_rate" if name == "loan-rate-per-month" else name.replace("-", "_")
            value, source = _text(name, getattr(rules, field)), "not set"
        yield {"key": name, "value": value, "from": since or None, "source": source}


def _text(name: str, value: object) -> str:
    """What the program goes by where nobody has set a rule, as one would set it."""
    if isinstance(value, Rounding):
        return next(text for text, one in ROUNDINGS.items() if one is value)
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, int) and name not in {"loan-instalments", "meeting-day"}:
        return shown(value)
    return "" if value is None else str(value)


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
