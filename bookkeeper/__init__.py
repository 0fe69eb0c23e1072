"""Bookkeeper keeps the books of self-help groups, their federations and co-operative societies.

What lives here: the rooms of the house, from pure arithmetic (`rules`) up to the faces (`cli`).
`ARCHITECTURE.md` draws the floors; an import may only go down.
"""

__version__ = "0.1.0"
