"""What a report says, to whom, and that a hidden column says nothing."""

import datetime as dt
from typing import Any

import pytest
from django.http import Http404
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.climate.actions.releasing import release_round
from styrfart.climate.models import Comment, Invitation, Round, RoundKind, RoundState, Row
from styrfart.climate.queries.released import Column, ColumnKind, Report
from styrfart.climate.queries.reports import report_for
from styrfart.climate.queries.trends import trends_of
from styrfart.people.models import Person, Role, Unit
from styrfart.shared.disposal import record_types
from tests import make
from tests.climate.answers import TOP, answers_of, counted_round, group, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr() -> Person:
    """An HR developer."""
    return make.role(Role.HR_DEVELOPER, make.person("Hanna", "Rask"))


def code(of: Round, name: str = TOP) -> str:
    at = group(of, name).unit
    assert at is not None
    return at.code


def read(of: Round, who: Person, name: str = TOP) -> Report:
    return report_for(who, round_pk=of.pk, unit=code(of, name))


def named(report: Report) -> dict[str, Column]:
    return {column.name: column for column in report.columns}


def test_the_columns_stand_in_the_order_of_the_organisation(hr: Person) -> None:
    of = released({"Ledarutveckling": 13, "Analys": 4, "Verksamhet": 12, "Kansli": 5})
    report = read(of, hr)
    assert [(column.kind, column.name, column.answered) for column in report.columns] == [
        (ColumnKind.PART, "Ledarutveckling", 13),
        (ColumnKind.PART, "Analys", None),
        (ColumnKind.PART, "Verksamhet", 12),
        (ColumnKind.PART, "Kansli", None),
        (ColumnKind.JOINT, "Analys och Kansli", 9),
    ]
    assert (report.whole.name, report.whole.answered, report.whole.invited) == (TOP, 34, 34)
    assert [measure.name for measure in report.headlines] == [
        "Motivation",
        "Ledarskap",
        "Styrning",
        "HME totalt",
    ]
    assert set(report.whole.figures) == {measure.key for measure in report.measures}


def test_a_hidden_column_is_its_name_and_nothing_else(hr: Person) -> None:
    # Analys is too small. Kansli is not, but the office less the others would be Analys.
    of = released({"Ledarutveckling": 13, "Analys": 3, "Kansli": 9})
    columns = named(read(of, hr))
    for name in ("Analys", "Kansli"):
        assert columns[name] == Column(ColumnKind.PART, name, (name,), unit=code(of, name))
    assert columns["Analys och Kansli"].answered == 12


def test_a_report_of_a_hidden_group_offers_what_it_is_part_of(hr: Person) -> None:
    of = released({"Ledarutveckling": 13, "Analys": 4, "Kansli": 5})
    report = read(of, hr, "Analys")
    assert not report.is_shown
    assert report.whole == Column(ColumnKind.WHOLE, "Analys", ("Analys",), unit=code(of, "Analys"))
    assert (report.distributions, report.texts, dict(report.changes)) == ((), (), {})
    assert report.around is not None
    assert (report.around.kind, report.around.names) == (ColumnKind.AROUND, ("Analys", "Kansli"))
    assert [place.name for place in report.path] == [TOP, "Analys"]


def test_a_hidden_group_without_siblings_to_join_offers_the_group_above(hr: Person) -> None:
    of = released({"Ledarutveckling": 13, "Analys": 0})
    report = read(of, hr, "Analys")
    assert report.around is not None
    assert report.around.name == TOP


def test_a_round_of_too_few_shows_nothing_at_all(hr: Person) -> None:
    of = released({"Analys": 3, "Kansli": 3})
    report = read(of, hr)
    assert not Row.objects.exists()
    assert (report.whole.is_shown, report.around) == (False, None)
    assert [column.is_shown for column in report.columns] == [False, False]


def test_only_released_rounds_have_reports(hr: Person) -> None:
    of = counted_round({"Analys": 8})
    with pytest.raises(Http404):
        read(of, hr)
    release_round(round_id=of.pk)
    assert read(of, hr).whole.answered == 8


