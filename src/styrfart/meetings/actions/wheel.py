"""Put items on the annual wheel, change and end them, and let one year differ."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from styrfart.meetings import facts_plans as facts
from styrfart.meetings.models import WheelItem, WheelYear
from styrfart.meetings.queries.wheel import is_in
from styrfart.people.models import Person, Team
from styrfart.shared import audit


@dataclass(frozen=True)
class WheelValues:
    """What comes back every year; without an owner whoever leads the meeting takes it."""

    title: str
    period: str
    month: int
    day: int
    weeks_before: int
    purpose: str
    level: str
    minutes: int
    outcome: str
    owner: Person | None = None


@transaction.atomic
def add_wheel_items(
    *, team: Team, items: Sequence[WheelValues], from_day: dt.date, actor: Person
) -> list[WheelItem]:
    """Add items from a day on: one whose day that year has been begins the year after.

    What the wheel has already, by title and day, is not added again.
    """
    Team.objects.select_for_update().get(pk=team.pk)
    known = set(WheelItem.objects.filter(team=team, last_year=None).values_list("title", "month", "day"))
    made = [
        WheelItem.objects.create(team=team, first_year=_first_year(values, from_day), **_fields(values))
        for values in items
        if (values.title, values.month, values.day) not in known
    ]
    for item in made:
        audit.record("meetings.add_wheel_item", item, actor=actor)
    return made


def _first_year(values: WheelValues, from_day: dt.date) -> int:
    has_been = (values.month, values.day) < (from_day.month, from_day.day)
    return from_day.year + has_been


def _fields(values: WheelValues) -> dict[str, Any]:
    return {name: getattr(values, name) for name in WheelValues.__dataclass_fields__}


def _lock(item: WheelItem, revision: int) -> WheelItem:
    fresh = WheelItem.objects.select_for_update(of=("self",)).select_related("team", "owner").get(pk=item.pk)
    if fresh.revision != revision:
        raise facts.PlanChanged
    return fresh


@transaction.atomic
def change_wheel_item(*, item: WheelItem, values: WheelValues, revision: int, actor: Person) -> WheelItem:
    """Change an item in every year that has no day of its own; what stands on agendas stays as it is."""
    fresh = _lock(item, revision)
    changed = {name: value for name, value in _fields(values).items() if getattr(fresh, name) != value}
    if not changed:
        return fresh
    detail = {name: [str(getattr(fresh, name) or ""), str(value or "")] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(fresh, name, value)
    fresh.revision += 1
    fresh.save(update_fields=[*changed, "revision"])
    audit.record("meetings.change_wheel_item", fresh, actor=actor, detail=detail)
    return fresh


@transaction.atomic
def end_wheel_item(*, item: WheelItem, from_year: int, revision: int, actor: Person) -> WheelItem | None:
    """Take an item off the wheel from a year on; earlier years keep it. None when there were none to keep.

    An item that has stood on an agenda is kept, whichever the year, so that the agenda still says what it is.
    """
    fresh = _lock(item, revision)
    audit.record("meetings.end_wheel_item", fresh, actor=actor, detail={"from": [None, from_year]})
    if from_year <= fresh.first_year and not fresh.agenda_items.exists():
        fresh.delete()
        return None
    fresh.last_year = max(from_year - 1, fresh.first_year)
    fresh.revision += 1
    fresh.save(update_fields=["last_year", "revision"])
    return fresh


@transaction.atomic
def change_wheel_year(
    *,
    item: WheelItem,
    year: int,
    due_on: dt.date | None,
    is_skipped: bool,
    note: str,
    revision: int,
    actor: Person,
) -> None:
    """Let one year differ: another day, or not at all; without either it is as in other years again.

    YearOutside when the item is not on the wheel in that year.
    """
    fresh = _lock(item, revision)
    if not is_in(fresh, year):
        raise facts.YearOutside
    if is_skipped or due_on:
        WheelYear.objects.update_or_create(
            item=fresh,
            year=year,
            defaults={"due_on": None if is_skipped else due_on, "is_skipped": is_skipped, "note": note},
        )
    else:
        WheelYear.objects.filter(item=fresh, year=year).delete()
    fresh.revision += 1
    fresh.save(update_fields=["revision"])
    audit.record(
        "meetings.change_wheel_year",
        fresh,
        actor=actor,
        detail={
            "year": [None, year],
            "day": [None, due_on.isoformat() if due_on else None],
            "is_skipped": [None, is_skipped],
        },
    )
