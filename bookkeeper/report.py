"""The one value between registers and printing: what a register is, and the report it gives.

A register declares its columns once; every medium (screen, PDF, XLSX, CSV, JSON, text) follows from
the kinds declared here. Rows carry raw values: paise as int, dates as ISO text, and translatable text as
`Say`; never formatted text, colour or width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bookkeeper.rules.dates import Day as Day  # noqa: PLC0414  # what a `Say` may have in it
from bookkeeper.rules.money import Amount as Amount  # noqa: PLC0414

Row = Mapping[str, object]
"""Column key → raw value. A key that starts with an underscore is hidden (for drill-down)."""


class Kind(StrEnum):
    """What a column's values are. It decides alignment, number form and whether adding up makes sense."""

    TEXT = "text"  # str, Say, Person or None
    DATE = "date"  # ISO text or None
    MONEY = "money"  # int paise; a flow, may be totalled
    BALANCE = "balance"  # int paise; a state, is never added up
    COUNT = "count"  # int
    PERCENT = "percent"  # text with two places


class Total(StrEnum):
    """A total follows from the nature of a column: flows are summed, of balances the last one stands."""

    SUM = "sum"
    LAST = "last"


class Ask(StrEnum):
    """What a register may be asked with. An option that it does not name is refused."""

    PERIOD = "period"  # --from, --to
    AS_OF = "as-of"
    MEMBER = "member"
    ACCOUNT = "account"
    ORDER = "order"  # --order date|entry
    AFTER_CLOSING = "after-closing"
    SAVINGS = "savings"  # --savings compulsory|voluntary|special


class Layout(StrEnum):
    """How paper sets a register."""

    PLAIN = "plain"  # one ruled table
    TWO_SIDED = "two-sided"  # receipts left, payments right, closed by the day
    T_FORM = "t-form"  # sections side by side
    STATEMENT = "statement"  # a member's leaf: figures in boxes, then her rows
    SHEET = "sheet"  # the meeting's sheet, filled in by hand or as it was
    MINUTES = "minutes"  # the bound book of minutes: one meeting after the other
    CARD = "card"  # loan cards: two on a page, to be cut apart


@dataclass(frozen=True, slots=True)
class Say:
    """Translatable text: an English message with {named} places, and what stands in them.

    Values may be text, numbers, `Say`, `Person`, `Amount` or `Day`. A text that no catalogue knows is shown as it
    stands, so that a head the user named himself needs no special case.
    """

    text: str
    values: tuple[tuple[str, object], ...] = ()

    @classmethod
    def of(cls, text: str, **values: object) -> Say:
        return cls(text, tuple(values.items()))


@dataclass(frozen=True, slots=True)
class Person:
    """A name in one or two scripts; pages in a language written in the second script show that one."""

    name: str
    name_local: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A value out of a few, and the sign (translatable) that stands for it where it is read.

    A `boxed` one has a frame on paper, so that the eye finds it among the others.
    """

    value: str
    sign: str
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a register.

    `title` is unique in its register ("Receipts, cash"); `head` is the short form for the lower tier of a
    two-tier head on paper and screen, below `under`. `mm` is its width on paper; a column without takes a
    share of the width that is left, and one of 0 is for scripts alone. `zero` is what an amount of nought shows on
    paper ("–" or ""). `sides`: a balance that is shown unsigned with Dr or Cr; files for programs keep its sign.
    `marks` are the signs of a column of signs, which stand in the middle. `whole`: a percentage that is read as a
    whole one. A head may have two lines, with a line break between.
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    total: Total | None = None
    under: str = ""
    head: str = ""
    mm: float | None = None
    zero: str = "–"
    sides: bool = False
    marks: tuple[Mark, ...] = ()
    whole: bool = False

    @property
    def is_read(self) -> bool:
        """Whether paper and screen show it; what they leave out is in data files and workbooks."""
        return self.mm != 0 and not self.key.startswith("_")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a two-sided page: which columns stand on it, in order.

    `flows` are the money columns whose values put a row on this side; `balances` are, in the same order,
    the balance columns that fill the flow columns in the opening row (left side) or closing row (right).
    """

    title: str
    columns: tuple[str, ...]
    flows: tuple[str, ...]
    balances: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a statement, named by the value of its rows' `side` key."""

    key: str
    title: str


@dataclass(frozen=True)
class Register:
    """The declaration of a register or statement: everything a medium needs to know about it."""

    title: str
    columns: tuple[Column, ...] | Callable[..., tuple[Column, ...]]
    asks: tuple[Ask, ...] = ()
    group: str = ""  # the column whose change of value ends a group
    line_mm: float | None = None  # how high a ruled line is on paper, where it is not the usual
    once: tuple[str, ...] = ()  # columns that paper names once for a group, and again at the head of a page
    subtotals: bool = True  # paper closes each group with its sums
    carry: bool = False  # print carried and brought forward at a page turn
    layout: Layout = Layout.PLAIN
    landscape: bool = False
    sides: tuple[Side, ...] = ()
    sections: tuple[Section, ...] = ()
    signed_by: tuple[str, ...] = ()
    closes_with_totals: bool = True  # text and PDF end with a line of totals
    nothing: str = ""  # what it says when it is empty, where the usual sentence would not be true
    dated_by_acts: bool = False  # its days are those on which acts were done, not those of vouchers


@dataclass(frozen=True, slots=True)
class Part:
    """A small table that belongs to a report beside its rows, as the count of cash under a meeting's sheet.

    Data files hold it under its key, workbooks on a sheet of its own, text and paper below the rows. The rows of a part
    that `closes` stand in the columns of the report itself, as its last lines, each named by the title.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above and below a printed register. Names and places are as the books have them."""

    entity: str  # the entity's code, or "" when the report is of several
    name: Person
    place: Person
    since: str | None  # ISO; None for a report at a date
    until: str | None
    as_of: str | None
    chain: tuple[Say, ...] = ()  # the anchor at the foot
    printed: str = ""  # local time, as ISO "2024-04-05 11:42"
    folio: int = 1  # number of the first page in the bound register
    notes: tuple[Say, ...] = ()


@dataclass
class Report:
    """A register as asked for: a heading, columns, and rows that are read once, in order.

    `totals` is complete when the rows have been read to the end (`rows_counted` passes them on and adds
    up); media write rows first and totals last, so a register of any length streams.
    """

    name: str
    register: Register
    heading: Heading
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    extra_totals: Callable[[], Mapping[str, int]] | None = None
    parts: tuple[Part, ...] = ()
    totals: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.totals = {c.key: 0 for c in self.columns if c.kind is Kind.MONEY}

    def rows_counted(self) -> Iterator[Row]:
        """The rows, adding up every money column on the way. Paise; a missing value counts nought."""
        summed = tuple(self.totals)
        totals = self.totals
        for key in summed:
            totals[key] = 0
        for row in self.rows:
            for key in summed:
                value = row.get(key)
                if value:
                    totals[key] += value  # type: ignore[operator]  # a money column holds paise
            yield row
        if self.extra_totals is not None:
            totals.update(self.extra_totals())
