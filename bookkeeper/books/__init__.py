"""The subsidiary books: members, loans, and those that later issues add.

What lives here: what each book knows beside the journal. What does not: posting (`ledger`). Called by registers and
commands; no book reads another's pages.
"""
