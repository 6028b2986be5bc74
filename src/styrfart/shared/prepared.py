"""Queries that are built and compiled once in the life of a process, and after that only run.

Every page asks who somebody is, and home asks a dozen small questions of every room. Building and compiling
such a query costs Django ten times what the database takes to answer it, and is the same every time but for
who asks and which day it is. What changes is given by keyword: whole numbers and lists of them (ids, for
`__in`), texts, days and moments.

What never changes is written into the query itself. SQLite makes a query ready anew, each time that it runs,
when its choice of index could depend on a value that is bound: an index over `state = 'open'` serves
`state = ?` on some days only. That took longer than all the rows of home together.

A text goes in as it is given, also where Django would have escaped it: in `contains` and its like, "%" and
"_" stand for anything unless whoever gives the text escapes them (`shared.sought`).
"""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from styrfart.shared.sqlite import base as sqlite

M = TypeVar("M", bound=models.Model)
Value = int | str | dt.date | dt.datetime | Collection[int]

# Stand in for what changes while the query is compiled; nothing real is so large or so long ago.
_NUMBER = 2_147_480_000
_LISTED = 2_100_000_000
_TEXT = "\N{SYMBOL FOR UNIT SEPARATOR}"
_DAY = dt.date(1701, 1, 1)
_MOMENT = dt.datetime(1702, 1, 1, tzinfo=dt.UTC)
# No row has this id: it fills a list up to the length that the query was compiled for.
_NOBODY = -1


class Prepared:
    """Rows of values: `build` gives a queryset with `values_list`, from keywords that change.

    A list is given as `list`: the query is compiled once for each power of two of its length.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **kinds: type) -> None:
        self._build = build
        self._kinds = kinds
        self._lists = [name for name, kind in kinds.items() if kind is list]
        self._ready: dict[tuple[object, ...], _Ready] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """One query; nothing of Django's building and compiling but the first time on a kind of database."""
        here = connections[DEFAULT_DB_ALIAS]  # fetched once: the proxy looks it up at every turn
        lengths = [_room_for(len(values[name])) for name in self._lists]
        key = (here.vendor, *lengths)
        ready = self._ready.get(key)
        if ready is None:
            ready = self._ready[key] = self._compile(here, dict(zip(self._lists, lengths, strict=True)))
        given = {name: _adapted(value, here) for name, value in values.items()}
        params: list[Any] = [
            slot.value_in(given) if isinstance(slot, _Slot) else slot for slot in ready.params
        ]
        if isinstance(here, sqlite.DatabaseWrapper):
            found = here.ask(ready.sql, params)
        else:
            with here.cursor() as cursor:
                cursor.execute(ready.sql, params)
                found = cursor.fetchall()
        return _converted(found, ready, here) if ready.quick or ready.slow else found

    def _compile(self, here: BaseDatabaseWrapper, lengths: dict[str, int]) -> "_Ready":
        stand_ins: dict[str, Any] = {}
        slots: dict[object, _Slot] = {}
        for place, (name, kind) in enumerate(self._kinds.items()):
            if kind is list:
                stand_ins[name] = [_LISTED + place * 100_000 + nr for nr in range(lengths[name])]
                slots |= {number: _Slot(name, nr) for nr, number in enumerate(stand_ins[name])}
            else:
                stand_ins[name] = _stand_in(kind, place)
                slots[_adapted(stand_ins[name], here)] = _Slot(name)
        compiler = self._build(**stand_ins).query.get_compiler(connection=here)
        sql, params = compiler.as_sql()
        found = [_slot(param, slots) for param in params]
        if missing := set(self._kinds) - {slot.name for slot in found if isinstance(slot, _Slot)}:
            raise ValueError(f"not used by the query: {', '.join(sorted(missing))}")
        sql, found = _written_in(sql, found)
        converters = compiler.get_converters([column[0] for column in compiler.select])
        quick, slow = [], []
        for place, (steps, expression) in converters.items():
            for step in steps:
                short = sqlite.quick(step) if isinstance(here, sqlite.DatabaseWrapper) else None
                if short and len(steps) == 1:
                    quick.append((place, short))
                else:
                    slow.append((place, step, expression))
        return _Ready(sql, found, quick, slow)


@dataclass(frozen=True)
class _Ready:
    """A compiled query: its text, what goes where, and how columns become values of Python."""

    sql: str
    params: list[object]
    # Of one value, and of a value, the column and the database.
    quick: list[tuple[int, Callable[[Any], Any]]]
    slow: list[tuple[int, Callable[..., Any], object]]


def _converted(
    rows: Iterable[Sequence[Any]], ready: _Ready, here: BaseDatabaseWrapper
) -> list[tuple[Any, ...]]:
    """The rows with Python's values. NULL is None everywhere, and most moments of a row are NULL."""
    found = []
    for row in rows:
        values = list(row)
        for place, short in ready.quick:
            if values[place] is not None:
                values[place] = short(values[place])
        for place, step, expression in ready.slow:
            if values[place] is not None:
                values[place] = step(values[place], expression, here)
        found.append(tuple(values))
    return found


def _written_in(sql: str, params: Sequence[Any]) -> tuple[str, list[Any]]:
    """The query with numbers and texts that never change in their places, and the rest of the parameters."""
    left = iter(params)
    kept: list[Any] = []

    def written(mark: re.Match[str]) -> str:
        if mark[0] == "%%":
            return mark[0]
        param = next(left)
        if isinstance(param, int) and not isinstance(param, bool):
            return int.__repr__(param)
        if isinstance(param, str) and "\0" not in param and "\\" not in param:
            text = str.__str__(param)  # also of a choice, which is a text
            return "'" + text.replace("'", "''").replace("%", "%%") + "'"
        kept.append(param)
        return mark[0]

    return re.sub("%[s%]", written, sql), kept


