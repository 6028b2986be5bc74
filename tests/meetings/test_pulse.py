"""The meeting pulse: counted, never kept; pooled over whole meetings; shown from seven answers."""

import datetime as dt
from collections.abc import Mapping

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.config.environment import at_least
from styrfart.meetings import actions, queries
from styrfart.meetings.jobs import release_pulses
from styrfart.meetings.models import (
    PULSE_OPEN_FOR,
    Meeting,
    MeetingState,
    Presence,
    PulseInvitation,
    PulseQuestion,
    PulseRelease,
    PulseTally,
)
from styrfart.people.models import Person, Team
from tests import make
from tests.conftest import signed_in

GOOD: Mapping[PulseQuestion, int] = dict.fromkeys(PulseQuestion, 4) | {PulseQuestion.TIME: 70}


def held(team: Team, people: list[Person], *, days_ago: int = 1) -> Meeting:
    """A meeting that has ended, at which all of `people` were, and whose pulse they may answer."""
    meeting = make.meeting(
        team,
        held_on=timezone.localdate() - dt.timedelta(days=days_ago),
        leader=people[0],
        state=MeetingState.ENDED,
    )
    Meeting.objects.filter(pk=meeting.pk).update(ended_at=timezone.now() - dt.timedelta(days=days_ago))
    meeting.refresh_from_db()
    meeting.attendees.all().delete()
    for person in people:
        make.attendee(meeting, person)
    actions.invite_to_pulse(meeting=meeting)
    return meeting


def people(count: int) -> list[Person]:
    return [make.person("Person", f"Nummer{number}") for number in range(count)]


def all_but(passed_over: PulseQuestion) -> dict[PulseQuestion, int]:
    answers = dict(GOOD)
    del answers[passed_over]
    return answers


def address(meeting: Meeting) -> str:
    return f"/lg/{meeting.team.slug}/moten/{meeting.slug}/puls/"


def sent(value: str = "4", time: str = "70") -> dict[str, str]:
    return {question.value: value for question in PulseQuestion} | {"M5": time}


def counts(meeting: Meeting, question: PulseQuestion) -> dict[int, int]:
    rows = PulseTally.objects.filter(meeting=meeting, question=question, count__gt=0)
    return dict(rows.values_list("value", "count"))


def test_only_those_who_were_there_are_asked(team: Team, chair: Person, member: Person) -> None:
    meeting = make.meeting(team, state=MeetingState.ENDED)
    meeting.attendees.filter(person=chair).update(presence=Presence.REMOTE)
    meeting.attendees.filter(person=member).update(presence=Presence.ABSENT)
    actions.invite_to_pulse(meeting=meeting)
    actions.invite_to_pulse(meeting=meeting)
    assert list(PulseInvitation.objects.values_list("person", flat=True)) == [chair.pk]
    assert signed_in(chair).get(address(meeting)).status_code == 200
    assert signed_in(member).get(address(meeting)).status_code == 404


def test_an_answer_is_counted_once(team: Team, chair: Person) -> None:
    meeting = held(team, [chair])
    browser = signed_in(chair)
    answer = browser.post(address(meeting), sent("5", "80"), follow=True)
    assert "Tack. Dina svar är räknade." in answer.content.decode()
    again = browser.post(address(meeting), sent("1", "0"), follow=True)
    assert "Svaren räknades inte" in again.content.decode()
    assert counts(meeting, PulseQuestion.PURPOSE) == {5: 1}
    assert counts(meeting, PulseQuestion.TIME) == {80: 1}


def test_answering_adds_no_row_and_no_time_anywhere(team: Team, chair: Person, member: Person) -> None:
    """What is stored after an answer differs from before in one flag and five counts, in every table."""
    meeting = held(team, [chair, member])

    def everything() -> dict[str, list[tuple[object, ...]]]:
        return {
            model._meta.label: sorted(map(tuple, model._default_manager.order_by().values_list()), key=repr)
            for model in apps.get_models()
        }

    before = everything()
    actions.answer_pulse(meeting=meeting, answers=GOOD, actor=chair)
    after = everything()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"meetings.PulseInvitation", "meetings.PulseTally"}
    assert {name: len(rows) for name, rows in before.items()} == {
        name: len(rows) for name, rows in after.items()
    }
    fields = {field.name for field in PulseTally._meta.get_fields()}
    assert fields == {"id", "meeting", "question", "value", "count"}


def test_a_question_may_be_passed_over(team: Team, chair: Person) -> None:
    meeting = held(team, [chair])
    signed_in(chair).post(address(meeting), sent() | {"M3": "avstår"})
    assert counts(meeting, PulseQuestion.CONTRIBUTION) == {}
    assert counts(meeting, PulseQuestion.MATERIAL) == {4: 1}


