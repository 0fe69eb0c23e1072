"""Pictures of every page of the window in its states, and what is wrong with them in numbers.

`python -m tests.desktop.screens.render FOLDER SHEET`: a process for each scale, since Qt takes the scale when it
begins; the pictures go to FOLDER, some of them small to the contact SHEET.
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
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from tests.desktop.screens.states import State
    from tests.desktop.screens.window import Window

SCALES: Final = ("1", "1.5")
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
    scale: str,
    *,
    names: Sequence[str] = (),
    languages: Sequence[str] = LANGUAGES,
    themes: Sequence[str] = THEMES,
    sizes: Sequence[tuple[int, int]] = SIZES,
) -> Iterator[str]:
    """Go through the states, picture them where there is a folder, and yield what is wrong, a line each."""
    from tests.desktop.screens.states import STATES  # noqa: PLC0415  # Qt begins with the scale of its process
    from tests.desktop.screens.window import Window, make_books, still_clock  # noqa: PLC0415  # the same

    with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as own, still_clock():
        wanted = [state for state in STATES if not names or state.name in names]
        make_books(Path(made), {state.books for state in wanted})
        window = Window(Path(own), Path(made))
        for state in sorted(wanted, key=lambda one: ("", "practice", "closed", "empty").index(one.books)):
            for language in languages:
                shots = [Shot(state.name, language, *rest) for rest in _ways(themes, sizes)]
                yield from _one(window, state, shots, folder, scale)
        window.close()


def _ways(themes: Sequence[str], sizes: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int, int]]:
    for (width, height), theme in itertools.product(sizes, themes):  # another size takes longer than another theme
        yield theme, width, height


def _one(window: Window, state: State, shots: Sequence[Shot], folder: Path | None, scale: str) -> Iterator[str]:
    from tests.desktop.screens.measuring import faults, watching  # noqa: PLC0415  # as above

    first = shots[0]
    window.fit(first.width, first.height)
    window.speak(first.language)
    window.paint(first.theme)
    if window.books != state.books or state.books:
        window.open_books(state.books)
    try:
        let_go = state.reach(window)
    except Exception as error:  # noqa: BLE001  # told with all others
        yield f"{state.name} {first.language}: cannot be reached: {type(error).__name__}: {error}"
        return
    window.turn(60)
    for shot in shots:
        window.paint(shot.theme)
        window.fit(shot.width, shot.height)
        where = f"{shot.state} {shot.language} {shot.width}x{shot.height} at {scale}"
        if (window.shell.width(), window.shell.height()) != (shot.width, shot.height):
            yield f"{where}: the window cannot be so small: it is {window.shell.width()}x{window.shell.height()}"
        with watching() as ink:
            picture = window.shell.grab()
        if folder is not None:
            picture.save(str(folder / shot.file_name(scale)))
        if shot.theme == "light":
            yield from (f"{where}: {fault}" for fault in faults(window.shell, ink))
    if callable(let_go):
        let_go()
    window.close_overlays()


def main(arguments: Sequence[str]) -> int:
    """Render all, in a process for each scale; the answer is how many faults there are, as an exit status."""
    asks = argparse.ArgumentParser()
    asks.add_argument("folder", type=Path)
    asks.add_argument("sheet", type=Path, nargs="?")
    asks.add_argument("--scale", default="")
    for name in ("states", "languages", "themes"):
        asks.add_argument(f"--{name}", default="")
    asks.add_argument("--sizes", default="")
    asks.add_argument("--no-pictures", action="store_true")
    asked = asks.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    if asked.scale:
        return _render(asked)
    if not asked.states:
        for former in asked.folder.glob("*.png"):
            former.unlink()
    begun = time.monotonic()
    more = [word for name in ("states", "languages", "themes", "sizes") if (value := getattr(asked, name))
            for word in (f"--{name}", value)]  # fmt: skip
    more += ["--no-pictures"] if asked.no_pictures else []
    at_once = [subprocess.Popen(command(asked.folder, one, *more), env=environment(one)) for one in SCALES]
    status = max(process.wait() for process in at_once)
    if asked.sheet:
        from tests.desktop.screens.contact import write_contact_sheet  # noqa: PLC0415  # not in each process

        write_contact_sheet(asked.folder, asked.sheet)
    count = len(list(asked.folder.glob("*.png")))
    print(f"{asked.folder}: {count} pictures in {time.monotonic() - begun:.0f} s")
    return 1 if status else 0


def command(folder: Path, scale: str, *more: str) -> list[str]:
    """What renders one scale."""
    return [sys.executable, "-m", "tests.desktop.screens.render", str(folder), "--scale", scale, *more]


def environment(scale: str) -> dict[str, str]:
    """Offscreen, at a scale."""
    return os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": scale,
        "QT_LOGGING_RULES": "qt.text.*=false",
    }


def _render(asked: argparse.Namespace) -> int:
    sizes = [tuple(int(side) for side in size.split("x")) for size in asked.sizes.split(",") if size]
    wrong = 0
    for fault in shoot(
        None if asked.no_pictures else asked.folder,
        asked.scale,
        names=[name for name in asked.states.split(",") if name],
        languages=asked.languages.split(",") if asked.languages else LANGUAGES,
        themes=asked.themes.split(",") if asked.themes else THEMES,
        sizes=sizes or SIZES,  # type: ignore[arg-type]  # pairs
    ):
        print(fault, flush=True)
        wrong += 1
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
