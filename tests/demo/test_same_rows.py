"""What is built of the same seed and day is the same to the last number."""

from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from styrfart.demo.build import Size, build
from styrfart.people.models import Person
from tests.demonstration import ROOMS
from tests.installation import HAS_POSTGRESQL

# What numbers its rows itself goes on, in PostgreSQL, from where a build that was taken back had come.
EVERY = ROOMS if HAS_POSTGRESQL else (*ROOMS, "load", "climate")
Rows = list[tuple[str, dict[str, Any]]]
# Drawn anew for every open round, as they must be; and when it was launched, which is now.
SECRET = {
    "climate.Ballot": {"id", "sealed", "round_id"},
    "climate.Invitation": {"digest"},
    "climate.Round": {"public_key", "launched_at"},
    "climate.UsedLink": {"id", "round_id"},
}


def every_row() -> Rows:
    """Everything in our rooms, relations between many and many included."""
    found: Rows = []
    for room in EVERY:
        for model in apps.get_app_config(room).get_models(include_auto_created=True):
            label, rows = model._meta.label, model._default_manager.order_by("pk").values()
            found += [(label, without(row, SECRET.get(label, set()))) for row in rows]
    return found


def without(row: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def built() -> Rows:
    with transaction.atomic():
        build(Size.OFFICE, seed=1, today=timezone.localdate())
        rows = every_row()
        transaction.set_rollback(True)
    return rows


@pytest.fixture(scope="module")
def rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Rows:
    """Every row of the first seed."""
    with django_db_blocker.unblock():
        return built()


@pytest.mark.django_db
def test_the_same_seed_and_day_give_the_same_rows(rows: Rows) -> None:
    again = built()
    # Not of the lists: what is told of two that differ, and are this long, takes minutes.
    assert [pair for pair in zip(again, rows, strict=True) if pair[0] != pair[1]][:1] == []
    assert len(rows) > 3000


@pytest.mark.django_db
def test_the_command_fills_an_empty_database_and_no_other(
    rows: Rows, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("demo", size="office", seed=3)
    assert "Klart på" in capsys.readouterr().out
    people = Person.objects.count()
    assert 580 <= people <= 640
    assert every_row() != rows, "another seed, other rows"
    with pytest.raises(CommandError, match="redan personer"):
        call_command("demo")
    assert Person.objects.count() == people
