"""What waits for somebody who has left, or may not read it, waits for the team's chair: as in the letters."""

from typing import Any

import pytest
from django.utils import timezone

from styrfart.decisions import actions, queries
from styrfart.decisions.models import Decision
from styrfart.decisions.queries import DueKind, to_remind
from styrfart.overview.jobs import concerned
from styrfart.overview.queries.gate import gate
from styrfart.people.models import Person, Team, TeamRole
from tests import make
from tests.decisions.conftest import shifted, values
from tests.decisions.test_what_falls_due import kinds

pytestmark = pytest.mark.django_db
GROUND = "OSL 39 kap. 2 §"


def leave(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)


def done(team: Team, head: Person, owner: Person, **days: int) -> Decision:
    """A decision that its owner has carried out, with days so far from today."""
    decision = actions.make_decision(**values(team, head, owner=owner))
    actions.report_done(decision=decision, actor=owner)
    return shifted(decision, due_on=-9, **days)


def test_an_effect_whose_owner_has_left(team: Team, head: Person, member: Person) -> None:
    decision = done(team, head, member, effect_on=0)
    assert (kinds(head), gate(head).decided) == ([], False)
    leave(member)
    assert gate(head).decided
    [one] = queries.due_for(head)
    assert (one.kind, one.title, one.why, one.verb, one.url, one.is_late) == (
        DueKind.EFFECT,
        f"Följ effekten av beslut {decision.number}",
        "Samir Haddad ägde beslutet och har slutat.",
        "Följ effekten",
        f"{decision.get_absolute_url()}#nasta",
        False,
    )
    assert concerned(timezone.localdate()) >= {head.pk}
    actions.follow_effect(decision=decision, verdict="clear", note="Det syns.", actor=head)
    assert (kinds(head), gate(head).decided) == ([], False)


def test_a_review_whose_decider_has_left(team: Team, head: Person) -> None:
    boss = head_elsewhere(team)
    decision = shifted(actions.make_decision(**values(team, boss)), review_on=-1)
    assert (kinds(head), kinds(boss)) == ([], [DueKind.REVIEW])
    leave(boss)
    [one] = queries.due_for(head)
    assert (one.kind, one.why, one.url, one.is_late) == (
        DueKind.REVIEW,
        "Siv Gången fattade det och har slutat.",
        f"{decision.get_absolute_url()}#oversyn",
        True,
    )
    assert gate(head).decided


def test_what_is_to_be_carried_out_when_its_owner_has_left(team: Team, head: Person, member: Person) -> None:
    decision = shifted(actions.make_decision(**values(team, head, owner=member)), due_on=0)
    assert kinds(head) == []
    leave(member)
    assert kinds(head) == [DueKind.DONE]
    assert queries.due_for(head)[0].why.startswith("Samir Haddad ägde beslutet och har slutat. Klart senast ")
    # Two weeks later it is said as of any other that is forgotten: once.
    shifted(decision, due_on=-14)
    assert kinds(head) == [DueKind.OVERDUE]


def test_what_became_secret_for_an_owner_outside_the_room(
    team: Team, head: Person, employee: Person, member: Person
) -> None:
    decision = done(team, head, employee, effect_on=-1)
    inside = done(team, head, member, effect_on=-1)
    Decision.objects.update(secrecy_ground=GROUND)
    assert (kinds(employee), kinds(member)) == ([], [DueKind.EFFECT])
    [one] = queries.due_for(head)
    assert one.why == "Moa Medarbetare äger beslutet men är inte med i gruppen."
    assert one.about == f"decisions.decision/{decision.pk}"
    assert decision.pk != inside.pk


def test_nobody_but_the_chair_of_that_team_is_asked(
    team: Team, head: Person, member: Person, secretary: Person, adjunct: Person, stranger: Person
) -> None:
    gone = make.member(team).person
    done(team, head, gone, effect_on=0, review_on=0)
    other = make.member(make.team("Annan grupp"), role=TeamRole.CHAIR).person
    leave(gone)
    assert [kinds(who) for who in (member, secretary, adjunct, stranger, other)] == [[]] * 5
    assert [gate(who).decided for who in (member, secretary, adjunct, stranger, other)] == [False] * 5
    assert set(kinds(head)) == {DueKind.EFFECT, DueKind.REVIEW}


def test_home_asks_the_chair_about_what_the_letters_ask(team: Team, head: Person, member: Person) -> None:
    boss = head_elsewhere(team)
    shifted(actions.make_decision(**values(team, boss, owner=member)), review_on=0, due_on=0)
    done(team, boss, member, effect_on=0)
    leave(member)
    leave(boss)
    told = [call.kind.value for call in to_remind(timezone.localdate())[head.pk]]
    assert sorted(told) == ["due", "effect", "review"]
    assert sorted(kind.value for kind in kinds(head)) == ["done", "effect", "review"]


@pytest.mark.parametrize("size", [1, 3])
def test_it_takes_the_same_number_of_questions(
    team: Team, head: Person, employee: Person, size: int, django_assert_num_queries: Any
) -> None:
    for _ in range(size):
        done(team, head, employee, effect_on=0)
    Decision.objects.update(secrecy_ground=GROUND)
    fresh = Person.objects.get(pk=head.pk)
    queries.due_for(fresh)
    with django_assert_num_queries(4):  # one more, since they are secret: who sits in the room
        assert len(queries.due_for(fresh)) == size


def head_elsewhere(team: Team) -> Person:
    """Another head of the team's unit, who is not in the team."""
    return make.post(make.person("Siv", "Gången"), team.unit, title="Biträdande chef").person
