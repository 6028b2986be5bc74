"""The notice: everybody expected gets one letter, later only what has changed, nobody the same twice."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.matters.actions import mark_secret
from styrfart.matters.models import ItemPurpose, Matter, MatterState
from styrfart.meetings.actions import agenda as editing
from styrfart.meetings.actions.notice import Called, call_meeting
from styrfart.meetings.facts import AgendaClosed, NothingToTell, NoticeChanged
from styrfart.meetings.models import AgendaItem, Attendee, ItemMaterial, Meeting, MeetingState, Presence
from styrfart.people.models import Person, Team, TeamMember
from styrfart.shared.models import AuditEntry, OutgoingMail
from styrfart.shared.templatetags.words import day_short
from tests import make
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(team: Team, chair: Person, member: Person, secretary: Person) -> Meeting:
    """Two items, one of them the member's; the adjunct is away."""
    meeting = make.meeting(
        team, leader=chair, secretary=secretary, held_on=timezone.localdate() + dt.timedelta(days=40)
    )
    Meeting.objects.filter(pk=meeting.pk).update(place="Kompassen")
    make.item(meeting, "Läget sedan sist", purpose=ItemPurpose.FOLLOW_UP, minutes=10)
    make.item(meeting, "Ska vi ha jour?", owner=member, minutes=30)
    meeting.refresh_from_db()
    return meeting


def send(meeting: Meeting, actor: Person, note: str = "") -> Called:
    return call_meeting(meeting=meeting, seen=Meeting.objects.get(pk=meeting.pk).tick, note=note, actor=actor)


def letters_to(person: Person) -> list[str]:
    return list(OutgoingMail.objects.filter(recipient=person).order_by("pk").values_list("body", flat=True))


def test_call(meeting: Meeting, chair: Person, member: Person, secretary: Person) -> None:
    client = signed_in(secretary)
    address = f"{meeting.get_absolute_url()}kallelse/"
    page = client.get(address)
    assert "Ska vi ha jour?" in page.content.decode()
    sent = {"seen": page.context["form"]["seen"].value(), "note": "Välkomna till nya lokalen"}
    answer = client.post(address, sent, follow=True)
    assert "Kallelsen är skickad till tre personer." in answer.content.decode()
    meeting.refresh_from_db()
    assert (meeting.state, bool(meeting.called_at)) == (MeetingState.CALLED, True)
    for person in (chair, member, secretary):
        assert len(letters_to(person)) == 1
    assert not meeting.attendees.filter(called_at=None).exists()
    assert AuditEntry.objects.filter(verb="meetings.call_meeting").count() == 1


def test_the_letter_says_it_all_with_ones_own_items_first(
    meeting: Meeting, member: Person, chair: Person, secretary: Person
) -> None:
    item = meeting.items.get(title="Ska vi ha jour?")
    ItemMaterial.objects.create(item=item, title="Underlag om jour", reference="Diariet 41", added_by=chair)
    ItemMaterial.objects.create(item=item, title="Kalkyl", file="moten/kalkyl.xlsx", added_by=chair)
    make.item(meeting, "Budgetläget", purpose=ItemPurpose.INFORMATION)
    AgendaItem.objects.filter(title="Budgetläget").update(is_in_writing=True)
    send(meeting, secretary, "Ta med kaffe.")
    (body,) = letters_to(member)
    mine, agenda = body.split("Dagordning:")
    assert "Ta med kaffe." in mine
    assert "klockan 09.00–11.00" in mine
    assert "Plats: Kompassen" in mine
    assert "2. Ska vi ha jour? (underlaget är inte klart)" in mine
    assert "1. 09.00 Läget sedan sist\n   Följa upp, 10 min. Ingrid Hall" in agenda
    assert "2. 09.10 Ska vi ha jour?\n   Besluta, 30 min. Samir Haddad" in agenda
    assert "Underlag om jour: Diariet 41" in agenda
    assert f"{meeting.get_absolute_url()}punkter/{item.pk}/underlag/" in agenda
    assert "Att läsa, tas inte upp på mötet:\nBudgetläget" in agenda
    assert f"{meeting.get_absolute_url()}" in agenda
    (other,) = letters_to(secretary)
    assert "Det här ansvarar du för" not in other


def test_the_letter_is_in_the_readers_language(meeting: Meeting, member: Person, secretary: Person) -> None:
    Person.objects.filter(pk=member.pk).update(language="en")
    send(meeting, secretary)
    (body,) = letters_to(member)
    assert "Agenda:" in body
    assert "Decide, 30 min" in body


