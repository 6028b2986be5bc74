"""The office is heard: what the demonstration shows is the kernel's own release, and gives nobody away."""

import pytest
from django.test import Client

from styrfart.climate.attacks import attack
from styrfart.climate.models import Answer, Release, Round, RoundState, Row
from styrfart.demo.climate.texts import climate
from styrfart.demo.town import Town
from styrfart.people.models import Person
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def test_two_rounds_have_been_shown_and_one_is_open(town: Town) -> None:
    assert [(each.title, each.state) for each in Round.objects.order_by("opens_on")] == [
        ("Vårpulsen", RoundState.RELEASED),
        ("Höstpulsen", RoundState.RELEASED),
        ("Vinterpulsen", RoundState.OPEN),
    ]
    assert not Answer.objects.filter(group__round__state=RoundState.OPEN).exists()


def test_the_story_is_what_the_verdicts_carry(town: Town) -> None:
    office = Row.objects.get(release__round__title="Höstpulsen", group__unit__code=climate().unit)
    said = {
        measure: (each["strength"], each["direction"])
        for measure, each in office.changes.items()
        if each["strength"] == "clear"
    }
    assert said == {"hme.styrning": ("clear", "higher"), "forandring.tryck": ("clear", "lower")}


def test_each_release_holds_and_no_attack_succeeds(town: Town) -> None:
    assert [each.attack["leaks"] for each in Release.objects.all()] == [0, 0]
    # Other tests of this process leave the keys of their rounds in the same folder.
    found = [each for each in attack() if each.attack != "keys that are left"]
    assert [each.said for each in found if not each.is_safe] == []


def test_some_groups_are_not_shown_and_some_are_shown_jointly(town: Town) -> None:
    shown = Row.objects.filter(release__round__title="Höstpulsen")
    groups = Round.objects.get(title="Höstpulsen").groups.count()
    assert 0 < shown.filter(group=None).count() < shown.filter(group__isnull=False).count() < groups


def test_nobody_whom_a_visitor_steps_into_has_answered(town: Town) -> None:
    ingrid = Person.objects.get(email__startswith="ingrid.hagenas")
    page = signed_in(ingrid).get(f"/demo/svara/{Round.objects.get(state=RoundState.OPEN).pk}/", follow=True)
    assert "Börja svara" in page.content.decode()
    assert Client().get(page.redirect_chain[-1][0]).status_code == 200
