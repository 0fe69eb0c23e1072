"""A group's books in a real file, and its registers read as a clerk reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bookkeeper.books.members import Member
from bookkeeper.commands import entities, members, vouchers, years
from bookkeeper.commands.act import Office, new_office
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.report import Column, Kind
from bookkeeper.rules.money import Paise
from bookkeeper.rules.voucher import Posting, Voucher
from bookkeeper.words import language

MEMBERS = (
    Member("1", "Asha Patil", "आशा पाटील", "2023-04-01"),
    Member("2", "Bharati Naik", "भारती नाईक", "2023-04-01"),
    Member("3", "Chhaya Rane", "छाया राणे", "2023-04-01"),
)

Line = tuple[str, int] | tuple[str, int, str]
"""Account, paise (debit positive), member."""


def voucher(kind: str, date: str, *lines: Line, narration: str = "") -> Voucher:
    """Make a voucher of plain lines."""
    postings = tuple(Posting(line[0], Paise(line[1]), line[2] if len(line) > 2 else None) for line in lines)
    return Voucher(kind, date, postings, narration)


Read = list[dict[str, Any]]
"""The rows of a register."""


@dataclass
class Clerk:
    """Someone who posts and reads registers; `totals` are those of what was read last."""

    office: Office
    code: str = "EX1"
    totals: dict[str, int] = field(default_factory=dict)

    def posts(self, *new: Voucher) -> list[str]:
        """Post vouchers and return their names."""
        done = vouchers.post_vouchers(self.office, "", self.code, new)
        assert isinstance(done.result, list)
        return [posted["voucher"] for posted in done.result]

    def reverses(self, name: str, on: str, reason: str) -> None:
        vouchers.reverse_voucher(self.office, "", self.code, name, on, reason)

    def closes(self, year: int) -> None:
        years.close(self.office, "", self.code, year)

    def reads(self, name: str, since: str = "", until: str = "", **asks: Any) -> Read:  # noqa: ANN401  # whatever a report may be asked
        """Read a register of this group: texts in English, amounts in paise."""
        say, text = language("en").text, Kind.TEXT
        columns, rows = self.reads_raw(name, since, until, **asks)
        words = {column.key for column in columns if column.kind is text} | {"entity"}
        return [{k: say(v) if k in words and v is not None else v for k, v in row.items()} for row in rows]

    def reads_raw(  # the same
        self,
        name: str,
        since: str = "",
        until: str = "",
        **asks: Any,  # noqa: ANN401
    ) -> tuple[Sequence[Column], Read]:
        """Read it as it is before any language: with its columns."""
        chosen = asks.pop("entities", () if asks.get("all") else (self.code,))
        ask = ReportAsk(name, entities=chosen, since=since, until=until, **asks)
        with prepared(self.office, ask) as printout:
            report = printout.table()
            rows = [dict(row) for row in report.rows_counted()]
        self.totals = report.totals
        return report.columns, rows


def opened(path: Path, starts: str = "2024-04-01") -> Clerk:
    """Make books at a path, with a group of three members."""
    office = new_office(path)
    entities.add(office, "", "EX1", "Example", "shg", starts=starts)
    members.import_(office, "", "EX1", MEMBERS, "")
    return Clerk(office)


def balances(rows: Read) -> dict[str, int]:
    """Code → debit less credit, of a trial balance."""
    return {row["code"]: row["debit"] - row["credit"] for row in rows}
