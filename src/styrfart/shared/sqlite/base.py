"""The backend that `DATABASES` names: Django looks for `DatabaseWrapper` in a module called `base`."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, ClassVar

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
    """Django's, with patterns that are values and nothing more.

    SQLite looks at the pattern of a bare `LIKE ?` to choose an index, and makes the query ready anew each
    time that it runs. No index of ours serves LIKE; `+?` is the same pattern and not looked at.
    """

    operators: ClassVar = {
        name: operator.replace("LIKE %s", "LIKE +%s")
        for name, operator in base.DatabaseWrapper.operators.items()
    }

    def create_cursor(self, name: Any = None) -> Cursor:  # noqa: ARG002  # SQLite's cursors have no names
        """A cursor of the class above."""
        made: Cursor = self.connection.cursor(factory=Cursor)
        return made
