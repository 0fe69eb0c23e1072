"""Queries of registers: what was asked is completed, the register found, and a `Report` made that streams."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from bookkeeper import registers
from bookkeeper.commands.act import Office
from bookkeeper.definitions.group_rules import rules_on
from bookkeeper.errors import BadInput, Fault, Refused
from bookkeeper.ledger import chain
from bookkeeper.ledger.accounts import chart_of
from bookkeeper.ledger.balances import newest_date
from bookkeeper.ledger.entities import Entity, entities, entity_of, settings
from bookkeeper.registers import Asked, Source
from bookkeeper.report import Ask, Column, Heading, Person, Register, Report, Row, Say
from bookkeeper.rules.dates import Day, financial_year, year_end, year_start
from bookkeeper.rules.said import Said
from bookkeeper.store.engine import Tx
from bookkeeper.words import language

ENTITY_COLUMN = Column("entity", "Entity", mm=20)


@dataclass(frozen=True, slots=True)
class ReportAsk:
    """A report as the user asks for it; what is left out is completed from the books. Dates are ISO or ""."""

    name: str
    entities: tuple[str, ...] = ()
    all: bool = False
    account: str = ""
    member: str = ""
    since: str = ""
    until: str = ""
    as_of: str = ""
    order: str = ""
    after_closing: bool = False
    folio: int = 1
    savings: str = ""

    def given(self) -> dict[Ask, str]:
        """The options that were used, by what they ask, with the name of the option."""
        used = {
            Ask.MEMBER: ("--member", self.member),
            Ask.ACCOUNT: ("--account", self.account),
            Ask.ORDER: ("--order", self.order),
            Ask.AFTER_CLOSING: ("--after-closing", self.after_closing),
            Ask.SAVINGS: ("--savings", self.savings),
            Ask.AS_OF: ("--as-of", self.as_of),
            Ask.PERIOD: ("--from", self.since),
        }
        return {ask: option for ask, (option, value) in used.items() if value}


@dataclass(frozen=True, slots=True)
class Offered:
    """A register that can be asked for: its name, its title (a message), and what it may be asked with."""

    name: str
    title: str
    asks: tuple[Ask, ...]


def offered() -> tuple[Offered, ...]:
    """Every register there is, by name. The first call loads them all."""
    found = ((name, registers.source(name).register) for name in registers.names())
    return tuple(Offered(name, register.title, register.asks) for name, register in found)


@dataclass(frozen=True)
class Printout:
    """A report in the two forms that media want: one table over all entities, or one report for each."""

    source: Source
    tx: Tx
    asked: tuple[Asked, ...]
    folio: int
    printed: str

    def table(self) -> Report:
        """One table; where it is of several entities, each row names its own."""
        if len(self.asked) == 1:
            return self._report(self.asked[0])
        first = self.asked[0]
        if all(asked.entity == first.entity for asked in self.asked):
            rows = (row for asked in self.asked for row in self.source.rows(self.tx, asked))
            heading = self._heading(replace(first, since=first.since, until=self.asked[-1].until))
            return Report(self.source.name, self.source.register, heading, self._columns(first), rows)
        heading = replace(self._heading(first, chain_line=False), entity="", name=Person(""), place=Person(""))
        columns = (ENTITY_COLUMN, *self._columns_of_all())
        return Report(self.source.name, self.source.register, heading, columns, self._rows_of_all())

    def by_entity(self) -> Iterator[Report]:
        """One report for each entity, with its own heading: what paper wants."""
        return (self._report(asked) for asked in self.asked)

    def _report(self, asked: Asked) -> Report:
        from bookkeeper.definitions.kind import kind  # noqa: PLC0415  # a table of many entities does without

        own = kind(asked.entity.kind)
        register = self.source.register
        # whom the register names, where this kind of entity has these offices, unless the group has set who signs
        offices = register.signed_by if set(register.signed_by) <= set(own.signed_by) else own.signed_by
        signed_by = rules_on(asked.until, own.rules, settings(self.tx, asked.entity)).signed_by or offices
        if signed_by and register.signed_by:
            register = replace(register, signed_by=signed_by)
        if self.source.title is not None:
            register = replace(register, title=self.source.title(asked).text)
        source, tx = self.source, self.tx
        notes = tuple(source.notes(tx, asked)) if source.notes else ()
        return Report(
            source.name,
            register,
            replace(self._heading(asked), notes=notes),
            self._columns(asked),
            source.rows(tx, asked),
            extra_totals=partial(source.totals, tx, asked) if source.totals else None,
            parts=tuple(source.parts(tx, asked)) if source.parts else (),
        )

    def _columns(self, asked: Asked) -> tuple[Column, ...]:
        columns = self.source.register.columns
        return columns(self.tx, asked) if callable(columns) else columns

    def _columns_of_all(self) -> tuple[Column, ...]:
        """The columns of the first entity; one that it does not show, and another does, is shown."""
        columns = self._columns(self.asked[0])
        if not callable(self.source.register.columns) or all(column.is_read for column in columns):
            return columns
        shown = {c.key: c for asked in self.asked[1:] for c in self._columns(asked) if c.is_read}
        return tuple(column if column.is_read else shown.get(column.key, column) for column in columns)

    def _rows_of_all(self) -> Iterator[Row]:
        if self.source.rows_of_all is not None:
            yield from self.source.rows_of_all(self.tx, [a.entity for a in self.asked], self.asked[0])
            return
        for asked in self.asked:
            for row in self.source.rows(self.tx, asked):
                yield {"entity": asked.entity.code, **row}

    def _heading(self, asked: Asked, *, chain_line: bool = True) -> Heading:
        entity = asked.entity
        place = settings(self.tx, entity)
        asks = self.source.register.asks
        of_a_period, at_a_date = Ask.PERIOD in asks, Ask.AS_OF in asks
        return Heading(
            entity=entity.code,
            name=Person(entity.name, entity.name_local),
            place=Person(place.get("place", ""), place.get("place-local", "")),
            since=asked.since if of_a_period else None,
            until=asked.until if of_a_period else None,
            as_of=asked.as_of if at_a_date else None,
            chain=_chain_line(self.tx, entity) if chain_line else (),
            printed=self.printed,
            folio=self.folio,
        )


def _chain_line(tx: Tx, entity: Entity) -> tuple[Say, ...]:
    """The anchor that pins the file to the paper; figures in it stay Western in every language."""
    anchor = chain.anchor(tx, entity.id)
    if not anchor.sequence:
        return ()
    message = "Chain {sequence}: {hash} · {vouchers} vouchers · Dr {debit}"
    debit = language("en").amount(anchor.debit)
    count, sequence = str(anchor.vouchers), str(anchor.sequence)
    return (Say.of(message, sequence=sequence, hash=anchor.printed, vouchers=count, debit=debit),)


@contextmanager
def prepared(office: Office, ask: ReportAsk) -> Iterator[Printout]:
    """A report ready to be written, inside the read transaction that its rows come from.

    Raises BadInput for a report, option or date that there is not, Refused for an entity or account.
    """
    source = registers.source(ask.name)
    _refuse_unused(source.register, ask)
    with office.looking() as tx:
        chosen = _chosen(tx, ask)
        asked = _asked(ask, chosen, _newest(tx, source.register, ask, chosen))
        printed = office.clock().strftime("%Y-%m-%d %H:%M")
        of_each = _of_each(tx, ask, asked, chosen)
        if source.each is not None:
            of_each = tuple(leaf for one in of_each for leaf in source.each(tx, one)) or of_each
        yield Printout(source, tx, of_each, ask.folio, printed)


def _refuse_unused(register: Register, ask: ReportAsk) -> None:
    """An option that a report does not use is refused: it would be believed to have worked."""
    given = ask.given()
    if ask.until and not {Ask.PERIOD, Ask.AS_OF} & set(register.asks):
        given[Ask.PERIOD] = "--to"
    if ask.as_of and ask.until:
        raise BadInput(Fault("--as-of and --to exclude each other.", "Leave one out.", field="--to"))
    for asks, option in given.items():
        if asks not in register.asks:
            raise BadInput(
                Fault(
                    Said("{report} does not use {option}.", report=ask.name, option=option),
                    "Leave it out.",
                    field=option,
                )
            )


def _chosen(tx: Tx, ask: ReportAsk) -> tuple[Entity, ...]:
    there = entities(tx)
    if not there:
        message = "these books have no entity yet. Add one with: bookkeeper entity add."
        raise Refused(message)
    if ask.all:
        return there
    if ask.entities:
        return tuple(entity_of(tx, code) for code in dict.fromkeys(ask.entities))
    if len(there) > 1:
        raise BadInput(
            Fault("these books have several entities.", "Name one with --entity, or say --all.", field="--entity")
        )
    return there


def _newest(tx: Tx, register: Register, ask: ReportAsk, chosen: tuple[Entity, ...]) -> str:
    """The newest day that the report could show."""
    ids = [e.id for e in chosen]
    if register.dated_by_acts:
        return chain.newest_act(tx, [0, *ids])
    return newest_date(tx, None if ask.all else ids) or min(e.starts for e in chosen)


def _asked(ask: ReportAsk, chosen: tuple[Entity, ...], newest: str) -> Asked:
    """Complete the dates: without any, the financial year of the newest voucher, or its day."""
    since, until = ask.since, ask.until
    if not until:
        until = year_end(max(financial_year(newest), financial_year(since)) if since else financial_year(newest))
    since = since or year_start(financial_year(until))
    if since > until:
        raise BadInput(
            Fault(
                Said("the period begins on {since}, after its end {until}.", since=Day(since), until=Day(until)),
                "Exchange the two.",
                field="--from",
            )
        )
    as_of = ask.as_of or ask.until or newest
    by_entry = ask.order == "entry"
    return Asked(chosen[0], since, until, as_of, None, ask.member, by_entry, ask.after_closing, ask.savings)


def _of_each(tx: Tx, ask: ReportAsk, asked: Asked, chosen: tuple[Entity, ...]) -> tuple[Asked, ...]:
    """What is asked of each entity. An account that only some of them have leaves the others out."""
    if not ask.account:
        return tuple(replace(asked, entity=entity) for entity in chosen)
    charts = [(entity, chart_of(tx, entity.id)) for entity in chosen]
    having = [(entity, chart) for entity, chart in charts if ask.account in chart.by_text]
    if not having:
        raise BadInput(charts[0][1].unknown(ask.account))
    return tuple(replace(asked, entity=entity, account=chart.named(ask.account)) for entity, chart in having)
