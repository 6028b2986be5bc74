"""Letters carry what they tell of: when it becomes secret, those on their way lose its words."""

import datetime as dt

import pytest
from django.utils import timezone

from styrfart.decisions.actions import register_decision
from styrfart.decisions.models import Decision
from styrfart.matters import actions
from styrfart.matters.models import MatterState
from styrfart.overview.models import Letter
from styrfart.people.models import Person, Team
from styrfart.shared.models import OutgoingMail
from tests import make
from tests.overview.test_jobs import run_digests, run_letters
from tests.overview.test_waiting import handed

pytestmark = pytest.mark.django_db
GROUND = "OSL 21 kap. 7 §"
INSTEAD = "Något i brevet omfattas nu av sekretess. På din startsida ser du vad som väntar på dig."


def test_a_letter_of_the_day_says_what_it_is_about(team: Team, member: Person) -> None:
    today = timezone.localdate()
    over = handed(member, make.person(), team, today, "Vem stal pengarna?")
    task = make.action(team, "Ring polisen", owner=member, due_on=today)
    run_letters()
    letter = Letter.objects.get()
    assert OutgoingMail.objects.get().about == f"overview.letter/{letter.pk}"
    assert letter.tells_of == f" decisions.action/{task.pk} matters.matter/{over.matter_id} "


def test_a_matter_that_becomes_secret_takes_its_words_out_of_a_letter_on_its_way(
    team: Team, chair: Person, member: Person
) -> None:
    today = timezone.localdate()
    over = handed(member, make.person(), team, today, "Vem stal pengarna?")
    run_letters()
    assert "Vem stal pengarna?" in OutgoingMail.objects.get().body
    matter = over.matter
    actions.mark_secret(matter=matter, ground=GROUND, known="", actor=chair)
    mail = OutgoingMail.objects.get()
    assert (mail.subject, mail.state) == ("Det här väntar på dig i dag", OutgoingMail.State.WAITING)
    assert INSTEAD in mail.body
    assert "pengarna" not in mail.body


def test_the_weekly_letter_too_whatever_row_tells_of_it(team: Team, chair: Person, employee: Person) -> None:
    sender = make.person("Siv", "Sändare")
    asked = make.matter(team, "Komplettera om stölden?", by=sender, state=MatterState.MORE_ASKED)
    over = handed(employee, sender, team, timezone.localdate() + dt.timedelta(days=3), "Vem stal pengarna?")
    written = make.preparation(make.matter(team, state=MatterState.PREPARING), employee)
    run_digests()
    told = {letter.person_id: letter.tells_of.split() for letter in Letter.objects.all()}
    keys = [f"matters.matter/{matter.pk}" for matter in (asked, over.matter, written.matter)]
    assert told == {sender.pk: [keys[0]], employee.pk: sorted(keys[1:])}
    for matter in (asked, over.matter):
        actions.mark_secret(matter=matter, ground=GROUND, known="", actor=chair)
    bodies = [mail.body for mail in OutgoingMail.objects.all()]
    assert [body.count(INSTEAD) for body in bodies] == [1, 1]
    assert not any("stal" in body or "stöld" in body for body in bodies)


def test_what_comes_and_what_a_decision_asks_for(team: Team, chair: Person, secretary: Person) -> None:
    make.post(chair, team.unit)
    decision = make.decision(team, "Pengarna polisanmäls.", by=chair, owner=chair)
    ahead = timezone.localdate() + dt.timedelta(days=3)
    Decision.objects.filter(pk=decision.pk).update(due_on=ahead)
    decision.refresh_from_db()
    run_digests()
    mail = OutgoingMail.objects.get(recipient=chair)
    assert "Pengarna polisanmäls." in mail.body
    register_decision(
        decision=decision,
        revision=decision.revision,
        registry_number="",
        secrecy_ground=GROUND,
        actor=secretary,
    )
    mail.refresh_from_db()
    assert "polisanmäls" not in mail.body
    assert INSTEAD in mail.body


def test_letters_about_something_else_stay_as_they_are(team: Team, chair: Person, member: Person) -> None:
    """Matter 1 is not matter 11, and a letter that has gone has no words left to take."""
    first = handed(member, make.person(), team, timezone.localdate(), "Vem stal pengarna?")
    run_letters()
    letter, mail = Letter.objects.get(), OutgoingMail.objects.get()
    Letter.objects.update(
        tells_of=f" matters.matter/{first.matter_id}1 decisions.decision/{first.matter_id} "
    )
    actions.mark_secret(matter=first.matter, ground=GROUND, known="", actor=chair)
    mail.refresh_from_db()
    assert "Vem stal pengarna?" in mail.body
    Letter.objects.filter(pk=letter.pk).update(tells_of=f" matters.matter/{first.matter_id} ")
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT, body="")
    actions.mark_secret(matter=first.matter, ground="OSL 39 kap.", known=GROUND, actor=chair)
    mail.refresh_from_db()
    assert mail.body == ""


def test_a_letter_with_nothing_but_counts_tells_of_no_record(team: Team, chair: Person) -> None:
    make.matter(team, "Vem stal pengarna?")
    run_digests()
    assert Letter.objects.get().tells_of == ""
