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


def row(**by_role: int) -> tuple[int, ...]:
    return tuple(by_role[name] for name in CAST)


# Whoever may see the team; whoever sits in the room; whoever writes; the chair; chair and members.
SEES = row(
    chair=200,
    member=200,
    secretary=200,
    adjunct=200,
    top=200,
    owner=200,
    coach=404,
    stranger=404,
    employee=404,
)
IN_ROOM = row(
    chair=200,
    member=200,
    secretary=200,
    adjunct=200,
    top=404,
    owner=404,
    coach=404,
    stranger=404,
    employee=404,
)
WRITES = row(
    chair=200,
    member=200,
    secretary=200,
    adjunct=403,
    top=403,
    owner=403,
    coach=404,
    stranger=404,
    employee=404,
)
LEADS = row(
    chair=200,
    member=403,
    secretary=403,
    adjunct=403,
    top=403,
    owner=403,
    coach=404,
    stranger=404,
    employee=404,
)
ADOPTS = row(
    chair=200,
    member=200,
    secretary=403,
    adjunct=403,
    top=403,
    owner=403,
    coach=404,
    stranger=404,
    employee=404,
)
EVERYBODY = (200,) * len(CAST)
OWNER = row(
    chair=403,
    member=403,
    secretary=403,
    adjunct=403,
    top=403,
    owner=200,
    coach=403,
    stranger=403,
    employee=403,
)


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
SECRETARY = tuple(
    403 if seen == 200 and who != "secretary" else seen for who, seen in zip(CAST, SEES, strict=True)
)
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
    "archive": (SECRETARY, {}),
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


def statuses(cast: dict[str, Person], method: str, url: str) -> tuple[int, ...]:
    return tuple(getattr(signed_in(cast[name]), method)(url).status_code for name in CAST)


@pytest.mark.parametrize("name", GETS)
def test_who_may_read(name: str, draft: Mandate, cast: dict[str, Person]) -> None:
    expected, values = GETS[name]
    assert statuses(cast, "get", address(name, draft, values)) == expected


@pytest.mark.parametrize("name", POSTS)
def test_who_may_do(name: str, draft: Mandate, cast: dict[str, Person]) -> None:
    expected, values = POSTS[name]
    # Each in turn, those who may last, so that what one does hinders nobody else.
    url = address(name, draft, values)
    found = {}
    for who in reversed(CAST):
        found[who] = signed_in(cast[who]).post(url).status_code
        if found[who] == 302 and not Mandate.objects.filter(pk=draft.pk, rules__isnull=False).exists():
            break
    assert found == {who: status for who, status in zip(CAST, expected, strict=True) if who in found}
    assert "chair" in found or "secretary" in found


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


@pytest.mark.parametrize("name", [*GETS, *POSTS])
def test_nothing_is_open_to_those_who_have_not_signed_in(name: str, draft: Mandate) -> None:
    values = {**GETS, **POSTS}[name][1]
    answer = Client().get(address(name, draft, values))
    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]


def test_a_rule_of_another_team_is_not_there(draft: Mandate, cast: dict[str, Person]) -> None:
    other = make.rule(whole_mandate(make.team()), concerns="Hemlig")
    for name in ("change-rule", "remove-rule"):
        url = reverse(f"mandates:{name}", kwargs={"team": draft.team.slug, "pk": other.pk})
        answer = signed_in(cast["chair"]).get(url)
        assert answer.status_code in {302, 404}
        assert "Hemlig" not in answer.content.decode()
    key = reverse("mandates:reopen-rule", kwargs={"team": draft.team.slug, "key": other.key})
    assert signed_in(cast["chair"]).get(key).status_code == 404
