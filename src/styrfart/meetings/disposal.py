"""Disposal of meetings and their minutes: when they have ended, what keeps them, and how they go."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Max, Q
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.decisions.disposal import ACTION, DECISION
from styrfart.matters.disposal import MATTER
from styrfart.meetings.documents import made
from styrfart.meetings.models import (
    AgendaItem,
    Entry,
    ItemMaterial,
    Meeting,
    MeetingState,
    Minutes,
    MinutesAttachment,
    MinutesState,
    PulseRelease,
)
from styrfart.shared.disposal import (
    AT_A_TIME,
    RecordType,
    Tally,
    erase_on_commit,
    forget,
    hold,
    in_parts,
    moment,
    register,
)

MINUTES, MEETING = "meetings.minutes", "meetings.meeting"
OPEN = (MinutesState.DRAFT, MinutesState.HANDED_OVER)


def _minuted(before: dt.date) -> dict[int, dt.date]:
    """Meetings whose last approved version is older than the day, and when that was; none being corrected."""
    approved = Minutes.objects.filter(state=MinutesState.APPROVED).order_by()
    rows = approved.values("meeting").annotate(last=Max("approved_at")).values_list("meeting", "last")
    open_now = set(Minutes.objects.filter(state__in=OPEN).order_by().values_list("meeting", flat=True))
    end = moment(before)
    found = {pk: timezone.localdate(at) for pk, at in rows if at < end and pk not in open_now}
    return _without_pulses(found)


def _unminuted(before: dt.date) -> dict[int, dt.date]:
    """Meetings that ended or were cancelled before the day and never got minutes that were approved."""
    end = moment(before)
    over = Q(state=MeetingState.ENDED, ended_at__lt=end) | Q(
        state=MeetingState.CANCELLED, cancelled_at__lt=end
    )
    approved = Minutes.objects.filter(state=MinutesState.APPROVED).order_by().values("meeting")
    rows = Meeting.objects.filter(over).exclude(pk__in=approved).order_by()
    found = {
        pk: timezone.localdate(ended or cancelled)
        for pk, ended, cancelled in rows.values_list("pk", "ended_at", "cancelled_at")
    }
    return _without_pulses(found)


def _without_pulses(found: dict[int, dt.date]) -> dict[int, dt.date]:
    """Without those that a pulse stands for together with a meeting that stays."""
    kept: set[int] = set()
    for first, last in PulseRelease.objects.order_by().values_list("first_meeting", "last_meeting"):
        if not {first, last} <= set(found):
            kept |= {first, last}
    return {pk: day for pk, day in found.items() if pk not in kept}


def _dispose(found: dict[int, dt.date]) -> Tally:
    """The meetings go with everything in them: agenda, who was there, what was entered, minutes, files."""
    for part in in_parts(found):
        PulseRelease.objects.filter(first_meeting__in=part, last_meeting__in=list(found)).delete()
    minutes = set(Minutes.objects.filter(meeting__in=list(found)).values_list("pk", flat=True))
    items = set(AgendaItem.objects.filter(meeting__in=list(found)).values_list("pk", flat=True))
    entries = set(Entry.objects.filter(meeting__in=list(found)).values_list("pk", flat=True))
    for pk in sorted(minutes):
        made.throw_away(pk)
    files = _files_of(found)
    for part in in_parts(found):
        Minutes.objects.filter(meeting__in=part).delete()
        Meeting.objects.filter(pk__in=part).delete()
    # What was put off took its documents along: other meetings, and the seal of their minutes, hold to them.
    still_held = _held_of(files)
    erase_on_commit(file for name, file in files.items() if name not in still_held)
    for kind, ids in (
        (MINUTES, minutes),
        (MEETING, set(found)),
        ("meetings.agendaitem", items),
        ("meetings.entry", entries),
    ):
        forget(kind, ids)
    return Tally.of(found.values())


def _files_of(found: dict[int, dt.date]) -> dict[str, FieldFile]:
    """The files of the meetings' items, by name."""
    rows = ItemMaterial.objects.exclude(file="")
    return {
        str(each.file.name): each.file
        for part in in_parts(found)
        for each in rows.filter(item__meeting__in=part)
    }


def _held_of(names: Collection[str]) -> set[str]:
    """Those that something which is left holds to."""
    held: set[str] = set()
    every = sorted(names)
    for first in range(0, len(every), AT_A_TIME):
        part = every[first : first + AT_A_TIME]
        for model, field in ((ItemMaterial, "file"), (MinutesAttachment, "file_name")):
            rows = model._default_manager.filter(**{f"{field}__in": part}).order_by()
            held |= set(rows.values_list(field, flat=True))
    return held


register(
    RecordType(
        MINUTES,
        _("Möten med godkända anteckningar"),
        tally=lambda before: Tally.of(_minuted(before).values()),
        dispose=lambda before: _dispose(_minuted(before)),
    )
)
register(
    RecordType(
        MEETING,
        _("Möten utan godkända anteckningar"),
        tally=lambda before: Tally.of(_unminuted(before).values()),
        dispose=lambda before: _dispose(_unminuted(before)),
    )
)
# What a meeting took up or decided stays for as long as the meeting does: its minutes tell of it.
hold(MATTER, lambda: set(_of(AgendaItem, "matter")))
hold(DECISION, lambda: {*_of(AgendaItem, "decision"), *_of(Entry, "decision")})
hold(ACTION, lambda: set(_of(Entry, "action")))


def _of(model: type[AgendaItem] | type[Entry], name: str) -> list[int]:
    rows = model._default_manager.filter(**{f"{name}__isnull": False}).order_by()
    return list(rows.values_list(name, flat=True).distinct())
