"""From the start of the process to the window: Bookkeeper, GnuCash and KMyMoney in turn.

Ours opens two years of a group's books, theirs books without a transaction. Against their main windows stands, as the
promise, not our frame but our first page with its figures.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figure import Figure, median, missing, shown
from benchmarks.screen import NoScreen, Screen, Start
from benchmarks.watched import ROOT
from bookkeeper.commands.books import PRACTICE, new_books

RUNS = 5
BEFORE = "before GnuCash's main window"

_GNUCASH = """<?xml version="1.0" encoding="utf-8" ?>
<gnc-v2 xmlns:gnc="http://www.gnucash.org/XML/gnc" xmlns:act="http://www.gnucash.org/XML/act"
 xmlns:book="http://www.gnucash.org/XML/book" xmlns:cd="http://www.gnucash.org/XML/cd"
 xmlns:cmdty="http://www.gnucash.org/XML/cmdty">
<gnc:count-data cd:type="book">1</gnc:count-data>
<gnc:book version="2.0.0"><book:id type="guid">00000000000000000000000000000001</book:id>
<gnc:count-data cd:type="account">2</gnc:count-data>
<gnc:account version="2.0.0"><act:name>Root Account</act:name>
<act:id type="guid">00000000000000000000000000000002</act:id><act:type>ROOT</act:type></gnc:account>
<gnc:account version="2.0.0"><act:name>Cash</act:name><act:id type="guid">00000000000000000000000000000003</act:id>
<act:type>ASSET</act:type><act:commodity><cmdty:space>CURRENCY</cmdty:space><cmdty:id>INR</cmdty:id></act:commodity>
<act:commodity-scu>100</act:commodity-scu>
<act:parent type="guid">00000000000000000000000000000002</act:parent></gnc:account>
</gnc:book></gnc-v2>
"""
_GNUCASH_SETTINGS = """[org/gnucash/GnuCash/dialogs/new-user]
first-startup=false

[org/gnucash/GnuCash/dialogs/tip-of-the-day]
show-at-startup=false

[org/gnucash/GnuCash/general]
prefs-version=4013
"""
_NOTHING = 'opened="2024-04-01" lastmodified="" lastreconciled="" number="" institution="" description=""'
_KMYMONEY = f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE KMYMONEY-FILE>
<KMYMONEY-FILE>
<FILEINFO><CREATION_DATE date="2024-04-01"/><LAST_MODIFIED_DATE date="2024-04-01"/><VERSION id="1"/>
<FIXVERSION id="6"/></FILEINFO>
<USER name="" email=""><ADDRESS street="" city="" county="" zipcode="" telephone=""/></USER>
<INSTITUTIONS count="0"/><PAYEES count="0"/><COSTCENTERS count="0"/><TAGS count="0"/>
<ACCOUNTS count="5">
<ACCOUNT id="AStd::Asset" name="Asset" type="9" currency="INR" parentaccount="" {_NOTHING}/>
<ACCOUNT id="AStd::Liability" name="Liability" type="10" currency="INR" parentaccount="" {_NOTHING}/>
<ACCOUNT id="AStd::Expense" name="Expense" type="13" currency="INR" parentaccount="" {_NOTHING}/>
<ACCOUNT id="AStd::Income" name="Income" type="12" currency="INR" parentaccount="" {_NOTHING}/>
<ACCOUNT id="AStd::Equity" name="Equity" type="16" currency="INR" parentaccount="" {_NOTHING}/>
</ACCOUNTS><TRANSACTIONS count="0"/>
<KEYVALUEPAIRS><PAIR key="kmm-baseCurrency" value="INR"/></KEYVALUEPAIRS>
<SCHEDULES count="0"/><SECURITIES count="0"/>
<CURRENCIES count="1"><CURRENCY id="INR" name="Indian Rupee" symbol="Rs" type="3" saf="100" scf="100" pp="4"
 rounding-method="7"/></CURRENCIES>
<PRICES count="0"/><REPORTS count="0"/><BUDGETS count="0"/><ONLINEJOBS count="0"/>
</KMYMONEY-FILE>
"""
_KMYMONEY_SETTINGS = "[TipOfDay]\nRunOnStart=false\n"


