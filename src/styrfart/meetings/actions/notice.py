"""Calling people to a meeting: one letter each, and after that only what has changed."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from styrfart.meetings import rules
from styrfart.meetings.actions.changing import refresh_attendees
from styrfart.meetings.actions.inviting import CalendarLetters, calendar_letters
from styrfart.meetings.actions.ticking import hold, tick
from styrfart.meetings.facts import AgendaClosed, NothingToTell, NoticeChanged
from styrfart.meetings.models import COMING, Attendee, Meeting, MeetingState
from styrfart.meetings.queries.notice import Notice, notice_of
from styrfart.people.models import Person, Team
from styrfart.shared import audit, mail
from styrfart.shared.templatetags.words import day_short

# In the language of the reader, not of whoever sends.
_day = lazy(day_short, str)


@dataclass(frozen=True)
class Called:
    """How many got the whole notice, and how many what has changed."""

    new: int
    told: int


@transaction.atomic
def call_meeting(*, meeting: Meeting, seen: int, note: str, actor: Person) -> Called:
    """Send the notice to those expected who have not had it, and what has changed to the others.

    `seen`: the meeting's `tick` when it was read through. Nobody gets the same twice.
    """
    # As plans are locked: the team, then the meeting.
    Team.objects.select_for_update().get(pk=meeting.team_id)
    held = hold(meeting)
    if held.state not in COMING or not rules.can_plan(actor, held.team):
        raise AgendaClosed(held)
    if held.tick != seen:
        raise NoticeChanged
    # Whoever has got a seat since the clock was here is called too, and who has left it is not.
    if refresh_attendees(meeting=held):
        held = hold(meeting)
    notice = notice_of(held, note=note)
    if not notice.has_anything_to_tell:
        raise NothingToTell
    now = timezone.now()
    held.note, held.called_with = note, notice.said
    held.state, held.called_at = MeetingState.CALLED, held.called_at or now
    held.save(update_fields=["note", "called_with", "state", "called_at"])
    # Calendars hear by the same letter; those that need to hear and get none, by one of their own.
    called = [each.person for each in (*notice.new, *notice.told)]
    letters = calendar_letters([held], people=called)
    new = [each for each in notice.new if _send(notice, each, note, letters)]
    Attendee.objects.filter(pk__in=[each.pk for each in new]).update(called_at=now)
    told = [each for each in notice.told if notice.changes and _send_changes(notice, each, letters)]
    letters.send_rest()
    tick(held)
    people = [each.person_id for each in (*new, *told)]
    audit.record("meetings.call_meeting", held, actor=actor, concerns=[actor, *people])
    return Called(len(new), len(told))


def _send(notice: Notice, to: Attendee, note: str, letters: CalendarLetters) -> bool:
    """All of it, the person's own items first."""
    letter = mail.send(
        to.person,
        subject=_("Kallelse: %(title)s den %(when)s"),
        template="meetings/mail/notice.txt",
        context={**_about(notice), "note": note, "mine": _mine(notice, to), "lines": notice.lines},
        link=notice.meeting.get_absolute_url(),
        about=notice.meeting,
        calendar=letters.take(to.person),
    )
    return letter is not None


def _send_changes(notice: Notice, to: Attendee, letters: CalendarLetters) -> bool:
    """Only what is other than the latest letter said."""
    letter = mail.send(
        to.person,
        subject=_("Ändrad kallelse: %(title)s den %(when)s"),
        template="meetings/mail/notice_changed.txt",
        context={**_about(notice), "changes": notice.changes},
        link=notice.meeting.get_absolute_url(),
        about=notice.meeting,
        calendar=letters.take(to.person),
    )
    return letter is not None


def _about(notice: Notice) -> dict[str, object]:
    meeting = notice.meeting
    return {
        "meeting": meeting,
        "title": meeting.title,
        "when": _day(meeting.held_on),
        "written": notice.written,
    }


def _mine(notice: Notice, to: Attendee) -> list[object]:
    return [line for line in notice.lines if line.item.owner_id == to.person_id]


def withhold_notices(abouts: Collection[str]) -> None:
    """Notices of meetings that take up any of these records say no more: the page tells the rest."""
    told = Q()
    for about in abouts:
        kind, _slash, pk = about.partition("/")
        if kind in {"matters.matter", "decisions.decision"}:
            told |= Q(**{f"items__{kind.partition('.')[2]}": pk})
    called = Meeting.objects.filter(told).exclude(called_at=None).select_related("team").distinct()
    for meeting in called if told else []:
        mail.withhold(
            [mail.about_of(meeting)],
            text=_("Något i brevet omfattas nu av sekretess. Det andra läser du på mötets sida."),
            link=meeting.get_absolute_url(),
        )
