"""Prepared queries answer as the ones they are prepared from, for everybody."""

import datetime as dt

import pytest
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from styrfart.decisions import queries as decisions
from styrfart.decisions.models import Decision
from styrfart.demo.town import Town
from styrfart.mandates.queries import to_confirm, to_review
from styrfart.matters.models import HandOver, MatterState
from styrfart.matters.queries import WaitingSource, waiting_for
from styrfart.meetings import queries as meetings
from styrfart.overview.jobs import concerned
from styrfart.overview.queries.gate import gate
from styrfart.people.models import Person, Team, TeamMember, TeamRole
from styrfart.people.standing import standing
from styrfart.shared.prepared import Prepared, PreparedObjects, remember
from tests import make


@pytest.fixture(scope="module")
def everybody(town: Town) -> list[Person]:
    """All who sit in a team or own anything."""
    seated = TeamMember.objects.values_list("person", flat=True)
    owning = Decision.objects.values_list("owner", flat=True)
    return list(Person.objects.filter(pk__in={*seated, *owning}).order_by("pk"))


def test_prepared_permissions_are_the_permissions(everybody: list[Person]) -> None:
    """However many teams somebody sits in, the prepared query gives what the plain one gives."""
    assert len(everybody) > 60
    since = timezone.now() - dt.timedelta(days=30)
    for person in everybody:
        teams = standing(person).seats
        plain = (
            Decision.objects.visible_to(person)
            .in_force()
            .filter(Q(team__in=teams) | Q(owner=person), Q(effect_at=None) | Q(effect_at__gte=since))
            .order_by(F("done_at").asc(nulls_first=True), "due_on", "pk")
        )
        assert [row.decision for row in decisions.on_their_way(person)] == list(plain[:3])


def test_prepared_objects_have_their_columns_and_relations(everybody: list[Person]) -> None:
    for person in everybody[:20]:
        for row in decisions.on_their_way(person):
            same = Decision.objects.select_related("team", "owner").get(pk=row.decision.pk)
            for field in Decision._meta.concrete_fields:
                assert getattr(row.decision, field.attname) == getattr(same, field.attname), field
            assert (row.decision.team.name, row.decision.owner.full_name) == (
                same.team.name,
                same.owner.full_name,
            )
            assert row.decision.get_absolute_url() == same.get_absolute_url()


def test_a_closed_gate_has_nothing_behind_it(everybody: list[Person]) -> None:
    opened = 0
    for person in everybody:
        may = gate(person)
        behind = [
            (may.desk, waiting_for(person)),
            (may.decided, decisions.due_for(person)),
            (may.to_confirm, to_confirm(person)),
            (may.to_review, to_review(person, dt.date.today())),  # noqa: DTZ011  # the day of the town
            *((source in may.at_desk, waiting_for(person, [source])) for source in WaitingSource),
            *((source in may.due, decisions.due_for(person, [source])) for source in decisions.DueSource),
            *((source in may.meets, meetings.waiting_for(person, [source])) for source in meetings.Source),
        ]
        assert [found for is_open, found in behind if found and not is_open] == []
        opened += sum(bool(found) for _is_open, found in behind)
    assert opened > 20


def test_a_gate_is_not_opened_for_nothing(everybody: list[Person]) -> None:
    """Else it would cost what it saves."""
    empty = 0
    for person in everybody:
        may = gate(person)
        empty += may.desk and not waiting_for(person)
        empty += may.decided and not decisions.due_for(person)
        empty += may.to_confirm and not to_confirm(person)
    assert empty == 0


@pytest.mark.django_db
def test_values_of_every_kind_find_their_places() -> None:
    one = make.person("Åsa", "Först")
    make.person("Bo", "Sedan")
    first = make.member(make.team(), person=one)

    def seats(*, me: int, day: dt.date) -> "QuerySet[TeamMember, tuple[str, dt.date]]":
        found = TeamMember.objects.on(day).filter(person=me)
        return found.order_by("pk").values_list("person__given_name", "valid_from")

    prepared = Prepared(seats, me=int, day=dt.date)
    assert prepared.rows(me=one.pk, day=first.valid_from) == [("Åsa", first.valid_from)]
    assert prepared.rows(me=one.pk, day=first.valid_from - dt.timedelta(days=1)) == []
    assert prepared.rows(me=one.pk + 1, day=first.valid_from) == []


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [[], [0], [0, 1], [0, 1, 2], [2, 0, 1, 3, 4], [1, 1]])
def test_lists_of_any_length_find_their_places(asked: list[int]) -> None:
    people = [make.person() for _ in range(5)]

    def among(*, ids: list[int], at_least: int) -> "QuerySet[Person, tuple[int]]":
        return Person.objects.filter(pk__in=ids, pk__gte=at_least).order_by("pk").values_list("pk")

    prepared = Prepared(among, ids=list, at_least=int)
    wanted = [people[nr].pk for nr in asked]
    for _once_more in range(2):
        assert prepared.rows(ids=wanted, at_least=0) == [(pk,) for pk in sorted({*wanted})]


