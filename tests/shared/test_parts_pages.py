"""Pages that belong to no room, the frame around every page, and the pages for when something is wrong."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override
from pytest_django import Settings

from styrfart.people.models import Person
from styrfart.shared import accessibility, context, feedback
from styrfart.shared.models import OutgoingMail

PUBLIC = ["help", "protection", "accessibility", "about", "feedback", "theme"]


@pytest.fixture(autouse=True)
def _fresh_hour(db: None) -> None:
    cache.clear()


@pytest.mark.parametrize("name", PUBLIC)
def test_anybody_may_read_the_public_pages(client: Client, name: str) -> None:
    assert client.get(reverse(f"shared:{name}")).status_code == 200


@pytest.mark.parametrize("name", [name for name in PUBLIC if name not in {"feedback"}])
def test_the_public_pages_take_nothing(client: Client, name: str) -> None:
    assert client.post(reverse(f"shared:{name}")).status_code == 405


def test_the_components_are_for_those_who_build(client: Client, settings: Settings) -> None:
    settings.DEMO = settings.DEBUG = False
    assert client.get("/komponenter/").status_code == 404
    settings.DEMO = True
    assert client.get("/komponenter/").status_code == 200


def test_the_page_on_protection_says_what_the_settings_say(client: Client, settings: Settings) -> None:
    settings.SESSION_LIFETIME = dt.timedelta(hours=9)
    settings.SESSION_IDLE = dt.timedelta(minutes=45)
    settings.AXES_FAILURE_LIMIT = 7
    page = client.get("/skydd/").content.decode()
    assert "Du loggas ut efter 9 timmar." in page
    assert "loggas du ut efter 45 minuter." in page
    assert "Efter 7 fel lösenord" in page


def test_every_known_fault_stands_in_the_statement(client: Client) -> None:
    page = client.get("/tillganglighet/").content.decode()
    for fault in accessibility.FAULTS:
        assert str(fault.what) in page
        assert fault.criterion in page
    assert "Tjänsten är delvis förenlig med lagen." in page
    assert "https://www.digg.se/tdosanmalan" in page


def test_a_statement_without_faults_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accessibility, "FAULTS", ())
    assert "Tjänsten är helt förenlig med lagen." in client.get("/tillganglighet/").content.decode()


def test_the_statement_is_looked_through_every_year() -> None:
    assert accessibility.UPDATED_ON >= accessibility.ASSESSED_ON
    assert all(fault.mended_by > accessibility.ASSESSED_ON for fault in accessibility.FAULTS)


def test_anybody_may_say_what_is_wrong_without_a_name(client: Client, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "styrfart@demo.example"
    answer = client.post("/synpunkter/", {"text": "Knappen syns inte.", "page": "/lg/"}, follow=True)
    assert answer.redirect_chain == [("/synpunkter/", 302)]
    assert "Tack, vi har tagit emot det du skrev." in answer.content.decode()
    mail = OutgoingMail.objects.get()
    assert (mail.address, mail.recipient_id, mail.subject) == (
        "styrfart@demo.example",
        None,
        "Synpunkt på Styrfart",
    )
    assert mail.body == "Knappen syns inte.\n\nSida: /lg/\nSvara till: vill vara anonym"


@pytest.mark.parametrize(("given", "shown"), [("/lg/uk/", "/lg/uk/"), ("x" * 301, ""), ("a%00b", None)])
def test_the_form_knows_which_page_the_reader_comes_from(
    client: Client, given: str, shown: str | None
) -> None:
    answer = client.get(f"/synpunkter/?sida={given}")
    if shown is None:
        assert answer.status_code == 400
    else:
        assert answer.context["form"].initial["page"] == shown


def test_the_name_of_a_signed_in_reader_is_not_passed_on(as_chair: Client, chair: Person) -> None:
    as_chair.post("/synpunkter/", {"text": "Det är rörigt."})
    mail = OutgoingMail.objects.get()
    assert chair.family_name not in mail.body
    assert chair.email is not None
    assert chair.email not in mail.body


@pytest.mark.parametrize(
    "data",
    [{"text": ""}, {"text": "a\0b"}, {"text": "x" * 5001}, {"text": "Hej", "reply_to": "ingen adress"}],
)
def test_a_remark_that_cannot_be_read_comes_back_with_the_error_first(
    client: Client, data: dict[str, str]
) -> None:
    answer = client.post("/synpunkter/", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Fel: Ge synpunkter – Styrfart</title>" in page
    assert page.index('class="oops"') < page.index("<form class=")
    assert OutgoingMail.objects.count() == 0


def test_a_flood_of_remarks_is_stopped(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback, "MOST_AN_HOUR", 2)
    answers = [client.post("/synpunkter/", {"text": f"Nummer {n}"}).status_code for n in range(4)]
    assert answers == [302, 302, 422, 422]
    assert OutgoingMail.objects.count() == 2


# --- The frame --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", ["page", "", ""]),
        ("/lg/", ["", "page", ""]),
        ("/lg/kontoret/arenden/", ["", "true", ""]),
        ("/beslut/41-1/", ["", "true", ""]),
        ("/klimat/", ["", "", "page"]),
        ("/belastning/", ["", "", "true"]),
        ("/konto/", ["", "", ""]),
    ],
)
def test_the_menu_knows_where_the_reader_is(path: str, current: list[str]) -> None:
    assert [item.current for item in context.navigation(path)] == current


def test_the_menu_is_for_those_who_are_signed_in(client: Client, as_chair: Client) -> None:
    assert 'id="meny"' not in client.get("/hjalp/").content.decode()
    assert 'id="meny"' in as_chair.get("/hjalp/").content.decode()


def test_the_page_speaks_the_language_and_wears_the_theme_of_the_reader(
    as_chair: Client, chair: Person
) -> None:
    chair.language, chair.theme = Person.Language.ENGLISH, Person.Theme.DARK
    chair.save(update_fields=["language", "theme"])
    page = as_chair.get("/hjalp/").content.decode()
    assert '<html lang="en" data-theme="dark">' in page
    assert "<h1>Help</h1>" in page
    assert "Skip to the content" in page


def test_shortcuts_can_be_turned_off(as_chair: Client, chair: Person) -> None:
    assert "data-shortcuts" in as_chair.get("/hjalp/").content.decode()
    chair.has_shortcuts = False
    chair.save(update_fields=["has_shortcuts"])
    assert "data-shortcuts" not in as_chair.get("/hjalp/").content.decode()


def test_the_ids_in_a_page_are_for_machines(as_chair: Client, chair: Person) -> None:
    """1 234 is for reading: an id with a space in it would be another id."""
    Person.objects.filter(pk=chair.pk).update(email=None)
    other = Person.objects.create(pk=1234, given_name="Åsa", family_name="Ek", email="asa@demo.example")
    as_chair.force_login(other, backend="styrfart.people.backends.PersonBackend")
    assert 'data-user="1234"' in as_chair.get("/hjalp/").content.decode()


def test_a_demonstration_says_so_and_a_real_one_does_not(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    assert "Allt här är påhittat." in client.get("/hjalp/").content.decode()
    settings.DEMO = False
    assert "påhittat" not in client.get("/hjalp/").content.decode()


def test_colours_of_ones_own_come_last_so_that_they_win(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "/tema.css" not in client.get("/hjalp/").content.decode()
    monkeypatch.setenv("STYRFART_COLOUR_NOTE", "#5B2C83")
    page = client.get("/hjalp/").content.decode()
    assert page.index("styrfart.css") < page.index("/tema.css")
    answer = client.get("/tema.css")
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "--sf-note: light-dark(#5B2C83, #F596C1);" in answer.content.decode()


# --- When something is wrong --------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "413", "429", "500"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_error_page_can_be_drawn_when_nothing_is_known(name: str, language: str) -> None:
    """Django draws some of them without a request, and the database may be what has failed."""
    with override(language):
        page = render_to_string(f"{name}.html")
    assert f'<html lang="{language}"' in page
    assert " data-error" in page
    assert page.count("<h1>") == 1
    assert "{{" not in page


def test_an_error_page_asks_the_database_for_nothing(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture without a public type
        render_to_string("500.html")


def test_a_page_that_is_not_there_is_told_in_the_readers_language(as_chair: Client, chair: Person) -> None:
    answer = as_chair.get("/finns-inte/")
    assert answer.status_code == 404
    assert "Sidan finns inte, eller så är den inte för dig" in answer.content.decode()


def test_a_request_for_another_host_gets_a_page_in_our_words(client: Client) -> None:
    """Refused before anybody has been recognised: the frame must do without a person."""
    answer = client.get("/hjalp/", HTTP_HOST="elsewhere.example")
    assert answer.status_code == 400
    assert "Vi förstod inte vad webbläsaren skickade" in answer.content.decode()


def test_the_pause_after_wrong_passwords_is_told_in_minutes() -> None:
    request = RequestFactory().get("/")
    assert "Försök igen om 15 minuter." in render_to_string("429.html", {"minutes": 15}, request=request)
    assert "Försök igen om 1 minut." in render_to_string("429.html", {"minutes": 1})


@pytest.mark.parametrize(("address", "is_fetched"), [("/", False), ("/sok/", True), ("/hjalp/", False)])
def test_htmx_is_fetched_where_something_is_exchanged(
    as_chair: Client, address: str, *, is_fetched: bool
) -> None:
    page = as_chair.get(address).content.decode()
    assert (page.count("hx-get="), page.count("htmx-2.min.js")) == ((1, 1) if is_fetched else (0, 0))


def test_what_somebody_writes_fetches_no_script() -> None:
    source = "{% htmx_where_used %}{{ written }}{% endhtmx_where_used %}"
    written = '<i hx-get="/">'
    assert Template(source).render(Context({"written": written})) == "&lt;i hx-get=&quot;/&quot;&gt;"
