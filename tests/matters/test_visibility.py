"""Who sees a matter: the rule in one place, and every way into it."""

from collections.abc import Callable

import pytest

from styrfart.matters.models import Matter, MatterState, Route
from styrfart.people.models import Person, Role, TeamRole
from tests import make
from tests.matters.conftest import Office


def seen_by(person: Person) -> set[int]:
    return set(Matter.objects.visible_to(person).values_list("pk", flat=True))


WHO: dict[str, tuple[Callable[[Office], Person], bool]] = {
    "who handed it in": (lambda office: office.sender, True),
    "who owns it": (lambda office: office.head, True),
    "chair": (lambda office: office.chair, True),
    "member": (lambda office: office.member, True),
    "secretary": (lambda office: office.secretary, True),
    "HR partner in the room": (
        lambda office: make.member(office.team, role=TeamRole.ADJUNCT, function="HR-partner").person,
        True,
    ),
    "external coach in the room": (
        lambda office: make.role(
            Role.COACH, make.member(office.team, role=TeamRole.ADJUNCT, function="coach").person
        ),
        False,
    ),
    "member of another team": (lambda office: make.member(office.other_team).person, False),
    "head of the unit above": (lambda office: make.post(make.person(), office.team.unit).person, False),
    "colleague of the sender": (
        lambda office: make.post(make.person(), office.services, is_head=False).person,
        False,
    ),
    "top management": (lambda _office: make.role(Role.TOP_MANAGEMENT), False),
    "system owner": (lambda _office: make.role(Role.SYSTEM_OWNER), False),
    "HR developer": (lambda _office: make.role(Role.HR_DEVELOPER), False),
}


@pytest.mark.parametrize("who", WHO)
def test_who_sees_a_matter_that_has_been_handed_in(office: Office, who: str) -> None:
    matter = make.matter(office.team, by=office.sender, owner=office.head)
    reader, may_see = WHO[who]
    assert (matter.pk in seen_by(reader(office))) is may_see


@pytest.mark.parametrize("who", WHO)
def test_a_draft_is_seen_by_its_writer_alone(office: Office, who: str) -> None:
    matter = make.matter(office.team, by=office.sender, owner=office.head, state=MatterState.DRAFT)
    reader = WHO[who][0](office)
    assert (matter.pk in seen_by(reader)) is (reader == office.sender)


def test_a_matter_that_moved_is_still_seen_where_it_came_from(office: Office) -> None:
    matter = make.matter(office.team)
    make.routing(matter, Route.TEAM)
    Matter.objects.filter(pk=matter.pk).update(team=office.other_team)
    assert matter.pk in seen_by(office.member)
    assert matter.pk in seen_by(make.member(office.other_team).person)


def test_the_receiver_sees_it_until_the_hand_over_is_undone(office: Office) -> None:
    receiver = make.person()
    handed = make.hand_over(make.matter(office.team, state=MatterState.HANDED_OVER), receiver)
    assert seen_by(receiver) == {handed.matter_id}
    handed.cancelled_at = handed.routing.at
    handed.save()
    assert seen_by(receiver) == set()


def test_who_writes_the_report_sees_it(office: Office) -> None:
    writer = make.person()
    prepared = make.preparation(make.matter(office.team, state=MatterState.PREPARING), writer)
    assert seen_by(writer) == {prepared.matter_id}


def test_several_ways_in_give_the_matter_once(office: Office) -> None:
    matter = make.matter(office.team, by=office.chair, owner=office.chair)
    make.hand_over(matter, office.chair)
    make.routing(matter)
    assert list(Matter.objects.visible_to(office.chair)) == [matter]
