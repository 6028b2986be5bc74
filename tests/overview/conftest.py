"""The demonstration as well: it has something of everything that can wait."""

from tests.demo.conftest import today, town

__all__ = ["today", "town"]
