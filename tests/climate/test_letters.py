import datetime as dt
import re
import smtplib
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from styrfart.climate import keys
from styrfart.climate.actions import cast, letters
from styrfart.climate.models import Invitation, Round
from tests import make
from tests.climate.round_stage import Office, launched, staffed, work
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
NINE = "543210543"


@pytest.fixture(autouse=True)
def _mail_is_sent(settings: Settings) -> None:
    settings.MAIL_IS_SENT = True
    settings.BASE_URL = "https://styrfart.demo.example"


def link_in(letter: Any) -> str:
    found = re.search(r"https://styrfart.demo.example/puls/([^/\s]+)/", letter.body)
    assert found
    return found[1]


def everything_stored() -> str:
    """Every row of every table as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # tables of our own
            found += [f"{table} {row}" for row in cursor.fetchall()]
    return "\n".join(found)


def test_everybody_gets_their_own_link_once() -> None:
    asked = launched(Office())
    assert work() == ["send_letters", "send_part"]
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(
        str(each.person.email) for each in asked.invitations.select_related("person") if each.person
    )
    assert len({link_in(letter) for letter in mail.outbox}) == 13
    for letter in mail.outbox:
        invitation = Invitation.objects.get(digest=keys.digest_of(link_in(letter)))
        assert invitation.person is not None
        assert (letter.to, invitation.sent_on) == ([invitation.person.email], timezone.localdate())
    letters.send_letters.func(asked.pk)
    assert work() == []
    assert len(mail.outbox) == 13


def test_no_table_holds_a_link_or_a_letter() -> None:
    assert apps.is_installed("styrfart.climate")
    asked = launched(Office())
    assert asked.invitations.count() == 13
    letters.send_letters.func(asked.pk)
    before = everything_stored()  # with the jobs that wait
    work()
    stored = before + everything_stored()
    assert "Puls i november" in stored  # what is stored is found
    for letter in mail.outbox:
        assert link_in(letter) not in stored
        assert "din länk. Du" not in stored
    assert "Svara här" not in stored


def test_a_letter_says_why_when_how_long_and_what_is_promised() -> None:
    launched(Office())
    work()
    body = mail.outbox[0].body
    assert mail.outbox[0].subject == "Puls i november: din länk"
    closes = timezone.localdate() + dt.timedelta(days=14)
    for said in (
        "Varför vi frågar: Vi vill veta hur det går.",
        "Det tar ungefär en minut.",
        f"till och med den {closes.day} ",
        "Ingen kan se vem som svarat vad. Resultat visas bara för grupper med minst 7 svar",
        "skicka den inte vidare",
    ):
        assert said in body
    assert "&" not in body  # not written as HTML


def test_a_letter_is_in_the_language_of_its_reader() -> None:
    office = Office()
    staffed(office.small, 1, language="en", email="eve@demo.example")
    launched(office)
    work()
    english = next(letter for letter in mail.outbox if letter.to == ["eve@demo.example"])
    assert english.subject == "Puls i november: your link"
    assert "Nobody can see who answered what." in english.body
    assert sum("Ingen kan se" in letter.body for letter in mail.outbox) == 13


def test_a_round_that_opens_later_sends_no_letter_before() -> None:
    launched(Office(), opens_in=3)
    assert work() == []
    assert mail.outbox == []


def test_in_a_demonstration_nothing_is_sent(settings: Settings) -> None:
    settings.MAIL_IS_SENT = False
    asked = launched(Office())
    assert work() == ["send_letters"]
    assert mail.outbox == []
    assert asked.invitations.filter(sent_on=None).count() == 13


def test_many_letters_go_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "IN_A_PART", 5)
    launched(Office())
    assert work() == ["send_letters", "send_part", "send_part", "send_part"]
    assert len(mail.outbox) == 13


class Broken(EmailBackend):
    """A server that refuses one address, and says why at length."""

    refused: str = ""
    opened = 0

    def open(self) -> bool:
        type(self).opened += 1
        return True

    def send_messages(self, messages: Any) -> int:
        if any(self.refused in message.to for message in messages):
            raise smtplib.SMTPDataError(550, f"no {messages[0].body}".encode())
        return super().send_messages(messages)


def test_one_address_that_is_refused_stops_nobody_and_is_tried_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = launched(Office())
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    first = asked.invitations.select_related("person").earliest("pk")
    assert first.person is not None
    monkeypatch.setattr(Broken, "refused", first.person.email)
    monkeypatch.setattr(Broken, "opened", 0)
    last = asked.invitations.latest("pk").pk
    with pytest.raises(letters.LettersLeft) as refusal:
        letters.send_part.func(asked.pk, first.pk, last)
    assert str(refusal.value) == "1 of 13"
    assert Broken.opened == 1  # one connection for all
    assert len(mail.outbox) == 12
    assert list(asked.invitations.filter(sent_on=None)) == [first]
    monkeypatch.setattr(Broken, "refused", "")
    letters.send_part.func(asked.pk, first.pk, last)
    assert len(mail.outbox) == 13
    assert mail.outbox[-1].to == [first.person.email]


# --- reminders --------------------------------------------------------------------------------------
def test_only_those_whose_links_are_unused_are_reminded() -> None:
    asked = launched(Office())
    work()
    answered = mail.outbox[:4]
    for letter in answered:
        cast(link=link_in(letter), values=NINE, texts={})
    mail.outbox.clear()
    before = everything_stored()
    letters.send_reminders.func(asked.pk)
    assert work() == ["remind_part"]
    told = {letter.to[0] for letter in mail.outbox}
    assert len(told) == 9
    assert told.isdisjoint({letter.to[0] for letter in answered})
    assert {letter.subject for letter in mail.outbox} == {"Påminnelse: Puls i november är öppen"}
    # To whom it went is written nowhere: the tables are as they were.
    assert everything_stored() == before


def test_a_job_of_reminders_does_not_say_who_has_answered() -> None:
    asked = launched(Office())
    work()
    for letter in mail.outbox[:6]:
        cast(link=link_in(letter), values=NINE, texts={})
    letters.send_reminders.func(asked.pk)
    from django_tasks_db.models import DBTaskResult

    ids = list(asked.invitations.order_by("pk").values_list("pk", flat=True))
    assert [each.args_kwargs["args"] for each in DBTaskResult.objects.all()] == [[asked.pk, ids[0], ids[-1]]]


def test_nobody_is_reminded_of_a_round_that_has_closed() -> None:
    asked = launched(Office())
    work()
    mail.outbox.clear()
    Round.objects.filter(pk=asked.pk).update(
        opens_on=timezone.localdate() - dt.timedelta(days=9),
        closes_on=timezone.localdate() - dt.timedelta(days=1),
    )
    letters.send_reminders.func(asked.pk)
    letters.remind_part.func(asked.pk, 0, 10**9)
    assert mail.outbox == []


# --- once more --------------------------------------------------------------------------------------
def test_somebody_asks_for_their_own_link_again() -> None:
    asked = launched(Office())
    work()
    mine = asked.invitations.select_related("person").earliest("pk")
    assert mine.person is not None
    first = next(link_in(letter) for letter in mail.outbox if letter.to == [mine.person.email])
    mail.outbox.clear()
    answer = signed_in(mine.person).post(f"/klimat/pulser/{asked.pk}/lanken/", follow=True)
    assert "Länken är på väg till din e-post." in answer.content.decode()
    assert work() == ["send_one"]
    assert [(letter.to, letter.subject, link_in(letter)) for letter in mail.outbox] == [
        ([mine.person.email], "Puls i november: din länk igen", first)
    ]


def test_whoever_sits_in_two_teams_gets_both_links_again() -> None:
    office = Office()
    teams = [
        make.team("Arkivets ledning", of_unit=office.top),
        make.team("Växelns ledning", of_unit=office.top),
    ]
    for team in teams:
        make.member(team, person=office.head)
    asked = launched(office, units=[], teams=teams, instruments=["klimat"])
    work()
    mail.outbox.clear()
    signed_in(office.head).post(f"/klimat/pulser/{asked.pk}/lanken/")
    assert work() == ["send_one", "send_one"]
    key = keys.read(asked.pk)
    assert {link_in(letter) for letter in mail.outbox} == {
        key.link(pk) for pk in asked.invitations.values_list("pk", flat=True)
    }


def test_who_has_answered_gets_the_same_letter() -> None:
    asked = launched(Office())
    work()
    mine = asked.invitations.select_related("person").earliest("pk")
    cast(link=keys.read(asked.pk).link(mine.pk), values=NINE, texts={})
    mail.outbox.clear()
    letters.send_one.func(mine.pk)
    assert len(mail.outbox) == 1


def test_a_stranger_asks_in_vain() -> None:
    asked = launched(Office())
    work()
    answer = signed_in(make.person()).post(f"/klimat/pulser/{asked.pk}/lanken/")
    assert answer.status_code == 404
    assert work() == []
