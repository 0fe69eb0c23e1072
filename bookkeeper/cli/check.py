"""`verify`, `doctor`, `explain`: what the books promise, shown."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping

from bookkeeper.cli.progress import showing
from bookkeeper.cli.verbs import DONE, NO, Verbs, as_json, books_path, declare, key, office
from bookkeeper.commands import audit, years
from bookkeeper.words import language


def add(verbs: Verbs) -> None:
    """Declare the verbs of checking."""
    verb = declare(verbs, "verify", "check every promise of the books", "verify --entity SHG1", _verify)
    verb.add_argument("--entity", default="", metavar="CODE")
    verb.add_argument("--quick", action="store_true", help="only what takes a moment")
    verb.add_argument("--anchor", default="", metavar="SEQ:HASH", help="the chain line typed from a printed page")
    as_json(verb)
    verb = declare(verbs, "rebuild", "make the sums anew from the journal", "rebuild SHG1", _rebuild)
    verb.add_argument("entity", metavar="ENTITY")
    key(verb)
    as_json(declare(verbs, "doctor", "tell how the books file is", "doctor", _doctor))
    verb = declare(
        verbs, "explain", "show a voucher and every register row it stands in", "explain SHG1 R28/2023-24", _explain
    )
    verb.add_argument("entity", metavar="ENTITY")
    verb.add_argument("voucher", metavar="VOUCHER")
    as_json(verb)


def _verify(asked: argparse.Namespace) -> int:
    with showing("Verifying") as progress:
        verified = audit.verify(
            books_path(asked), entity=asked.entity, quick=asked.quick, anchor=asked.anchor, progress=progress
        )
    if asked.format == "json":
        findings = [{"check": f.check, "entity": f.entity, "finding": f.sentence} for f in verified.findings]
        counts = {"checks": verified.checks, "entities": verified.entities, "vouchers": verified.vouchers}
        found = {"ok": not findings, **counts, "postings": verified.postings, "findings": findings}
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for finding in verified.findings:
            print(f"{finding.check}  {finding.entity}  {finding.sentence}")
        looked_at = ", ".join(
            (
                _counted(verified.checks, "check", "checks"),
                _counted(verified.entities, "entity", "entities"),
                _counted(verified.vouchers, "voucher", "vouchers"),
                _counted(verified.postings, "posting", "postings"),
            )
        )
        print(f"{looked_at} (SQLite {verified.sqlite}): {_result(len(verified.findings))}")
    return NO if verified.findings else DONE


def _result(findings: int) -> str:
    return _counted(findings, "finding", "findings") if findings else "all is as it should be"


def _counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _rebuild(asked: argparse.Namespace) -> int:
    with office(asked) as opened:
        done = years.rebuild(opened, asked.key, asked.entity)
    wrong = isinstance(done.result, dict) and done.result["changed"]
    print("the sums were wrong and are made anew" if wrong else "the sums were right")
    return DONE


def _doctor(asked: argparse.Namespace) -> int:
    rows = audit.doctor(books_path(asked))
    if asked.format == "json":
        print(json.dumps(dict(rows), ensure_ascii=False, indent=1))
    else:
        width = max(len(name) for name, _ in rows)
        for name, value in rows:
            print(f"{name.ljust(width)}  {value}")
    return DONE if dict(rows).get("fit for use") == "yes" else NO


def _explain(asked: argparse.Namespace) -> int:
    with office(asked) as opened:
        explained = audit.explain(opened, asked.entity, asked.voucher)
    words = language("en")
    if asked.format == "json":
        print(json.dumps(explained, ensure_ascii=False, indent=1, default=words.text))
        return DONE
    for name, value in explained.items():
        print(f"{name}:")
        for line in _told(value):
            print(f"  {line}")
    return DONE


def _told(value: object) -> Iterator[str]:
    """A value of `explain` in lines: one for each field of an object, and for each object of a list."""
    words = language("en")
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if isinstance(inner, (list, Mapping)):
                yield f"{name}:"
                yield from (f"  {line}" for line in _told(inner))
            elif inner not in {None, ""}:
                yield f"{name}: {inner if isinstance(inner, str) else words.text(inner)}"
    elif isinstance(value, list):
        for inner in value:
            yield "; ".join(_told(inner)) if isinstance(inner, Mapping) else str(inner)
    elif value not in {None, ""}:
        yield str(value)
