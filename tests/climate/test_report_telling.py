"""Everybody who was invited is told of the report at the same time, once."""

import pytest

from styrfart.climate.actions.telling import path_of, tell_part, tell_released
from styrfart.climate.models import Group, Invitation, RoundKind
from styrfart.shared.models import OutgoingMail
from tests import make
from tests.climate import report_stage as stage

pytestmark = pytest.mark.django_db


def tell(office: stage.Office) -> None:
    ids = list(Invitation.objects.order_by("pk").values_list("pk", flat=True))
    tell_part.func(office.september.pk, ids[0], ids[-1])


def test_each_gets_one_letter_with_the_way_to_their_own_groups_report() -> None:
    office = stage.office()
    english = make.person("Erin", "Eng", language="en")
    stage.invite(office.groups["Kansli"], english)
    stage.invite(office.groups["Kansli"], make.person("Utan", "Adress", email=None))
    stage.invite(office.groups["Kansli"], make.person("Har", "Slutat", is_active=False))
    tell(office)
    tell(office)
    letters = {letter.recipient_id: letter for letter in OutgoingMail.objects.all()}
    assert set(letters) == {office.worker.pk, english.pk}
    own = letters[office.worker.pk]
    assert own.subject == "Puls 3: rapporten är klar"
    assert f"/klimat/{office.units['Analys'].code}/{office.september.pk}/" in own.body
    assert "Ingen kan se vem som svarat vad." in own.body
    assert letters[english.pk].subject == "Puls 3: the report is ready"


def test_the_letters_are_queued_in_parts(django_capture_on_commit_callbacks: object) -> None:
    office = stage.office()
    tell_released(office.september)
    assert OutgoingMail.objects.count() == 0


def test_of_a_review_nobody_is_told() -> None:
    office = stage.office()
    office.september.kind = RoundKind.REVIEW
    tell_released(office.september)
    assert OutgoingMail.objects.count() == 0


def test_a_team_has_a_way_of_its_own() -> None:
    team = make.team()
    asked = stage.shown_round()
    group = Group.objects.create(round=asked, team=team, name=team.name, position=0)
    assert path_of(group) == f"/klimat/lg/{team.slug}/{asked.pk}/"
