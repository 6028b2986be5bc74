"""Rows on their way into an empty database: numbered here, written in thick batches, with their own dates."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.management.color import no_style
from django.db import connection, models

M = TypeVar("M", bound=models.Model)
BATCH = 4000


class Store:
    """Takes finished objects, gives each its number, and writes them when enough have gathered.

    Numbers are given here so that a row can refer to one that is not written yet; foreign keys are checked
    when the transaction ends, on both databases.
    """

    def __init__(self) -> None:
        self._waiting: dict[type[models.Model], list[models.Model]] = {}
        self._last: Counter[type[models.Model]] = Counter()

    def add(self, obj: M) -> M:
        """The same object, now with a number."""
        model = type(obj)
        self.number(obj)
        if len(self._waiting.setdefault(model, [])) >= BATCH:
            self._write(model)
        self._waiting[model].append(obj)  # the latest is never written at once: it may still be filled in
        return obj

    def number(self, obj: M) -> M:
        """The same object with its number, so that others can refer to it; added when finished."""
        model = type(obj)
        if obj.pk is None:
            self._last[model] += 1
            obj.pk = self._last[model]
        return obj

    def join(self, through: type[models.Model], **ids: int) -> None:
        """A row of a relation between many and many."""
        self.add(through(**ids))

    def flush(self) -> None:
        """Write what has gathered, and let the database go on numbering where we stopped."""
        self.write()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self._last)):
                cursor.execute(statement)

    def write(self) -> None:
        """Write what has gathered, so that it can be read; nothing of it may be changed here afterwards."""
        for model in list(self._waiting):
            self._write(model)
        # Until it is committed nobody else counts the rows: PostgreSQL would plan for empty tables, and a
        # join that takes a millisecond took an hour.
        if connection.vendor == "postgresql" and self._last:
            tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in self._last)
            with connection.cursor() as cursor:
                cursor.execute(f"ANALYZE {tables}")

    def waiting(self, model: type[M]) -> list[M]:
        """Rows that are not written yet, and may still be changed."""
        return self._waiting.get(model, [])  # type: ignore[return-value]  # kept by their own type

    def count(self, model: type[models.Model]) -> int:
        """How many rows of a kind have been added."""
        return self._last[model]

    def _write(self, model: type[models.Model]) -> None:
        rows = self._waiting[model]
        self._waiting[model] = []
        with _own_dates(model):
            model._default_manager.bulk_create(rows)


@contextmanager
def _own_dates(model: type[models.Model]) -> Iterator[None]:
    """Keep the dates that the rows carry: `auto_now_add` and `auto_now` would write today over two years."""
    fields: list[Any] = [field for field in model._meta.local_fields if isinstance(field, models.DateField)]
    automatic = [(field, field.auto_now, field.auto_now_add) for field in fields]
    for field in fields:
        field.auto_now = field.auto_now_add = False
    try:
        yield
    finally:
        for field, now, now_add in automatic:
            field.auto_now, field.auto_now_add = now, now_add
