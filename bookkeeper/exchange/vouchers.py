"""Vouchers from a user's file: CSV with one row a posting, or JSON."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bookkeeper.errors import BadInput, Fault
from bookkeeper.exchange.faults import Faults
from bookkeeper.exchange.source import digest, read_bytes, text_of
from bookkeeper.exchange.vouchers_csv import vouchers_of_csv
from bookkeeper.exchange.vouchers_json import vouchers_of_json
from bookkeeper.rules.voucher import Voucher

_TAKEN = "Vouchers are taken as CSV (.csv) or JSON (.json)."


@dataclass(frozen=True, slots=True)
class VoucherFile:
    """The vouchers of a file in its order, the SHA-256 of its bytes, and its name as the user gave it."""

    vouchers: tuple[Voucher, ...]
    digest: str
    name: str


def read_vouchers(path: Path) -> VoucherFile:
    """Read all vouchers of a file. Raises BadInput with everything that is wrong in it."""
    file = str(path)
    data = read_bytes(path)
    text = text_of(data, file)
    faults = Faults(file)
    read = vouchers_of_json if _is_json(path, text) else vouchers_of_csv
    vouchers = read(text, faults)
    faults.refuse_if_any()
    if not vouchers:
        raise BadInput(Fault("there are no vouchers in it.", "Look whether it is the right file."), file=file)
    return VoucherFile(vouchers, digest(data), file)


def _is_json(path: Path, text: str) -> bool:
    """By the file's ending, else by what stands in it."""
    ending = path.suffix.lower()
    if ending in {".csv", ".json"}:
        return ending == ".json"
    head = text.lstrip().partition("\n")[0]
    if head.startswith(("[", "{")):
        return True
    if "voucher" in head and any(mark in head for mark in ",;\t"):
        return False
    raise BadInput(Fault("this is no file of vouchers.", _TAKEN), file=str(path))
