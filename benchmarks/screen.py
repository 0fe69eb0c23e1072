"""A screen of its own for whole programs with a window: when their main window is there, and when it is drawn."""

from __future__ import annotations

import ctypes
import ctypes.util
import mmap
import os
import re
import shutil
import signal
import struct
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

WIDTH, HEIGHT = 1366, 768
LOOKS_EVERY = 0.004
QUIET, PATIENCE = 0.8, 25.0
"""Seconds without a change after which a window with its books is drawn, and after which we no longer wait for it."""
EVERY_ROW, CHUNK = 8, 256
ALMOST = 0.01
"""So much of the screen may differ from what it becomes: a cursor blinks."""


class NoScreen(Exception):
    """There is no Xvfb, or no libX11 to ask it; the text says which."""


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the start of the process until its main window is there, and until it is drawn to the last."""

    mapped: float
    drawn: float


class _Attributes(ctypes.Structure):
    """XWindowAttributes as far as we read it, and room for the rest."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("x", "y", "width", "height", "border", "depth")),
        ("visual", ctypes.c_void_p),
        ("root", ctypes.c_ulong),
        *((name, ctypes.c_int) for name in ("kind", "bit_gravity", "win_gravity", "backing_store")),
        *((name, ctypes.c_ulong) for name in ("backing_planes", "backing_pixel")),
        ("save_under", ctypes.c_int),
        ("colormap", ctypes.c_ulong),
        ("map_installed", ctypes.c_int),
        ("map_state", ctypes.c_int),
        ("rest", ctypes.c_long * 16),
    )


_VIEWABLE = 2
_HANDLER = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_pass_over = _HANDLER(lambda _display, _error: 0)  # a window may go while we ask about it


class Screen:
    """An Xvfb in a folder, whose picture lies in a file, so that looking at it does not ask it for anything."""

    def __init__(self, folder: Path) -> None:
        if shutil.which("Xvfb") is None:
            raise NoScreen("Xvfb is not installed (Debian: apt-get install xvfb)")
        name = ctypes.util.find_library("X11")
        if name is None:
            raise NoScreen("libX11 is not installed (Debian: apt-get install libx11-6)")
        self._x: Any = ctypes.CDLL(name)
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XInternAtom.restype = ctypes.c_ulong
        self._x.XSetErrorHandler(_pass_over)
        self._process, self.display = _started(folder)
        self._open = ctypes.c_void_p(self._x.XOpenDisplay(self.display.encode()))
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._open))
        self._name = ctypes.c_ulong(self._x.XInternAtom(self._open, b"_NET_WM_NAME", 0))
        with (folder / "Xvfb_screen0").open("rb") as file:
            self._picture = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        head = struct.unpack(">25I", self._picture[:100])  # an XWD file: length of its head, of a line, colours
        self._line = head[12]
        self._begin = head[0] + head[19] * 12

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._x.XCloseDisplay(self._open)
        self._process.terminate()
        self._process.wait()

    def start(self, command: Sequence[str], title: str, opened: str, environment: Mapping[str, str]) -> Start | None:
        """Start a program, and end it when its main window is drawn; None where none comes.

        The main window has that `title`, and at last, with its books, the title `opened`.
        """
        process = subprocess.Popen(
            command,
            env={**environment, "DISPLAY": self.display},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            return self._watch(title, opened)
        finally:
            for number in (signal.SIGTERM, signal.SIGKILL):
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, number)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(2)

    def _watch(self, title: str, opened: str) -> Start | None:
        mapped, is_open = 0.0, False
        began = last = now = time.perf_counter()
        looks = [(0.0, self._look())]
        while now - began < PATIENCE and (not is_open or now - last < QUIET):
            now = time.perf_counter()
            if not is_open:
                titles = self._titles()
                is_open, last = any(re.search(opened, one) for one in titles), now
                if not mapped and any(re.search(title, one) for one in titles):
                    mapped = now - began
            look = self._look()
            if _differ(look, looks[-1][1]) > ALMOST:
                looks.append((now - began, look))
                last = now
            time.sleep(LOOKS_EVERY)
        return Start(mapped, max(_drawn(looks), mapped)) if mapped and is_open else None

    def _look(self) -> bytes:
        """Every eighth line of the picture."""
        begin, line = self._begin, self._line
        rows = range(begin, begin + HEIGHT * line, EVERY_ROW * line)
        return b"".join(self._picture[row : row + WIDTH * 4] for row in rows)

    def _titles(self) -> list[str]:
        """The titles of the windows that can be seen and are as wide as a main window."""
        root, parent = ctypes.c_ulong(), ctypes.c_ulong()
        windows, count = ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_uint()
        told = [ctypes.byref(one) for one in (root, parent, windows, count)]
        self._x.XQueryTree(self._open, self._root, *told)
        found = []
        for place in range(count.value):
            window, has = ctypes.c_ulong(windows[place]), _Attributes()
            self._x.XGetWindowAttributes(self._open, window, ctypes.byref(has))
            if has.map_state == _VIEWABLE and has.width >= 600 and has.height >= 100:
                found.append(self._title(window))
        if count.value:
            self._x.XFree(windows)
        return found

    def _title(self, window: ctypes.c_ulong) -> str:
        sort, form, length, rest = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_ulong(), ctypes.c_ulong()
        text = ctypes.c_void_p()
        told = [ctypes.byref(one) for one in (sort, form, length, rest, text)]
        whole, any_sort = (ctypes.c_long(0), ctypes.c_long(256), 0), ctypes.c_ulong(0)
        self._x.XGetWindowProperty(self._open, window, self._name, *whole, any_sort, *told)
        if not text.value:
            return ""
        found = ctypes.string_at(text.value, length.value if form.value == 8 else 0)
        self._x.XFree(text)
        return found.decode("utf-8", "replace")


def _started(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """An Xvfb, and the number of its display, which it chooses itself."""
    reader, writer = os.pipe()
    size = f"{WIDTH}x{HEIGHT}x24"
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", size, "-fbdir", str(folder), "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=(writer,), stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as said:
        number = said.readline().strip()
    if not number:
        raise NoScreen("Xvfb does not start")
    return process, f":{number}"


def _drawn(looks: Sequence[tuple[float, bytes]]) -> float:
    """From when on the picture is as it is at last."""
    since, final = looks[-1]
    for at, look in reversed(looks):
        if _differ(look, final) > ALMOST:
            break
        since = at
    return since


def _differ(one: bytes, other: bytes) -> float:
    """Which part of two pictures is not the same."""
    if one == other:
        return 0.0
    places = range(0, len(one), CHUNK)
    return sum(one[at : at + CHUNK] != other[at : at + CHUNK] for at in places) / len(places)