def test_who_may_read() -> None:
    of = released({"Analys": 8, "Kansli": 9})
    office, analys, kansli = (group(of, name) for name in (TOP, "Analys", "Kansli"))
    invited = make.person("Ida", "Inbjuden")
    make_invitation(of, "Analys", invited)
    head_of_unit, head_above, head_beside = make.person(), make.person(), make.person()
    for who, at in [(head_of_unit, analys.unit), (head_above, office.unit), (head_beside, kansli.unit)]:
        assert at is not None
        make.post(who, at, is_head=True)
    stranger = make.person("Frans", "Främling")
    roles = {role: make.role(role) for role in (Role.HR_DEVELOPER, Role.TOP_MANAGEMENT, Role.SYSTEM_OWNER)}
    readers = {
        "invited in it": (invited, {TOP, "Analys"}),
        "its head": (head_of_unit, {"Analys"}),
        "head above": (head_above, {TOP, "Analys", "Kansli"}),
        "head beside": (head_beside, {"Kansli"}),
        "stranger": (stranger, set()),
        **{role.value: (who, {TOP, "Analys", "Kansli"}) for role, who in roles.items()},
    }
    for title, (reader, may) in readers.items():
        found = set()
        for name in (TOP, "Analys", "Kansli"):
            try:
                read(of, reader, name)
            except Http404:
                continue
            found.add(name)
        assert found == may, title


def make_invitation(of: Round, name: str, person: Person | None) -> None:
    channel = Invitation.Channel.MAIL if person else Invitation.Channel.PAPER
    Invitation.objects.create(round=of, group=group(of, name), person=person, channel=channel)


def test_a_team_reads_its_own_report() -> None:
    team = make.team()
    seat = make.member(team, person=make.person("Samir", "Haddad"))
    of = make.climate_round(state=RoundState.CLOSED, counted_at=timezone.now())
    at = of.groups.create(team=team, name=team.name, position=0, invited=8, invited_below=8)
    make.counted(at, answers_of(8, "team"))
    release_round(round_id=of.pk)
    report = report_for(seat.person, round_pk=of.pk, team=team.slug)
    assert (report.whole.team, report.whole.answered) == (team.slug, 8)
    with pytest.raises(Http404):
        report_for(make.person(), round_pk=of.pk, team=team.slug)


