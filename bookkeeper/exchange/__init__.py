"""Files in and out: vouchers and members as the user's own programs write them, and the samples.

What lives here: reading a file from a stranger into plain values, strictly and with every fault of it named by row and
field. What does not: whether an account, a member or a loan of that name exists (`ledger`), and posting (`commands`).
A file is read whole or not at all, and never written to. Called by commands and the faces.
"""
