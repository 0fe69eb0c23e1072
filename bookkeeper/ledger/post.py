"""The one door to the journal: vouchers are checked, numbered, hashed and inserted here and nowhere else.

Postings first, voucher last: the voucher's row is the seal that the database's guards check (`store.guards`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from bookkeeper.errors import BadInput, Damaged, Refused
from bookkeeper.ledger import balances, chain, floors
from bookkeeper.ledger.entities import Entity
from bookkeeper.ledger.examine import Examined, examined
from bookkeeper.ledger.lending import LoanTerms, unsettle
from bookkeeper.rules.dates import financial_year
from bookkeeper.rules.voucher import Voucher, canonical_voucher, next_hash, voucher_name
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx, insert_rows

_POSTING = (
    "entity", "sequence", "line", "date", "account", "paise", "member", "loan", "deposit", "share", "fund",
    "instrument", "instrument_number", "instrument_date",
)  # fmt: skip
_VOUCHER = (
    "entity", "sequence", "kind", "series", "year", "number", "date", "narration", "party", "reference", "resolution",
    "user", "entered", "meeting", "closing", "key", "reverses",
)  # fmt: skip
_ATTACHMENT = ("entity", "sequence", "line", "sha256", "name")
_NONE_OF_IT = (None, None, None)


@dataclass(frozen=True, slots=True)
class Posted:
    """What a voucher became: its name, its day, and how the user's file called it."""

    voucher: str
    date: str
    label: str


def post(
    tx: Tx,
    entity: Entity,
    vouchers: Sequence[Voucher],
    *,
    below_zero: str = "",
    loans: Mapping[int, LoanTerms] | None = None,
) -> tuple[Posted, ...]:
    """Post vouchers in the order given: all of them, or none and the transaction must be undone.

    `below_zero` is the reason for which cash may fall below nought; it then stands in the narration of each voucher
    that takes cash. `loans` are the terms of loans that these vouchers open, by number; others follow the group's rule.
    Raises BadInput (unknown account or member), Refused (a rule of the books), naming each voucher.
    """
    head = chain.head_of(tx, entity.id, for_update=True)
    _refuse_orphans(tx, entity, head)
    found = examined(tx, entity, vouchers, loans or {})
    if found.unknown:
        raise BadInput(*sorted((*found.unknown, *found.refused), key=lambda fault: fault.row or 0))
    if found.refused:
        raise Refused(*found.refused)
    entries = floors.with_reason(found, below_zero) if below_zero else found.entries
    posted = _Journal(tx, entity, found).write(entries, head)
    floors.check(tx, entity, found, cash_may_fall=bool(below_zero))
    return posted


def _refuse_orphans(tx: Tx, entity: Entity, head: chain.Head) -> None:
    """Lines that a foreign program left behind the newest link would be taken into the next voucher: stop before."""
    for table in (tables.posting, tables.attachment):
        behind = select(table.c.line).where(table.c.entity == entity.id, table.c.sequence > head.sequence).limit(1)
        if tx.connection.execute(behind).first():
            message = (
                "the books are damaged: there are lines that belong to no voucher. Nothing was entered; run verify."
            )
            raise Damaged(message)