def test_everything_wrong_at_once_keeps_what_was_chosen(team: Team, chair: Person) -> None:
    meeting = held(team, [chair])
    answer = signed_in(chair).post(address(meeting), {"M1": "4", "M2": "9", "M5": "71"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("Välj ett av svaren i listan") == 4  # two fields, each in the summary and at the field
    assert 'name="M1" value="4"' in page.replace(" required", "").replace(" checked", "")
    assert PulseInvitation.objects.get().is_used is False


def test_after_five_days_it_is_closed(team: Team, chair: Person) -> None:
    meeting = held(team, [chair], days_ago=6)
    assert "Pulsen är stängd" in signed_in(chair).get(address(meeting)).content.decode()
    with pytest.raises(actions.PulseIsClosed):
        actions.answer_pulse(meeting=meeting, answers=GOOD, actor=chair)
    assert counts(meeting, PulseQuestion.PURPOSE) == {}


def test_six_answers_are_not_shown_and_seven_are(team: Team) -> None:
    three, four = people(3), people(4)
    for person in three:
        actions.answer_pulse(meeting=held(team, [person], days_ago=4), answers=GOOD, actor=person)
    second = held(team, four, days_ago=2)
    for person in four[:3]:
        actions.answer_pulse(meeting=second, answers=GOOD, actor=person)
    Meeting.objects.filter(pk=second.pk).update(ended_at=timezone.now() - PULSE_OPEN_FOR)
    assert actions.release_pulse(team=team) is None
    Meeting.objects.filter(pk=second.pk).update(ended_at=timezone.now() - dt.timedelta(days=2))
    actions.answer_pulse(meeting=second, answers=GOOD, actor=four[3])
    release = actions.release_pulse(team=team)
    assert release is not None
    assert (release.answers, release.meetings, release.means["M1"]) == (7, 4, 4.0)


def test_an_open_pulse_waits_and_no_meeting_is_shown_twice(team: Team) -> None:
    seven = people(7)
    first = held(team, seven, days_ago=3)
    for person in seven[:6]:
        actions.answer_pulse(meeting=first, answers=GOOD, actor=person)
    assert actions.release_pulse(team=team) is None  # one may still answer
    actions.answer_pulse(meeting=first, answers={**GOOD, PulseQuestion.TIME: 0}, actor=seven[6])
    release_pulses.func()
    assert PulseRelease.objects.get().means["M5"] == 60.0
    release_pulses.func()
    assert PulseRelease.objects.count() == 1
    PulseInvitation.objects.filter(meeting=first, person=seven[0]).update(is_used=False)
    with pytest.raises(actions.PulseIsClosed):
        actions.answer_pulse(meeting=first, answers=GOOD, actor=seven[0])


def test_when_all_answer_the_same_at_the_end_the_end_is_not_shown(team: Team) -> None:
    seven = people(7)
    meeting = held(team, seven)
    for person in seven:
        best = {**dict.fromkeys(PulseQuestion, 5), PulseQuestion.TIME: 100}
        actions.answer_pulse(meeting=meeting, answers=best, actor=person)
    release = actions.release_pulse(team=team)
    assert release is not None
    assert (release.means["M1"], release.means["M5"]) == (4.8, 95.0)
    # Six of seven at the end looks the same.
    assert round((6 * 5 + 4) / 7, 1) >= 4.8


def test_the_threshold_can_be_raised_and_never_lowered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STYRFART_MIN_ANSWERS", "12")
    assert at_least("STYRFART_MIN_ANSWERS", 7) == 12
    monkeypatch.setenv("STYRFART_MIN_ANSWERS", "6")
    with pytest.raises(ImproperlyConfigured):
        at_least("STYRFART_MIN_ANSWERS", 7)
    assert settings.MIN_ANSWERS == 7


def test_the_mirror_shows_what_was_released(
    team: Team, chair: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = signed_in(chair).get(f"/lg/{team.slug}/spegel/").content.decode()
    assert "väl använd" not in page
    seven = people(7)
    meeting = held(team, seven)
    for person in seven:
        actions.answer_pulse(meeting=meeting, answers=GOOD, actor=person)
    actions.release_pulse(team=team)
    page = signed_in(chair).get(f"/lg/{team.slug}/spegel/").content.decode()
    assert "Ni tycker själva att 70 procent av mötestiden var väl använd" in page
    assert "7 svar" in page
    with django_assert_num_queries(1):
        assert queries.pulse_shown(team) is not None


def test_a_question_that_nobody_answers_does_not_hold_the_others_back_for_ever(
    team: Team, chair: Person
) -> None:
    seven = people(7)
    answers = all_but(PulseQuestion.TIME)
    for days_ago in (4, 3):
        meeting = held(team, seven, days_ago=days_ago)
        assert actions.release_pulse(team=team) is None
        for person in seven:
            actions.answer_pulse(meeting=meeting, answers=answers, actor=person)
    release = actions.release_pulse(team=team)
    assert release is not None
    assert (release.answers, release.meetings) == (14, 2)
    assert release.means == {"M1": 4.0, "M2": 4.0, "M3": 4.0, "M4": 4.0}
    page = signed_in(chair).get(f"/lg/{team.slug}/spegel/").content.decode()
    assert "Vad ni tycker om era möten" in page
    assert str(PulseQuestion.TIME.label) not in page


def test_a_question_with_six_answers_is_left_out_however_many_the_others_have(team: Team) -> None:
    seven = people(7)
    without = all_but(PulseQuestion.MATERIAL)
    for days_ago in (4, 3):
        meeting = held(team, seven, days_ago=days_ago)
        for person in seven:
            knows = person in seven[:3]
            actions.answer_pulse(meeting=meeting, answers=GOOD if knows else without, actor=person)
    release = actions.release_pulse(team=team)
    assert release is not None
    assert set(release.means) == {"M1", "M3", "M4", "M5"}
