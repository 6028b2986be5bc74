"""Why here, why not with somebody, and what a change by hand does: each against a recount."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.groups import managers
from styrfart.kernel.errors import KernelError
from styrfart.kernel.groups import (
    Criterion,
    Explainer,
    Grouping,
    Limit,
    Problem,
    Reason,
    Why,
    certify,
    effect_of_move,
    effect_of_swap,
    form,
)
from styrfart.kernel.groups.forming import concluded

# Eight people in two groups of four: 0 to 3 meet in slot 0, 4 to 7 in slot 1.
FREE = np.array([[1, 1], [1, 0], [1, 1], [1, 1], [1, 1], [0, 1], [1, 1], [1, 1]], dtype=bool)
TEAM = np.array([0, 1, 2, -1, 3, 4, 2, -1])
ROLE = np.array([0, 0, 1, 1, 0, 0, 1, 1])
EIGHT = Problem(
    people=8,
    smallest=3,
    largest=4,
    free=FREE,
    boss=np.array([-1, -1, -1, -1, 0, -1, -1, -1]),
    excluded=np.array([[3, 4]]),
    met=np.array([[7, 3], [0, 4]]),
    limits=(Limit("team", TEAM),),
    criteria=(Criterion("role", ROLE, weight=5),),
)


def grouped(problem: Problem, group: list[int], slot: list[int]) -> Grouping:
    return concluded(problem, np.array(group), np.array(slot), 0)


TWO = grouped(EIGHT, [0, 0, 0, 0, 1, 1, 1, 1], [0, 1])


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        (0, 1, (Reason.TOGETHER,)),
        (0, 4, (Reason.LINE, Reason.MET)),
        (3, 4, (Reason.EXCLUDED,)),
        (7, 3, (Reason.MET,)),
        (2, 6, (Reason.LIMIT,)),
        (1, 5, (Reason.NO_COMMON_SLOT,)),
    ],
)
def test_what_keeps_two_apart_is_named(one: int, other: int, reasons: tuple[Reason, ...]) -> None:
    explainer = Explainer(EIGHT, TWO)

    assert explainer.why_not(one, other).reasons == reasons
    assert explainer.why_not(other, one).reasons == reasons


def test_a_limit_is_named() -> None:
    assert Explainer(EIGHT, TWO).why_not(2, 6).limits == ("team",)


def test_two_who_could_sit_together_are_told_what_it_would_cost() -> None:
    apart = Explainer(EIGHT, TWO).why_not(2, 7)

    # Both groups are full, so somebody comes in exchange; which, is checked by a recount.
    assert apart.reasons == (Reason.POSSIBLE,)
    assert apart.step is not None
    step = apart.step
    group = list(TWO.group)
    group[step.person] = step.group
    if step.partner >= 0:
        group[step.partner] = TWO.group[step.person]
    after = certify(EIGHT, group, TWO.slot, 0)
    assert after.breaches == ()
    assert group[2] == group[7]
    assert after.soft - TWO.certificate.soft == step.soft


def test_where_others_stand_in_the_way_their_rules_are_named() -> None:
    # Full groups, and who would have to leave may not come to the other: 1 and 5 each have one slot.
    problem = Problem(
        people=4, smallest=2, largest=2, free=np.array([[1, 0], [1, 1], [1, 1], [0, 1]], dtype=bool)
    )
    apart = Explainer(problem, grouped(problem, [0, 0, 1, 1], [0, 1])).why_not(1, 2)

    assert apart.step is None
    assert apart.reasons == (Reason.FULL,)


def test_who_has_no_place_is_named_with_the_reason() -> None:
    problem = Problem(people=5, smallest=2, largest=2, groups=2)
    explainer = Explainer(problem, grouped(problem, [0, 0, 1, 1, -1], [0, 0]))

    because = explainer.why(4)

    assert (because.group, because.unplaced) == (-1, Reason.FULL)
    assert explainer.why_not(4, 0).reasons == (Reason.FULL, Reason.NOT_PLACED)


def test_why_here_names_the_only_slot_and_the_company() -> None:
    because = Explainer(EIGHT, TWO).why(1)

    assert because.reasons[0] is Why.ONLY_SLOT
    assert because.slots == (0,)
    # One other with role 0 in the group; four of eight in two groups make two in an even share.
    assert [(each.key, each.alike, each.even) for each in because.company] == [("role", 1, 2.0)]


def test_a_fixed_member_is_there_because_of_that() -> None:
    fixed = np.array([0, -1, -1, -1, -1, -1, -1, -1])
    because = Explainer(replace(EIGHT, fixed=fixed), TWO).why(0)

    assert because.reasons == (Why.FIXED, Why.ONLY_GROUP)


def test_a_formed_grouping_has_no_better_single_step() -> None:
    problem = managers(60, 3).problem(limits=False)
    found = form(problem, seed=1, effort=1)
    assert isinstance(found, Grouping)
    explainer = Explainer(problem, found)

    for person in range(60):
        because = explainer.why(person)
        assert because.reasons[-1] in {Why.BEST_HERE, Why.ONLY_GROUP}
        assert found.group[person] not in because.open_groups


@given(seed=st.integers(0, 1000), one=st.integers(0, 7), other=st.integers(0, 7))
@settings(max_examples=60, deadline=None)
def test_the_effect_of_a_swap_is_the_difference_of_two_certificates(seed: int, one: int, other: int) -> None:
    group = np.random.default_rng(seed).permutation([0, 0, 0, 1, 1, 1, 1, -1]).tolist()
    before = grouped(EIGHT, group, [0, 1])
    swapped = list(group)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    after = certify(EIGHT, swapped, [0, 1], 0)

    found = effect_of_swap(EIGHT, before, one, other)

    assert found.soft == after.soft - before.certificate.soft
    assert set(found.broken) == set(after.breaches) - set(before.certificate.breaches)
    assert set(found.mended) == set(before.certificate.breaches) - set(after.breaches)
    assert found.is_allowed is not bool(found.broken)


def test_a_move_by_hand_tells_what_it_breaks() -> None:
    found = effect_of_move(EIGHT, TWO, 4, 0)

    # Five where four may be, with their superior, whom they met, and with 3, who is excluded.
    assert [each.reason for each in found.broken] == [
        Reason.TOO_LARGE, Reason.LINE, Reason.EXCLUDED, Reason.MET,
    ]  # fmt: skip
    assert not found.is_allowed
    # Role 0: two and two before; three and one after: 3 pairs for 2.
    assert found.scores == (("role", 5),)
    assert effect_of_move(EIGHT, TWO, 4, -1).is_allowed


def test_a_swap_tells_who_becomes_alone() -> None:
    problem = Problem(
        people=4,
        smallest=2,
        largest=2,
        criteria=(Criterion("sex", np.array([0, 0, 1, 1]), nobody_alone=True),),
    )
    before = grouped(problem, [0, 0, 1, 1], [0, 0])

    there = effect_of_swap(problem, before, 0, 2)
    after = grouped(problem, [1, 0, 0, 1], [0, 0])
    back = effect_of_swap(problem, after, 0, 2)

    assert there.newly_alone == back.no_longer_alone == (("sex", 0), ("sex", 1), ("sex", 2), ("sex", 3))
    assert there.no_longer_alone == back.newly_alone == ()


def test_a_grouping_of_others_is_refused() -> None:
    with pytest.raises(KernelError):
        Explainer(Problem(people=3, smallest=1, largest=3), TWO)
    with pytest.raises(KernelError):
        effect_of_move(EIGHT, TWO, 0, 7)
