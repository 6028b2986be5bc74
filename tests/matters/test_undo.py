"""Undo for ten minutes: everything is as it was, and those who were told hear of it."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from styrfart.decisions.actions import undo_decision
from styrfart.decisions.models import Decision
from styrfart.matters import actions
from styrfart.matters.models import (
    UNDO_FOR,
    EventKind,
    HandOver,
    Matter,
    MatterState,
    Preparation,
    Routing,
)
from styrfart.shared.models import OutgoingMail
from tests import make
from tests.matters.conftest import Office
from tests.matters.test_routes import IN_TWO_WEEKS, address, decision

KEPT = (
    "team",
    "state",
    "record_state",
    "question",
    "purpose",
    "level",
    "minutes",
    "outcome",
    "closed_at",
    "decision",
    "owner",
)


def state_of(matter: Matter) -> dict[str, object]:
    found: dict[str, object] = dict(Matter.objects.values(*KEPT).get(pk=matter.pk))
    return found


def choices(office: Office) -> dict[str, tuple[str, dict[str, object]]]:
    return {
        "take up": (
            "take-up",
            {"purpose": "decision", "level": "tactical", "outcome": "Ett beslut", "minutes": 20},
        ),
        "decide": ("decide-now", decision(owner=office.head.pk)),
        "hand over": ("hand-over", {"to": office.head.email, "answer_by": IN_TWO_WEEKS}),
        "hand to team": ("hand-to-team", {"to": office.other_team.slug, "answer_by": IN_TWO_WEEKS}),
        "prepare": ("prepare", {"report": "Ska taxan höjas?", "owner": office.head.email}),
        "send out": ("send-out", {}),
        "more": ("ask-for-more", {"note": "Vad kostar det?"}),
        "decline": ("decline", {"note": "Enheten beslutar.", "home": "Enheten"}),
    }


@pytest.fixture
def matter(office: Office) -> Matter:
    made = make.matter(office.team, by=office.sender)
    made.units.add(office.services)
    return made


@pytest.mark.parametrize(
    "name", ["take up", "decide", "hand over", "hand to team", "prepare", "send out", "more", "decline"]
)
def test_every_route_can_be_undone(office: Office, matter: Matter, name: str) -> None:
    before = state_of(matter)
    url, sent = choices(office)[name]
    browser = office.as_(office.chair)
    response = browser.post(address(url, matter), {"revision": 1, **sent}, follow=True)
    assert f'action="{address("undo", Matter.objects.get())}"' in response.content.decode()
    assert state_of(matter) != before
    told = set(OutgoingMail.objects.values_list("recipient", flat=True))
    letters = OutgoingMail.objects.count()
    response = browser.post(address("undo", Matter.objects.get()), follow=True)
    assert "Ångrat." in response.content.decode()
    assert state_of(matter) == before
    assert Routing.objects.get().undone_at is not None
    assert set(OutgoingMail.objects.values_list("recipient", flat=True)) == told
    assert OutgoingMail.objects.count() == letters + len(told)
    assert not any(row.is_open for row in HandOver.objects.all())
    assert not any(row.is_open for row in Preparation.objects.all())
    assert all(row.withdrawn_at for row in Decision.objects.all())
    assert matter.events.latest("pk").kind == EventKind.UNDONE
    # And the matter can have a route again.
    again = {"revision": Matter.objects.get().revision, "note": "Vad kostar det?"}
    assert browser.post(address("ask-for-more", matter), again).status_code == 302


def passed_on(office: Office, matter: Matter) -> tuple[Client, Routing]:
    routing = actions.hand_over(
        matter=matter,
        revision=matter.revision,
        to=office.head,
        answer_by=timezone.localdate() + dt.timedelta(days=9),
        actor=office.chair,
    )
    return office.as_(office.chair), routing


def test_after_ten_minutes_it_is_too_late(office: Office, matter: Matter) -> None:
    browser, routing = passed_on(office, matter)
    Routing.objects.filter(pk=routing.pk).update(at=timezone.now() - UNDO_FOR)
    response = browser.post(address("undo", matter), follow=True)
    assert "Det går inte att ångra längre" in response.content.decode()
    assert state_of(matter)["state"] == MatterState.HANDED_OVER


def test_a_second_before_it_is_not(office: Office, matter: Matter) -> None:
    browser, routing = passed_on(office, matter)
    almost = timezone.now() - UNDO_FOR + dt.timedelta(seconds=5)
    Routing.objects.filter(pk=routing.pk).update(at=almost)
    browser.post(address("undo", matter))
    assert state_of(matter)["state"] == MatterState.INBOX


def test_an_answer_is_not_thrown_away(office: Office, matter: Matter) -> None:
    browser, _routing = passed_on(office, matter)
    office.as_(office.head).post(address("answer", matter), {"answer": "Ja, vi har jour."})
    response = browser.post(address("undo", matter), follow=True)
    assert "Det går inte att ångra längre" in response.content.decode()
    assert state_of(matter)["state"] == MatterState.ANSWERED


def test_what_the_sender_completed_is_not_thrown_away(office: Office, matter: Matter) -> None:
    browser = office.as_(office.chair)
    browser.post(address("ask-for-more", matter), {"revision": 1, "note": "Vad kostar det?"})
    office.as_(office.sender).post(
        address("edit", matter),
        {
            "revision": 2,
            "question": "Ska vi ha jour för 40 000 kronor?",
            "why_us": "Så.",
            "asked": "decision",
            "owner": office.sender.email,
        },
    )
    browser.post(address("undo", matter))
    assert state_of(matter)["question"] == "Ska vi ha jour för 40 000 kronor?"
    assert Routing.objects.get().undone_at is None


def test_a_decision_undone_on_its_own_page_brings_the_matter_back(office: Office, matter: Matter) -> None:
    office.as_(office.chair).post(address("decide-now", matter), decision(owner=office.head.pk))
    undo_decision(decision=Decision.objects.get(), actor=office.chair)
    assert state_of(matter)["state"] == MatterState.INBOX
    assert state_of(matter)["decision"] is None


def test_only_its_sender_undoes_a_draft_that_was_handed_straight_to_somebody(office: Office) -> None:
    draft = make.matter(
        office.team, "Ska receptionen ha jour i jul?", by=office.sender, state=MatterState.DRAFT
    )
    actions.hand_over_draft(
        matter=draft,
        revision=1,
        to=office.head,
        answer_by=timezone.localdate() + dt.timedelta(days=9),
        actor=office.sender,
    )
    assert address("undo", draft) not in office.as_(office.chair).get(address("show", draft)).content.decode()
    assert office.as_(office.chair).post(address("undo", draft)).status_code == 403
    assert office.as_(office.sender).post(address("undo", draft)).status_code == 302
    assert state_of(draft)["state"] == MatterState.DRAFT


def test_only_who_decided_undoes_a_decision(office: Office, matter: Matter) -> None:
    office.as_(office.chair).post(address("decide-now", matter), decision(owner=office.head.pk))
    assert office.as_(office.secretary).post(address("undo", matter)).status_code == 403
    assert Decision.objects.get().withdrawn_at is None


def test_the_secretary_undoes_what_the_chair_handed_over_but_the_sender_does_not(
    office: Office, matter: Matter
) -> None:
    passed_on(office, matter)
    assert office.as_(office.sender).post(address("undo", matter)).status_code == 403
    assert office.as_(office.member).post(address("undo", matter)).status_code == 403
    assert office.as_(office.secretary).post(address("undo", matter)).status_code == 302
    assert state_of(matter)["state"] == MatterState.INBOX


def test_a_matter_from_another_team_waits_for_its_answer_again(office: Office) -> None:
    matter = make.matter(office.other_team, by=office.sender)
    chair = make.member(office.other_team, role="chair", person=make.person("Marianne", "Topp")).person  # type: ignore[arg-type]  # its value
    actions.hand_to_team(
        matter=matter,
        revision=1,
        to=office.team,
        answer_by=timezone.localdate() + dt.timedelta(days=9),
        actor=chair,
    )
    browser = office.as_(office.chair)
    moved = Matter.objects.get()
    browser.post(address("decline", moved), {"revision": 2, "note": "Nej.", "home": "Staden"})
    hand_over = HandOver.objects.get()
    assert hand_over.answered_at is not None
    assert "tackar nej" in hand_over.answer
    browser.post(address("undo", moved))
    assert HandOver.objects.filter(answered_at=None, answer="").count() == 1


def test_nothing_to_undo_is_not_found(office: Office, matter: Matter) -> None:
    assert office.as_(office.chair).post(address("undo", matter)).status_code == 404
    assert reverse("matters:undo", args=[office.team.slug, matter.pk]) == address("undo", matter)
