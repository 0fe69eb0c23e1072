"""The page turns of a statement with two sides, over random sections, and page lengths."""

from itertools import pairwise
from operator import add

from hypothesis import given
from hypothesis import strategies as st

from bookkeeper.printing.paper.groups import Group, Item, Page, Placed, height_of, pages

WORDS = st.lists(st.just("words"), min_size=1, max_size=4)
ITEMS = st.builds(Item, WORDS, st.tuples(st.integers(-500, 500), st.integers(-500, 500)))
GROUPS = st.lists(
    st.builds(Group, st.just(()) | st.lists(st.just("Heading"), min_size=1, max_size=2), st.lists(ITEMS, min_size=1)),
    max_size=8,
)
ROOMS = st.tuples(st.floats(90, 240), st.floats(60, 200))


def rows(lines: list[Placed]) -> list[Placed]:
    return [line for line in lines if not line.is_sum and not line.is_heading]


def depth_of(line: Placed) -> float:
    return line.at + height_of(line.words)


def sums(page: Page, side: int) -> tuple[int, ...]:
    total: tuple[int, ...] = (0, 0)
    for line in rows(page.sides[side]):
        assert line.figures is not None
        total = tuple(map(add, total, line.figures))
    return total


@given(GROUPS, GROUPS, ROOMS)
def test_every_row_stands_once_and_what_is_carried_is_brought(
    left: list[Group], right: list[Group], rooms: tuple[float, float]
) -> None:
    turned = list(pages(left, right, 2, *rooms))
    for side, groups in enumerate((left, right)):
        expected = [(item.words, item.figures) for group in groups for item in group.items]
        found = [(line.words, line.figures) for page in turned for line in rows(page.sides[side])]
        assert found == expected
        so_far: tuple[int, ...] = (0, 0)
        for page in turned:
            assert page.brought is None or page.brought[side] == so_far
            so_far = tuple(map(add, so_far, sums(page, side)))
            assert page.carried is None or page.carried[side] == so_far
    assert turned[0].brought is None
    assert turned[-1].carried is None
    assert all(before.carried == after.brought is not None for before, after in pairwise(turned))


@given(GROUPS, GROUPS, ROOMS)
def test_pages_hold_what_they_have_room_for(left: list[Group], right: list[Group], rooms: tuple[float, float]) -> None:
    room, last_room = rooms
    *before, last = pages(left, right, 2, room, last_room)
    for page in before:
        assert all(depth_of(line) <= room - height_of(()) + 1e-9 for side in page.sides for line in side)
    assert last.depth <= last_room
    for page in (*before, last):
        for side in page.sides:
            assert all(one.at < other.at for one, other in pairwise(side))


@given(GROUPS, GROUPS, ROOMS)
def test_headings_stay_with_rows_and_sums_with_the_last(
    left: list[Group], right: list[Group], rooms: tuple[float, float]
) -> None:
    turned = list(pages(left, right, 2, *rooms))
    for side, groups in enumerate((left, right)):
        expected = [group.sums for group in groups if group.heading]
        assert [line.figures for page in turned for line in page.sides[side] if line.is_sum] == expected
        for page in turned:
            lines = page.sides[side]
            for line, below in pairwise([*lines, None]):
                assert line is not None
                if line.is_heading:
                    assert below is not None
                    assert below.indented
            for above, line in pairwise([None, *lines]):
                if line is not None and line.is_sum:
                    assert above is not None
                    assert above.indented
            if rows(lines) and rows(lines)[0].indented:
                assert lines[0].is_heading


def test_a_last_row_goes_over_so_that_signatures_are_not_alone() -> None:
    group = Group((), [Item(("a",), (1,)), Item(("b",), (2,)), Item(("c",), (4,))])
    first, last = pages([group], [], 1, 30.0, 15.0)
    assert [line.words for line in first.sides[0]] == [("a",), ("b",)]
    assert first.carried == ((3,), (0,))
    assert [line.words for line in last.sides[0]] == [("c",)]
