"""The clerk of the scenarios works here too."""

from tests.scenarios.conftest import clerk, shared

__all__ = ["clerk", "shared"]
