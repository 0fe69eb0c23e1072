"""The page turns of the ruled register, over random rows, page lengths and groups."""

from itertools import groupby, pairwise

from hypothesis import given
from hypothesis import strategies as st

from bookkeeper.printing.paper.pages import LAST_ROWS, Closing, Entry, Line, LineKind, pages, tallest_entry
from bookkeeper.report import Total

SUM, LAST = Total.SUM, Total.LAST
ROWS = st.lists(st.tuples(st.integers(1, 4), st.none() | st.integers(-500, 500), st.integers(0, 3)), max_size=80)
ROOMS = st.tuples(st.integers(12, 40), st.integers(8, 12))
CLOSINGS = st.builds(
    lambda carries, groups, closes: Closing((SUM, LAST), carries, groups == 1, groups == 2, closes),
    st.booleans(),
    st.integers(0, 2),
    st.booleans(),
)


def entries(rows: list[tuple[int, int | None, int]]) -> list[Entry]:
    balance, made = 0, []
    for number, (height, flow, group) in enumerate(sorted(rows, key=lambda row: row[2])):
        balance += flow or 0
        made.append(Entry(height, (flow, balance), group, number, number % height + 1))
    return made


def turned(rows: list[Entry], closing: Closing, rooms: tuple[int, int]) -> list[list[Line]]:
    assert all(row.height <= tallest_entry(rooms[1]) for row in rows)
    return list(pages(rows, closing, *rooms))


@given(ROWS.map(entries), CLOSINGS, ROOMS)
def test_every_page_fits_and_is_never_of_sums_alone(
    rows: list[Entry], closing: Closing, rooms: tuple[int, int]
) -> None:
    made = turned(rows, closing, rooms)
    for place, page in enumerate(made):
        assert sum(line.height for line in page) <= rooms[place == len(made) - 1]
        assert any(line.kind is LineKind.ROW for line in page)
        assert page[0].kind in (LineKind.BROUGHT, LineKind.ROW)


@given(ROWS.map(entries), CLOSINGS, ROOMS)
def test_every_row_stands_once_and_in_order(rows: list[Entry], closing: Closing, rooms: tuple[int, int]) -> None:
    made = turned(rows, closing, rooms)
    assert [line.entry for page in made for line in page if line.kind is LineKind.ROW] == rows


@given(ROWS.map(entries), CLOSINGS, ROOMS)
def test_carried_is_brought_on_the_next_page(rows: list[Entry], closing: Closing, rooms: tuple[int, int]) -> None:
    made = turned(rows, closing, rooms)
    for before, after in pairwise(made):
        carried = [line.figures for line in before if line.kind is LineKind.CARRIED]
        assert carried == [line.figures for line in after if line.kind is LineKind.BROUGHT]
        assert closing.carries or not carried
        if carried:
            assert before[-1].kind is LineKind.CARRIED
            assert after[0].kind is LineKind.BROUGHT


@given(ROWS.map(entries), CLOSINGS, ROOMS)
def test_what_is_carried_is_the_sum_so_far(rows: list[Entry], closing: Closing, rooms: tuple[int, int]) -> None:
    seen: list[Entry] = []
    for page in turned(rows, closing, rooms):
        for line in page:
            if line.entry:
                seen.append(line.entry)
            elif line.kind in (LineKind.CARRIED, LineKind.SUBTOTAL):
                counted = [row for row in seen if not closing.groups or row.group == seen[-1].group]
                assert line.figures == (sum(row.figures[0] or 0 for row in counted), seen[-1].figures[1])


@given(ROWS.map(entries), CLOSINGS, ROOMS)
def test_the_last_line_is_the_total(rows: list[Entry], closing: Closing, rooms: tuple[int, int]) -> None:
    made = turned(rows, closing, rooms)
    totals = [line for page in made for line in page if line.kind is LineKind.TOTAL]
    assert len(totals) == bool(rows and closing.closes)
    if totals:
        assert made[-1][-1] == totals[0]
        assert totals[0].figures[0] == sum(row.figures[0] or 0 for row in rows)
        assert totals[0].figures[1] == (None if closing.groups else rows[-1].figures[1])


@given(ROWS.map(entries), ROOMS)
def test_a_subtotal_follows_its_group(rows: list[Entry], rooms: tuple[int, int]) -> None:
    """A group of one row that moves nothing has none."""
    lines = [line for page in turned(rows, Closing((SUM, LAST), groups=True), rooms) for line in page]
    subtotals = [lines[i - 1].entry for i, line in enumerate(lines) if line.kind is LineKind.SUBTOTAL]
    groups = [list(group) for _, group in groupby(rows, lambda row: row.group)]
    assert subtotals == [group[-1] for group in groups if len(group) > 1 or group[0].figures[0]]


@given(ROWS.map(entries), ROOMS, st.booleans())
def test_a_group_that_fits_on_a_page_is_not_torn(rows: list[Entry], rooms: tuple[int, int], carries: bool) -> None:  # noqa: FBT001
    made = turned(rows, Closing((SUM, LAST), carries, together=True), rooms)
    for _, group in groupby(rows, lambda row: row.group):
        of_group = list(group)
        height = sum(row.lines(begins=row is of_group[0]) for row in of_group)
        on = [page for page in made if any(line.entry in of_group for line in page)]
        if height + 2 <= min(rooms):
            assert len(on) == 1


@given(ROWS.map(entries), ROOMS)
def test_the_first_row_of_a_group_does_not_stand_alone(rows: list[Entry], rooms: tuple[int, int]) -> None:
    made = turned(rows, Closing((SUM, LAST), carries=True, groups=True), rooms)
    for page in made[:-1]:
        line = next(line for line in reversed(page) if line.entry)
        of_group = [row for row in rows if line.entry and row.group == line.entry.group]
        if line.entry is of_group[0] and sum(row.height for row in of_group[:2]) + 3 <= min(rooms):
            assert len(of_group) == 1


@given(ROWS.map(entries), ROOMS, st.booleans())
def test_a_total_has_three_rows_above_it_where_they_fit(
    rows: list[Entry],
    rooms: tuple[int, int],
    carries: bool,  # noqa: FBT001
) -> None:
    made = turned(rows, Closing((SUM, LAST), carries), rooms)
    if len(made) > 1 and sum(row.height for row in rows[-LAST_ROWS:]) + 2 <= rooms[1]:
        assert sum(line.kind is LineKind.ROW for line in made[-1]) >= LAST_ROWS


def test_without_rows_there_are_no_pages() -> None:
    assert list(pages([], Closing((SUM,)), 20, 15)) == []
