"""Advice before a meeting."""

import datetime as dt

import pytest
from django.core import mail as outbox
from django.utils import timezone

from styrfart.matters.models import Matter, MatterState
from styrfart.meetings import actions, facts, queries
from styrfart.meetings.models import Advice, AgendaItem, ItemState, Meeting, MeetingState, Presence
from styrfart.people.models import Person, Team
from styrfart.shared.models import AuditEntry, OutgoingMail
from tests import make
from tests.conftest import signed_in


@pytest.fixture
def meeting(team: Team, chair: Person, member: Person, secretary: Person, adjunct: Person) -> Meeting:
    return make.meeting(team, leader=chair, secretary=secretary)


@pytest.fixture
def item(meeting: Meeting, member: Person) -> AgendaItem:
    return make.item(meeting, owner=member)


def asked(item: AgendaItem, of: Person, *, by: Person) -> Advice:
    return actions.ask_advice(
        item=item, asked_of=of, question="Räcker två dagar?", answer_by=item.meeting.held_on, actor=by
    )


def ask_page(item: AgendaItem) -> str:
    return f"/lg/{item.meeting.team.slug}/moten/{item.meeting.slug}/punkter/{item.pk}/rad/"


def test_who_may_ask(
    item: AgendaItem, chair: Person, member: Person, secretary: Person, adjunct: Person, stranger: Person
) -> None:
    found = {
        who.full_name.split()[0]: signed_in(who).get(ask_page(item)).status_code
        for who in (chair, member, secretary, adjunct, stranger)
    }
    assert found == {"Ingrid": 200, "Samir": 200, "Tove": 200, "Lena": 403, "Frans": 404}


def test_somebody_outside_is_asked_answers_and_everybody_at_the_meeting_reads_it(
    item: AgendaItem, member: Person, employee: Person, chair: Person
) -> None:
    answer = signed_in(member).post(
        ask_page(item),
        {
            "asked_of": employee.email,
            "question": "Räcker två dagar?",
            "answer_by": str(item.meeting.held_on),
        },
    )
    assert answer.status_code == 302
    letter = OutgoingMail.objects.get(recipient=employee)
    assert letter.subject == "Samir Haddad vill ha ditt råd: Två eller tre introduktionsdagar?"
    advice = Advice.objects.get()
    assert f"/rad/{advice.pk}/" in letter.body
    browser = signed_in(employee)
    assert "Räcker två dagar?" in browser.get(f"/rad/{advice.pk}/").content.decode()
    assert browser.get(item.meeting.get_absolute_url()).status_code == 404
    browser.post(f"/rad/{advice.pk}/", {"revision": "1", "text": "Två räcker, med en halvdag till."})
    page = signed_in(chair).get(f"/rad/{advice.pk}/").content.decode()
    assert "Två räcker, med en halvdag till." in page
    assert OutgoingMail.objects.filter(recipient=member).get().subject == "Moa Medarbetare har gett sitt råd"


def test_strangers_find_nothing(item: AgendaItem, member: Person, employee: Person, stranger: Person) -> None:
    advice = asked(item, employee, by=member)
    assert signed_in(stranger).get(f"/rad/{advice.pk}/").status_code == 404
    assert signed_in(stranger).post(f"/rad/{advice.pk}/nej/").status_code == 404


def test_nobody_else_answers(item: AgendaItem, member: Person, employee: Person, chair: Person) -> None:
    advice = asked(item, employee, by=member)
    answer = signed_in(chair).post(f"/rad/{advice.pk}/", {"revision": "1", "text": "Jag svarar åt Moa."})
    advice.refresh_from_db()
    assert (answer.status_code, advice.text) == (409, "")


