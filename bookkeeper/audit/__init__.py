"""The promises of the books, each tried by a small function; what is broken is named in a sentence.

What lives here: `verify`, what a check is (`check`), and the checks themselves (`checks`). What does not: mending
anything, and figures for a page (`registers`). Nothing here writes. Called by `commands`.
"""
