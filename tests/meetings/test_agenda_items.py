"""Adding, changing, removing and putting off items: nothing that was typed is lost, nothing stands twice."""

import datetime as dt

import pytest
from django.core import mail as django_mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.decisions.models import Decision
from styrfart.matters.models import ItemPurpose, Matter, MatterState
from styrfart.meetings.actions import agenda as actions
from styrfart.meetings.actions.postponing import postpone_item
from styrfart.meetings.facts import AgendaClosed, AlreadyOnAgenda, ItemChanged, ItemLeft
from styrfart.meetings.models import AgendaItem, ItemMaterial, ItemSource, ItemState, Meeting, MeetingState
from styrfart.people.models import Person, Team
from styrfart.shared.models import AuditEntry, OutgoingMail
from tests import make
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db

SENT = {
    "title": "Ska receptionen ha jour?",
    "purpose": "decision",
    "level": "tactical",
    "outcome": "Ett beslut om jouren",
    "minutes": "25",
    "needs_material": "on",
    "revision": "1",
    "proposal": "Receptionen har jour.",
    "background": "Många hör av sig.",
    "arguments_for": "Fler får svar.",
    "arguments_against": "Det kostar.",
}


@pytest.fixture
def meeting(team: Team, chair: Person, member: Person, secretary: Person) -> Meeting:
    return make.meeting(team, leader=chair, secretary=secretary)


@pytest.fixture
def queued(team: Team, employee: Person, member: Person) -> Matter:
    """A matter in the queue, from somebody outside the team."""
    matter = make.matter(team, by=employee, owner=member)
    matter.purpose, matter.level, matter.outcome = "advice", "strategic", "Råd till den som beslutar"
    matter.minutes, matter.state = 35, MatterState.QUEUED
    matter.save()
    return matter


def new(meeting: Meeting, query: str = "") -> str:
    return f"{meeting.get_absolute_url()}punkter/ny/{query}"


def at(item: AgendaItem, page: str = "") -> str:
    return f"{item.meeting.get_absolute_url()}punkter/{item.pk}/{page}"


# --- adding -----------------------------------------------------------------------------------------
def test_add_item_of_our_own(meeting: Meeting, secretary: Person, member: Person) -> None:
    answer = signed_in(secretary).post(new(meeting), {**SENT, "owner": member.pk})
    item = meeting.items.get()
    assert answer.headers["Location"] == f"{meeting.get_absolute_url()}#punkt-{item.pk}"
    assert (item.source, item.owner, item.minutes, item.is_in_writing) == (ItemSource.OWN, member, 25, False)
    assert (item.proposal, item.arguments_against) == ("Receptionen har jour.", "Det kostar.")
    assert AuditEntry.objects.filter(verb="meetings.add_item", object_id=str(item.pk)).count() == 1
    meeting.refresh_from_db()
    assert meeting.tick == 1


