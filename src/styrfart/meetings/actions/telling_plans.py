"""Letters about plans: one a person and event, and only to those whom it concerns."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from styrfart.meetings.actions.inviting import CalendarLetters, calendar_letters
from styrfart.meetings.models import Attendee, Meeting, MeetingState
from styrfart.meetings.queries.expected import INVITED
from styrfart.people.models import Person
from styrfart.shared import mail
from styrfart.shared.templatetags.words import day_short

if TYPE_CHECKING:
    from styrfart.meetings.actions.changing import Change

# In the language of the reader, not of whoever did it.
day_in_words = lazy(day_short, str)


def tell_changed(
    meeting: Meeting, *, before: "Change", earlier: Collection[Person], actor: Person
) -> list[int]:
    """Write of a changed meeting: everybody expected when the time has changed, or the place of one that is
    called; who leads and who led when that has. One letter each; gives whom.
    """
    is_moved = (before.held_on, before.starts_at) != (meeting.held_on, meeting.starts_at)
    is_elsewhere = (before.place, before.minutes) != (meeting.place, meeting.minutes)
    told: dict[int, Person] = {}
    if is_moved or (is_elsewhere and meeting.state == MeetingState.CALLED):
        now = Attendee.objects.filter(meeting=meeting).select_related("person")
        told |= {person.pk: person for person in [*earlier, *(row.person for row in now)]}
    if before.leader != meeting.leader:
        told |= {person.pk: person for person in (before.leader, meeting.leader)}
    told.pop(actor.pk, None)
    letters = calendar_letters([meeting])
    for person in told.values():
        _send_changed(person, meeting, before, letters=letters, is_moved=is_moved, is_elsewhere=is_elsewhere)
    letters.send_rest()
    return list(told)


def _send_changed(
    person: Person,
    meeting: Meeting,
    before: "Change",
    *,
    letters: CalendarLetters,
    is_moved: bool,
    is_elsewhere: bool,
) -> None:
    is_leader = before.leader != meeting.leader and person == meeting.leader
    has_handed_over = before.leader != meeting.leader and person == before.leader
    subject = _("Mötet %(day)s är flyttat") if is_moved else _("Mötet %(day)s är ändrat")
    if is_leader and not is_moved:
        subject = _("Du leder mötet %(day)s")
    mail.send(
        person,
        subject=subject,
        template="meetings/mail/changed.txt",
        context={
            "day": day_in_words(before.held_on),
            "meeting": meeting,
            "before": before,
            "is_moved": is_moved,
            "is_elsewhere": is_elsewhere,
            "is_leader": is_leader,
            "has_handed_over": has_handed_over,
        },
        link=meeting.get_absolute_url(),
        about=meeting,
        calendar=letters.take(person),
    )


def tell_cancelled(meetings: Sequence[Meeting], *, reason: str, actor: Person) -> list[int]:
    """Write to those who were expected at cancelled meetings, one letter for all of them; gives whom."""
    expected: dict[int, tuple[Person, list[Meeting]]] = {}
    by_id = {meeting.pk: meeting for meeting in meetings}
    rows = Attendee.objects.filter(meeting__in=by_id).select_related("person")
    for row in rows.order_by("meeting__held_on", "pk"):
        expected.setdefault(row.person_id, (row.person, []))[1].append(by_id[row.meeting_id])
    expected.pop(actor.pk, None)
    letters = calendar_letters(meetings)
    for person, theirs in expected.values():
        mail.send(
            person,
            subject=_("Mötet %(day)s är inställt")
            if len(theirs) == 1
            else _("%(number)s möten är inställda"),
            template="meetings/mail/cancelled.txt",
            context={
                "day": day_in_words(theirs[0].held_on),
                "number": len(theirs),
                "meetings": theirs,
                "reason": reason,
            },
            link=reverse("meetings:index", args=[theirs[0].team.slug]),
            about=theirs[0],
            calendar=letters.take(person),
        )
    letters.send_rest()
    return list(expected)


def tell_leaders(
    changed: Iterable[tuple[Meeting, Person]], *, but: Collection[Person], by: Person | None = None
) -> list[int]:
    """Write to each who leads another meeting than before: (meeting, who led it). One letter each.

    `but`: who knows already, or has left. `by`: whom the reader may ask.
    """
    leads: dict[int, list[Meeting]] = {}
    leads_not: dict[int, list[Meeting]] = {}
    people: dict[int, Person] = {}
    for meeting, former in changed:
        people |= {meeting.leader.pk: meeting.leader, former.pk: former}
        leads.setdefault(meeting.leader.pk, []).append(meeting)
        leads_not.setdefault(former.pk, []).append(meeting)
    for person in but:
        people.pop(person.pk, None)
    for pk, person in people.items():
        mine = leads.get(pk, [])
        first = (mine or leads_not[pk])[0]
        mail.send(
            person,
            subject=_("Du leder mötet %(day)s") if mine else _("Du leder inte mötet %(day)s"),
            template="meetings/mail/turns.txt",
            context={
                "day": day_in_words(first.held_on),
                "leads": mine,
                "leads_not": leads_not.get(pk, []),
                "by": by,
            },
            link=first.get_absolute_url(),
            about=first,
        )
    return list(people)


def tell_series_changed(
    *,
    kind_name: str,
    meetings: Sequence[Meeting],
    gone: Sequence[Meeting],
    earlier: Iterable[Person],
    from_day: dt.date,
    reason: str,
    actor: Person,
) -> list[int]:
    """Write once to everybody expected at the meetings of a series that has another rhythm or hour.

    Guests and substitutes hear of the meetings that they were asked to and no others; `gone` are cancelled.
    """
    people = {person.pk: person for person in earlier}
    asked: dict[int, list[Meeting]] = {}
    by_id = {meeting.pk: meeting for meeting in (*meetings, *gone)}
    found = Attendee.objects.filter(meeting__in=by_id).select_related("person")
    rows = list(found.order_by("meeting__held_on", "pk"))
    for row in rows:
        people[row.person_id] = row.person
        if row.role in INVITED:
            asked.setdefault(row.person_id, []).append(by_id[row.meeting_id])
    people.pop(actor.pk, None)
    of_the_room = {row.person_id for row in rows if row.role not in INVITED}
    letters = calendar_letters([*meetings, *gone])
    for person in people.values():
        theirs = meetings if person.pk in of_the_room else asked.get(person.pk, meetings)
        held = [meeting for meeting in theirs if meeting.state != MeetingState.CANCELLED]
        context = {"name": kind_name, "day": day_in_words(from_day), "meetings": held or theirs}
        mail.send(
            person,
            subject=_("%(name)s får nya tider från %(day)s") if held else _("Mötet %(day)s är inställt"),
            template="meetings/mail/series.txt" if held else "meetings/mail/cancelled.txt",
            context=context if held else context | {"day": day_in_words(theirs[0].held_on), "reason": reason},
            link=theirs[0].get_absolute_url()
            if person.pk in asked
            else reverse("meetings:index", args=[theirs[0].team.slug]),
            about=theirs[0],
            calendar=letters.take(person),
        )
    letters.send_rest()
    return list(people)
