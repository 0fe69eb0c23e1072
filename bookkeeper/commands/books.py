"""Acts on whole books: make new ones, empty or with a sample to practise on."""

from __future__ import annotations

from pathlib import Path
from typing import Final, cast

from bookkeeper.commands import entities, members, vouchers
from bookkeeper.commands.act import Office, new_office, open_office
from bookkeeper.definitions import read
from bookkeeper.definitions.find import resources
from bookkeeper.errors import BadInput, Fault
from bookkeeper.exchange.members import read_members
from bookkeeper.exchange.vouchers import read_vouchers
from bookkeeper.store.migrate import migrate
from bookkeeper.store.place import BESIDE

PRACTICE: Final = "practice"
"""The sample that `make run` works on."""

_ENTITY: Final = frozenset({"code", "name", "kind", "starts", "language", "set", "members", "vouchers", "next"})


def samples() -> tuple[str, ...]:
    """The samples that `new --sample` takes."""
    return tuple(sorted(p.parent.name for p in (resources() / "samples").glob("*/sample.toml")))


def new_books(path: Path, sample: str = "") -> Office:
    """Make new books at a path where nothing lies yet, empty or filled with a sample's entities and vouchers."""
    if sample and sample not in samples():
        raise BadInput(Fault(f"there is no sample “{sample}”.", f"There are {', '.join(samples())}.", field="--sample"))
    office = new_office(path)
    try:
        for values in _entities_of(sample) if sample else ():
            _fill(office, sample, values)
    except BaseException:
        office.close()
        remove_books(path)
        raise
    return office


def remove_books(path: Path) -> None:
    """Remove closed books and their working files, and nothing else."""
    for end in ("", *BESIDE):
        Path(f"{path}{end}").unlink(missing_ok=True)


def is_sample(path: Path, sample: str) -> bool:
    """Whether books hold the entities of a sample and no others. Raises what `open_office` raises."""
    office = open_office(path)
    try:
        found = {(entity.code, entity.name) for entity in entities.listed(office)}
    finally:
        office.close()
    return found == {(str(values["code"]), str(values["name"])) for values in _entities_of(sample)}


def bring_up_to_date(path: Path) -> Path | None:
    """Bring books of an older version up to date; returns where the old file is kept, None if it was no older."""
    return migrate(path)


def next_vouchers(sample: str) -> list[tuple[str, Path]]:
    """The vouchers of a sample that wait to be posted: entity's code and file."""
    return [
        (read.take(values, "code", str, sample), resources() / "samples" / sample / str(values["next"]))
        for values in _entities_of(sample)
        if "next" in values
    ]


def _entities_of(sample: str) -> list[dict[str, object]]:
    file = f"{sample}/sample.toml"
    found = read.take(read.table(resources() / "samples" / sample / "sample.toml"), "entity", list, file)
    for values in found:
        read.only(values, _ENTITY, file)
    return cast("list[dict[str, object]]", found)


def _fill(office: Office, sample: str, values: dict[str, object]) -> None:
    folder = resources() / "samples" / sample

    def said(key: str, default: str | None = None) -> str:
        return read.take(values, key, str, f"{sample}/sample.toml", default=default)

    code = said("code")
    language = said("language", "en")
    entities.add(office, "", code, said("name"), said("kind"), starts=said("starts"), language=language)
    for key, value in read.take(values, "set", dict, sample, default={}).items():
        entities.set_(office, "", code, key, value)
    if "members" in values:
        file = read_members(folder / said("members"))
        members.import_(office, "", code, file.members, file.digest)
    for name in read.texts(values, "vouchers", sample):
        posted = read_vouchers(folder / name)
        vouchers.post_vouchers(office, "", code, posted.vouchers, file_digest=posted.digest)
