"""An entity's chart of accounts: heads by code and by role."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sqlalchemy import func, select

from bookkeeper.definitions.chart import GROUPS, MONEY_ROLES, YEARLY_GROUPS, Head
from bookkeeper.errors import BadInput, Fault, Refused
from bookkeeper.rules.said import Said
from bookkeeper.rules.text import USUAL, NotAText, needed
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx, insert_rows


@dataclass(frozen=True, slots=True)
class Account:
    """A ledger head. `role` is what the program knows it as, or None; `folio` its page in the ledger."""

    id: int
    code: str
    name: str
    group: str
    role: str | None
    is_default: bool
    folio: str
    section: str

    @property
    def is_money(self) -> bool:
        """Whether it stands in a column of the cash book."""
        return self.role in MONEY_ROLES

    @property
    def is_yearly(self) -> bool:
        """Whether it starts from nought each financial year."""
        return self.group in YEARLY_GROUPS


@dataclass(frozen=True)
class Chart:
    """The accounts of one entity; a text that names one is a code or a role (where two have it, the default)."""

    accounts: tuple[Account, ...]
    by_id: dict[int, Account] = field(default_factory=dict)
    by_text: dict[str, Account] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for account in self.accounts:
            self.by_id[account.id] = account
            if account.role and (account.is_default or account.role not in self.by_text):
                self.by_text[account.role] = account
        self.by_text.update({account.code: account for account in self.accounts})

    def of_role(self, *roles: str) -> tuple[Account, ...]:
        """Every account of these roles, in order of code."""
        return tuple(a for a in self.accounts if a.role in roles)

    def named(self, code_or_role: str) -> Account:
        """The account of that code or role. Raises BadInput with the nearest that there is."""
        found = self.by_text.get(code_or_role)
        if found is None:
            raise BadInput(self.unknown(code_or_role))
        return found

    def unknown(self, text: str, row: int | None = None) -> Fault:
        """The fault of naming an account that there is not."""
        import difflib  # noqa: PLC0415  # for a refusal alone

        near = difflib.get_close_matches(text, self.by_text, n=1)
        advice = (
            Said("Did you mean {near}?", near=near[0]) if near else "List the accounts with: bookkeeper account list."
        )
        return Fault(
            Said("“{text}” is neither a code nor a role of an account.", text=text), advice, row=row, field="account"
        )


def chart_of(tx: Tx, entity: int) -> Chart:
    """The chart of accounts of an entity."""
    table = tables.account
    columns = (table.c.id, table.c.code, table.c.name, table.c.grouping, table.c.role)
    rest = (table.c.is_default, table.c.folio, table.c.section)
    rows = tx.connection.execute(select(*columns, *rest).where(table.c.entity == entity).order_by(table.c.code))
    return Chart(
        tuple(
            Account(id_, code, name, group, role, bool(d), folio, s)
            for id_, code, name, group, role, d, folio, s in rows
        )
    )


def folio_of(folio: str) -> int | str:
    """A ledger folio: as a number where it is one, so that it stands in a page's own digits."""
    return int(folio) if folio.isascii() and folio.isdigit() else folio


CODE_LENGTH = 20
_INSERTED = ("entity", "id", "code", "name", "grouping", "role", "is_default", "folio", "section")


def open_chart(tx: Tx, entity: int, heads: tuple[Head, ...]) -> None:
    """Give a new entity the accounts of its kind."""
    rows = [
        (entity, i, h.code, h.name, h.group, h.role or None, int(h.default), h.folio, h.section)
        for i, h in enumerate(heads, start=1)
    ]
    insert_rows(tx, tables.account, _INSERTED, rows)


def add_account(tx: Tx, entity: int, head: Head) -> None:
    """Add one account. Raises Refused where its code is taken, BadInput where its group is none."""
    head = _cleaned(head)
    chart = chart_of(tx, entity)
    if head.group not in GROUPS:
        raise BadInput(
            Fault(
                Said("“{group}” is not a group.", group=head.group),
                Said("Groups are {groups}.", groups=tuple(map(Said, GROUPS))),
                field="group",
            )
        )
    if head.code in {a.code for a in chart.accounts}:
        raise Refused(
            Fault(Said("{code} is an account already.", code=head.code), "Choose another code.", field="code")
        )
    if head.code in chart.by_text:
        raise Refused(
            Fault(Said("{code} is the name of a role.", code=head.code), "Choose another code.", field="code")
        )
    _check_role(chart, head)
    newest = tx.connection.execute(
        select(func.max(tables.account.c.id)).where(tables.account.c.entity == entity)
    ).scalar()
    folio = head.folio or str(1 + max((int(a.folio) for a in chart.accounts if a.folio.isdigit()), default=0))
    default = not chart.of_role(head.role) if head.role else True
    row = (
        entity,
        (newest or 0) + 1,
        head.code,
        head.name,
        head.group,
        head.role or None,
        int(default),
        folio,
        head.section,
    )
    insert_rows(tx, tables.account, _INSERTED, [row])


def _cleaned(head: Head) -> Head:
    """The head with its texts as they may stand in the books. Raises BadInput naming the field."""
    for name, longest in (("code", CODE_LENGTH), ("name", USUAL)):
        try:
            found = needed(getattr(head, name), longest)
        except NotAText as error:
            raise BadInput(Fault(str(error), field=name)) from None
        head = replace(head, code=found) if name == "code" else replace(head, name=found)
    if any(character.isspace() or character == "/" for character in head.code):
        raise BadInput(
            Fault(
                Said("“{code}” cannot be a code.", code=head.code),
                "Use letters and figures without blanks.",
                field="code",
            )
        )
    return head


def _check_role(chart: Chart, head: Head) -> None:
    """A role fits one group, and only money may have it twice: everything else is found by its role."""
    if not head.role:
        return
    from bookkeeper.definitions.kind import kind, kinds  # noqa: PLC0415  # wanted here alone

    known = {one.role for key in kinds() for one in kind(key).chart if one.role}
    if head.role not in known:
        import difflib  # noqa: PLC0415  # for a refusal alone

        near = difflib.get_close_matches(head.role, known, n=1)
        advice = (
            Said("Did you mean {near}?", near=near[0])
            if near
            else "Leave it out: only heads that the program uses have one."
        )
        raise BadInput(Fault(Said("“{role}” is not a role.", role=head.role), advice, field="role"))
    same = chart.of_role(head.role)
    if same and head.role not in MONEY_ROLES:
        raise Refused(
            Fault(
                Said(
                    "{code} {name} has the role {role} already.",
                    code=same[0].code,
                    name=Said(same[0].name),
                    role=head.role,
                ),
                field="role",
            )
        )
    if not same and head.role in MONEY_ROLES and head.group != "asset":
        raise Refused(Fault("cash and bank are assets.", field="group"))
    if same and same[0].group != head.group:
        raise Refused(
            Fault(
                Said("the role {role} belongs to the group {group}.", role=head.role, group=Said(same[0].group)),
                field="group",
            )
        )
