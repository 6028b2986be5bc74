"""Side effects by their rule, the lock on a plan, and that a seed gives the same bytes anywhere."""

import hashlib
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.effects import (
    Caution,
    Design,
    Direction,
    Estimate,
    Harm,
    Interval,
    Method,
    Outcome,
    Plan,
    Refusal,
    SideEffect,
    Verdict,
    assess,
    conclude,
    fingerprint,
    holm,
    lock_refusals,
)
from styrfart.kernel.errors import KernelError
from tests.kernel.processes import in_any_process


def estimate(low: float, high: float, p: float, *, design: Design = Design.RANDOMISED) -> Estimate:
    return Estimate(
        design,
        Method.PERMUTATION,
        effect=(low + high) / 2,
        treated=6,
        compared=6,
        p=p,
        intervals=(Interval(low, high, 0.95), Interval(low, high, 0.90)),
    )


@pytest.mark.parametrize(
    ("low", "high", "p", "harm"),
    [
        (-0.9, 2.0, 0.5, Harm.NOT_WORSE),  # the margin is 1
        (-1.0, 2.0, 0.5, Harm.UNCERTAIN),
        (-3.0, 1.0, 0.09, Harm.POSSIBLY_WORSE),
        (-3.0, 1.0, 0.11, Harm.UNCERTAIN),
        (-3.0, -0.1, 0.04, Harm.WORSE),
        (-0.9, -0.1, 0.04, Harm.SLIGHTLY_WORSE),
        (0.1, 3.0, 0.01, Harm.NOT_WORSE),
    ],
)
def test_a_side_effect_beside_its_margin(low: float, high: float, p: float, harm: Harm) -> None:
    less_is_worse = SideEffect(estimate(low, high, p), Direction.HIGHER, 1.0)
    more_is_worse = SideEffect(estimate(-high, -low, p), Direction.LOWER, 1.0)

    found = assess([less_is_worse]) + assess([more_is_worse])

    assert [each.harm for each in found] == [harm, harm]
    assert [each.worst for each in found] == [-low, -low]


def test_of_many_side_effects_one_is_worse_only_by_holm() -> None:
    # .03 alone would be worse; as the least of three it is .09.
    one = SideEffect(estimate(-3, -0.1, 0.03), Direction.HIGHER, 1.0)
    others = [SideEffect(estimate(-0.5, 0.5, 0.9), Direction.HIGHER, 1.0)] * 2

    assert [each.harm for each in assess([one, *others])] == [
        Harm.POSSIBLY_WORSE,
        Harm.NOT_WORSE,
        Harm.NOT_WORSE,
    ]


def test_holm_by_hand() -> None:
    # .01·4, .02·3 = .06, .03·2 = .06, .9; the last is at least what came before.
    assert holm([0.03, 0.01, 0.9, 0.02]) == pytest.approx((0.06, 0.04, 0.9, 0.06))
    assert holm([None, 0.04, None]) == (None, 0.04, None)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_holm_keeps_the_order_and_lies_between_p_and_bonferroni(ps: list[float]) -> None:
    found = [each or 0.0 for each in holm(ps)]

    pairs = list(zip(ps, found, strict=True))
    assert all(p <= each for p, each in pairs)
    assert all(each <= max(min(1.0, q * len(ps)) for q in ps if q <= p) + 1e-12 for p, each in pairs)
    by_p = [each for _, each in sorted(pairs)]
    assert all(one <= other for one, other in pairwise(by_p))


def test_a_side_effect_that_was_refused_cannot_be_judged() -> None:
    refused = estimate(-1, 1, 0.5).refused(Refusal.TOO_FEW_UNITS)

    assert assess([SideEffect(refused, Direction.HIGHER, 1.0)])[0].harm is Harm.CANNOT_BE_JUDGED
    with pytest.raises(KernelError):
        assess([SideEffect(refused, Direction.HIGHER, 0.0)])


PLAN = Plan(
    design=Design.RANDOMISED,
    outcome=Outcome("svar i tid", Direction.HIGHER, 2.0),
    side_effects=(Outcome("övertid", Direction.LOWER, 1.0),),
    units=("a", "b"),
    starts=("2027-01-01", ""),
    written=(("why", "för att"),),
)


def test_a_fingerprint_is_of_what_the_plan_says() -> None:
    # The canonical text, written out, so that the form cannot change unseen.
    text = (
        '{"form":1,"plan":{"adjusted_for":[],"begins":"","design":"randomised","ends":"","least_units":0,'
        '"outcome":{"direction":"higher","name":"svar i tid","threshold":2},'
        '"seed":0,"side_effects":[{"direction":"lower","name":"övertid","threshold":1}],'
        '"starts":["2027-01-01",""],"strata":[],"units":["a","b"],"written":[["why","för att"]]}}'
    )

    assert fingerprint(PLAN) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    "other",
    [
        replace(PLAN, least_units=10),
        replace(PLAN, seed=1),
        replace(PLAN, units=("b", "a")),
        replace(PLAN, outcome=replace(PLAN.outcome, threshold=2.1)),
        replace(PLAN, outcome=replace(PLAN.outcome, direction=Direction.LOWER)),
        replace(PLAN, written=(("why", "för  att"),)),
    ],
)
def test_any_change_changes_the_fingerprint(other: Plan) -> None:
    assert fingerprint(other) != fingerprint(PLAN)
    assert lock_refusals(other, fingerprint(PLAN), locked_at=1, first_read_at=None) == (Refusal.PLAN_DIFFERS,)


