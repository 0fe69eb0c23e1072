"""A register of any length streams: memory does not grow with its rows."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = 30_000
MEGABYTES = 100

PROGRAM = """
import sys
from pathlib import Path
from bookkeeper.report import *
from bookkeeper.words import language
medium, count, out = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
columns = (Column("date", "Date", Kind.DATE), Column("voucher", "Voucher"), Column("particulars", "Particulars"),
           Column("debit", "Debit", Kind.MONEY, Total.SUM), Column("credit", "Credit", Kind.MONEY, Total.SUM))
rows = ({"date": "2023-11-05", "voucher": f"R{n}/2023-24", "particulars": f"Savings of member {n}", "debit": n * 7}
        for n in range(count))
heading = Heading("SHG1", Person("Savitri"), Person("Kudal"), "2023-04-01", "2024-03-31", None)
report = Report("day-book", Register("Day book", columns, carry=True, landscape=True), heading, columns, rows)
if medium == "pdf":
    from bookkeeper.printing.paper import write_pdf
    write_pdf([report], language("en"), out)
elif medium == "xlsx":
    from bookkeeper.printing.workbook import write_xlsx
    write_xlsx(report, language("en"), out)
else:
    from bookkeeper.printing import data, plain
    with out.open("w", encoding="utf-8", newline="") as stream:
        write = {"json": data.write_json, "csv": data.write_csv, "text": plain.write_text}[medium]
        write(report, language("en"), stream)
with open("/proc/self/status") as status:  # getrusage would take over the peak of the process that started this one
    print(next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM")))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
@pytest.mark.parametrize("medium", ["json", "csv", "text", "xlsx", "pdf"])
def test_memory_does_not_grow_with_the_rows(tmp_path: Path, medium: str) -> None:
    def peak(rows: int) -> int:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, medium, str(rows), str(tmp_path / "out")],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        return int(done.stdout)

    few, many = peak(1_000), peak(ROWS)
    assert many < MEGABYTES
    assert many - few < 20
