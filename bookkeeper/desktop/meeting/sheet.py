"""From what was typed to the sheet that is posted, and back from a sheet that was handed back. No Qt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final, cast

from bookkeeper.commands.sheets import Cash, Coming, MemberDue
from bookkeeper.desktop.meeting.typed import (
    AMOUNTS,
    HERE,
    LETTERS,
    ON_LOAN,
    SAVED,
    SENT,
    Figures,
    Line,
    Typed,
    demanded,
)
from bookkeeper.desktop.typed_amounts import Wrong, typed_amount, typed_count
from bookkeeper.rules.meeting import (
    ABSENT,
    BANK,
    CASH,
    PRESENT,
    FootLine,
    HeadAmount,
    MeetingSheet,
    NewLoan,
    Repaid,
    Resolution,
    SheetRow,
    plain,
)
from bookkeeper.rules.money import Paise, shown

COINS: Final = "coins"
INTO_BANK: Final = "bank"
"""The account under which the foot writes what is put into the bank, or drawn from it."""


def sheet_to_post(coming: Coming, typed: Typed) -> MeetingSheet:
    """The sheet, of the members who are entered. Cells that are wrong count as nought: they forbid posting."""
    figures = Figures(coming, typed)
    return MeetingSheet(
        date=typed.date,
        number=typed.number,
        place=typed.place,
        time=typed.time,
        presided_by=typed.presided_by,
        agenda=_lines_of(typed.agenda),
        minutes=typed.minutes.strip(),
        resolutions=tuple(
            Resolution(one["text"], one.get("number", ""), one.get("proposed_by", ""), one.get("seconded_by", ""))
            for one in typed.resolutions
            if one.get("text", "").strip()
        ),
        signed_by=tuple(part for part in typed.signed_by.replace(",", " ").split() if part),
        counted=_counted(typed),
        coins=_amount(typed.count.get(COINS, "")),
        rows=(*_rows(figures), *_rows_besides(figures)),
        other=tuple(_foot(typed)),
    )


def cash_to_be(coming: Coming, typed: Typed) -> Cash:
    """The cash account of what is entered so far."""
    return coming.cash_of(sheet_to_post(coming, typed))


def counted_cash(typed: Typed) -> Paise | None:
    """What was counted; None where nothing was."""
    counted = _counted(typed)
    if counted is None:
        return None
    return Paise(sum(note * pieces * 100 for note, pieces in counted) + _amount(typed.count.get(COINS, "")))


def _counted(typed: Typed) -> tuple[tuple[int, int], ...] | None:
    texts = {key: text for key, text in typed.count.items() if text.strip()}
    if not texts:
        return None
    pieces = ((int(note), typed_count(text)) for note, text in texts.items() if note != COINS)
    return tuple((note, number) for note, number in pieces if not isinstance(number, Wrong) and number)


def _amount(text: str) -> Paise:
    amount = typed_amount(text) if text.strip() else Paise(0)
    return Paise(0) if isinstance(amount, Wrong) else amount


def _lines_of(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _rows(figures: Figures) -> Iterator[SheetRow]:
    lines, hers = figures.lines(), defaultdict[str, list[Line]](list)
    for line in lines:
        if line.besides is None:
            hers[line.member.number].append(line)
    for at, line in enumerate(lines):
        if line.is_first and line.besides is None and figures.is_entered(line.member.number):
            yield _row(figures, line, hers[line.member.number], at + 1)


def _rows_besides(figures: Figures) -> Iterator[SheetRow]:
    for at, line in enumerate(figures.lines()):
        if line.besides is not None:
            typed = (column for column in AMOUNTS if figures.typed_text(line, column) is not None)
            yield line.besides.mended({column: figures.paise(line, column) for column in typed}, at + 1)


def row_of(figures: Figures, line: Line) -> SheetRow:
    """A member's own row as it is posted, without what she pays on her loans; `line` is the first of hers."""
    return _row(figures, line, (), None)


def _row(figures: Figures, line: Line, hers: Iterable[Line], row: int | None) -> SheetRow:
    typed, number = figures.typed, line.member.number
    attendance = figures.attendance(number)
    present = attendance if isinstance(attendance, str) else PRESENT
    other = figures.paise(line, "other")
    levied = typed.detail(number, "fine_levied")
    return SheetRow(
        number,
        ABSENT if present == SENT else present,
        sent=present == SENT,
        by=typed.detail(number, "by") or CASH,
        savings=figures.paise(line, "savings"),
        voluntary_savings=figures.paise(line, "voluntary_savings"),
        special_savings=figures.paise(line, "special_savings"),
        repaid=tuple(_repaid(figures, hers)),
        fine=figures.paise(line, "fine"),
        fine_levied=_amount(levied) if levied.strip() else None,
        withdrawal=figures.paise(line, "withdrawal"),
        withdrawal_from=typed.detail(number, "withdrawal_from"),
        new_loan=_new_loan(figures, line),
        other=(HeadAmount(typed.detail(number, "other_head"), other),) if other else (),
        row=row,
    )


def _repaid(figures: Figures, hers: Iterable[Line]) -> Iterator[Repaid]:
    for line in hers:
        if line.loan is not None and (paid := repaid_on(figures, line)).total:
            yield paid


def repaid_on(figures: Figures, line: Line) -> Repaid:
    """What is paid on the loan of a row, as it is posted."""
    number = line.loan.number if line.loan else 0
    return Repaid(**{column: figures.paise(line, column) for column in ON_LOAN}, loan=number or None)


