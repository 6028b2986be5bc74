"""Pulses within weeks of each other: what they show is not subtracted down to a few people (ADR 28)."""

import datetime as dt
from collections import Counter
from collections.abc import Hashable
from typing import Any

import numpy as np
import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from styrfart.climate.actions.releasing import check_release, release_round, writing
from styrfart.climate.actions.releasing.sheets import Ints
from styrfart.climate.actions.releasing.together import Asked, hold
from styrfart.climate.attacks import attack
from styrfart.climate.models import Group, Invitation, Round, RoundState, Row
from styrfart.kernel.release import Forest, Rows, attack_groups, protect
from styrfart.kernel.release.rows import without
from styrfart.people.models import Person, Role, Unit
from tests import make
from tests.climate.answers import answers_of
from tests.climate.round_stage import Office, draft, launched, staffed
from tests.conftest import signed_in

LEAST = 7
FIRST = dt.date(2026, 9, 7)


class Town:
    """An administration and two units. Few stand at the administration itself."""

    def __init__(self, *, top: int = 3, one: int = 10, two: int = 10) -> None:
        self.top = make.unit("Förvaltningen")
        self.one, self.two = (make.unit(name, parent=self.top) for name in ("Hamnen", "Torget"))
        self.people: dict[Unit, list[Person]] = {
            unit: [make.person(f"{unit.name}{nr}", "Ek") for nr in range(size)]
            for unit, size in ((self.top, top), (self.one, one), (self.two, two))
        }

    def pulse(self, *units: Unit, week: int, silent: int = 0, **fields: Any) -> Round:
        """Closed and counted, to these units, the first above the others; `silent` in each did not answer."""
        asked = make.climate_round(
            fields.pop("title", f"Puls vecka {week}"),
            state=RoundState.CLOSED,
            counted_at=timezone.now(),
            opens_on=FIRST + dt.timedelta(weeks=week),
            **fields,
        )
        asked.units.set([units[0]])
        above: Group | None = None
        for unit in units:
            who = self.people[unit]
            at = make.climate_group(asked, unit, parent=above, invited=len(who), invited_below=len(who))
            Invitation.objects.bulk_create(
                Invitation(round=asked, group=at, person=each, channel=Invitation.Channel.MAIL)
                for each in who
            )
            questions = sum(len(part.items) for part in asked.asked)
            make.counted(at, answers_of(len(who) - silent, f"{asked.pk} {unit}", questions=questions))
            above = above or at
        return asked

    def shown(self, *units: Unit, week: int, **fields: Any) -> Round:
        """The same, released."""
        asked = self.pulse(*units, week=week, **fields)
        release_round(round_id=asked.pk)
        asked.refresh_from_db()
        return asked


def groups_in(asked: Round) -> list[str]:
    """The groups that the report shows by themselves, by name."""
    rows = Row.objects.filter(release__round=asked, group__isnull=False)
    return sorted(rows.values_list("group__name", flat=True))


@pytest.mark.django_db
def test_a_part_is_not_shown_that_leaves_few_of_the_whole() -> None:
    town = Town()
    assert groups_in(town.shown(town.top, town.one, town.two, week=0)) == ["Förvaltningen", "Torget"]
    again = town.shown(town.one, week=4)
    assert groups_in(again) == []
    assert "hme.total" not in str(list(Row.objects.filter(release__round=again).values_list("figures")))


@pytest.mark.django_db
def test_a_whole_is_not_shown_when_its_parts_leave_few() -> None:
    town = Town()
    assert groups_in(town.shown(town.one, week=0)) == ["Hamnen"]
    assert groups_in(town.shown(town.two, week=1)) == ["Torget"]
    whole = town.shown(town.top, town.one, town.two, week=4)
    assert groups_in(whole) == ["Torget"]


@pytest.mark.django_db
def test_the_rest_may_be_told_when_it_is_many() -> None:
    town = Town(top=9)
    town.shown(town.top, town.one, town.two, week=0)
    assert groups_in(town.shown(town.two, week=4)) == ["Torget"]


