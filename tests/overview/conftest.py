"""The demonstration as well: it has something of everything that can wait."""

from tests.demo.conftest import town

__all__ = ["town"]
