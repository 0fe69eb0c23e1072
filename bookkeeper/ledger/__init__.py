"""The heart: entities and their accounts, the one door to the journal, numbering, reversal, balances, years, chain.

What lives here: everything that writes or sums vouchers. What does not: what a meeting, a loan or a share is (`books`).
Called by books, registers, audit and commands; only commands and this room may call `ledger.post`.
"""
