"""Attendance that was noted wrong is corrected while the minutes are written, and not after."""

import datetime as dt

import pytest
from django.utils import timezone

from styrfart.meetings import actions
from styrfart.meetings.models import Attendee, Meeting, Presence
from styrfart.meetings.queries.minutes_reading import content_now
from styrfart.people.models import Person, Team
from styrfart.shared.models import AuditEntry
from tests.conftest import signed_in
from tests.meetings.held import Held, draft, handed_over, held


@pytest.fixture
def meeting(team: Team, chair: Person, member: Person, secretary: Person) -> Held:
    return held(team)


def row(of: Held, person: Person) -> Attendee:
    return of.meeting.attendees.get(person=person)


def url(of: Held, attendee: Attendee) -> str:
    return f"/lg/{of.meeting.team.slug}/moten/{of.meeting.slug}/anteckningar/narvaro/{attendee.pk}/"


def sent(page: str, **values: str) -> dict[str, str]:
    known = page.partition('name="known" value="')[2].partition('"')[0]
    return {"presence": "present", "excuse": "", "arrived": "", "left": "", "known": known, **values}


def test_it_stands_in_the_minutes(meeting: Held, member: Person, secretary: Person) -> None:
    minutes = draft(meeting)
    browser, page = signed_in(secretary), url(meeting, row(meeting, member))
    form = sent(browser.get(page).content.decode(), presence="remote", arrived="09.30", left="10:15")
    assert browser.post(page, form).status_code == 302
    found = row(meeting, member)
    assert found.presence == Presence.REMOTE
    told = next(one for one in content_now(minutes)["people"] if one["name"] == "Samir Haddad")
    assert (told["arrived_at"], told["left_at"]) == ("2026-10-08T09:30+02:00", "2026-10-08T10:15+02:00")
    entry = AuditEntry.objects.get(verb="meetings.correct_attendance")
    assert list(entry.concerns.all()) == [member]


def test_who_was_away_neither_came_nor_left(meeting: Held, member: Person, secretary: Person) -> None:
    draft(meeting)
    browser, page = signed_in(secretary), url(meeting, row(meeting, member))
    form = sent(browser.get(page).content.decode(), presence="absent", excuse="Sjuk", arrived="09.30")
    browser.post(page, form)
    found = row(meeting, member)
    assert (found.presence, found.excuse, found.arrived_at) == (Presence.ABSENT, "Sjuk", None)


@pytest.mark.parametrize("left", ["08.00", "strax"])
def test_times_that_cannot_be_are_refused(
    meeting: Held, member: Person, secretary: Person, left: str
) -> None:
    draft(meeting)
    browser, page = signed_in(secretary), url(meeting, row(meeting, member))
    form = sent(browser.get(page).content.decode(), arrived="09.30", left=left)
    assert browser.post(page, form).status_code == 422


def test_two_who_correct_the_same_see_each_other(
    meeting: Held, member: Person, secretary: Person, chair: Person
) -> None:
    draft(meeting)
    page = url(meeting, row(meeting, member))
    one, two = signed_in(secretary), signed_in(chair)
    first, second = (each.get(page).content.decode() for each in (one, two))
    one.post(page, sent(first, presence="absent", excuse="Sjuk"))
    answer = two.post(page, sent(second, presence="remote"))
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Nu står det: frånvarande, Sjuk." in body
    assert two.post(page, sent(body, presence="remote")).status_code == 302
    assert row(meeting, member).presence == Presence.REMOTE


def test_nothing_is_corrected_once_they_are_handed_over(
    meeting: Held, member: Person, secretary: Person
) -> None:
    minutes = handed_over(meeting)
    attendee = row(meeting, member)
    assert signed_in(secretary).post(url(meeting, attendee), {"presence": "absent"}).status_code == 403
    with pytest.raises(actions.MinutesHaveMovedOn):
        actions.correct_attendance(
            minutes=minutes, attendee=attendee, presence="absent", excuse="", arrived=None, left=None,
            known="", actor=secretary,
        )  # fmt: skip


def test_a_time_after_midnight_is_of_the_night_of_the_meeting(
    meeting: Held, member: Person, secretary: Person
) -> None:
    late = dt.datetime(2026, 10, 8, 22, 0, tzinfo=timezone.get_default_timezone())
    Meeting.objects.filter(pk=meeting.meeting.pk).update(
        starts_at=dt.time(22, 0), opened_at=late, ended_at=late + dt.timedelta(hours=3)
    )
    meeting.meeting.refresh_from_db()
    minutes = draft(meeting)
    browser, page = signed_in(secretary), url(meeting, row(meeting, member))
    form = sent(browser.get(page).content.decode(), arrived="22.05", left="00.30")
    assert browser.post(page, form).status_code == 302
    told = next(one for one in content_now(minutes)["people"] if one["name"] == "Samir Haddad")
    assert (told["arrived_at"], told["left_at"]) == ("2026-10-08T22:05+02:00", "2026-10-09T00:30+02:00")
    # Saved again as it stands, nothing moves; and nobody leaves before they came.
    form = sent(browser.get(page).content.decode(), arrived="22.05", left="00.30")
    assert browser.post(page, form).status_code == 302
    assert row(meeting, member).left_at == dt.datetime(2026, 10, 8, 22, 30, tzinfo=dt.UTC)
    form = sent(browser.get(page).content.decode(), arrived="00.30", left="22.05")
    assert browser.post(page, form).status_code == 422
