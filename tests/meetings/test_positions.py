"""The round: open or silent; nobody sees a silent answer before all have answered."""

import pytest

from styrfart.meetings import actions
from styrfart.meetings import facts_live as facts
from styrfart.meetings.models import Exclusion, Position, RoundKind, Stance
from styrfart.people.models import Person, Team
from tests.conftest import signed_in
from tests.meetings.live_scene import Going, going


@pytest.fixture
def scene(team: Team, chair: Person, member: Person, secretary: Person) -> Going:
    return going(team, chair, secretary)


def take(scene: Going, who: Person, stance: Stance = Stance.SUPPORTS, reason: str = "") -> None:
    actions.take_position(
        meeting=scene.meeting, item=scene.items[0].pk, stance=stance, reason=reason, actor=who
    )


def opened(scene: Going, chair: Person, kind: RoundKind) -> None:
    actions.open_round(meeting=scene.meeting, item=scene.items[0].pk, kind=kind, actor=chair)


def seen_by(scene: Going, who: Person) -> str:
    return signed_in(who).get(scene.url("live")).content.decode()


def test_a_silent_round_hides_every_answer_until_the_last(
    scene: Going, chair: Person, member: Person, secretary: Person
) -> None:
    opened(scene, chair, RoundKind.SILENT)
    take(scene, member, Stance.WANTS_CHANGE, "Vänta till våren.")
    take(scene, chair)
    for who in (chair, secretary):
        page = seen_by(scene, who)
        assert "Vänta till våren." not in page
        assert "Två av tre har svarat" in page
    assert "Vänta till våren." in seen_by(scene, member)  # their own, in the form
    take(scene, secretary, Stance.CAN_LIVE_WITH)
    for who in (chair, member, secretary):
        assert "Vänta till våren." in seen_by(scene, who)
        assert "En stöder, en kan leva med, en vill ändra" in seen_by(scene, who)


def test_who_leads_shows_it_when_some_do_not_answer(scene: Going, chair: Person, member: Person) -> None:
    opened(scene, chair, RoundKind.SILENT)
    take(scene, member, Stance.WANTS_CHANGE, "Vänta till våren.")
    scene.send(signed_in(chair), "show-round", item=scene.items[0].pk)
    assert "Vänta till våren." in seen_by(scene, chair)


def test_who_has_left_or_is_excluded_is_not_waited_for(
    scene: Going, chair: Person, member: Person, secretary: Person
) -> None:
    Exclusion.objects.create(item=scene.items[0], person=secretary, ground="Syskon", by=chair)
    opened(scene, chair, RoundKind.SILENT)
    take(scene, member)
    take(scene, chair)
    scene.items[0].refresh_from_db()
    assert scene.items[0].round_shown_at is not None


def test_one_may_change_ones_mind(scene: Going, chair: Person, member: Person) -> None:
    opened(scene, chair, RoundKind.OPEN)
    take(scene, member, Stance.WANTS_CHANGE, "Nej")
    take(scene, member, Stance.SUPPORTS, "Jo")
    assert [(row.stance, row.reason) for row in Position.objects.all()] == [(Stance.SUPPORTS, "Jo")]


def test_no_position_without_a_round_or_from_outside(
    scene: Going, chair: Person, member: Person, stranger: Person
) -> None:
    with pytest.raises(facts.NoRoundIsOpen):
        take(scene, member)
    opened(scene, chair, RoundKind.OPEN)
    with pytest.raises(facts.IsNotThere):
        take(scene, stranger)
    answer = scene.send(signed_in(member), "take-position", item=scene.items[0].pk)
    assert answer.status_code == 422
    assert "Välj var du står" in answer.content.decode()


def test_ready_is_counted_and_taken_back(scene: Going, chair: Person, member: Person) -> None:
    scene.send(signed_in(member), "signal-ready", item=scene.items[0].pk, is_ready="1")
    assert "En av tre är redo" in seen_by(scene, chair)
    scene.send(signed_in(member), "signal-ready", item=scene.items[0].pk)
    assert "Noll av tre är redo" in seen_by(scene, chair)


def test_who_say_the_same_without_reason_stand_on_one_line(
    scene: Going, chair: Person, member: Person, secretary: Person
) -> None:
    opened(scene, chair, RoundKind.OPEN)
    for who in (chair, member, secretary):
        take(scene, who)
    assert "<b>Ingrid, Tove och du</b>" in seen_by(scene, member)
