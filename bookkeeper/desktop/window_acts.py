"""What can be done from anywhere: go to a place or register, file acts, whose books and which year, words and colours.

All of it is found by Ctrl+K, and under the user's name at the upper right.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bookkeeper.desktop.keys import BY_NAME, PLACES
from bookkeeper.desktop.matching import Candidate
from bookkeeper.desktop.palette import Choice, Palette, choose
from bookkeeper.desktop.widgets.lettering import begun
from bookkeeper.rules.dates import year_name
from bookkeeper.words import language, languages

if TYPE_CHECKING:
    from bookkeeper.commands.act import Office
    from bookkeeper.commands.overview import Whose
    from bookkeeper.desktop.runner import Work
    from bookkeeper.desktop.shell import Shell

ACT, PLACE, REGISTER = "act", "place", "register"

_KINDS: Final = {"shg": "Self-help group", "society": "Co-operative society"}
"""What stands for the kind of an entity, as a message."""

_LANGUAGES: Final = {"hi": "Hindi", "mr": "Marathi"}
"""How a language is called by who types in another one; its own name is on its catalogue."""


def go_anywhere(shell: Shell) -> Palette:
    """The one search that finds everything."""
    asks = shell.desk.say("Page, register, act, member, voucher (#), account or amount")
    choices = [*places(shell), *of_page(shell), *register_choices(shell), *acts(shell)]
    return Palette(shell, asks, choices, searches=shell.desk.office is not None).open_()


def choose_act(shell: Shell) -> Palette:
    """The acts of the window alone."""
    return choose(shell, shell.desk.say("What is to be done?"), acts(shell))


def places(shell: Shell) -> list[Choice]:
    """The places, each with its key."""
    say = shell.desk.say
    if shell.desk.office is None:
        return []
    return [
        Choice(
            Candidate(
                place.name,
                place.title,
                _local(shell, place.title),
                say("Page"),
                key.replace("+", " "),
                is_preferred=True,
            ),
            partial(shell.go, place.name),
            PLACE,
        )
        for place, key in zip(shell.desk.places, PLACES, strict=False)
    ]


def _local(shell: Shell, title: str) -> str:
    """A title in the reader's language, beside the English one; both are found."""
    return shell.desk.say(title) if shell.desk.language.code != "en" else ""


def of_page(shell: Shell) -> list[Choice]:
    """What the open page can do, each with its key."""
    say = shell.desk.say
    return [
        Choice(Candidate(name, begun(say(key.act or key.does)), "", say("On this page"), key.shown), do, ACT)
        for name, do in shell.acts_of_page().items()
        if (key := BY_NAME.get(name)) is not None
    ]


def register_choices(shell: Shell) -> list[Choice]:
    """Every register, by its title in the reader's language and in English."""
    if shell.desk.office is None:
        return []
    from bookkeeper.commands.reports import offered  # noqa: PLC0415  # loaded with the books

    say = shell.desk.say
    return [
        Choice(
            Candidate(one.name, one.title, _local(shell, one.title), say("Register")),
            partial(shell.go, "registers", name=one.name),
            REGISTER,
        )
        for one in offered()
    ]


def acts(shell: Shell) -> list[Choice]:
    """The acts of the window."""
    say, desk = shell.desk.say, shell.desk
    found: list[tuple[str, str, object]] = []
    if desk.office is not None:
        found += [
            ("tree", say("Another group"), partial(choose_entity, shell)),
            ("year", say("Another year"), partial(choose_year, shell)),
            ("verify", say("Verify the books"), partial(verify, shell)),
        ]
        if "close" in desk.rights and not desk.year_is_closed and desk.year:
            title = say("Close the year {year}", year=desk.year_name())
            found.append(("close", title, partial(ask_to_close, shell)))
    found += [
        ("open", say("Open books …"), partial(_file, shell, "open_file")),
        ("new", say("New books …"), partial(_file, shell, "new_file")),
        ("practice", say("New practice books …"), partial(_file, shell, "new_file", "practice")),
    ]
    for path in desk.recent():
        if path != str(desk.path) and Path(path).is_file():
            found.append((path, say("Open {file}", file=Path(path).name), partial(desk.open_books, Path(path))))
    found += [
        (
            _LANGUAGES.get(code, code),
            say("Language: {name}", name=language(code).name),
            partial(desk.set_language, code),
        )
        for code, name in ((one, language(one).name) for one in languages())
    ]
    themes = (("light", "Light colours"), ("dark", "Dark colours"), ("", "Colours as the system has them"))
    found += [(f"theme {name}".strip(), say(title), partial(desk.set_theme, name)) for name, title in themes]
    found += [("keys", say("All keys"), shell.acts["keys"]), ("hide", say("Hide amounts"), shell.acts["hide"])]
    caps = {"tree": "Alt 0", "keys": "?", "hide": "Ctrl Shift P"}
    return [
        Choice(Candidate(key, title, "", say("Act"), caps.get(key, "")), do, ACT)  # type: ignore[arg-type]  # partials
        for key, title, do in found
    ]


