"""Mail is written with its deed, in the recipient's language, sent once, and seen when it fails."""

import smtplib
from email.message import Message
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail as outbox
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from pytest_django import DjangoAssertNumQueries, Settings

from styrfart.people.models import Person
from styrfart.shared import mail, worker
from styrfart.shared.models import OutgoingMail
from tests import make

State = OutgoingMail.State


@pytest.fixture(autouse=True)
def _has_server(settings: Settings) -> None:
    settings.MAIL_IS_SENT = True
    settings.BASE_URL = "https://styrfart.example"


@pytest.fixture
def anna(db: None) -> Person:
    return make.person("Anna", "Ek", email="anna@demo.example")


def send(person: Person, *, is_secret: bool = False) -> OutgoingMail:
    sent = mail.send(
        person, subject="Beslut fattat", text="Läs & hör", link="/beslut/7/", is_secret=is_secret
    )
    assert sent is not None
    return sent


def only() -> OutgoingMail:
    return OutgoingMail.objects.get()


def test_a_mail_is_sent_by_a_job_as_plain_text(anna: Person) -> None:
    send(anna)
    assert outbox.outbox == []
    assert only().state == State.WAITING
    worker.run_all()
    (sent,) = outbox.outbox
    assert (sent.to, sent.subject) == (["anna@demo.example"], "Beslut fattat")
    assert sent.body == (
        "Hej Anna,\n\nLäs & hör\n\nSe mer: https://styrfart.example/beslut/7/\n\n--\n"
        "Brevet kommer från Styrfart. Du kan inte svara på det.\n"
    )
    assert (only().state, only().attempts) == (State.SENT, 1)
    assert only().sent_at is not None


@pytest.mark.django_db(transaction=True)
def test_the_mail_of_a_deed_that_is_undone_does_not_exist() -> None:
    person = make.person()

    class Undone(Exception):
        pass

    def deed() -> None:
        with transaction.atomic():
            send(person)
            raise Undone

    with pytest.raises(Undone):
        deed()
    assert worker.run_all() == 0
    assert not OutgoingMail.objects.exists()


def test_a_mail_is_in_the_language_of_its_reader(anna: Person) -> None:
    anna.language = "en"
    # A word that the framework's own catalogues have in both languages.
    subjects = [mail.send(anna, subject=_("Monday"))]
    anna.language = "sv"
    subjects.append(mail.send(anna, subject=_("Monday")))
    assert [sent.subject for sent in subjects if sent] == ["Monday", "måndag"]


def test_a_subject_is_filled_and_kept_to_one_line(anna: Person) -> None:
    sent = mail.send(anna, subject="Ärende %(title)s", context={"title": "Ett\r\nBcc: alla@demo.example"})
    assert sent is not None
    assert sent.subject == "Ärende Ett Bcc: alla@demo.example"


@pytest.mark.parametrize("fields", [{"email": None}, {"is_active": False}])
def test_whoever_has_no_address_or_has_left_gets_no_mail(db: None, fields: dict[str, Any]) -> None:
    assert mail.send(make.person(**fields), subject="Hej") is None
    assert not OutgoingMail.objects.exists()


def test_a_mail_that_was_sent_is_not_sent_again(anna: Person) -> None:
    sent = send(anna)
    worker.run_all()
    mail.deliver.func(sent.pk)
    assert len(outbox.outbox) == 1


def test_every_try_carries_the_same_identity(anna: Person) -> None:
    sent = send(anna)
    seen: list[str] = []

    def refuse(self: outbox.EmailMessage, **_kwargs: object) -> int:
        message: Message = self.message()
        seen.append(message["Message-ID"])
        raise smtplib.SMTPServerDisconnected("anna@demo.example")

    with patch.object(outbox.EmailMessage, "send", refuse):
        for _attempt in range(2):
            with pytest.raises(smtplib.SMTPServerDisconnected):
                mail.deliver.func(sent.pk)
    assert seen[0] == seen[1]
    assert seen[0].startswith(f"<mail-{sent.pk}.")


def test_a_mail_that_cannot_be_sent_waits_and_fails_in_the_end_without_quoting_the_address(
    anna: Person,
) -> None:
    sent = send(anna)
    refused = smtplib.SMTPRecipientsRefused({"anna@demo.example": (550, b"anna@demo.example unknown")})
    with patch.object(outbox.EmailMessage, "send", side_effect=refused):
        for attempt in range(1, mail.ATTEMPTS + 1):
            with pytest.raises(smtplib.SMTPRecipientsRefused):
                mail.deliver.func(sent.pk)
            state = State.FAILED if attempt == mail.ATTEMPTS else State.WAITING
            assert (only().state, only().attempts) == (state, attempt)
    assert only().failure == "SMTPRecipientsRefused 550"


def test_a_failed_mail_can_be_sent_again(anna: Person) -> None:
    sent = send(anna)
    worker.run_all()
    OutgoingMail.objects.update(state=State.FAILED, attempts=6)
    mail.send_again(sent)
    worker.run_all()
    assert len(outbox.outbox) == 2
    assert only().state == State.SENT


def test_without_a_server_mail_is_held_and_says_so(anna: Person, settings: Settings) -> None:
    settings.MAIL_IS_SENT = False
    send(anna)
    worker.run_all()
    assert outbox.outbox == []
    assert (only().state, only().attempts) == (State.HELD, 0)


def test_a_secret_is_erased_when_it_is_sent(anna: Person) -> None:
    send(anna, is_secret=True)
    worker.run_all()
    assert "Läs & hör" in outbox.outbox[0].body
    assert only().body == ""


def test_the_outbox_shows_failures_first_and_never_reads_bodies(
    anna: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        mail.send(anna, subject=f"Brev {number}")
    OutgoingMail.objects.filter(subject="Brev 0").update(state=State.FAILED)
    with django_assert_num_queries(1):
        shown = [(row.subject, str(row.recipient)) for row in mail.outbox()]
    assert shown == [("Brev 0", "Anna Ek"), ("Brev 2", "Anna Ek"), ("Brev 1", "Anna Ek")]
    assert "body" in mail.outbox()[0].get_deferred_fields()