@pytest.mark.django_db
def test_a_team_of_some_who_were_asked_in_their_unit() -> None:
    town = Town()
    town.shown(town.one, week=0)
    asked = make.climate_round(
        "Lagets puls",
        state=RoundState.CLOSED,
        counted_at=timezone.now(),
        opens_on=FIRST + dt.timedelta(weeks=3),
    )
    at = Group.objects.create(
        round=asked,
        team=make.team(),
        name="Ledningsgruppen",
        position=0,
        invited=8,
        invited_below=8,
    )
    Invitation.objects.bulk_create(
        Invitation(round=asked, group=at, person=each, channel=Invitation.Channel.MAIL)
        for each in town.people[town.one][:8]
    )
    make.counted(at, answers_of(8, "laget"))
    release_round(round_id=asked.pk)
    # Eight of the ten in the unit: the two others would be what is left.
    assert groups_in(asked) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [{"week": 10}, {"week": 4, "instruments": ["klimat"]}],
    ids=["two months later", "other questions"],
)
def test_what_is_far_apart_or_asks_something_else_is_not_held_together(fields: dict[str, Any]) -> None:
    town = Town()
    town.shown(town.top, town.one, town.two, week=0)
    assert groups_in(town.shown(town.one, **fields)) == ["Hamnen"]


@pytest.mark.django_db
def test_the_same_groups_again_are_shown_again_though_one_has_left() -> None:
    town = Town(top=9)
    before = groups_in(town.shown(town.top, town.one, town.two, week=0))
    town.people[town.one][0] = make.person("Ny", "Ek")
    assert groups_in(town.shown(town.top, town.one, town.two, week=4)) == before


@pytest.mark.django_db
@pytest.mark.parametrize(("silent", "names"), [(0, ["Förvaltningen", "Hamnen", "Torget"]), (5, ["Torget"])])
def test_who_did_not_answer_does_not_make_a_rest_larger(silent: int, names: list[str]) -> None:
    # Nine at the top. When few of them answer a difference tells of those few.
    town = Town(top=9, one=20, two=20)
    town.shown(town.one, week=0)
    town.shown(town.two, week=1)
    whole = town.pulse(town.top, town.one, town.two, week=4)
    top = whole.groups.get(unit=town.top)
    top.answers.all().delete()
    make.counted(top, answers_of(9 - silent, "toppen"))
    release_round(round_id=whole.pk)
    assert groups_in(whole) == names


@pytest.mark.django_db
def test_one_that_was_shown_meanwhile_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town()
    first, second = town.pulse(town.top, town.one, town.two, week=0), town.pulse(town.one, week=4)
    look = writing._shown

    def meanwhile(rounds: list[Round]) -> list[Round]:
        found = look(rounds)
        monkeypatch.setattr(writing, "_shown", look)
        release_round(round_id=first.pk)
        return found

    monkeypatch.setattr(writing, "_shown", meanwhile)
    release_round(round_id=second.pk)
    assert groups_in(second) == []


@pytest.mark.django_db
def test_the_certificate_says_that_they_were_held_together_and_an_audit_gives_the_same() -> None:
    town = Town(top=9)
    first = town.shown(town.top, town.one, town.two, week=0)
    second = town.shown(town.two, week=4)
    hr = make.role(Role.HR_DEVELOPER)
    assert check_release(release=second.release, actor=hr).holds
    browser = signed_in(hr)
    another = Town()
    elsewhere = another.shown(another.two, week=4)
    said = "Med högst åtta veckors mellanrum har samma frågor ställts också till andra grupper."
    told = [
        said in browser.get(f"/klimat/pulser/{each.pk}/skydd/").content.decode()
        for each in (first, second, elsewhere)
    ]
    assert told == [False, True, False]


@pytest.mark.django_db
def test_the_attack_finds_what_was_shown_without_looking_at_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = Town()
    town.shown(town.top, town.one, town.two, week=0)
    monkeypatch.setattr(writing, "_shown", lambda _rounds: [])
    assert groups_in(town.shown(town.one, week=4)) == ["Hamnen"]
    (found,) = [each for each in attack() if each.attack == "pulses together"]
    assert not found.is_safe
    assert "är den minsta grupp som går att räkna ut 3 inbjudna" in str(found.said)


@pytest.mark.django_db
def test_the_plan_says_what_it_will_be_held_together_with() -> None:
    office = Office()
    first = launched(office, title="Höstens puls")
    said = "Inom åtta veckor ställs samma frågor till en del av samma personer i Höstens puls."
    browser = signed_in(office.developer)
    part = draft(office, title="Arkivets puls", units=[office.big], opens_in=30)
    assert said in browser.get(part.get_absolute_url()).content.decode()
    for other in (
        draft(office, units=[office.big], opens_in=90),
        draft(office, units=[office.big], opens_in=30, instruments=["klimat"]),
        draft(office, units=[staffed(make.unit("Hamnen"), 9)], opens_in=30),
        draft(office, opens_in=30),  # the same groups again
    ):
        assert said not in browser.get(other.get_absolute_url()).content.decode()
    assert first.state == RoundState.OPEN


