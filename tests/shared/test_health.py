"""The health page tells a monitor whether the installation works, to anybody, and nothing more."""

import datetime as dt
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from styrfart.shared import health
from styrfart.shared.models import Tick, WorkerPulse


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    with patch.object(health, "REMEMBERED", -1.0):
        yield


def beat(seconds_ago: float = 5) -> None:
    now = timezone.now()
    WorkerPulse.objects.create(worker="w", started_at=now, seen_at=now - dt.timedelta(seconds=seconds_ago))


@pytest.mark.django_db
def test_all_is_well(client: Client) -> None:
    beat()
    answer = client.get("/halsa/")
    assert answer.status_code == 200
    found = answer.json()
    assert found["status"] == "ok"
    assert {name: check["ok"] for name, check in found["checks"].items()} == {
        "database": True, "migrations": True, "worker": True, "disk": True,
    }  # fmt: skip
    assert 4 < found["checks"]["worker"]["value"] < 30


@pytest.mark.django_db
def test_it_leaves_nothing_behind_and_starts_no_session(client: Client) -> None:
    answer = client.get("/halsa/")
    assert not Tick.objects.exists()
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_silent_worker_is_not_well(client: Client) -> None:
    assert client.get("/halsa/").json()["checks"]["worker"] == {"ok": False, "value": None}
    beat(seconds_ago=91)
    answer = client.get("/halsa/")
    assert answer.status_code == 503
    assert answer.json()["checks"]["worker"]["ok"] is False


@pytest.mark.django_db
def test_a_database_that_cannot_be_written_is_told_without_its_words(client: Client) -> None:
    beat()
    with patch.object(Tick.objects, "create", side_effect=OperationalError("disk I/O error at 10.1.2.3")):
        answer = client.get("/halsa/")
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == {"ok": False, "value": None}
    assert "10.1.2.3" not in answer.content.decode()


@pytest.mark.django_db
def test_a_missing_migration_is_not_well(client: Client) -> None:
    beat()
    with patch(
        "styrfart.shared.health.MigrationExecutor.migration_plan", return_value=[("people.0009", False)]
    ):
        answer = client.get("/halsa/")
    assert answer.status_code == 503
    assert answer.json()["checks"]["migrations"] == {"ok": False, "value": 1}


@pytest.mark.django_db
def test_a_full_disk_is_not_well(client: Client) -> None:
    beat()
    with patch("styrfart.shared.health.shutil.disk_usage") as usage:
        usage.return_value.free = 50 * 1024 * 1024
        answer = client.get("/halsa/")
    assert answer.json()["checks"]["disk"] == {"ok": False, "value": 50}


@pytest.mark.django_db
def test_however_often_it_is_asked_the_database_is_asked_seldom(client: Client) -> None:
    with patch.object(health, "REMEMBERED", 60.0), patch.object(health, "_remembered", (float("-inf"), [])):
        client.get("/halsa/")
        with patch.object(health, "CHECKS", ()):
            assert len(client.get("/halsa/").json()["checks"]) == 4


def test_it_answers_the_machine_itself_without_tls() -> None:
    from django.conf import settings

    assert settings.SECURE_REDIRECT_EXEMPT == [r"^halsa/$"]
