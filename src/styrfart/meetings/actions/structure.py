"""Set up, change and end kinds of meeting, and what each always holds."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from styrfart.meetings import facts_plans as facts
from styrfart.meetings.actions.changing import call_off
from styrfart.meetings.actions.planning import standing_on
from styrfart.meetings.actions.telling_plans import tell_cancelled
from styrfart.meetings.models import (
    COMING,
    AgendaItem,
    ItemSource,
    ItemState,
    Meeting,
    MeetingKind,
    MeetingState,
    Series,
    StandingItem,
)
from styrfart.people.models import Person, Team
from styrfart.shared import audit


@dataclass(frozen=True)
class KindValues:
    """What holds for every meeting of a kind."""

    name: str
    purpose: str
    minutes: int
    place: str = ""
    call_days: int = 5
    lead_days: int = 5
    has_adjuncts: bool = True
    has_check_in: bool = True
    has_wrap_up: bool = True
    has_silent_round: bool = False
    has_checker: bool = False
    approve_days: int = 3


@dataclass(frozen=True)
class ItemValues:
    """A standing item; without an owner whoever leads takes it."""

    title: str
    purpose: str
    level: str
    minutes: int
    outcome: str
    owner: Person | None = None


@transaction.atomic
def add_kind(
    *, team: Team, values: KindValues, standing: Sequence[ItemValues] = (), actor: Person
) -> MeetingKind:
    """A new kind of meeting from today on. NameTaken when the team has one that is called so."""
    Team.objects.select_for_update().get(pk=team.pk)
    _refuse_name(team, values.name)
    kind = MeetingKind.objects.create(team=team, valid_from=timezone.localdate(), **asdict(values))
    StandingItem.objects.bulk_create(
        StandingItem(kind=kind, position=position, **_fields(each))
        for position, each in enumerate(standing, 1)
    )
    audit.record("meetings.add_kind", kind, actor=actor)
    return kind


def _fields(values: ItemValues) -> dict[str, Any]:
    return {name: getattr(values, name) for name in ItemValues.__dataclass_fields__}


def _refuse_name(team: Team, name: str, *, but: int | None = None) -> None:
    others = MeetingKind.objects.filter(team=team, name=name, valid_to=None)
    if others.exclude(pk=but or 0).exists():
        raise facts.NameTaken


def lock_kind(kind: MeetingKind, revision: int) -> MeetingKind:
    """The kind re-read under lock, as it was in `revision`; PlanChanged when it has moved on."""
    Team.objects.select_for_update().get(pk=kind.team_id)
    fresh = MeetingKind.objects.select_for_update(of=("self",)).select_related("team").get(pk=kind.pk)
    if fresh.revision != revision:
        raise facts.PlanChanged
    if fresh.valid_to is not None:
        raise facts.KindEnded
    return fresh


@transaction.atomic
def change_kind(*, kind: MeetingKind, values: KindValues, revision: int, actor: Person) -> MeetingKind:
    """Change what holds for meetings planned from now on; those already planned keep their hour."""
    fresh = lock_kind(kind, revision)
    _refuse_name(fresh.team, values.name, but=fresh.pk)
    detail = {
        name: [getattr(fresh, name), value]
        for name, value in asdict(values).items()
        if getattr(fresh, name) != value
    }
    if not detail:
        return fresh
    for name in detail:
        setattr(fresh, name, getattr(values, name))
    fresh.revision += 1
    fresh.save(update_fields=[*detail, "revision"])
    audit.record("meetings.change_kind", fresh, actor=actor, detail=detail)
    return fresh


@transaction.atomic
def end_kind(
    *, kind: MeetingKind, last_day: dt.date, reason: str, revision: int, actor: Person
) -> list[Meeting]:
    """Hold no meetings of the kind after `last_day`; those planned are cancelled, those expected told once.

    What has been held stays. Gives the meetings that were cancelled.
    """
    fresh = lock_kind(kind, revision)
    fresh.valid_to = max(last_day, fresh.valid_from)
    fresh.revision += 1
    fresh.save(update_fields=["valid_to", "revision"])
    later = list(
        Meeting.objects.filter(kind=fresh, held_on__gt=fresh.valid_to, state__in=COMING)
        .select_related("team")
        .order_by("held_on", "starts_at")
    )
    for meeting in later:
        call_off(meeting, reason)
    for series in Series.objects.filter(kind=fresh, ended_at=None, last_on__gt=fresh.valid_to):
        series.last_on = max(series.first_on, fresh.valid_to)
        series.ended_at = timezone.now()
        series.sequence, series.changed_at = series.sequence + 1, timezone.now()
        series.save(update_fields=["last_on", "ended_at", "sequence", "changed_at"])
    audit.record(
        "meetings.end_kind", fresh, actor=actor, detail={"last_day": [None, fresh.valid_to.isoformat()]}
    )
    if later:
        tell_cancelled(later, reason=reason, actor=actor)
    return later


# --- what every meeting of the kind takes up --------------------------------------------------------
@transaction.atomic
def add_standing_item(*, kind: MeetingKind, values: ItemValues, revision: int, actor: Person) -> StandingItem:
    """Add an item last; it comes to the coming meetings that are not called too."""
    fresh = lock_kind(kind, revision)
    last = fresh.standing_items.aggregate(last=Max("position"))["last"] or 0
    item = StandingItem.objects.create(kind=fresh, position=last + 1, **_fields(values))
    for meeting in _not_called(fresh):
        _insert(item, meeting)
    _touch(fresh, "meetings.add_standing_item", item, actor)
    return item


@transaction.atomic
def change_standing_item(
    *, item: StandingItem, values: ItemValues, revision: int, actor: Person
) -> StandingItem:
    """Change an item; where nobody has changed it on the agenda of a meeting not called, there too."""
    fresh = lock_kind(item.kind, revision)
    untouched = _untouched(item)
    for name, value in _fields(values).items():
        setattr(item, name, value)
    item.save(update_fields=list(_fields(values)))
    for row in untouched:
        row.title, row.purpose, row.level = item.title, item.purpose, item.level
        row.minutes, row.outcome, row.owner = item.minutes, item.outcome, item.owner or row.meeting.leader
        row.revision += 1
        row.save(update_fields=["title", "purpose", "level", "minutes", "outcome", "owner", "revision"])
        Meeting.objects.filter(pk=row.meeting_id).update(tick=F("tick") + 1)
    _touch(fresh, "meetings.change_standing_item", item, actor)
    return item


@transaction.atomic
def move_standing_item(*, item: StandingItem, step: int, actor: Person) -> None:
    """Move an item a step up (-1) or down (1) among those of its kind.

    At the edge, and when somebody has taken it away, nothing happens.
    """
    Team.objects.select_for_update().get(pk=item.kind.team_id)
    order = list(StandingItem.objects.filter(kind=item.kind_id))
    at = next((number for number, each in enumerate(order) if each.pk == item.pk), None)
    if at is None or not 0 <= at + step < len(order):
        return
    to = at + step
    order[at], order[to] = order[to], order[at]
    for position, each in enumerate(order, 1):
        each.position = position
    StandingItem.objects.bulk_update(order, ["position"])
    audit.record("meetings.move_standing_item", item, actor=actor)


@transaction.atomic
def remove_standing_item(*, item: StandingItem, actor: Person) -> None:
    """Take an item away; from meetings not called too, where nobody has changed it."""
    Team.objects.select_for_update().get(pk=item.kind.team_id)
    if not StandingItem.objects.filter(pk=item.pk).exists():
        return  # somebody else has
    for row in _untouched(item):
        Meeting.objects.filter(pk=row.meeting_id).update(tick=F("tick") + 1)
        row.delete()
    audit.record("meetings.remove_standing_item", item, actor=actor)
    MeetingKind.objects.filter(pk=item.kind_id).update(revision=F("revision") + 1)
    item.delete()


def _not_called(kind: MeetingKind) -> list[Meeting]:
    today = timezone.localdate()
    return list(
        Meeting.objects.filter(kind=kind, state=MeetingState.PLANNED, held_on__gte=today).select_related(
            "leader"
        )
    )


def _untouched(item: StandingItem) -> list[AgendaItem]:
    """The item on the agendas of meetings not called, as it was put there: nobody has written anything in it.

    Another leader of the meeting has taken it over, which is no change of what it says.
    """
    was = StandingItem.objects.get(pk=item.pk)
    return list(
        AgendaItem.objects.filter(
            standing_item=was,
            meeting__state=MeetingState.PLANNED,
            state=ItemState.COMING,
            owner=was.owner_id or F("meeting__leader"),
            materials=None,
            advice=None,
            is_in_writing=False,
            **{name: getattr(was, name) for name in ("title", "purpose", "level", "minutes", "outcome")},
            **dict.fromkeys(("background", "proposal", "arguments_for", "arguments_against"), ""),
        ).select_related("meeting__leader")
    )


def _insert(item: StandingItem, meeting: Meeting) -> None:
    """Put a new standing item on an agenda, before the wrap-up."""
    last = AgendaItem.objects.filter(meeting=meeting, source=ItemSource.WRAP_UP).first()
    end = (meeting.items.aggregate(last=Max("position"))["last"] or 0) + 1
    position = last.position if last else end
    AgendaItem.objects.filter(meeting=meeting, position__gte=position).update(position=F("position") + 1)
    standing_on(meeting, item, position=position).save()
    Meeting.objects.filter(pk=meeting.pk).update(tick=F("tick") + 1)


def _touch(kind: MeetingKind, verb: str, item: StandingItem, actor: Person) -> None:
    kind.revision += 1
    kind.save(update_fields=["revision"])
    audit.record(verb, item, actor=actor, detail={"kind": [None, kind.name]})
