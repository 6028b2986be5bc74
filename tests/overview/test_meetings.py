"""Meetings on the home page and in the letter of the morning."""

import datetime as dt

import pytest
from django.utils import timezone

from styrfart.matters.models import Matter
from styrfart.meetings.deadlines import material_due
from styrfart.meetings.models import Advice, AgendaItem, Meeting, MeetingState
from styrfart.overview import jobs
from styrfart.people.models import Person, Team
from styrfart.shared.models import OutgoingMail
from styrfart.shared.workdays import next_workday, workdays_after
from tests import make
from tests.conftest import signed_in

LOCALDATE = timezone.localdate
# A workday that is today or soon, so that material may be due on it.
TODAY = next_workday(LOCALDATE())


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda value=None: LOCALDATE(value) if value else TODAY)


def due_today(team: Team, chair: Person, secretary: Person) -> Meeting:
    """A meeting whose material is to be there today."""
    days = (TODAY + dt.timedelta(days=ahead) for ahead in range(1, 40))
    held_on = next(day for day in days if material_due(Meeting(held_on=day)) == TODAY)
    return make.meeting(team, held_on=held_on, leader=chair, secretary=secretary)


def letters() -> dict[str, str]:
    jobs.queue_letters(TODAY, with_digest=False)
    jobs.send_some_letters.func(list(Person.objects.values_list("pk", flat=True)), with_digest=False)
    return {letter.address.partition("@")[0]: letter.body for letter in OutgoingMail.objects.all()}


def test_home_shows_the_next_meeting_and_what_waits(
    team: Team, chair: Person, member: Person, stranger: Person
) -> None:
    meeting = make.meeting(team, held_on=TODAY + dt.timedelta(days=2), leader=chair)
    make.item(meeting, "Förändringstrycket i november", owner=member)
    page = signed_in(member).get("/").content.decode()
    assert "Nästa möte" in page
    assert "Lämna underlag: Förändringstrycket i november" in page
    assert "Skicka kallelsen" in signed_in(chair).get("/").content.decode()
    assert "Förändringstrycket" not in signed_in(stranger).get("/").content.decode()


def test_a_meeting_that_goes_on_comes_first(team: Team, chair: Person, member: Person) -> None:
    make.matter(team)
    make.meeting(team, held_on=TODAY, leader=chair, state=MeetingState.OPEN)
    page = signed_in(chair).get("/").content.decode()
    assert page.index("Ledningsgruppens möte pågår") < page.index("ärende")


def test_material_is_asked_for_on_its_day_and_two_workdays_before(
    team: Team, chair: Person, member: Person, secretary: Person
) -> None:
    today = due_today(team, chair, secretary)
    make.item(today, "Budgetläget", owner=member)
    soon = Meeting.objects.filter(pk=make.meeting(team, leader=chair, secretary=secretary).pk)
    for ahead in range(1, 40):
        soon.update(held_on=TODAY + dt.timedelta(days=ahead))
        if material_due(soon.get()) == workdays_after(TODAY, 2):
            break
    make.item(soon.get(), "Pulsen i september", owner=member)
    said = letters()
    assert "Underlaget till ”Budgetläget” ska vara klart" in said[_box(member)]
    assert "Underlaget till ”Pulsen i september” ska vara klart" in said[_box(member)]
    assert "Underlag saknas till en punkt" in said[_box(secretary)]
    assert _box(chair) not in said


def test_who_is_ready_is_not_asked(team: Team, chair: Person, member: Person, secretary: Person) -> None:
    meeting = due_today(team, chair, secretary)
    item = make.item(meeting, owner=member)
    AgendaItem.objects.filter(pk=item.pk).update(ready_at=timezone.now())
    assert letters() == {}


def test_the_letter_says_nothing_of_a_secret_item(
    team: Team, chair: Person, member: Person, secretary: Person
) -> None:
    matter = make.matter(team, "Ska vi köpa HEMLIGT?")
    Matter.objects.filter(pk=matter.pk).update(secrecy_ground="OSL 19 kap. 1 §")
    meeting = due_today(team, chair, secretary)
    make.item(meeting, "Ska vi köpa HEMLIGT?", matter=matter, owner=member)
    said = letters()
    assert "en punkt som omfattas av sekretess" in said[_box(member)]
    assert "HEMLIGT" not in "".join(said.values())
    assert "HEMLIGT" not in signed_in(member).get("/").content.decode().split("Nästa möte")[0]


def test_advice_is_asked_for_on_its_day(team: Team, chair: Person, employee: Person) -> None:
    item = make.item(make.meeting(team, leader=chair))
    Advice.objects.create(
        item=item, asked_of=employee, asked_by=chair, question="Räcker det?", answer_by=TODAY
    )
    assert "vill ha ditt råd i dag om ”Två eller tre introduktionsdagar?”" in letters()[_box(employee)]


def test_the_week_tells_of_its_meetings(team: Team, chair: Person, member: Person) -> None:
    make.meeting(team, held_on=TODAY + dt.timedelta(days=3), leader=chair)
    jobs.send_some_letters.func([member.pk], with_digest=True)
    assert "Ledningsgruppens möte" in OutgoingMail.objects.get(recipient=member).body


def _box(person: Person) -> str:
    return (person.email or "").partition("@")[0]
