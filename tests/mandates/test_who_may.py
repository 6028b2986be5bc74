"""Who may open which page, and do what: one table for every address of the room."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from styrfart.mandates import actions, urls
from styrfart.mandates.models import Mandate, MandateState
from styrfart.people.models import Person, Role, Team, TeamRole, UnitKind
from tests import make
from tests.conftest import signed_in
from tests.make.mandates import whole_mandate

CAST = ("chair", "member", "secretary", "adjunct", "top", "owner", "coach", "stranger", "employee")


def table(may: str, sees: str = "") -> tuple[int, ...]:
    """200 for those who may, 403 for those who only see, 404 for the others: in the order of the cast."""
    return tuple(200 if who in may.split() else 403 if who in sees.split() else 404 for who in CAST)


SEES = table("chair member secretary adjunct top owner")
IN_ROOM = table("chair member secretary adjunct")
WRITES = table("chair member secretary", sees="adjunct top owner")
LEADS = table("chair", sees="member secretary adjunct top owner")
ADOPTS = table("chair member", sees="secretary adjunct top owner")
ARCHIVES = table("secretary", sees="chair member adjunct top owner")
OWNER = table("owner", sees=" ".join(CAST))
EVERYBODY = table(" ".join(CAST))


def answers(allowed: tuple[int, ...], status: int) -> tuple[int, ...]:
    """The same table with another status for those who may."""
    return tuple(status if each == 200 else each for each in allowed)


GETS: dict[str, tuple[tuple[int, ...], dict[str, object]]] = {
    "show": (SEES, {}),
    "versions": (SEES, {}),
    "version": (SEES, {"number": 1}),
    "compare": (SEES, {}),
    "start-draft": (WRITES, {}),
    "reopen-rule": (SEES, {"key": "adopted rule"}),
    "check": (IN_ROOM, {}),
    "discard-draft": (LEADS, {}),
    "rules": (WRITES, {}),
    "add-rule": (WRITES, {}),
    "change-rule": (WRITES, {"pk": "draft rule"}),
    "remove-rule": (WRITES, {"pk": "draft rule"}),
    "answer": (WRITES, {"page": "syfte"}),
    "proposal": (answers(IN_ROOM, 302), {}),
}
# What a POST without any fields meets: refused by the form (422), or told on the next page (302).
POSTS: dict[str, tuple[tuple[int, ...], dict[str, object]]] = {
    "start-draft": (answers(WRITES, 422), {}),
    "reopen-rule": (answers(WRITES, 302), {"key": "adopted rule"}),
    "discard-draft": (answers(LEADS, 302), {}),
    "propose-mandate": (answers(LEADS, 422), {}),
    "add-rule": (answers(WRITES, 422), {}),
    "change-rule": (answers(WRITES, 422), {"pk": "draft rule"}),
    "move-rule": (answers(WRITES, 302), {"pk": "draft rule"}),
    "remove-rule": (answers(WRITES, 302), {"pk": "draft rule"}),
    "answer": (answers(WRITES, 422), {"page": "syfte"}),
    "confirm-mandate": (answers(ADOPTS, 302), {}),
    "ask-for-change": (answers(ADOPTS, 422), {}),
    "withdraw-proposal": (answers(LEADS, 302), {}),
    "adopt-mandate": (answers(LEADS, 302), {}),
    "keep-mandate": (answers(LEADS, 302), {}),
    "archive": (ARCHIVES, {}),
}
OF_SCHEMES: dict[str, tuple[tuple[int, ...], str, dict[str, object]]] = {
    "schemes": (EVERYBODY, "get", {}),
    "scheme": (EVERYBODY, "get", {"code": "un"}),
    "scheme-version": (EVERYBODY, "get", {"code": "un", "valid_from": dt.date(2024, 1, 1)}),
    "scheme-history": (EVERYBODY, "get", {"code": "un"}),
    "scheme-workbook": (OWNER, "get", {"code": "un"}),
    "scheme-template": (OWNER, "get", {}),
    "read-scheme": (OWNER, "get", {}),
    "review-scheme": (OWNER, "get", {}),
    "put-in-force": (answers(OWNER, 302), "post", {}),
    "drop-waiting-scheme": (answers(OWNER, 302), "post", {}),
    "withdraw-scheme": (OWNER, "get", {"code": "un", "valid_from": dt.date(2024, 1, 1)}),
}


@pytest.fixture
def cast(
    chair: Person,
    member: Person,
    secretary: Person,
    adjunct: Person,
    owner: Person,
    stranger: Person,
    employee: Person,
    team: Team,
) -> dict[str, Person]:
    coach = make.role(Role.COACH, make.person("Kim", "Coach"))
    make.member(team, role=TeamRole.ADJUNCT, person=coach, function="coach")
    return {
        "chair": chair,
        "member": member,
        "secretary": secretary,
        "adjunct": adjunct,
        "top": make.role(Role.TOP_MANAGEMENT, make.person("Tor", "Topp")),
        "owner": owner,
        "coach": coach,
        "stranger": stranger,
        "employee": employee,
    }


@pytest.fixture
def draft(team: Team, cast: dict[str, Person]) -> Mandate:
    """A draft made from an adopted version."""
    adopted = whole_mandate(team, state=MandateState.ADOPTED)
    return actions.start_draft(team=team, source=adopted, actor=cast["chair"])


def address(name: str, draft: Mandate, values: dict[str, object]) -> str:
    rule = draft.rules.get()
    known = {"adopted rule": rule.key, "draft rule": rule.pk}
    kwargs = {
        key: known.get(value, value) if isinstance(value, str) else value for key, value in values.items()
    }
    return reverse(f"mandates:{name}", kwargs={"team": draft.team.slug, **kwargs})


def statuses(
    cast: dict[str, Person], method: str, url: str, *, order: tuple[str, ...] = CAST
) -> tuple[int, ...]:
    found = {}
    for who in order:
        answer = getattr(signed_in(cast[who]), method)(url)
        found[who] = answer.status_code
        if answer.streaming:
            answer.getvalue()  # read to its end, the package is closed
    return tuple(found[who] for who in CAST)


@pytest.mark.parametrize("name", GETS)
def test_who_may_read(name: str, draft: Mandate, cast: dict[str, Person]) -> None:
    expected, values = GETS[name]
    assert statuses(cast, "get", address(name, draft, values)) == expected


@pytest.mark.parametrize("name", POSTS)
def test_who_may_do(name: str, draft: Mandate, cast: dict[str, Person]) -> None:
    expected, values = POSTS[name]
    # The chair last, so that what one does hinders nobody else.
    found = statuses(cast, "post", address(name, draft, values), order=CAST[::-1])
    assert found == expected


def test_an_open_version_is_hidden_from_those_outside_the_room(
    draft: Mandate, cast: dict[str, Person]
) -> None:
    url = reverse("mandates:version", kwargs={"team": draft.team.slug, "number": draft.version})
    assert statuses(cast, "get", url) == IN_ROOM
    page = signed_in(cast["top"]).get(reverse("mandates:versions", args=[draft.team.slug])).content.decode()
    assert "Version 1" in page
    assert "Version 2" not in page


def test_only_those_in_the_room_see_that_there_is_a_draft(draft: Mandate, cast: dict[str, Person]) -> None:
    url = reverse("mandates:show", args=[draft.team.slug])
    sees = {who for who in CAST[:6] if "ett utkast" in signed_in(cast[who]).get(url).content.decode()}
    assert sees == {"chair", "member", "secretary", "adjunct"}


@pytest.mark.parametrize("name", OF_SCHEMES)
def test_who_may_see_and_change_schemes(name: str, cast: dict[str, Person]) -> None:
    committee = make.unit("Utvecklingsnämnden", kind=UnitKind.COMMITTEE)
    committee.code = "un"
    committee.save(update_fields=["code"])
    make.point(make.scheme(committee))
    for person in cast.values():
        actions.keep_scheme(
            committee=committee,
            name="Ny",
            decision_reference="",
            valid_from=dt.date(2027, 1, 1),
            points=[],
            warnings=[],
            file_name="ny.xlsx",
            actor=person,
        )
    expected, method, values = OF_SCHEMES[name]
    assert statuses(cast, method, reverse(f"mandates:{name}", kwargs=values)) == expected


def test_every_address_is_in_a_table() -> None:
    named = {pattern.name for pattern in urls.urlpatterns if hasattr(pattern, "name")}
    assert named == {*GETS, *POSTS, *OF_SCHEMES}


@pytest.mark.parametrize("name", [*GETS, *POSTS, *OF_SCHEMES])
def test_nothing_is_open_to_those_who_have_not_signed_in(name: str, draft: Mandate) -> None:
    if name in OF_SCHEMES:
        url = reverse(f"mandates:{name}", kwargs=OF_SCHEMES[name][2])
    else:
        url = address(name, draft, {**GETS, **POSTS}[name][1])
    answer = Client().get(url)
    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]


def test_a_rule_of_another_team_is_not_there(draft: Mandate, cast: dict[str, Person]) -> None:
    other = make.rule(whole_mandate(make.team()), concerns="Hemlig")
    for name in ("change-rule", "remove-rule"):
        url = reverse(f"mandates:{name}", kwargs={"team": draft.team.slug, "pk": other.pk})
        assert signed_in(cast["chair"]).get(url).status_code == 404
        posted = signed_in(cast["chair"]).post(
            url, {"concerns": "Min", "destination": "meeting", "revision": "9"}
        )
        assert "Hemlig" not in posted.content.decode()
    other.refresh_from_db()
    assert other.concerns == "Hemlig"
    key = reverse("mandates:reopen-rule", kwargs={"team": draft.team.slug, "key": other.key})
    assert signed_in(cast["chair"]).get(key).status_code == 404