# --- laws, without a database -----------------------------------------------------------------------
def invented(seed: int) -> tuple[list[list[int]], Ints, list[np.ndarray[Any, Any]]]:
    """People by unit, the tree, and which units each of three pulses asks."""
    chance = np.random.default_rng(seed)
    size = int(chance.integers(4, 14))
    parent = np.array([-1, *(int(chance.integers(0, each)) for each in range(1, size))])
    people, first = [], 0
    for _ in range(size):
        number = int(chance.integers(1, 22))
        people.append(list(range(first, first + number)))
        first += number
    asked = []
    for _ in range(3):
        top = int(chance.integers(0, size)) if chance.random() < 0.7 else 0
        inside = np.zeros(size, dtype=bool)
        inside[top] = True
        for unit in range(size):
            inside[unit] |= parent[unit] >= 0 and inside[parent[unit]] and chance.random() < 0.9
        asked.append(inside)
    return people, parent, asked


def rows_of(people: list[list[int]], parent: Ints, inside: Any, chance: Any) -> tuple[Any, Ints, Ints, Rows]:
    """The units that are asked, their tree, who answered, and the rows that the pulse by itself may show."""
    units = np.flatnonzero(inside)
    place = {unit: number for number, unit in enumerate(units.tolist())}
    tree = np.array([place.get(int(parent[unit]), -1) for unit in units])
    answered = np.array([chance.binomial(len(people[unit]), 0.85) for unit in units])
    return units, tree, answered, protect(Forest(tree), answered, k=LEAST)


def as_asked(people: list[list[int]], units: Any, answered: Ints, rows: Rows) -> Asked:
    stands: dict[Hashable, list[Hashable]] = {who: [int(unit)] for unit in units for who in people[unit]}
    row: dict[Hashable, int] = {int(unit): int(home) for unit, home in zip(units, rows.home, strict=True)}
    share: dict[Hashable, float] = {
        int(unit): int(number) / len(people[unit]) for unit, number in zip(units, answered, strict=True)
    }
    return Asked(stands, row, share)


def lies_in(asked: Asked, rows: Rows, who: int) -> list[int]:
    at, found = asked.row[asked.stands[who][0]] if who in asked.stands else -1, []
    while at >= 0:
        found.append(at)
        at = int(rows.forest.parent[at])
    return found


def fewest(seed: int) -> float:
    """The fewest people that three pulses, each held together with those before it, let anybody get at."""
    people, parent, plan = invented(seed)
    chance = np.random.default_rng(seed + 1)
    past: list[Asked] = []
    shown: list[tuple[Asked, Rows]] = []
    silent: set[int] = set()  # in a unit where nobody answered: nothing is told of them
    for inside in plan:
        units, tree, answered, rows = rows_of(people, parent, inside, chance)
        if past:
            given_up = hold(as_asked(people, units, answered, rows), past, rows, k=LEAST).given_up
            rows = without(Forest(tree), answered, rows, given_up)
        now = as_asked(people, units, answered, rows)
        past.append(now)
        silent |= {
            who for unit, number in zip(units, answered, strict=True) if not number for who in people[unit]
        }
        shown.append((now, rows))
    everybody = [who for unit in people for who in unit]
    where = {
        who: frozenset((number, row) for number, each in enumerate(shown) for row in lies_in(*each, who))
        for who in everybody
    }
    classes = list(dict.fromkeys(rows for rows in where.values() if rows))
    spoke = {where[who] for who in everybody if who not in silent}
    targets = np.array([number for number, rows in enumerate(classes) if rows in spoke], dtype=np.int64)
    if not targets.size:
        return np.inf
    place = {row: number for number, row in enumerate(sorted(set().union(*classes)))}
    pairs = np.array([(place[row], column) for column, found in enumerate(classes) for row in sorted(found)])
    published = csr_matrix((np.ones(len(pairs)), pairs.T), shape=(len(place), len(classes)))
    number = Counter(where.values())
    counts = np.array([number[rows] for rows in classes])
    return attack_groups(published, counts, targets=targets).smallest or np.inf


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_nobody_gets_at_few_by_any_combination_of_pulses(seed: int) -> None:
    assert fewest(seed) >= LEAST


def test_the_law_would_find_a_leak(monkeypatch: pytest.MonkeyPatch) -> None:
    # The same without holding anything together: within some of these a few can be got at.
    def nothing(_now: Asked, _past: Any, rows: Rows, *, k: int) -> Any:
        return type("Admitted", (), {"given_up": np.zeros(rows.size, dtype=bool)})

    monkeypatch.setattr("tests.climate.test_together.hold", nothing)
    assert any(fewest(seed) < LEAST for seed in range(60))
