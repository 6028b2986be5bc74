"""Teams, heads and names: who is found, by whom, and at what price."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import Http404
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from styrfart.people import queries
from styrfart.people.models import Person, Post, Role, Team, TeamRole, UnitKind
from styrfart.people.models.name_key import KEY_LENGTH, fold
from tests import make

TODAY = timezone.localdate()


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("chair", True),
        ("member", True),
        ("secretary", True),
        ("adjunct", True),
        ("owner", True),
        ("stranger", False),
        ("employee", False),
    ],
)
def test_who_may_enter_a_teams_room(request: pytest.FixtureRequest, team: Team, who: str, may: bool) -> None:
    person = request.getfixturevalue(who)
    if may:
        assert queries.team_for(person, team.slug) == team
    else:
        with pytest.raises(Http404):
            queries.team_for(person, team.slug)


def test_the_head_above_and_top_management_may_enter_and_a_head_beside_may_not(team: Team) -> None:
    above = make.unit("Staden", kind=UnitKind.CITY)
    type(team.unit).objects.filter(pk=team.unit_id).update(parent=above, path=f"{above.path}{team.unit_id}/")
    for person in (make.post(in_unit=above).person, make.role(Role.TOP_MANAGEMENT)):
        assert queries.team_for(person, team.slug) == team
    with pytest.raises(Http404):
        queries.team_for(make.post().person, team.slug)
    with pytest.raises(Http404):
        queries.team_for(AnonymousUser(), team.slug)


def test_a_team_that_does_not_exist_looks_like_one_that_is_closed(owner: Person) -> None:
    with pytest.raises(Http404):
        queries.team_for(owner, "finns-inte")


def test_entering_a_room_costs_one_query_beside_standing(
    team: Team, chair: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    queries.standing(chair)
    with django_assert_num_queries(1):
        queries.team_for(chair, team.slug)


def test_heads_are_found_upwards_and_never_lead_themselves(db: None) -> None:
    office = make.unit()
    division = make.unit("Projektavdelningen", kind=UnitKind.DIVISION, parent=office)
    unit = make.unit("Projekt norr", kind=UnitKind.UNIT, parent=division)
    top = make.post(in_unit=office, title="Kontorschef")
    head = make.post(in_unit=division, title="Avdelningschef")
    assert queries.head_of(unit, TODAY) is None
    assert queries.head_of(division, TODAY) == head
    assert queries.nearest_head(unit, TODAY) == head
    assert queries.nearest_head(division, TODAY, but=head.person) == top
    assert queries.nearest_head(office, TODAY, but=top.person) is None


def test_a_post_is_found_nearest_upwards_in_either_spelling(db: None) -> None:
    office = make.unit()
    division = make.unit("Projektavdelningen", kind=UnitKind.DIVISION, parent=office)
    unit = make.unit("Projekt norr", kind=UnitKind.UNIT, parent=division)
    far = make.post(in_unit=office, title="Ärendeansvarig")
    assert queries.nearest_post(unit, "ärendeansvarig", TODAY) == far
    near = make.post(in_unit=division, title="Ärendeansvarig")
    assert queries.nearest_post(unit, "Ärendeansvarig", TODAY) == near
    assert queries.nearest_post(office, "Ärendeansvarig", TODAY) == far
    assert queries.nearest_post(unit, "Nämndsekreterare", TODAY) is None


def test_a_post_that_has_ended_leads_nothing(db: None) -> None:
    unit = make.unit()
    post = make.post(in_unit=unit)
    Post.objects.filter(pk=post.pk).update(valid_to=TODAY - dt.timedelta(days=1))
    assert queries.head_of(unit, TODAY) is None
    assert queries.head_of(unit, TODAY - dt.timedelta(days=1)) == post


def test_units_under_are_the_unit_and_its_subtree(db: None) -> None:
    office = make.unit()
    division = make.unit("Projektavdelningen", kind=UnitKind.DIVISION, parent=office)
    unit = make.unit("Projekt norr", kind=UnitKind.UNIT, parent=division)
    make.unit("Markavdelningen", kind=UnitKind.DIVISION, parent=office)
    assert set(queries.units_under(division, TODAY)) == {division, unit}


@pytest.mark.parametrize("heads", [1, 3])
def test_which_member_leads_which_unit_is_one_query(
    team: Team, adjunct: Person, django_assert_num_queries: DjangoAssertNumQueries, heads: int
) -> None:
    make.post(adjunct)  # an adjunct is in the room, not of the team
    expected = []
    for number in range(heads):
        seat = make.member(team, person=make.person("Bo", f"Ek{number}"))
        post = make.post(seat.person, make.unit(f"Avdelning {number}"), title="Avdelningschef")
        expected.append((post.person, post.unit, "Avdelningschef"))
    with django_assert_num_queries(1):
        found = queries.member_units(team, TODAY)
    assert [(each.person, each.unit, each.title) for each in found] == expected


def test_people_in_a_room_are_those_who_sit_there_today(team: Team, chair: Person, member: Person) -> None:
    gone = make.member(team)
    gone.valid_to = TODAY - dt.timedelta(days=1)
    gone.save()
    seats = queries.people_in(team, TODAY)
    assert [(seat.person, seat.role) for seat in seats] == [
        (member, TeamRole.MEMBER),
        (chair, TeamRole.CHAIR),
    ]


# --- Names ------------------------------------------------------------------------------------------
@pytest.fixture
def crowd(db: None) -> dict[str, Person]:
    """People whose names are easy to get wrong."""
    names = ["Åsa Öst", "Anna-Karin Berg Lindqvist", "José Ångström", "Adam Zetterberg", "Karim von Essen"]
    return {name: make.person(name.split()[0], " ".join(name.split()[1:])) for name in names}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("åsa", ["Åsa Öst"]),
        ("ÅSA ÖST", ["Åsa Öst"]),
        ("Öst, Åsa", ["Åsa Öst"]),
        ("asa", []),  # a is not å
        ("jose", ["José Ångström"]),  # but é is e
        ("lindqvist", ["Anna-Karin Berg Lindqvist"]),
        ("anna lindq", ["Anna-Karin Berg Lindqvist"]),
        ("karin berg", ["Anna-Karin Berg Lindqvist"]),
        ("essen", ["Karim von Essen"]),
        ("von essen karim", ["Karim von Essen"]),
        ("kari", ["Karim von Essen"]),  # "Anna-Karin" is found by her first part
        ("a", []),  # too short
        ("å", []),
        ("", []),
        ("  \0 ", []),
        ("%", []),
    ],
)
def test_people_are_found_by_how_their_names_begin(
    crowd: dict[str, Person], text: str, expected: list[str]
) -> None:
    assert [hit.person.full_name for hit in queries.search_people(make.person(), text)] == expected


def test_people_are_found_by_address_in_any_case(crowd: dict[str, Person]) -> None:
    anna = crowd["Anna-Karin Berg Lindqvist"]
    assert anna.email
    assert [hit.person for hit in queries.search_people(make.person(), f" {anna.email.upper()} ")] == [anna]
    assert queries.search_people(make.person(), "%@%") == []


def test_swedish_letters_sort_last_and_in_order(crowd: dict[str, Person]) -> None:
    make.person("Eva", "Ärlig")
    assert [person.family_name for person in Person.objects.all()] == [
        "Berg Lindqvist",
        "von Essen",
        "Zetterberg",
        "Ångström",
        "Ärlig",
        "Öst",
    ]


def test_those_who_have_left_are_not_found(crowd: dict[str, Person]) -> None:
    Person.objects.filter(given_name="Åsa").update(is_active=False)
    assert queries.search_people(make.person(), "åsa") == []


@pytest.mark.parametrize("namesakes", [1, 3])
def test_search_is_two_queries_and_says_what_tells_namesakes_apart(
    db: None, django_assert_num_queries: DjangoAssertNumQueries, namesakes: int
) -> None:
    reader = make.person("Siv", "Sökare")
    queries.standing(reader)
    for number in range(namesakes):
        make.post(make.person(), make.unit(f"Enhet {number}"), title="Ingenjör", is_head=False)
    with django_assert_num_queries(2):
        hits = queries.search_people(reader, "anna ek")
    assert [hit.label for hit in hits] == [f"Anna Ek, Ingenjör, Enhet {n}" for n in range(namesakes)]


def test_search_reads_from_indexes(db: None) -> None:
    found = Person.objects.filter(queries.persons._named(["anna", "lindqvist"]))
    plan = found.order_by().explain()
    if connection.vendor == "sqlite":
        assert "SCAN" not in plan
        assert plan.count("USING INDEX people_person_") == 6
    else:  # an empty table is read through; forbidding that shows whether an index could answer
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        assert found.order_by().explain().count("Bitmap Index Scan") == 6


@pytest.mark.parametrize("role", [None, Role.COACH])
def test_an_external_coach_and_a_visitor_find_nobody(crowd: dict[str, Person], role: Role | None) -> None:
    make.unit("Åsa kontor")
    reader = make.role(role) if role else AnonymousUser()
    assert queries.search_people(reader, "åsa") == []
    assert queries.search_units(reader, "åsa") == []
    assert queries.choices(reader, text="åsa") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("projekt", ["Projekt norr", "Projekt söder"]),
        ("norr", ["Projekt norr"]),
        ("söder proj", ["Projekt söder"]),
    ],
)
def test_units_are_found_by_the_beginnings_of_their_words(db: None, text: str, expected: list[str]) -> None:
    for name in ("Projekt söder", "Projekt norr", "Mark"):
        make.unit(name)
    assert [unit.name for unit in queries.search_units(make.person(), text)] == expected


def test_a_unit_is_found_by_its_code_and_not_when_it_has_ended(db: None) -> None:
    unit = make.unit("Mark")
    assert queries.search_units(make.person(), unit.code) == [unit]
    type(unit).objects.filter(pk=unit.pk).update(valid_to=TODAY - dt.timedelta(days=1))
    assert queries.search_units(make.person(), unit.code) == []


def test_find_people_takes_the_exact_name_before_longer_ones(db: None) -> None:
    exact, longer = make.person("Anna", "Ek"), make.person("Anna", "Eklund")
    reader = make.person("Siv", "Sökare")
    assert [hit.person for hit in queries.find_people(reader, "anna ek")] == [exact]
    assert [hit.person for hit in queries.find_people(reader, "ek anna")] == [exact]
    assert [hit.person for hit in queries.find_people(reader, "anna e")] == [exact, longer]
    assert [hit.person for hit in queries.find_people(reader, longer.email or "")] == [longer]


@pytest.mark.parametrize("seats", [1, 3])
def test_choices_in_a_room_are_its_people_and_two_queries(
    team: Team, stranger: Person, django_assert_num_queries: DjangoAssertNumQueries, seats: int
) -> None:
    people = [make.member(team, person=make.person("Bo", f"Ek{n}")).person for n in range(seats)]
    reader = people[0]
    queries.standing(reader)
    with django_assert_num_queries(2):
        choices = queries.choices(reader, team=team)
    assert choices == [(person.pk, person.full_name) for person in people]
    assert queries.choices(stranger, team=team) == []


@given(st.text(max_size=300))
def test_a_key_is_plain_and_fits_its_column_whatever_the_name(text: str) -> None:
    key = fold(text)
    assert len(key) <= KEY_LENGTH
    assert all(char.isalnum() or char == " " for char in key)
    assert key == key.strip()


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäö", max_size=20))
def test_keys_sort_as_the_swedish_alphabet(text: str) -> None:
    alphabet = "abcdefghijklmnopqrstuvwxyzåäö"
    letters = sorted(text, key=alphabet.index)
    assert sorted(text, key=fold) == letters
