"""The icons: drawn lines, in the colour of the text beside them, at the size of the device."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_LINES: Final = {
    "home": '<path d="M2.5 7.2 8 2.5l5.5 4.7"/><path d="M4 6.5v7h8v-7"/><path d="M6.7 13.5V9.7h2.6v3.8"/>',
    "meeting": '<circle cx="6" cy="5.2" r="2.2"/><path d="M2 13c.3-2.6 1.9-4 4-4s3.700 1.400 4 4"/>'
    '<path d="M10.200 3.300a2.100 2.100 0 0 1 0 3.900"/><path d="M11.600 9.300c1.400.5 2.200 1.700 2.400 3.700"/>',
    "vouchers": '<path d="M3.500 2.500h9v11l-1.500-1-1.500 1-1.500-1-1.500 1-1.500-1-1.500 1z"/><path d="M6 5.500h4M6 8h4"/>',
    "registers": '<path d="M8 4c-1.500-1-3.500-1.300-5.500-1v9.500c2-.3 4 0 5.500 1 1.500-1 3.500-1.300 5.500-1V3c-2-.3-4 0-5.500 1z"/>'
    '<path d="M8 4v9.500"/>',
    "print": '<path d="M4.500 6V2.500h7V6"/><path d="M4.500 11.500h-2V6h11v5.500h-2"/><path d="M4.500 9.500h7v4h-7z"/>',
    "tree": '<rect x="2.500" y="2.500" width="4" height="3"/><rect x="9" y="6.500" width="4.500" height="3"/>'
    '<rect x="9" y="11" width="4.500" height="3"/><path d="M4.500 5.500v7H9M4.500 8H9"/>',
    "search": '<circle cx="7" cy="7" r="4.200"/><path d="m10.200 10.200 3.300 3.300"/>',
    "down": '<path d="m4 6 4 4 4-4"/>',
    "tick": '<path d="m2.500 8.500 3.500 3.500 7.500-8"/>',
    "warning": '<path d="M8 2.300 14.200 13.500H1.800z"/><path d="M8 6.500v3.300M8 11.600v.2"/>',
    "calendar": '<rect x="2.500" y="3.500" width="11" height="10" rx="1"/><path d="M2.500 6.500h11M5.500 2v3M10.500 2v3"/>',
}  # fmt: skip


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
