"""Adding a register is one file; adding a kind of entity is one folder."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pypdf
import pytest

from tests.cli.conftest import MEMBERS, VOUCHERS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]

REGISTER = '''
"""Heads in use: a register that was dropped into the folder."""

from bookkeeper.ledger.accounts import chart_of
from bookkeeper.ledger.balances import balance_at
from bookkeeper.report import Ask, Column, Kind, Register, Say, Total

REGISTER = Register(
    title="Heads in use",
    columns=(Column("account", "Account"), Column("debit", "Debit", Kind.MONEY, Total.SUM, mm=30)),
    asks=(Ask.AS_OF,),
)


def rows(tx, asked):
    """Every account that stands in debit."""
    for account in chart_of(tx, asked.entity.id).accounts:
        balance = balance_at(tx, asked.entity.id, account.id, asked.as_of)
        if balance > 0:
            yield {"account": Say(account.name), "debit": balance}
'''

KIND = """
name = "Producer group"
registers = ["cash-book"]
member_roles = []
loan_roles = []
savings_roles = []
signed_by = ["Treasurer", "President"]

[series]
receipt = "R"
payment = "P"
"""

CHART = """
[[account]]
code = "1"
name = "Cash in hand"
group = "asset"
role = "cash"
folio = "1"

[[account]]
code = "2"
name = "Sale of kokum"
group = "income"
folio = "2"
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program, to be added to."""
    for folder in ("bookkeeper", "resources"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def call(copy: Path, *arguments: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(copy)}
    whole = [sys.executable, "-m", "bookkeeper", "--books", "g.books", *arguments]
    done = subprocess.run(whole, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_register_is_one_file_and_comes_in_five_media(copy: Path) -> None:
    (copy / "bookkeeper" / "registers" / "heads_in_use.py").write_text(REGISTER, encoding="utf-8")
    (copy / "members.csv").write_text(MEMBERS, encoding="utf-8")
    (copy / "vouchers.csv").write_text(VOUCHERS, encoding="utf-8")
    call(copy, "new", "g.books")
    call(copy, "entity", "add", "SHG1", "--name", "Savitri", "--kind", "shg", "--starts", "2024-04-01")
    call(copy, "member", "import", "SHG1", "members.csv")
    call(copy, "post", "SHG1", "vouchers.csv")
    assert "heads-in-use" in call(copy, "report", "--list")
    # 200.00 saved less 20.00 for the minute book is 180.00 in hand; 180.00 + 20.00 = 200.00
    assert "180.00" in call(copy, "report", "heads-in-use")
    found = json.loads(call(copy, "report", "heads-in-use", "--format", "json"))
    assert found["rows"] == [
        {"account": "Cash in hand", "debit": "180.00"},
        {"account": "Stationery", "debit": "20.00"},
    ]
    assert found["totals"] == {"debit": "200.00"}
    table = list(csv.reader(io.StringIO(call(copy, "report", "heads-in-use", "--format", "csv"))))
    assert table[1:] == [["Cash in hand", "180.00"], ["Stationery", "20.00"]]
    call(copy, "report", "heads-in-use", "--format", "xlsx", "--out", "h.xlsx")
    sheet = openpyxl.load_workbook(copy / "h.xlsx").active
    assert sheet is not None
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == [180, 20]
    call(copy, "report", "heads-in-use", "--format", "pdf", "--out", "h.pdf")
    text = pypdf.PdfReader(copy / "h.pdf").pages[0].extract_text()
    assert "Heads in use" in text
    assert "200.00" in text


def test_a_kind_of_entity_is_one_folder(copy: Path) -> None:
    folder = copy / "resources" / "kinds" / "producers"
    folder.mkdir()
    (folder / "kind.toml").write_text(KIND, encoding="utf-8")
    (folder / "chart.toml").write_text(CHART, encoding="utf-8")
    (copy / "v.csv").write_text(
        "voucher,date,kind,account,debit,credit\n1,2024-05-01,receipt,cash,75.50,\n1,2024-05-01,receipt,2,,75.50\n",
        encoding="utf-8",
    )
    call(copy, "new", "g.books")
    call(copy, "entity", "add", "PG", "--name", "Kokum producers", "--kind", "producers", "--starts", "2024-04-01")
    assert call(copy, "post", "PG", "v.csv") == "R1/2024-25\n"
    assert "Sale of kokum" in call(copy, "report", "cash-book")
    assert "all is as it should be" in call(copy, "verify")


PRODUCT = """
[[product]]
key = "sewing"
name = "Sewing machine loan"
rate = "18"
method = "flat"
instalments = 6
"""


def test_a_loan_product_is_one_table_in_a_file(copy: Path) -> None:
    products = copy / "resources" / "kinds" / "shg" / "loan_products.toml"
    products.write_text(products.read_text("utf-8") + PRODUCT, "utf-8")
    (copy / "members.csv").write_text(MEMBERS, encoding="utf-8")
    saves = {"member": "1", "present": True, "savings": "2000"}
    lends = {"member": "2", "present": True, "new_loan": {"principal": "1200", "product": "sewing"}}
    (copy / "1.json").write_text(json.dumps({"date": "2024-04-05", "rows": [saves, lends]}), "utf-8")
    pays = {"member": "2", "present": True, "repayment": "218"}
    (copy / "2.json").write_text(json.dumps({"date": "2024-05-05", "rows": [pays]}), "utf-8")
    call(copy, "new", "g.books")
    call(copy, "entity", "add", "SHG1", "--name", "Savitri", "--kind", "shg", "--starts", "2024-04-01")
    call(copy, "member", "import", "SHG1", "members.csv")
    # 1,200 in six of 200, with 1.5 % of 1,200 of interest in each
    quoted = json.loads(call(copy, "loan", "quote", "--product", "sewing", "--principal", "1200"))
    assert [row["instalment"] for row in quoted["instalments"]] == ["218.00"] * 6
    for sheet in ("1.json", "2.json"):
        call(copy, "meeting", "post", "SHG1", sheet)
    [loan] = json.loads(call(copy, "report", "loan-register", "--entity", "SHG1", "--format", "json"))["rows"]
    assert (loan["product"], loan["product_name"], loan["outstanding"]) == ("sewing", "Sewing machine loan", "1000.00")
    assert "all is as it should be" in call(copy, "verify")
