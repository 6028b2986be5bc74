"""Logs are JSON, one line each, and never name anybody: not when all is well, not when something breaks."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from styrfart.people.models import Person
from styrfart.shared import logs
from tests.conftest import signed_in

NAME, ADDRESS = "Ragnhild Hjortsberg", "ragnhild.hjortsberg@demo.example"


@login_not_required
def breaks(_request: HttpRequest, **_kwargs: object) -> HttpResponse:
    try:
        raise IntegrityError(f"Key (email)=({ADDRESS}) already exists.")
    except IntegrityError as error:
        raise ValidationError(f"{NAME} finns redan") from error


@login_not_required
def tells(_request: HttpRequest) -> HttpResponse:
    logging.getLogger("some.library").error("user %s failed", ADDRESS)
    logging.getLogger("some.library").error(f"user {ADDRESS} failed")  # noqa: G004  # as libraries do
    logging.getLogger("django.security.csrf").warning("Forbidden %s", f"/{NAME}")
    return HttpResponse("ok")


urlpatterns = [
    path("trasig/<str:who>/<int:pk>/", breaks),
    path("berattar/", tells),
    path("", include("styrfart.config.urls")),
]


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the product's own handler writes."""
    out = StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logs.JsonFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    ours = logging.getLogger("styrfart")
    level = ours.level
    ours.setLevel(logging.INFO)
    with override_settings(ROOT_URLCONF=__name__):
        yield out
    ours.setLevel(level)
    root.removeHandler(handler)


def lines(log: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_request_is_one_line_without_its_query(log: StringIO, client: Client, db: None) -> None:
    client.get("/konto/inloggning/?q=Ragnhild&next=/", HTTP_USER_AGENT=f"Mozilla {NAME}")
    (line,) = [line for line in lines(log) if line["logger"] == "styrfart.requests"]
    assert set(line) == {"at", "level", "logger", "event", "method", "path", "status", "ms", "request_id"}
    assert (line["method"], line["path"], line["status"]) == ("GET", "/konto/inloggning/", 200)
    assert "agnhild" not in log.getvalue()


def test_an_exception_is_told_by_kind_and_place_and_never_by_its_words(
    log: StringIO, client: Client, db: None
) -> None:
    client.raise_request_exception = False
    assert client.get(f"/trasig/{ADDRESS}/7/?namn={NAME}").status_code == 500
    written = log.getvalue()
    assert "agnhild" not in written
    assert "jortsberg" not in written
    (line,) = [line for line in lines(log) if "exception" in line]
    assert line["exception"] == ["django.core.exceptions.ValidationError", "django.db.utils.IntegrityError"]
    assert "breaks test_logs.py" in str(line["trace"])
    (request,) = [line for line in lines(log) if line["logger"] == "styrfart.requests"]
    assert (request["path"], request["status"]) == ("/trasig/*/7/", 500)
    assert request["request_id"] == line["request_id"]


def test_what_libraries_log_is_told_by_its_template_and_place(
    log: StringIO, client: Client, db: None
) -> None:
    client.get("/berattar/")
    told = [line for line in lines(log) if line["logger"] == "some.library"]
    assert [line["event"] for line in told] == ["user %s failed", ""]
    assert all("test_logs.tells" in str(line["where"]) for line in told)
    assert "agnhild" not in log.getvalue()


def test_a_path_that_nothing_answers_to_is_not_repeated(log: StringIO, client: Client, db: None) -> None:
    client.get(f"/{ADDRESS}/finns/inte/")
    (line,) = [line for line in lines(log) if line["logger"] == "styrfart.requests"]
    assert (line["path"], line["status"]) == ("?", 404)
    assert "agnhild" not in log.getvalue()


def test_a_key_in_an_address_is_a_secret(log: StringIO, client: Client, db: None) -> None:
    client.get("/konto/losenord/glomt/1-cbxyz9-Nyckel0123456789/")
    assert "Nyckel" not in log.getvalue()


def test_signing_in_and_failing_to_names_nobody(log: StringIO, client: Client, db: None) -> None:
    person = Person.objects.create(email=ADDRESS, given_name="Ragnhild", family_name="Hjortsberg")
    for _ in range(6):
        client.post("/konto/inloggning/", {"login": ADDRESS, "password": "fel"})
    client.post("/konto/losenord/glomt/", {"email": ADDRESS})
    signed_in(person).get("/konto/losenord/")
    assert "agnhild" not in log.getvalue()
    assert len(lines(log)) >= 8


@pytest.mark.parametrize(
    ("given", "is_kept"),
    [("abc-123-def-456", True), ("kort", False), ('"}\n{"level":"info"', False), ("å" * 20, False)],
)
def test_a_request_keeps_the_identity_that_a_proxy_gave_it(
    log: StringIO, client: Client, db: None, given: str, is_kept: bool
) -> None:
    answer = client.get("/konto/inloggning/", HTTP_X_REQUEST_ID=given)
    assert (answer.headers["X-Request-ID"] == given) is is_kept
    assert len(lines(log)) == 1


def test_our_own_events_keep_to_the_fields_that_are_named(log: StringIO) -> None:
    logging.getLogger("styrfart.jobs").warning("job", extra={"attempt": 2, "person": NAME})
    (line,) = lines(log)
    assert (line["event"], line["attempt"]) == ("job", 2)
    assert "person" not in line


def test_a_key_is_a_secret_also_when_it_looks_like_a_word(log: StringIO, client: Client, db: None) -> None:
    client.get("/konto/losenord/glomt/1-cbxyz9-0123456789abcdef/")
    (line,) = [line for line in lines(log) if line["logger"] == "styrfart.requests"]
    assert line["path"] == "/konto/losenord/glomt/1-*/"
