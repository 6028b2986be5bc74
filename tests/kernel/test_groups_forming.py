"""Forming groups: every rule kept, everybody accounted for, and the bound met where it can be."""

import itertools
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.groups import managers
from styrfart.kernel.groups import (
    Criterion,
    Grouping,
    Impossible,
    Kind,
    Limit,
    Problem,
    Reason,
    Refusal,
    certify,
    form,
    pairs_of,
)
from tests.kernel.processes import in_any_process


def formed(problem: Problem, seed: int = 1, effort: int = 1) -> Grouping:
    found = form(problem, seed=seed, effort=effort)
    assert isinstance(found, Grouping)
    return found


def invented(seed: int, people: int = 26) -> Problem:
    """A small organisation where every rule is at work."""
    draw = np.random.default_rng(seed)
    return Problem(
        people=people,
        smallest=3,
        largest=5,
        free=draw.random((people, 3)) < 0.6,
        boss=np.array([-1 if one == 0 else int(draw.integers(-1, one)) for one in range(people)]),
        excluded=draw.integers(0, people, (4, 2)),
        met=draw.integers(0, people, (6, 2)),
        limits=(Limit("team", draw.integers(-1, 9, people)), Limit("unit", draw.integers(0, 4, people), 2)),
        criteria=(
            Criterion("role", draw.integers(-1, 4, people), weight=3),
            Criterion("level", draw.integers(-1, 3, people), kind=Kind.SIMILAR, weight=2),
            Criterion("sex", draw.integers(0, 2, people), nobody_alone=True),
        ),
    )


def is_kept(problem: Problem, found: Grouping) -> bool:
    """Every hard rule, read off the problem person by person."""
    boss, free = problem.boss, problem.free
    assert boss is not None
    assert free is not None
    above = {}
    for person in range(problem.people):
        line, up = set(), int(boss[person])
        while up >= 0:
            line.add(up)
            up = int(boss[up])
        above[person] = line
    pairs = {tuple(sorted(pair)) for pair in [*problem.excluded.tolist(), *problem.met.tolist()]}
    for group, slot in enumerate(found.slot):
        members = found.members(group)
        if not problem.smallest <= len(members) <= problem.largest:
            return False
        if not all(free[person, slot] for person in members):
            return False
        if any(
            pair in pairs or pair[0] in above[pair[1]] or pair[1] in above[pair[0]]
            for pair in itertools.combinations(members, 2)
        ):
            return False
        for limit in problem.limits:
            labels = [int(limit.labels[person]) for person in members if limit.labels[person] >= 0]
            if any(labels.count(label) > limit.at_most for label in labels):
                return False
    return True


@given(seed=st.integers(0, 10_000))
@settings(max_examples=12, deadline=None)
def test_no_rule_is_broken_and_everybody_is_accounted_for(seed: int) -> None:
    problem = invented(seed)

    found = form(problem, seed=seed, effort=1)

    if isinstance(found, Refusal):
        return
    certificate = found.certificate
    assert is_kept(problem, found)
    assert certificate.breaches == ()
    assert {each.person for each in found.unplaced} == {
        person for person, group in enumerate(found.group) if group < 0
    }
    assert certificate.unplaced == len(found.unplaced) >= certificate.least_unplaced
    assert certificate.soft >= certificate.soft_bound
    assert certificate == certify(problem, found.group, found.slot, certificate.least_unplaced)


def test_a_hundred_managers_reach_the_bound() -> None:
    problem = managers(100, 1).problem(limits=False)

    certificate = formed(problem, effort=10).certificate

    assert certificate.is_optimal
    assert certificate.gap == 0.0
    assert (certificate.people, certificate.groups, certificate.unplaced) == (100, 14, 0)


def test_three_rounds_without_a_repeated_pair() -> None:
    problem = managers(84, 2).problem(limits=False)
    rounds: list[tuple[int, ...]] = []
    for number in range(3):
        rounds.append(formed(replace(problem, met=pairs_of(rounds)), number).group)

    pairs = [tuple(pair) for each in rounds for pair in pairs_of([each]).tolist()]
    assert len(set(pairs)) == len(pairs)


