"""How meetings, their loans and cut-off sheets are broken; entity 3 is the group of `group_with_meetings`."""

from tests.audit.broken import broken

OWN = "WHERE entity = 3"
SECOND = f"{OWN} AND number = 2"
R1 = f"{OWN} AND sequence = (SELECT sequence FROM voucher {OWN} AND series = 'R' AND number = 1)"
BETWEEN = f"{OWN} AND date = '2023-08-20'"
LINK = "UPDATE link SET body = replace(body, '{0}', '{1}') WHERE entity = 3"

_CHAIN = [
    broken("hashes", "the meeting at link", LINK.format("2023-04-05", "2023-04-06")),
    broken("hashes", "the cut-off at link 2 was changed", LINK.format("2023-03-31", "2023-03-30")),
    broken("links_and_rows", "the meeting of link", f"DELETE FROM meeting {SECOND}"),
    broken("links_and_rows", "the meeting-reversal of link", "DELETE FROM meeting_reversal"),
    broken("links_and_rows", "the cut-off of link 2 is gone", "DELETE FROM cut_off"),
    broken(
        "rows_and_links", "the meeting 9 (link 6) is not what", f"UPDATE meeting SET number = 9 {OWN} AND number = 1"
    ),
    broken("rows_and_links", "the meeting 2 (link 13) is not what", "UPDATE link SET body = '{{' WHERE sequence = 13"),
    broken(
        "rows_and_links",
        "the reversal of the meeting at link 6 (link 21) is not what its link says: [17]",
        "UPDATE meeting_reversal SET reverses = 6 WHERE reverses = 17",
    ),
    broken("rows_and_links", "cut-off sheet of 2023-03-30 (link 2)", "UPDATE cut_off SET date = '2023-03-30'"),
    broken(
        "rows_and_links", "has no link in the chain", "INSERT INTO meeting VALUES (3, 4, 9, '2023-04-05', 0, '', '')"
    ),
    broken("acts_logged", "the meeting of link 13 has no act", "UPDATE link SET body = 'x' WHERE sequence = 13"),
    broken("acts_logged", "the cut-off of link 2 has no act", "UPDATE log SET key = 'x' WHERE act = 'opening post'"),
    broken("dates_real", "meeting.date have “2023-02-30”", f"UPDATE meeting SET date = '2023-02-30' {SECOND}"),
    broken(
        "meetings_in_the_chain",
        "meeting 1 of 2023-04-05 was changed after it was posted",
        f"UPDATE meeting SET sheet = replace(sheet, 'चर्चा', 'भांडण') {OWN} AND number = 1",
    ),
    broken("meetings_in_the_chain", "meeting 2 of 2023-05-05 was changed", f"UPDATE meeting SET notes = '' {SECOND}"),
    broken(
        "meetings_in_the_chain",
        "meeting 2 of 2023-05-05 is kept with 5 vouchers; its link 13 says [2, '2023-05-05', 6]",
        f"UPDATE meeting SET vouchers = 5 {SECOND}",
    ),
    broken(
        "newest_meeting_in_the_chain",
        "meeting 4 of 2023-07-05 was changed after it was posted",
        f"UPDATE meeting SET notes = '{{{{}}}} ' {OWN} AND sequence = 55",
        quick=True,
    ),
]

