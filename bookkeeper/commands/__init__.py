"""One function for each act of a user: it opens the transaction, checks the right, says what changed.

What lives here: acts and queries that the faces call. What does not: accounting (ledger and books), reading files
(exchange), or asking and showing (cli, desktop).
"""
