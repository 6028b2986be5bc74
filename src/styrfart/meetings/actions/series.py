"""Change or end the rest of a series; what has been held, and what was before, stays as it was."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from styrfart.meetings import facts_plans as facts
from styrfart.meetings.actions.changing import apply, as_planned, call_off, told_of
from styrfart.meetings.actions.planning import Wish, make_meetings
from styrfart.meetings.actions.telling_plans import tell_cancelled, tell_series_changed
from styrfart.meetings.models import Meeting, Rhythm, Series
from styrfart.meetings.queries.planning import kind_on
from styrfart.meetings.queries.series import rest_of
from styrfart.people.models import Person, Team
from styrfart.shared import audit

REPLACED = "Serien har fått nya tider."  # kept with the meeting, in the language of the records


@transaction.atomic
def change_series(
    *,
    series: Series,
    from_day: dt.date,
    rhythm: Rhythm,
    first_on: dt.date,
    last_on: dt.date,
    starts_at: dt.time,
    days: Sequence[tuple[dt.date, dt.date]],
    actor: Person,
) -> Series:
    """Let the meetings from `from_day` on be those of a new series; each keeps its agenda.

    A meeting on a day that both have stays; the others move, in order; what is left over is cancelled, what
    is missing is planned. SeriesEnded when somebody else has changed it already.
    """
    old = _lock(series)
    if not days:
        raise facts.SeriesHasNoDays
    if not all(kind_on(old.kind, held_on) for _slot, held_on in days):
        raise facts.KindEnded
    new = Series.objects.create(
        kind=old.kind,
        rhythm=rhythm,
        first_on=first_on,
        last_on=last_on,
        starts_at=starts_at,
        created_by=actor,
    )
    rest = rest_of(old, from_day)
    earlier = [person for meeting in rest for person in told_of(meeting)]
    pairs, surplus, missing = pair(rest, days)
    for meeting, (slot, held_on) in pairs:
        meeting.series, meeting.slot = new, slot
        apply(meeting, replace(as_planned(meeting), held_on=held_on, starts_at=starts_at))
    for meeting in surplus:
        call_off(meeting, REPLACED)
    made = [meeting for meeting, _day in pairs]
    if missing:
        wishes = [Wish(held_on, starts_at, old.kind.minutes, slot=slot) for slot, held_on in missing]
        made += make_meetings(old.kind.team, old.kind, wishes, actor=actor, series=new)
    _close(old, from_day)
    audit.record(
        "meetings.change_series",
        new,
        actor=actor,
        detail={"kind": [None, old.kind.name], "from": [None, from_day.isoformat()]},
    )
    made.sort(key=lambda meeting: (meeting.held_on, meeting.starts_at))
    tell_series_changed(
        kind_name=old.kind.name,
        meetings=made,
        gone=surplus,
        earlier=earlier,
        reason=REPLACED,
        from_day=from_day,
        actor=actor,
    )
    return new


@transaction.atomic
def end_series(*, series: Series, from_day: dt.date, reason: str, actor: Person) -> list[Meeting]:
    """Hold no more meetings of the series from `from_day` on; those expected get one letter."""
    old = _lock(series)
    rest = rest_of(old, from_day)
    for meeting in rest:
        call_off(meeting, reason)
    _close(old, from_day)
    audit.record(
        "meetings.end_series",
        old,
        actor=actor,
        detail={"kind": [None, old.kind.name], "from": [None, from_day.isoformat()]},
    )
    if rest:
        tell_cancelled(rest, reason=reason, actor=actor)
    return rest


def _lock(series: Series) -> Series:
    Team.objects.select_for_update().get(meeting_kinds=series.kind_id)
    fresh = Series.objects.select_for_update(of=("self",)).select_related("kind__team").get(pk=series.pk)
    if fresh.ended_at:
        raise facts.SeriesEnded
    return fresh


def _close(series: Series, from_day: dt.date) -> None:
    """The series ends before `from_day`; one that had not begun is left with its first day and no meeting."""
    series.last_on = min(series.last_on, max(series.first_on, from_day - dt.timedelta(days=1)))
    series.ended_at = timezone.now()
    series.sequence, series.changed_at = series.sequence + 1, timezone.now()
    series.save(update_fields=["last_on", "ended_at", "sequence", "changed_at"])


Days = Sequence[tuple[dt.date, dt.date]]


def pair(
    meetings: Sequence[Meeting], days: Days
) -> tuple[list[tuple[Meeting, tuple[dt.date, dt.date]]], list[Meeting], list[tuple[dt.date, dt.date]]]:
    """Which meeting goes to which day, which meetings are left over, and which days lack one."""
    by_day = {meeting.held_on: meeting for meeting in meetings}
    pairs = [(by_day[held_on], (slot, held_on)) for slot, held_on in days if held_on in by_day]
    kept = {meeting.pk for meeting, _day in pairs}
    free = [meeting for meeting in meetings if meeting.pk not in kept]
    open_days = [(slot, held_on) for slot, held_on in days if held_on not in by_day]
    pairs += list(zip(free, open_days, strict=False))
    return pairs, free[len(open_days) :], open_days[len(free) :]
