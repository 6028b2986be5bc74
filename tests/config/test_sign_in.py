"""Signing in by password: for people in the register, not for guessers, not for ever."""

import datetime as dt
import re
from contextlib import AbstractContextManager
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from axes.models import AccessAttempt
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from styrfart.people.models import Person, Role
from styrfart.people.standing import standing
from styrfart.shared import worker
from styrfart.shared.models import AuditEntry, OutgoingMail
from tests import make
from tests.installation import on_sqlite

LOGIN = "/konto/inloggning/"
PASSWORD = "ett långt lösenord"


@pytest.fixture(autouse=True)
def _real_limits(settings: Settings, db: None) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "styrfart_cache"}
    }
    cache.clear()


@pytest.fixture
def anna() -> Person:
    person = make.person("Anna", "Ek", email="anna.ek@demo.example")
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    return person


def sign_in(
    client: Client, login: str = "anna.ek@demo.example", password: str = PASSWORD, **extra: str
) -> int:
    form = {"login": login, "password": password}
    return client.post(LOGIN, form, **extra).status_code  # type: ignore[arg-type]  # headers, all of them


def is_signed_in(client: Client) -> bool:
    return client.get("/konto/losenord/").status_code == 200


@pytest.mark.parametrize("login", ["anna.ek@demo.example", "Anna.EK@Demo.Example", " anna.ek@demo.example "])
def test_the_address_is_known_however_it_is_written(anna: Person, client: Client, login: str) -> None:
    assert sign_in(client, login) == 302
    assert client.session[SESSION_KEY] == str(anna.pk)


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("anna.ek@demo.example", "fel lösenord"),
        ("ingen@demo.example", PASSWORD),
        ("", ""),
        ("inte en adress", "x"),
    ],
)
def test_the_wrong_address_or_password_signs_nobody_in(
    anna: Person, client: Client, login: str, password: str
) -> None:
    assert sign_in(client, login, password) == 200
    assert SESSION_KEY not in client.session


def test_the_session_gets_a_new_key_and_ends_with_the_browser(anna: Person, client: Client) -> None:
    client.get(LOGIN)
    session = client.session
    session["planted"] = "x"
    session.save()
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before
    assert client.cookies["session"]["max-age"] == ""
    assert client.cookies["session"]["httponly"]
    assert client.cookies["session"]["samesite"] == "Lax"


