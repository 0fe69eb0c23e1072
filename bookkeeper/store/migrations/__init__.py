"""How books of an older version are brought up to date: Alembic's revisions, one step a file in `versions/`.

On PostgreSQL a revision's `upgrade()` changes the tables. A SQLite file is never altered in place (a batch move drops
triggers silently): `store.migrate` copies it into a new file of the present schema by the revisions' `FILLS`.
"""
