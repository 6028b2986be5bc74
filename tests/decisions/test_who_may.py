"""Who may see and do what: every address of the room, for everybody who might try."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from styrfart.decisions import actions
from styrfart.decisions.models import Authority, Decision
from styrfart.decisions.urls import urlpatterns
from styrfart.people.models import Person, Role, Team
from tests import make
from tests.conftest import signed_in
from tests.decisions.conftest import shifted, typed, values

pytestmark = pytest.mark.django_db

# Everybody who might try, in the order of the columns below.
PEOPLE = (
    "chair",
    "member",
    "secretary",
    "adjunct",
    "owner",  # of the decision and the action, outside the room
    "recipient",  # outside the room
    "above",  # head of the unit above
    "top",  # highest management
    "system",  # system owner
    "coach",
    "stranger",  # in another team
    "employee",
)

# 2: done, with the page or a redirect. 3: may see, but not do. 4: does not exist for them.
SEEING = {
    "index": "2222 44 222 444",
    "export-log": "2222 44 222 444",
    "report-to-committee": "2222 44 333 444",
    "export-report": "2222 44 333 444",
    "show": "2222 22 444 444",
    "replace-decision": "2333 33 444 444",
    "action-list": "2222 24 222 444",
    "show-action": "2222 24 444 444",
}
DOING = {
    "undo-decision": "2333 33 444 444",
    "replace-decision": "2333 33 444 444",
    "take-on": "3333 23 444 444",
    "confirm-receipt": "3333 32 444 444",
    "report-progress": "2323 23 444 444",
    "reopen-decision": "2323 23 444 444",
    "follow-effect": "2323 23 444 444",
    "move-due": "2323 23 444 444",
    "review-decision": "2333 33 444 444",
    "register-decision": "3323 33 444 444",
    "create-action": "2222 23 444 444",
    "report-to-committee": "2323 44 333 444",
    "action-list": "2222 34 333 444",
    "show-action": "2323 24 444 444",
    "archive": "3323 44 333 444",
    "complete-action": "2323 24 444 444",
    "reopen-action": "2323 24 444 444",
    "withdraw-action": "2323 24 444 444",
}
# A decision marked as secret stays in the room.
SECRET = {"show": "2222 44 444 444", "take-on": "3333 44 444 444"}


@pytest.fixture(autouse=True)
def _without_second_factor(settings: Settings) -> None:
    """The system owner is not asked for a second factor here; that has tests of its own."""
    settings.MFA_REQUIRED_ROLES = frozenset()


@pytest.fixture
def cast(
    team: Team,
    chair: Person,
    member: Person,
    secretary: Person,
    adjunct: Person,
    stranger: Person,
    employee: Person,
    owner: Person,
) -> dict[str, Person]:
    above = make.unit("Staden")
    type(team.unit).objects.filter(pk=team.unit_id).update(parent=above, path=f"{above.path}{team.unit_id}/")
    team.unit.refresh_from_db()
    make.post(chair, team.unit, title="Kontorschef")
    return {
        "chair": chair,
        "member": member,
        "secretary": secretary,
        "adjunct": adjunct,
        "owner": make.person("Mikael", "Strandvik"),
        "recipient": make.person("Berit", "Mottagare"),
        "above": make.post(in_unit=above, title="Stadsdirektör").person,
        "top": make.role(Role.TOP_MANAGEMENT),
        "system": owner,
        "coach": make.role(Role.COACH),
        "stranger": stranger,
        "employee": employee,
    }


def address(name: str, decision: Decision, action_pk: int) -> str:
    slug = decision.team.slug
    if name in {"index", "export-log", "archive", "report-to-committee", "export-report", "action-list"}:
        return reverse(f"decisions:{name}", args=[slug])
    if name in {"show-action", "complete-action", "reopen-action", "withdraw-action"}:
        return reverse(f"decisions:{name}", args=[slug, action_pk])
    return reverse(f"decisions:{name}", args=[slug, decision.year, decision.week, decision.sequence])


def scene(cast: dict[str, Person], team: Team, name: str) -> tuple[Decision, int, dict[str, Any]]:
    """A decision and an action in the state where `name` can be done, and what is sent."""
    scheme = team.delegation_scheme if hasattr(team, "delegation_scheme") else make.scheme(team.unit)
    team.delegation_scheme = scheme  # type: ignore[attr-defined]  # kept for the next scene of the test
    point = scheme.points.first() or make.point(scheme, title="Kontorschef")
    chair, owner = cast["chair"], cast["owner"]
    decision = actions.make_decision(
        **values(
            team,
            chair,
            owner=owner,
            recipients=[cast["recipient"]],
            authority=Authority.DELEGATION,
            delegation_point=point,
        )
    )
    if name in {"reopen-decision", "follow-effect"}:
        actions.report_done(decision=decision, actor=owner)
    action = make.action(team, owner=owner)
    day = timezone.localdate().isoformat()
    data = {
        "replace-decision": typed(chair),
        "report-progress": {"what": "klart"},
        "follow-effect": {"verdict": "clear", "note": "Det syns."},
        "move-due": {"due_on": day, "reason": "Skäl"},
        "register-decision": {"registry_number": "1"},
        "create-action": {"text": "Boka", "owner": str(chair.pk), "due_on": day},
        "action-list": {"text": "Boka", "owner": str(chair.pk), "due_on": day},
        "show-action": {"due_on": day},
        "report-to-committee": {"decisions": [str(decision.pk)], "reported_on": day},
    }
    return decision, action.pk, data.get(name, {})


def kind_of(status: int) -> str:
    return {200: "2", 302: "2", 403: "3", 404: "4"}[status]


@pytest.mark.parametrize("name", SEEING)
def test_who_may_see(name: str, cast: dict[str, Person], team: Team) -> None:
    decision, action_pk, _data = scene(cast, team, name)
    got = [
        kind_of(signed_in(cast[who]).get(address(name, decision, action_pk)).status_code) for who in PEOPLE
    ]
    assert "".join(got) == SEEING[name].replace(" ", "")


@pytest.mark.parametrize("name", DOING)
def test_who_may_do(name: str, cast: dict[str, Person], team: Team) -> None:
    got = []
    for who in PEOPLE:
        decision, action_pk, data = scene(cast, team, name)
        answer = signed_in(cast[who]).post(address(name, decision, action_pk), data)
        got.append("2" if answer.status_code == 302 else kind_of(answer.status_code))
        if name == "archive" and answer.status_code == 200:
            answer.getvalue()  # read to its end, the package is closed
        # Only a package to save is an answer in itself.
        assert answer.status_code != 200 or name == "archive", f"{who}: a deed leads on to a page"
    assert "".join(got) == DOING[name].replace(" ", "")


@pytest.mark.parametrize("name", SECRET)
def test_a_secret_decision_stays_in_the_room(name: str, cast: dict[str, Person], team: Team) -> None:
    decision, action_pk, _data = scene(cast, team, name)
    Decision.objects.filter(pk=decision.pk).update(secrecy_ground="OSL 39 kap. 2 §")
    method = "get" if name == "show" else "post"
    got = [
        kind_of(getattr(signed_in(cast[who]), method)(address(name, decision, action_pk)).status_code)
        for who in PEOPLE
    ]
    assert "".join(got) == SECRET[name].replace(" ", "")


def test_the_tables_name_every_address_of_the_room(cast: dict[str, Person], team: Team) -> None:
    names = set()
    for pattern in urlpatterns:
        inner = getattr(pattern, "url_patterns", [pattern])
        names |= {one.name for one in inner}
    assert names == set(SEEING) | set(DOING)


def test_nothing_is_shown_to_who_has_not_signed_in(cast: dict[str, Person], team: Team, client: Any) -> None:
    for name in SEEING | DOING:
        decision, action_pk, data = scene(cast, team, name)
        for answer in (
            client.get(address(name, decision, action_pk)),
            client.post(address(name, decision, action_pk), data),
        ):
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith(f"{reverse('account_login')}?next=")


def test_a_decider_outside_the_room_sees_their_own_secret_decision(team: Team) -> None:
    decider = make.post(in_unit=team.unit, title="Kontorschef").person
    inside = make.member(team).person
    decision = actions.make_decision(
        **values(team, decider, owner=inside, secrecy_ground="OSL 39 kap. 2 §", actor=decider)
    )
    assert signed_in(decider).get(decision.get_absolute_url()).status_code == 200


def test_the_log_shows_whoever_sees_the_team_only_what_they_may_read(
    cast: dict[str, Person], team: Team
) -> None:
    scene(cast, team, "show")
    mine = actions.make_decision(**values(team, cast["chair"], text="Till ledningen.", owner=cast["top"]))
    page = signed_in(cast["top"]).get(reverse("decisions:index", args=[team.slug])).content.decode()
    assert mine.text in page
    assert "Alla synpunkter får svar" not in page
    table = b"".join(signed_in(cast["top"]).get(reverse("decisions:export-log", args=[team.slug])))
    assert mine.text in table.decode()
    assert "Alla synpunkter får svar" not in table.decode()


def test_the_page_offers_only_what_the_reader_may_do(cast: dict[str, Person], team: Team) -> None:
    decision, _action, _data = scene(cast, team, "show")
    shifted(decision, review_on=10)
    words = {
        "Ta dig an beslutet": {"owner"},
        "Rapportera läge": {"chair", "secretary", "owner"},
        "Flytta datumet": {"chair", "secretary", "owner"},
        "Bekräfta att du har tagit del": {"recipient"},
        "Ångra beslutet": {"chair"},
        "Ersätt beslutet": {"chair"},
        "Låt beslutet gälla": {"chair"},
        "Spara uppgifterna": {"secretary"},
        "Lägg till åtgärden": {"chair", "member", "secretary", "adjunct", "owner"},
    }
    offered: dict[str, set[str]] = {word: set() for word in words}
    for who in PEOPLE[:6]:
        page = signed_in(cast[who]).get(decision.get_absolute_url()).content.decode()
        for word in words:
            if word in page:
                offered[word].add(who)
    assert offered == words
