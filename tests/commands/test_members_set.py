"""What the register has of a member is set field by field; KYC numbers are never shown whole."""

from __future__ import annotations

import pytest

from bookkeeper.books.members import Member
from bookkeeper.commands import members
from bookkeeper.errors import BadInput, Refused
from tests.scenarios.clerk import Clerk

NUMBER = "234123412346"


def sets(clerk: Clerk, number: str, field: str, value: str) -> object:
    return members.set_(clerk.office, "", clerk.group, number, field, value).result


def member(clerk: Clerk, number: str) -> Member:
    return next(m for m in members.listed(clerk.office, clerk.group) if m.number == number)


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("name", " Asha Patil ", "Asha Patil"),
        ("name_local", "आशा पाटील", "आशा पाटील"),
        ("office", "Book-keeper", "Book-keeper"),
        ("gender", "female", "female"),
        ("caste", "obc", "OBC"),
        ("poverty", "bpl", "BPL"),
        ("phone", "9876543210", "9876543210"),
        ("nominee", "Ravi", "Ravi"),
        ("language", "mr", "mr"),
        ("kyc", "aadhaar 2341 2341 2346", f"Aadhaar {NUMBER}"),
    ],
)
def test_each_field_is_set_and_the_log_has_old_and_new(clerk: Clerk, field: str, value: str, kept: str) -> None:
    old = getattr(member(clerk, "1"), field)
    answer = sets(clerk, "1", field, value)
    assert getattr(member(clerk, "1"), field) == kept
    told = "Aadhaar ••••2346" if field == "kyc" else kept
    assert answer == {field: told}
    row = max((row for row in clerk.contents()["log"] if row[5] == "member set"), key=lambda row: int(str(row[1])))
    assert row[6:9] == ("member 1", f'{{"{field}":"{old}"}}', f'{{"{field}":"{told}"}}')


def test_a_text_may_be_taken_away_but_not_the_name(clerk: Clerk) -> None:
    sets(clerk, "1", "phone", "98")
    sets(clerk, "1", "phone", "")
    assert member(clerk, "1").phone == ""
    with clerk.refuses("name: this may not be empty", BadInput):
        sets(clerk, "1", "name", " ")


@pytest.mark.parametrize(
    ("number", "field", "value", "kind", "words"),
    [
        ("9", "phone", "1", Refused, "there is no member 9"),
        ("1", "joined", "2024-04-01", BadInput, "“joined” of a member cannot be set. What can be set: name, na"),
        ("1", "left", "2024-04-01", BadInput, "“left” of a member cannot be set"),
        ("1", "number", "7", BadInput, "“number” of a member cannot be set"),
        ("1", "name_local", "x" * 101, BadInput, "name-local: the text has 101 characters"),
        ("1", "language", "xx", Refused, "language: “xx” is not a language here. There are en"),
        ("1", "kyc", "PAN ABCDE1234F\nVoter ABC1234567", BadInput, "kyc: the text has a line end"),
        ("1", "kyc", "Aadhaar 12345", BadInput, "kyc: an Aadhaar number has 12 figures"),
    ],
)
def test_what_cannot_be_set(
    clerk: Clerk, number: str, field: str, value: str, kind: type[BadInput | Refused], words: str
) -> None:
    with clerk.refuses(words, kind):
        sets(clerk, number, field, value)


def test_an_office_is_one_member_s_until_it_is_cleared(clerk: Clerk) -> None:
    sets(clerk, "1", "office", "President")
    sets(clerk, "1", "office", "president")
    for same in ("PRESIDENT", "अध्यक्ष"):
        with clerk.refuses("office: member 1, Member 1, is president. Clear or change her office first"):
            sets(clerk, "2", "office", same)
    sets(clerk, "2", "office", "Vice-president")
    sets(clerk, "3", "office", "Vice-president")
    sets(clerk, "1", "office", "")
    sets(clerk, "2", "office", "अध्यक्ष")
    assert member(clerk, "2").office == "अध्यक्ष"


def test_who_left_holds_no_office_in_the_way(clerk: Clerk) -> None:
    sets(clerk, "1", "office", "Secretary")
    members.leave(clerk.office, "", "SHG1", "1", "2024-05-05", "moved")
    sets(clerk, "2", "office", "Secretary")
    sets(clerk, "1", "office", "Secretary")


def test_offices_and_days_of_new_members_are_held_against_the_register(clerk: Clerk) -> None:
    sets(clerk, "1", "office", "Treasurer")
    new = [Member("4", "Sita", office="treasurer", row=2), Member("5", "Usha", office="Treasurer", left="2024-01-01")]
    with clerk.refuses("row 2, office: member 1, Member 1, is Treasurer"):
        members.import_(clerk.office, "", "SHG1", new, "")
    two = [Member("4", "Sita", office="Secretary", row=2), Member("5", "Usha", office="सचिव", row=3)]
    with clerk.refuses("row 3, office: member 4, Sita, is Secretary"):
        members.import_(clerk.office, "", "SHG1", two, "")
    with clerk.refuses("left: 2026-01-01 is in the future"):
        members.add(clerk.office, "", "SHG1", Member("4", "Sita", left="2026-01-01"))


def test_kyc_is_kept_in_one_form_and_shown_nowhere_whole(clerk: Clerk) -> None:
    members.add(clerk.office, "", "SHG1", Member("4", "Sita", kyc="Aadhaar: 2341-2341-2346; Voter abc1234567"))
    assert member(clerk, "4").kyc == f"Aadhaar {NUMBER}; Voter ABC1234567"
    sets(clerk, "4", "kyc", "PAN ABCDE1234F")
    sets(clerk, "4", "kyc", "")
    members.leave(clerk.office, "", "SHG1", "4", "2024-05-05", "moved")
    kept = repr(clerk.contents()["log"])
    assert "Voter ••••4567" in kept
    assert not [whole for whole in (NUMBER, "ABC1234567", "ABCDE1234F") if whole in kept]
    with clerk.refuses("kyc: it is not clear which part is the number", BadInput) as refused:
        members.add(clerk.office, "", "SHG1", Member("5", "Usha", kyc=NUMBER))
    assert NUMBER not in str(refused.value)
