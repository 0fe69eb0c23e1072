"""Equal principal, interest on the outstanding: what groups call reducing balance (domain rule 5).

An instalment that was agreed on is one of principal; interest comes on top.
"""

from __future__ import annotations

from bookkeeper.rules.schedules import Method, equal_part

METHOD = Method(equal_part)
