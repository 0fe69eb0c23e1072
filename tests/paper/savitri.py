"""The cash book of Savitri Self-Help Group, November and December 2023, by hand: the rows of the pictured folios."""

from collections.abc import Iterator

from bookkeeper.report import Column, Heading, Kind, Layout, Person, Register, Report, Row, Say, Side, Total

COLUMNS = (
    Column("row", "Row"),
    Column("date", "Date", Kind.DATE, mm=19),
    Column("voucher", "No", mm=10.5),
    Column("particulars", "Particulars", mm=49.5),
    Column("folio", "Ledger folio", head="L.F.", mm=9),
    Column("receipt_cash", "Receipts, cash", Kind.MONEY, Total.SUM, "Receipts", "Cash", 21.5),
    Column("receipt_bank", "Receipts, bank", Kind.MONEY, Total.SUM, "Receipts", "Bank", 24),
    Column("payment_cash", "Payments, cash", Kind.MONEY, Total.SUM, "Payments", "Cash", 21.5),
    Column("payment_bank", "Payments, bank", Kind.MONEY, Total.SUM, "Payments", "Bank", 24),
    Column("balance_cash", "Balance, cash", Kind.BALANCE, Total.LAST, "Balance", "Cash"),
    Column("balance_bank", "Balance, bank", Kind.BALANCE, Total.LAST, "Balance", "Bank"),
)
BALANCES = ("balance_cash", "balance_bank")
WORDS = ("date", "voucher", "particulars", "folio")
SIDES = (
    Side("Receipts", (*WORDS, "receipt_cash", "receipt_bank"), ("receipt_cash", "receipt_bank"), BALANCES),
    Side("Payments", (*WORDS, "payment_cash", "payment_bank"), ("payment_cash", "payment_bank"), BALANCES),
)
REGISTER = Register(
    "Cash book",
    COLUMNS,
    group="date",
    carry=True,
    layout=Layout.TWO_SIDED,
    landscape=True,
    sides=SIDES,
    signed_by=("Book-keeper", "Treasurer", "Secretary", "President"),
    closes_with_totals=False,
)
CHAIN = Say.of(
    "Chain {sequence}: {hash} · {vouchers} vouchers · Dr {debit}",
    sequence=101,
    hash="7f3a 91c2 e05d 44b8",
    vouchers=89,
    debit="4,13,779.75",
)

# day → vouchers: number, particulars, folio, cash, bank in paise; received is positive
Voucher = tuple[str, str | Say, str, int, int]
DAYS: dict[str, list[Voucher]] = {
    "2023-11-05": [
        ("R28", "Loans repaid by members", "5", 460000, 0),
        ("R29", "Interest on members’ loans", "8", 71200, 0),
        ("R30", "Fines", "9", 1000, 0),
    ],
    "2023-11-06": [("C7", "Cash put into bank", "C", -700000, 0), ("C7", "Cash put into bank", "C", 0, 700000)],
    "2023-11-28": [("R31", "Bank loan", "17", 0, 6000000)],
    "2023-12-04": [("C8", "Cash drawn from bank", "C", 6000000, 0), ("C8", "Cash drawn from bank", "C", 0, -6000000)],
    "2023-12-05": [
        ("R32", "Members’ savings", "3", 150000, 0),
        ("R33", "Loans repaid by members", "5", 370000, 0),
        ("R34", "Interest on members’ loans", "8", 56400, 0),
        ("R35", "Fines", "9", 1000, 0),
        (
            "P14",
            Say.of("Loan {number}, {name}", number=11, name=Person("Bharati Naik", "भारती नाईक")),
            "5",
            -1200000,
            0,
        ),
        (
            "P15",
            Say.of("Loan {number}, {name}", number=12, name=Person("Kalpana Desai", "कल्पना देसाई")),
            "5",
            -1200000,
            0,
        ),
        (
            "P16",
            Say.of("Loan {number}, {name}", number=13, name=Person("Manisha Palav", "मनीषा पालव")),
            "5",
            -1000000,
            0,
        ),
        (
            "P17",
            Say.of("Loan {number}, {name}", number=14, name=Person("Shubhangi Walavalkar", "शुभांगी वालावलकर")),
            "5",
            -1500000,
            0,
        ),
        (
            "P18",
            Say.of("Loan {number}, {name}", number=15, name=Person("Vaishali Khanolkar", "वैशाली खानोलकर")),
            "5",
            -1100000,
            0,
        ),
        ("P19", "Stationery", "14", -14000, 0),
        ("P20", "Book-keeper’s honorarium", "16", -30000, 0),
    ],
    "2023-12-06": [("C9", "Cash put into bank", "C", -500000, 0), ("C9", "Cash put into bank", "C", 0, 500000)],
    "2023-12-28": [
        ("P21", "Bank loan, instalment 1", "17", 0, -500000),
        ("P21", "Interest on bank loan", "18", 0, -45000),
    ],
    "2023-12-31": [("R36", "Bank interest", "11", 0, 23150)],
}
OPENING = (249500, 1046800)


def rows(days: dict[str, list[Voucher]], opening: tuple[int, int] = OPENING, year: str = "2023-24") -> Iterator[Row]:
    """The rows of a cash book: opening, entries and closing of each day."""
    cash, bank = opening
    for day, vouchers in days.items():
        yield {"row": "opening", "date": day, "particulars": Say("Opening balance"), **_balance(cash, bank)}
        for number, particulars, folio, in_cash, in_bank in vouchers:
            cash, bank = cash + in_cash, bank + in_bank
            side = "receipt" if in_cash + in_bank > 0 else "payment"
            yield {
                "row": "entry",
                "date": day,
                "voucher": f"{number}/{year}",
                "particulars": Say(particulars) if isinstance(particulars, str) else particulars,
                "folio": folio,
                f"{side}_cash": abs(in_cash) or None,
                f"{side}_bank": abs(in_bank) or None,
                "_voucher_id": 7,
            }
        yield {"row": "closing", "date": day, "particulars": Say("Closing balance"), **_balance(cash, bank)}


def _balance(cash: int, bank: int) -> dict[str, int]:
    return {"balance_cash": cash, "balance_bank": bank}


HEADING = Heading(
    entity="SHG1",
    name=Person("Savitri Self-Help Group", "सावित्री स्वयं सहायता गट"),
    place=Person("Kudal, district Sindhudurg", "कुडाळ, जि. सिंधुदुर्ग"),
    since="2023-11-05",
    until="2023-12-31",
    as_of=None,
    chain=(CHAIN,),
    printed="2024-04-05 11:42",
    folio=12,
)


def cash_book(days: dict[str, list[Voucher]] = DAYS, heading: Heading = HEADING) -> Report:
    """The cash book of the pictures, or of other days."""
    return Report("cash-book", REGISTER, heading, COLUMNS, rows(days))
