"""The icons: drawn lines, in the colour of the text beside them, at the size of the device."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_LINES: Final = {
    "home": ('<path d="M2.5 7.2 8 2.5l5.5 4.7"/><path d="M4 6.5v7h8v-7"/><path d="M6.7 13.5V9.7h2.6v3.8"/>'),
    "meeting": (
        '<circle cx="6" cy="5.2" r="2.2"/>'
        '<path d="M2 13c.3-2.6 1.9-4 4-4s3.7 1.4 4 4"/>'
        '<path d="M10.2 3.3a2.1 2.1 0 0 1 0 3.9"/>'
        '<path d="M11.6 9.3c1.4.5 2.2 1.7 2.4 3.7"/>'
    ),
    "vouchers": ('<path d="M3.5 2.5h9v11l-1.5-1-1.5 1-1.5-1-1.5 1-1.5-1-1.5 1z"/><path d="M6 5.5h4M6 8h4"/>'),
    "registers": (
        '<path d="M8 4c-1.5-1-3.5-1.3-5.5-1v9.5c2-.3 4 0 5.5 1 1.5-1 3.5-1.3 5.5-1V3c-2-.3-4 0-5.5 1z"/>'
        '<path d="M8 4v9.5"/>'
    ),
    "print": ('<path d="M4.5 6V2.5h7V6"/><path d="M4.5 11.5h-2V6h11v5.5h-2"/><path d="M4.5 9.5h7v4h-7z"/>'),
    "tree": (
        '<rect x="2.5" y="2.5" width="4" height="3"/>'
        '<rect x="9" y="6.5" width="4.5" height="3"/>'
        '<rect x="9" y="11" width="4.5" height="3"/>'
        '<path d="M4.5 5.5v7H9M4.5 8H9"/>'
    ),
    "search": ('<circle cx="7" cy="7" r="4.2"/><path d="m10.2 10.2 3.3 3.3"/>'),
    "down": '<path d="m4 6 4 4 4-4"/>',
    "tick": '<path d="m2.5 8.5 3.5 3.5 7.5-8"/>',
    "warning": ('<path d="M8 2.3 14.2 13.5H1.8z"/><path d="M8 6.5v3.3M8 11.6v.2"/>'),
    "calendar": ('<rect x="2.5" y="3.5" width="11" height="10" rx="1"/><path d="M2.5 6.5h11M5.5 2v3M10.5 2v3"/>'),
}


@cache
def icon(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """An icon in a colour, of so many logical pixels, for a device of a ratio."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="{colour}" '
        f'stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round">{_LINES[name]}</svg>'
    )
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture
