"""The command line: arguments in, one act or query, its answer out. It decides nothing about accounts.

One file a noun; each has `add(verbs)`, which declares its verbs. Called by `__main__` alone.
"""