@pytest.mark.django_db
def test_a_text_finds_its_place() -> None:
    one = make.person(email="asa@ort.example")

    def called(*, address: str, pk: int) -> "QuerySet[Person, tuple[int]]":
        return Person.objects.filter(email=address, pk=pk).values_list("pk")

    prepared = Prepared(called, address=str, pk=int)
    assert prepared.rows(address="asa@ort.example", pk=one.pk) == [(one.pk,)]
    assert prepared.rows(address="%", pk=one.pk) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["O'Hara", "100 % Å", "%s och %%", "a\\b", "'", "%"])
def test_what_never_changes_is_found_as_it_is_written(name: str) -> None:
    one = make.person(name, "Annika")
    make.person("Annan", "Annika")

    def called(*, pk: int) -> "QuerySet[Person, tuple[int]]":
        same = Q(given_name=name, family_name__in=["Annika", "%"], is_active=True)
        return Person.objects.filter(same & Q(given_name__contains=name, pk__gte=pk)).values_list("pk")

    prepared = Prepared(called, pk=int)
    assert prepared.rows(pk=one.pk) == [(one.pk,)]
    assert prepared.rows(pk=one.pk + 1) == []


@pytest.mark.django_db
def test_relations_of_relations_come_along(django_assert_num_queries: object) -> None:
    decision = make.decision()

    def found(*, pk: int) -> QuerySet[Decision]:
        return Decision.objects.filter(pk=pk)

    prepared = PreparedObjects(found, ("team__unit", "replaced_by__team"), pk=int)
    prepared.first(pk=0)
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture
        (same,) = prepared.all(pk=decision.pk)
        assert same.team.unit.name == decision.team.unit.name
        assert not hasattr(same, "replaced_by")
    assert prepared.first(pk=0) is None


@pytest.mark.django_db
def test_a_value_that_the_query_does_not_use_is_a_mistake() -> None:
    def nobody(*, me: int, day: dt.date) -> "QuerySet[Person, tuple[int]]":
        return Person.objects.filter(pk=me).values_list("pk")

    with pytest.raises(ValueError, match="day"):
        Prepared(nobody, me=int, day=dt.date).rows(me=1, day=dt.date(2026, 1, 1))


@pytest.mark.django_db
def test_a_relation_that_is_empty_is_none() -> None:
    decision = make.decision()

    def found(*, pk: int) -> QuerySet[Decision]:
        return Decision.objects.filter(pk=pk)

    (same,) = PreparedObjects(found, ("owner", "delegation_point"), pk=int).all(pk=decision.pk)
    assert same == decision
    assert same.owner == decision.owner
    assert same.delegation_point is None


@pytest.mark.django_db
def test_a_prepared_query_asks_once(django_assert_num_queries: object) -> None:
    person = make.person()
    gate(person)  # compiled
    person = Person.objects.get(pk=person.pk)
    with django_assert_num_queries(4):  # type: ignore[operator]  # three for the standing
        gate(person)


@pytest.mark.django_db
def test_what_has_been_fetched_is_remembered(django_assert_num_queries: object) -> None:
    matter = make.matter()
    unit = make.unit()
    remember(matter, "units", [unit])
    remember(matter, "materials", [])
    with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture
        assert list(matter.units.all()) == [unit]
        assert list(matter.materials.all()) == []
    assert matter.units.count() == 1  # as after any prefetch
    matter.units.add(unit)
    assert [one.pk for one in matter.units.all()] == [unit.pk]


@pytest.mark.django_db
def test_the_gate_and_the_weekly_letter_know_what_only_routers_bring_further() -> None:
    """A matter with somebody who has left, and one that an ended team left behind."""
    office = make.unit()
    team, below = make.team(of_unit=office), make.unit("Service", parent=office)
    chair = make.member(team, role=TeamRole.CHAIR).person
    member, head = make.member(team).person, make.post(in_unit=below).person
    beside = make.post(in_unit=make.unit("Planering", parent=office)).person
    everybody = (chair, member, head, beside)
    receiver = make.person()
    make.hand_over(make.matter(team, state=MatterState.HANDED_OVER), receiver)
    assert [gate(who).desk for who in everybody] == [False] * 4
    Person.objects.filter(pk=receiver.pk).update(is_active=False)
    assert [gate(who).desk for who in everybody] == [True, False, False, False]
    assert concerned(timezone.localdate()) == {chair.pk, receiver.pk}
    HandOver.objects.all().delete()
    ended = make.team("Servicegruppen", of_unit=below)
    Team.objects.filter(pk=ended.pk).update(valid_to=dt.date(2025, 1, 1))
    make.matter(ended, state=MatterState.ANSWERED)
    assert [gate(who).desk for who in everybody] == [False] * 4
    make.matter(ended)
    assert [gate(who).desk for who in everybody] == [True, False, True, False]
    assert [len(waiting_for(who)) for who in everybody] == [0, 0, 1, 0]  # the head of the unit is nearer
    assert concerned(timezone.localdate()) == {head.pk}
