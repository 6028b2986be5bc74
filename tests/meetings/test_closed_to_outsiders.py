"""What stays in the room: nobody from outside it reads a secret decision, whichever page they look at."""

from typing import Any

import pytest
from django.urls import reverse

from styrfart.decisions.models import Decision
from styrfart.meetings import actions, queries
from styrfart.meetings import facts_live as facts
from styrfart.meetings.models import (
    AgendaItem,
    Attendee,
    AttendeeRole,
    Entry,
    EntryKind,
    Exclusion,
    Meeting,
    Presence,
    RoundKind,
)
from styrfart.people.models import Person, Role, Team, TeamMember, TeamRole
from tests import make
from tests.conftest import signed_in
from tests.meetings.held import GROUND, Held, approved, held
from tests.meetings.live_scene import Going, going

WORDS = "Avtalet med Nordan sägs upp."


@pytest.fixture
def scene(team: Team, chair: Person, member: Person, secretary: Person) -> Going:
    return going(team, chair, secretary)


@pytest.fixture
def past(team: Team, chair: Person, member: Person, secretary: Person) -> Held:
    return held(team)


def secret(team: Team, chair: Person) -> Decision:
    made = make.decision(team, WORDS, by=chair)
    Decision.objects.filter(pk=made.pk).update(secrecy_ground=GROUND)
    return made


def on_record(scene: Going, decision: Decision, chair: Person) -> None:
    Entry.objects.create(
        meeting=scene.meeting,
        item=scene.items[0],
        kind=EntryKind.DECISION,
        text=WORDS,
        author=chair,
        decision=decision,
    )


def external_coach(team: Team, scene: Going) -> Person:
    coach = make.member(team, role=TeamRole.ADJUNCT, person=make.person("Carl", "Coach")).person
    make.role(Role.COACH, coach)
    Attendee.objects.create(
        meeting=scene.meeting, person=coach, role=AttendeeRole.GUEST, presence=Presence.PRESENT
    )
    return coach


def test_an_external_coach_who_is_invited_reads_as_a_guest_does(
    scene: Going, team: Team, chair: Person, member: Person
) -> None:
    decision = secret(team, chair)
    on_record(scene, decision, chair)
    AgendaItem.objects.filter(pk=scene.items[1].pk).update(
        title="Hur gick det med Nordan?", decision=decision
    )
    coach = external_coach(team, scene)
    for name in ("live", "show"):
        assert "Nordan" in signed_in(member).get(scene.url(name)).content.decode(), name
        assert "Nordan" not in signed_in(coach).get(scene.url(name)).content.decode(), name


def test_the_screen_of_the_room_shows_no_secret_decision_to_a_guest(
    scene: Going, team: Team, chair: Person
) -> None:
    on_record(scene, secret(team, chair), chair)
    assert WORDS in signed_in(chair).get(scene.url("live-room")).content.decode()
    make.attendee(scene.meeting, make.person("Gun", "Gäst"))
    assert WORDS not in signed_in(chair).get(scene.url("live-room")).content.decode()


def test_minutes_of_an_item_about_a_secret_decision_are_closed_as_its_agenda_was(
    past: Held, team: Team, chair: Person, member: Person
) -> None:
    decision = secret(team, chair)
    AgendaItem.objects.filter(pk=past.open_item.pk).update(
        title="Hur gick det med Nordan?", decision=decision
    )
    minutes = approved(past)
    address = queries.address_of_minutes(minutes)
    assert "Nordan" in signed_in(member).get(address).content.decode()
    assert "Nordan" not in signed_in(past.guest).get(address).content.decode()
    assert queries.search_minutes(past.guest, "Nordan") == []


