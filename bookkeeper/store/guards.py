"""The triggers that keep posted rows as they are, also against a foreign connection with default pragmas.

*Postings first, voucher last*: a posting may not enter once its voucher is there, and a voucher's row may enter only
when its postings are whole and balance. `RAISE(ABORT)` in a BEFORE trigger is not overridden by OR REPLACE, OR IGNORE
or an upsert.
"""

from __future__ import annotations

from typing import Final

_REFUSE: Final = "SELECT RAISE(ABORT, '{words}')"


def _never(table: str, event: str, words: str, columns: str = "") -> str:
    of = f" OF {columns}" if columns else ""
    name = f"{table}_{'kept' if event == 'DELETE' else 'unchanged'}"
    return f'CREATE TRIGGER {name} BEFORE {event}{of} ON "{table}" BEGIN {_REFUSE.format(words=words)}; END'


def _before_insert(table: str, *rules: tuple[str, str]) -> str:
    checks = "; ".join(f"{_REFUSE.format(words=words)} WHERE {condition}" for words, condition in rules)
    return f'CREATE TRIGGER {table}_enters BEFORE INSERT ON "{table}" BEGIN {checks}; END'


def _there(table: str, *columns: str) -> str:
    same = " AND ".join(f'"{column}" = NEW."{column}"' for column in columns)
    return f'EXISTS (SELECT 1 FROM "{table}" WHERE {same})'


_OWN: Final = "entity = NEW.entity AND sequence = NEW.sequence"
_POSTINGS: Final = f"(SELECT {{what}} FROM posting WHERE {_OWN})"


def _postings(what: str) -> str:
    return _POSTINGS.format(what=what)


_KEYS: Final = (("account", "account", "id"), ("member", "member", "id"), ("loan", "loan", "number"))
_STRANGE: Final = " OR ".join(
    f"(posting.{key} IS NOT NULL AND NOT EXISTS "
    f"(SELECT 1 FROM {table} t WHERE t.entity = NEW.entity AND t.{target} = posting.{key}))"
    for key, table, target in _KEYS
)
_STRANGER: Final = f"EXISTS (SELECT 1 FROM posting WHERE {_OWN} AND ({_STRANGE}))"


