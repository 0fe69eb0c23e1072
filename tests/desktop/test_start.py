"""What is loaded before the window stands: nothing that only books, pages and paper need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_STANDS = """
import sys
from bookkeeper.desktop import app
from bookkeeper.desktop.desk import Desk
from bookkeeper.desktop.shell import Shell

made = app.application()
shell = Shell(Desk(app.settings()))
shell.show()
made.processEvents()
assert shell.isVisible() and shell.grab().width() > 1000
unwanted = {"sqlalchemy", "sqlite3", "bookkeeper.commands", "bookkeeper.registers", "reportlab", "fontTools",
            "openpyxl", "xlsxwriter", "uharfbuzz", "pypdfium2", "babel", "bookkeeper.desktop.pages", "asyncio", "ssl"}
print(sorted(unwanted & set(sys.modules)))
shell.desk.close()
"""


def test_the_window_stands_before_anything_is_loaded_that_it_does_not_need(tmp_path: Path) -> None:
    run = [sys.executable, "-c", _STANDS]
    environment = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(run, capture_output=True, text=True, check=False, timeout=60, env=environment)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr
