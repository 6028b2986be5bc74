"""Surveys on the home page: until when one may answer, and what the latest said."""

import pytest
from django.utils import timezone
from pytest_django import Settings

from styrfart.climate.models import Group, Release, Round, RoundKind, RoundState, Row
from styrfart.people.models import Person
from tests import make
from tests.conftest import signed_in
from tests.overview.test_pages import text_of

pytestmark = pytest.mark.django_db


def test_a_pulse_that_one_is_invited_to_stands_among_what_comes_until_it_closes(employee: Person) -> None:
    asked = make.climate_round("Höstpulsen")
    make.invitation(make.climate_group(asked), employee)
    assert "Höstpulsen" in text_of(signed_in(employee))
    make.climate_round("En annan puls")
    assert "En annan puls" not in text_of(signed_in(employee))
    Round.objects.filter(pk=asked.pk).update(state=RoundState.CLOSED)
    assert "Höstpulsen" not in text_of(signed_in(employee))


def test_a_360_is_called_by_whom_it_is_about_and_the_demonstration_sends_no_letters(
    employee: Person, settings: Settings
) -> None:
    subject = make.person("Maja", "Mark")
    asked = make.climate_round("360", kind=RoundKind.REVIEW, subject=subject, least=3)
    make.invitation(make.climate_group(asked), employee)
    settings.DEMO = False
    page = text_of(signed_in(employee))
    assert "360 för Maja Mark" in page
    assert "Länken är i ditt mejl." in page
    settings.DEMO = True
    assert "Du svarar från sidan Klimat." in text_of(signed_in(employee))


def test_a_head_sees_how_many_areas_have_clearly_changed_and_the_way_to_the_report(employee: Person) -> None:
    unit = make.unit()
    asked = make.climate_round("Höstpulsen", state=RoundState.RELEASED, released_at=timezone.now())
    row = shown_row(make.climate_group(asked, unit))
    assert "Läs rapporten" not in text_of(signed_in(employee))
    make.post(employee, unit)
    assert "Resultat finns" in text_of(signed_in(employee))
    row.changes = {"hme.total": {"strength": "no_clear_difference"}}
    row.save(update_fields=["changes"])
    assert "Ingen tydlig skillnad" in text_of(signed_in(employee))
    row.changes = {"hme.total": {"strength": "clear"}, "hme.styrning": {"strength": "probable"}}
    row.save(update_fields=["changes"])
    assert "Hela indexet" in text_of(signed_in(employee))
    row.changes |= {"hme.styrning": {"strength": "clear"}, "hme.motivation": {"strength": "probable"}}
    row.save(update_fields=["changes"])
    page = text_of(signed_in(employee))
    assert "Ett område" in page
    assert f"/klimat/{unit.code}/{asked.pk}/" in signed_in(employee).get("/").content.decode()


def shown_row(group: Group) -> Row:
    release = Release.objects.create(
        round=group.round, made_at=timezone.now(), least=7, least_text=10, invited=10, digest="0" * 64
    )
    return Row.objects.create(release=release, position=0, group=group, invited=10, answered=8)