_ORDER = [
    broken(
        "meetings_taken_back",
        "meeting 3 of 2023-06-05 was taken back, but its R7/2023-24 of 2023-06-05",
        f"UPDATE voucher SET reverses = NULL {OWN} AND sequence = 18",
    ),
    broken(
        "meetings_taken_back",
        "takes back one voucher out of meeting 3",
        "DELETE FROM meeting_reversal WHERE sequence = 21",
    ),
    broken(
        "meetings_taken_back",
        "takes back one voucher out of meeting 3",
        f"UPDATE voucher SET meeting = 5 {OWN} AND sequence = 18",
    ),
    broken("meetings_taken_back", "gives no reason", LINK.format("wrong day and amount", "")),
    broken(
        "meetings_taken_back",
        "is not what its link says: meeting 4 of link 39",
        "UPDATE meeting_reversal SET reverses = 6 WHERE reverses = 39",
    ),
    broken(
        "meetings_taken_back",
        "meeting at link 99; it is not there",
        "UPDATE meeting_reversal SET reverses = 99 WHERE reverses = 39",
    ),
    broken(
        "vouchers_of_meetings",
        "meeting 1 of 2023-04-05 has R1/2023-24 of 2023-04-05 (200.00) among its vouchers, which bears meeting 2",
        f"UPDATE voucher SET meeting = 2 {R1}",
    ),
    broken("vouchers_of_meetings", "which bears no meeting", f"UPDATE voucher SET meeting = NULL {R1}"),
    broken(
        "vouchers_of_meetings",
        "of 2023-08-20 (110.00) bears meeting 5, which does not have it",
        f"UPDATE voucher SET meeting = 5 {BETWEEN}",
    ),
    broken(
        "meetings_in_order",
        "meeting 1 of 2023-05-05 was posted while meeting 1 of 2023-04-05 stood",
        f"UPDATE meeting SET number = 1 {SECOND}",
    ),
    broken(
        "meetings_in_order",
        "meeting 2 of 2023-04-04 was posted after one of 2023-04-05, and replaces none",
        f"UPDATE meeting SET date = '2023-04-04' {SECOND}",
    ),
]

