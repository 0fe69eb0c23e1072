"""`member add`, `member import`, `member set`, `member leave`, `member list`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from bookkeeper.books.members import CASTES, FIELDS, POVERTY, SETTABLE, Member
from bookkeeper.cli.verbs import DONE, Verbs, answer_list, as_json, day, declare, key, nouns, office, out_of
from bookkeeper.commands import members
from bookkeeper.errors import BadInput, Fault
from bookkeeper.exchange.members import COLUMNS, read_members

_SHOWN = ("number", "name", "name_local", "joined", "left", "office", "gender", "language")
_KEYS = tuple(name.replace("_", "-") for name in SETTABLE)
_HELP = {
    "office": "President, Secretary, Treasurer (one member each), or what else she is",
    "caste": f"as the monitoring formats count: {', '.join(CASTES)}; other words are taken too",
    "poverty": f"as the monitoring formats count: {', '.join(POVERTY)}; other words are taken too",
    "language": "the language of her pages: en, hi, mr …",
    "kyc": 'kind and number, shown masked: "Aadhaar 234123412346; Voter ABC1234567"',
}


def add(verbs: Verbs) -> None:
    """Declare the verbs of members."""
    member = nouns(verbs, "member", "the register of members")
    example = 'member add SHG1 16 --name "Asha Patil" --joined 2024-04-01'
    verb = declare(member, "add", "enter one member", example, _add)
    verb.add_argument("entity", metavar="ENTITY")
    verb.add_argument("number", metavar="NO", help="her number, which never changes")
    verb.add_argument("--name", required=True)
    verb.add_argument("--joined", type=day, metavar="DATE")
    verb.add_argument("--left", type=day, metavar="DATE")
    for name in FIELDS:
        if name not in {"number", "name", "joined", "left"}:
            verb.add_argument(f"--{name.replace('_', '-')}", default="", dest=name, help=_HELP.get(name))
    key(verb)
    verb = declare(member, "import", "enter the members of a file", "member import SHG1 members.csv", _import)
    verb.add_argument("entity", metavar="ENTITY")
    needed, more = ",".join(COLUMNS.required), ",".join(COLUMNS.optional)
    verb.add_argument(
        "file", metavar="FILE", type=Path, help=f"CSV or XLSX with columns {needed} and, optional, {more}"
    )
    key(verb)
    _add_set(member)
    _add_leave(member)
    verb = declare(member, "list", "list the members", "member list SHG1", _list)
    verb.add_argument("entity", metavar="ENTITY")
    as_json(verb)


def _add_set(member: Verbs) -> None:
    verb = declare(
        member, "set", "set what the register has of a member", 'member set SHG1 3 office "Treasurer"', _set,
    )  # fmt: skip
    helps = (f"{name}: {_HELP[name]}" for name in _KEYS if name in _HELP)
    verb.epilog = "\n  ".join(("what can be set:", ", ".join(_KEYS), *helps)) + f"\n\n{verb.epilog}"
    verb.add_argument("entity", metavar="ENTITY")
    verb.add_argument("number", metavar="NO", help="her number, which never changes")
    verb.add_argument("setting", metavar="KEY", help="what is set, see below")
    verb.add_argument("value", metavar="VALUE", help='the new value; "" takes the old one away')
    key(verb)


def _add_leave(member: Verbs) -> None:
    example = 'member leave SHG1 3 --date 2024-05-05 --reason "moved to Pune"'
    verb = declare(member, "leave", "settle with a member who leaves or has died", example, _leave)
    verb.add_argument("entity", metavar="ENTITY")
    verb.add_argument("number", metavar="NO")
    verb.add_argument("--date", required=True, type=day, metavar="DATE", help="the day on which she leaves")
    verb.add_argument("--reason", default="", metavar="TEXT", help="why she leaves; not needed with --show")
    verb.add_argument("--by", default="cash", metavar="ACCOUNT", help="cash (default), bank, or a bank account's code")
    verb.add_argument("--show", action="store_true", help="print the settlement without entering anything")
    verb.add_argument("--cash-below-zero", default="", metavar="REASON", help="why cash may fall below nought")
    key(verb)
    as_json(verb)


def _add(asked: argparse.Namespace) -> int:
    member = Member(**{name: getattr(asked, name) for name in FIELDS})
    with office(asked) as opened:
        members.add(opened, asked.key, asked.entity, member)
    return DONE


def _import(asked: argparse.Namespace) -> int:
    file = read_members(asked.file)
    with office(asked) as opened, out_of(asked.file):
        members.import_(opened, asked.key, asked.entity, file.members, file.digest)
    print(f"{len(file.members)} members entered")
    return DONE


def _set(asked: argparse.Namespace) -> int:
    if asked.setting not in _KEYS:
        message = f"“{asked.setting}” of a member cannot be set."
        raise BadInput(Fault(message, f"What can be set: {', '.join(_KEYS)}."))
    with office(asked) as opened:
        members.set_(opened, asked.key, asked.entity, asked.number, asked.setting.replace("-", "_"), asked.value)
    return DONE


def _leave(asked: argparse.Namespace) -> int:
    with office(asked) as opened:
        if asked.show:
            settled = members.settlement(opened, asked.entity, asked.number, asked.date, asked.by)
        else:
            done = members.leave(
                opened, asked.key, asked.entity, asked.number, asked.date, asked.reason,
                by=asked.by, below_zero=asked.cash_below_zero.strip(),
            )  # fmt: skip
            settled = cast("dict[str, Any]", done.result)
    if asked.format == "json":
        print(json.dumps(settled | {"voucher": settled["voucher"] or None}, ensure_ascii=False, indent=1))
        return DONE
    if settled["voucher"]:
        print(settled["voucher"])
    for sentence in _in_words(settled):
        print(sentence)
    return DONE


def _in_words(settled: Mapping[str, Any]) -> Iterator[str]:
    """The settlement, one sentence a line: what she had, what was set off, what is paid, what stays due."""
    yield f"Member {settled['member']}, {settled['name']}, leaves on {settled['date']}."
    kinds = [f"{kind} {amount}" for kind, amount in settled["savings"].items() if amount != "0.00"]
    yield f"Her savings are {settled['saved']}" + (f" ({', '.join(kinds)})." if kinds else ".")
    for one in settled["set_off"]:
        of = f" of loan {one['loan']}" if one["loan"] is not None else ""
        met = "set off" if one["met"] == one["due"] else f"{one['met']} set off, the rest stays due"
        yield f"She owes {one['what']}{of} {one['due']}: {met}."
    if settled["interest_ahead"] != "0.00":
        yield f"Interest of {settled['interest_ahead']} was paid ahead; it is not paid back."
    paid = settled["paid"] != "0.00"
    yield f"She is paid {settled['paid']} by {settled['by']}." if paid else "Nothing is paid to her."
    owes = settled["stays_due"] != "0.00"
    yield f"She still owes {settled['stays_due']}." if owes else "She owes nothing more."


def _list(asked: argparse.Namespace) -> int:
    with office(asked) as opened:
        there = members.listed(opened, asked.entity)
    rows = [{"member": m.number, **{name: getattr(m, name) for name in _SHOWN[1:]}} for m in there]
    return answer_list(rows, asked.format, "No member yet. Enter them with: bookkeeper member import")
