"""Pictures of every page of the window in its states, and what is wrong with them in numbers.

`python -m tests.desktop.screens.render FOLDER SHEET`: a process for each scale and language, since Qt takes the scale
when it begins; the pictures go to FOLDER, some of them small to the contact SHEET.
"""

from __future__ import annotations

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from tests.desktop.screens.states import State
    from tests.desktop.screens.window import Window

SCALES: Final = ("1.5", "1")
"""The one that takes longest comes first."""

LANGUAGES: Final = ("en", "hi", "mr")
THEMES: Final = ("light", "dark")
SIZES: Final = ((1366, 768), (1366, 697), (1024, 600))


class Shot(NamedTuple):
    """A picture: the state, the language, the theme, the size."""

    state: str
    language: str
    theme: str
    width: int
    height: int

    def file_name(self, scale: str) -> str:
        """What its file is called."""
        return f"{self.state}-{self.language}-{self.theme}-{self.width}x{self.height}-{round(float(scale) * 100)}.png"


def shoot(
    folder: Path | None,
    made: Path,
    scale: str,
    *,
    names: Sequence[str] = (),
    languages: Sequence[str] = LANGUAGES,
    themes: Sequence[str] = THEMES,
    sizes: Sequence[tuple[int, int]] = SIZES,
) -> Iterator[str]:
    """Go through the states, picture them where there is a folder, and yield what is wrong, a line each.

    `made` is a folder with the books that the states need.
    """
    from tests.desktop.screens.states import chosen  # noqa: PLC0415  # Qt begins with the scale of its process
    from tests.desktop.screens.window import Window, still_clock  # noqa: PLC0415  # the same

    with tempfile.TemporaryDirectory() as own, still_clock():
        window = Window(Path(own), made)
        for language, state in itertools.product(languages, chosen(names)):
            yield from look(window, state, language, list(_ways(window, themes, sizes)), folder, scale)
        window.close()


def _ways(window: Window, themes: Sequence[str], sizes: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int, int]]:
    """The theme that the window has comes first: another one takes longest; the sizes there and back."""
    for there, theme in enumerate(sorted(themes, key=lambda one: one != window.theme)):
        yield from ((theme, width, height) for width, height in (reversed(sizes) if there % 2 else sizes))


def look(
    window: Window,
    state: State,
    language: str,
    ways: Sequence[tuple[str, int, int]],
    folder: Path | None = None,
    scale: str = "1",
) -> Iterator[str]:
    """Reach a state, look at it in each way, and yield what is wrong.

    The books of the state before are gone on with where nothing was typed.
    """
    from tests.desktop.screens.measuring import faults, shortening, unseen, watching  # noqa: PLC0415  # as above

    first, *_ = shots = [Shot(state.name, language, *way) for way in ways]
    window.fit(first.width, first.height)
    window.speak(language)
    window.paint(first.theme)
    with shortening() as short:
        if window.books != state.books or window.is_typed_in:
            window.open_books(state.books)
        try:
            let_go = state.reach(window)
        except Exception as error:  # noqa: BLE001  # told with all others
            yield f"{state.name} {language}: cannot be reached: {type(error).__name__}: {error}"
            return
        window.settle()
        for shot in shots:
            window.paint(shot.theme)
            window.fit(shot.width, shot.height)
            where = f"{shot.state} {language} {shot.theme} {shot.width}x{shot.height} at {scale}"
            if (window.shell.width(), window.shell.height()) != (shot.width, shot.height):
                yield f"{where}: the window cannot be so small: it is {window.shell.width()}x{window.shell.height()}"
            with watching() as ink:
                picture = window.shell.grab()
            if folder is not None:
                # With less of an effort than Qt makes unasked, a fifth larger.
                plain = picture.toImage().convertToFormat(QImage.Format.Format_RGB888)
                plain.save(str(folder / shot.file_name(scale)), quality=85)
            wrong = [*faults(window.shell, ink, short), *unseen(window.shell, ink, state.sees)]
            yield from (f"{where}: {fault}" for fault in wrong)
        if callable(let_go):
            let_go()
    window.close_overlays()


def main(arguments: Sequence[str]) -> int:
    """Render all, in processes side by side; the exit status is 1 where something is wrong."""
    asks = argparse.ArgumentParser()
    asks.add_argument("folder", type=Path)
    asks.add_argument("sheet", type=Path, nargs="?")
    asks.add_argument("--scale", default="")
    asks.add_argument("--made", type=Path, help="where the books lie already")
    for name in (*_CHOICES, "sizes"):
        asks.add_argument(f"--{name}", default="")
    asks.add_argument("--no-pictures", action="store_true")
    asked = asks.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    if asked.made:
        return _render(asked)
    if not asked.states:
        for former in asked.folder.glob("*.png"):
            former.unlink()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as made:
        status = _side_by_side(asked, Path(made))
    if asked.sheet:
        from tests.desktop.screens.contact import write_contact_sheet  # noqa: PLC0415  # not in each process

        write_contact_sheet(asked.folder, asked.sheet)
    count = len(list(asked.folder.glob("*.png")))
    print(f"{asked.folder}: {count} pictures in {time.monotonic() - begun:.0f} s")
    return status


_CHOICES: Final = ("states", "languages", "themes")


def _side_by_side(asked: argparse.Namespace, made: Path) -> int:
    """A process for each scale and language, as many at once as there are cores; all on the same books."""
    from tests.desktop.screens.states import chosen  # noqa: PLC0415  # not in each process
    from tests.desktop.screens.window import make_books, still_clock  # noqa: PLC0415  # the same

    with still_clock():
        make_books(made, {state.books for state in chosen(_listed(asked.states))})
    more = [word for name in ("states", "themes", "sizes") if (value := getattr(asked, name))
            for word in (f"--{name}", value)]  # fmt: skip
    more += ["--no-pictures"] if asked.no_pictures else []
    ways = itertools.product([asked.scale] if asked.scale else SCALES, _listed(asked.languages) or LANGUAGES)

    def run(way: tuple[str, str]) -> int:
        scale, language = way
        one = command(asked.folder, made, scale, "--languages", language, *more)
        return subprocess.run(one, env=environment(scale), check=False).returncode

    with ThreadPoolExecutor(os.cpu_count()) as at_once:
        return int(any(set(at_once.map(run, ways)) - {0}))  # a crash is less than nought


def _listed(names: str) -> list[str]:
    return [name for name in names.split(",") if name]


def command(folder: Path, made: Path, scale: str, *more: str) -> list[str]:
    """What renders one scale."""
    module = "tests.desktop.screens.render"
    return [sys.executable, "-m", module, str(folder), "--made", str(made), "--scale", scale, *more]


def environment(scale: str) -> dict[str, str]:
    """Offscreen, at a scale."""
    return os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": scale,
        "QT_LOGGING_RULES": "qt.text.*=false",
    }


def _render(asked: argparse.Namespace) -> int:
    sizes = [tuple(int(side) for side in size.split("x")) for size in _listed(asked.sizes)]
    wrong = 0
    for fault in shoot(
        None if asked.no_pictures else asked.folder,
        asked.made,
        asked.scale,
        names=_listed(asked.states),
        languages=_listed(asked.languages) or LANGUAGES,
        themes=_listed(asked.themes) or THEMES,
        sizes=sizes or SIZES,  # type: ignore[arg-type]  # pairs
    ):
        print(fault, flush=True)
        wrong += 1
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