def test_similar_people_come_together() -> None:
    level = np.array([0] * 12 + [1] * 8 + [2] * 4)
    problem = Problem(
        people=24, smallest=4, largest=4, criteria=(Criterion("level", level, kind=Kind.SIMILAR),)
    )

    found = formed(problem)

    # Twelve, eight and four fill whole groups of four: no unlike pair.
    assert found.certificate.is_optimal
    assert found.certificate.soft == 0
    assert all(len({level[person] for person in found.members(group)}) == 1 for group in range(6))


def test_nobody_is_alone_where_that_can_be_avoided() -> None:
    # Six women among thirty, spread by weight; guarded, so two or three in some groups and none in others.
    sex = np.array([1] * 6 + [0] * 24)
    spread = Problem(people=30, smallest=5, largest=5, criteria=(Criterion("sex", sex),))
    guarded = replace(spread, criteria=(Criterion("sex", sex, nobody_alone=True),))

    assert [sum(sex[list(formed(spread).members(group))]) for group in range(6)] == [1] * 6
    certificate = formed(guarded).certificate
    # Three groups with two women and three men: 3 x (1 + 3); three with five men: 3 x 10. Proven the best.
    assert certificate.alone == ()
    assert certificate.soft == certificate.soft_bound == 42
    assert certificate.is_optimal


def test_the_only_one_of_a_kind_is_alone_and_the_certificate_says_it_must_be() -> None:
    sex = np.array([1] + [0] * 9)
    problem = Problem(people=10, smallest=5, largest=5, criteria=(Criterion("sex", sex, nobody_alone=True),))

    certificate = formed(problem).certificate

    assert certificate.alone == (("sex", 0),)
    assert certificate.least_alone == 1
    assert certificate.is_optimal


def test_fixed_members_are_where_they_are_fixed() -> None:
    fixed = np.full(20, -1)
    fixed[[3, 9]], fixed[5] = 0, 1
    problem = Problem(people=20, smallest=4, largest=6, fixed=fixed, excluded=np.array([[3, 5]]))

    found = formed(problem)

    assert (found.group[3], found.group[9], found.group[5]) == (0, 0, 1)
    assert found.certificate.breaches == ()


def test_who_is_never_free_has_no_place_and_the_reason() -> None:
    free = np.ones((9, 2), dtype=bool)
    free[0] = False  # never
    free[1] = free[2] = [False, True]  # only when nobody else is
    free[3:, 1] = False

    found = formed(Problem(people=9, smallest=3, largest=6, free=free))

    assert {each.person: each.reason for each in found.unplaced} == {
        0: Reason.NEVER_FREE,
        1: Reason.TOO_FEW_IN_SLOT,
        2: Reason.TOO_FEW_IN_SLOT,
    }
    assert found.certificate.places_are_proven


def test_full_groups_and_rules_are_told_apart() -> None:
    boss = np.array([-1, 0, 0, 0, 0, 0, 0])
    above_all = formed(Problem(people=7, smallest=3, largest=4, boss=boss))
    too_many = formed(Problem(people=7, smallest=3, largest=3, groups=2))

    assert [(each.person, each.reason) for each in above_all.unplaced] == [(0, Reason.RULES)]
    assert [each.reason for each in too_many.unplaced] == [Reason.FULL]
    assert too_many.certificate.least_unplaced == 1


def test_what_cannot_be_is_refused() -> None:
    assert form(Problem(people=3, smallest=4, largest=5), seed=1) == Refusal(Impossible.TOO_FEW_PEOPLE)


def test_people_without_rules_or_criteria_are_just_grouped() -> None:
    found = formed(Problem(people=22, smallest=6, largest=8))

    assert sorted(len(found.members(group)) for group in range(3)) == [7, 7, 8]
    assert found.certificate.is_optimal


def test_the_same_seed_gives_the_same_groups_in_any_process() -> None:
    code = (
        "from benchmarks.groups import managers; from styrfart.kernel.groups import form\n"
        "print(form(managers(70, 4, slots=8, choices=(1, 3)).problem(), seed=9, effort=2))"
    )
    assert "Grouping" in in_any_process(code)
