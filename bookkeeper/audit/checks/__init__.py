"""The checks, by what they look at; each module is found by its name and registers its checks when imported.

A check is a query that returns the offender and yields (entity, sentence). Its promise stands in `@check`; its number
is that of `reliability` section 5. A new one needs a test that breaks a copy of the books and sees it named.
"""
