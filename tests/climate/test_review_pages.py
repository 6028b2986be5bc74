"""The pages of a 360 in words that fit who reads: the manager, or somebody whom the manager lets read."""

import re

import pytest

from styrfart.climate.actions.reviews import share_review
from styrfart.climate.models import Round, RoundState
from styrfart.people.models import Person
from tests import make
from tests.climate.test_review import opened, told
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(db: None) -> Person:
    return make.post(make.person("Beata", "Boss"), make.unit("Utvecklingskontoret")).person


@pytest.fixture
def manager(boss: Person) -> Person:
    unit = make.unit("Projektavdelningen", parent=boss.posts.get().unit)
    return make.post(make.person("Maja", "Mark"), unit).person


def page_of(asked: Round, who: Person) -> str:
    return signed_in(who).get(f"/aterkoppling/360/{asked.pk}/").content.decode()


def columns_of(page: str) -> list[str]:
    return re.findall(r'<th scope="col">([^<]+)<br>', page)


def test_a_reader_who_was_let_in_is_not_told_that_the_manager_is_they(manager: Person, boss: Person) -> None:
    asked, coach = told(manager, boss, 5, 5), make.person("Petra", "Coach")
    share_review(round=asked, person=coach, actor=manager)
    own, shared = page_of(asked, manager), page_of(asked, coach)
    assert columns_of(own) == ["Du själv", "Din chef", "Kollegor", "Medarbetare"]
    assert columns_of(shared) == ["Maja Mark", "Chefens chef", "Kollegor", "Medarbetare"]
    assert "Ditt eget svar är tydligt högre än svaren från kollegor och medarbetare." in own
    assert "Chefens eget svar är tydligt högre än svaren från kollegor och medarbetare." in shared
    assert "Ditt eget svar" not in shared
    assert "Chefens eget svar" not in own


def test_destroying_every_answer_is_behind_a_line_that_says_what_it_means(
    manager: Person, boss: Person
) -> None:
    asked = opened(manager, boss, 3, 3)
    page = page_of(asked, manager)
    [folded] = re.findall(r'<details class="more">.*?</details>', page, re.S)
    assert "Alla svar förstörs och länkarna slutar gälla." in folded
    assert folded.count("Avbryt och förstör alla svar") == page.count("Avbryt och förstör alla svar") == 1
    signed_in(manager).post(f"/aterkoppling/360/{asked.pk}/avbryt/", {"revision": asked.revision})
    asked.refresh_from_db()
    assert asked.state == RoundState.STOPPED
