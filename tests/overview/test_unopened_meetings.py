"""A meeting that nobody opened waits for its team's secretary until it is opened or cancelled."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from styrfart.matters.models import MatterState
from styrfart.meetings import actions, queries
from styrfart.meetings.models import AgendaItem, ItemState, Meeting, MeetingState
from styrfart.meetings.queries import Source, WaitingKind
from styrfart.overview import jobs
from styrfart.overview.queries.gate import gate
from styrfart.people.models import Person, Team, TeamMember
from styrfart.shared.models import OutgoingMail
from styrfart.shared.templatetags.words import day_short
from tests import make
from tests.conftest import signed_in
from tests.meetings.live_scene import queued

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
YESTERDAY = TODAY - dt.timedelta(days=1)


def waits_for(*people: Person) -> list[bool]:
    """For whom it waits, which the gate says too."""
    found = []
    for person in people:
        fresh = Person.objects.get(pk=person.pk)
        waiting = [one for one in queries.waiting_for(fresh) if one.kind == WaitingKind.UNOPENED]
        assert gate(fresh).meetings or not waiting
        assert (Source.MEETINGS in gate(fresh).meets) == bool(queries.waiting_for(fresh, [Source.MEETINGS]))
        found.append(bool(waiting))
    return found


@pytest.mark.parametrize("state", [MeetingState.PLANNED, MeetingState.CALLED])
def test_it_waits_for_the_secretary_from_the_day_after(
    team: Team, chair: Person, member: Person, secretary: Person, stranger: Person, state: MeetingState
) -> None:
    cast = (secretary, chair, member, stranger)
    meeting = make.meeting(team, held_on=TODAY, leader=chair, state=state)
    assert waits_for(*cast) == [False] * 4
    Meeting.objects.filter(pk=meeting.pk).update(held_on=YESTERDAY)
    assert waits_for(*cast) == [True, False, False, False]
    Meeting.objects.filter(pk=meeting.pk).update(held_on=TODAY - dt.timedelta(days=400))
    assert waits_for(*cast) == [True, False, False, False]


def test_without_a_secretary_it_waits_for_the_chair(
    team: Team, chair: Person, member: Person, secretary: Person
) -> None:
    make.meeting(team, held_on=YESTERDAY, leader=member)
    Person.objects.filter(pk=secretary.pk).update(is_active=False)
    assert waits_for(chair, member) == [True, False]
    Person.objects.filter(pk=secretary.pk).update(is_active=True)
    assert waits_for(chair, member) == [False, False]
    TeamMember.objects.filter(person=secretary).update(valid_to=YESTERDAY)
    assert waits_for(chair, member, secretary) == [True, False, False]


def test_home_says_which_why_and_where(team: Team, chair: Person, secretary: Person) -> None:
    meeting = make.meeting(team, held_on=YESTERDAY, leader=chair)
    words = f"Mötet den {day_short(YESTERDAY)} öppnades aldrig"
    page = signed_in(secretary).get("/").content.decode()
    assert words in page
    assert f"{team}. Öppna det i efterhand eller ställ in det." in page
    assert f'href="{meeting.get_absolute_url()}"' in page
    assert words not in signed_in(chair).get("/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_home_asks_no_more_for_it(team: Team, chair: Person, secretary: Person, number: int) -> None:
    soon = make.meeting(team, held_on=TODAY + dt.timedelta(days=1), leader=chair)
    client = signed_in(secretary)
    client.get("/")
    with CaptureQueriesContext(connection) as before:
        assert "Skicka kallelsen" in client.get("/").content.decode()
    for ago in range(1, number + 1):
        make.meeting(team, held_on=TODAY - dt.timedelta(days=ago), leader=chair)
    with CaptureQueriesContext(connection) as after:
        page = client.get("/").content.decode()
    assert len(set(re.findall(r"Mötet den ([^<]+) öppnades aldrig", page))) == number
    assert (len(after), soon.state) == (len(before), MeetingState.PLANNED)


def letters(*, with_digest: bool = False) -> dict[str | None, str]:
    """Who gets a letter this morning, and what it says."""
    OutgoingMail.objects.all().delete()
    jobs.queue_letters(TODAY, with_digest=with_digest)
    asked = Person.objects.filter(
        pk__in=jobs.concerned(TODAY) if with_digest else queries.whom_to_remind(TODAY)
    )
    jobs.send_some_letters.func(list(asked.values_list("pk", flat=True)), with_digest=with_digest)
    return {letter.address: letter.body for letter in OutgoingMail.objects.all()}


def test_the_letter_of_the_day_after_tells_it_once(
    team: Team, chair: Person, member: Person, secretary: Person
) -> None:
    meeting = make.meeting(team, held_on=YESTERDAY, leader=chair, secretary=member)
    told = letters()
    assert list(told) == [secretary.email]
    assert f"Mötet den {day_short(YESTERDAY)} öppnades aldrig." in told[secretary.email]
    assert meeting.get_absolute_url() in told[secretary.email]
    Meeting.objects.filter(pk=meeting.pk).update(held_on=YESTERDAY - dt.timedelta(days=1))
    assert letters() == {}


def test_the_letter_of_the_week_tells_it_for_as_long_as_it_waits(
    team: Team, chair: Person, secretary: Person
) -> None:
    make.mandate(team)
    meeting = make.meeting(team, held_on=TODAY - dt.timedelta(days=30), leader=chair)
    assert [who for who, body in letters(with_digest=True).items() if "öppnades aldrig" in body] == [
        secretary.email
    ]
    Meeting.objects.filter(pk=meeting.pk).update(
        state=MeetingState.CANCELLED, cancelled_at=timezone.now(), cancel_reason="Sjukdom"
    )
    assert secretary.pk not in jobs.concerned(TODAY)


def test_the_page_leads_to_opening_moving_and_cancelling(
    team: Team, chair: Person, member: Person, secretary: Person, adjunct: Person
) -> None:
    meeting = make.meeting(team, held_on=YESTERDAY, leader=member)
    at = [team.slug, meeting.slug]
    ways = [reverse(f"meetings:{name}", args=at) for name in ("live", "change-meeting", "cancel-meeting")]
    for who, sees in ((secretary, [1, 1, 1]), (chair, [1, 1, 1]), (member, [1, 0, 0]), (adjunct, [0, 0, 0])):
        page = signed_in(who).get(meeting.get_absolute_url()).content.decode()
        assert "Mötet öppnades aldrig." in page
        assert [page.count(f'href="{way}"') for way in ways] == sees, who
    live = signed_in(secretary).get(ways[0]).content.decode()
    assert "Det skulle ha börjat" in live
    assert "Mötet har inte börjat." not in live
    assert (
        "Öppnades aldrig"
        in signed_in(member).get(reverse("meetings:index", args=[team.slug])).content.decode()
    )


def test_opened_afterwards_it_waits_no_more(team: Team, chair: Person, secretary: Person) -> None:
    meeting = make.meeting(team, held_on=YESTERDAY, leader=chair)
    make.item(meeting, "Läget")
    url = reverse("meetings:open", args=[team.slug, meeting.slug])
    assert signed_in(secretary).post(url).status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.OPEN
    assert waits_for(secretary) == [False]


def test_cancelled_afterwards_its_matters_are_free_and_nobody_gets_a_letter(
    team: Team, chair: Person, member: Person, secretary: Person
) -> None:
    meeting = make.meeting(team, held_on=YESTERDAY, leader=chair)
    matter = queued(team, member)
    item = make.item(meeting, "Läget", matter=matter)
    url = reverse("meetings:cancel-meeting", args=[team.slug, meeting.slug])
    client = signed_in(secretary)
    assert "Dagen har passerat, så ingen får något brev." in client.get(url).content.decode()
    data: dict[str, Any] = {"reason": "Ingen kunde komma.", "revision": meeting.revision}
    assert client.post(url, data).status_code == 302
    meeting.refresh_from_db()
    matter.refresh_from_db()
    assert (meeting.state, matter.state) == (MeetingState.CANCELLED, MatterState.QUEUED)
    assert AgendaItem.objects.get(pk=item.pk).state == ItemState.POSTPONED
    assert (waits_for(secretary), OutgoingMail.objects.count()) == ([False], 0)


def test_one_that_is_to_come_is_still_told_of_when_cancelled(
    team: Team, chair: Person, member: Person, secretary: Person
) -> None:
    meeting = make.meeting(team, held_on=TODAY, leader=chair)
    actions.cancel_meeting(meeting=meeting, reason="Sjukdom", revision=meeting.revision, actor=secretary)
    assert OutgoingMail.objects.filter(recipient=member).count() == 1
