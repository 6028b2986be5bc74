"""A matter with somebody who does not answer, or has left, comes back to the queue it came from."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.matters import actions, queries, rules
from styrfart.matters.facts import AlreadyAnswered, AlreadyRouted
from styrfart.matters.models import EventKind, HandOver, Matter, MatterState, Route, Routing
from styrfart.matters.queries import WaitingKind
from styrfart.overview.queries import home
from styrfart.people.models import Person, Post, TeamRole
from styrfart.shared.models import AuditEntry, OutgoingMail
from tests import make
from tests.matters.conftest import Office
from tests.matters.test_routes import address

WHY = {"taken_back": "Mikael har börjat på ett annat kontor."}


@pytest.fixture
def handed(office: Office) -> HandOver:
    """To the head of a unit, so long ago that it cannot be undone."""
    return hand_over(office, "Ska receptionen ha jour?")


def hand_over(office: Office, question: str) -> HandOver:
    matter = make.matter(office.team, question, by=office.sender)
    routing = actions.hand_over(
        matter=matter,
        revision=1,
        to=office.head,
        answer_by=timezone.localdate() + dt.timedelta(days=3),
        actor=office.chair,
    )
    Routing.objects.filter(pk=routing.pk).update(at=timezone.now() - dt.timedelta(minutes=11))
    OutgoingMail.objects.all().delete()
    return HandOver.objects.get(routing=routing)


def to_team(office: Office, *, secret: str = "") -> HandOver:
    """To the other team, with a chair and a secretary of its own."""
    make.member(office.other_team, role=TeamRole.CHAIR, person=make.person("Marianne", "Topp"))
    make.member(office.other_team, person=make.person("Linn", "Ledamot"))
    matter = make.matter(office.team, by=office.sender)
    day = timezone.localdate() + dt.timedelta(days=9)
    actions.hand_to_team(matter=matter, revision=1, to=office.other_team, answer_by=day, actor=office.chair)
    Matter.objects.update(secrecy_ground=secret)
    OutgoingMail.objects.all().delete()
    return HandOver.objects.get()


def leave(person: Person) -> None:
    """Every post ended yesterday; the account is open still, as after an import."""
    Post.objects.filter(person=person).update(valid_to=timezone.localdate() - dt.timedelta(days=1))


def told() -> set[str]:
    return {str(mail.recipient) for mail in OutgoingMail.objects.all()}


def kinds(person: Person) -> list[tuple[WaitingKind, int]]:
    """What waits, as on a request of its own."""
    return [(one.kind, one.matters) for one in queries.waiting_for(Person.objects.get(pk=person.pk))]


@pytest.mark.parametrize("who", ["chair", "secretary"])
def test_whoever_routes_takes_it_back_with_a_reason(office: Office, handed: HandOver, who: str) -> None:
    browser = office.as_(getattr(office, who))
    answer = browser.post(address("take-back", handed.matter), {"taken_back": " "})
    assert answer.status_code == 422
    assert "Skriv varför du tar tillbaka ärendet" in answer.content.decode()
    answer = browser.post(address("take-back", handed.matter), WHY, follow=True)
    assert "Tagit tillbaka till kön. De som berörs får veta varför." in answer.content.decode()
    handed.refresh_from_db()
    matter = Matter.objects.get()
    assert (matter.state, matter.team, matter.closed_at) == (MatterState.INBOX, office.team, None)
    assert (handed.is_open, handed.return_reason) == (False, WHY["taken_back"])
    assert queries.waiting_ids(office.team) == [matter.pk]
    assert kinds(office.head) == []


def test_receiver_and_sender_are_told_why_and_the_history_shows_it(office: Office, handed: HandOver) -> None:
    actions.take_back(hand_over=handed, reason=WHY["taken_back"], actor=office.secretary)
    assert told() == {"Mikael Strandvik", "Moa Medin"}
    letters = {mail.body.count(WHY["taken_back"]) for mail in OutgoingMail.objects.all()}
    assert letters == {1}
    event = handed.matter.events.latest("pk")
    assert (event.kind, event.by, event.note) == (EventKind.TAKEN_BACK, office.secretary, WHY["taken_back"])
    page = office.as_(office.head).get(address("show", handed.matter)).content.decode()
    assert "Tove Lind tog tillbaka ärendet till kön." in page
    assert WHY["taken_back"] in page
    entry = AuditEntry.objects.get(verb="matters.take_back")
    assert (entry.actor, set(entry.concerns.all())) == (
        office.secretary,
        {office.secretary, office.sender, office.head},
    )


def test_it_comes_back_from_a_team_whose_chair_is_told(office: Office) -> None:
    handed = to_team(office)
    page = office.as_(office.chair).get(address("show", Matter.objects.get())).content.decode()
    assert "Ångra valet av väg" in page
    office.as_(office.secretary).post(address("take-back", Matter.objects.get()), WHY)
    assert Matter.objects.get().team == office.team
    assert told() == {"Marianne Topp", "Moa Medin"}
    handed.refresh_from_db()
    assert not handed.is_open


def test_of_a_secret_matter_a_team_that_no_longer_reads_it_is_not_told(office: Office) -> None:
    handed = to_team(office, secret="OSL 21 kap. 7 §")
    actions.take_back(hand_over=handed, reason="Nej.", actor=office.chair)
    assert told() == {"Moa Medin"}


def test_a_team_that_asks_for_more_still_has_it(office: Office) -> None:
    handed = to_team(office)
    actions.ask_for_more(matter=Matter.objects.get(), revision=2, note="Vad?", actor=office.chair)
    assert rules.can_take_back(office.chair, HandOver.objects.get())
    actions.take_back(hand_over=handed, reason="Vi vet redan.", actor=office.chair)
    assert (Matter.objects.get().state, Matter.objects.get().team) == (MatterState.INBOX, office.team)


def test_what_the_team_has_chosen_a_route_for_is_theirs(office: Office) -> None:
    handed = to_team(office)
    giver = office.chair
    chair = Person.objects.get(given_name="Marianne")
    actions.decline(matter=Matter.objects.get(), revision=2, note="Nej.", home="Enheten", actor=chair)
    assert not rules.can_take_back(giver, HandOver.objects.get())
    with pytest.raises(AlreadyAnswered):
        actions.take_back(hand_over=handed, reason="Nej.", actor=giver)


def test_what_its_sender_took_back_is_not_put_in_a_queue(office: Office) -> None:
    handed = to_team(office)
    actions.withdraw(matter=Matter.objects.get(), revision=2, actor=office.sender)
    with pytest.raises(AlreadyRouted):
        actions.take_back(hand_over=handed, reason="Nej.", actor=office.chair)
    response = office.as_(office.chair).post(address("take-back", Matter.objects.get()), WHY)
    assert response.status_code == 409
    assert WHY["taken_back"] in response.content.decode()
    assert Matter.objects.get().state == MatterState.WITHDRAWN


def test_who_answered_first_is_not_overruled_and_what_was_typed_is_kept(
    office: Office, handed: HandOver
) -> None:
    actions.answer(hand_over=handed, text="Ja.", actor=office.head)
    response = office.as_(office.chair).post(address("take-back", handed.matter), WHY)
    assert response.status_code == 409
    assert WHY["taken_back"] in response.content.decode()
    assert Matter.objects.get().state == MatterState.ANSWERED


def test_a_draft_that_went_past_the_desk_comes_to_it(office: Office) -> None:
    draft = make.matter(office.team, by=office.sender, state=MatterState.DRAFT)
    day = timezone.localdate() + dt.timedelta(days=3)
    actions.hand_over_draft(matter=draft, revision=1, to=office.head, answer_by=day, actor=office.sender)
    page = office.as_(office.chair).get(address("show", draft)).content.decode()
    assert "Ta tillbaka till kön" in page
    office.as_(office.chair).post(address("take-back", draft), WHY)
    assert Matter.objects.get().state == MatterState.INBOX


def test_the_button_stands_where_undoing_stood(office: Office, handed: HandOver) -> None:
    def page() -> str:
        return str(office.as_(office.chair).get(address("show", handed.matter)).content.decode())

    assert "Ta tillbaka till kön" in page()
    assert "Den som fick ärendet har slutat." not in page()
    Routing.objects.update(at=timezone.now())
    assert "Ta tillbaka till kön" not in page()
    assert "Ångra valet av väg" in page()
    member = office.as_(office.member).get(address("show", handed.matter)).content.decode()
    assert "Ta tillbaka till kön" not in member


@pytest.mark.parametrize("closes_account", [True, False])
def test_that_the_receiver_has_left_is_told_to_those_who_route(
    office: Office, handed: HandOver, *, closes_account: bool
) -> None:
    if closes_account:
        Person.objects.filter(pk=office.head.pk).update(is_active=False)
    else:
        leave(office.head)
    listed = reverse("matters:all", args=[office.team.slug]) + "?lage=handed_over"
    for who, is_told in ((office.chair, 1), (office.secretary, 1), (office.member, 0)):
        for url in (address("show", handed.matter), listed):
            page = office.as_(who).get(url).content.decode()
            assert page.count("Den som fick ärendet har slutat.") == is_told
    assert kinds(office.chair) == [(WaitingKind.TAKE_BACK, 1)]
    assert kinds(office.secretary) == [(WaitingKind.TAKE_BACK, 1)]
    assert kinds(office.member) == []
    [row] = queries.waiting_for(Person.objects.get(pk=office.chair.pk))
    assert (row.title, row.why, row.url) == (
        "Ta tillbaka ett ärende till kön",
        "Kontorets ledningsgrupp. Den som fick ärendet har slutat.",
        listed,
    )


def test_one_row_however_many(office: Office) -> None:
    for question in ("Ett?", "Två?", "Tre?"):
        hand_over(office, question)
    leave(office.head)
    assert kinds(office.chair) == [(WaitingKind.TAKE_BACK, 3)]
    shown = [item.title for item in home(Person.objects.get(pk=office.chair.pk)).shown]
    assert shown == ["Ta tillbaka tre ärenden till kön"]


@pytest.mark.parametrize(
    "ends",
    [[], [None], [-1, None], [-1, 0], [-1, 3]],
    ids=["never held one", "holds one", "holds another", "last day", "for some days yet"],
)
def test_who_has_a_post_or_never_had_one_has_not_left(
    office: Office, handed: HandOver, ends: list[int | None]
) -> None:
    Post.objects.filter(person=office.head).delete()
    today = timezone.localdate()
    for end in ends:
        post = make.post(office.head, office.planning, title=f"Slut {end}")
        post.valid_to = None if end is None else today + dt.timedelta(days=end)
        post.save()
    assert not queries.has_left(Person.objects.get(pk=office.head.pk))
    assert kinds(office.chair) == []
    assert not queries.team_matters(office.team)[0].receiver_left  # type: ignore[attr-defined]  # of the list's query


def test_what_has_been_answered_or_taken_back_waits_no_longer(office: Office, handed: HandOver) -> None:
    leave(office.head)
    actions.take_back(hand_over=handed, reason="Nej.", actor=office.chair)
    assert kinds(office.chair) == [(WaitingKind.ROUTE, 1)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_handed_matters_asks_the_same_whatever_there_is(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for nr in range(count):
        hand_over(office, f"Fråga {nr}?")
    leave(office.head)
    browser = office.as_(office.chair)
    url = reverse("matters:all", args=[office.team.slug]) + "?lage=handed_over"
    browser.get(url)
    with django_assert_num_queries(10):
        browser.get(url)


@pytest.mark.parametrize("count", [1, 3])
def test_what_waits_asks_the_same_whatever_there_is(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for nr in range(count):
        hand_over(office, f"Fråga {nr}?")
    leave(office.head)
    queries.waiting_for(office.chair)
    chair = Person.objects.get(pk=office.chair.pk)
    with django_assert_num_queries(7):  # three for who the chair is
        assert [one.matters for one in queries.waiting_for(chair)] == [count]


def test_an_undone_hand_over_and_a_routing_of_another_kind_do_not_count(office: Office) -> None:
    matter = make.matter(office.team, by=office.sender, state=MatterState.PREPARING)
    make.routing(matter, Route.COMMITTEE, by=office.chair)
    assert office.as_(office.chair).post(address("take-back", matter), WHY).status_code == 404
