"""Acts on vouchers: post a file, reverse one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from bookkeeper.books import leaving
from bookkeeper.commands.act import Outcome, act
from bookkeeper.errors import BadInput, BookError, Fault, Refused
from bookkeeper.ledger.entities import Entity, entity_of
from bookkeeper.ledger.post import Posted, post
from bookkeeper.ledger.reverse import mirror_of, reverse
from bookkeeper.rules.dates import Day
from bookkeeper.rules.said import Said
from bookkeeper.rules.voucher import Voucher
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

_TOLD = 6
"""How many vouchers a refusal names before it leaves out."""


@act("post", right="post", changes=("journal",))
def post_vouchers(  # what a file is posted with
    tx: Tx, code: str, vouchers: Sequence[Voucher], *, file_digest: str = "", again: bool = False, below_zero: str = ""
) -> Outcome:
    """Post vouchers: all of them, or none.

    A file that was posted before (by its SHA-256) is refused with the numbers it got, unless `again`. `below_zero` is
    the reason for which cash may fall below nought; it is kept in the log of acts and stands in the vouchers.
    """
    if not vouchers:
        raise BadInput(Fault("there are no vouchers to post."))
    entity = entity_of(tx, code)
    if file_digest and not again:
        _refuse_twice(tx, entity, file_digest)
    posted = post(tx, entity, vouchers, below_zero=below_zero)
    return _outcome(entity, posted, below_zero, file_digest, again=again)


@act("reverse", right="post", changes=("journal", "members"))
def reverse_voucher(tx: Tx, code: str, voucher: str, on: str, reason: str, *, below_zero: str = "") -> Outcome:
    """Post the mirror of a voucher on a day, with a reason; one who left by it is a member again."""
    entity = entity_of(tx, code)
    member = leaving.comes_back(tx, entity, voucher.strip())
    posted = reverse(tx, entity, voucher, on, reason, below_zero=below_zero)
    old = {"voucher": voucher} | ({"left": str(member.left)} if member else {})
    return _outcome(entity, [posted], below_zero, "", old=old, back=member.number if member else "")


@act("correct", right="post", changes=("journal", "members"))
def correct_voucher(  # what a correction is made of
    tx: Tx,
    code: str,
    voucher: str,
    on: str,
    reason: str,
    vouchers: Sequence[Voucher],
    *,
    file_digest: str = "",
    below_zero: str = "",
) -> Outcome:
    """Post the mirror of a voucher on a day, with a reason, and what should have stood in its place: both, or neither.

    They are looked at together, so that cash or a loan may stand below nought between the two. What may not be reversed
    alone is refused as `reverse` refuses it; one who left by the voucher is a member again. The answer names the mirror
    first.
    """
    if not vouchers:
        raise BadInput(Fault("there are no vouchers to post.", "To take a voucher back alone, reverse it."))
    entity = entity_of(tx, code)
    member = leaving.comes_back(tx, entity, voucher.strip())
    mirror = mirror_of(tx, entity, voucher, on, reason)
    right = [replace(one, meeting=None, closing=False, reverses=None) for one in vouchers]
    apart = mirror.kind == "opening"  # there is one opening at a time: the old one goes first
    try:
        posted = [one for some in ([mirror], right) for one in post(tx, entity, some, below_zero=below_zero)] if apart \
            else post(tx, entity, [mirror, *right], below_zero=below_zero)  # fmt: skip
    except BookError as error:
        raise type(error)(*(_of_mirror(fault, vouchers) for fault in error.faults)) from error.__cause__
    old = {"voucher": voucher.strip()} | ({"left": str(member.left)} if member else {})
    back = member.number if member else ""
    return _outcome(entity, posted, below_zero, file_digest, old=old, back=back, reason=mirror.narration)


def _of_mirror(fault: Fault, vouchers: Sequence[Voucher]) -> Fault:
    """The fault, which says that it is the reversal's where it is of no row though every voucher has one."""
    if fault.row is None and all(one.row is not None for one in vouchers):
        return replace(fault, message=Said("the reversal: {message}", message=Said(fault.message)))
    return fault


def _outcome(
    entity: Entity,
    posted: Sequence[Posted],
    below_zero: str,
    file_digest: str,
    *,
    again: bool = False,
    old: dict[str, str] | None = None,
    back: str = "",
    reason: str = "",
) -> Outcome:
    names = [p.voucher for p in posted]
    again_member = {"member_again": back} if back else {}
    result = [{"voucher": p.voucher, "date": p.date, "label": p.label, **again_member} for p in posted]
    said = {"reason": reason, "cash_below_zero": below_zero, "again": again, **again_member}
    new = {key: value for key, value in said.items() if value} or None
    told = names[0] if len(names) == 1 else f"{names[0]} … {names[-1]} ({len(names)})"
    return Outcome(entity.id, told, result, old=old, new=new, file_digest=file_digest)


def _refuse_twice(tx: Tx, entity: Entity, digest: str) -> None:
    log = tables.log.c
    same = (log.entity == entity.id, log.file_digest == digest, log.act.in_(("post", "correct")))
    row = tx.connection.execute(select(log.result, log.time).where(*same).order_by(log.sequence)).first()
    if row is None:
        return
    names = [posted["voucher"] for posted in json.loads(row.result)]
    told = ", ".join(names[:_TOLD]) + (f" … {names[-1]}" if len(names) > _TOLD else "")
    advice = "Nothing was entered. If it is meant to be entered a second time, say --again."
    raise Refused(
        Fault(Said("this file was posted already on {day}, as {told}.", day=Day(row.time[:10]), told=told), advice)
    )
