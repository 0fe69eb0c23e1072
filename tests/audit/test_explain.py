"""`explain` tells all that is known of one voucher; `doctor` how the file is."""

import json
from pathlib import Path

import pytest

from bookkeeper import registers
from bookkeeper.commands import audit
from bookkeeper.commands.act import open_office
from bookkeeper.errors import BadInput, Refused
from bookkeeper.words import language


def explained(path: Path, name: str) -> dict[str, object]:
    office = open_office(path)
    try:
        found = audit.explain(office, "SHG1", name)
    finally:
        office.close()
    text = json.dumps(found, ensure_ascii=False, default=language("en").text)
    return dict(json.loads(text))


def test_a_voucher_is_explained(sound: Path) -> None:
    found = explained(sound, "R1/2022-23")
    voucher, link, act, entered = (found[key] for key in ("voucher", "link", "act", "entered"))
    assert isinstance(voucher, dict)
    assert isinstance(link, dict)
    assert isinstance(act, dict)
    assert isinstance(entered, dict)
    assert voucher["date"] == "2022-04-05"
    assert voucher["postings"][0] == {"debit": "250.00", "credit": "0.00", "account": "1001"}
    assert voucher["postings"][1] == {"debit": "0.00", "credit": "50.00", "account": "2001", "member": "1"}
    assert voucher["attachments"] == [{"sha256": "ab" * 32, "name": "पावती.jpg"}]
    assert link["sequence"] == 2
    assert len(link["hash"]) == 64
    assert (act["act"], act["pc"], entered["key"]) == ("post", "counter", "key-003")
    assert found["reverses"] is found["reversed_by"] is None


def test_a_reversal_and_what_it_reverses_name_each_other(sound: Path) -> None:
    assert explained(sound, "J1/2022-23")["reversed_by"] == "J2/2022-23"
    mirror = explained(sound, "J2/2022-23")
    assert mirror["reverses"] == "J1/2022-23"
    assert isinstance(mirror["act"], dict)
    assert mirror["act"]["act"] == "reverse"


def test_each_register_row_of_a_voucher_is_shown(sound: Path) -> None:
    """Every register with vouchers by day that is there; amounts are rupees as text."""
    rows = explained(sound, "C1/2022-23")["rows"]
    assert isinstance(rows, list)
    for entry in rows:
        assert entry["row"]["voucher"] == "C1/2022-23"
        assert "10000" not in entry["row"].values()
    names = {entry["register"] for entry in rows}
    there = {"cash-book", "day-book", "general-ledger"} & set(registers.names())
    assert there <= names


@pytest.mark.parametrize("name", ["R1", "R1/2022-24", "", "x"])
def test_what_names_no_voucher_is_refused(sound: Path, name: str) -> None:
    with pytest.raises(BadInput):
        explained(sound, name)


def test_a_voucher_that_is_not_there_is_refused(sound: Path) -> None:
    with pytest.raises(Refused, match="no voucher R99/2022-23"):
        explained(sound, "R99/2022-23")


def test_doctor_tells_how_the_file_is(sound: Path) -> None:
    facts = audit.doctor(sound)
    told = dict(facts)
    assert len(told) == len(facts), "each name once: the command line makes an object of it"
    assert told["fit for use"] == "yes"
    assert told["journal mode"] == "wal"
    assert told["rows of voucher"] == "94"
    assert told["sums"] == "equal the journal"
    assert told["newest links"].startswith("SHG1 32:")
    assert any(
        "posting" in value or "sum_year" in value for name, value in facts if name.startswith("trial balance, plan")
    )
