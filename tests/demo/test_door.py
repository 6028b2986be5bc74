"""The door of the demonstration: a visitor steps in as somebody."""

import pytest
from django.test import Client
from pytest_django import Settings

from styrfart.climate.actions import cast
from styrfart.people.models import Person
from tests import make

pytestmark = pytest.mark.django_db
ADDRESS = "ingrid.hagenas@demostad.example"


@pytest.fixture
def ingrid() -> Person:
    return make.person("Ingrid", "Hagenäs", email=ADDRESS)


def test_a_visitor_steps_in_as_a_persona(ingrid: Person) -> None:
    client = Client()
    assert "Kliv in som Ingrid" in client.get("/demo/").content.decode()
    assert client.get("/demo/chair/").status_code == 405
    assert client.post("/demo/chair/").headers["Location"] == "/"
    assert int(client.session["_auth_user_id"]) == ingrid.pk
    assert client.post("/demo/nobody/").status_code == 404


def test_a_visitor_steps_in_as_anybody_who_was_read_in(ingrid: Person) -> None:
    own = make.person("Britt", "Kaj", email="britt.kaj@hamnstad.example")
    client = Client()
    client.post("/demo/chair/")
    answer = client.post("/demo/nagon-annan/", {"address": " Britt.Kaj@hamnstad.example "})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert int(client.session["_auth_user_id"]) == own.pk != ingrid.pk


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("", "Skriv en e-postadress"),
        ("britt", "Skriv en hel e-postadress, till exempel namn@kommun.example"),
        ("ingen@hamnstad.example", "Ingen här har den adressen."),
        ("slutat@hamnstad.example", "Ingen här har den adressen."),
    ],
)
def test_nobody_steps_in_as_nobody(ingrid: Person, address: str, told: str) -> None:
    gone = make.person("Olle", "Pir", email="slutat@hamnstad.example")
    gone.is_active = False
    gone.save()
    client = Client()
    answer = client.post("/demo/nagon-annan/", {"address": address})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(told) == 2  # in the summary and at the field
    assert f'value="{address}"' in page or not address
    assert "_auth_user_id" not in client.session
    assert ingrid.given_name in page


def test_the_visitor_keeps_their_language(ingrid: Person) -> None:
    client = Client(headers={"Accept-Language": "en"})
    client.post("/demo/chair/")
    ingrid.refresh_from_db()
    assert ingrid.language == "en"


def test_the_door_is_shut_where_people_are_real(ingrid: Person, settings: Settings) -> None:
    settings.DEMO = False
    client = Client()
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/chair/").status_code == 404
    assert client.post("/demo/nagon-annan/", {"address": ingrid.email}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_an_empty_installation_says_how_to_fill_it() -> None:
    assert "styrfart demo" in Client().get("/demo/").content.decode()


def test_whoever_is_invited_comes_to_the_questions_without_a_letter(ingrid: Person) -> None:
    invited, link = make.invitation(make.climate_group(make.climate_round()), ingrid)
    client = Client()
    client.post("/demo/chair/")
    answer = client.get(f"/demo/svara/{invited.round_id}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/puls/{link}/")


def test_nobody_else_is_led_to_the_questions(ingrid: Person) -> None:
    invited, _link = make.invitation(make.climate_group(make.climate_round()))
    client = Client()
    assert client.get(f"/demo/svara/{invited.round_id}/").headers["Location"].startswith("/konto/")
    client.post("/demo/chair/")
    assert client.get(f"/demo/svara/{invited.round_id}/").status_code == 404


@pytest.mark.parametrize("is_demo", [True, False])
def test_after_the_answer_a_visitor_finds_back_and_nobody_else_is_led_on(
    ingrid: Person, settings: Settings, is_demo: bool
) -> None:
    settings.DEMO = is_demo
    invited, link = make.invitation(make.climate_group(make.climate_round()), ingrid)
    cast(link=link, values="5" * len(invited.round.asked[0].items), texts={})
    page = Client().get(f"/puls/{link}/").content.decode()
    assert "Den här länken är redan använd." in page
    assert ('<a href="/klimat/">Tillbaka till sidan Klimat</a>' in page) == is_demo