def test_who_is_away_and_who_has_no_address_gets_no_letter(
    meeting: Meeting, member: Person, chair: Person, secretary: Person
) -> None:
    Attendee.objects.filter(meeting=meeting, person=member).update(presence=Presence.ABSENT)
    Person.objects.filter(pk=chair.pk).update(email=None)
    page = signed_in(secretary).get(f"{meeting.get_absolute_url()}kallelse/").content.decode()
    assert "Går inte att nå" in page
    assert "Får inget brev" in page
    assert send(meeting, secretary) == Called(new=1, told=0)
    assert letters_to(member) == letters_to(chair) == []


def test_nothing_of_a_secret_stands_in_letters(
    team: Team, meeting: Meeting, member: Person, secretary: Person, chair: Person
) -> None:
    matter = make.matter(team, "Ska hemligheten bort?", by=chair)
    Matter.objects.filter(pk=matter.pk).update(
        secrecy_ground="OSL 39 kap.",
        state=MatterState.QUEUED,
        purpose="decision",
        level="tactical",
        outcome="Nej",
    )
    make.item(meeting, "Ska hemligheten bort?", matter=matter, owner=member)
    AgendaItem.objects.update(background="Hemligheten är att …")
    send(meeting, secretary)
    for person in (chair, member, secretary):
        (body,) = letters_to(person)
        assert "emlighet" not in body
        assert "Sekretessmarkerad punkt" in body
    # Whose it is says too much as well, but to the owner: it is theirs.
    assert "Samir Haddad" not in letters_to(chair)[0].split("09.40")[1]
    assert "3. Sekretessmarkerad punkt" in letters_to(member)[0].split("Dagordning:")[0]
    meeting.refresh_from_db()
    assert "emlighet" not in str(meeting.called_with)


def test_sent_again_it_says_only_what_has_changed(
    team: Team, meeting: Meeting, chair: Person, member: Person, secretary: Person
) -> None:
    send(meeting, secretary)
    with pytest.raises(NothingToTell):
        send(meeting, secretary)
    jour = meeting.items.get(title="Ska vi ha jour?")
    editing.change_item(item=jour, revision=1, content={"minutes": 45, "owner": chair}, actor=secretary)
    make.item(meeting, "Ny fråga", minutes=15)
    Meeting.objects.filter(pk=meeting.pk).update(tick=9)
    assert send(meeting, secretary) == Called(new=0, told=3)
    body = letters_to(member)[1]
    assert "Ska vi ha jour?: 45 min i stället för 30 min." in body
    assert "Ska vi ha jour?: Ingrid Hall ansvarar." in body
    assert "Ny punkt: Ny fråga. Besluta, 15 min." in body
    assert "Läget sedan sist" not in body
    assert "ordning" not in body
    # And after that only what is new since.
    editing.move_item(item=jour, from_number=2, to_number=1, actor=secretary)
    send(meeting, secretary)
    assert letters_to(member)[2].count("\n- ") == 1
    assert "Punkterna har fått en ny ordning." in letters_to(member)[2]


def test_what_goes_is_told(team: Team, meeting: Meeting, member: Person, secretary: Person) -> None:
    send(meeting, secretary)
    first, second = meeting.items.all()
    editing.remove_item(item=first, revision=1, actor=secretary)
    AgendaItem.objects.filter(pk=second.pk).update(is_in_writing=True)
    send(meeting, secretary)
    assert "Utgår: Läget sedan sist." in letters_to(member)[1]
    assert "Ska vi ha jour? går ut skriftligt och tas inte upp på mötet." in letters_to(member)[1]


def test_a_question_that_has_become_secret_is_named_no_more(
    team: Team, meeting: Meeting, member: Person, secretary: Person
) -> None:
    matter = make.matter(team, "Ska hemligheten bort?")
    item = make.item(meeting, "Ska hemligheten bort?", matter=matter)
    send(meeting, secretary)
    assert "hemligheten" in letters_to(member)[0]
    Matter.objects.filter(pk=matter.pk).update(secrecy_ground="OSL 39 kap.")
    editing.remove_item(item=item, revision=1, actor=secretary)
    send(meeting, secretary)
    assert "Utgår: Sekretessmarkerad punkt." in letters_to(member)[1]


def test_who_came_later_gets_all_of_it(
    meeting: Meeting, member: Person, employee: Person, secretary: Person
) -> None:
    send(meeting, secretary)
    make.attendee(meeting, employee, presence=Presence.EXPECTED)
    assert send(meeting, secretary) == Called(new=1, told=0)
    assert "Dagordning:" in letters_to(employee)[0]
    assert len(letters_to(member)) == 1


