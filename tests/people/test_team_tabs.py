"""The pages of a team as tabs: each reader finds those that open, and no other."""

import re
from collections.abc import Callable

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils.translation import override

from styrfart.people.models import Person, Role, Team, TeamRole
from tests import make
from tests.conftest import signed_in

ALL = ["Rummet", "Mandat", "Ärenden", "Möten", "Beslut", "Åtgärder", "Årshjul", "Spegel"]
CAST: dict[str, tuple[Callable[[Team], Person], list[str]]] = {
    "chair": (lambda team: make.member(team, role=TeamRole.CHAIR).person, ALL),
    "member": (lambda team: make.member(team).person, ALL),
    "secretary": (lambda team: make.member(team, role=TeamRole.SECRETARY).person, ALL),
    "adjunct": (lambda team: make.member(team, role=TeamRole.ADJUNCT, function="HR-partner").person, ALL[:7]),
    "external coach": (
        lambda team: make.role(Role.COACH, make.member(team, role=TeamRole.ADJUNCT, function="coach").person),
        [],  # sees their own sessions, and nothing of a team
    ),
    "top management": (lambda _team: make.role(Role.TOP_MANAGEMENT), ["Rummet", "Mandat", "Beslut"]),
    "stranger": (lambda _team: make.person(), []),
}


def tabs_of(team: Team, person: Person, here: str = "beslut") -> list[tuple[str, str]]:
    """Address and word of each tab that `person` is shown."""
    request = RequestFactory().get("/")
    request.user = person
    with override("sv"):
        page = Template(f'{{% load teams %}}{{% team_tabs team "{here}" %}}').render(
            Context({"request": request, "team": team})
        )
    return re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', page)


@pytest.mark.parametrize(("who", "words"), [(make_it, words) for make_it, words in CAST.values()], ids=CAST)
def test_a_reader_is_shown_the_pages_that_open(
    team: Team, who: Callable[[Team], Person], words: list[str]
) -> None:
    person = who(team)
    shown = tabs_of(team, person)
    assert [word for _address, word in shown] == words
    browser: Client = signed_in(person)
    assert {address: browser.get(address).status_code for address, _word in shown} == {
        address: 200 for address, _word in shown
    }


def test_the_page_one_is_on_is_marked(team: Team, chair: Person) -> None:
    request = RequestFactory().get("/")
    request.user = chair
    page = Template('{% load teams %}{% team_tabs team "mandat" %}').render(
        Context({"request": request, "team": team})
    )
    assert re.findall(r'href="([^"]+)" aria-current="page"', page) == [f"/lg/{team.slug}/mandat/"]
