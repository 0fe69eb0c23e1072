"""Tables, the engine that opens them, and the guards in the database.

What lives here: everything that only one database has (pragmas, triggers, files). What does not: any rule of
book-keeping. Called by `ledger`, `books`, `registers`, `audit`, and by `commands` to open books.
"""