_SHEETS = [
    broken(
        "cash_counted",
        "the sheet counts 1100.00 of cash and the book had 1167.00, but noted are 1100.00 and 1100.00",
        f"UPDATE meeting SET notes = replace(notes, '116700', '110000') {SECOND}",
    ),
    broken(
        "cash_counted",
        "meeting 1 of 2023-04-05: the sheet counts 1497.00 of cash and the book had 1487.00",
        f"UPDATE posting SET paise = 19000 {R1} AND paise > 0",
    ),
    broken("cash_counted", "noted are None and None", f"UPDATE meeting SET notes = '{{{{}}}}' {SECOND}"),
    broken("cash_counted", "meeting 2 of 2023-05-05: its count of cash cannot be read",
           f"UPDATE meeting SET sheet = replace(sheet, '\"500\"', '\"five\"') {SECOND}"),
    broken(
        "sheets_equal_vouchers",
        "meeting 1 of 2023-04-05: the sheet has 50.00, its vouchers 40.00 credited to 2001 Member savings for member 3",
        f"UPDATE posting SET paise = -4000 {R1} AND member = 3",
    ),
    broken(
        "sheets_equal_vouchers",
        "meeting 2 of 2023-05-05: the sheet has 60.00, its vouchers 50.00 credited to 2001 Member savings for member 4",
        f"UPDATE meeting SET sheet = replace(sheet, '\"sent\":true,\"savings\":\"50.00\"', "
        f"'\"sent\":true,\"savings\":\"60.00\"') {SECOND}",
    ),
    broken(
        "sheets_equal_vouchers",
        "meeting 1 of 2023-04-05: the sheet has 620.00, its vouchers 630.00 credited to principal and interest "
        "for member 1",
        f"UPDATE posting SET paise = paise - 1000 {OWN} AND sequence = 4 AND member = 1",
    ),
    broken(
        "sheets_equal_vouchers",
        "meeting 3 of 2023-06-06: the sheet has 30.00, its vouchers 35.00 debited to voluntary and special savings",
        f"UPDATE posting SET paise = 3500 {OWN} AND paise = 3000 AND member IS NOT NULL",
    ),
    broken(
        "sheets_equal_vouchers",
        "meeting 3 of 2023-06-05: the sheet has 500.00",
        f"UPDATE posting SET paise = paise + 100 {OWN} AND sequence = 15 AND member = 1",
    ),
    broken(
        "sheets_equal_vouchers",
        "meeting 2 of 2023-05-05: member 3 paid while absent: her money is neither marked as sent nor noted",
        f"UPDATE meeting SET notes = replace(notes, '\"absent_paid\":[\"3\"]', '\"absent_paid\":[]') {SECOND}",
    ),
    broken("sheets_equal_vouchers", "meeting 2 of 2023-05-05: its sheet cannot be read, or names",
           f"UPDATE meeting SET sheet = '{{{{' {SECOND}"),
    broken("sheets_equal_vouchers", "meeting 2 of 2023-05-05: its sheet cannot be read, or names",
           f"UPDATE meeting SET sheet = replace(sheet, '\"member\":\"3\"', '\"member\":\"33\"') {SECOND}"),
    broken("sheets_equal_vouchers", "its notes cannot be read", f"UPDATE meeting SET notes = 'x' {SECOND}"),
    broken("sheets_equal_vouchers", "its sheet is that of meeting 2 of 2023-05-05",
           f"UPDATE meeting SET date = '2023-05-06' {SECOND}"),
    broken(
        "cut_offs_equal_openings",
        "the cut-off sheet of 2023-03-31: 2001 Member savings of member 3 is -1100.00 in the sheet and -1000.00",
        f"UPDATE posting SET paise = -100000 {OWN} AND sequence = 1 AND paise = -110000",
    ),
    broken("cut_offs_equal_openings", "1001 Cash in hand is 360.00 in the sheet and 350.00 in the voucher",
           "UPDATE cut_off SET sheet = replace(sheet, '350.00', '360.00')"),
    broken("cut_offs_equal_openings", "it was changed after it was posted",
           "UPDATE cut_off SET sheet = replace(sheet, '000120', '000121')"),
    broken("cut_offs_equal_openings", "there is no opening voucher of its day before it",
           f"UPDATE voucher SET kind = 'journal' {OWN} AND sequence = 1"),
    broken("cut_offs_equal_openings", "it has 3 loans, the opening voucher 2",
           f"UPDATE posting SET loan = NULL {OWN} AND sequence = 1 AND loan = 3"),
    broken("cut_offs_equal_openings", "it cannot be read, or names a head", "UPDATE cut_off SET sheet = '[]'"),
]  # fmt: skip
for _column, _value, _says in (
    ("interest_due", "0", "interest due 0.00, the sheet 60.00"),
    ("instalments", "7", "instalments 7, the sheet 6"),
    ("principal", "600000", "principal 6000.00, the sheet 5000.00"),
    ("rate_per_month", "'3'", "rate 3, the sheet 2"),
    ("method", "'flat'", "method flat, the sheet equal-principal"),
    ("disbursed", "'2022-10-06'", "disbursement 2022-10-06, the sheet 2022-10-05"),
    ("purpose", "'गाय'", "purpose गाय, the sheet शेळी"),
    ("cut_off", "'2023-03-30'", "cut-off 2023-03-30, the sheet 2023-03-31"),
):
    _SHEETS.append(
        broken(
            "cut_offs_equal_openings",
            f"loan 1 of member 1 has {_says}",
            f"UPDATE loan SET {_column} = {_value} {OWN} AND number = 1",
        )
    )

