"""Queries that are built and compiled once in the life of a process, and after that only run.

Every page asks who somebody is, and home asks a dozen small questions of every room. Building and compiling
such a query costs Django ten times what the database takes to answer it, and is the same every time but for
who asks and which day it is. What changes is given by keyword: whole numbers, days and moments.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

M = TypeVar("M", bound=models.Model)
Value = int | dt.date | dt.datetime

# Stand in for what changes while the query is compiled; nothing real is so large or so long ago.
_NUMBER = 2_147_480_000
_DAY = dt.date(1701, 1, 1)
_MOMENT = dt.datetime(1702, 1, 1, tzinfo=dt.UTC)


class Prepared:
    """Rows of values: `build` gives a queryset with `values_list`, from keywords that change."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **kinds: type) -> None:
        self._build = build
        self._kinds = kinds
        self._ready: dict[str, _Ready] = {}

    def rows(self, **values: Value) -> list[tuple[Any, ...]]:
        """One query; nothing of Django's building and compiling but the first time on a kind of database."""
        here = connections[DEFAULT_DB_ALIAS]  # fetched once: the proxy looks it up at every turn
        ready = self._ready.get(here.vendor)
        if ready is None:
            ready = self._ready[here.vendor] = self._compile(here)
        given = {name: _adapted(value, here) for name, value in values.items()}
        params: list[Any] = [given[slot.name] if isinstance(slot, _Slot) else slot for slot in ready.params]
        with here.cursor() as cursor:
            cursor.execute(ready.sql, params)
            found = cursor.fetchall()
        return [_converted(row, ready.converters, here) for row in found] if ready.converters else found

    def _compile(self, here: BaseDatabaseWrapper) -> "_Ready":
        stand_ins = {name: _stand_in(kind, place) for place, (name, kind) in enumerate(self._kinds.items())}
        compiler = self._build(**stand_ins).query.get_compiler(connection=here)
        sql, params = compiler.as_sql()
        names = {_adapted(value, here): _Slot(name) for name, value in stand_ins.items()}
        slots = [names.get(param, param) if param.__hash__ else param for param in params]
        if missing := set(self._kinds) - {slot.name for slot in slots if isinstance(slot, _Slot)}:
            raise ValueError(f"not used by the query: {', '.join(sorted(missing))}")
        converters = compiler.get_converters([column[0] for column in compiler.select])
        return _Ready(sql, slots, list(converters.items()))


@dataclass(frozen=True)
class _Ready:
    """A compiled query: its text, what goes where, and how columns become values of Python."""

    sql: str
    params: list[object]
    converters: list[tuple[int, tuple[list[Callable[..., Any]], object]]]


def _converted(row: Sequence[Any], converters: Any, here: BaseDatabaseWrapper) -> tuple[Any, ...]:
    values = list(row)
    for place, (steps, expression) in converters:
        for step in steps:
            values[place] = step(values[place], expression, here)
    return tuple(values)


class PreparedObjects(Prepared, Generic[M]):
    """Objects with some of those that they point at, as from `select_related`."""

    def __init__(self, build: Callable[..., QuerySet[M]], related: Sequence[str] = (), **kinds: type) -> None:
        self._objects = build
        self._related = related
        self._model: type[M] | None = None
        self._parts: list[tuple[str, type[models.Model], list[str]]] = []
        super().__init__(self._as_values, **kinds)

    def all(self, **values: Value) -> list[M]:
        """The objects. One query."""
        found = []
        for row in self.rows(**values):
            at, owner = 0, None
            for name, model, fields in self._parts:
                part = row[at : at + len(fields)]
                at += len(fields)
                is_there = part[fields.index(model._meta.pk.attname)] is not None
                obj = model.from_db(DEFAULT_DB_ALIAS, fields, part) if is_there else None
                if owner is None:
                    owner = obj
                else:
                    setattr(owner, name, obj)
            found.append(owner)
        return found  # type: ignore[return-value]  # the first part is of the model itself

    def _as_values(self, **values: Value) -> QuerySet[Any, Any]:
        objects = self._objects(**values)
        self._parts = [("", objects.model, _columns(objects.model))]
        columns = list(self._parts[0][2])
        for name in self._related:
            columns += [f"{name}__{column}" for column in self._add_part(objects.model, name)]
        return objects.values_list(*columns)

    def _add_part(self, owner: type[models.Model], name: str) -> list[str]:
        """Columns of what the relation points at."""
        model = owner._meta.get_field(name).related_model
        if not (isinstance(model, type) and issubclass(model, models.Model)):
            raise TypeError(f"{name} is not a relation")
        self._parts.append((name, model, _columns(model)))
        return self._parts[-1][2]


class _Slot:
    """Where a value goes that changes."""

    def __init__(self, name: str) -> None:
        self.name = name


def _columns(model: type[models.Model]) -> list[str]:
    """Names of the model's own columns, in the order in which an object is made of them."""
    return [field.attname for field in model._meta.concrete_fields]


def _stand_in(kind: type, place: int) -> Value:
    if kind is dt.datetime:
        return _MOMENT + dt.timedelta(hours=place)
    if kind is dt.date:
        return _DAY + dt.timedelta(days=place)
    return _NUMBER + place


def _adapted(value: Value, here: BaseDatabaseWrapper) -> Any:
    """As the database wants it; text for days and moments on SQLite."""
    if isinstance(value, dt.datetime):
        return here.ops.adapt_datetimefield_value(value)
    if isinstance(value, dt.date):
        return here.ops.adapt_datefield_value(value)
    return value