def test_everything_wrong_at_once_keeps_what_was_typed(
    meeting: Meeting, secretary: Person, employee: Person
) -> None:
    sent = {"minutes": "en kvart", "owner": employee.pk, "proposal": "Receptionen har jour.", "revision": "1"}
    answer = signed_in(secretary).post(new(meeting), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Fel:" in page
    assert "Rätta sex saker innan du sparar punkten" in page
    for words in (
        "Skriv vad som ska tas upp",
        "Välj vad punkten är till för",
        "Välj en nivå",
        "Skriv vad som ska finnas efter punkten",
        "Välj någon som väntas till mötet",
        "Skriv minuterna med siffror",
    ):
        assert page.count(words) == 2, words  # in the summary and at the field
    assert "en kvart" in page
    assert "Receptionen har jour." in page
    assert not meeting.items.exists()


def test_add_item_from_the_queue_is_filled_in(meeting: Meeting, secretary: Person, queued: Matter) -> None:
    client = signed_in(secretary)
    choose = client.get(f"{meeting.get_absolute_url()}punkter/").content.decode()
    assert queued.question in choose
    form = client.get(new(meeting, f"?arende={queued.pk}")).context["form"]
    values = {
        name: form[name].value() for name in ("title", "purpose", "level", "outcome", "minutes", "owner")
    }
    assert values == {
        "title": queued.question,
        "purpose": "advice",
        "level": "strategic",
        "outcome": "Råd till den som beslutar",
        "minutes": 35,
        "owner": queued.owner_id,
    }
    client.post(new(meeting, f"?arende={queued.pk}"), {**SENT, "owner": queued.owner_id})
    item = meeting.items.get()
    assert (item.source, item.matter) == (ItemSource.MATTER, queued)
    queued.refresh_from_db()
    assert queued.state == MatterState.QUEUED
    assert queued.question not in client.get(f"{meeting.get_absolute_url()}punkter/").content.decode()


def test_who_owns_the_matter_may_be_away(
    meeting: Meeting, secretary: Person, queued: Matter, employee: Person
) -> None:
    Matter.objects.filter(pk=queued.pk).update(owner=employee)
    answer = signed_in(secretary).get(new(meeting, f"?arende={queued.pk}"))
    assert f"{employee} äger frågan men väntas inte till mötet" in answer.content.decode()
    assert answer.context["form"]["owner"].value() is None


def test_a_matter_stands_on_one_coming_agenda(
    team: Team, meeting: Meeting, secretary: Person, queued: Matter
) -> None:
    make.item(meeting, matter=queued)
    other = make.meeting(team, leader=secretary)
    address = new(other, f"?arende={queued.pk}")
    answer = signed_in(secretary).post(address, {**SENT, "owner": secretary.pk}, follow=True)
    assert "Ärendet står redan på dagordningen" in answer.content.decode()
    assert not other.items.exists()
    with pytest.raises(AlreadyOnAgenda):
        actions.add_item(
            meeting=other,
            content={},
            origin=actions.Origin(matter=queued),
            actor=secretary,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        make.item(other, matter=queued)


@pytest.mark.parametrize("query", ["?arende=x", "?arende=999999", "?beslut=999999"])
def test_what_is_not_there_cannot_be_taken_up(meeting: Meeting, secretary: Person, query: str) -> None:
    assert signed_in(secretary).get(new(meeting, query)).status_code == 404


def test_a_matter_of_another_team_cannot_be_taken_up(meeting: Meeting, secretary: Person) -> None:
    other = make.matter(make.team(name="Annan"), state=MatterState.INBOX)
    assert signed_in(secretary).get(new(meeting, f"?arende={other.pk}")).status_code == 404


@pytest.mark.parametrize(
    ("purpose", "why", "is_in_writing", "kept"),
    [
        ("information", "", True, ""),
        ("information", "Alla behöver kunna fråga.", False, "Alla behöver kunna fråga."),
        ("decision", "Alla behöver kunna fråga.", False, ""),
    ],
)
def test_information_goes_out_in_writing_unless_somebody_says_why(
    meeting: Meeting, secretary: Person, purpose: str, why: str, *, is_in_writing: bool, kept: str
) -> None:
    sent = {**SENT, "owner": secretary.pk, "purpose": purpose, "why_in_meeting": why}
    page = signed_in(secretary).post(new(meeting), sent, follow=True).content.decode()
    item = meeting.items.get()
    assert (item.is_in_writing, item.why_in_meeting) == (is_in_writing, kept)
    assert ("Går ut skriftligt" in page) == is_in_writing
    assert ("Tas upp på mötet: Alla behöver kunna fråga." in page) == bool(kept)


def test_a_new_item_comes_before_the_wrap_up(meeting: Meeting, secretary: Person) -> None:
    wrap_up = make.item(meeting, "Avrundning")
    AgendaItem.objects.filter(pk=wrap_up.pk).update(source=ItemSource.WRAP_UP)
    signed_in(secretary).post(new(meeting), {**SENT, "owner": secretary.pk})
    assert list(meeting.items.values_list("title", flat=True)) == [SENT["title"], "Avrundning"]


@pytest.mark.parametrize(("days", "is_late"), [(30, False), (3, True)])
def test_what_comes_late_is_marked(team: Team, secretary: Person, days: int, *, is_late: bool) -> None:
    held_on = timezone.localdate() + dt.timedelta(days=days)
    meeting = make.meeting(team, leader=secretary, held_on=held_on)
    signed_in(secretary).post(new(meeting), {**SENT, "owner": secretary.pk})
    assert meeting.items.get().is_late == is_late


def test_a_decision_to_follow_up(meeting: Meeting, secretary: Person, chair: Person) -> None:
    decision = make.decision(meeting.team, owner=chair)
    Decision.objects.filter(pk=decision.pk).update(
        due_on=meeting.held_on - dt.timedelta(days=20), effect_on=meeting.held_on
    )
    client = signed_in(secretary)
    assert f"beslut {decision.number}" in client.get(f"{meeting.get_absolute_url()}punkter/").content.decode()
    form = client.get(new(meeting, f"?beslut={decision.pk}")).context["form"]
    assert form["title"].value() == f"Vad blev det av beslut {decision.number}?"
    assert form["owner"].value() == chair.pk
    client.post(new(meeting, f"?beslut={decision.pk}"), {**SENT, "purpose": "follow_up", "owner": chair.pk})
    assert (meeting.items.get().source, meeting.items.get().decision) == (ItemSource.DECISION, decision)
    assert (
        f"beslut {decision.number}"
        not in client.get(f"{meeting.get_absolute_url()}punkter/").content.decode()
    )


def test_the_owner_of_a_secret_item_may_read_it(
    meeting: Meeting, secretary: Person, queued: Matter, stranger: Person
) -> None:
    Matter.objects.filter(pk=queued.pk).update(secrecy_ground="OSL 39 kap.")
    make.attendee(meeting, stranger)
    answer = signed_in(secretary).post(new(meeting, f"?arende={queued.pk}"), {**SENT, "owner": stranger.pk})
    assert answer.status_code == 422
    assert "Välj någon som får läsa det" in answer.content.decode()


# --- changing ---------------------------------------------------------------------------------------
def test_edit_item(meeting: Meeting, secretary: Person, member: Person) -> None:
    item = make.item(meeting)
    answer = signed_in(secretary).post(at(item, "andra/"), {**SENT, "owner": member.pk})
    assert answer.headers["Location"] == at(item)
    item.refresh_from_db()
    assert (item.title, item.minutes, item.owner, item.revision) == (SENT["title"], 25, member, 2)


def test_two_who_change_an_item_see_both_texts(meeting: Meeting, secretary: Person, chair: Person) -> None:
    item = make.item(meeting)
    first = {**SENT, "owner": chair.pk}
    signed_in(chair).post(at(item, "andra/"), first)
    second = {**first, "proposal": "Receptionen har jour i jul.", "minutes": "40"}
    answer = signed_in(secretary).post(at(item, "andra/"), second)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Så här är punkten nu" in page
    assert "Receptionen har jour i jul." in page
    assert "<ins>" in page
    item.refresh_from_db()
    assert item.proposal == "Receptionen har jour."
    # The page carries the new revision: what was typed can be saved on top.
    again = {**second, "revision": answer.context["form"]["revision"].value()}
    assert signed_in(secretary).post(at(item, "andra/"), again).status_code == 302
    item.refresh_from_db()
    assert (item.proposal, item.minutes) == ("Receptionen har jour i jul.", 40)


def test_what_was_typed_is_shown_when_the_meeting_has_ended(meeting: Meeting, secretary: Person) -> None:
    item = make.item(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CANCELLED, cancel_reason="Snö")
    answer = signed_in(secretary).post(new(meeting), {**SENT, "owner": secretary.pk})
    assert answer.status_code == 409
    assert "Mötet är inställt." in answer.content.decode()
    assert (
        "Många hör av sig." in answer.content.decode()
        or "Ska receptionen ha jour?" in answer.content.decode()
    )
    with pytest.raises(AgendaClosed):
        actions.change_item(item=item, revision=1, content={}, actor=secretary)


# --- removing ---------------------------------------------------------------------------------------
def test_a_removed_matter_is_in_the_queue_again(meeting: Meeting, secretary: Person, queued: Matter) -> None:
    item = make.item(meeting, matter=queued)
    client = signed_in(secretary)
    assert "Ärendet går tillbaka till kön" in client.get(at(item, "ta-bort/")).content.decode()
    client.post(at(item, "ta-bort/"), {"revision": item.revision})
    assert not meeting.items.exists()
    assert queued.question in client.get(f"{meeting.get_absolute_url()}punkter/").content.decode()


def test_a_changed_item_is_not_removed_unseen(meeting: Meeting, secretary: Person) -> None:
    item = make.item(meeting)
    AgendaItem.objects.update(revision=7)
    answer = signed_in(secretary).post(at(item, "ta-bort/"), {"revision": 1}, follow=True)
    assert "Punkten har ändrats sedan du öppnade sidan" in answer.content.decode()
    assert meeting.items.exists()


def test_what_has_been_said_is_not_removed(meeting: Meeting, secretary: Person, member: Person) -> None:
    item = make.item(meeting)
    item.advice.create(
        asked_of=member,
        asked_by=secretary,
        question="Vad tror du?",
        answer_by=meeting.held_on,
        text="Vänta.",
        given_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )
    answer = signed_in(secretary).post(at(item, "ta-bort/"), {"revision": 1}, follow=True)
    assert "Bordlägg den i stället" in answer.content.decode()
    assert meeting.items.exists()


# --- putting off ------------------------------------------------------------------------------------
def test_postponed_to_a_coming_meeting_keeps_everything(
    team: Team, meeting: Meeting, secretary: Person, queued: Matter, employee: Person
) -> None:
    item = make.item(meeting, queued.question, matter=queued)
    AgendaItem.objects.update(proposal="Receptionen har jour.", background="Många hör av sig.")
    ItemMaterial.objects.create(item=item, title="Bilaga", reference="Diariet 41", added_by=secretary)
    later = make.meeting(team, leader=secretary, held_on=meeting.held_on + dt.timedelta(days=14))
    client = signed_in(secretary)
    client.post(at(item, "bordlagg/"), {"revision": 1, "to": later.slug})
    item.refresh_from_db()
    again = later.items.get()
    assert (item.state, again.came_from, again.matter) == (ItemState.POSTPONED, item, queued)
    assert (again.proposal, again.background) == ("Receptionen har jour.", "Många hör av sig.")
    assert [each.reference for each in again.materials.all()] == ["Diariet 41"]
    queued.refresh_from_db()
    assert queued.state == MatterState.QUEUED
    # Who handed it in and who owns it are told, once each.
    letters = OutgoingMail.objects.order_by("pk")
    assert {letter.recipient for letter in letters} == {queued.handed_in_by, queued.owner}
    assert queued.question in letters[0].body
    assert "Den tas upp på mötet den" in letters[0].body
    # And both pages say where it came from and went.
    assert "Bordlades" in client.get(later.get_absolute_url()).content.decode()
    here = client.get(meeting.get_absolute_url()).content.decode()
    assert "Tas inte upp" in here
    assert "Bordlagd" in here


def test_postponed_to_the_queue(meeting: Meeting, secretary: Person, queued: Matter) -> None:
    item = make.item(meeting, queued.question, matter=queued)
    client = signed_in(secretary)
    client.post(at(item, "bordlagg/"), {"revision": 1, "to": "kon"})
    choose = client.get(f"{meeting.get_absolute_url()}punkter/").content.decode()
    assert queued.question in choose
    assert "Bordlades" in choose
    # Taken up again, it is the same question.
    client.post(new(meeting, f"?arende={queued.pk}"), {**SENT, "owner": secretary.pk})
    assert meeting.items.get(state=ItemState.COMING).came_from == item


def test_an_item_of_our_own_has_no_queue(
    team: Team, meeting: Meeting, secretary: Person, member: Person
) -> None:
    item = make.item(meeting, owner=member)
    later = make.meeting(team, leader=secretary, held_on=meeting.held_on + dt.timedelta(days=1))
    make.meeting(team, leader=secretary, held_on=meeting.held_on - dt.timedelta(days=1))
    make.meeting(leader=secretary, held_on=meeting.held_on + dt.timedelta(days=1))
    form = signed_in(secretary).get(at(item, "bordlagg/")).context["form"]
    assert [value for value, _label in form.fields["to"].choices] == [later.slug]
    assert signed_in(secretary).post(at(item, "bordlagg/"), {"revision": 1}).status_code == 422


def test_a_secret_postponement_says_nothing_in_letters(
    meeting: Meeting, secretary: Person, queued: Matter
) -> None:
    item = make.item(meeting, queued.question, matter=queued)
    Matter.objects.filter(pk=queued.pk).update(secrecy_ground="OSL 39 kap.")
    signed_in(secretary).post(at(item, "bordlagg/"), {"revision": 1, "to": "kon"})
    letters = list(OutgoingMail.objects.all())
    assert len(letters) == 2
    assert not any("jour" in letter.body + letter.subject for letter in letters)
    assert not django_mail.outbox


def test_putting_off_twice_is_refused(meeting: Meeting, secretary: Person, queued: Matter) -> None:
    item = make.item(meeting, matter=queued)
    postpone_item(item=item, revision=1, to=None, actor=secretary)
    with pytest.raises(ItemLeft):
        postpone_item(item=item, revision=1, to=None, actor=secretary)
    other = make.item(meeting)
    with pytest.raises(ItemChanged):
        postpone_item(item=other, revision=9, to=None, actor=secretary)


def test_what_goes_on_can_be_put_off(team: Team, secretary: Person) -> None:
    meeting = make.meeting(team, leader=secretary, state=MeetingState.OPEN)
    item = make.item(meeting, state=ItemState.CURRENT)
    Meeting.objects.filter(pk=meeting.pk).update(current_item=item)
    later = make.meeting(team, leader=secretary, held_on=meeting.held_on + dt.timedelta(days=7))
    postpone_item(item=item, revision=1, to=later, actor=secretary)
    meeting.refresh_from_db()
    assert meeting.current_item is None
    assert later.items.get().came_from == item


def test_a_matter_that_was_sorted_elsewhere_is_marked(
    meeting: Meeting, secretary: Person, queued: Matter
) -> None:
    make.item(meeting, matter=queued, purpose=ItemPurpose.ADVICE)
    Matter.objects.filter(pk=queued.pk).update(state=MatterState.INBOX)
    page = signed_in(secretary).get(meeting.get_absolute_url()).content.decode()
    assert "Ärendet har fått en annan väg" in page


# --- queries ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_choice(
    team: Team,
    meeting: Meeting,
    secretary: Person,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(count):
        matter = make.matter(team)
        Matter.objects.filter(pk=matter.pk).update(
            state=MatterState.QUEUED, purpose="advice", level="tactical", outcome="Råd"
        )
        Decision.objects.filter(pk=make.decision(team).pk).update(
            due_on=meeting.held_on - dt.timedelta(days=9), effect_on=meeting.held_on
        )
    client = signed_in(secretary)
    client.get(f"{meeting.get_absolute_url()}punkter/")
    with django_assert_num_queries(9):
        page = client.get(f"{meeting.get_absolute_url()}punkter/")
    assert page.content.decode().count("?arende=") == count
    assert page.content.decode().count("?beslut=") == count


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_an_item(
    meeting: Meeting,
    member: Person,
    secretary: Person,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    items = [make.item(meeting, f"Punkt {number}", owner=member) for number in range(count)]
    for _number in range(count):
        ItemMaterial.objects.create(item=items[0], title="Bilaga", reference="Diariet 41", added_by=member)
    client = signed_in(member)
    client.get(at(items[0]))
    with django_assert_num_queries(9):
        client.get(at(items[0]))
