"""Every page costs the same number of queries with one and with three; and is there in English."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from styrfart.mandates import actions
from styrfart.mandates.models import (
    Mandate,
    MandateState,
    Question,
    Remark,
)
from styrfart.mandates.views.writing import PAGES
from styrfart.people.models import Person, Team
from tests import make
from tests.conftest import signed_in
from tests.make.mandates import whole_mandate
from tests.mandates.pages import at, text


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "values", "cost"),
    [
        ("show", {}, 14),
        ("versions", {}, 7),
        ("version", {"number": 1}, 12),
        ("compare", {}, 17),
        ("check", {}, 12),
        ("rules", {}, 11),
        ("proposal", {}, 18),
    ],
)
def test_a_page_costs_the_same_with_one_rule_and_three(
    team: Team,
    chair: Person,
    member: Person,
    django_assert_num_queries: DjangoAssertNumQueries,
    name: str,
    values: dict[str, object],
    cost: int,
    count: int,
) -> None:
    for state in (MandateState.SUPERSEDED, MandateState.ADOPTED):
        mandate = whole_mandate(team, state=state)
        for _ in range(count - 1):
            make.rule(mandate)
        for person in [make.person() for _ in range(count)]:
            mandate.confirmations.create(person=person)
    for rule in mandate.rules.all():
        rule.units.set([make.unit()])
        rule.points.set([make.point()])
    draft = actions.start_draft(team=team, source=mandate, actor=chair)
    for number in range(count):
        Remark.objects.create(mandate=draft, person=member, text=f"Ändra {number}")
    for _ in range(count - 1):
        make.member(team)
    if name == "proposal":
        actions.propose_mandate(mandate=draft, revision=1, actor=chair)
    browser = signed_in(chair)
    browser.get(reverse("mandates:schemes"))  # the first page after signing in notes when that was
    with django_assert_num_queries(cost):
        assert browser.get(at(name, team, **values)).status_code == 200


def test_a_reader_of_english_reads_english(team: Team, draft: Mandate, chair: Person) -> None:
    chair.language = "en"
    chair.save(update_fields=["language"])
    make.rule(draft, "Inköp")
    browser = signed_in(chair)
    shown = text(browser.get(at("check", team)))
    assert "Draft mandate" in shown
    assert "Taken up at our meeting" in shown
    assert "Utkast" not in shown
    assert "Question 1 of 7" in text(browser.get(at("answer", team, page="syfte")))


def test_every_question_has_its_page() -> None:
    assert set(PAGES.values()) == set(Question)