_LOAN = f"UPDATE loan SET {{}} {OWN} AND number = {{}}"
_LOANS = [
    broken("given_before_repaid", "loan 4 was given on 2023-05-05, not on the day of its terms, 2023-05-04",
           _LOAN.format("disbursed = '2023-05-04'", 4)),
    broken(
        "given_before_repaid",
        "loan 4 was given on 2023-05-05, but R16/2023-24",
        f"UPDATE posting SET date = '2023-05-01' {OWN} AND loan = 4 AND paise = -1200",
    ),
    broken(
        "given_before_repaid",
        "loan 9 of member 1 has terms of 2023-05-01, but was never given",
        "INSERT INTO loan VALUES (3, 9, 1, '2023-05-01', '', 'flat', '2', 3, NULL, 0, 0, NULL, '', '')",
    ),
    broken("given_before_repaid", "loan 1 stood at 3000.00 on 2023-03-31, though only 1000.00 was lent",
           _LOAN.format("principal = 100000", 1)),
    broken("terms_as_in_the_sheet", "its rate is 3, the sheet and the rules say 1.5",
           _LOAN.format("rate_per_month = '3'", 4)),
    broken("terms_as_in_the_sheet", "loan 5 of 500.00, given in meeting 3 of 2023-06-06 to member 3: its rate is 1, "
           "the sheet and the rules say 2", _LOAN.format("rate_per_month = '1'", 5)),
    broken("terms_as_in_the_sheet", "its number of instalments is 5", _LOAN.format("instalments = 5", 4)),
    broken("terms_as_in_the_sheet", "its purpose is x", _LOAN.format("purpose = 'x'", 4)),
    broken("terms_as_in_the_sheet", "its first day is 2023-08-05", _LOAN.format("first_due = '2023-08-05'", 4)),
    broken("terms_as_in_the_sheet", "its terms are of 2023-06-07", _LOAN.format("disbursed = '2023-06-07'", 5)),
    broken(
        "terms_as_in_the_sheet",
        "in meeting 3 of 2023-06-06 the sheet has 1 new loans, the vouchers give 0",
        f"DELETE FROM posting {OWN} AND loan = 5 AND paise = 50000 AND date = '2023-06-06'",
    ),
    broken("terms_as_in_the_sheet", "the row of the sheet cannot be read", f"UPDATE meeting SET sheet = "
           f"replace(sheet, '\"principal\":\"800.00\"', '\"principal\":8') {SECOND}"),
    broken("interest_as_charged", "loan 5 paid 10.00 of interest in meeting 4 of 2023-07-05, but 5.00 was due",
           _LOAN.format("rate_per_month = '1'", 5)),
    broken("interest_as_charged", "loan 1 paid 100.00 of interest in meeting 2 of 2023-05-05, but 50.00 was due",
           f"UPDATE meeting SET notes = replace(notes, 'interest_advance', 'other') {SECOND}"),
    broken(
        "interest_as_charged",
        "loan 1 paid 100.00 of interest in meeting 2 of 2023-05-05, but 50.00 was due and 40.00 noted as paid ahead",
        f"UPDATE meeting SET notes = replace(notes, '[\"1\",1,5000]', '[\"1\",1,4000]') {SECOND}",
    ),
    broken("interest_as_charged", "loan 3 paid 20.00 of interest in meeting 1 of 2023-04-05, but 15.00 was due",
           f"UPDATE posting SET paise = -2000 {OWN} AND loan = 3 AND paise = -1500"),
    broken("plans_add_up", "loan 4 of member 4, 800.00: no plan can be made of its terms (“0” is not a number",
           _LOAN.format("instalments = 0", 4)),
    broken("plans_add_up", "“abc” is not a rate", _LOAN.format("rate_per_month = 'abc'", 4)),
    broken("plans_add_up", "“weekly” is not a method", _LOAN.format("method = 'weekly'", 4)),
    broken("settled_loans", "loan 4 is marked as settled, but member 4 owes 600.00 of principal",
           "INSERT INTO loan_settled VALUES (3, 4)"),
    broken("settled_loans", "loan 77 is marked as settled, but is not there",
           "INSERT INTO loan_settled VALUES (3, 77)"),
    broken("settled_loans", "loan 2 is marked as settled, but member 2 owes 0.00 of principal and 2.00 of interest",
           f"UPDATE posting SET paise = paise + 200 {OWN} AND loan = 2 AND date = '2023-07-05' AND paise = -432 "
           "AND sequence > 50"),
    broken(
        "members_belong",
        "is for member 1, who left on 2023-07-01",
        f"UPDATE member SET \"left\" = '2023-07-01' {OWN} AND number = '1'",
    ),
]  # fmt: skip

MEETINGS = [*_CHAIN, *_ORDER, *_SHEETS, *_LOANS]
