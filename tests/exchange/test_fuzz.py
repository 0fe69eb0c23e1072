"""Whatever is done to a good file, it is read or refused in plain words; nothing else ever comes out."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from bookkeeper.errors import BadInput
from bookkeeper.exchange.members import read_members
from bookkeeper.exchange.vouchers import read_vouchers
from tests.exchange.test_members import GOOD as BOOK
from tests.exchange.test_members import shared
from tests.exchange.test_vouchers_csv import GOOD as CSV
from tests.exchange.test_vouchers_json import one

pytestmark = pytest.mark.slow

JSON = one(', "member": "1", "instrument": {"kind": "upi", "number": "1", "date": "2024-04-01"}', ', "party": "आशा"')
PIECES = (
    b",", b"\n", b"\r", b'"', b";", b"\t", b"\x00", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"[", b"{", b"}", b"]",
    b"null", b"true", b"NaN", b"1e999", b"-", b"9" * 4400, b"\\ud800", b"\\u0000", b"=", "१".encode(),
    "\u0301".encode(), b"%s", b"<",
)  # fmt: skip

SHARED = shared()
SEEDS = [
    (read_vouchers, "a.csv", CSV.encode()),
    (read_vouchers, "a.csv", CSV.encode("utf-16")),
    (read_vouchers, "a.json", JSON.encode()),
    (read_vouchers, "a", JSON.encode()),
    (read_members, "m.csv", "member,name,joined\n1,आशा,2022-04-05\n".encode()),
    (read_members, "m.xlsx", BOOK),
]

fuzz = settings(max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def mutated(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes with some cut out, doubled, overwritten or put in."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 12)))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6), st.just(data[start:end] * 2)))
        data = data[:start] + piece + data[end:]
        if draw(st.integers(0, 9)) == 0:
            data = data[: draw(st.integers(0, len(data)))]
    return data


@pytest.mark.parametrize(("read", "name", "data"), SEEDS, ids=lambda seed: seed if isinstance(seed, str) else "")
@fuzz
@given(draw=st.data())
def test_a_mutated_file(
    tmp_path: Path, read: Callable[[Path], object], name: str, data: bytes, draw: DataObject
) -> None:
    path = tmp_path / name
    path.write_bytes(draw.draw(mutated(data)))
    with suppress(BadInput):
        read(path)


@fuzz
@given(draw=st.data())
def test_a_workbook_mutated_inside_its_zip(tmp_path: Path, draw: DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(draw.draw(st.sampled_from([BOOK, SHARED])))) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    hit = draw.draw(st.sampled_from(sorted(parts)))
    parts[hit] = draw.draw(mutated(parts[hit]))
    path = tmp_path / "m.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    with suppress(BadInput):
        read_members(path)