@dataclass(frozen=True, slots=True)
class Program:
    """A program: its main window's title, at first and with books; what makes books and command for a run."""

    name: str
    title: str
    opened: str
    books: Callable[[Path, int], list[str]]


def figures(folder: Path) -> Iterator[Figure]:
    """The lines of the start: the frame, and the page with its figures, beside the rivals."""
    folder.mkdir(exist_ok=True)
    ours = Program("Bookkeeper", "Bookkeeper$", " · Bookkeeper$", _our_books)
    rivals = [
        Program("GnuCash", "- GnuCash$", "^small-.*- GnuCash$", _gnucash_books),
        Program("KMyMoney", "KMyMoney$", "^small-.*KMyMoney$", _kmymoney_books),
    ]
    there = [ours, *(one for one in rivals if shutil.which(one.name.lower()))]
    try:
        found = _measured(folder, there)
    except NoScreen as error:
        yield missing("start of the window", str(error), BEFORE)
        return
    yield from _lines(found)


def _lines(found: dict[str, list[Start]]) -> Iterator[Figure]:
    ours, others = found["Bookkeeper"], {name: one for name, one in found.items() if name != "Bookkeeper" and one}
    if not ours:
        yield missing("start of the window", "no window came", BEFORE)
        return
    for what, of, promised in (("the frame stands", _mapped, "–"), ("the first page is drawn", _drawn, BEFORE)):
        seconds = median([of(one) for one in ours])
        medians = {name: median([_mapped(one) for one in runs]) for name, runs in others.items()}
        gnucash = medians.get("GnuCash")
        yield Figure(
            f"from the start of the process: {what}",
            shown(seconds),
            ", ".join(f"{name}'s main window {shown(t)}" for name, t in medians.items()) or "none is installed",
            f"{gnucash / seconds:.1f} times as fast as GnuCash" if gnucash else "–",
            promised,
            seconds < gnucash if gnucash and promised == BEFORE else None,
        )


def _mapped(start: Start) -> float:
    return start.mapped


def _drawn(start: Start) -> float:
    return start.drawn


def _measured(folder: Path, programs: list[Program]) -> dict[str, list[Start]]:
    """In turn, so that what else the machine does falls on all of them; the first round warms the disk's cache."""
    found: dict[str, list[Start]] = {program.name: [] for program in programs}
    with Screen(folder) as screen:
        for run in range(RUNS + 1):
            for program in programs:
                home = folder / program.name
                home.mkdir(exist_ok=True)
                started = screen.start(program.books(home, run), program.title, program.opened, _environment(home))
                if started is not None and run:
                    found[program.name].append(started)
    return found


def _environment(home: Path) -> dict[str, str]:
    """A user who has never been here, on a screen, without a desktop's services."""
    other = ("XDG_", "QT_", "DBUS_", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(other)}
    return kept | {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "GSETTINGS_BACKEND": "keyfile",
        "NO_AT_BRIDGE": "1",
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(home / "compiled"),  # by the first round, as where it was installed
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
    }


def _our_books(home: Path, run: int) -> list[str]:
    path = home / "practice.books"
    if not run:
        home.chmod(0o700)
        new_books(path, PRACTICE).close()
    return [sys.executable, "-m", "bookkeeper", str(path)]


def _gnucash_books(home: Path, run: int) -> list[str]:
    path = home / f"small-{run}.gnucash"  # a new one each time: where one was killed, its lock is still there
    path.write_text(_GNUCASH, encoding="utf-8")
    if not run:
        _write(home / ".config/glib-2.0/settings/keyfile", _GNUCASH_SETTINGS)
    return ["gnucash", str(path)]


def _kmymoney_books(home: Path, run: int) -> list[str]:
    path = home / f"small-{run}.kmy"
    path.write_text(_KMYMONEY, encoding="utf-8")
    if not run:
        for name in (".config/kmymoneyrc", ".config/kmymoney/kmymoneyrc"):
            _write(home / name, _KMYMONEY_SETTINGS)
    return ["kmymoney", str(path)]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
