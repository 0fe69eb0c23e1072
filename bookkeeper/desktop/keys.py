"""Every key in one table: the key bar, the overlay of keys, the printed sheet, the help and the shortcuts come from it.

No letter alone changes books; no key has two meanings on one page. A key with `is_shortcut` is a shortcut of the whole
window, answered by the page that is open (`Page.acts`) or by the window itself (`Shell.acts`); the others are handled
by what has the focus.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Key:
    """A key: its name in code, as Qt writes it, what it does (a message), and how a keycap shows it.

    `act` is what it does where it stands without its page, in a list of acts; "" where `does` says it.
    """

    name: str
    sequence: str
    does: str
    cap: str = ""
    is_shortcut: bool = True
    act: str = ""

    @property
    def shown(self) -> str:
        """What stands on the keycap."""
        return self.cap or self.sequence.replace("+", " ").replace("Return", "Enter").replace("Del", "Delete")


PLACES: Final = tuple(f"Alt+{number}" for number in range(1, 9))
"""The keys of the places, in their order."""

KEYS: Final = (
    Key("go", "Ctrl+K", "go to anything"),
    Key("go-tally", "Alt+G", "go to anything"),
    Key("tree", "Alt+0", "all groups"),
    Key("help", "F1", "help"),
    Key("keys", "?", "all keys"),
    Key("date", "F2", "date", act="Write another date"),
    Key("period", "Alt+F2", "period", act="Write another period"),
    Key("entity", "F3", "group"),
    Key("contra", "F4", "contra"),
    Key("payment", "F5", "payment"),
    Key("receipt", "F6", "receipt"),
    Key("journal", "F7", "journal"),
    Key("count", "F10", "count cash"),
    Key("minutes", "F11", "minutes"),
    Key("options", "F12", "options"),
    Key("post", "Ctrl+Return", "post"),
    Key("draft", "Ctrl+S", "keep draft"),
    Key("save-pdf", "Ctrl+S", "save as PDF"),
    Key("next", "Return", "next", is_shortcut=False),
    Key("take", "Return", "take it", is_shortcut=False),
    Key("open", "Return", "open what it is made of", is_shortcut=False),
    Key("before", "Shift+Return", "back", is_shortcut=False),
    Key("back", "Escape", "back", "Esc", is_shortcut=False),
    Key("leave-count", "Escape", "leave the count", "Esc", is_shortcut=False),
    Key("leave-fields", "Escape", "close the fields", "Esc", is_shortcut=False),
    Key("bring-in", "Return", "bring in members", is_shortcut=False),
    Key("copy-above", "Ctrl+D", "copy from above"),
    Key("duplicate", "Ctrl+D", "duplicate"),
    Key("as-due", "Ctrl+Shift+D", "the rest as due"),
    Key("remove", "Ctrl+Del", "remove the line"),
    Key("discard", "Ctrl+Shift+Del", "throw the draft away", "Ctrl Shift Del"),
    Key("narration-1", "Ctrl+1", "take the first narration"),
    Key("narration-2", "Ctrl+2", "take the second narration"),
    Key("usual-agenda", "Ctrl+1", "take the usual agenda"),
    Key("tabs", "Ctrl+Tab", "next tab"),
    Key("undo", "Ctrl+Z", "undo"),
    Key("correct", "Ctrl+Z", "correct"),
    Key("print", "Ctrl+P", "print", act="Print what is shown"),
    Key("export", "Ctrl+E", "export", act="Export what is shown to a file"),
    Key("copy", "Ctrl+C", "copy as cells"),
    Key("find", "Ctrl+F", "find", act="Find on this page"),
    Key("filter", "/", "find", is_shortcut=False),
    Key("links", "Ctrl+L", "what hangs together"),
    Key("create", "Alt+C", "create what is missing", is_shortcut=False),
    Key("hide", "Ctrl+Shift+P", "hide amounts"),
    Key("previous", "PgUp", "the one before", "Page Up", is_shortcut=False),
    Key("following", "PgDown", "the one after", "Page Down", is_shortcut=False),
    Key("turn", "PgDown", "turn the page", "Page Up  Page Down", is_shortcut=False),
    Key("zoom-in", "Ctrl++", "larger", "Ctrl +"),
    Key("zoom-out", "Ctrl+-", "smaller", "Ctrl −"),
    Key("fit", "Ctrl+0", "fit width"),
    Key("another", "", "another register", "A … Z", is_shortcut=False),
    Key("reverse", "Ctrl+R", "reverse alone"),
    Key("attendance", "", "absent, leave, late", "A L T", is_shortcut=False),
)

BY_NAME: Final = {key.name: key for key in KEYS}
"""The keys by their names in code."""
