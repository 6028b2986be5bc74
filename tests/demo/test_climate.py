"""The office is heard: what the demonstration shows is the kernel's own release, and gives nobody away."""

import pytest
from django.test import Client

from styrfart.climate.attacks import attack
from styrfart.climate.models import Answer, Release, ReviewShare, Round, RoundKind, RoundState, Row
from styrfart.climate.queries.reviews import review_for
from styrfart.demo.climate.texts import climate
from styrfart.demo.town import Town
from styrfart.people.models import Person
from styrfart.shared.workdays import is_workday
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def test_two_rounds_have_been_shown_and_one_is_open(town: Town) -> None:
    pulses = Round.objects.exclude(kind=RoundKind.REVIEW).order_by("opens_on")
    assert [(each.title, each.state) for each in pulses] == [
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
    assert [each.attack["leaks"] for each in Release.objects.all()] == [0, 0, 0]
    # Other tests of this process leave the keys of their rounds in the same folder.
    found = [each for each in attack() if each.attack != "keys that are left"]
    assert [each.said for each in found if not each.is_safe] == []


def test_some_groups_are_not_shown_and_some_are_shown_jointly(town: Town) -> None:
    shown = Row.objects.filter(release__round__title="Höstpulsen")
    groups = Round.objects.get(title="Höstpulsen").groups.count()
    assert 0 < shown.filter(group=None).count() < shown.filter(group__isnull=False).count() < groups


def test_nobody_whom_a_visitor_steps_into_has_answered(town: Town) -> None:
    ingrid = Person.objects.get(email__startswith="ingrid.hagenas")
    for asked in Round.objects.filter(state=RoundState.OPEN):
        page = signed_in(ingrid).get(f"/demo/svara/{asked.pk}/", follow=True)
        assert "Börja svara" in page.content.decode()
        assert Client().get(page.redirect_chain[-1][0]).status_code == 200


def test_every_round_ends_and_is_shown_on_workdays(town: Town) -> None:
    days = [
        day
        for each in Round.objects.exclude(kind=RoundKind.REVIEW)
        for day in (each.reminds_on, each.closes_on, each.report_on)
        if day is not None
    ]
    assert len(days) == 9
    assert [day for day in days if not is_workday(day)] == []


def test_a_360_is_open_and_those_whom_a_visitor_steps_into_answer_it_from_their_page(town: Town) -> None:
    asked = Round.objects.get(kind=RoundKind.REVIEW, state=RoundState.OPEN)
    assert asked.subject == town.known["Ingrid Hagenäs"]
    for name in ("Ingrid Hagenäs", "Samir Haddad", "Tove Lindsele", "Marianne Tunhamra", "Maria Fernkulla"):
        page = signed_in(town.known[name]).get("/klimat/").content.decode()
        assert page.count("360 för Ingrid Hagenäs</b>") == page.count(f'href="/demo/svara/{asked.pk}/"') == 1
    subject = signed_in(town.known["Ingrid Hagenäs"]).get(f"/aterkoppling/360/{asked.pk}/").content.decode()
    assert f'href="/demo/svara/{asked.pk}/"' in subject


def test_a_360_has_been_read_and_shown_to_a_coach(town: Town) -> None:
    samir, petra = town.known["Samir Haddad"], town.known["Petra Hjortsele"]
    asked = Round.objects.get(kind=RoundKind.REVIEW, state=RoundState.RELEASED)
    assert (asked.subject, [share.person for share in ReviewShare.objects.all()]) == (samir, [petra])
    report = review_for(petra, asked.pk, language="sv").report
    assert report is not None
    assert [column.answers for column in report.columns] == [1, 1, 5, 9]
    # What Samir sees more of than both groups do, and less than one of them: the story of the report.
    told = {each.text.split()[0]: (len(each.lower), len(each.higher)) for each in report.contrasts}
    assert (told["Lämnar"], told["Tar"]) == ((2, 0), (0, 1))
