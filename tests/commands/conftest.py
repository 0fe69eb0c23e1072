"""The clerk of the scenarios works here too."""

from tests.scenarios.conftest import clerk

__all__ = ["clerk"]
