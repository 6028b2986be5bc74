"""Everybody who was invited is told of the report at the same time, once."""

import pytest
from django_tasks_db.models import DBTaskResult

from styrfart.climate.actions import telling
from styrfart.climate.models import Group, Invitation, RoundKind
from styrfart.shared.models import OutgoingMail
from tests import make
from tests.climate import report_stage as stage

pytestmark = pytest.mark.django_db


def tell(office: stage.Office) -> None:
    ids = list(Invitation.objects.order_by("pk").values_list("pk", flat=True))
    telling.tell_part.func(office.september.pk, ids[0], ids[-1])


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


def parts() -> list[list[int]]:
    """The parts that are queued, as first and last invitation."""
    DBTaskResult.objects.exclude(task_path__endswith="tell_part").delete()
    return [task.args_kwargs["args"][1:] for task in DBTaskResult.objects.order_by("enqueued_at")]


def test_the_letters_are_queued_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "IN_A_PART", 2)
    office = stage.office()
    more = [stage.invite(office.groups["Kansli"], make.person()).pk for _ in range(4)]
    first = Invitation.objects.get(person=office.worker).pk
    telling.tell_released(office.september)
    assert sorted(parts()) == [[first, more[0]], [more[1], more[2]], [more[3], more[3]]]


def test_of_a_review_nobody_but_its_subject_is_told() -> None:
    office = stage.office()
    office.september.kind, office.september.subject = RoundKind.REVIEW, office.head
    telling.tell_released(office.september)
    assert parts() == []
    assert [letter.recipient for letter in OutgoingMail.objects.all()] == [office.head]


def test_a_team_has_a_way_of_its_own() -> None:
    team = make.team()
    asked = stage.shown_round()
    group = Group.objects.create(round=asked, team=team, name=team.name, position=0)
    assert telling.path_of(group) == f"/klimat/lg/{team.slug}/{asked.pk}/"
