"""The backend that `DATABASES` names: Django looks for `DatabaseWrapper` in a module called `base`."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base

# Pages ask some hundreds of different queries; the longest is ten kilobytes.
KEPT = 1000
_with_question_marks = lru_cache(KEPT)(base.SQLiteCursorWrapper.convert_query)


class Cursor(base.SQLiteCursorWrapper):
    """Django's, which looks through the whole text of a query for `%s` each time that it is asked."""

    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        if param_names is None:
            return _with_question_marks(None, query)
        return super().convert_query(query, param_names=param_names)


class DatabaseWrapper(base.DatabaseWrapper):
    def create_cursor(self, name: Any = None) -> Cursor:  # noqa: ARG002  # SQLite's cursors have no names
        """A cursor of the class above."""
        made: Cursor = self.connection.cursor(factory=Cursor)
        return made