def _file(shell: Shell, name: str, *more: str) -> None:
    from bookkeeper.desktop.pages import welcome  # noqa: PLC0415  # only where files are opened

    getattr(welcome, name)(shell.desk, *more)


def choose_entity(shell: Shell) -> Palette:
    """Whose books to look at: the tree, by name, by the reader's script, or by code."""
    desk = shell.desk
    children: dict[str, list[Whose]] = {}
    known = {one.code for one in desk.entities}
    for one in desk.entities:
        children.setdefault(one.parent if one.parent in known else "", []).append(one)
    choices: list[Choice] = []

    def add(parent: str, deep: int) -> None:
        for one in children.get(parent, ()):
            indent = "   " * deep
            kind = desk.say(_KINDS.get(one.kind, one.kind))
            local = f"{indent}{one.name_local}" if one.name_local else ""
            candidate = Candidate(one.code, f"{indent}{one.name}", local, kind, one.code)
            choices.append(Choice(candidate, partial(desk.open_entity, one.code)))
            add(one.code, deep + 1)

    add("", 0)
    return choose(shell, desk.say("Which group?"), choices)


def choose_year(shell: Shell) -> Palette:
    """Which financial year to look at."""
    desk = shell.desk
    years = sorted(desk.entity.years, reverse=True) if desk.entity else []
    closed = desk.entity.closed if desk.entity else 0
    choices = [
        Choice(
            Candidate(str(year), year_name(year), "", desk.say("Closed year") if year <= closed else desk.say("Open")),
            partial(desk.open_year, year),
        )
        for year in years
    ]
    return choose(shell, desk.say("Which year?"), choices)


def verify(shell: Shell) -> None:
    """Check every promise of the books, off the GUI thread; the open page tells what was found."""
    desk = shell.desk
    path = desk.path

    def check(work: Work) -> Any:  # noqa: ANN401  # what `audit.verify` answers, below
        from bookkeeper.commands import audit  # noqa: PLC0415  # loaded with the books

        work.step()
        return audit.verify(path) if path else None

    def told(found: Any) -> None:  # noqa: ANN401  # as above
        page = shell.page
        if page is None or found is None:
            return
        if found.findings:
            said = [finding.sentence for finding in found.findings[:4]]
            page.notice.show_wrong(desk.say("{count} findings", count=len(found.findings)), "\n".join(said))
        else:
            page.notice.show_well(desk.say("The books are sound: {count} vouchers verified.", count=found.vouchers))

    desk.work(shell, "Verifying the books", check, told, desk.failed)


def ask_to_close(shell: Shell) -> None:
    """Say what closing a year does, and close it where the user wants that."""
    from bookkeeper.desktop.widgets.asking import Asking  # noqa: PLC0415  # happens once a year

    desk = shell.desk
    code, year = desk.code, desk.year

    def close(office: Office, key: str) -> Any:  # noqa: ANN401  # Done
        from bookkeeper.commands import years  # noqa: PLC0415  # loaded with the books

        return years.close(office, key, code, year)

    def closed(_done: object) -> None:
        if shell.page is not None:
            shell.page.notice.show_well(desk.say("The year {year} is closed.", year=year_name(year)))

    Asking(
        shell,
        desk.say("Close the year {year}", year=year_name(year)),
        desk.say(
            "The surplus or deficit is carried over by vouchers of its last day. After that, the year takes no more "
            "vouchers. This cannot be undone."
        ),
        desk.say("Close the year"),
        lambda: desk.act(shell, "Closing the year", close, closed, desk.failed),
    ).open_()