class _Journal:
    """The rows of one posting, gathered and then inserted table by table."""

    def __init__(self, tx: Tx, entity: Entity, found: Examined) -> None:
        self.tx = tx
        self.entity = entity
        self.found = found
        self.last: dict[tuple[str, int], int] = {}
        self.links: list[tuple[object, ...]] = []
        self.postings: list[tuple[object, ...]] = []
        self.vouchers: list[tuple[object, ...]] = []
        self.attachments: list[tuple[object, ...]] = []
        self.months: dict[tuple[int, int, int], list[int]] = defaultdict(lambda: [0, 0])

    def write(self, entries: Sequence[Voucher], head: chain.Head) -> tuple[Posted, ...]:
        posted = []
        for index, voucher in enumerate(entries):
            head, done = self._enter(voucher, self.found.lines[index], head)
            posted.append(done)
        insert_rows(self.tx, tables.loan, Examined.LOAN_COLUMNS, self.found.new_loans)
        insert_rows(self.tx, tables.posting, _POSTING, self.postings)
        insert_rows(self.tx, tables.attachment, _ATTACHMENT, self.attachments)
        insert_rows(self.tx, tables.link, chain.LINK_COLUMNS, self.links)
        insert_rows(self.tx, tables.voucher, _VOUCHER, self.vouchers)
        balances.add(self.tx, self.entity.id, self.months)
        unsettle(self.tx, self.entity.id, {loan for lines in self.found.lines for _, loan in lines if loan is not None})
        chain.move_head(self.tx, self.entity.id, head)
        return tuple(posted)

    def _enter(
        self, voucher: Voucher, lines: Sequence[tuple[int, int | None]], head: chain.Head
    ) -> tuple[chain.Head, Posted]:
        tx, entity, date = self.tx, self.entity, voucher.date
        sequence = head.sequence + 1
        year = financial_year(date)
        series = self.found.kind.series[voucher.kind]
        number = self._next_number(series, year)
        canonical = canonical_voucher(
            voucher,
            self._gather(voucher, lines, sequence),
            before=head.hash,
            books=tx.books_id,
            entity=entity.code,
            sequence=sequence,
            series=series,
            year=year,
            number=number,
            user=tx.user,
            entered=tx.now,
            key=tx.key,
        )
        digest = next_hash(canonical)
        self.links.append((entity.id, sequence, "voucher", "", digest))
        words = (voucher.narration, voucher.party, voucher.reference, voucher.resolution)
        made = (tx.user, tx.now, voucher.meeting, int(voucher.closing), tx.key, voucher.reverses)
        self.vouchers.append((entity.id, sequence, voucher.kind, series, year, number, date, *words, *made))
        for line, paper in enumerate(voucher.attachments, start=1):
            self.attachments.append((entity.id, sequence, line, paper.sha256, paper.name))
        return chain.Head(sequence, digest.hex()), Posted(voucher_name(series, number, year), date, voucher.label)

    def _gather(self, voucher: Voucher, lines: Sequence[tuple[int, int | None]], sequence: int) -> list[list[object]]:
        """Collect the rows and sums of a voucher's postings; returns their canonical form."""
        entity, date, closing = self.entity.id, voucher.date, int(voucher.closing)
        month = int(date[:4]) * 12 + int(date[5:7]) - 1
        codes, member_ids = self.found.codes, self.found.member_ids
        canonical: list[list[object]] = []
        for line, (posting, (account, loan)) in enumerate(zip(voucher.postings, lines, strict=True), start=1):
            paise, member = posting.amount, posting.member
            instrument = posting.instrument
            by = (instrument.kind, instrument.number, instrument.date) if instrument else _NONE_OF_IT
            own = (posting.deposit, posting.share, posting.fund)
            member_id = member_ids[member] if member is not None else None
            self.postings.append((entity, sequence, line, date, account, paise, member_id, loan, *own, *by))
            canonical.append([codes[account], member, loan, *own, paise, list(by) if instrument else None])
            sums = self.months[(account, month, closing)]
            if paise > 0:
                sums[0] += paise
            else:
                sums[1] -= paise
        return canonical

    def _next_number(self, series: str, year: int) -> int:
        """Numbers run on from the newest; the entity's row is locked, so nobody else takes the same one."""
        key = (series, year)
        if key not in self.last:
            table = tables.voucher
            same = (table.c.entity == self.entity.id, table.c.series == series, table.c.year == year)
            self.last[key] = self.tx.connection.execute(select(func.max(table.c.number)).where(*same)).scalar() or 0
        self.last[key] += 1
        return self.last[key]