def test_nobody_registers_themselves(client: Client) -> None:
    assert client.get("/konto/registrering/").status_code == 200
    client.post(
        "/konto/registrering/", {"email": "ny@demo.example", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert not Person.objects.exists()


@pytest.mark.parametrize("target", ["https://elak.example/", "//elak.example/", "javascript:alert(1)"])
def test_sign_in_leads_to_no_other_site(anna: Person, client: Client, target: str) -> None:
    answer = client.post(
        f"{LOGIN}?next={target}", {"login": anna.email, "password": PASSWORD, "next": target}
    )
    assert answer.headers["Location"] == "/"


# --- Those who have left -----------------------------------------------------------------------------


def test_whoever_has_left_cannot_sign_in(anna: Person, client: Client) -> None:
    Person.objects.update(is_active=False)
    sign_in(client)
    assert SESSION_KEY not in client.session


def test_a_session_ends_at_once_when_the_person_leaves_and_does_not_come_back(
    anna: Person, client: Client
) -> None:
    sign_in(client)
    assert is_signed_in(client)
    Person.objects.update(is_active=False)
    assert not is_signed_in(client)
    Person.objects.update(is_active=True)
    assert not is_signed_in(client)


# --- How long a session lasts ------------------------------------------------------------------------


def later(**time: float) -> AbstractContextManager[object]:
    return patch(
        "styrfart.people.middleware.timezone.now", return_value=timezone.now() + dt.timedelta(**time)
    )


def test_somebodys_own_page_is_kept_by_no_cache_on_the_way(anna: Person, client: Client) -> None:
    assert "private" not in client.get("/konto/logga-in/").headers.get("Cache-Control", "")
    client.force_login(anna, backend="styrfart.people.backends.PersonBackend")
    assert client.get("/").headers["Cache-Control"] == "private"


def test_a_session_ends_after_two_silent_hours(anna: Person, client: Client) -> None:
    sign_in(client)
    assert is_signed_in(client)
    with later(hours=1, minutes=59):
        assert is_signed_in(client)
    with later(hours=3, minutes=55):
        assert is_signed_in(client)
    with later(hours=6):
        assert not is_signed_in(client)


def test_a_session_ends_twelve_hours_after_sign_in_however_active_one_is(
    anna: Person, client: Client
) -> None:
    sign_in(client)
    for hour in range(12):
        with later(hours=hour):
            assert is_signed_in(client), hour
    with later(hours=12, minutes=1):
        assert not is_signed_in(client)


def test_being_active_is_written_down_every_five_minutes_and_not_at_each_request(
    anna: Person, client: Client
) -> None:
    sign_in(client)
    is_signed_in(client)
    key = client.session.session_key
    kept = Session.objects.get(pk=key).session_data
    with later(minutes=4):
        is_signed_in(client)
    assert Session.objects.get(pk=key).session_data == kept
    with later(minutes=6):
        is_signed_in(client)
    assert Session.objects.get(pk=key).session_data != kept


def test_a_new_password_ends_every_other_session(anna: Person) -> None:
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)
    new = "ett annat långt lösenord"
    answer = here.post("/konto/losenord/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert AuditEntry.objects.filter(verb="people.set_password", concerns=anna).count() == 1
    anna.refresh_from_db()
    assert anna.check_password(new)


# --- Guessing ----------------------------------------------------------------------------------------


def test_five_wrong_passwords_lock_the_account_from_that_place_for_a_while(
    anna: Person, client: Client
) -> None:
    statuses = [sign_in(client, password="fel") for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    right = client.post(LOGIN, {"login": anna.email, "password": PASSWORD})
    assert right.status_code == 429
    assert right.headers["Retry-After"] == "900"
    assert "429.html" in [template.name for template in right.templates]
    assert sign_in(Client(), password=PASSWORD) == 429, "another browser in the same place"
    assert sign_in(Client(), REMOTE_ADDR="10.0.0.7") == 302, "the person themselves, elsewhere"
    AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(minutes=16))
    assert sign_in(client) == 302


def test_capital_letters_give_no_new_guesses(anna: Person, client: Client) -> None:
    for login in (
        "anna.ek@demo.example",
        "ANNA.EK@demo.example",
        "Anna.Ek@demo.example",
        " anna.ek@demo.example ",
    ):
        sign_in(client, login, "fel")
    assert sign_in(client, "aNNA.eK@demo.example", "fel") == 429


def test_one_person_s_failures_do_not_lock_a_colleague_out(anna: Person, client: Client) -> None:
    for _ in range(6):
        sign_in(client, "bo@demo.example", "fel")
    assert sign_in(client) == 302


def test_guesses_from_many_places_are_stopped_too(anna: Person) -> None:
    for place in range(30):
        assert sign_in(Client(), password="fel", REMOTE_ADDR=f"10.0.1.{place}") == 200
    from_elsewhere = Client()
    assert sign_in(from_elsewhere, REMOTE_ADDR="10.0.2.1") == 200
    assert SESSION_KEY not in from_elsewhere.session


def test_a_made_up_forwarding_header_gives_no_new_guesses(anna: Person, client: Client) -> None:
    for number in range(4):
        sign_in(client, password="fel", HTTP_X_FORWARDED_FOR=f"10.0.3.{number}")
    assert sign_in(client, password="fel", HTTP_X_FORWARDED_FOR="10.0.3.99") == 429


def test_behind_a_proxy_it_is_the_visitor_s_address_that_counts(anna: Person, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for _ in range(5):
        # What the visitor writes first is a lie; the proxy adds the true address last.
        sign_in(Client(), password="fel", HTTP_X_FORWARDED_FOR="1.2.3.4, 10.0.4.1")
    assert sign_in(Client(), HTTP_X_FORWARDED_FOR="10.0.4.1") == 429
    assert sign_in(Client(), HTTP_X_FORWARDED_FOR="10.0.4.2") == 302


GUESS = """
    from django.test import Client
    client = Client(HTTP_HOST="127.0.0.1")
    answer = None
    form = {{"login": "anna.ek@demo.example", "password": {password!r}}}
    for _ in range({times}):
        answer = client.post("/konto/inloggning/", form)
    print(answer.status_code)
"""


def test_the_lock_holds_over_several_servers(tmp_path: Path) -> None:
    shop = on_sqlite(tmp_path)
    shop.python(f"""
        from tests import make
        anna = make.person("Anna", "Ek", email="anna.ek@demo.example")
        anna.set_password({PASSWORD!r})
        anna.save()
    """)
    assert shop.python(GUESS.format(times=3, password="fel")) == "200"
    assert shop.python(GUESS.format(times=2, password="fel")) == "429", "the second server counts on"
    assert shop.python(GUESS.format(times=1, password=PASSWORD)) == "429", "and so does a third"


def test_what_is_kept_of_a_failed_sign_in_has_no_password(anna: Person, client: Client) -> None:
    sign_in(client, password="nästan rätt lösenord")
    attempt = AccessAttempt.objects.get()
    assert "nästan" not in f"{attempt.post_data}{attempt.get_data}"


# --- A forgotten password ----------------------------------------------------------------------------


def test_a_forgotten_password_is_replaced_by_way_of_the_outbox(anna: Person, settings: Settings) -> None:
    settings.MAIL_IS_SENT = True
    anna.language = "en"
    anna.save(update_fields=["language"])
    elsewhere = Client()
    sign_in(elsewhere)
    client = Client()
    assert client.post("/konto/losenord/glomt/", {"email": "Anna.Ek@demo.example"}).status_code == 302
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.address, mail.is_secret) == (anna, "anna.ek@demo.example", True)
    found = re.search(r"https?://[^/]+(/konto/losenord/glomt/\S+/)", mail.body)
    assert found
    form = client.get(found.group(1), follow=True)
    url = form.redirect_chain[-1][0]
    answer = client.post(url, {"password1": "nytt och långt nog", "password2": "nytt och långt nog"})
    assert answer.status_code == 302
    anna.refresh_from_db()
    assert anna.check_password("nytt och långt nog")
    assert not is_signed_in(elsewhere)
    worker.run_all()
    assert set(OutgoingMail.objects.values_list("body", flat=True)) == {""}
    assert client.get(found.group(1), follow=True).context.get("token_fail"), "the key works once"


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client: Client) -> None:
    answer = client.post("/konto/losenord/glomt/", {"email": "ingen@demo.example"})
    assert answer.status_code == 302
    assert not OutgoingMail.objects.exists()


def test_no_second_register_of_addresses_grows(anna: Person, client: Client) -> None:
    client.post("/konto/losenord/glomt/", {"email": anna.email})
    sign_in(client)
    is_signed_in(client)
    assert not EmailAddress.objects.exists()


def test_an_address_that_was_somebody_s_once_signs_nobody_in(anna: Person, client: Client) -> None:
    Person.objects.filter(pk=anna.pk).update(email="anna.berg@demo.example")
    assert sign_in(client, "anna.ek@demo.example") == 200
    assert sign_in(client, "anna.berg@demo.example") == 302


# --- A second factor ---------------------------------------------------------------------------------


def code_for(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def confirm(client: Client) -> None:
    """Prove once more who one is, as is asked for before anything about signing in is changed."""
    assert client.post("/konto/bekraftelse/", {"password": "fel"}).status_code == 200
    assert client.post("/konto/bekraftelse/", {"password": PASSWORD}).status_code == 302


def test_a_role_that_needs_a_second_factor_makes_one_before_anything_else(
    settings: Settings, anna: Person
) -> None:
    settings.MFA_REQUIRED_ROLES = ["system_owner"]
    make.role(Role.SYSTEM_OWNER, anna)
    client = Client()
    sign_in(client)
    assert client.get("/konto/losenord/").headers["Location"] == "/konto/andra-faktor/app/"
    assert client.get("/konto/andra-faktor/app/").headers["Location"].startswith("/konto/bekraftelse/")
    confirm(client)
    page = client.get("/konto/andra-faktor/app/")
    assert page.status_code == 200
    secret = page.context["form"].secret
    done = client.post("/konto/andra-faktor/app/", {"code": code_for(secret)})
    assert done.status_code == 302
    assert client.get("/konto/losenord/").status_code == 200
    # From now on the code is asked for, and the password alone opens nothing.
    again = Client()
    asked = again.post(LOGIN, {"login": anna.email, "password": PASSWORD})
    assert asked.headers["Location"].startswith("/konto/andra-faktor/kod/")
    assert SESSION_KEY not in again.session
    assert again.post("/konto/andra-faktor/kod/", {"code": "000000"}).status_code == 200
    assert SESSION_KEY not in again.session
    cache.clear()  # the code was used a moment ago: the next one would be half a minute away
    assert again.post("/konto/andra-faktor/kod/", {"code": code_for(secret)}).status_code == 302
    assert again.session[SESSION_KEY] == str(anna.pk)


def test_other_roles_are_not_asked_for_one(settings: Settings, anna: Person, client: Client) -> None:
    settings.MFA_REQUIRED_ROLES = ["system_owner"]
    make.role(Role.HR_DEVELOPER, anna)
    sign_in(client)
    assert client.get("/konto/losenord/").status_code == 200


def test_a_recovery_code_opens_once(anna: Person) -> None:
    TOTP.activate(anna, generate_totp_secret())
    client = Client()
    sign_in(client)
    recovery = Authenticator.objects.filter(user=anna, type=Authenticator.Type.RECOVERY_CODES)
    if not recovery.exists():
        from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

        RecoveryCodes.activate(anna)
    code = recovery.get().wrap().get_unused_codes()[0]
    assert client.post("/konto/andra-faktor/kod/", {"code": code}).status_code == 302
    assert client.session[SESSION_KEY] == str(anna.pk)
    again = Client()
    sign_in(again)
    again.post("/konto/andra-faktor/kod/", {"code": code})
    assert SESSION_KEY not in again.session


def test_the_secret_of_the_second_factor_cannot_be_read_in_the_database(anna: Person) -> None:
    secret = generate_totp_secret()
    TOTP.activate(anna, secret)
    kept = Authenticator.objects.get(user=anna, type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)
    assert kept.wrap().validate_code(code_for(secret))


def test_codes_cannot_be_guessed_without_end(anna: Person) -> None:
    TOTP.activate(anna, generate_totp_secret())
    client = Client()
    sign_in(client)
    answers = [client.post("/konto/andra-faktor/kod/", {"code": f"{number:06}"}) for number in range(40)]
    assert SESSION_KEY not in client.session
    assert "code" in answers[-1].context["form"].errors
    assert str(answers[-1].context["form"].errors) != str(answers[0].context["form"].errors)


@pytest.mark.parametrize("page", ["", "nycklar/", "nycklar/ny/", "reservkoder/nya/"])
def test_the_pages_of_the_second_factor_open(anna: Person, page: str) -> None:
    TOTP.activate(anna, secret := generate_totp_secret())
    client = Client()
    sign_in(client)
    client.post("/konto/andra-faktor/kod/", {"code": code_for(secret)})
    confirm(client)
    assert client.get(f"/konto/andra-faktor/{page}").status_code == 200


# --- The first owner ---------------------------------------------------------------------------------


def make_owner(*arguments: str) -> str:
    out = StringIO()
    call_command("owner", *arguments, stdout=out)
    return out.getvalue()


def test_the_first_owner_chooses_a_password_by_a_link_that_works_once(client: Client) -> None:
    said = make_owner("Olle.Ek@demo.example", "--given", "Olle", "--family", "Ek")
    olle = Person.objects.get(email="olle.ek@demo.example")
    assert standing(olle).roles == {Role.SYSTEM_OWNER}
    assert not olle.has_usable_password()
    assert AuditEntry.objects.filter(verb="people.give_role", actor=None, concerns=olle).count() == 1
    found = re.search(r"https?://[^/]+(/konto/losenord/glomt/\S+/)", said)
    assert found
    form = client.get(found.group(1), follow=True)
    new = {"password1": PASSWORD, "password2": PASSWORD}
    assert client.post(form.redirect_chain[-1][0], new).status_code == 302
    assert sign_in(Client(), "olle.ek@demo.example") == 302
    assert client.get(found.group(1), follow=True).context.get("token_fail")


def test_somebody_in_the_register_becomes_owner_once(anna: Person) -> None:
    make_owner("anna.ek@demo.example")
    make_owner("anna.ek@demo.example")
    assert Person.objects.count() == 1
    assert anna.role_assignments.count() == 1


@pytest.mark.parametrize(
    "arguments", [["ny@demo.example"], ["inte en adress", "--given", "A", "--family", "B"]]
)
def test_an_owner_needs_a_name_and_an_address(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        make_owner(*arguments)
    assert not Person.objects.exists()


def test_the_link_in_the_mail_leads_to_us_whatever_the_browser_says_we_are_called(
    anna: Person, settings: Settings
) -> None:
    settings.BASE_URL = "https://styrfart.example"
    settings.ALLOWED_HOSTS = ["styrfart.example", "127.0.0.1"]
    Client(HTTP_HOST="127.0.0.1").post("/konto/losenord/glomt/", {"email": anna.email})
    assert "https://styrfart.example/konto/losenord/glomt/" in OutgoingMail.objects.get().body
    assert "127.0.0.1" not in OutgoingMail.objects.get().body
