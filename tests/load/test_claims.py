import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from styrfart.load import actions, queries, rules
from styrfart.load.models import Claim, ClaimKind
from styrfart.people.models import Role, Unit
from styrfart.shared.models import AuditEntry
from tests import make

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2027, 2, 1)


def asked_by_a_room(at: Unit, *, minutes: int = 5, weeks: int = 2) -> Claim:
    return actions.claim(
        source="climate.round",
        reference="17",
        kind=ClaimKind.SURVEY,
        title="Puls i februari",
        link="/klimat/pulser/17/",
        units=[at],
        starts_on=MONDAY,
        ends_on=MONDAY + dt.timedelta(days=7 * weeks - 1),
        minutes=minutes,
        actor=None,
    )


def wish(**fields: object) -> actions.Wish:
    values: dict[str, object] = {
        "kind": ClaimKind.TRAINING,
        "title": "Brandskydd",
        "starts_on": MONDAY,
        "ends_on": MONDAY,
        "minutes": 90,
    }
    return actions.Wish(**{**values, **fields})  # type: ignore[arg-type]  # as written above


def test_a_room_that_writes_again_replaces_what_it_wrote() -> None:
    here, there = make.unit(), make.unit()
    first = asked_by_a_room(here)
    second = asked_by_a_room(there, minutes=9)
    assert first.pk == second.pk
    assert [(row.minutes, [unit.pk for unit in row.units.all()]) for row in Claim.objects.all()] == [
        (9, [there.pk])
    ]


def test_a_room_takes_back_only_its_own() -> None:
    here = make.unit()
    asked_by_a_room(here)
    by_hand = make.claim(here, starts_on=MONDAY)
    actions.withdraw(source="climate.round", reference="16")
    assert Claim.objects.count() == 2
    actions.withdraw(source="climate.round", reference="17")
    assert list(Claim.objects.all()) == [by_hand]


def test_what_is_written_by_hand_is_in_the_log() -> None:
    actor, here = make.person(), make.unit()
    made = actions.enter_claim(wish=wish(), units=[here], actor=actor)
    actions.change_claim(claim=made, revision=1, wish=wish(minutes=60), units=[here], actor=actor)
    actions.remove_claim(claim=made, revision=2, actor=actor)
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", "detail")) == [
        ("load.enter_claim", {}),
        ("load.change_claim", {"minutes": ["90", "60"]}),
        ("load.remove_claim", {}),
    ]
    assert not Claim.objects.exists()


def test_of_two_tabs_the_later_is_refused() -> None:
    actor, here = make.person(), make.unit()
    made = actions.enter_claim(wish=wish(), units=[here], actor=actor)
    actions.change_claim(claim=made, revision=1, wish=wish(minutes=60), units=[here], actor=actor)
    with pytest.raises(actions.ClaimMovedOn):
        actions.change_claim(claim=made, revision=1, wish=wish(minutes=30), units=[here], actor=actor)
    with pytest.raises(actions.ClaimMovedOn):
        actions.remove_claim(claim=made, revision=1, actor=actor)
    assert Claim.objects.get().minutes == 60


def test_what_a_room_wrote_is_not_changed_by_hand() -> None:
    developer = make.role(Role.HR_DEVELOPER)
    written = asked_by_a_room(make.unit())
    assert not rules.can_change(developer, written)
    with pytest.raises(PermissionDenied):
        queries.claim_to_change(developer, written.pk)
    with pytest.raises(actions.ClaimMovedOn):
        actions.remove_claim(claim=written, revision=1, actor=developer)


def test_who_may_write() -> None:
    top = make.unit("Kontoret")
    below = make.unit("Enheten", parent=top)
    head, employee = make.post(in_unit=top).person, make.post(in_unit=below, is_head=False).person
    developer, coach = make.role(Role.HR_DEVELOPER), make.role(Role.COACH)
    claim, elsewhere = make.claim(below, starts_on=MONDAY), make.claim(make.unit(), starts_on=MONDAY)
    who = {"head": head, "employee": employee, "developer": developer, "coach": coach}
    assert {name: rules.can_change(person, claim) for name, person in who.items()} == {
        "head": True,
        "employee": False,
        "developer": True,
        "coach": False,
    }
    assert {name: rules.can_change(person, elsewhere) for name, person in who.items()} == {
        "head": False,
        "employee": False,
        "developer": True,
        "coach": False,
    }
    with pytest.raises(Http404):
        queries.claim_to_change(coach, claim.pk)


# --- what lies beside -------------------------------------------------------------------------------
def staffed(unit: Unit, number: int) -> Unit:
    for _each in range(number):
        make.post(in_unit=unit, is_head=False)
    return unit


def test_what_lies_above_below_and_beside() -> None:
    top = staffed(make.unit("Kontoret"), 2)
    one, other = staffed(make.unit("Ena", parent=top), 3), staffed(make.unit("Andra", parent=top), 5)
    make.claim(top, "För alla", starts_on=MONDAY)
    make.claim(one, "För ena", starts_on=MONDAY + dt.timedelta(days=7), weeks=1)
    make.claim(other, "För andra", starts_on=MONDAY)
    make.claim(one, "Senare", starts_on=MONDAY + dt.timedelta(days=14))
    near = queries.beside([one], MONDAY, MONDAY + dt.timedelta(days=13))
    assert [(each.claim.title, each.people, [str(day) for day in each.weeks]) for each in near] == [
        ("För alla", 3, ["2027-02-01", "2027-02-08"]),
        ("För ena", 3, ["2027-02-08"]),
    ]


