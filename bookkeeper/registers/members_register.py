"""Members' register: who belongs to the group, since when, in what office; what the monitoring formats ask of her."""

from __future__ import annotations

from collections.abc import Iterator

from bookkeeper.books.members import members
from bookkeeper.registers import Asked
from bookkeeper.report import Column, Kind, Person, Register, Row, Say
from bookkeeper.rules.kyc import masked
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Members’ register",
    landscape=True,
    signed_by=("Book-keeper", "Secretary", "President"),
    columns=(
        Column("member", "Member no.", head="No.", mm=9),
        Column("name", "Member", mm=44),
        Column("name_local", "Name in the second script", mm=0),
        Column("joined", "Joined", Kind.DATE, mm=19),
        Column("left", "Left", Kind.DATE, mm=19),
        Column("office", "Office", mm=22),
        Column("gender", "Gender", mm=14),
        Column("caste", "Caste category", head="Category", mm=19),
        Column("poverty", "Poverty category", head="Poverty line", mm=18),
        Column("phone", "Phone", mm=23),
        Column("nominee", "Nominee"),
        Column("kyc", "KYC", mm=46),
        Column("language", "Language", mm=0),
    ),
)

_CATEGORIES = {
    "SC": Say("SC"),
    "ST": Say("ST"),
    "OBC": Say("OBC"),
    "GENERAL": Say("GENERAL"),
    "BPL": Say("BPL"),
    "APL": Say("APL"),
}
"""The words of the monitoring formats; what else a group writes stands as it wrote it."""


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """Every member there ever was, by number; of her KYC numbers only the ends."""
    for one in members(tx, asked.entity):
        yield {
            "member": one.number,
            "name": Person(one.name, one.name_local),
            "name_local": one.name_local,
            "joined": one.joined,
            "left": one.left,
            "office": Say(one.office),
            "gender": Say(one.gender),
            "caste": _CATEGORIES.get(one.caste, one.caste),
            "poverty": _CATEGORIES.get(one.poverty, one.poverty),
            "phone": one.phone,
            "nominee": one.nominee,
            "kyc": masked(one.kyc),
            "language": one.language,
        }
