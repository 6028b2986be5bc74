"""Every route: what it needs, what it does, whom it tells, and what is logged beside the proposal."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from styrfart.decisions.models import Decision
from styrfart.matters import prefill, triage
from styrfart.matters.models import EventKind, HandOver, Matter, MatterState, Preparation, Route, Routing
from styrfart.people.models import Person
from styrfart.shared.models import AuditEntry, OutgoingMail
from tests import make
from tests.matters.conftest import Office


def address(name: str, matter: Matter) -> str:
    return reverse(f"matters:{name}", args=[matter.team.slug, matter.pk])


def told() -> set[Person]:
    return {mail.recipient for mail in OutgoingMail.objects.select_related("recipient") if mail.recipient}


@pytest.fixture
def matter(office: Office) -> Matter:
    made = make.matter(office.team, by=office.sender)
    made.units.add(office.services)
    return made


IN_TWO_WEEKS = (timezone.localdate() + dt.timedelta(days=14)).isoformat()


def test_take_up(office: Office, matter: Matter) -> None:
    sent = {
        "revision": 1,
        "purpose": "decision",
        "level": "tactical",
        "outcome": "Ett beslut om jouren",
        "minutes": "15",
    }
    response = office.as_(office.chair).post(address("take-up", matter), sent, follow=True)
    matter.refresh_from_db()
    assert (matter.state, matter.purpose, matter.level, matter.minutes) == (
        MatterState.QUEUED,
        "decision",
        "tactical",
        15,
    )
    assert "Upptaget på möte. Ärendet ligger i kön till mötet." in response.content.decode()
    assert told() == {office.sender}
    routing = Routing.objects.get()
    assert (routing.route, routing.proposed_route, routing.is_accepted) == (Route.MEETING, Route.POST, False)
    assert routing.proposed_rule is not None
    assert routing.proposed_rule.number == 4
    assert routing.reasons[0]["kind"] == "rule_words"


@pytest.mark.parametrize("missing", ["purpose", "level", "outcome"])
def test_nothing_enters_an_agenda_without_purpose_level_and_outcome(
    office: Office, matter: Matter, missing: str
) -> None:
    sent = {"revision": 1, "purpose": "decision", "level": "tactical", "outcome": "Ett beslut"} | {
        missing: ""
    }
    response = office.as_(office.chair).post(address("take-up", matter), sent)
    matter.refresh_from_db()
    assert (response.status_code, matter.state) == (422, MatterState.INBOX)
    assert "<title>Fel:" in response.content.decode()


def test_hand_over_in_one_press_from_the_queue(office: Office, matter: Matter) -> None:
    browser = office.as_(office.chair)
    page = browser.get(reverse("matters:queue", args=[office.team.slug])).content.decode()
    assert "Lämna till Mikael" in page
    sent = {
        "revision": 1,
        "to": f"{office.head.full_name}, {office.head.email}",
        "to-vald": office.head.pk,
        "answer_by": IN_TWO_WEEKS,
        "route": "post",
    }
    assert f'name="to-vald" value="{office.head.pk}"' in page
    response = browser.post(address("hand-over", matter), sent, follow=True)
    matter.refresh_from_db()
    handed = HandOver.objects.get()
    assert (matter.state, handed.to_person, handed.answer_by.isoformat()) == (
        MatterState.HANDED_OVER,
        office.head,
        IN_TWO_WEEKS,
    )
    assert told() == {office.sender, office.head}
    assert Routing.objects.get().is_accepted
    assert "Lämnat till Mikael Strandvik, som får veta nu." in response.content.decode()


def test_nobody_is_offered_to_hand_a_matter_to_themselves(office: Office) -> None:
    matter = make.matter(office.team, by=office.sender)
    proposal = triage.Proposal(route=Route.POST, person=office.head)
    assert prefill.hand_over(matter, proposal, office.chair)["to"] == office.head
    assert prefill.hand_over(matter, proposal, office.head)["to"] is None


def test_handing_to_somebody_else_overrules_the_rule(office: Office, matter: Matter) -> None:
    sent = {"revision": 1, "to": "Samir Haddad", "answer_by": IN_TWO_WEEKS}
    office.as_(office.chair).post(address("hand-over", matter), sent)
    routing = Routing.objects.get()
    assert (routing.route, routing.is_accepted) == (Route.POST, False)


def test_hand_to_team(office: Office) -> None:
    matter = make.matter(office.team, "Hur får vi använda stadens varumärke på skyltarna?", by=office.sender)
    sent = {"revision": 1, "to": office.other_team.slug, "answer_by": IN_TWO_WEEKS, "note": "Ert bord."}
    office.as_(office.secretary).post(address("hand-to-team", matter), sent)
    moved = Matter.objects.get()
    assert (moved.pk, moved.team, moved.state) == (matter.pk, office.other_team, MatterState.INBOX)
    assert Routing.objects.get().is_accepted
    assert list(moved.events.values_list("kind", "team")) == [(EventKind.MOVED, office.other_team.pk)]


def test_the_old_address_leads_to_where_the_matter_is(office: Office) -> None:
    matter = make.matter(office.team)
    make.routing(matter, Route.TEAM)
    Matter.objects.update(team=office.other_team)
    response = office.as_(office.member).get(reverse("matters:show", args=[office.team.slug, matter.pk]))
    assert response["Location"] == reverse("matters:show", args=[office.other_team.slug, matter.pk])


def test_prepare(office: Office, matter: Matter) -> None:
    sent = {"revision": 1, "report": "Ska taxan höjas?", "owner": office.member.email, "committee_on": ""}
    office.as_(office.chair).post(address("prepare", matter), sent)
    matter.refresh_from_db()
    prepared = Preparation.objects.get()
    assert (matter.state, prepared.owner, prepared.committee_on) == (
        MatterState.PREPARING,
        office.member,
        None,
    )
    assert told() == {office.sender, office.member}


def test_send_out_reaches_everybody_in_the_room(office: Office, matter: Matter) -> None:
    office.as_(office.chair).post(address("send-out", matter), {"revision": 1})
    matter.refresh_from_db()
    assert matter.state == MatterState.INFORMED
    assert told() == {office.sender, office.member, office.secretary}


def test_ask_for_more(office: Office, matter: Matter) -> None:
    office.as_(office.secretary).post(
        address("ask-for-more", matter), {"revision": 1, "note": "Vad kostar det?"}
    )
    matter.refresh_from_db()
    assert matter.state == MatterState.MORE_ASKED
    mail = OutgoingMail.objects.get()
    assert mail.recipient == office.sender
    assert "Tove Lind ber om mer: Vad kostar det?" in mail.body


def test_decline_says_why_and_whither(office: Office, matter: Matter) -> None:
    sent = {"revision": 1, "note": "Enheten beslutar själv.", "home": "Mikael Strandvik"}
    office.as_(office.chair).post(address("decline", matter), sent)
    matter.refresh_from_db()
    assert matter.state == MatterState.DECLINED
    assert matter.closed_at is not None
    assert (
        "Ingrid Hall tackar nej för gruppen. Enheten beslutar själv. Rätt ställe: Mikael Strandvik."
        in OutgoingMail.objects.get().body
    )


def test_declining_is_prefilled_with_the_rule(office: Office, matter: Matter) -> None:
    page = office.as_(office.chair).get(address("decline", matter)).content.decode()
    assert (
        "Enligt vårt mandat, punkt 4 (Bemanning och jour inom en enhet), hör det inte hemma hos oss." in page
    )
    assert 'value="Mikael Strandvik"' in page


def decision(**changed: object) -> dict[str, object]:
    return {
        "revision": 1,
        "text": "Receptionen ska ha jour mellan jul och nyår.",
        "reasons": "Besökarna kommer ändå.",
        "due_in": "2v",
        "effect_question": "Andel besök som får svar",
        "right": "arbetsledning",
    } | changed


def test_decide_now(office: Office, matter: Matter) -> None:
    browser = office.as_(office.chair)
    page = browser.get(address("decide-now", matter)).content.decode()
    assert "Receptionen ska ha jour mellan jul och nyår." in page  # the question, turned into a decision
    assert f'<option value="{office.sender.pk}" selected>' in page
    response = browser.post(address("decide-now", matter), decision(owner=office.sender.pk), follow=True)
    matter.refresh_from_db()
    made = Decision.objects.get()
    assert (matter.state, matter.decision) == (MatterState.DECIDED, made)
    assert (made.decided_by, made.owner, made.team) == (office.chair, office.sender, office.team)
    assert f"Beslutat ({made.number}). Moa får veta nu." in response.content.decode()


@pytest.mark.parametrize(("state", "is_followed"), [(MatterState.QUEUED, True), (MatterState.INBOX, False)])
def test_a_meeting_is_followed_by_deciding_what_was_taken_up_there(
    office: Office, state: MatterState, *, is_followed: bool
) -> None:
    """To decide at once what the mandate would have taken to a meeting is to overrule it."""
    matter = make.matter(office.team, "Hur ska avdelningarna prioritera inför budgeten?", by=office.sender)
    Matter.objects.update(state=state, purpose="decision", level="tactical", outcome="Ett beslut")
    office.as_(office.chair).post(address("decide-now", matter), decision(owner=office.sender.pk))
    routing = Routing.objects.get()
    assert (routing.route, routing.proposed_route) == (Route.DECIDE, Route.MEETING)
    assert routing.is_accepted is is_followed


def test_whoever_owns_the_decision_is_written_to_once(office: Office, matter: Matter) -> None:
    office.as_(office.chair).post(address("decide-now", matter), decision(owner=office.sender.pk))
    assert OutgoingMail.objects.filter(recipient=office.sender).count() == 1


def test_a_member_with_a_post_that_may_decide_decides(office: Office) -> None:
    matter = make.matter(office.team, by=office.sender)
    matter.units.add(office.planning)
    office.as_(office.member).post(address("decide-now", matter), decision(owner=office.sender.pk))
    assert Decision.objects.get().decided_by == office.member


def test_a_member_without_the_right_does_not_decide(office: Office, matter: Matter) -> None:
    page = office.as_(office.member).get(address("decide-now", matter)).content.decode()
    assert "Du har inte rätt att besluta det här." in page
    response = office.as_(office.member).post(address("decide-now", matter), decision(owner=office.sender.pk))
    assert (response.status_code, Decision.objects.count()) == (422, 0)


def test_what_only_the_committee_may_decide_is_not_decided_here(office: Office) -> None:
    scheme = make.scheme(office.team.unit)
    make.point(
        scheme,
        "1.1",
        "Fastställa taxor för nyttjande av offentlig plats",
        is_delegable=False,
        words=["fastställa taxor", "nyttjande av offentlig plats"],
    )
    matter = make.matter(
        office.team, "Ska vi fastställa taxor för nyttjande av offentlig plats?", by=office.sender
    )
    assert triage.propose(matter).is_for_committee_only
    browser = office.as_(office.chair)
    queue = browser.get(reverse("matters:queue", args=[office.team.slug])).content.decode()
    assert "Besluta nu" not in queue
    response = browser.post(address("decide-now", matter), decision(owner=office.sender.pk))
    assert (response.status_code, Decision.objects.count()) == (422, 0)


def test_the_next_matter_is_on_the_screen(office: Office) -> None:
    now = timezone.now()
    first, second, third = (
        make.matter(office.team, f"Fråga {n}?", at=now - dt.timedelta(days=3 - n)) for n in range(3)
    )
    response = office.as_(office.chair).post(
        address("ask-for-more", second), {"revision": 1, "note": "Vad kostar det?"}
    )
    assert response["Location"] == f"{reverse('matters:queue', args=[office.team.slug])}?nr={third.pk}"
    response = office.as_(office.chair).post(
        address("ask-for-more", third), {"revision": 1, "note": "Vad kostar det?"}
    )
    assert response["Location"].endswith(f"?nr={first.pk}")


def test_two_browsers_choose_a_route_for_the_same_matter(office: Office, matter: Matter) -> None:
    office.as_(office.secretary).post(
        address("ask-for-more", matter), {"revision": 1, "note": "Vad kostar det?"}
    )
    sent = {"revision": 1, "note": "Det beslutar enheten själv utan oss.", "home": "Mikael"}
    response = office.as_(office.chair).post(address("decline", matter), sent)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Ärendet har redan fått en väg" in page
    assert "Tove Lind ber om mer: Vad kostar det?" in page
    assert "Det beslutar enheten själv utan oss." in page
    assert Routing.objects.count() == 1


def test_a_matter_that_left_the_team_has_got_its_route(office: Office, matter: Matter) -> None:
    sent = {"revision": 1, "to": office.other_team.slug, "answer_by": IN_TWO_WEEKS}
    office.as_(office.secretary).post(address("hand-to-team", matter), sent)
    response = office.as_(office.chair).post(
        reverse("matters:decline", args=[office.team.slug, matter.pk]),
        {"revision": 1, "note": "Nej tack.", "home": "Enheten"},
    )
    assert response.status_code == 409
    assert "har lämnat ärendet till Stadens ledningsgrupp" in response.content.decode()


def test_a_matter_that_was_changed_meanwhile_is_shown_again_with_what_was_typed(
    office: Office, matter: Matter
) -> None:
    Matter.objects.filter(pk=matter.pk).update(question="Ska receptionen ha jour i påsk?", revision=2)
    browser = office.as_(office.chair)
    sent = {"revision": 1, "note": "Vad kostar jouren?"}
    response = browser.post(address("ask-for-more", matter), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Ärendet ändrades medan du skrev." in page
    assert "Vad kostar jouren?" in page
    assert "Ska receptionen ha jour i påsk?" in page
    assert 'name="revision" value="2"' in page


def test_a_matter_in_the_queue_to_the_meeting_may_still_go_elsewhere(office: Office) -> None:
    matter = make.matter(office.team, state=MatterState.INBOX, by=office.sender)
    browser = office.as_(office.chair)
    sent = {"revision": 1, "purpose": "decision", "level": "tactical", "outcome": "Ett beslut"}
    browser.post(address("take-up", matter), sent)
    browser.post(address("decline", matter), {"revision": 2, "note": "Löst.", "home": "Enheten"})
    matter.refresh_from_db()
    assert matter.state == MatterState.DECLINED


def test_each_deed_is_in_the_audit_log_for_those_whom_it_concerns(office: Office, matter: Matter) -> None:
    office.as_(office.chair).post(
        address("decline", matter), {"revision": 1, "note": "Enheten beslutar.", "home": "Enheten"}
    )
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.verb) == (office.chair, "matters.declined")
    assert entry.detail == {"state": ["inbox", "declined"]}
    assert set(entry.concerns.all()) == {office.sender}
