"""What a sample declares of its entities, and whether books hold it: light, so that books open at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from bookkeeper.definitions import read
from bookkeeper.definitions.find import resources

PRACTICE: Final = "practice"
"""The sample that books to practise on are made of."""

_ENTITY: Final = frozenset(
    {"code", "name", "kind", "starts", "language", "set", "members", "opening", "vouchers", "meetings", "next"}
)


def holds(there: Sequence[tuple[str, str]], sample: str = PRACTICE) -> bool:
    """Whether these entities, by code and name, are those of a sample and no others."""
    return set(there) == {(str(values["code"]), str(values["name"])) for values in entities_of(sample)}


def entities_of(sample: str) -> list[dict[str, object]]:
    """What is declared of each entity of a sample, by the keys of its file."""
    file = f"{sample}/sample.toml"
    found = read.take(read.table(resources() / "samples" / sample / "sample.toml"), "entity", list, file)
    for values in found:
        read.only(values, _ENTITY, file)
    return cast("list[dict[str, object]]", found)