@pytest.mark.parametrize("number", [1, 3])
def test_a_report_is_read_in_the_same_queries_whatever_its_size(
    number: int, hr: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    names = ["Analys", "Kansli", "Verksamhet"][:number]
    of = released(dict.fromkeys(names, 8))
    unit = code(of)
    person = Person.objects.get(pk=hr.pk)
    with django_assert_num_queries(11):
        report = report_for(person, round_pk=of.pk, unit=unit)
    assert len(report.columns) == number
    with django_assert_num_queries(2):
        trends_of(report)


def test_distributions_and_texts_wait_for_ten(hr: Person) -> None:
    texts = {
        "Analys": [f"Analys säger {n}." for n in range(9)],
        "Kansli": [f"Kansli säger {n}." for n in range(10)],
    }
    of = released(
        {"Analys": 9, "Kansli": 12},
        texts=texts,
        text_questions=[{"sv": "Vad ska vi behålla?", "en": "What?"}],
    )
    office, analys, kansli = (read(of, hr, name) for name in (TOP, "Analys", "Kansli"))
    assert analys.whole.answered == 9
    assert (analys.distributions, analys.texts) == ((), ())
    # Those of the office less those of Kansli would be the nine of Analys: the office's come first.
    assert [(said.question, said.number) for said in office.texts] == [("Vad ska vi behålla?", 19)]
    assert kansli.texts == ()
    assert len(office.distributions) == 9
    assert not any("Analys" in text for row in Row.objects.exclude(group__name=TOP) for text in row.texts[0])


def test_texts_are_shuffled_and_no_order_leads_to_a_group(hr: Person) -> None:
    texts = {"Analys": [f"{n:02} analys" for n in range(20)], "Kansli": [f"{n:02} kansli" for n in range(20)]}
    of = released({"Analys": 20, "Kansli": 20}, texts=texts, text_questions=[{"sv": "Ord?"}])
    said = read(of, hr).texts[0].texts
    assert sorted(said) == sorted([*texts["Analys"], *texts["Kansli"]])
    assert list(said) != sorted(said)
    stored = list(Comment.objects.filter(round=of).order_by("pk").values_list("text", flat=True))
    assert list(said) != stored


def pulses(
    *, then: dict[str, int], now: dict[str, int], low: float = 0.35, high: float = 0.8, **fields: Any
) -> tuple[Round, Round]:
    """Two pulses of the same office, half a year apart, the later counted and not released."""
    day = timezone.localdate()
    first = released(then, level=low, closes_on=day - dt.timedelta(days=180), title="Puls 1", **fields)
    second = counted_round(now, level=high, closes_on=day - dt.timedelta(days=3), title="Puls 2", **fields)
    return first, second


def invite(of: Round, people: dict[str, list[Person]]) -> None:
    for name, persons in people.items():
        for person in persons:
            make_invitation(of, name, person)


def crowd(number: int) -> list[Person]:
    return [make.person() for _ in range(number)]


def test_the_same_people_are_compared_with_last_time(hr: Person) -> None:
    first, second = pulses(then={"Analys": 12, "Kansli": 14}, now={"Analys": 12, "Kansli": 14})
    people = {"Analys": crowd(12), "Kansli": crowd(14)}
    for of in (first, second):
        invite(of, people)
    release_round(round_id=second.pk)
    report = read(second, hr)
    change = report.changes["hme.total"]
    before = read(first, hr).whole.figures["hme.total"].index
    assert (change.since.pk, change.before) == (first.pk, before)
    assert (change.verdict.strength, change.verdict.direction, change.verdict.is_better) == (
        "clear",
        "higher",
        True,
    )
    assert set(report.changes) == {measure.key for measure in report.headlines}
    assert read(second, hr, "Analys").changes["hme.total"].before is not None


@pytest.mark.parametrize(
    ("left", "joined", "is_told"), [(0, 0, True), (1, 0, False), (3, 3, False), (4, 3, True)]
)
def test_few_who_came_or_left_are_not_told_of(left: int, joined: int, is_told: bool, hr: Person) -> None:
    first, second = pulses(
        then={"Analys": 12, "Kansli": 14}, now={"Analys": 12 - left + joined, "Kansli": 14}
    )
    analys, kansli = crowd(12), crowd(14)
    invite(first, {"Analys": analys, "Kansli": kansli})
    invite(second, {"Analys": [*analys[left:], *crowd(joined)], "Kansli": kansli})
    release_round(round_id=second.pk)
    for name in (TOP, "Analys"):
        change = read(second, hr, name).changes["hme.total"]
        assert (change.before is not None) == is_told
        assert (change.verdict.why == "few_moved") == (not is_told)
    assert read(second, hr, "Kansli").changes["hme.total"].before is not None


def test_one_who_moved_within_the_office_is_told_of_in_neither_unit(hr: Person) -> None:
    first, second = pulses(then={"Analys": 12, "Kansli": 14}, now={"Analys": 11, "Kansli": 15})
    analys, kansli = crowd(12), crowd(14)
    invite(first, {"Analys": analys, "Kansli": kansli})
    invite(second, {"Analys": analys[1:], "Kansli": [*kansli, analys[0]]})
    release_round(round_id=second.pk)
    told = {name: read(second, hr, name).changes["hme.total"].before for name in (TOP, "Analys", "Kansli")}
    assert told[TOP] is not None
    assert (told["Analys"], told["Kansli"]) == (None, None)


def test_many_answers_are_compared_though_a_few_moved(hr: Person) -> None:
    first, second = pulses(then={"Analys": 30}, now={"Analys": 31})
    people = crowd(31)
    invite(first, {"Analys": people[1:]})
    invite(second, {"Analys": people})
    release_round(round_id=second.pk)
    assert read(second, hr, "Analys").changes["hme.total"].before is not None


def test_whom_slips_of_paper_went_to_is_not_known(hr: Person) -> None:
    first, second = pulses(then={"Analys": 12}, now={"Analys": 12})
    people = crowd(12)
    invite(first, {"Analys": people})
    invite(second, {"Analys": people[:11]})
    make_invitation(second, "Analys", None)
    release_round(round_id=second.pk)
    assert read(second, hr, "Analys").changes["hme.total"].verdict.why == "slips"


def test_a_round_whose_answers_have_been_disposed_of_is_not_compared_with(hr: Person) -> None:
    # With the answers goes who was invited: that one of them has left since is not known any more.
    first, second = pulses(then={"Analys": 12}, now={"Analys": 11})
    people = crowd(12)
    invite(first, {"Analys": people})
    invite(second, {"Analys": people[1:]})
    (answers,) = [each for each in record_types() if each.record_type == "climate.answer"]
    answers.dispose(first.report_on + dt.timedelta(days=1))
    release_round(round_id=second.pk)
    assert read(second, hr, "Analys").changes == {}


def test_two_follow_ups_ask_about_different_things_and_are_not_compared(hr: Person) -> None:
    day = timezone.localdate()
    people = crowd(12)
    for days in (180, 3):
        of = counted_round(
            {"Analys": 12},
            instruments=("uppfoljning",),
            kind=RoundKind.FOLLOW_UP,
            answers={"Analys": {"4": 6, "2": 6}},
            closes_on=day - dt.timedelta(days),
        )
        invite(of, {"Analys": people})
        release_round(round_id=of.pk)
    report = read(of, hr, "Analys")
    assert report.whole.figures["uppfoljning.battre"].index == 50
    assert report.changes == {}


def test_joined_groups_are_compared_when_the_same_are_joined(hr: Person) -> None:
    first, second = pulses(
        then={"Ledning": 20, "Analys": 4, "Kansli": 5}, now={"Ledning": 20, "Analys": 5, "Kansli": 4}
    )
    people = {"Ledning": crowd(20), "Analys": crowd(5), "Kansli": crowd(4)}
    for of in (first, second):
        invite(of, people)
    release_round(round_id=second.pk)
    joint = Row.objects.get(release__round=second, group=None)
    assert joint.changes["hme.total"]["since"] == first.pk
    assert joint.changes["hme.total"]["before"] is not None


def test_a_unit_that_moved_in_the_organisation_is_compared(hr: Person) -> None:
    first, second = pulses(then={"Analys": 12, "Kansli": 14}, now={"Analys": 12, "Kansli": 14})
    people = crowd(12)
    invite(first, {"Analys": people})
    Unit.objects.filter(name="Analys").update(name="Analys och uppföljning", parent=None)
    at = group(second, "Analys")
    at.parent = None
    at.save(update_fields=["parent"])
    invite(second, {"Analys": people})
    release_round(round_id=second.pk)
    assert read(second, hr, "Analys").changes["hme.total"].since.title == "Puls 1"


def test_a_trend_ends_where_a_comparison_is_withheld(hr: Person) -> None:
    day = timezone.localdate()
    people = crowd(13)
    rounds = []
    for number, (days, who) in enumerate([(400, people[1:]), (200, people), (3, people)], start=1):
        of = counted_round(
            {"Analys": len(who)}, closes_on=day - dt.timedelta(days=days), title=f"Puls {number}"
        )
        invite(of, {"Analys": who})
        release_round(round_id=of.pk)
        rounds.append(of)
    report = read(rounds[2], hr, "Analys")
    assert [each.title for each in report.earlier] == ["Puls 2", "Puls 1"]
    total = trends_of(report)[-1]
    assert total.measure.key == "hme.total"
    # Between the first and the second one person came: the two are not put beside each other.
    assert [point.round.title for point in total.points] == ["Puls 2", "Puls 3"]
    assert [point.figure for point in total.points] == [
        read(of, hr, "Analys").whole.figures["hme.total"] for of in rounds[1:]
    ]


def test_units_are_put_beside_the_whole(hr: Person) -> None:
    answers = {
        "Analys": answers_of(20, "high", level=0.95),
        "Kansli": answers_of(20, "low", level=0.2),
        "Ledning": answers_of(20, "middle", level=0.55),
    }
    of = released({"Analys": 20, "Kansli": 20, "Ledning": 20}, answers=answers)
    report = read(of, hr)
    assert report.whole.beside == {}
    said = {name: column.beside["hme.total"] for name, column in named(report).items()}
    assert (said["Analys"].strength, said["Analys"].direction, said["Analys"].is_better) == (
        "clear",
        "higher",
        True,
    )
    assert (said["Kansli"].strength, said["Kansli"].direction, said["Kansli"].is_better) == (
        "clear",
        "lower",
        False,
    )
    assert not said["Ledning"].is_said
