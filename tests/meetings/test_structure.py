"""How the team meets: kinds from starting points, standing items, and the page of meetings."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.meetings import actions, starting_points
from styrfart.meetings import facts_plans as facts
from styrfart.meetings.models import (
    AgendaItem,
    ItemSource,
    Meeting,
    MeetingKind,
    MeetingState,
    Minutes,
    MinutesState,
    Rhythm,
    Series,
    StandingItem,
)
from styrfart.meetings.queries.structure import structure
from styrfart.meetings.templatetags.planning import duration, on_days, when
from styrfart.people.models import Person, Team
from styrfart.shared.models import AuditEntry, OutgoingMail
from tests import make
from tests.conftest import signed_in
from tests.meetings.plans import changed, single

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 22)
AN_ITEM = {
    "title": "Läget sedan sist",
    "purpose": "follow_up",
    "level": "tactical",
    "minutes": "10",
    "owner": "",
    "outcome": "Vi vet vad som har hänt.",
}


def address(name: str, team: Team, *args: object) -> str:
    return reverse(f"meetings:{name}", args=[team.slug, *args])


def kind_from(team: Team, key: str, actor: Person) -> MeetingKind:
    start = starting_points.kinds()[key]
    return actions.add_kind(team=team, values=start.values, standing=start.standing, actor=actor)


def values(**changed: object) -> actions.ItemValues:
    given: dict[str, object] = {
        "title": "Läget",
        "purpose": "follow_up",
        "level": "tactical",
        "minutes": 10,
        "outcome": "Vi vet.",
    }
    return actions.ItemValues(**{**given, **changed})  # type: ignore[arg-type]  # as given above


# --- starting points --------------------------------------------------------------------------------
def test_starting_points_hold_the_lengths_and_lead_times_of_domain_1_3() -> None:
    found = {
        key: (
            start.values.minutes,
            start.rhythm,
            start.times_a_year,
            start.values.call_days,
            start.values.lead_days,
        )
        for key, start in starting_points.kinds().items()
    }
    assert found == {
        "weekly": (45, Rhythm.WEEKLY, 44, 0, 0),
        "ordinary": (120, Rhythm.FORTNIGHTLY, 22, 5, 5),
        "strategy": (240, Rhythm.QUARTERLY, 4, 10, 10),
        "development": (120, Rhythm.QUARTERLY, 4, 5, 2),
        # Fourteen days before for the notice, seven for the material, in working days.
        "consultation": (90, Rhythm.MONTHLY, 10, 10, 5),
    }


@pytest.mark.parametrize("key", list(starting_points.HINTS))
def test_each_starting_point_can_be_saved_and_its_items_fit_in_its_time(
    key: str, team: Team, chair: Person
) -> None:
    kind = kind_from(team, key, chair)
    kind.full_clean()
    for item in kind.standing_items.all():
        item.full_clean()
    total = sum(item.minutes for item in kind.standing_items.all())
    assert total + 5 * kind.has_check_in + 5 * kind.has_wrap_up <= kind.minutes


def test_a_kind_is_chosen_changed_and_saved(team: Team, chair: Person) -> None:
    client = signed_in(chair)
    page = client.get(address("add-kind", team) + "?mall=ordinary")
    assert page.context["form"]["name"].value() == "Ledningsgruppens möte"
    start = starting_points.kinds()["ordinary"].values
    posted = {name: getattr(start, name) for name in actions.KindValues.__dataclass_fields__}
    posted |= {"name": "Torsdagsmötet", "minutes": "90", "has_silent_round": "", "has_checker": ""}
    answer = client.post(address("add-kind", team) + "?mall=ordinary", posted)
    kind = MeetingKind.objects.get()
    assert answer.headers["Location"] == address("edit-kind", team, kind.pk)
    assert (kind.name, kind.minutes, kind.place, kind.has_checker) == ("Torsdagsmötet", 90, "", False)
    assert list(kind.standing_items.values_list("title", flat=True)) == [
        "Läget sedan sist: beslut och åtgärder"
    ]
    assert client.post(address("add-kind", team), posted).status_code == 422
    assert MeetingKind.objects.count() == 1


# --- in words ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rhythm", "first", "words"),
    [
        (Rhythm.WEEKLY, dt.date(2027, 1, 14), "Varje torsdag"),
        (Rhythm.FORTNIGHTLY, dt.date(2027, 1, 14), "Varannan torsdag"),
        (Rhythm.THIRD_WEEK, dt.date(2027, 1, 12), "Var tredje tisdag"),
        (Rhythm.FOURTH_WEEK, dt.date(2027, 1, 11), "Var fjärde måndag"),
        (Rhythm.MONTHLY, dt.date(2027, 1, 14), "Andra torsdagen i månaden"),
        (Rhythm.MONTHLY, dt.date(2027, 1, 29), "Sista fredagen i månaden"),
        (Rhythm.QUARTERLY, dt.date(2027, 1, 6), "Första onsdagen var tredje månad"),
    ],
)
def test_a_rhythm_is_said_in_words(rhythm: Rhythm, first: dt.date, words: str) -> None:
    assert on_days(rhythm, first) == words


def test_a_series_and_a_length_are_said_in_words(team: Team, chair: Person) -> None:
    kind = make.meeting_kind(team)
    series = Series.objects.create(
        kind=kind,
        rhythm=Rhythm.FORTNIGHTLY,
        first_on=dt.date(2027, 1, 14),
        last_on=dt.date(2027, 6, 17),
        starts_at=dt.time(9, 0),
        created_by=chair,
    )
    assert when(series) == "Varannan torsdag 09.00–11.00"
    assert [duration(minutes) for minutes in (45, 60, 120, 150)] == [
        "45 minuter",
        "en timme",
        "två timmar",
        "två timmar och 30 minuter",
    ]


def test_hours_a_year_are_those_of_the_meetings_planned(team: Team, chair: Person) -> None:
    kind = make.meeting_kind(team)
    for weeks, state in ((1, "planned"), (3, "planned"), (5, "cancelled"), (60, "planned")):
        make.meeting(
            team,
            held_on=TODAY + dt.timedelta(weeks=weeks),
            kind=kind,
            leader=chair,
            state=MeetingState(state),
        )
    make.meeting(team, held_on=TODAY + dt.timedelta(days=1), leader=chair)  # of no kind
    make.item(Meeting.objects.earliest("pk"))
    found = structure(team, TODAY)
    [row] = found.kinds
    assert (row.number, row.minutes, row.last_on) == (2, 240, TODAY + dt.timedelta(weeks=3))
    assert found.hours == 4


# --- standing items ---------------------------------------------------------------------------------
def test_a_new_standing_item_comes_before_the_wrap_up_of_meetings_not_called(
    team: Team, chair: Person
) -> None:
    kind = make.meeting_kind(team)
    day = timezone.localdate() + dt.timedelta(days=7)
    coming, called = (
        actions.plan_meeting(team=team, kind=kind, wish=actions.Wish(day, dt.time(hour), 60), actor=chair)
        for hour in (9, 13)
    )
    Meeting.objects.filter(pk=called.pk).update(state=MeetingState.CALLED)
    actions.add_standing_item(kind=kind, values=values(), revision=1, actor=chair)
    assert list(coming.items.values_list("title", "position", "source")) == [
        ("Incheckning", 1, ItemSource.CHECK_IN),
        ("Läget", 2, ItemSource.STANDING),
        ("Avrundning", 3, ItemSource.WRAP_UP),
    ]
    assert list(called.items.values_list("title", flat=True)) == ["Incheckning", "Avrundning"]


def test_what_somebody_has_changed_on_an_agenda_is_left_alone(team: Team, chair: Person) -> None:
    kind = make.meeting_kind(team)
    item = actions.add_standing_item(kind=kind, values=values(), revision=1, actor=chair)
    day = timezone.localdate() + dt.timedelta(days=7)
    first, second = (
        actions.plan_meeting(team=team, kind=kind, wish=actions.Wish(day, dt.time(hour), 60), actor=chair)
        for hour in (9, 13)
    )
    AgendaItem.objects.filter(meeting=second, standing_item=item).update(title="Eget", revision=2)
    actions.change_standing_item(item=item, values=values(title="Nytt"), revision=2, actor=chair)
    titles = [
        list(each.items.filter(source="standing").values_list("title", flat=True)) for each in (first, second)
    ]
    assert titles == [["Nytt"], ["Eget"]]
    actions.remove_standing_item(item=item, actor=chair)
    left = [
        list(each.items.filter(source="standing").values_list("title", flat=True)) for each in (first, second)
    ]
    assert left == [[], ["Eget"]]
    assert AgendaItem.objects.get(title="Eget").standing_item is None


def test_another_leader_does_not_cut_an_agenda_off_from_what_always_stands_on_it(
    team: Team, chair: Person, member: Person
) -> None:
    kind = make.meeting_kind(team)
    item = actions.add_standing_item(kind=kind, values=values(), revision=1, actor=chair)
    meeting = single(team, chair, kind=kind)
    actions.change_meeting(
        meeting=meeting, change=changed(meeting, leader=member), revision=meeting.revision, actor=chair
    )
    actions.change_standing_item(item=item, values=values(title="Nytt"), revision=2, actor=chair)
    stands = meeting.items.get(standing_item=item)
    assert (stands.title, stands.owner) == ("Nytt", member)
    AgendaItem.objects.filter(pk=stands.pk).update(background="Vi har räknat.")
    actions.remove_standing_item(item=item, actor=chair)
    assert meeting.items.get(pk=stands.pk).background == "Vi har räknat."


def test_what_somebody_else_has_taken_away_is_neither_moved_nor_removed_again(
    team: Team, chair: Person
) -> None:
    kind = make.meeting_kind(team)
    item = actions.add_standing_item(kind=kind, values=values(), revision=1, actor=chair)
    stale = StandingItem.objects.get(pk=item.pk)
    actions.remove_standing_item(item=item, actor=chair)
    actions.move_standing_item(item=stale, step=1, actor=chair)
    actions.remove_standing_item(item=stale, actor=chair)
    assert AuditEntry.objects.filter(verb="meetings.remove_standing_item").count() == 1


def test_standing_items_are_moved_by_buttons_and_stay_at_the_edges(team: Team, chair: Person) -> None:
    kind = make.meeting_kind(team)
    for number, title in enumerate("ABC"):
        actions.add_standing_item(kind=kind, values=values(title=title), revision=1 + number, actor=chair)
    client = signed_in(chair)

    def order() -> list[str]:
        return list(kind.standing_items.values_list("title", flat=True))

    def press(title: str, way: str) -> None:
        item = StandingItem.objects.get(title=title)
        client.post(address("move-standing-item", team, kind.pk, item.pk), {"flytta": way})

    press("C", "upp")
    assert order() == ["A", "C", "B"]
    press("A", "upp")
    press("B", "ned")
    press("B", "åt sidan")
    assert order() == ["A", "C", "B"]


def test_a_standing_item_is_written_on_a_page(team: Team, chair: Person) -> None:
    kind = make.meeting_kind(team)
    client = signed_in(chair)
    where = address("add-standing-item", team, kind.pk)
    assert client.post(where, {**AN_ITEM, "revision": "1", "outcome": ""}).status_code == 422
    assert client.post(where, {**AN_ITEM, "revision": "1"}).status_code == 302
    item = StandingItem.objects.get()
    edit = address("edit-standing-item", team, kind.pk, item.pk)
    late = client.post(edit, {**AN_ITEM, "revision": "1", "title": "Från en gammal flik"})
    assert late.status_code == 409
    assert "Från en gammal flik" in late.content.decode()
    again = client.post(edit, {**AN_ITEM, "revision": late.context["form"]["revision"].value(), "title": "B"})
    assert again.status_code == 302
    item.refresh_from_db()
    assert (item.title, item.owner) == ("B", None)
    client.post(address("remove-standing-item", team, kind.pk, item.pk))
    assert StandingItem.objects.count() == 0


# --- changing and ending a kind ---------------------------------------------------------------------
def test_two_tabs_on_one_kind(team: Team, chair: Person) -> None:
    kind = kind_from(team, "ordinary", chair)
    changed = starting_points.kinds()["ordinary"].values
    actions.change_kind(
        kind=kind, values=actions.KindValues(**{**vars(changed), "place": "A"}), revision=1, actor=chair
    )
    with pytest.raises(facts.PlanChanged):
        actions.change_kind(
            kind=kind, values=actions.KindValues(**{**vars(changed), "place": "B"}), revision=1, actor=chair
        )
    kind.refresh_from_db()
    assert (kind.place, kind.revision) == ("A", 2)


def test_ending_a_kind_keeps_what_was_and_cancels_what_comes_after_in_one_letter(
    team: Team, chair: Person, member: Person
) -> None:
    kind = make.meeting_kind(team)
    today = timezone.localdate()
    days = [today + dt.timedelta(days=each) for each in (7, 14, 21)]
    series = actions.plan_series(
        kind=kind,
        rhythm=Rhythm.WEEKLY,
        first_on=days[0],
        last_on=days[-1],
        starts_at=dt.time(9),
        days=[(day, day) for day in days],
        actor=chair,
    )
    OutgoingMail.objects.all().delete()
    answer = signed_in(chair).post(
        address("end-kind", team, kind.pk),
        {"last_day": days[0].isoformat(), "reason": "Vi möts mer sällan.", "revision": "1"},
    )
    assert answer.headers["Location"] == address("kinds", team)
    series.refresh_from_db()
    kind.refresh_from_db()
    assert (kind.valid_to, series.last_on, series.ended_at is not None) == (days[0], days[0], True)
    assert list(Meeting.objects.values_list("state", flat=True)) == ["planned", "cancelled", "cancelled"]
    [letter] = OutgoingMail.objects.filter(recipient=member)
    assert letter.subject == "2 möten är inställda"
    with pytest.raises(facts.KindEnded):
        actions.end_kind(kind=kind, last_day=today, reason="Igen.", revision=2, actor=chair)


# --- the page of meetings ---------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_meetings(
    number: int, team: Team, chair: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    today = timezone.localdate()
    for at in range(number):
        coming = make.meeting(team, held_on=today + dt.timedelta(days=7 + at), leader=chair)
        make.item(coming, minutes=30)
        make.item(coming, minutes=15)
        past = make.meeting(
            team, held_on=today - dt.timedelta(days=7 + at), leader=chair, state=MeetingState.ENDED
        )
        Minutes.objects.create(meeting=past, state=MinutesState.DRAFT)
    make.meeting(held_on=today, leader=chair)  # of another team
    client = signed_in(chair)
    client.get(address("index", team))
    with django_assert_num_queries(11):
        page = client.get(address("index", team))
    found = page.context["index"]
    assert found.following == Meeting.objects.filter(team=team, state="planned").earliest("held_on")
    assert [(part.label, part.minutes) for part in found.strip] == [("Besluta", 30), ("Besluta", 15)]
    assert len(found.coming) == number - 1
    assert [row.state for row in found.rows] == ["draft"] * number


def test_a_meeting_that_goes_on_comes_first(team: Team, chair: Person) -> None:
    today = timezone.localdate()
    forgotten = make.meeting(
        team, held_on=today - dt.timedelta(days=1), leader=chair, state=MeetingState.OPEN
    )
    make.meeting(team, held_on=today, leader=chair)
    page = signed_in(chair).get(address("index", team))
    assert page.context["index"].following == forgotten
    assert "Mötet pågår" in page.content.decode()


def test_the_empty_page_says_how_to_begin(team: Team, chair: Person, as_member: Client) -> None:
    assert "Börja med hur ni brukar mötas" in signed_in(chair).get(address("index", team)).content.decode()
    page = as_member.get(address("index", team)).content.decode()
    assert "När ordföranden eller sekreteraren planerar möten" in page
    assert "Planera möte" not in page


# --- who may ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["index", "kinds", "wheel"])
def test_who_may_read(
    name: str,
    team: Team,
    chair: Person,
    member: Person,
    secretary: Person,
    adjunct: Person,
    stranger: Person,
    employee: Person,
    owner: Person,
) -> None:
    everybody = [chair, member, secretary, adjunct, stranger, employee, owner]
    codes = [signed_in(person).get(address(name, team)).status_code for person in everybody]
    assert codes == [200, 200, 200, 200, 404, 404, 403]


@pytest.mark.parametrize(
    "name",
    ["plan", "add-kind", "edit-kind", "end-kind", "plan-series", "start-wheel", "add-wheel-item"],
)
def test_who_may_plan(
    name: str,
    team: Team,
    chair: Person,
    member: Person,
    secretary: Person,
    adjunct: Person,
    stranger: Person,
    employee: Person,
) -> None:
    args = [make.meeting_kind(team).pk] if name in {"edit-kind", "end-kind", "plan-series"} else []
    everybody = [chair, secretary, member, adjunct, stranger, employee]
    codes = [signed_in(person).get(address(name, team, *args)).status_code for person in everybody]
    assert codes == [200, 200, 403, 403, 404, 404]


# --- how many questions the pages ask ---------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_kinds(
    number: int, team: Team, chair: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for at in range(number):
        kind = make.meeting_kind(team, f"Möte {at}")
        actions.add_standing_item(kind=kind, values=values(), revision=1, actor=chair)
        day = timezone.localdate() + dt.timedelta(days=7)
        actions.plan_series(
            kind=kind,
            rhythm=Rhythm.WEEKLY,
            first_on=day,
            last_on=day,
            starts_at=dt.time(9 + at),
            days=[(day, day)],
            actor=chair,
        )
    client = signed_in(chair)
    client.get(address("kinds", team))
    with django_assert_num_queries(10):
        page = client.get(address("kinds", team))
    rows = page.context["structure"].kinds
    assert [(row.number, row.standing, row.has_rota, len(row.series)) for row in rows] == [
        (1, 1, False, 1)
    ] * number
    assert page.content.decode().count(".00–1") == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_of_a_kind_and_its_rota(
    number: int, team: Team, chair: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kind = make.meeting_kind(team)
    people = [make.member(team).person for _ in range(number)]
    for at in range(number):
        actions.add_standing_item(kind=kind, values=values(), revision=1 + at, actor=chair)
        day = timezone.localdate() + dt.timedelta(days=7 + at)
        actions.plan_meeting(team=team, kind=kind, wish=actions.Wish(day, dt.time(9), 60), actor=chair)
    actions.set_rota(kind=kind, people=people, revision=1 + number, actor=chair)
    client = signed_in(chair)
    client.get(address("rota", team, kind.pk))
    with django_assert_num_queries(10):
        client.get(address("edit-kind", team, kind.pk))
    with django_assert_num_queries(10):
        page = client.get(address("rota", team, kind.pk))
    assert page.context["order"] == people
    assert len(page.context["swaps"]) == number
