"""The backend that `DATABASES` names: Django looks for `DatabaseWrapper` in a module called `base`."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations

# Pages ask some hundreds of different queries; the longest is ten kilobytes.
KEPT = 1000
_with_question_marks = lru_cache(KEPT)(base.SQLiteCursorWrapper.convert_query)


class Cursor(base.SQLiteCursorWrapper):
    """Django's, which looks through the whole text of a query for `%s` each time that it is asked."""

    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        if param_names is None:
            return _with_question_marks(None, query)
        return super().convert_query(query, param_names=param_names)


def _moment(kept: dt.datetime | str) -> dt.datetime:
    """In UTC, which is how moments are kept; SQLite does not say so. A text of no known column."""
    moment = dt.datetime.fromisoformat(kept) if isinstance(kept, str) else kept
    return moment.replace(tzinfo=dt.UTC)


def _day(kept: dt.date | str) -> dt.date:
    return dt.date.fromisoformat(kept) if isinstance(kept, str) else kept


_QUICK: dict[object, Callable[[Any], Any]] = {
    DatabaseOperations.convert_booleanfield_value: bool,
    DatabaseOperations.convert_datefield_value: _day,
    DatabaseOperations.convert_datetimefield_value: _moment,
}


def quick(step: Callable[..., Any]) -> Callable[[Any], Any] | None:
    """What a converter of Django's comes to for a value that is not NULL and that we wrote; None: ask it."""
    return _QUICK.get(getattr(step, "__func__", step))


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, with patterns that are values and nothing more, and a short way to ask.

    SQLite looks at the pattern of a bare `LIKE ?` to choose an index, and makes the query ready anew each
    time that it runs. No index of ours serves LIKE; `+?` is the same pattern and not looked at.
    """

    operators = {
        name: operator.replace("LIKE %s", "LIKE +%s")
        for name, operator in base.DatabaseWrapper.operators.items()
    }

    def create_cursor(self, name: Any = None) -> Cursor:  # noqa: ARG002  # SQLite's cursors have no names
        """A cursor of the class above."""
        made: Cursor = self.connection.cursor(factory=Cursor)
        return made

    def ask(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows of a query, as by a cursor of Django's: it takes six times as long as SQLite to answer.

        By such a cursor when somebody counts, logs or wraps queries, and inside what has to be rolled back.
        """
        self.ensure_connection()
        if self.queries_logged or self.execute_wrappers or self.needs_rollback:
            with self.cursor() as cursor:
                cursor.execute(sql, params)
                return list(cursor.fetchall())
        self.validate_thread_sharing()
        with self.wrap_database_errors:
            found: list[tuple[Any, ...]] = self.connection.execute(
                _with_question_marks(None, sql), params
            ).fetchall()
        return found
