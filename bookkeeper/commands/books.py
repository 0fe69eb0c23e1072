"""Acts on whole books: make new ones, empty or with a sample to practise on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from bookkeeper.commands import entities, meetings, members, sample_books, vouchers
from bookkeeper.commands.act import Office, new_office, open_office
from bookkeeper.definitions import read
from bookkeeper.definitions.find import resources
from bookkeeper.errors import BadInput, Fault
from bookkeeper.exchange.meetings import read_meetings
from bookkeeper.exchange.members import read_members
from bookkeeper.exchange.opening import read_cut_off
from bookkeeper.exchange.vouchers import read_vouchers
from bookkeeper.rules.meeting import MeetingSheet
from bookkeeper.rules.said import Said
from bookkeeper.rules.voucher import Voucher
from bookkeeper.store.migrate import migrate
from bookkeeper.store.place import BESIDE

PRACTICE: Final = sample_books.PRACTICE
"""The sample that `make run` works on."""


def samples() -> tuple[str, ...]:
    """The samples that `new --sample` takes."""
    return tuple(sorted(p.parent.name for p in (resources() / "samples").glob("*/sample.toml")))


def new_books(path: Path, sample: str = "") -> Office:
    """Make new books at a path where nothing lies yet, empty or filled with a sample's entities and vouchers."""
    if sample and sample not in samples():
        raise BadInput(
            Fault(
                Said("there is no sample “{sample}”.", sample=sample),
                Said("There are {there}.", there=", ".join(samples())),
                field="--sample",
            )
        )
    office = new_office(path)
    try:
        for values in sample_books.entities_of(sample) if sample else ():
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
        return sample_books.holds([(entity.code, entity.name) for entity in entities.listed(office)], sample)
    finally:
        office.close()


def bring_up_to_date(path: Path) -> Path | None:
    """Bring books of an older version up to date; returns where the old file is kept, None if it was no older."""
    return migrate(path)


def next_meetings(sample: str) -> list[tuple[str, Path]]:
    """The meeting sheets of a sample that wait to be posted: entity's code and file."""
    return [
        (read.take(values, "code", str, sample), resources() / "samples" / sample / str(values["next"]))
        for values in sample_books.entities_of(sample)
        if "next" in values
    ]


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
    if "opening" in values:
        sheet = read_cut_off(folder / said("opening"))
        meetings.post_opening(office, "", code, sheet.sheet, file_digest=sheet.digest)
    _keep(office, code, _entries(values, folder, sample))


def _entries(values: dict[str, object], folder: Path, sample: str) -> list[Voucher | MeetingSheet]:
    """The vouchers and meetings of a sample in order of date; a day's vouchers come before its meeting."""
    entries: list[Voucher | MeetingSheet] = []
    for name in read.texts(values, "vouchers", sample):
        entries += read_vouchers(folder / name).vouchers
    for name in read.texts(values, "meetings", sample):
        entries += read_meetings(folder / name).sheets
    return sorted(entries, key=lambda entry: entry.date)


def _keep(office: Office, code: str, entries: Sequence[Voucher | MeetingSheet]) -> None:
    """Post vouchers and meetings as they come, those of one sort that follow each other in one act."""
    for is_meeting, some in groupby(entries, key=lambda entry: isinstance(entry, MeetingSheet)):
        if is_meeting:
            meetings.post_meetings(office, "", code, [one for one in some if isinstance(one, MeetingSheet)])
        else:
            vouchers.post_vouchers(office, "", code, [one for one in some if isinstance(one, Voucher)])
