"""`verify`, `doctor`, `explain`: what the books promise, shown."""

from __future__ import annotations

import argparse
import json

from bookkeeper.cli.progress import showing
from bookkeeper.cli.verbs import DONE, NO, Verbs, as_json, books_path, declare, office
from bookkeeper.commands import audit
from bookkeeper.words import language


def add(verbs: Verbs) -> None:
    """Declare the verbs of checking."""
    verb = declare(verbs, "verify", "check every promise of the books", "verify --entity SHG1", _verify)
    verb.add_argument("--entity", default="", metavar="CODE")
    verb.add_argument("--quick", action="store_true", help="only what takes a moment")
    verb.add_argument("--anchor", default="", metavar="SEQ:HASH", help="the chain line typed from a printed page")
    as_json(verb)
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
        told = f"{verified.checks} checks, {verified.entities} entities, {verified.vouchers} vouchers"
        print(f"{told}, {verified.postings} postings (SQLite {verified.sqlite}): {_result(len(verified.findings))}")
    return NO if verified.findings else DONE


def _result(findings: int) -> str:
    return f"{findings} findings" if findings else "all is as it should be"


def _doctor(asked: argparse.Namespace) -> int:
    rows = audit.doctor(books_path(asked))
    if asked.format == "json":
        print(json.dumps(dict(rows), ensure_ascii=False, indent=1))
    else:
        width = max(len(name) for name, _ in rows)
        for name, value in rows:
            print(f"{name.ljust(width)}  {value}")
    return DONE


def _explain(asked: argparse.Namespace) -> int:
    with office(asked) as opened:
        explained = audit.explain(opened, asked.entity, asked.voucher)
    words = language("en")
    print(json.dumps(explained, ensure_ascii=False, indent=1, default=words.text))
    return DONE
