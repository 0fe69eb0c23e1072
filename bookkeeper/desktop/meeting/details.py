"""What a member's row has besides its amounts, asked in the row of fields: a new loan, a head, how she paid, a fine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bookkeeper.desktop.matching import Candidate
from bookkeeper.desktop.meeting.field_bar import Field
from bookkeeper.desktop.meeting.members_sheet import HEADS, SELDOM
from bookkeeper.desktop.meeting.typed import Line
from bookkeeper.desktop.typed_amounts import Wrong, typed_amount, typed_count
from bookkeeper.rules.meeting import BANK, CASH

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk
    from bookkeeper.desktop.meeting.view import MeetingView


class Details:
    """Opens the row of fields for the cell under the cursor, and keeps what is written there."""

    def __init__(self, desk: Desk, view: MeetingView) -> None:
        self._desk, self._view = desk, view

    def opens_at(self, row: int, column: int) -> bool:
        """Enter on a new loan, or on an amount for another head: True where it opens the fields."""
        view, sheet = self._view, self._view.sheet
        if sheet is None or not view.is_open or row < 0:
            return False
        view.grid.commit()
        line, key = sheet.lines[row], sheet.column(column)
        if key not in {"new_loan", "other"} or line.besides is not None or not sheet.figures.paise(line, key):
            return False
        (self._ask_loan if key == "new_loan" else self._ask_head)(line)
        return True

    def _ways(self) -> tuple[Candidate, ...]:
        say = self._desk.say
        return Candidate(CASH, say("in cash")), Candidate(BANK, say("by bank"))

    def _ask_loan(self, line: Line) -> None:
        view, say, number = self._view, self._desk.say, line.member.number
        assert view.coming is not None  # noqa: S101  # a sheet is shown
        assert view.what is not None  # noqa: S101
        what, products = view.what, view.coming.products
        own = next((one for one in products if one.own_rule), None)
        key = what.detail(number, "product") or (own.key if own else "")
        product = next((one for one in products if one.key == key), own)
        instalments = what.detail(number, "instalments") or str(product.instalments or "" if product else "")
        rate = what.detail(number, "rate") or (product.rate_per_month if product else "")
        fields = [
            Field("purpose", say("Purpose"), what.detail(number, "purpose"), width=0),
            Field("product", say("Product"), key, tuple(Candidate(one.key, say(one.name)) for one in products)),
            Field("instalments", say("Instalments"), instalments, width=90),
            Field("rate", say("Percent a month"), rate, width=110),
            Field("loan_by", say("Given"), self._loan_by(number), self._ways(), width=100),
        ]
        view.ask("", fields if products else [fields[0], *fields[2:]], lambda texts: self._keep_loan(number, texts))

    def _loan_by(self, number: str) -> str:
        """How her loan goes out: as it was said, else as she pays."""
        what = self._view.what
        return (what.detail(number, "loan_by") or what.detail(number, "by") if what else "") or CASH

    def _keep_loan(self, number: str, texts: dict[str, str]) -> str:
        """Keep the terms; those that are the product's own are left to it."""
        view = self._view
        assert view.coming is not None  # noqa: S101  # a sheet is shown
        pieces = typed_count(texts["instalments"]) if texts["instalments"] else 0
        if isinstance(pieces, Wrong):
            return self._desk.say("Write how many instalments, as 10.")
        product = next((one for one in view.coming.products if one.key == texts.get("product")), None)
        before = view.what.detail(number, "product") if view.what else ""
        changed = product is not None and not product.own_rule and product.key != before
        own = {"instalments": str(product.instalments or ""), "rate": product.rate_per_month} if product else {}
        for key in ("instalments", "rate"):
            if changed or texts[key] == own.get(key):
                texts[key] = ""
        if product is not None and product.own_rule:
            texts["product"] = ""
        self._keep(number, texts)
        self._go_on()
        return ""

    def _go_on(self) -> None:
        """The cell is done with: to the next one, as Enter goes."""
        self._view.grid.step(across=self._view.grid.enter_goes_across)

    def _ask_head(self, line: Line) -> None:
        view, say, number = self._view, self._desk.say, line.member.number
        assert view.coming is not None  # noqa: S101  # a sheet is shown
        assert view.what is not None  # noqa: S101
        heads = tuple(Candidate(one.code, say(one.name), one.role) for one in view.coming.other_heads)
        fields = [Field("other_head", say("Paid for"), view.what.detail(number, "other_head"), heads, width=300)]

        def keep(texts: dict[str, str]) -> str:
            if not texts["other_head"]:
                return say("Choose for what it was, by a few letters.")
            self._keep(number, texts)
            self._go_on()
            return ""

        view.ask("", fields, keep)

    def ask_row(self) -> None:
        """F12: how the member under the cursor paid, her fine, from what she withdraws; and how the sheet is walked."""
        view, say = self._view, self._desk.say
        if view.sheet is None or view.what is None or not view.is_open or view.grid.row < 0:
            return
        view.commit()
        line = view.sheet.lines[view.grid.row]
        if line.besides is not None:
            return
        number, what = line.member.number, view.what
        savings = (
            Candidate("", say("as the rule has it")),
            Candidate("voluntary", say("Voluntary")),
            Candidate("special", say("Special")),
            Candidate("savings", say("Savings")),
        )
        hidden = [key for key in SELDOM if view.grid.column_of(key) < 0]
        columns = (Candidate("", say("none more")), *(Candidate(key, say(HEADS[key])) for key in hidden))
        ways = Candidate("down", say("down")), Candidate("across", say("across"))
        goes = "across" if view.grid.enter_goes_across else "down"
        fields = [
            Field("by", say("Paid"), what.detail(number, "by") or CASH, self._ways(), width=96),
            Field("fine_levied", say("Fine levied"), what.detail(number, "fine_levied"), width=96),
            Field("withdrawal_from", say("Withdrawn from"), what.detail(number, "withdrawal_from"), savings, width=132),
            Field("enter", say("Enter goes"), goes, ways, width=96),
            Field("column", say("One more column"), "", columns, width=132),
        ]
        view.ask(view.sheet.name_of(line), fields, lambda texts: self._keep_row(number, texts))

    def _keep_row(self, number: str, texts: dict[str, str]) -> str:
        view, desk = self._view, self._desk
        levied = typed_amount(texts["fine_levied"]) if texts["fine_levied"] else None
        if isinstance(levied, Wrong):
            return desk.say(levied.message, text=levied.text)
        desk.remember("meeting/enter", texts["enter"])
        view.grid.enter_goes_across = texts["enter"] == "across"
        by = "" if texts["by"] == CASH else texts["by"]
        mine = {"by": by, "fine_levied": texts["fine_levied"], "withdrawal_from": texts["withdrawal_from"]}
        before = view.what.details.get(number, {}) if view.what else {}
        if any(before.get(key, "") != text for key, text in mine.items()):
            self._keep(number, mine)
        if texts["column"] and view.coming is not None and view.what is not None:
            key = f"meeting/columns/{desk.code}"
            desk.remember(key, f"{desk.remembered(key)} {texts['column']}".strip())
            coming, what = view.coming, view.what
            view.show_meeting(coming, what, is_open=view.is_open)
        return ""

    def _keep(self, number: str, texts: dict[str, str]) -> None:
        view = self._view
        for key, text in texts.items():
            view.change_details(lambda what, key=key, text=text: what.set_detail(number, key, text))  # type: ignore[misc]  # bound as defaults
        view.change_details(lambda what: what.entered.add(number))
