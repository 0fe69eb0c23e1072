"""What a voucher moved in cash and in bank, told by counter-account: the cash book's way of seeing it.

Pure: it is given what a voucher has on each account, in order of first line, in paise, debit positive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bookkeeper.ledger.accounts import Account

ByAccount = Mapping[Account, int]


@dataclass(frozen=True, slots=True)
class Moved:
    """Money that came in (a receipt) or went out, in paise, never negative, against one counter-account."""

    account: Account
    is_receipt: bool
    cash: int
    bank: int


def moved_by_line(lines: Sequence[tuple[Account, int]]) -> list[int]:
    """How much money each line of a receipt or payment moved, in paise, on the line's own side; nought of money itself.

    It is told as by counter-account: what stands on the money's own side moved none, the others fill it in order.
    """
    money = sum(paise for account, paise in lines if account.is_money)
    left, found = abs(money), []
    for account, paise in lines:
        amount = 0 if account.is_money or paise * money >= 0 else min(abs(paise), left)
        left -= amount
        found.append(amount if paise > 0 else -amount)
    return found


def moved_in(by_account: ByAccount, role: str) -> int:
    """What a voucher moved into the accounts of a role."""
    return sum(paise for account, paise in by_account.items() if account.role == role)


def moved(by_account: ByAccount, *, is_contra: bool) -> Iterator[Moved]:
    """The entries of one voucher that is a receipt, a payment or a contra."""
    return _of_contra(by_account) if is_contra else _of_others(by_account)


def _of_contra(by_account: ByAccount) -> Iterator[Moved]:
    """The side that gave, then the side that took; each has the other's first account for its counter-account."""
    gave = {account: -paise for account, paise in by_account.items() if paise < 0}
    took = {account: paise for account, paise in by_account.items() if paise > 0}
    for is_receipt, side, other in ((False, gave, took), (True, took, gave)):
        for counter in list(other)[:1]:
            yield Moved(counter, is_receipt, moved_in(side, "cash"), moved_in(side, "bank"))


def _of_others(by_account: ByAccount) -> Iterator[Moved]:
    """The counter-accounts in order: they fill what moved in cash, then what moved in bank.

    What stands on the money's own side (a discount debited in a receipt) moved no money and has no entry; so the last
    of the others may be told with less than it was posted with, and both columns add up to what really moved.
    """
    cash, bank = moved_in(by_account, "cash"), moved_in(by_account, "bank")
    is_receipt = cash + bank > 0
    cash, bank = abs(cash), abs(bank)
    for account, paise in by_account.items():
        amount = -paise if is_receipt else paise
        if account.is_money or amount <= 0 or not cash + bank:
            continue
        of_cash = min(cash, amount)
        of_bank = min(bank, amount - of_cash)
        cash, bank = cash - of_cash, bank - of_bank
        yield Moved(account, is_receipt, of_cash, of_bank)
