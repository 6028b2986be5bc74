"""Disposal of records (gallring): what each room keeps, when its time is over, and how it goes.

A room names its types of record in its own `disposal.py`, which its app reads at the start. Nothing goes
but by a rule that names a disposal decision (`RetentionRule`); who orders it is the business of a room above.
A room whose records point at another room's holds those: `hold`.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Count, Max, Min, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from styrfart.shared.mail import about_key
from styrfart.shared.models import AuditEntry, DisposalRun, OutgoingMail, RetentionRule

AT_A_TIME = 500  # ids in one question


@dataclass(frozen=True)
class Tally:
    """How many records, and when the first and the last of them ended."""

    count: int = 0
    oldest: dt.date | None = None
    newest: dt.date | None = None

    @classmethod
    def of(cls, days: Collection[dt.date]) -> "Tally":
        """That of records that ended on these days."""
        return cls(len(days), min(days), max(days)) if days else cls()


@dataclass(frozen=True)
class RecordType:
    """A type of record: what ended before a day and may go, counted; and the same, gone.

    `dispose` runs in the caller's transaction and takes with it what the log and the outbox say.
    """

    record_type: str  # "matters.matter"
    name: str | Promise
    tally: Callable[[dt.date], Tally]
    dispose: Callable[[dt.date], Tally]

    @classmethod
    def of_found(
        cls,
        record_type: str,
        name: str | Promise,
        found: Callable[[dt.date], Mapping[int, dt.date]],
        erase: Callable[[list[int]], object],
    ) -> "RecordType":
        """Records of which each goes alone: `found` are those that ended before a day, and when each did.

        `erase` is given their ids some at a time; what the log and the outbox say of them goes after.
        """

        def dispose(before: dt.date) -> Tally:
            days = found(before)
            for part in in_parts(days):
                erase(part)
            forget(record_type, days)
            return Tally.of(days.values())

        return cls(record_type, name, lambda before: Tally.of(found(before).values()), dispose)


_types: dict[str, RecordType] = {}
_holds: dict[str, list[Callable[[], Collection[int]]]] = {}


def register(record_type: RecordType) -> None:
    """Make a type known: it gets a rule, which says that it is preserved until somebody decides otherwise."""
    _types[record_type.record_type] = record_type


def record_types() -> list[RecordType]:
    """Every type that is written, as the rooms have named them."""
    return list(_types.values())


def hold(record_type: str, ids: Callable[[], Collection[int]]) -> None:
    """Let a room keep records of another for as long as its own point at them; `ids` are theirs."""
    _holds.setdefault(record_type, []).append(ids)


def held(record_type: str) -> set[int]:
    """Ids of the records that other rooms still need."""
    return {pk for ids in _holds.get(record_type, ()) for pk in ids()}


def ensure_rules(using: str = DEFAULT_DB_ALIAS, **_signal: object) -> None:
    """Give every type that lacks a rule one: preserved. After each migration, so a lost one returns."""
    if RetentionRule._meta.db_table not in connections[using].introspection.table_names():
        return  # only other rooms have been migrated so far
    rules = RetentionRule.objects.using(using)
    for record_type in _types:
        rules.get_or_create(record_type=record_type)


def ends_before(rule: RetentionRule | None, today: dt.date) -> dt.date | None:
    """What ended before this day may go by the rule; None when nothing may."""
    if rule is None or rule.keep_years is None or not rule.decision_reference:
        return None
    year = today.year - rule.keep_years
    # The 29th of February is counted as the 28th: never a day too early.
    return today.replace(year=year, day=min(today.day, 28) if today.month == 2 else today.day)


def open_runs() -> QuerySet[DisposalRun]:
    """Disposals that are ordered and neither carried out nor stopped."""
    return DisposalRun.objects.filter(done_at=None, stopped_at=None)


def moment(day: dt.date) -> dt.datetime:
    """When the day begins here."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def in_parts(ids: Iterable[int]) -> Iterator[list[int]]:
    """The ids, in order, as many at a time as a question takes on both databases."""
    every = sorted(ids)
    for first in range(0, len(every), AT_A_TIME):
        yield every[first : first + AT_A_TIME]


def forget(object_type: str, ids: Iterable[int]) -> None:
    """Erase what the log and the outbox say of these records."""
    for part in in_parts(ids):
        AuditEntry.objects.filter(object_type=object_type, object_id__in=[str(pk) for pk in part]).delete()
        OutgoingMail.objects.filter(about__in=[about_key(object_type, pk) for pk in part]).delete()


def erase_on_commit(files: Iterable[FieldFile]) -> None:
    """Take the files from the disk once the rows are surely gone."""
    for file in files:
        storage, name = file.storage, file.name
        if name:
            transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))  # type: ignore[misc]  # bound now


# --- What this room itself keeps --------------------------------------------------------------------
def _tally(rows: "QuerySet[OutgoingMail] | QuerySet[AuditEntry]", field: str) -> Tally:
    found = rows.order_by().aggregate(count=Count("pk"), oldest=Min(field), newest=Max(field))
    if not found["count"]:
        return Tally()
    return Tally(found["count"], timezone.localdate(found["oldest"]), timezone.localdate(found["newest"]))


def _letters(before: dt.date) -> QuerySet[OutgoingMail]:
    """Letters that are no longer on their way."""
    return OutgoingMail.objects.filter(created_at__lt=moment(before)).exclude(
        state=OutgoingMail.State.WAITING
    )


def _entries(before: dt.date) -> QuerySet[AuditEntry]:
    """What the log says, but that something was disposed of."""
    runs = DisposalRun._meta.label_lower
    return AuditEntry.objects.filter(at__lt=moment(before)).exclude(object_type=runs)


def _dispose_letters(before: dt.date) -> Tally:
    tally = _tally(_letters(before), "created_at")
    for part in in_parts(_letters(before).order_by().values_list("pk", flat=True)):
        OutgoingMail.objects.filter(pk__in=part).delete()
    return tally


def _dispose_entries(before: dt.date) -> Tally:
    tally = _tally(_entries(before), "at")
    for part in in_parts(_entries(before).order_by().values_list("pk", flat=True)):
        AuditEntry.objects.filter(pk__in=part).delete()
    return tally


register(
    RecordType(
        "shared.outgoingmail",
        _("Utskick"),
        tally=lambda before: _tally(_letters(before), "created_at"),
        dispose=_dispose_letters,
    )
)
register(
    RecordType(
        "shared.auditentry",
        _("Loggen"),
        tally=lambda before: _tally(_entries(before), "at"),
        dispose=_dispose_entries,
    )
)
