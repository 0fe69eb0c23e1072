"""Every way in which a copy of the books is broken, with the check that must see it and what it must say."""

from tests.audit.breaks_of_meetings import MEETINGS
from tests.audit.broken import Break, broken

OF_R1 = "WHERE entity = 1 AND sequence = {R1}"
R1 = "R1/2022-23 of 2022-04-05 (250.00)"
BREAKS = [
    broken("identity", "application id 7", "PRAGMA application_id=7"),
    broken("identity", "schema version is 99", "PRAGMA user_version=99", quick=True),
    broken("integrity", "CHECK constraint failed in posting", f"UPDATE posting SET paise = 0 {OF_R1} AND line = 1"),
    broken("foreign_keys", "rows of table posting refer to rows of member", "DELETE FROM member WHERE number = '4'"),
    broken("schema_as_declared", "trigger posting_unchanged is missing", guarded=False),
    broken("schema_as_declared", "index posting_by_loan is missing", "DROP INDEX posting_by_loan", quick=True),
    broken("schema_as_declared", "table secret is not this program's", "CREATE TABLE secret (a)", quick=True),
    Break(
        "balanced",
        "R1/2022-23 of 2022-04-05 (249.99) does not balance: the credits are more by 0.01",
        (f"UPDATE posting SET paise = 24999 {OF_R1} AND paise > 0",),
    ),
    broken("balanced", "has a line of 0.00", f"UPDATE posting SET paise = 0 {OF_R1} AND line = 1"),
    broken("balanced", "has one line only", f"DELETE FROM posting {OF_R1} AND line > 1"),
    broken(
        "whole",
        "1 orphan posting(s) at link 900, dated 2023-07-01, of together 5.00",
        "INSERT INTO posting (entity, sequence, line, date, account, paise) VALUES (1, 900, 1, '2023-07-01', 1, 500)",
    ),
    broken("whole", "R1/2022-23 of 2022-04-05 (0.00) has no postings", f"DELETE FROM posting {OF_R1}"),
    broken(
        "lines_without_gap", f"{R1} has 6 lines, numbered up to 9", f"UPDATE posting SET line = 9 {OF_R1} AND line = 6"
    ),
    broken("lines_without_gap", f"{R1} has 1 papers", f"UPDATE attachment SET line = 2 {OF_R1}"),
    broken("hashes", f"{R1} was changed", f"UPDATE voucher SET narration = 'other' {OF_R1}"),
    broken("hashes", f"{R1} was changed", f"UPDATE attachment SET name = 'other' {OF_R1}"),
    broken("hashes", f"{R1} was changed", f"UPDATE posting SET member = 2 {OF_R1} AND member = 1 AND line = 2"),
    broken("hashes", "P1/2022-23", "UPDATE posting SET paise = paise * 2 WHERE entity = 1 AND sequence = {P1}"),
    broken("hashes", "the lock at link", "UPDATE link SET body = replace(body, '04-30', '04-29') WHERE what = 'lock'"),
    Break(
        "newest_hash",
        "R3/2024-25 of 2024-06-05 (200.00) was changed",
        ("UPDATE voucher SET party = 'other' WHERE date = '2024-06-05'",),
        quick=True,
    ),
    broken("links_without_gap", "link 2 is missing", "DELETE FROM link WHERE entity = 1 AND sequence = 2", quick=True),
    broken("links_and_rows", f"{R1} has no link in the chain", f"DELETE FROM link {OF_R1}"),
    broken(
        "links_and_rows",
        "the voucher of link 2 is gone",
        f"DELETE FROM voucher {OF_R1}",
        f"DELETE FROM posting {OF_R1}",
    ),
    broken("links_and_rows", "the lock of link", "DELETE FROM locked"),
    broken("rows_and_links", "the lock of 2023-04-29 (link", "UPDATE locked SET until = '2023-04-29'"),
    broken("rows_and_links", "has no link in the chain", "INSERT INTO closing VALUES (1, 2023, 2)"),
    Break(
        "head_is_newest",
        "links are gone or added",
        ("UPDATE entity SET sequence = sequence - 1 WHERE id = 1",),
        quick=True,
    ),
    broken(
        "head_is_newest", "the head's hash is not that of link", "UPDATE entity SET head = zeroblob(32) WHERE id = 1"
    ),
    broken("anchor_in_chain", "was rewritten", anchor="3:00000000"),
    broken("anchor_in_chain", "link 9000 is not in the books", anchor="9000:0000 0000", quick=True),
    broken(
        "numbers_without_gap",
        "P3/2022-23 is missing: there are 4 vouchers, numbered up to 5",
        "UPDATE voucher SET number = 5 WHERE entity = 1 AND sequence = {P4}",
        "UPDATE voucher SET number = 4 WHERE entity = 1 AND sequence = {P3}",
        quick=True,
    ),
    broken(
        "numbers_in_order",
        "was entered before the number ahead of it",
        "UPDATE voucher SET number = 9 WHERE entity = 1 AND sequence = {P1}",
        "UPDATE voucher SET number = 1 WHERE entity = 1 AND sequence = {P2}",
        "UPDATE voucher SET number = 2 WHERE entity = 1 AND sequence = {P1}",
    ),
    broken("year_and_series_fit", "is numbered in 2030-31", f"UPDATE voucher SET year = 2030 {OF_R1}"),
    broken(
        "year_and_series_fit",
        "of kind receipt in series X; its series is R",
        f"UPDATE voucher SET series = 'X' {OF_R1}",
    ),
    broken("dates_can_be", "another date, 2022-04-09", f"UPDATE posting SET date = '2022-04-09' {OF_R1} AND line = 1"),
    broken(
        "dates_can_be",
        "of 2022-04-31 (250.00) bears a date that is no day",
        f"UPDATE voucher SET date = '2022-04-31' {OF_R1}",
    ),
    broken(
        "dates_can_be",
        "R1/2022-23 of 2199-04-05 (250.00) is dated in the future",
        f"UPDATE voucher SET date = '2199-04-05' {OF_R1}",
    ),
    broken(
        "after_the_start",
        "R1/2022-23 of 2022-03-05 (250.00) is before the books begin",
        f"UPDATE voucher SET date = '2022-03-05' {OF_R1}",
    ),
    broken("one_opening", f"{R1} is a second opening voucher", f"UPDATE voucher SET kind = 'opening' {OF_R1}"),
    broken(
        "one_opening",
        "is not before the first other voucher",
        "UPDATE voucher SET date = '2022-06-05' WHERE kind = 'opening'",
    ),
    Break(
        "entered_in_time",
        "R90/2022-23 of 2022-04-07 (250.00) was entered after 2022-23 was closed",
        ("UPDATE voucher SET date = '2022-04-07', year = 2022, number = 90 WHERE entity = 1 AND date = '2023-04-05'",),
    ),
    broken(
        "entered_in_time",
        "behind the lock up to 2023-04-30",
        "UPDATE voucher SET date = '2023-04-30' WHERE entity = 1 AND date = '2023-05-05'",
    ),
    broken(
        "entered_in_time",
        "meeting 5 of 2023-08-05, without money, was entered for 2023-08-05, behind the lock up to 2023-08-31",
        "INSERT INTO locked VALUES (3, 1, '2023-08-31')",
    ),
    broken(
        "entered_in_time",
        "meeting 5 of 2023-08-05, without money, was entered for 2023-08-05, after 2023-24 was closed",
        "INSERT INTO closing VALUES (3, 2023, 1)",
    ),
    broken(
        "entered_in_time",
        "meeting 5 of 2098-08-05, without money, was entered for 2098-08-05, which is in the future",
        "UPDATE meeting SET date = '2098-08-05' WHERE entity = 3 AND number = 5",
    ),
    broken(
        "closed_to_nought",
        "stands at -5.00 on 2023-03-31, though 2022-23 is closed",
        "UPDATE posting SET paise = paise - 500 WHERE entity = 1 AND sequence = {R2} AND line = 3",
    ),
    broken("closing_vouchers", f"{R1} is marked as closing", f"UPDATE voucher SET closing = 1 {OF_R1}"),
    broken("closing_vouchers", "moves 1001 Cash in hand by 250.00", f"UPDATE voucher SET closing = 1 {OF_R1}"),
    broken(
        "accounts_of_the_entity",
        f"{R1} posts 250.00 to account 999",
        f"UPDATE posting SET account = 999 {OF_R1} AND line = 1",
    ),
    broken(
        "members_belong",
        f"{R1} posts -50.00 for member with key 77",
        f"UPDATE posting SET member = 77 {OF_R1} AND line = 2",
    ),
    broken(
        "members_belong",
        f"{R1} is for member 2, who joined on 2022-04-06",
        "UPDATE member SET joined = '2022-04-06' WHERE entity = 1 AND number = '2'",
    ),
    broken(
        "members_belong",
        f"{R1} is for member 2, who left on 2022-04-04",
        "UPDATE member SET \"left\" = '2022-04-04' WHERE entity = 1 AND number = '2'",
    ),
    broken(
        "members_named",
        f"{R1} posts -50.00 to 2001 Member savings without a member",
        f"UPDATE posting SET member = NULL {OF_R1} AND line = 2",
    ),
    broken(
        "control_accounts", "the members' ledgers add up to", f"UPDATE posting SET member = NULL {OF_R1} AND line = 2"
    ),
    broken(
        "loans_belong",
        "P1/2022-23 of 2022-04-05 (200.00) posts 200.00 to loan 1, which is of member 1",
        "UPDATE posting SET member = 2 WHERE entity = 1 AND sequence = {P1} AND loan = 1",
    ),
    broken(
        "loans_belong",
        "to loan 55, which is not there",
        "UPDATE posting SET loan = 55 WHERE entity = 1 AND sequence = {P1} AND loan = 1",
    ),
    broken("loans_belong", "without a loan", "UPDATE posting SET loan = NULL WHERE entity = 1 AND sequence = {P1}"),
    broken(
        "loans_not_below",
        "loan 1 is -700.00 at the end of 2022-05-05, by R2/2022-23",
        "UPDATE posting SET paise = -90000 WHERE entity = 1 AND sequence = {R2} AND loan = 1 AND paise = -10000",
    ),
    broken(
        "savings_not_below",
        "of member 2 is -150.00 at the end of 2022-05-06, by P2/2022-23",
        "UPDATE posting SET paise = 20000 WHERE entity = 1 AND sequence = {P2} AND paise > 0",
    ),
    broken(
        "cash_not_below",
        "at the end of 2022-05-06, by P2/2022-23",
        "UPDATE posting SET paise = -9000000 WHERE entity = 1 AND sequence = {P2} AND paise < 0",
    ),
    broken("cash_not_below", "at the end of 2022-07-01, by P4/2022-23", "UPDATE log SET new = ''"),
    broken("mirrors", "it gives no reason", "UPDATE voucher SET narration = ' ' WHERE entity = 1 AND sequence = {J2}"),
    broken(
        "mirrors",
        "J2/2022-23 of 2022-05-08 (20.00) reverses J1/2022-23 of 2022-05-07 (10.00), but its lines are not",
        "UPDATE posting SET paise = paise * 2 WHERE entity = 1 AND sequence = {J2}",
    ),
    broken(
        "mirrors", "a receipt is not mirrored by a receipt", "UPDATE voucher SET kind = 'receipt' WHERE sequence = {P3}"
    ),
    broken(
        "mirrors",
        "it is dated before it",
        "UPDATE voucher SET date = '2022-05-01' WHERE entity = 1 AND sequence = {J2}",
    ),
    broken(
        "month_sums",
        "the sums of 1001 Cash in hand for 2022-04 differ",
        "UPDATE sum_month SET debit = debit + 1 "
        "WHERE entity = 1 AND account = 1 AND month = 2022 * 12 + 3 AND closing = 0",
    ),
    broken("month_sums", "for 2023-03 differ", "UPDATE sum_month SET closing = 0 WHERE closing = 1"),
    broken(
        "year_sums",
        "the sums of 1001 Cash in hand for 2022-23 differ",
        "UPDATE sum_year SET credit = 0 WHERE entity = 1 AND account = 1 AND year = 2022",
        quick=True,
    ),
    broken("acts_logged", f"{R1}: no act in the log of acts entered it", f"UPDATE voucher SET key = 'none' {OF_R1}"),
    broken(
        "acts_logged", f"{R1}: its act in the log is of another", f"UPDATE voucher SET entered = '2024-01-01' {OF_R1}"
    ),
    broken("acts_logged", "the lock of link", "UPDATE log SET key = 'none' WHERE act = 'lock'"),
    broken("users_with_the_right", "owner did “post”", "UPDATE \"user\" SET rights = 'look enter close manage'"),
    broken("users_with_the_right", f"{R1} is by user 9", f'UPDATE voucher SET "user" = 9 {OF_R1}'),
    broken(
        "log_chain", "was changed after it was logged", "UPDATE log SET pc = 'other' WHERE entity = 1 AND sequence = 3"
    ),
    broken("log_chain", "act 3 is missing in the log of acts", "DELETE FROM log WHERE entity = 1 AND sequence = 3"),
    broken("log_is_there", "the log of acts is gone", "DELETE FROM log WHERE entity = 1", quick=True),
    broken(
        "roles_fit",
        "the role cash (1001) has 0 default accounts",
        "UPDATE account SET is_default = 0 WHERE role = 'cash'",
    ),
    broken(
        "roles_fit",
        "the role cash, which belongs to the group asset, not income",
        "UPDATE account SET grouping = 'income' WHERE role = 'cash' AND entity = 1",
        quick=True,
    ),
    broken("roles_fit", "“club” is not a kind of entity", "UPDATE entity SET kind = 'club' WHERE id = 2"),
    broken(
        "dates_real", "member.joined have “2022-02-30”", "UPDATE member SET joined = '2022-02-30' WHERE number = '3'"
    ),
    broken("dates_real", "entity.starts have “2022-13-01”", "UPDATE entity SET starts = '2022-13-01' WHERE id = 1"),
    broken(
        "types_hold",
        "paise 'abc' is of the wrong type",
        f"UPDATE posting SET paise = 'abc' {OF_R1} AND line = 2",
        loosely=True,
    ),
    broken(
        "types_hold",
        "paise 100.5 is of the wrong type",
        f"UPDATE posting SET paise = 100.5 {OF_R1} AND line = 2",
        loosely=True,
    ),
    broken(
        "text_valid",
        f"the narration of {R1} is not valid text",
        f"UPDATE voucher SET narration = CAST(x'41ff' AS TEXT) {OF_R1}",
    ),
    broken(
        "text_valid",
        f"the party of {R1} is not in composed form",
        f"UPDATE voucher SET party = 'e' || char(769) {OF_R1}",
    ),
    broken("digests", f"paper 1 of {R1} (पावती.jpg) has “AB”", f"UPDATE attachment SET sha256 = 'AB' {OF_R1}"),
    broken("posted_twice", "was posted before as", "UPDATE log SET file_digest = 'same' WHERE act = 'post'"),
    *MEETINGS,
]
