"""Many rows at once, with few statements on either database."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models

from styrfart.people.importing.planning.plan import Redated, Tenures
from styrfart.people.models import Period

T = TypeVar("T")
BATCH = 500


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """The items, some at a time."""
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch


def write(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Set `columns` of many rows, each given as its values and last its pk. One prepared statement.

    `bulk_update` builds a CASE for every row and column, which takes minutes for a city.
    """
    quote = connection.ops.quote_name
    fields = [field for name in columns if isinstance(field := model._meta.get_field(name), models.Field)]
    assignments = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    table, key = quote(model._meta.db_table), quote("id")
    adapted = [
        [*(f.get_db_prep_save(v, connection) for f, v in zip(fields, row[:-1], strict=True)), row[-1]]
        for row in rows
    ]
    if adapted:
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {table} SET {assignments} WHERE {key} = %s", adapted)  # noqa: S608  # names from the model


def close(model: type[Period], tenures: Tenures, day: dt.date) -> None:
    """End posts or seats the day before, remove those that never took effect, correct the days of others."""
    for pks in batches(tenures.removed):
        model._default_manager.filter(pk__in=pks).delete()
    write(model, ["valid_to"], ((day - dt.timedelta(days=1), pk) for pk in tenures.ended))
    # Those that get a last day first: what they leave open may be taken by another in the same plan.
    in_order: list[Redated] = sorted(tenures.redated, key=lambda each: each.valid_to is None)
    write(model, ["valid_from", "valid_to"], ((each.valid_from, each.valid_to, each.pk) for each in in_order))
