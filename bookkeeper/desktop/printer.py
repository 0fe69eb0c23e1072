"""Paper out of a printer: the system's dialogue, and the way the pages take from there.

Where the system has `lp`, it gets the PDF itself, which stays sharp and small; elsewhere each page is drawn as a
picture at the printer's own resolution. A file that the dialogue asks for is the PDF as it is.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from bookkeeper.desktop.paper import POINTS_PER_INCH, Paper
from bookkeeper.errors import Fault, Refused

MOST_DOTS: Final = 600
"""Dots an inch that pages are drawn with at most: more are not to be seen, and take memory."""

_STRIPS: Final = 8
"""A page is drawn in so many strips: whole, it would take 140 MB at 600 dots an inch."""

_PATIENCE: Final = 60

Step = Callable[[int], None]
"""Told how many pages are done; may raise, to stop."""


def names() -> tuple[str, ...]:
    """The printers that the system has, its usual one first. It may take time: off the GUI thread."""
    usual = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name)))


def ready_printer(paper: Paper, title: str, name: str = "", copies: int = 1) -> QPrinter:
    """A printer, without a name the system's usual one, set to the size of these pages."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if name:
        printer.setPrinterName(name)
    printer.setDocName(title)
    printer.setCopyCount(copies)
    width, height = paper.sizes[0]
    size = QPageSize(QPageSize.PageSizeId.A4)
    printer.setPageSize(size)
    across = width > height
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait)
    return printer


def is_asked_for(printer: QPrinter, parent: QWidget) -> bool:
    """Show the system's print dialogue; whether the user wants it printed."""
    return QPrintDialog(printer, parent).exec() == QDialog.DialogCode.Accepted


def send(printer: QPrinter, data: bytes, step: Step, save: Callable[[bytes, Path], None]) -> None:
    """Print the pages of a PDF as the dialogue has them. Off the GUI thread. Raises Refused where the printer will not.

    `save` writes a file that the dialogue asks for; it may refuse the place.
    """
    whole = Paper(data)  # one of its own: what the preview shows is closed as soon as other pages come
    wanted = whole
    try:
        wanted = _wanted(printer, whole)
        if printer.outputFormat() is QPrinter.OutputFormat.PdfFormat and printer.outputFileName():
            save(wanted.data, Path(printer.outputFileName()))
        elif command := shutil.which("lp"):
            _hand_over([command, *_options(printer)], wanted.data)
        else:
            draw(printer, wanted, step)
    finally:
        for paper in (wanted, whole):
            paper.close()


def _wanted(printer: QPrinter, paper: Paper) -> Paper:
    """The pages that the dialogue asks for."""
    if printer.printRange() is not QPrinter.PrintRange.PageRange or not printer.fromPage():
        return paper
    return paper.part(range(printer.fromPage() - 1, min(printer.toPage(), len(paper))))


def _options(printer: QPrinter) -> list[str]:
    sides = {
        QPrinter.DuplexMode.DuplexLongSide: "two-sided-long-edge",
        QPrinter.DuplexMode.DuplexShortSide: "two-sided-short-edge",
        QPrinter.DuplexMode.DuplexNone: "one-sided",
    }
    name = printer.printerName()
    options = ["-n", str(printer.copyCount()), "-t", printer.docName() or "Bookkeeper"]
    options += ["-d", name] if name else []
    options += ["-o", f"sides={sides[printer.duplex()]}"] if printer.duplex() in sides else []
    grey = printer.colorMode() is QPrinter.ColorMode.GrayScale
    return [*options, "-o", "fit-to-page", *(["-o", "print-color-mode=monochrome"] if grey else [])]


def _hand_over(command: list[str], data: bytes) -> None:
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603  # the system's own lp
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Refused(Fault("The printer did not answer.", "Look whether it is on, then print again.")) from error
    if done.returncode:
        raise Refused(Fault("The printer did not take it.", "Choose another printer, or save the pages as PDF."))


def draw(printer: QPrinter, paper: Paper, step: Step) -> None:
    """Draw each page as a picture at the printer's resolution, from edge to edge of the sheet."""
    printer.setResolution(min(printer.resolution(), MOST_DOTS))
    printer.setFullPage(True)
    scale = printer.resolution() / POINTS_PER_INCH
    painter = QPainter()
    try:
        for number, (width, height) in enumerate(paper.sizes):
            step(number)
            _lay(printer, across=width > height)
            if number:
                printer.newPage()
            else:
                _begin(painter, printer)
            _draw_page(painter, paper, number, scale)
    except BaseException:
        if painter.isActive():
            printer.abort()  # half a register is not printed
        raise
    finally:
        if painter.isActive():
            painter.end()


def _begin(painter: QPainter, printer: QPrinter) -> None:
    if not painter.begin(printer):
        raise Refused(Fault("The printer did not begin.", "Look whether it is on, then print again."))


def _draw_page(painter: QPainter, paper: Paper, number: int, scale: float) -> None:
    width, height = paper.sizes[number]
    for strip in range(_STRIPS):
        top, bottom = strip / _STRIPS, (strip + 1) / _STRIPS
        picture = paper.picture(number, scale, (top, bottom))
        painter.drawImage(QRectF(0, top * height * scale, width * scale, (bottom - top) * height * scale), picture)


def _lay(printer: QPrinter, *, across: bool) -> None:
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