def test_a_round_does_not_lie_beside_itself() -> None:
    here = staffed(make.unit(), 1)
    asked_by_a_room(here)
    assert queries.beside([here], MONDAY, MONDAY, but=("climate.round", "17")) == ()
    assert len(queries.beside([here], MONDAY, MONDAY)) == 1


def test_units_below_one_another_count_once() -> None:
    top = staffed(make.unit(), 2)
    below = staffed(make.unit(parent=top), 3)
    make.claim(top, starts_on=MONDAY)
    assert [each.people for each in queries.beside([below, top], MONDAY, MONDAY)] == [5]


def test_free_weeks_have_no_other_survey_of_the_same_people() -> None:
    here = staffed(make.unit(), 4)
    make.claim(here, starts_on=MONDAY, weeks=2)
    make.claim(staffed(make.unit(), 4), starts_on=MONDAY + dt.timedelta(days=14), weeks=4)
    free = queries.free_starts([here], MONDAY, MONDAY + dt.timedelta(days=13), minutes=5)
    assert [str(day) for day in free] == ["2027-02-15", "2027-02-22", "2027-03-01"]


def test_no_week_is_offered_in_which_nobody_is_at_work() -> None:
    here = staffed(make.unit(), 4)
    free = queries.free_starts([here], dt.date(2025, 12, 15), dt.date(2025, 12, 15), minutes=5, most=3)
    # In the week of Christmas 2025 there are two workdays; in that of New Year three.
    assert [str(day) for day in free] == ["2025-12-15", "2025-12-29", "2026-01-05"]


def test_nobody_is_asked_for_more_hours_than_there_is_room_for() -> None:
    here = staffed(make.unit(), 4)
    make.claim(here, kind=ClaimKind.TRAINING, starts_on=MONDAY, weeks=1, minutes=119)
    free = queries.free_starts([here], MONDAY, MONDAY, minutes=5, most=1)
    assert [str(day) for day in free] == ["2027-02-08"]


def test_a_large_change_does_not_hinder_a_survey() -> None:
    here = staffed(make.unit(), 4)
    make.claim(here, kind=ClaimKind.CHANGE, impact=5, starts_on=MONDAY, weeks=30, minutes=60)
    assert queries.free_starts([here], MONDAY, MONDAY, minutes=5, most=1) == (MONDAY,)


def test_the_picture_counts_minutes_a_person() -> None:
    top = staffed(make.unit(), 1)
    below = staffed(make.unit(parent=top), 3)
    make.claim(below, starts_on=MONDAY, weeks=2, minutes=80)
    make.claim(top, kind=ClaimKind.CHANGE, impact=4, starts_on=MONDAY, weeks=1, minutes=0)
    picture = queries.picture_of(top, 3, MONDAY)
    assert picture.people == 4
    assert [round(hours * 60) for hours in picture.hours] == [30, 30, 0]
    assert (picture.claims, picture.changes, picture.large) == ((2, 1, 0), (1, 0, 0), (1, 0, 0))


def test_what_is_asked_of_some_is_spread_over_all() -> None:
    here = staffed(make.unit(), 4)
    make.claim(here, starts_on=MONDAY, weeks=1, minutes=60, people=1)
    assert round(queries.picture_of(here, 1, MONDAY).hours[0] * 60) == 15


@pytest.mark.parametrize("number", [1, 3])
def test_several_units_are_told_from_one_calculation_as_each_alone(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    top = staffed(make.unit("Kontoret"), 2)
    units = [staffed(make.unit(f"Enhet {each}", parent=top), each + 1) for each in range(number)]
    for each, unit in enumerate(units):
        make.claim(unit, starts_on=MONDAY + each * queries.WEEK, weeks=2, minutes=30 * (each + 1))
    make.claim(top, kind=ClaimKind.CHANGE, impact=4, starts_on=MONDAY, weeks=1, minutes=20, people=1)
    with django_assert_num_queries(4):
        pictures = queries.pictures_of([top, *units], 5, MONDAY)
    assert pictures == {unit.pk: queries.picture_of(unit, 5, MONDAY) for unit in [top, *units]}
    last = pictures[units[-1].pk]
    assert (last.unit, last.people, sum(last.claims), sum(last.large)) == (units[-1], number, 3, 1)


def test_some_of_the_people_are_a_share_of_those_in_the_units_and_below() -> None:
    units = [make.unit(f"Enhet {each}") for each in range(12)]  # paths of one and of two digits
    below = staffed(make.unit(parent=staffed(units[0], 2)), 3)
    staffed(units[-1], 4)
    make.claim(units[0], starts_on=MONDAY, weeks=1, minutes=60, people=1)
    pictures = queries.pictures_of([units[0], below, units[-1]], 1, MONDAY)
    assert [round(each.hours[0] * 60) for each in pictures.values()] == [12, 12, 0]


def test_a_unit_that_is_no_more_has_nobody_and_nothing() -> None:
    gone, here = staffed(make.unit(), 2), staffed(make.unit(), 2)
    gone.valid_to = MONDAY - dt.timedelta(days=1)
    gone.save(update_fields=["valid_to"])
    for unit in (gone, here):
        make.claim(unit, starts_on=MONDAY, weeks=1, minutes=60)
    pictures = queries.pictures_of([gone, here], 2, MONDAY)
    assert [(each.people, each.claims, each.hours) for each in pictures.values()] == [
        (0, (0, 0), (0.0, 0.0)),
        (2, (1, 0), (1.0, 0.0)),
    ]
