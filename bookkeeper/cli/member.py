"""`member add`, `member import`, `member list`."""

from __future__ import annotations

import argparse
from pathlib import Path

from bookkeeper.books.members import FIELDS, Member
from bookkeeper.cli.verbs import DONE, Verbs, answer_list, as_json, day, declare, key, nouns, office, out_of
from bookkeeper.commands import members
from bookkeeper.exchange.members import read_members

_SHOWN = ("number", "name", "name_local", "joined", "left", "office", "gender", "language")


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
            verb.add_argument(f"--{name.replace('_', '-')}", default="", dest=name)
    key(verb)
    verb = declare(member, "import", "enter the members of a file", "member import SHG1 members.csv", _import)
    verb.add_argument("entity", metavar="ENTITY")
    verb.add_argument("file", metavar="FILE", type=Path, help="CSV or XLSX with the columns member,name,joined")
    key(verb)
    verb = declare(member, "list", "list the members", "member list SHG1", _list)
    verb.add_argument("entity", metavar="ENTITY")
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


def _list(asked: argparse.Namespace) -> int:
    with office(asked) as opened:
        there = members.listed(opened, asked.entity)
    rows = [{"member": m.number, **{name: getattr(m, name) for name in _SHOWN[1:]}} for m in there]
    return answer_list(rows, asked.format, "No member yet. Enter them with: bookkeeper member import")