_ENTERS: Final = (
    _before_insert(
        "posting",
        ("a posted voucher takes no more lines", _there("voucher", "entity", "sequence")),
        ("this posting is there already", _there("posting", "entity", "sequence", "line")),
    ),
    _before_insert(
        "attachment",
        ("a posted voucher takes no more papers", _there("voucher", "entity", "sequence")),
        ("this paper is there already", _there("attachment", "entity", "sequence", "line")),
    ),
    _before_insert(
        "voucher",
        ("this voucher is posted already", _there("voucher", "entity", "sequence")),
        ("this number is used already", _there("voucher", "entity", "series", "year", "number")),
        (
            "numbers run without a gap",
            (
                "NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM voucher WHERE entity = NEW.entity "
                "AND series = NEW.series AND year = NEW.year AND number = NEW.number - 1)"
            ),
        ),
        ("this voucher is reversed already", f"NEW.reverses IS NOT NULL AND {_there('voucher', 'entity', 'reverses')}"),
        (
            "a voucher has at least two lines, numbered from 1",
            f"{_postings('count(*)')} < 2 OR {_postings('max(line)')} <> {_postings('count(*)')}",
        ),
        ("a line is on an account, member or loan not of this entity", _STRANGER),
        ("debits and credits differ", f"{_postings('sum(paise)')} <> 0"),
        ("the lines carry another date", f"EXISTS (SELECT 1 FROM posting WHERE {_OWN} AND date <> NEW.date)"),
        (
            "the year does not fit the date",
            "NEW.year <> CAST(substr(NEW.date, 1, 4) AS INTEGER) - (substr(NEW.date, 6, 2) < '04')",
        ),
        (
            "the financial year is closed",
            "NEW.closing = 0 AND EXISTS (SELECT 1 FROM closing WHERE entity = NEW.entity AND year >= NEW.year)",
        ),
        (
            "the books are locked up to this date",
            "NEW.closing = 0 AND EXISTS (SELECT 1 FROM locked WHERE entity = NEW.entity AND until >= NEW.date)",
        ),
    ),
    _before_insert(
        "link",
        ("this link is there already", _there("link", "entity", "sequence")),
        (
            "links follow each other",
            "NEW.sequence <> 1 + coalesce((SELECT max(sequence) FROM link WHERE entity = NEW.entity), 0)",
        ),
    ),
    _before_insert(
        "log",
        ("this act is logged already", f"{_there('log', 'entity', 'sequence')} OR {_there('log', 'key')}"),
        (
            "acts follow each other",
            "NEW.sequence <> 1 + coalesce((SELECT max(sequence) FROM log WHERE entity = NEW.entity), 0)",
        ),
    ),
    _before_insert("locked", ("this lock is there already", _there("locked", "entity", "sequence"))),
    _before_insert("closing", ("this year is closed already", _there("closing", "entity", "year"))),
    _before_insert("books", ("the books are there already", "EXISTS (SELECT 1 FROM books)")),
    _before_insert(
        "entity", ("this entity is there already", f"{_there('entity', 'id')} OR {_there('entity', 'code')}")
    ),
    _before_insert(
        "account",
        (
            "this account is there already",
            f"{_there('account', 'entity', 'id')} OR {_there('account', 'entity', 'code')}",
        ),
    ),
    _before_insert(
        "member",
        (
            "this member is there already",
            f"{_there('member', 'entity', 'id')} OR {_there('member', 'entity', 'number')}",
        ),
    ),
    _before_insert("loan", ("this loan is there already", _there("loan", "entity", "number"))),
    _before_insert(
        "meeting",
        ("this meeting is there already", _there("meeting", "entity", "sequence")),
        (
            "a meeting of this number stands",
            (
                "EXISTS (SELECT 1 FROM meeting m WHERE m.entity = NEW.entity AND m.number = NEW.number "
                "AND NOT EXISTS (SELECT 1 FROM meeting_reversal r WHERE r.entity = m.entity "
                "AND r.reverses = m.sequence))"
            ),
        ),
    ),
    _before_insert(
        "meeting_reversal",
        (
            "this meeting is reversed already",
            f"{_there('meeting_reversal', 'entity', 'sequence')} OR {_there('meeting_reversal', 'entity', 'reverses')}",
        ),
    ),
    _before_insert("cut_off", ("this cut-off sheet is there already", _there("cut_off", "entity", "sequence"))),
    _before_insert("user", ("this user is there already", f"{_there('user', 'number')} OR {_there('user', 'name')}")),
)

_POSTED: Final = (
    "posting", "attachment", "voucher", "link", "log", "locked", "closing", "books", "loan", "meeting",
    "meeting_reversal", "cut_off",
)  # fmt: skip
"""Tables whose rows neither change nor go. What a loan's terms may be changed to is a later act's to allow."""

_STAY: Final = ("entity", "account", "member", "user")
"""Tables whose rows never go, though some of their columns may change."""

GUARDS: Final[tuple[str, ...]] = (
    *_ENTERS,
    *(_never(table, "UPDATE", f"what is posted does not change ({table})") for table in _POSTED),
    *(_never(table, "DELETE", f"what is posted does not go ({table})") for table in _POSTED + _STAY),
    _never("entity", "UPDATE", "code, kind and start of an entity do not change", "id, code, kind, starts"),
    _never("account", "UPDATE", "code, group, role and folio of an account do not change",
           "entity, id, code, grouping, role, is_default, folio"),
    _never("member", "UPDATE", "number and joining of a member do not change", "entity, id, number, joined"),
    _never("user", "UPDATE", "number and name of a user do not change", "number, name"),
)  # fmt: skip