def test_a_decision_that_becomes_secret_closes_the_part_of_sealed_minutes_that_followed_it_up(
    past: Held, team: Team, chair: Person
) -> None:
    decision = make.decision(team, WORDS, by=chair)
    AgendaItem.objects.filter(pk=past.open_item.pk).update(
        title="Hur gick det med Nordan?", decision=decision
    )
    minutes = approved(past)
    guest = signed_in(past.guest)
    address = queries.address_of_minutes(minutes)
    assert "Nordan" in guest.get(address).content.decode()
    assert len(queries.search_minutes(past.guest, "Nordan")) == 1
    Decision.objects.filter(pk=decision.pk).update(secrecy_ground=GROUND)
    assert "Nordan" not in guest.get(address).content.decode()
    assert queries.search_minutes(past.guest, "Nordan") == []


def test_search_finds_nothing_beside_an_action_outside_the_agenda_that_is_secret(
    past: Held, team: Team, chair: Person
) -> None:
    action = make.action(team, "Ring ombudet", owner=chair)
    for kind, text, more in (
        (EntryKind.ACTION, action.text, {"action": action}),
        (EntryKind.NOTE, "Ombudet heter Nordan.", {}),
    ):
        Entry.objects.create(meeting=past.meeting, kind=kind, text=text, author=chair, **more)
    approved(past)
    assert len(queries.search_minutes(past.guest, "Nordan")) == 1
    type(action).objects.filter(pk=action.pk).update(secrecy_ground=GROUND)
    assert queries.search_minutes(past.guest, "Nordan") == []


def test_who_kept_the_record_and_has_left_the_team_reads_no_secret_of_it(
    past: Held, team: Team, chair: Person, secretary: Person
) -> None:
    Decision.objects.filter(pk=past.decision.pk).update(secrecy_ground=GROUND)
    address = queries.address_of_minutes(approved(past))
    assert past.decision.text in signed_in(secretary).get(address).content.decode()
    TeamMember.objects.filter(team=team, person=secretary).delete()
    assert past.decision.text not in signed_in(secretary).get(address).content.decode()


def test_an_excluded_leader_neither_opens_nor_shows_a_round_nor_sends_the_item_back(
    scene: Going, chair: Person, member: Person
) -> None:
    item = scene.items[0]
    Exclusion.objects.create(item=item, person=member, ground="närstående", by=chair)
    Meeting.objects.filter(pk=scene.meeting.pk).update(leader=member)
    AgendaItem.objects.filter(pk=item.pk).update(round_kind=RoundKind.SILENT)
    given: dict[str, Any] = {"meeting": scene.fresh, "item": item.pk, "actor": member}
    with pytest.raises(facts.IsExcluded):
        actions.show_round(**given)
    with pytest.raises(facts.IsExcluded):
        actions.open_round(**given, kind=RoundKind.OPEN)
    with pytest.raises(facts.IsExcluded):
        actions.return_item(**given, note="Kostnaden.")
    # Whoever is excluded does not say that they are not.
    assert signed_in(member).post(scene.url("readmit", item.pk, member.pk)).status_code == 404
    assert signed_in(member).get(scene.url("exclude", item.pk)).status_code == 404
    assert Exclusion.objects.filter(item=item, person=member).exists()
    assert signed_in(chair).post(scene.url("readmit", item.pk, member.pk)).status_code == 302


def test_who_kept_the_record_and_has_left_the_team_keeps_it_no_more(
    past: Held, team: Team, chair: Person, secretary: Person
) -> None:
    minutes = approved(past)
    browser = signed_in(secretary)
    place = [team.slug, past.meeting.slug]
    correct = reverse("meetings:correct-minutes", args=place)
    assert browser.get(correct).status_code == 200
    TeamMember.objects.filter(team=team, person=secretary).delete()
    assert browser.get(correct).status_code == 403
    # Nor are they asked to write what they may not; approved minutes stay open to who was expected.
    assert browser.get(queries.address_of_minutes(minutes)).status_code == 200
    actions.correct_minutes(minutes=minutes, correction="Fel dag.", actor=chair)
    assert queries.minutes_waiting_for(Person.objects.get(pk=secretary.pk)) == []
