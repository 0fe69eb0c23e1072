"""The contract in pyproject.toml has teeth: on a house of empty rooms it is kept, and each wall crossed breaks it.

That the real rooms keep it is `lint-imports`, which `make check` and `make test` run.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]

FLOORS = "the floors of the house"
BOOKS = "no book reads another's pages; some gather them"
REGISTERS = "registers stand alone"
PURE = "the pure floors are pure"
DOOR = "one door to the journal"
QT = "Qt in the window alone"
REPORTLAB = "ReportLab in printing.paper alone"
PRINTING = "printing knows no accounting"
WINDOW = "the window knows no books, but by commands"

# room that oversteps, what it imports, what must break
SEEDS = [
    ("rules.money", "bookkeeper.definitions.kind", {FLOORS}),
    ("report", "bookkeeper.words", {FLOORS}),
    ("store.engine", "bookkeeper.ledger.balances", {FLOORS}),
    ("ledger.balances", "bookkeeper.books.members", {FLOORS}),
    ("commands.reports", "bookkeeper.cli", {FLOORS}),
    ("registers.cash_book", "bookkeeper.audit", {FLOORS}),
    ("oddments", "bookkeeper.errors", {FLOORS}),  # a room that has no floor
    ("books.members", "bookkeeper.books.loans", {BOOKS}),
    ("books.loans", "bookkeeper.books.savings", {BOOKS}),
    ("books.oddments", "bookkeeper.errors", {BOOKS}),
    ("registers.cash_book", "bookkeeper.registers.day_book", {REGISTERS}),
    ("rules.money", "sqlalchemy", {PURE}),
    ("words", "sqlite3", {PURE}),
    ("errors", "PySide6.QtCore", {PURE, QT}),
    ("books.loans", "bookkeeper.ledger.post", {DOOR}),
    ("exchange.vouchers", "bookkeeper.ledger.post", {DOOR}),
    ("registers.cash_book", "bookkeeper.ledger.post", {DOOR}),
    ("cli.report", "PySide6.QtWidgets", {QT}),
    ("printing.workbook", "reportlab.pdfgen", {REPORTLAB}),
    ("report", "reportlab", {PURE, REPORTLAB}),
    ("printing.paper.draw", "bookkeeper.registers.cash_book", {PRINTING}),
    ("printing.workbook", "sqlalchemy", {PRINTING}),
    ("printing.workbook", "bookkeeper.store.engine", {PRINTING}),
    ("desktop.shell", "bookkeeper.store.engine", {WINDOW}),
    ("desktop.pages.meeting", "bookkeeper.books.meetings", {WINDOW}),
    ("desktop.desk", "bookkeeper.ledger.balances", {WINDOW}),
    ("desktop.runner", "sqlalchemy", {WINDOW}),
    ("commands.sheets", "bookkeeper.desktop.desk", {FLOORS}),
]

ALLOWED = [
    ("desktop.shell", "PySide6.QtWidgets"),
    ("desktop.pages.meeting", "bookkeeper.commands.meetings"),
    ("printing.paper.draw", "reportlab.pdfgen"),
    ("commands.vouchers", "bookkeeper.ledger.post"),
    ("ledger.reverse", "bookkeeper.ledger.post"),
    ("store.engine", "sqlalchemy"),
]


def room(house: Path, name: str, imports: str | None = None) -> None:
    """Build a room, and every room on the way to it."""
    *floors, module = name.split(".")
    here = house / "bookkeeper"
    for floor in ["", *floors]:
        here /= floor
        here.mkdir(exist_ok=True)
        (here / "__init__.py").touch()
    file = here / module / "__init__.py" if (here / module).is_dir() else here / f"{module}.py"
    with file.open("a", encoding="utf-8") as text:
        text.write(f"import {imports}\n" if imports else "")


def broken(house: Path) -> set[str]:
    (house / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as main; main()"]
    done = subprocess.run([*command, "--no-cache", "--no-logo"], cwd=house, capture_output=True, text=True, check=False)
    found = dict(re.findall(r"^(.+?) (KEPT|BROKEN)\b", done.stdout, re.MULTILINE))
    assert set(found) == {contract["name"] for contract in CONTRACT["contracts"]}, done.stdout + done.stderr
    return {name for name, state in found.items() if state == "BROKEN"}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Empty rooms: those on every floor that stand without brackets, and the rooms that the seeds name."""
    for contract in CONTRACT["contracts"]:
        for container in contract.get("containers", ()):
            for layer in contract["layers"]:
                for name in layer.split(" | "):
                    if not name.startswith("("):
                        room(tmp_path, f"{container}.{name}.__init__".removeprefix("bookkeeper."))
    for _, imports, _ in SEEDS:
        if imports.startswith("bookkeeper.") and imports.count(".") > 1:
            room(tmp_path, imports.removeprefix("bookkeeper."))
    return tmp_path


def test_the_empty_house_keeps_its_contract(house: Path) -> None:
    for name, imports in ALLOWED:
        room(house, name, imports)
    assert broken(house) == set()


@pytest.mark.parametrize(("name", "imports", "breaks"), SEEDS, ids=lambda seed: seed if isinstance(seed, str) else "")
def test_a_wall_crossed_is_seen(house: Path, name: str, imports: str, breaks: set[str]) -> None:
    room(house, name, imports)
    assert broken(house) == breaks
