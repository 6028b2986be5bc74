"""The certificate of a release: what it says, to whom, and that an audit sees what has been changed."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from styrfart.climate.actions.releasing import check_release
from styrfart.climate.attacks.figures import figures_cannot_be_taken_apart, what_is_hidden_is_nowhere
from styrfart.climate.models import Answer, Invitation, Release, Round, Row
from styrfart.people.models import Person, Role
from styrfart.shared.models import AuditEntry
from tests import make
from tests.climate.answers import TOP, group, released
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr() -> Person:
    return make.role(Role.HR_DEVELOPER, make.person("Hanna", "Rask"))


def page(of: Round) -> str:
    return reverse("climate:certificate", args=[of.pk])


def test_it_says_the_smallest_group_that_anybody_can_work_out(hr: Person) -> None:
    of = released({"Ledarutveckling": 13, "Analys": 4, "Kansli": 5})
    text = signed_in(hr).get(page(of)).content.decode()
    assert "Minsta grupp som går att räkna ut: 9 personer" in text
    assert "Gränsen är 7." in text
    release = Release.objects.get()
    assert release.digest in text
    assert release.attack["leaks"] == 0
    assert release.attack["smallest"] == 9
    # Two residuals of people, each attacked, and each of nine questions' atoms.
    assert release.attack["systems"][0] == {
        "what": "people", "k": 7, "smallest": 9, "tried": 3, "groups": 3, "leaks": 0
    }  # fmt: skip


def test_a_round_that_shows_nothing_has_nothing_to_work_out(hr: Person) -> None:
    of = released({"Analys": 3, "Kansli": 3})
    text = signed_in(hr).get(page(of)).content.decode()
    assert "Ingenting visas, så ingenting går att räkna ut" in text
    assert "Det finns inget att angripa" in text


def test_nothing_of_the_result_is_on_the_certificate(hr: Person) -> None:
    of = released(
        {"Analys": 12, "Kansli": 12}, text_questions=[{"sv": "Ord?"}], texts={"Analys": ["hemligt ord"] * 12}
    )
    report = reverse("climate:report", args=[group(of, "Analys").unit.code, of.pk])  # type: ignore[union-attr]  # of a unit
    shown = signed_in(hr).get(report).content.decode()
    text = signed_in(hr).get(page(of)).content.decode()
    assert "Gränsen är 7." in text
    assert [("Analys" in each, "hemligt ord" in each) for each in (shown, text)] == [
        (True, True),
        (False, False),
    ]


def test_the_attack_that_a_buyer_can_run_finds_nothing() -> None:
    released(
        {"Ledarutveckling": 13, "Analys": 4, "Kansli": 5, "Verksamhet": 30},
        texts={"Verksamhet": [f"Ord {n}" for n in range(12)], "Analys": ["Ett ord"]},
        text_questions=[{"sv": "Vad saknas?"}],
    )
    found = [*figures_cannot_be_taken_apart(), *what_is_hidden_is_nowhere()]
    assert [(each.attack, each.is_safe) for each in found] == [("smallest group", True), ("limits", True)]


def test_an_audit_finds_the_same_again(hr: Person) -> None:
    of = released({"Ledarutveckling": 13, "Analys": 4, "Kansli": 5})
    found = check_release(release=of.release, actor=hr)
    assert (found.is_untouched, found.is_same, found.smallest, found.holds) == (True, True, 9, True)
    text = signed_in(hr).get(page(of)).content.decode()
    assert "Räknad om ur de sparade svaren blir rapporten samma." in text
    assert AuditEntry.objects.get(verb="climate.check_release").actor == hr


def test_an_audit_sees_a_row_that_was_changed(hr: Person) -> None:
    of = released({"Analys": 12, "Kansli": 13})
    row = Row.objects.get(group__name="Analys")
    row.figures["hme.total"]["index"] += 1
    row.save(update_fields=["figures"])
    found = check_release(release=of.release, actor=hr)
    assert (found.is_untouched, found.is_same, found.holds) == (False, True, False)
    assert "Någon har ändrat dem i databasen." in signed_in(hr).get(page(of)).content.decode()


def test_an_audit_sees_an_answer_that_was_changed(hr: Person) -> None:
    of = released({"Analys": 12, "Kansli": 13})
    Answer.objects.filter(group=group(of, "Analys")).delete()
    make.counted(group(of, "Analys"), {"1" * 9: 6, "5" * 9: 6})
    found = check_release(release=of.release, actor=hr)
    assert (found.is_untouched, found.is_same, found.holds) == (True, False, False)


def test_an_audit_says_that_answers_have_been_disposed_of(hr: Person) -> None:
    of = released({"Analys": 12, "Kansli": 13})
    Answer.objects.all().delete()
    found = check_release(release=of.release, actor=hr)
    assert (found.is_untouched, found.is_same, found.holds) == (True, None, True)
    assert "Svaren är gallrade" in signed_in(hr).get(page(of)).content.decode()


def test_ordering_an_audit_leads_back_to_the_page(hr: Person) -> None:
    of = released({"Analys": 12, "Kansli": 13})
    response = signed_in(hr).post(reverse("climate:check-release", args=[of.pk]), follow=True)
    assert response.redirect_chain == [(page(of), 302)]
    assert "Kontrollen är beställd." in response.content.decode()


def test_who_may() -> None:
    of = released({"Analys": 8, "Kansli": 9})
    office, analys = group(of, TOP), group(of, "Analys")
    invited, head, head_below = make.person("Ida"), make.person("Hilda"), make.person("Berit")
    Invitation.objects.create(round=of, group=analys, person=invited, channel=Invitation.Channel.MAIL)
    for who, at in [(head, office.unit), (head_below, analys.unit)]:
        assert at is not None
        make.post(who, at, is_head=True)
    people = {
        "HR developer": make.role(Role.HR_DEVELOPER),
        "system owner": make.role(Role.SYSTEM_OWNER),
        "top management": make.role(Role.TOP_MANAGEMENT),
        "invited": invited,
        "head": head,
        "head below": head_below,
        "coach": make.role(Role.COACH),
        "stranger": make.person("Frans"),
        "visitor": None,
    }
    check = reverse("climate:check-release", args=[of.pk])
    answers = {}
    for title, person in people.items():
        client = signed_in(person) if person else Client()
        answers[title] = client.get(page(of)).status_code, client.post(check).status_code
    assert answers == {
        "HR developer": (200, 302),
        "system owner": (200, 302),
        "top management": (200, 403),
        "invited": (200, 403),
        "head": (200, 403),
        "head below": (200, 403),
        "coach": (404, 404),
        "stranger": (404, 404),
        "visitor": (302, 302),
    }


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_as_many_queries_whatever_the_size(
    number: int, hr: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    of = released(dict.fromkeys(["Analys", "Kansli", "Verksamhet"][:number], 8))
    client = signed_in(hr)
    client.get(page(of))
    with django_assert_num_queries(6):
        client.get(page(of))
