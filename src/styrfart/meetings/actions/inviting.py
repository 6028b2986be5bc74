"""Meetings in people's calendars by letter: invitations, changes and cancellations (RFC 5546).

Called inside the deed that plans, moves or cancels, when its rows are saved. What each calendar holds is
compared with what it was told; only those for whom something differs get a letter:

    letters = calendar_letters(meetings)
    mail.send(person, …, calendar=letters.take(person))   # where the deed writes to somebody anyhow
    letters.send_rest()                                   # and a letter of our own to the others
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from styrfart.meetings.calendars.events import (
    Event,
    Listed,
    ended_event,
    events,
    exception_event,
    single_event,
)
from styrfart.meetings.calendars.writing import Invited, write_letter
from styrfart.meetings.models import (
    AttendeeRole,
    Invitation,
    Meeting,
    MeetingState,
    Presence,
    Series,
)
from styrfart.meetings.queries.inviting import Letter, What, due_letters
from styrfart.people.models import Person
from styrfart.shared import mail
from styrfart.shared.templatetags.words import day_short


class CalendarLetters:
    """Letters that wait to be sent, by themselves or as a part of others."""

    def __init__(self, letters: Iterable[Letter]) -> None:
        self._waiting: dict[int, list[Letter]] = {}
        # What is new or changed goes before what is gone: the first may go with a letter of the deed's own.
        for letter in sorted(letters, key=lambda each: each.what == What.GONE):
            self._waiting.setdefault(letter.person.pk, []).append(letter)

    def take(self, person: Person) -> mail.CalendarPart | None:
        """What goes with a letter that `person` gets anyhow; None if their calendar needs to hear nothing."""
        waiting = self._waiting.get(person.pk)
        return _part(waiting.pop(0)) if waiting else None

    def send_rest(self) -> list[int]:
        """Write to those who have not got theirs; gives their ids."""
        rest = [letter for letters in self._waiting.values() for letter in letters]
        self._waiting = {}
        for letter in rest:
            _send(letter)
        return sorted({letter.person.pk for letter in rest})


def invite(*, meeting: Meeting, people: Collection[Person] | None = None) -> list[int]:
    """Put the meeting in the calendars of those expected (or of `people` among them) who want that.

    Who has it already hears only what is new. Gives the ids of those who got a letter.
    """
    return calendar_letters([meeting], people=people).send_rest()


def invite_to_series(*, series: Series, people: Collection[Person] | None = None) -> list[int]:
    """Put the coming meetings of the series in calendars, as one event with a rule: one letter each."""
    return calendar_letters(Meeting.objects.filter(series=series), people=people).send_rest()


def tell_calendars_changed(*, meeting: Meeting) -> list[int]:
    """Let calendars hear that the meeting was moved or changed, or who is expected at it now."""
    return calendar_letters([meeting]).send_rest()


def tell_calendars_cancelled(*, meeting: Meeting) -> list[int]:
    """Take a cancelled meeting out of the calendars that have it."""
    return calendar_letters([meeting]).send_rest()


@transaction.atomic
def calendar_letters(
    meetings: Iterable[Meeting], *, people: Collection[Person] | None = None
) -> CalendarLetters:
    """What calendars must hear now that `meetings` stand as they do; written down as told.

    `people`: those who may be sent something new; who has a meeting hears of changes to it in any case.
    The numbers of meetings and series rise where calendars would otherwise take the news for old.
    """
    given = {meeting.pk: meeting for meeting in meetings}
    letters = due_letters(given.keys(), people=None if people is None else {each.pk for each in people})
    for meeting in _raise_numbers(letters):
        if meeting.pk in given:
            given[meeting.pk].sequence, given[meeting.pk].changed_at = meeting.sequence, meeting.changed_at
    _write_down(letters)
    return CalendarLetters(letters)


def _raise_numbers(letters: Iterable[Letter]) -> list[Meeting]:
    """Let what calendars hear anew have a higher number than they know; gives the meetings that rose."""
    now = timezone.now()
    meetings: dict[int, Meeting] = {}
    series: dict[int, Series] = {}
    for letter in letters:
        if letter.series and not letter.only:
            if letter.known:
                series[letter.series.pk] = letter.series
            continue
        told = {row.meeting_id: row.sequence for row in letter.known}
        for meeting in letter.meetings:
            if told.get(meeting.pk, -1) >= _number(letter.series, meeting):
                meetings[meeting.pk] = meeting
    for one in series.values():
        one.sequence, one.changed_at = one.sequence + 1, now
    for meeting in meetings.values():
        meeting.sequence, meeting.changed_at = meeting.sequence + 1, now
    Series.objects.filter(pk__in=series).update(sequence=F("sequence") + 1, changed_at=now)
    Meeting.objects.filter(pk__in=meetings).update(sequence=F("sequence") + 1, changed_at=now)
    return list(meetings.values())


def _number(series: Series | None, meeting: Meeting) -> int:
    return meeting.sequence + (series.sequence if series else 0)


def _write_down(letters: Sequence[Letter]) -> None:
    """Keep what each calendar has now been told."""
    told = {}
    gone: set[int] = set()
    for letter in letters:
        if letter.what == What.GONE:
            only = letter.only[1].pk if letter.only else None
            gone |= {row.pk for row in letter.known if only in {None, row.meeting_id}}
            continue
        wanted = {meeting.pk for meeting in letter.wanted}
        gone |= {row.pk for row in letter.known if row.meeting_id not in wanted}
        for meeting in [letter.only[1]] if letter.only else letter.wanted:
            told[meeting.pk, letter.person.pk] = Invitation(
                meeting=meeting,
                person=letter.person,
                series=letter.series,
                slot=meeting.slot if letter.series else None,
                told=single_event(meeting).told,
                sequence=_number(letter.series, meeting),
            )
    Invitation.objects.filter(pk__in=gone).update(is_cancelled=True)
    Invitation.objects.bulk_create(
        told.values(),
        update_conflicts=True,
        unique_fields=["meeting", "person"],
        update_fields=["series", "slot", "told", "sequence", "is_cancelled"],
    )


def _part(letter: Letter) -> mail.CalendarPart:
    """What the letter says to the calendar."""
    method = "CANCEL" if letter.what == What.GONE else "REQUEST"
    with translation.override(letter.person.language):
        text = write_letter(
            method,
            [(event, _invited(meeting, letter.person)) for event, meeting in _events(letter)],
            written_at=timezone.now(),
        )
    return mail.CalendarPart(method, text)


def _events(letter: Letter) -> list[tuple[Event, Meeting]]:
    """Each with the meeting whose people it names."""
    is_gone = letter.what == What.GONE
    first = letter.meetings[0]
    if letter.only and letter.series:
        slot, meeting = letter.only
        return [(replace(exception_event(letter.series, slot, meeting), is_cancelled=is_gone), meeting)]
    if letter.series is None:
        return [(replace(single_event(first), is_cancelled=is_gone), first)]
    if is_gone:
        slot = min(row.slot for row in letter.known if row.slot)
        return [(ended_event(letter.series, slot, first), first)]
    by_slot = {meeting.slot: meeting for meeting in letter.wanted}
    return [
        (event, by_slot[timezone.localdate(event.replaces)] if event.replaces else first)
        for event in events(Listed(meeting, in_series=True) for meeting in letter.wanted)
    ]


def _invited(meeting: Meeting, person: Person) -> list[Invited]:
    """Those expected who can get mail; to somebody who is expected no more, that person alone."""
    rows = [row for row in meeting.attendees.all() if row.person.email and row.person.is_active]
    if person.pk not in {row.person_id for row in rows}:
        return [Invited(person.full_name, person.email or "", person.language, AttendeeRole.MEMBER)]
    return [
        Invited(
            row.person.full_name,
            row.person.email or "",
            row.person.language,
            AttendeeRole(row.role),
            Presence(row.presence),
        )
        for row in rows
    ]


def _send(letter: Letter) -> None:
    """A letter of our own, in the language of its reader."""
    meetings = letter.meetings
    first, number = meetings[0], len(meetings)
    is_cancelled = all(meeting.state == MeetingState.CANCELLED for meeting in meetings)
    index = reverse("meetings:index", args=[first.team.slug])
    link = index if number > 1 or is_cancelled else first.get_absolute_url()
    with translation.override(letter.person.language):
        mail.send(
            letter.person,
            subject=_subject(letter.what, first.held_on, number, is_cancelled=is_cancelled),
            template="meetings/mail/calendar.txt",
            context={
                "what": letter.what.value,
                "meetings": meetings,
                "team": first.team,
                "is_cancelled": is_cancelled,
                "settings_path": reverse("meetings:calendar-settings"),
            },
            # Who is expected no more may have left the team, and sees the page no more.
            link="" if letter.what == What.GONE and not is_cancelled else link,
            about=first,
            calendar=_part(letter),
        )


def _subject(what: What, day: dt.date, number: int, *, is_cancelled: bool) -> str:
    if what == What.NEW:
        words = _("Nytt möte %(day)s"), _("%(number)s nya möten från %(day)s")
    elif what == What.CHANGED:
        words = _("Mötet %(day)s är ändrat"), _("Mötena från %(day)s är ändrade")
    elif is_cancelled:
        words = _("Mötet %(day)s är inställt"), _("%(number)s möten är inställda")
    else:
        words = _("Du väntas inte på mötet %(day)s"), _("Du väntas inte på %(number)s möten")
    return words[number > 1] % {"day": day_short(day), "number": number}
