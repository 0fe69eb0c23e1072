"""TOML → frozen values; an error names the file, the line where it can, and the field."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar, cast

from bookkeeper.errors import BadInput, Fault

T = TypeVar("T")


def table(path: Path) -> dict[str, object]:
    """The contents of a TOML file. Raises BadInput that names the file and the line."""
    import tomllib  # noqa: PLC0415  # slow to load, and most calls read no definition

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(Fault(f"the file is not proper TOML: {error}."), file=path.name) from error


def take(values: Mapping[str, object], key: str, kind: type[T], file: str, default: T | None = None) -> T:
    """One field of a TOML table, of a given type. Raises BadInput that names file and field."""
    value = values.get(key, default)
    if value is None:
        raise BadInput(Fault("this field is missing.", field=key), file=file)
    if not isinstance(value, kind):
        raise BadInput(Fault(f"this field must be {kind.__name__}, not {type(value).__name__}.", field=key), file=file)
    return value


def texts(values: Mapping[str, object], key: str, file: str) -> tuple[str, ...]:
    """A field that is a list of texts; empty where it is left out."""
    value = take(values, key, list, file, default=[])
    if any(not isinstance(v, str) for v in value):
        raise BadInput(Fault("this field must be a list of texts.", field=key), file=file)
    return tuple(cast("list[str]", value))


def only(values: Mapping[str, object], known: frozenset[str], file: str) -> None:
    """Refuse a field that nobody reads: it is misspelt."""
    for key in values:
        if key not in known:
            raise BadInput(
                Fault(f"this field is not known; known are {', '.join(sorted(known))}.", field=key), file=file
            )
