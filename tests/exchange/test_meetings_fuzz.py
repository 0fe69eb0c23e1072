"""Whatever is done to a good file of meetings, it is read or refused in plain words; nothing else ever comes out."""

import io
import json
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from openpyxl.utils.exceptions import IllegalCharacterError
from openpyxl.workbook import Workbook as Book

from bookkeeper.errors import BadInput
from bookkeeper.exchange.meetings import differing, read_meetings, write_marked
from tests.exchange.test_fuzz import mutated
from tests.exchange.test_meetings_json import WHOLE
from tests.exchange.test_meetings_workbook import BLANK, fill, filled

pytestmark = pytest.mark.slow

SHEET = filled(fill, BLANK)
JSON = json.dumps([WHOLE, WHOLE], ensure_ascii=False).encode()

fuzz = settings(max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture])
fuzz_workbook = settings(fuzz, max_examples=170)
"""A workbook takes a tenth of a second to read: 500 of them, by three ways of spoiling one."""


def read(path: Path) -> None:
    for gather in (False, True):
        with suppress(BadInput):
            found = read_meetings(path, entity="SHG1", gather=gather)
            for number, sheet in enumerate(found.sheets):
                for row in sheet.rows:
                    assert found.place_of(number, row.row, "principal")


@fuzz
@given(data=mutated(JSON))
def test_mutated_json(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "m.json"
    path.write_bytes(data)
    read(path)


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["5.00", "late"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*WHOLE, "member"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@fuzz
@given(key=st.sampled_from([*WHOLE]), inner=st.sampled_from([*WHOLE["rows"][0], "loans", "repayment"]), value=ANY)
def test_any_value_anywhere(tmp_path: Path, key: str, inner: str, value: object) -> None:
    path = tmp_path / "m.json"
    for there in ({**WHOLE, key: value}, {**WHOLE, "rows": [{**WHOLE["rows"][0], inner: value}]}):
        path.write_text(json.dumps(there), "utf-8")
        read(path)


@fuzz_workbook
@given(draw=st.data())
def test_a_workbook_mutated_inside_its_zip(tmp_path: Path, draw: DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(SHEET)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    hit = draw.draw(st.sampled_from(sorted(parts)))
    parts[hit] = draw.draw(mutated(parts[hit]))
    path, out = tmp_path / "m.xlsx", tmp_path / "out.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    read(path)
    out.unlink(missing_ok=True)
    with suppress(BadInput):
        write_marked(path, out, differing(read_meetings(path)))


@fuzz_workbook
@given(
    row=st.integers(1, 9),
    column=st.integers(1, 31),
    sheet=st.integers(0, 5),
    value=st.none() | st.text(max_size=6) | st.floats() | st.booleans() | st.dates() | st.times() | st.datetimes(),
)
def test_any_value_in_any_cell(tmp_path: Path, row: int, column: int, sheet: int, value: str) -> None:
    def put(book: Book) -> None:
        cell = book.worksheets[sheet].cell(row, column)
        try:
            cell.value = value
        except IllegalCharacterError:
            cell.value = None

    path = tmp_path / "m.xlsx"
    path.write_bytes(filled(put, SHEET))
    read(path)


@fuzz_workbook
@given(data=mutated(SHEET))
def test_a_mutated_workbook(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "m.xlsx"
    path.write_bytes(data)
    read(path)
