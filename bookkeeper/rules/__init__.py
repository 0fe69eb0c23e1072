"""Pure arithmetic of book-keeping: money, dates, vouchers.

What lives here: functions and frozen values that need no database, no Qt, no clock and no file.
What does not: anything that reads or writes. Everybody may call; this room calls nobody.
"""
