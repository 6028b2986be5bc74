"""What the receiver does: confirm, answer by the day, hand back with a reason."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from styrfart.matters import actions, queries
from styrfart.matters.models import EventKind, HandOver, Matter, MatterState, Preparation
from styrfart.matters.queries import WaitingKind
from styrfart.shared.models import OutgoingMail
from tests import make
from tests.matters.conftest import Office
from tests.matters.test_routes import address


@pytest.fixture
def handed(office: Office) -> HandOver:
    matter = make.matter(office.team, by=office.sender)
    routing = actions.hand_over(
        matter=matter,
        revision=1,
        to=office.head,
        answer_by=timezone.localdate() + dt.timedelta(days=3),
        actor=office.chair,
        note="Du känner enheten.",
    )
    OutgoingMail.objects.all().delete()
    return routing.hand_over


def told() -> set[str]:
    return {str(mail.recipient) for mail in OutgoingMail.objects.all()}


def test_the_receiver_finds_it_among_their_own(office: Office, handed: HandOver) -> None:
    page = office.as_(office.head).get(reverse("matters:mine")).content.decode()
    assert "Lämnat till mig" in page
    assert "Ingrid Hall lämnade ärendet till dig. Svar om tre dagar." in page
    waiting = queries.waiting_for(office.head)
    assert [(one.kind, one.on, one.is_late) for one in waiting] == [
        (WaitingKind.ANSWER, handed.answer_by, False)
    ]


def test_receive(office: Office, handed: HandOver) -> None:
    browser = office.as_(office.head)
    browser.post(address("receive", handed.matter))
    handed.refresh_from_db()
    assert handed.received_by == office.head
    assert told() == {"Moa Medin"}
    # Confirmed once; pressing again tells nobody anew.
    browser.post(address("receive", handed.matter))
    assert OutgoingMail.objects.count() == 1


def test_answer(office: Office, handed: HandOver) -> None:
    browser = office.as_(office.head)
    assert browser.post(address("answer", handed.matter), {"answer": ""}).status_code == 422
    response = browser.post(address("answer", handed.matter), {"answer": "Ja, vi har jour."}, follow=True)
    handed.refresh_from_db()
    matter = Matter.objects.get()
    assert (handed.answer, matter.state, matter.closed_at is not None) == (
        "Ja, vi har jour.",
        MatterState.ANSWERED,
        True,
    )
    assert handed.received_at is not None
    assert told() == {"Moa Medin", "Ingrid Hall"}
    assert "Svarat. De som väntade på svaret får det nu." in response.content.decode()
    assert "Ja, vi har jour." in office.as_(office.sender).get(address("show", matter)).content.decode()


def test_hand_back(office: Office, handed: HandOver) -> None:
    browser = office.as_(office.head)
    assert browser.post(address("hand-back", handed.matter), {"reason": " "}).status_code == 422
    browser.post(address("hand-back", handed.matter), {"reason": "Det är lokalenhetens."})
    handed.refresh_from_db()
    matter = Matter.objects.get()
    assert (handed.return_reason, matter.state) == ("Det är lokalenhetens.", MatterState.INBOX)
    assert told() == {"Moa Medin", "Ingrid Hall"}
    assert matter.events.latest("pk").kind == EventKind.RETURNED
    assert queries.waiting_for(office.head) == []


@pytest.mark.parametrize("name", ["receive", "answer", "hand-back"])
def test_what_has_ended_is_not_answered_twice(office: Office, handed: HandOver, name: str) -> None:
    actions.hand_back(hand_over=handed, reason="Fel.", actor=office.head)
    sent = {"answer": "Jag hade skrivit ett långt svar.", "reason": "Jag hade skrivit ett långt svar."}
    response = office.as_(office.head).post(address(name, handed.matter), sent)
    assert response.status_code == 409
    if name != "receive":
        assert "Jag hade skrivit ett långt svar." in response.content.decode()


def test_a_team_hands_back_what_it_should_not_have(office: Office) -> None:
    matter = make.matter(office.other_team, by=office.sender)
    chair = make.member(office.other_team, role="chair", person=make.person("Marianne", "Topp")).person  # type: ignore[arg-type]  # its value
    actions.hand_to_team(
        matter=matter, revision=1, to=office.team, answer_by=timezone.localdate(), actor=chair
    )
    moved = Matter.objects.get()
    page = office.as_(office.secretary).get(address("show", moved)).content.decode()
    assert "Marianne Topp lämnade ärendet till er." in page
    assert (
        "Lämna tillbaka ärendet" not in office.as_(office.member).get(address("show", moved)).content.decode()
    )
    office.as_(office.secretary).post(address("hand-back", moved), {"reason": "Det är stadens."})
    assert Matter.objects.get().team == office.other_team


def test_finish_preparation(office: Office) -> None:
    matter = make.matter(office.team, by=office.sender)
    actions.prepare(
        matter=matter,
        revision=1,
        owner=office.head,
        report="Ska taxan höjas?",
        committee_on=None,
        actor=office.chair,
    )
    browser = office.as_(office.head)
    assert [one.kind for one in queries.waiting_for(office.head)] == [WaitingKind.PREPARE]
    assert "Ska taxan höjas?" in browser.get(reverse("matters:mine")).content.decode()
    browser.post(address("finish-preparation", matter), {"reference": "UN 2026/41"})
    assert Matter.objects.get().state == MatterState.PREPARED
    assert Preparation.objects.get().reference == "UN 2026/41"
    response = browser.post(address("finish-preparation", matter), {"reference": "UN 2026/42"})
    assert response.status_code == 409


def test_a_matter_that_its_sender_took_back_is_not_handed_back_to_a_queue(office: Office) -> None:
    matter = make.matter(office.other_team, by=office.sender)
    giver = make.member(office.other_team).person
    day = timezone.localdate() + dt.timedelta(days=9)
    actions.hand_to_team(matter=matter, revision=1, to=office.team, answer_by=day, actor=giver)
    actions.withdraw(matter=Matter.objects.get(), revision=2, actor=office.sender)
    sent = {"reason": "Det är er fråga."}
    response = office.as_(office.chair).post(address("hand-back", Matter.objects.get()), sent)
    assert response.status_code == 409
    assert Matter.objects.get().state == MatterState.WITHDRAWN