class PreparedObjects(Prepared, Generic[M]):
    """Objects with some of those that they point at, as from `select_related`: "team", "matter__team"."""

    def __init__(self, build: Callable[..., QuerySet[M]], related: Sequence[str] = (), **kinds: type) -> None:
        self._objects = build
        self._related = related
        self._parts: list[_Part] = []
        super().__init__(self._as_values, **kinds)

    def all(self, **values: Any) -> list[M]:
        """The objects. One query."""
        rows = self.rows(**values)
        return [self._made_of(row) for row in rows]

    def first(self, **values: Any) -> M | None:
        """The first of the objects, if there is any. One query."""
        return next(iter(self.all(**values)), None)

    def _made_of(self, row: Sequence[Any]) -> M:
        made: dict[str, models.Model | None] = {}
        for part in self._parts:
            columns = row[part.start : part.end]
            obj = made[part.path] = part.made_of(columns) if columns[part.key] is not None else None
            owner = made[part.owner] if part.relation else None
            if owner is not None:
                part.relation.set_cached_value(owner, obj)
        return made[""]  # type: ignore[return-value]  # the first part is of the model itself

    def _as_values(self, **values: Any) -> QuerySet[Any, Any]:
        objects = self._objects(**values)
        parts = [_Part("", objects.model, 0, None)]
        for path in _with_owners(self._related):
            owner, _, name = path.rpartition("__")
            relation = next(part for part in parts if part.path == owner).model._meta.get_field(name)
            if not (
                isinstance(relation.related_model, type) and (relation.many_to_one or relation.one_to_one)
            ):
                raise TypeError(f"{path} is not a relation to one object")
            parts.append(_Part(path, relation.related_model, parts[-1].end, relation))
        self._parts = parts
        return objects.values_list(*(column for part in parts for column in part.columns))


def remember(owner: models.Model, name: str, found: Sequence[models.Model]) -> None:
    """Let `owner.<name>.all()` give what has been fetched, as `prefetch_related` does."""
    manager = getattr(owner, name)
    rows = manager.get_queryset()
    rows._result_cache = list(found)  # noqa: SLF001  # as django.db.models.query.prefetch_one_level does
    rows._prefetch_done = True  # noqa: SLF001  # so too
    key = getattr(manager, "prefetch_cache_name", name)
    owner.__dict__.setdefault("_prefetched_objects_cache", {})[key] = rows


class _Part:
    """One object of several in a row: which columns are its own, and which object points at it."""

    def __init__(self, path: str, model: type[models.Model], start: int, relation: Any) -> None:
        self.path = path
        self.owner = path.rpartition("__")[0]
        self.model = model
        self.relation = relation
        # In the order in which an object is made of them.
        self.fields = [field.attname for field in model._meta.concrete_fields]
        self.columns = [f"{path}__{field}" if path else field for field in self.fields]
        self.key = self.fields.index(model._meta.pk.attname)
        self.start, self.end = start, start + len(self.fields)
        self.is_plain = model.__init__ is models.Model.__init__ and "from_db" not in vars(model)

    def made_of(self, columns: Sequence[Any]) -> models.Model:
        """The object, as `from_db` makes it; without its signals, which half of the time went to."""
        if not self.is_plain:
            return self.model.from_db(DEFAULT_DB_ALIAS, self.fields, columns)
        obj = self.model.__new__(self.model)
        obj.__dict__.update(zip(self.fields, columns, strict=True))
        state = models.base.ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        obj.__dict__["_state"] = state
        return obj


def _with_owners(paths: Sequence[str]) -> list[str]:
    """The relations and those on the way to them, the nearest first: "matter", "matter__team"."""
    found: dict[str, None] = {}
    for path in paths:
        steps = path.split("__")
        found |= {"__".join(steps[:end]): None for end in range(1, len(steps) + 1)}
    return sorted(found, key=lambda path: path.count("__"))


@dataclass(frozen=True)
class _Slot:
    """Where a value goes that changes; `nr` when it is one of a list, with what stands around a text."""

    name: str
    nr: int | None = None
    before: str = ""
    after: str = ""

    def value_in(self, given: dict[str, Any]) -> Any:
        """What goes here this time."""
        value = given[self.name]
        if self.before or self.after:
            return f"{self.before}{value}{self.after}"
        if self.nr is None:
            return value
        return value[self.nr] if self.nr < len(value) else _NOBODY


def _slot(param: Any, slots: dict[object, _Slot]) -> Any:
    """The slot that stands where the parameter is, or the parameter itself: it never changes."""
    if isinstance(param, str) and param.count(_TEXT) == 2:  # one on each side of its number
        before, number, after = param.split(_TEXT)
        return replace(slots[f"{_TEXT}{number}{_TEXT}"], before=before, after=after)
    return slots.get(param, param) if param.__hash__ else param


def _room_for(length: int) -> int:
    """The least power of two that holds so many."""
    return 1 << max(length - 1, 0).bit_length()


def _stand_in(kind: type, place: int) -> int | str | dt.date | dt.datetime:
    if kind is dt.datetime:
        return _MOMENT + dt.timedelta(hours=place)
    if kind is dt.date:
        return _DAY + dt.timedelta(days=place)
    if kind is str:
        return f"{_TEXT}{place}{_TEXT}"
    return _NUMBER + place


def _adapted(value: Value, here: BaseDatabaseWrapper) -> Any:
    """As the database wants it; text for days and moments on SQLite."""
    if isinstance(value, dt.datetime):
        return here.ops.adapt_datetimefield_value(value)
    if isinstance(value, dt.date):
        return here.ops.adapt_datefield_value(value)
    return list(value) if isinstance(value, set | frozenset | dict) else value