def test_the_same_said_in_another_form_has_the_same_fingerprint() -> None:
    same = replace(PLAN, outcome=Outcome("svar i tid", Direction.HIGHER, 2), written=(("why", "för att"),))

    assert fingerprint(same) == fingerprint(PLAN)
    assert fingerprint({"b": 1.0, "a": [True, None]}) == fingerprint({"a": (True, None), "b": 1})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1: "a"}, {"a"}, object(), b"a"])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    if value == b"a":
        assert fingerprint(value) == fingerprint([97])  # bytes are a sequence of numbers
        return
    with pytest.raises(KernelError):
        fingerprint(value)


@pytest.mark.parametrize(
    ("locked_at", "first_read_at", "refused"),
    [
        (1, 2, ()),
        (1, None, ()),
        (2, 2, (Refusal.NOT_LOCKED,)),
        (3, 2, (Refusal.NOT_LOCKED,)),
        (None, None, (Refusal.NOT_LOCKED,)),
    ],
)
def test_a_plan_is_locked_before_the_first_outcome_is_read(
    locked_at: int | None, first_read_at: int | None, refused: tuple[Refusal, ...]
) -> None:
    found = lock_refusals(PLAN, fingerprint(PLAN), locked_at=locked_at, first_read_at=first_read_at)

    assert found == refused


def test_a_conclusion_holds_for_the_plan_that_was_locked() -> None:
    digest = fingerprint(PLAN)
    main, overtime = estimate(0.5, 4, 0.01), estimate(0.2, 3, 0.02)

    found = conclude(PLAN, digest, main, [overtime], locked_at=1, first_read_at=5)

    assert found.judgement.verdict is Verdict.CLEAR_IMPROVEMENT
    assert found.judgement.cautions == (Caution.SIDE_EFFECT_WORSE,)
    assert (found.side_effects[0].harm, found.fingerprint) == (Harm.WORSE, digest)


def test_without_lock_or_by_another_design_nothing_can_be_judged() -> None:
    digest = fingerprint(PLAN)
    main, overtime = estimate(0.5, 4, 0.01), estimate(-0.5, 0.5, 0.9)
    late = conclude(PLAN, digest, main, [overtime], locked_at=6, first_read_at=5)
    other = conclude(
        PLAN,
        digest,
        estimate(0.5, 4, 0.01, design=Design.MATCHED),
        [overtime],
        locked_at=1,
        first_read_at=5,
    )

    assert (late.judgement.verdict, late.judgement.refusals) == (
        Verdict.CANNOT_BE_JUDGED,
        (Refusal.NOT_LOCKED,),
    )
    assert other.judgement.refusals == (Refusal.PLAN_DIFFERS,)
    for plan, found, refused in (
        (replace(PLAN, least_units=13), main, Refusal.TOO_FEW_UNITS),
        (PLAN, replace(main, seed=4), Refusal.PLAN_DIFFERS),
    ):
        said = conclude(plan, fingerprint(plan), found, [overtime], locked_at=1, first_read_at=5)
        assert said.judgement.refusals == (refused,)
    with pytest.raises(KernelError):
        conclude(PLAN, digest, main, [], locked_at=1, first_read_at=5)


SCRIPT = """
import hashlib
import numpy as np
from styrfart.kernel.effects import *
half = np.repeat([1, 0], 12)
generator = np.random.default_rng(5)
y, x = generator.normal(size=24) + half, generator.normal(size=(24, 2))
wedge = generator.normal(size=(9, 4))
found = (
    randomised(y, half, baseline=x, draws=999, limit=1000, seed=7),
    difference(x, y, half, draws=999, limit=1000, seed=7),
    matched(np.r_[y, y], np.r_[half, 1 - half], np.r_[x, x + 0.1], draws=999, limit=1000, seed=7),
    stepped_wedge(wedge, np.repeat([1, 2, 3], 3), draws=499, limit=100, seed=7),
    plan_randomised([(5, 7)], spread=1.0, explained=0.5, measures=1, simulations=300, seed=7),
    plan_wedge(np.repeat([1, 2], 4), periods=3, between=0.3, within=0.4, seed=7),
    least_squares(y, np.column_stack([half, x]), absorb=np.arange(24) % 4),
)
print(hashlib.sha256(repr(found).encode()).hexdigest(), fingerprint({"b": {"z": 1, "a": 2}, "a": [1.5]}))
"""


def test_the_same_seed_gives_the_same_bytes_in_any_process() -> None:
    digest, _same, print_of_plan = in_any_process(SCRIPT).partition(" ")

    assert len(digest) == 64
    assert print_of_plan == fingerprint({"a": [1.5], "b": {"a": 2, "z": 1}})
