"""Turns to lead: everybody once before anybody again, swaps, skips, and people who leave."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrfart.meetings import actions
from styrfart.meetings import facts_plans as facts
from styrfart.meetings.models import Meeting, MeetingKind, MeetingState, RotaPlace
from styrfart.meetings.turns import Turns
from styrfart.people.models import Person, Team, TeamMember
from styrfart.shared.models import OutgoingMail
from tests import make
from tests.conftest import signed_in

FIRST = dt.date(2027, 1, 14)


@pytest.fixture
def kind(team: Team) -> MeetingKind:
    return make.meeting_kind(team)


@pytest.fixture
def three(kind: MeetingKind, chair: Person, member: Person) -> list[Person]:
    """Ingrid, Samir and Bo lead in turn."""
    third = make.member(kind.team, person=make.person("Bo", "Berg")).person
    order = [chair, member, third]
    actions.set_rota(kind=kind, people=order, revision=1, actor=chair)
    return order


def plan(kind: MeetingKind, actor: Person, number: int, *, from_week: int = 0) -> list[Meeting]:
    return [
        actions.plan_meeting(
            team=kind.team,
            kind=kind,
            wish=actions.Wish(FIRST + dt.timedelta(weeks=week), dt.time(9), 60),
            actor=actor,
        )
        for week in range(from_week, from_week + number)
    ]


def leaders(kind: MeetingKind) -> list[str]:
    return [
        meeting.leader.given_name
        for meeting in Meeting.objects.filter(kind=kind).exclude(state=MeetingState.CANCELLED)
    ]


# --- the law of turns -------------------------------------------------------------------------------
@given(people=st.integers(1, 8), meetings=st.integers(0, 40))
def test_after_any_number_of_meetings_nobody_has_led_more_than_once_more_than_another(
    people: int, meetings: int
) -> None:
    order = list(range(people))
    turns, led = Turns(order), []
    for _ in range(meetings):
        who = turns.next(order)
        assert who is not None
        turns.note(who)
        led.append(who)
    counts = [led.count(person) for person in order]
    assert max(counts) - min(counts) <= 1
    assert led == [order[at % people] for at in range(meetings)]


@given(
    order=st.permutations(list(range(5))),
    led=st.lists(st.integers(0, 6), max_size=30),
    there=st.sets(st.integers(0, 6)),
)
def test_the_next_is_always_one_of_those_who_are_there(
    order: list[int], led: list[int], there: set[int]
) -> None:
    found = Turns(order, led).next(there)
    assert (found is None) == (not there & set(order))
    assert found is None or found in there


@pytest.mark.parametrize(
    ("led", "there", "found"),
    [
        ([], {1, 2, 3}, 1),
        ([1], {1, 2, 3}, 2),
        ([2], {1, 2, 3}, 1),  # skipped: the one who was passed over comes next
        ([2, 1], {1, 2, 3}, 3),  # swapped: the third comes as if nothing had happened
        ([1, 2, 3], {1, 2, 3}, 1),
        ([1], {1, 3}, 3),  # away
        ([1, 3], {1, 2, 3}, 2),  # back: first in turn
        ([1, 2], {1, 2}, 1),  # the third has left for good
        ([9], {1, 2, 3}, 1),  # somebody else led
        ([], set(), None),
    ],
)
def test_whose_turn_it_is(led: list[int], there: set[int], found: int | None) -> None:
    assert Turns([1, 2, 3], led).next(there) == found


# --- in meetings ------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_without_a_rota_the_chair_leads(kind: MeetingKind, chair: Person, member: Person) -> None:
    plan(kind, chair, 2)
    assert leaders(kind) == ["Ingrid", "Ingrid"]


@pytest.mark.django_db
def test_turns_continue_from_one_planning_to_the_next(
    kind: MeetingKind, chair: Person, three: list[Person]
) -> None:
    plan(kind, chair, 2)
    plan(kind, chair, 3, from_week=2)
    assert leaders(kind) == ["Ingrid", "Samir", "Bo", "Ingrid", "Samir"]


@pytest.mark.django_db
def test_who_has_left_the_team_by_then_is_passed_over(
    kind: MeetingKind, chair: Person, three: list[Person]
) -> None:
    TeamMember.objects.filter(person=three[1]).update(valid_to=FIRST + dt.timedelta(days=8))
    plan(kind, chair, 5)
    assert leaders(kind) == ["Ingrid", "Samir", "Bo", "Ingrid", "Bo"]


@pytest.mark.django_db
def test_who_leaves_after_planning_hands_over_to_the_next_in_turn(
    kind: MeetingKind, chair: Person, three: list[Person]
) -> None:
    meetings = plan(kind, chair, 3)
    TeamMember.objects.filter(person=three[1]).update(valid_to=FIRST + dt.timedelta(days=1))
    for meeting in meetings:
        actions.refresh_attendees(meeting=meeting)
    assert leaders(kind) == ["Ingrid", "Bo", "Bo"]


@pytest.mark.django_db
def test_who_takes_over_from_somebody_who_left_is_told_in_one_letter(
    kind: MeetingKind, chair: Person, three: list[Person]
) -> None:
    plan(kind, chair, 6)
    OutgoingMail.objects.all().delete()
    TeamMember.objects.filter(person=three[1]).update(valid_to=FIRST + dt.timedelta(days=1))
    actions.refresh_everywhere(today=FIRST)
    assert leaders(kind) == ["Ingrid", "Bo", "Bo", "Ingrid", "Ingrid", "Bo"]
    told = OutgoingMail.objects.filter(subject__startswith="Du leder")
    assert sorted((letter.recipient.given_name, letter.subject) for letter in told if letter.recipient) == [
        ("Bo", "Du leder mötet 21 januari"),
        ("Ingrid", "Du leder mötet 11 februari"),
    ]


@pytest.mark.django_db
def test_setting_the_rota_deals_out_meetings_not_called_in_one_letter_each(
    kind: MeetingKind, chair: Person, member: Person
) -> None:
    meetings = plan(kind, chair, 4)
    Meeting.objects.filter(pk=meetings[0].pk).update(state=MeetingState.CALLED)
    OutgoingMail.objects.all().delete()
    changed = actions.set_rota(kind=kind, people=[member, chair], revision=1, actor=chair)
    assert leaders(kind) == ["Ingrid", "Samir", "Ingrid", "Samir"]
    assert [meeting.pk for meeting in changed] == [meetings[1].pk, meetings[3].pk]
    [letter] = OutgoingMail.objects.all()
    assert (letter.recipient, letter.subject) == (member, "Du leder mötet 21 januari")
    assert "torsdag 21 januari 09.00" in letter.body
    assert "torsdag 4 februari 09.00" in letter.body


@pytest.mark.django_db
def test_the_same_order_again_changes_and_tells_nothing(
    kind: MeetingKind, chair: Person, three: list[Person]
) -> None:
    plan(kind, chair, 2)
    OutgoingMail.objects.all().delete()
    assert actions.set_rota(kind=kind, people=three, revision=2, actor=chair) == []
    assert OutgoingMail.objects.count() == 0


@pytest.mark.django_db
def test_two_tabs_on_one_rota(kind: MeetingKind, chair: Person, three: list[Person]) -> None:
    with pytest.raises(facts.PlanChanged):
        actions.set_rota(kind=kind, people=three[:1], revision=1, actor=chair)
    assert RotaPlace.objects.count() == 3


@pytest.mark.django_db
def test_two_swap_their_meetings_and_both_are_told_and_the_round_goes_on(
    kind: MeetingKind, chair: Person, secretary: Person, three: list[Person]
) -> None:
    first, second, *_rest = plan(kind, chair, 3)
    OutgoingMail.objects.all().delete()
    actions.swap_leaders(meeting=first, other=second, revision=1, actor=secretary)
    assert leaders(kind) == ["Samir", "Ingrid", "Bo"]
    assert sorted((str(letter.recipient), letter.subject) for letter in OutgoingMail.objects.all()) == [
        ("Ingrid Hall", "Du leder mötet 21 januari"),
        ("Samir Haddad", "Du leder mötet 14 januari"),
    ]
    assert set(first.items.values_list("owner", flat=True)) == {three[1].pk}
    plan(kind, chair, 3, from_week=3)
    assert leaders(kind) == ["Samir", "Ingrid", "Bo", "Ingrid", "Samir", "Bo"]


@pytest.mark.django_db
def test_a_swap_upon_an_old_page_or_with_oneself_is_refused(
    kind: MeetingKind, chair: Person, three: list[Person]
) -> None:
    first, second, _third, fourth = plan(kind, chair, 4)
    with pytest.raises(facts.CannotSwap):
        actions.swap_leaders(meeting=first, other=fourth, revision=1, actor=chair)
    actions.swap_leaders(meeting=first, other=second, revision=1, actor=chair)
    with pytest.raises(facts.PlanChanged):
        actions.swap_leaders(meeting=first, other=second, revision=1, actor=chair)


@pytest.mark.django_db
def test_the_skipped_one_comes_next_time(kind: MeetingKind, chair: Person, three: list[Person]) -> None:
    first, *_rest = plan(kind, chair, 3)
    actions.skip_turn(meeting=first, revision=1, actor=chair)
    assert leaders(kind) == ["Samir", "Ingrid", "Bo"]


@pytest.mark.django_db
def test_the_skipped_one_comes_next_time_also_when_that_is_planned_later(
    kind: MeetingKind, chair: Person, three: list[Person]
) -> None:
    [only] = plan(kind, chair, 1)
    actions.skip_turn(meeting=only, revision=1, actor=chair)
    plan(kind, chair, 3, from_week=1)
    assert leaders(kind) == ["Samir", "Ingrid", "Bo", "Ingrid"]


@pytest.mark.django_db
def test_nobody_else_to_lead(kind: MeetingKind, chair: Person) -> None:
    [only] = plan(kind, chair, 1)
    with pytest.raises(facts.NobodyElseLeads):
        actions.skip_turn(meeting=only, revision=1, actor=chair)
    with pytest.raises(facts.NobodyElseLeads):
        actions.skip_turn(meeting=make.meeting(kind.team, leader=chair), revision=1, actor=chair)


# --- on the page ------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_buttons_move_people_about_and_one_saves(
    kind: MeetingKind, chair: Person, member: Person, adjunct: Person
) -> None:
    client = signed_in(chair)
    where = f"/lg/{kind.team.slug}/moten/struktur/{kind.pk}/turordning/"
    order = ""
    for press in (f"till-{member.pk}", f"till-{adjunct.pk}", f"till-{chair.pk}", f"upp-{chair.pk}"):
        page = client.post(where, {"revision": "1", "order": order, "change": press})
        order = page.context["ids"]
    assert order == f"{member.pk} {chair.pk} {adjunct.pk}"
    page = client.post(where, {"revision": "1", "order": order, "change": f"bort-{adjunct.pk}"})
    assert RotaPlace.objects.count() == 0
    saved = client.post(where, {"revision": "1", "order": page.context["ids"]})
    assert saved.headers["Location"] == where
    assert list(RotaPlace.objects.values_list("person", flat=True)) == [member.pk, chair.pk]
    late = client.post(where, {"revision": "1", "order": str(chair.pk)})
    assert late.status_code == 409
    assert late.context["ids"] == str(chair.pk)


@pytest.mark.django_db
def test_swap_and_skip_from_the_page(kind: MeetingKind, chair: Person, three: list[Person]) -> None:
    first, second, _third = plan(kind, chair, 3)
    client = signed_in(chair)
    base = f"/lg/{kind.team.slug}/moten/{first.slug}/tur/"
    client.post(f"{base}byt/", {"revision": "1", "other": second.pk})
    assert leaders(kind) == ["Samir", "Ingrid", "Bo"]
    client.post(f"{base}byt/", {"revision": "2", "other": "12345"})
    client.post(f"{base}hoppa-over/", {"revision": "1"})  # upon an old page
    assert leaders(kind) == ["Samir", "Ingrid", "Bo"]
    client.post(f"{base}hoppa-over/", {"revision": "2"})
    assert leaders(kind) == ["Ingrid", "Samir", "Bo"]


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["tur/byt/", "tur/hoppa-over/", "andra/", "stall-in/"])
def test_who_may(
    where: str,
    kind: MeetingKind,
    chair: Person,
    secretary: Person,
    member: Person,
    adjunct: Person,
    stranger: Person,
) -> None:
    [meeting] = plan(kind, chair, 1)
    address = f"/lg/{kind.team.slug}/moten/{meeting.slug}/{where}"
    allowed = 302 if where.startswith("tur/") else 422
    codes = [
        signed_in(person).post(address, {}).status_code
        for person in (chair, secretary, member, adjunct, stranger)
    ]
    assert codes == [allowed, allowed, 403, 403, 404]


@pytest.mark.django_db
def test_everybody_in_the_team_reads_the_rota_and_those_who_plan_change_it(
    kind: MeetingKind, chair: Person, member: Person, adjunct: Person, stranger: Person
) -> None:
    plan(kind, chair, 1)
    where = f"/lg/{kind.team.slug}/moten/struktur/{kind.pk}/turordning/"
    everybody = [chair, member, adjunct, stranger]
    assert [signed_in(person).get(where).status_code for person in everybody] == [200, 200, 200, 404]
    assert [signed_in(person).post(where, {}).status_code for person in everybody] == [422, 403, 403, 404]
    page = signed_in(member).get(where).content.decode()
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.django_db
def test_who_leads_gives_the_turn_away_or_swaps_it_and_only_that(
    kind: MeetingKind, chair: Person, three: list[Person]
) -> None:
    first, second, third = plan(kind, chair, 3)
    client, base = signed_in(three[1]), f"/lg/{kind.team.slug}/moten"
    page = client.get(f"{base}/struktur/{kind.pk}/turordning/").content.decode()
    assert page.count("Låt nästa i tur leda") == 1
    assert client.post(f"{base}/{first.slug}/tur/hoppa-over/", {"revision": "1"}).status_code == 403
    OutgoingMail.objects.all().delete()
    client.post(f"{base}/{second.slug}/tur/hoppa-over/", {"revision": "1"})
    assert leaders(kind) == ["Ingrid", "Bo", "Samir"]
    letter = OutgoingMail.objects.get()
    assert (letter.recipient, letter.subject) == (three[2], "Du leder mötet 21 januari")
    assert "Turordningen ändrades av Samir" in letter.body
    client.post(f"{base}/{third.slug}/tur/byt/", {"revision": "2", "other": first.pk})
    assert leaders(kind) == ["Samir", "Bo", "Ingrid"]


@pytest.mark.django_db
def test_nobody_gets_a_turn_after_they_have_left(
    kind: MeetingKind, chair: Person, three: list[Person]
) -> None:
    first, second, _third = plan(kind, chair, 3)
    TeamMember.objects.filter(person=chair).update(valid_to=FIRST)
    with pytest.raises(facts.LeaderIsNotThere):
        actions.swap_leaders(meeting=first, other=second, revision=1, actor=chair)
    actions.skip_turn(meeting=first, revision=1, actor=chair)
    assert leaders(kind) == ["Samir", "Samir", "Bo"]
