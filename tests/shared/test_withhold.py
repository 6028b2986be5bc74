"""What a letter told of has become secret: the letter says no more of it."""

import pytest
from django.utils.translation import gettext_lazy as _

from styrfart.shared import mail
from styrfart.shared.models import OutgoingMail
from tests import make

pytestmark = pytest.mark.django_db
State = OutgoingMail.State
FILLED = "Nummer %(nr)s"


def a_letter(state: State, **fields: object) -> OutgoingMail:
    person = make.person(**fields)  # type: ignore[arg-type]  # fields of a person
    mail.send(person, subject="Om stölden", text="Stölden av pengarna", about=person)
    letter = OutgoingMail.objects.latest("pk")
    OutgoingMail.objects.filter(pk=letter.pk).update(state=state)
    letter.refresh_from_db()
    return letter


@pytest.mark.parametrize("state", State)
def test_no_words_are_left_in_a_letter_in_any_state(state: State) -> None:
    letter, other = a_letter(state), a_letter(state)
    mail.withhold([letter.about], subject=FILLED, text="Läs på sidan.", context={"nr": 7}, link="/x/")
    letter.refresh_from_db()
    assert letter.subject == "Nummer 7"
    assert ("Läs på sidan." in letter.body) == (state != State.SENT)
    assert "töld" not in letter.subject + letter.body
    other.refresh_from_db()
    assert (other.subject, "Stölden av pengarna" in other.body) == ("Om stölden", True)


def test_without_a_subject_theirs_stays() -> None:
    letter = a_letter(State.WAITING)
    mail.withhold([letter.about], text="Läs på sidan.")
    letter.refresh_from_db()
    assert letter.subject == "Om stölden"


def test_in_the_language_of_its_reader() -> None:
    letter = a_letter(State.WAITING, language="en")
    mail.withhold([letter.about], subject=_("Ärende %(nr)s"), text="x", context={"nr": 7})
    letter.refresh_from_db()
    assert letter.subject == "Matter 7"


def test_a_letter_to_nobody_any_more_is_emptied() -> None:
    letter = a_letter(State.HELD)
    OutgoingMail.objects.update(recipient=None)
    mail.withhold([letter.about], subject=FILLED, text="x", context={"nr": 7})
    letter.refresh_from_db()
    assert (letter.subject, letter.body) == ("Nummer 7", "")
