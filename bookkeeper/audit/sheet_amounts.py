"""What the sheet of a meeting says was moved, head by head and member by member, reckoned from its stored JSON.

It is held against the vouchers: so nothing here asks the code that made them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bookkeeper.audit.stored import amount
from bookkeeper.definitions.chart import FINES_ROLE, INTEREST_ROLE, LOANS_ROLE, PENALTY_ROLE
from bookkeeper.rules.fees import Borne
from bookkeeper.rules.meeting import ABSENT, CASH, LEAVE, PRESENT, SAVINGS

Place = tuple[str | int, int | None, bool]
"""An account's id (or what is pooled), the member's id, and whether it is debited."""

_REPAID: Final = "principal and interest"
_DRAWN: Final = "voluntary and special savings"


@dataclass
class Amounts:
    """Paise by place, never below nought, and what of it is known only as a sum.

    A repayment is split by the loan's rule and a withdrawal taken from more than one savings: of those who paid or
    drew so, these heads are added up.
    """

    accounts: Mapping[str, int]
    people: Mapping[str, int]
    moved: dict[Place, int] = field(default_factory=lambda: defaultdict(int))
    absent_payers: list[str] = field(default_factory=list)
    lent: list[Mapping[str, Any] | None] = field(default_factory=list)
    """What the notes tell of each new loan by a product, in the order of the sheet."""
    _split: set[int] = field(default_factory=set)
    _drawn: set[int] = field(default_factory=set)

    def add(self, head: str, member: int | None, paise: int) -> None:
        """Move an amount, debit positive, on a head by code or role. Raises KeyError for a head that is not there."""
        if paise:
            self.moved[self.accounts[head], member, paise > 0] += abs(paise)

    def take_row(self, row: Mapping[str, Any], *, present: str) -> None:
        """Take what a member's row says. Raises one of `UNREADABLE` where it is none."""
        member, by = self.people[row["member"]], row.get("by", CASH)
        received = 0
        for column, role in SAVINGS.items():
            if column in row:
                received += self._credit(role, member, row[column])
        for one in row.get("loans", (row,)):
            received += self._credit(LOANS_ROLE, member, one.get("principal"))
            received += self._credit(INTEREST_ROLE, member, one.get("interest"))
            received += self._credit(PENALTY_ROLE, member, one.get("penalty"))
            if "repayment" in one:
                self._split.add(member)
                received += self._credit(INTEREST_ROLE, member, one["repayment"])
        received += self._credit(FINES_ROLE, member, row.get("fine"))
        for one in row.get("other", ()):
            received += self._credit(one["account"], member, one["amount"])
        self.add(by, None, received)
        if received and present in {ABSENT, LEAVE} and not row.get("sent") and by == CASH:
            self.absent_payers.append(row["member"])
        if "withdrawal" in row:
            if not row.get("withdrawal_from"):
                self._drawn.add(member)
            drawn = int(amount(row["withdrawal"]))
            self.add(row.get("withdrawal_from") or SAVINGS["voluntary_savings"], member, drawn)
            self.add(by, None, -drawn)
        loan = row.get("new_loan")
        if loan:
            self._lend(loan, member, by)

    def _lend(self, loan: Mapping[str, Any], member: int, by: str) -> None:
        """A loan as it is paid out, with the fees that its notes tell: kept back, added to it, or paid in."""
        lent = int(amount(loan["principal"]))
        noted = self.lent.pop(0) if self.lent else None
        owed = out = lent
        for fee in (noted or {}).get("fees", ()):
            paise = self._credit(fee["account"], member, fee["amount"])
            if fee["how"] == Borne.PAID:
                self.add(by, None, paise)
            elif fee["how"] == Borne.CAPITALISED:
                owed += paise
            else:
                out -= paise
        self.add(LOANS_ROLE, member, owed)
        self.add(loan.get("by") or by, None, -out)

    def _credit(self, head: str, member: int, text: str | None) -> int:
        if text is None:
            return 0
        paise = amount(text)
        self.add(head, member, -paise)
        return paise

    def take_foot(self, line: Mapping[str, Any]) -> None:
        """Take a line at the foot of the sheet."""
        paise, by = int(amount(line["amount"])), line.get("by", CASH)
        if line["kind"] == "receipt":
            paise = -paise
        elif line["kind"] == "contra":
            by = CASH
        self.add(line["account"], None, paise)
        self.add(by, None, -paise)

    def pooled(self, moved: Mapping[Place, int]) -> dict[Place, int]:
        """The same amounts, those of split repayments and withdrawals added up."""
        if not self._split and not self._drawn:
            return dict(moved)
        repaid = {self.accounts.get(LOANS_ROLE), self.accounts.get(INTEREST_ROLE), self.accounts.get(PENALTY_ROLE)}
        drawn = {self.accounts.get(SAVINGS[column]) for column in ("voluntary_savings", "special_savings")}
        found: dict[Place, int] = defaultdict(int)
        for (account, member, debit), paise in moved.items():
            if member in self._split and not debit and account in repaid:
                found[_REPAID, member, debit] += paise
            elif member in self._drawn and debit and account in drawn:
                found[_DRAWN, member, debit] += paise
            else:
                found[account, member, debit] += paise
        return dict(found)


def amounts_of(
    sheet: Mapping[str, Any], accounts: Mapping[str, int], people: Mapping[str, int], notes: Mapping[str, Any]
) -> Amounts:
    """What a sheet and its notes say was moved; `accounts` by code and role, `people` by number.

    Raises one of `UNREADABLE`.
    """
    found = Amounts(accounts, people, lent=list(notes.get("loans", ())))
    there: dict[str, str] = {}
    for row in sheet["rows"]:
        if there.get(row["member"], ABSENT) == ABSENT:
            present = row.get("present", False)
            there[row["member"]] = present if isinstance(present, str) else PRESENT if present else ABSENT
    for row in sheet["rows"]:
        found.take_row(row, present=there[row["member"]])
    for line in sheet.get("other", ()):
        found.take_foot(line)
    return found
