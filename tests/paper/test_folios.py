"""The page turns of the two-sided book, over random days."""

from hypothesis import given
from hypothesis import strategies as st

from bookkeeper.printing.paper.folios import Day, Entry, Folio, folios

LINES = 20
AMOUNTS = st.integers(0, 10_00_000)
ENTRIES = st.lists(st.tuples(st.integers(1, 3), AMOUNTS, AMOUNTS), max_size=25)


def book(days: list[tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]]) -> list[Day]:
    """Days that close with the balances that their entries make."""
    made = []
    cash, bank, number = 1000, 2000, 0
    for place, (receipts, payments) in enumerate(days):
        opening = Entry(1, (cash, bank), "opening")
        sides = []
        for sign, entries in ((1, receipts), (-1, payments)):
            side = []
            for height, in_cash, in_bank in entries:
                number += 1
                side.append(Entry(height, (in_cash, in_bank), number))
                cash, bank = cash + sign * in_cash, bank + sign * in_bank
            sides.append(side)
        made.append(Day(f"day {place}", opening, sides[0], sides[1], Entry(1, (cash, bank), "closing")))
    return made


BOUND = st.booleans().map(lambda bound: {"bound": bound})
DAYS = st.lists(st.tuples(ENTRIES, ENTRIES), min_size=1, max_size=12).map(book)


def lines_of(folio: Folio) -> list[tuple[int, int]]:
    """Each line that something stands on, with its side."""
    taken = [(p.side, line) for p in folio.placed for line in range(p.line, p.line + p.entry.height)]
    for line in (t.line for t in folio.totals):
        taken += [(0, line), (1, line)]
    if folio.brought:
        taken += [(0, 0), (1, 0)]
    if folio.carried:
        taken += [(0, LINES - 1), (1, LINES - 1)]
    return taken


@given(DAYS, BOUND)
def test_every_page_fits_and_no_line_is_written_twice(days: list[Day], bound: dict[str, bool]) -> None:
    for folio in folios(days, LINES, 2, **bound):
        taken = lines_of(folio)
        assert len(taken) == len(set(taken))
        assert all(0 <= line < LINES for _, line in taken)


@given(DAYS, BOUND)
def test_every_entry_stands_once_and_in_order(days: list[Day], bound: dict[str, bool]) -> None:
    placed = [p for folio in folios(days, LINES, 2, **bound) for p in folio.placed]
    for side in (0, 1):
        stands = [p.entry.written for p in placed if p.side == side and isinstance(p.entry.written, int)]
        assert stands == [e.written for day in days for e in (day.left, day.right)[side]]
    assert sum(p.entry.written == "closing" for p in placed) == len(days)


@given(DAYS, BOUND)
def test_carried_is_brought_on_the_next_page(days: list[Day], bound: dict[str, bool]) -> None:
    turned = list(folios(days, LINES, 2, **bound))
    assert [f.carried for f in turned[:-1]] == [f.brought for f in turned[1:]]
    assert turned[-1].carried is None
    assert (turned[0].brought is not None) == bound["bound"]


@given(DAYS)
def test_both_sides_of_each_day_agree(days: list[Day]) -> None:
    totals = [t.figures for folio in folios(days, LINES, 2) for t in folio.totals]
    assert len(totals) == len(days)
    assert all(left == right for left, right in totals)


@given(DAYS, BOUND)
def test_brought_forward_replaces_only_the_opening_line(days: list[Day], bound: dict[str, bool]) -> None:
    begun: set[str] = set()
    openings = 0
    for folio in folios(days, LINES, 2, **bound):
        first = min(folio.placed, key=lambda p: p.line).on
        if folio.brought and first not in begun:
            openings += 1
            opening = next(day.opening for day in days if day.on == first)
            assert opening is not None
            assert folio.brought == (opening.figures, (0, 0))
        openings += sum(p.entry.written == "opening" for p in folio.placed)
        begun |= {p.on for p in folio.placed}
    assert openings == len(days)


def test_without_days_there_is_one_empty_folio() -> None:
    assert list(folios([], LINES, 2)) == [Folio()]