def test_two_tabs_lose_nothing(item: AgendaItem, member: Person, employee: Person) -> None:
    advice = asked(item, employee, by=member)
    browser = signed_in(employee)
    browser.post(f"/rad/{advice.pk}/", {"revision": "1", "text": "Det första rådet."})
    answer = browser.post(f"/rad/{advice.pk}/", {"revision": "1", "text": "Det andra rådet."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Det första rådet." in page
    assert "Det andra rådet." in page
    advice.refresh_from_db()
    assert advice.text == "Det första rådet."


def test_when_the_meeting_has_begun_it_is_too_late(
    item: AgendaItem, meeting: Meeting, member: Person, employee: Person
) -> None:
    advice = asked(item, employee, by=member)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.OPEN, opened_at=timezone.now())
    with pytest.raises(facts.AdviceIsClosed):
        actions.give_advice(advice=advice, revision=1, text="För sent.", actor=employee)


def test_who_cannot_says_so_and_may_change_their_mind(
    item: AgendaItem, member: Person, employee: Person
) -> None:
    advice = asked(item, employee, by=member)
    assert [one.kind for one in queries.waiting_for(employee)] == [queries.WaitingKind.ADVICE]
    browser = signed_in(employee)
    browser.post(f"/rad/{advice.pk}/nej/")
    assert [one.kind for one in queries.waiting_for(employee)] == []
    assert OutgoingMail.objects.filter(recipient=member).count() == 1
    browser.post(f"/rad/{advice.pk}/", {"revision": "2", "text": "Jo, en sak."})
    advice.refresh_from_db()
    assert (advice.text, advice.declined_at) == ("Jo, en sak.", None)


def test_nobody_is_asked_twice(item: AgendaItem, member: Person, employee: Person) -> None:
    asked(item, employee, by=member)
    answer = signed_in(member).post(
        ask_page(item),
        {"asked_of": employee.email, "question": "Igen?", "answer_by": str(item.meeting.held_on)},
    )
    assert answer.status_code == 422
    assert "Den personen är redan tillfrågad" in answer.content.decode()
    assert Advice.objects.count() == 1


def test_absent_members_are_named(item: AgendaItem, meeting: Meeting, member: Person, chair: Person) -> None:
    meeting.attendees.filter(person=chair).update(presence=Presence.ABSENT)
    assert queries.worth_asking(meeting, item) == [chair]
    asked(item, chair, by=member)
    assert queries.worth_asking(meeting, item) == []


def test_of_a_secret_matter_only_those_who_may_read_it_are_asked(
    meeting: Meeting, team: Team, member: Person, chair: Person, employee: Person
) -> None:
    matter = make.matter(team, "Ska vi köpa HEMLIGT?", state=MatterState.INBOX)
    Matter.objects.filter(pk=matter.pk).update(secrecy_ground="OSL 19 kap. 1 §")
    matter.refresh_from_db()
    secret = make.item(meeting, "Ska vi köpa HEMLIGT?", matter=matter, owner=member)
    with pytest.raises(facts.AdvisorMayNotRead):
        asked(secret, employee, by=member)
    advice = asked(secret, chair, by=member)
    letter = OutgoingMail.objects.get(recipient=chair)
    assert "HEMLIGT" not in letter.subject + letter.body
    assert "Räcker två dagar" not in letter.body
    assert AuditEntry.objects.get(verb="meetings.ask_advice").object_label == str(advice.pk)


def test_everything_wrong_at_once_keeps_what_was_typed(item: AgendaItem, member: Person) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    answer = signed_in(member).post(
        ask_page(item), {"asked_of": "Ingen Alls", "question": "", "answer_by": str(yesterday)}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Skriv vad du vill ha råd om" in page
    assert "Ingen person hittades" in page
    assert "Välj en dag från i dag till mötets dag" in page
    assert 'value="Ingen Alls"' in page
    assert outbox.outbox == []


def test_nobody_waits_for_advice_on_what_has_been_put_off(
    item: AgendaItem, member: Person, employee: Person
) -> None:
    advice = asked(item, employee, by=member)
    assert [one.kind.value for one in queries.waiting_for(employee)] == ["advice"]
    assert queries.whom_to_remind(advice.answer_by) == {employee.pk}
    AgendaItem.objects.filter(pk=item.pk).update(state=ItemState.POSTPONED, ready_at=timezone.now())
    assert queries.waiting_for(employee) == []
    assert queries.whom_to_remind(advice.answer_by) == set()
    assert queries.reminders(employee, advice.answer_by) == []
    assert queries.advice_for(employee, advice.pk).may_give is False
    with pytest.raises(facts.AdviceIsClosed):
        actions.give_advice(advice=advice, revision=1, text="Två räcker.", actor=employee)