def _new_loan(figures: Figures, line: Line) -> NewLoan | None:
    principal, number, typed = figures.paise(line, "new_loan"), line.member.number, figures.typed
    if not principal:
        return None
    instalments = typed_count(typed.detail(number, "instalments") or "0")
    return NewLoan(
        principal,
        purpose=typed.detail(number, "purpose"),
        instalments=None if isinstance(instalments, Wrong) else instalments or None,
        rate_per_month=typed.detail(number, "rate") or None,
        by=typed.detail(number, "loan_by") or None,
        method=typed.detail(number, "method") or None,
        first_due=typed.detail(number, "first_due") or None,
        product=typed.detail(number, "product"),
    )


def _foot(typed: Typed) -> Iterator[FootLine]:
    """The foot's lines that have an amount: at the left one that came in, at the right one that went out."""
    for place, line in enumerate(typed.foot, 1):
        came, went = (_amount(line.get(key, "")) for key in ("amount_in", "amount_out"))
        account, narration = line.get("account", ""), line.get("narration", "")
        if not came and not went:
            continue
        if account == INTO_BANK:
            yield FootLine("contra", line.get("bank", "bank"), Paise(went - came), narration, row=place)
        else:
            kind, amount = ("receipt", came) if came else ("payment", went)
            yield FootLine(kind, account, amount, narration, line.get("by", "") or CASH, row=place)


# ---------------------------------------------------------------------------------------------- the way back


def typed_of(sheet: MeetingSheet, coming: Coming) -> Typed:
    """What the clerk would have typed to hand in this sheet: every figure of it, nothing filled in."""
    typed = Typed(
        sheet.date,
        sheet.number or coming.number,
        place=sheet.place,
        time=sheet.time,
        presided_by=sheet.presided_by,
        agenda="\n".join(sheet.agenda),
        minutes=sheet.minutes,
        signed_by=", ".join(sheet.signed_by),
        foot=[_foot_text(line) for line in sheet.other],
        resolutions=[
            {"number": one.number, "text": one.text, "proposed_by": one.proposed_by, "seconded_by": one.seconded_by}
            for one in sheet.resolutions
        ],
    )
    if sheet.counted is not None:
        typed.count = {str(note): str(pieces) for note, pieces in sheet.counted}
        if sheet.coins or not sheet.counted:
            typed.count[COINS] = shown(sheet.coins).removesuffix(".00")
    seen: set[str] = set()
    known = {one.number for one in coming.members}
    for row in sheet.rows:
        if row.member in seen or row.member not in known or len(row.other) > 1:
            typed.extra += cast("list[dict[str, Any]]", plain(replace(sheet, rows=(row,)))["rows"])
        else:
            _take_row(typed, row)
        seen.add(row.member)
    for member in coming.members:
        if member.number in typed.entered:
            _clear_what_was_due(typed, member)
    return typed


def _foot_text(line: FootLine) -> dict[str, str]:
    came = line.kind == "receipt" or (line.kind == "contra" and line.amount < 0)
    texts = {"account": line.account, "narration": line.narration, "by": line.by}
    if line.kind == "contra":
        texts |= {"account": INTO_BANK, "bank": line.account}
    return texts | {"amount_in" if came else "amount_out": shown(abs(line.amount))}


_BACK: Final = {value: letter for letter, value in LETTERS.items()}


def _take_row(typed: Typed, row: SheetRow) -> None:
    number = row.member
    typed.entered.add(number)
    typed.cells[number, 0, HERE] = "S" if row.sent and row.present == ABSENT else _BACK[row.present]
    amounts = {column: getattr(row, column) for column in (*SAVED, "fine", "withdrawal")}
    amounts["other"] = row.other[0].amount if row.other else 0
    amounts["new_loan"] = row.new_loan.principal if row.new_loan else 0
    for column, amount in amounts.items():
        if amount:
            typed.cells[number, 0, column] = shown(amount)
    for paid in row.repaid:
        for column in ON_LOAN:
            if amount := getattr(paid, column):
                typed.cells[number, paid.loan or 0, column] = shown(amount)
    details = {
        "by": row.by if row.by == BANK else "",
        "fine_levied": "" if row.fine_levied is None else shown(row.fine_levied),
        "withdrawal_from": row.withdrawal_from,
        "other_head": row.other[0].account if row.other else "",
    }
    if row.new_loan:
        loan = row.new_loan
        details |= {"product": loan.product, "purpose": loan.purpose, "rate": loan.rate_per_month or ""}
        details |= {"instalments": str(loan.instalments or ""), "loan_by": loan.by or ""}
        details |= {"method": loan.method or "", "first_due": loan.first_due or ""}
    if kept := {key: text for key, text in details.items() if text}:
        typed.details[number] = kept


def _clear_what_was_due(typed: Typed, member: MemberDue) -> None:
    """What is due and stood not on the sheet is typed as nothing."""
    typed_loans = [key for key in typed.cells if key[0] == member.number and key[1] == 0 and key[2] in ON_LOAN]
    for key in typed_loans:  # a row that named no loan was meant for her oldest
        if member.loans and member.loans[0].number:
            typed.cells[member.number, member.loans[0].number, key[2]] = typed.cells.pop(key)
    for place, loan in enumerate(member.loans or (None,)):
        line = Line(member, loan, place == 0)
        for column in ("savings", "fine", "principal", "interest", "penalty"):
            if line.has(column) and demanded(line, column):
                typed.cells.setdefault(line.key(column), "")
