"""Whom the morning's letter reminds: of material and advice whose day it is, and of what nobody opened."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from styrfart.meetings.deadlines import material_due
from styrfart.meetings.models import COMING, Advice, AgendaItem, ItemState, Meeting
from styrfart.meetings.queries.secrecy import is_secret
from styrfart.meetings.queries.unopened import never_opened, who_sees_to_it
from styrfart.people.models import Person
from styrfart.shared.mail import about_of
from styrfart.shared.templatetags.words import day_short
from styrfart.shared.workdays import is_workday, workdays_after

# Who owes material hears of it so many workdays before its day, and on the day.
BEFORE = 2
# No meeting asks for its material earlier than this before it is held.
FURTHEST = dt.timedelta(days=60)
SECRET = gettext_lazy("en punkt som omfattas av sekretess")


@dataclass(frozen=True)
class Reminder:
    """A line of a letter: what, where, which day, and the record whose words it tells."""

    text: str
    url: str
    on: dt.date
    about: str = ""


def whom_to_remind(today: dt.date) -> set[int]:
    """Ids of all whom the letter of the day reminds of something in meetings. At most five queries."""
    items = _material(today)
    people = {item.owner_id for item in items}
    people |= {pk for item in items if material_due(item.meeting) == today for pk in _keepers(item.meeting)}
    people |= set(_advice(today).values_list("asked_of", flat=True))
    if teams := {meeting.team_id for meeting in _never_opened(today)}:
        people |= set(who_sees_to_it(today).filter(team__in=teams).values_list("person", flat=True))
    return people


def reminders(person: Person, today: dt.date) -> list[Reminder]:
    """What the letter of the day says to `person` of meetings, in the language of the moment."""
    missing: dict[Meeting, list[AgendaItem]] = defaultdict(list)
    found = []
    for item in _material(today):
        due_on = material_due(item.meeting)
        if item.owner_id == person.pk:
            found.append(_owes(item, due_on))
        elif due_on == today and person.pk in _keepers(item.meeting):
            missing[item.meeting].append(item)
    found += [_unopened(meeting) for meeting in _never_opened(today, person)]
    found += [_missing(meeting, len(items), today) for meeting, items in missing.items()]
    for advice in (
        _advice(today)
        .filter(asked_of=person)
        .select_related("item__meeting", "item__matter", "item__decision", "asked_by")
    ):
        found.append(_asked(advice))
    return found


def _material(today: dt.date) -> list[AgendaItem]:
    """Items without their material whose day is today or, on a workday, in two workdays. One query.

    On a free day two workdays ahead is the same day as on the workday before: it would be told again.
    """
    items = (
        AgendaItem.objects.filter(
            meeting__state__in=COMING,
            meeting__held_on__range=(today, today + FURTHEST),
            state=ItemState.COMING,
            needs_material=True,
            ready_at=None,
        )
        .select_related("meeting__team", "meeting__kind", "matter", "decision")
        .order_by("meeting__held_on", "position", "pk")
    )
    days = {today, workdays_after(today, BEFORE)} if is_workday(today) else {today}
    return [item for item in items if material_due(item.meeting) in days]


def _advice(today: dt.date) -> QuerySet[Advice]:
    return Advice.objects.filter(
        Q(given_at=None, declined_at=None),
        answer_by=today,
        item__state=ItemState.COMING,
        item__meeting__state__in=COMING,
    ).order_by("pk")


def _never_opened(today: dt.date, person: Person | None = None) -> QuerySet[Meeting]:
    """Yesterday's meetings that nobody opened; `person`: those that are theirs to see to. One query."""
    found = never_opened(today).filter(held_on=today - dt.timedelta(days=1))
    if person is not None:
        found = found.filter(team__in=who_sees_to_it(today).filter(person=person).values("team"))
    return found.select_related("team").order_by("starts_at", "pk")


def _keepers(meeting: Meeting) -> list[int]:
    """Who keeps the record of the meeting."""
    return [meeting.secretary_id] if meeting.secretary_id else []


def _owes(item: AgendaItem, due_on: dt.date) -> Reminder:
    at = [item.meeting.team.slug, item.meeting.slug, item.pk]
    words = {
        "title": SECRET if is_secret(item) else f"”{item.title}”",
        "day": day_short(item.meeting.held_on),
        "due": day_short(due_on),
    }
    return Reminder(
        _("Underlaget till %(title)s ska vara klart %(due)s, inför mötet %(day)s.") % words,
        reverse("meetings:show-item", args=at),
        due_on,
        about_of(item.matter) if item.matter else about_of(item),
    )


def _unopened(meeting: Meeting) -> Reminder:
    return Reminder(
        _("Mötet den %(day)s öppnades aldrig. Öppna det i efterhand eller ställ in det.")
        % {"day": day_short(meeting.held_on)},
        meeting.get_absolute_url(),
        meeting.held_on,
    )


def _missing(meeting: Meeting, count: int, today: dt.date) -> Reminder:
    text = ngettext(
        "Underlag saknas till en punkt på mötet %(day)s. Det ska vara klart i dag.",
        "Underlag saknas till %(count)s punkter på mötet %(day)s. Det ska vara klart i dag.",
        count,
    )
    return Reminder(
        text % {"count": count, "day": day_short(meeting.held_on)}, meeting.get_absolute_url(), today
    )


def _asked(advice: Advice) -> Reminder:
    item = advice.item
    words = {
        "who": advice.asked_by,
        "title": SECRET if is_secret(item) else f"”{item.title}”",
        "day": day_short(item.meeting.held_on),
    }
    return Reminder(
        _("%(who)s vill ha ditt råd i dag om %(title)s, inför mötet %(day)s.") % words,
        reverse("meetings:advice", args=[advice.pk]),
        advice.answer_by,
        about_of(item.matter) if item.matter else about_of(advice),
    )