def test_a_few_words_are_a_change(meeting: Meeting, member: Person, secretary: Person) -> None:
    send(meeting, secretary, "Välkomna.")
    send(meeting, secretary, "Läs kalkylen före mötet.")
    assert "- Läs kalkylen före mötet." in letters_to(member)[1]


def test_what_changed_since_it_was_read_through_is_read_again(meeting: Meeting, secretary: Person) -> None:
    address = f"{meeting.get_absolute_url()}kallelse/"
    Meeting.objects.filter(pk=meeting.pk).update(tick=4)
    answer = signed_in(secretary).post(address, {"seen": 3, "note": "Ta med kaffe."})
    assert answer.status_code == 409
    assert "Inget är skickat." in answer.content.decode()
    assert "Ta med kaffe." in answer.content.decode()
    assert not OutgoingMail.objects.exists()
    with pytest.raises(NoticeChanged):
        call_meeting(meeting=meeting, seen=3, note="", actor=secretary)


def test_who_may_call(meeting: Meeting, member: Person, chair: Person) -> None:
    with pytest.raises(AgendaClosed):
        send(meeting, member)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CANCELLED, cancel_reason="Snö")
    with pytest.raises(AgendaClosed):
        send(meeting, chair)
    answer = signed_in(chair).post(f"{meeting.get_absolute_url()}kallelse/", {"seen": 0})
    assert answer.status_code == 409


def test_changes_are_shown_before_they_are_sent(meeting: Meeting, secretary: Person) -> None:
    send(meeting, secretary)
    make.item(meeting, "Ny fråga")
    page = signed_in(secretary).get(f"{meeting.get_absolute_url()}kallelse/").content.decode()
    assert "Ny punkt: Ny fråga." in page
    assert "Skicka ändrad kallelse" in page


def test_letters_lose_their_words_when_something_in_them_becomes_secret(
    team: Team, meeting: Meeting, member: Person, secretary: Person, chair: Person
) -> None:
    matter = make.matter(team, "Ska hemligheten bort?", by=chair)
    make.item(meeting, "Ska hemligheten bort?", matter=matter)
    other = make.meeting(team, leader=chair)
    make.item(other, "Helt annat")
    send(meeting, secretary)
    send(other, secretary)
    assert "hemligheten" in letters_to(member)[0]
    mark_secret(matter=matter, ground="OSL 39 kap.", known="", actor=chair)
    first, second = letters_to(member)
    assert "hemligheten" not in first
    assert "Något i brevet omfattas nu av sekretess." in first
    assert "Helt annat" in second


def test_the_checklist_says_what_has_not_been_told(
    meeting: Meeting, secretary: Person, employee: Person
) -> None:
    def notice_row() -> str:
        page = signed_in(secretary).get(meeting.get_absolute_url())
        return str(page.context["checklist"][-1].word)

    send(meeting, secretary)
    assert notice_row() == f"skickad {day_short(timezone.localdate())}"
    make.item(meeting, "Ny fråga")
    assert notice_row().endswith("sedan dess en ändring")
    send(meeting, secretary)
    make.attendee(meeting, employee, presence=Presence.EXPECTED)
    assert notice_row().endswith("men inte till alla")


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_notice(
    meeting: Meeting, secretary: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make.item(meeting, f"Fråga {number}", matter=make.matter(meeting.team))
    client = signed_in(secretary)
    client.get(f"{meeting.get_absolute_url()}kallelse/")
    with django_assert_num_queries(10):
        client.get(f"{meeting.get_absolute_url()}kallelse/")


def test_who_has_got_a_seat_is_called_and_who_has_left_it_is_not(
    meeting: Meeting, team: Team, chair: Person, member: Person, secretary: Person
) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    TeamMember.objects.filter(person=member).update(valid_from=yesterday, valid_to=yesterday)
    newcomer = make.member(team, person=make.person("Bo", "Berg")).person
    with pytest.raises(NoticeChanged):
        call_meeting(meeting=meeting, seen=99, note="", actor=secretary)
    assert not meeting.attendees.filter(person=newcomer).exists()
    assert send(meeting, secretary) == Called(3, 0)
    assert [len(letters_to(person)) for person in (chair, newcomer, secretary)] == [1, 1, 1]
    assert not any("Kallelse" in letter for letter in letters_to(member))
