"""Combining trials against published figures; effect, security, cost and maturity apart."""

from dataclasses import replace
from math import log, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.errors import KernelError
from styrfart.kernel.evidence import (
    Certainty,
    Combined,
    CostLevel,
    CostUnit,
    Design,
    Maturity,
    Method,
    Outcome,
    Registration,
    Requirement,
    Result,
    Trial,
    Use,
    combine,
    cost_of,
    effect_of,
    evidence_of,
    maturity_of,
)
from tests.kernel.processes import in_any_process

SOURCE = Path(__file__).parents[2] / "src"
# Colditz and others 1994, thirteen trials of the BCG vaccine: tuberculosis and not, vaccinated and not.
BCG = [
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232),
    (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
]  # fmt: skip


def log_risk_ratio(a: int, b: int, c: int, d: int) -> Result:
    variance = 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)
    return Result(log(a / (a + b)) - log(c / (c + d)), sqrt(variance))


def test_the_bcg_trials_as_metafor_prints_them() -> None:
    # metafor (Viechtbauer 2010), README: rma(yi, vi, test="knha"): tau² .3132, I² 92.22 %, Q 152.2330,
    # estimate -.7145, se .1808, interval -1.1084 to -.3206.
    found = combine([log_risk_ratio(*row) for row in BCG])

    assert found.between**2 == pytest.approx(0.3132, abs=5e-5)
    assert found.between == pytest.approx(0.5597, abs=5e-5)
    assert found.inconsistency == pytest.approx(0.9222, abs=5e-5)
    assert found.q == pytest.approx(152.2330, abs=5e-5)
    assert found.estimate == pytest.approx(-0.7145, abs=5e-5)
    assert found.error == pytest.approx(0.1808, abs=5e-5)
    assert found.low == pytest.approx(-1.1084, abs=5e-5)
    assert found.high == pytest.approx(-0.3206, abs=5e-5)


def test_equal_errors_are_the_textbooks_t_interval() -> None:
    # Equal variances: the mean is the plain mean, its error s / √k, and t with k − 1 degrees.
    # 2, 4, 9: mean 5, s² = (9 + 1 + 16) / 2 = 13, error √(13/3) = 2.0817, t(.975, 2) = 4.3027: ± 8.9569.
    found = combine([Result(value, 0.5) for value in (2, 4, 9)])

    assert found.estimate == pytest.approx(5)
    assert found.between**2 == pytest.approx(13 - 0.25)
    assert found.error == pytest.approx(2.0817, abs=5e-5)
    assert found.low == pytest.approx(-3.9569, abs=5e-4)
    assert found.high == pytest.approx(13.9569, abs=5e-4)


def test_trials_that_agree_are_not_made_surer_than_their_errors_allow() -> None:
    # Three equal estimates: Hartung and Knapp alone would give an interval of no width at all.
    found = combine([Result(3.0, 1.0)] * 3)

    assert found.between == 0
    assert found.error == pytest.approx(sqrt(1 / 3))
    assert found.high - found.low == pytest.approx(2 * 4.3027 * sqrt(1 / 3), abs=1e-3)


def test_two_trials_give_no_prediction() -> None:
    assert combine([Result(1.0, 1.0), Result(2.0, 1.0)]).prediction is None


def test_the_next_place_is_less_certain_than_the_mean() -> None:
    found = combine([log_risk_ratio(*row) for row in BCG])
    assert found.prediction is not None

    assert found.prediction[0] < found.low < found.high < found.prediction[1]
    # The Wald interval that takes tau² for known is .1546 to 1.5490 as ratios (metafor's example); ours is
    # a little wider on both sides.
    assert found.prediction[0] < log(0.1546)
    assert found.prediction[1] > log(1.5490)


def test_the_prediction_is_what_drawing_gives() -> None:
    # The same confidence distribution by 40 000 draws: a chi² for the spread, the tau² that gives it, a
    # mean about its estimate, and the next place about the mean.
    results = [Result(value, error) for value, error in ((1.0, 0.5), (3.0, 1.0), (-1.0, 0.8), (2.5, 0.6))]
    y, v = np.array([each.estimate for each in results]), np.array([each.error**2 for each in results])
    rng = np.random.default_rng(3)
    grid = np.concatenate([[0.0], np.geomspace(1e-4, 1e5, 60_000)])
    w = 1 / (v[None] + grid[:, None])
    means = (w * y).sum(1) / w.sum(1)
    spread = (w * (y - means[:, None]) ** 2).sum(1)
    wanted = rng.chisquare(3, 40_000)
    at = np.minimum(np.searchsorted(-spread, -wanted), grid.size - 1)
    drawn = rng.normal(means[at], np.sqrt(grid[at] + 1 / w.sum(1)[at]))
    found = combine(results).prediction
    assert found is not None

    below, above = (drawn < found[0]).mean(), (drawn > found[1]).mean()

    assert below == pytest.approx(0.025, abs=0.004)
    assert above == pytest.approx(0.025, abs=0.004)


@given(
    st.lists(st.tuples(st.floats(-5, 5), st.floats(0.1, 3)), min_size=2, max_size=6),
    st.floats(0.01, 100),
    st.floats(-50, 50),
)
@settings(max_examples=25, deadline=None)
def test_unit_and_origin_and_order_do_not_matter(
    given_: list[tuple[float, float]], scale: float, origin: float
) -> None:
    one = combine([Result(*each) for each in given_])
    other = combine([Result(value * scale + origin, error * scale) for value, error in reversed(given_)])

    assert other.estimate == pytest.approx(one.estimate * scale + origin, rel=1e-5, abs=1e-5 * scale)
    assert other.high - other.low == pytest.approx((one.high - one.low) * scale, rel=1e-5)
    assert one.low <= one.estimate <= one.high


@pytest.mark.parametrize(
    "results",
    [
        [],
        [Result(1.0, 1.0)],
        [Result(1.0, 0.0)] * 2,
        [Result(float("nan"), 1.0)] * 2,
        [Result(1.0, -1.0)] * 2,
    ],
)
def test_what_cannot_be_combined_is_refused(results: list[Result]) -> None:
    if results and results[0].error < 0:
        results = [Result(1.0, float("inf")), Result(1.0, 1.0)]
    with pytest.raises(KernelError):
        combine(results)


# --- Effect ---


@pytest.mark.parametrize(
    ("low", "high", "outcome"),
    [
        (0.1, 3.0, Outcome.WORKED), (0.1, 0.9, Outcome.TOO_SMALL), (-0.5, 0.9, Outcome.DID_NOT_WORK),
        (-0.5, 1.5, Outcome.UNCLEAR), (-3.0, -0.1, Outcome.HARMED),
    ],
)  # fmt: skip
def test_what_came_of_it_by_its_interval(low: float, high: float, outcome: Outcome) -> None:
    estimate = (low + high) / 2
    found = effect_of(Result(estimate, 1.0, low, high), worthwhile=1.0)

    assert (found.outcome, found.times_worthwhile) == (outcome, estimate)


def test_without_a_worthwhile_size_nothing_is_said_not_to_work() -> None:
    assert effect_of(Result(0.1, 0.01, -0.1, 0.3), worthwhile=None).outcome is Outcome.UNCLEAR
    assert effect_of(None, worthwhile=1.0).outcome is Outcome.NOT_MEASURED


def test_a_result_without_an_interval_has_the_normal_one() -> None:
    found = effect_of(Result(1.0, 0.5), worthwhile=1.0)

    assert found.low == pytest.approx(0.0200, abs=5e-5)
    assert found.high == pytest.approx(1.9800, abs=5e-5)


@pytest.mark.parametrize(
    ("result", "worthwhile"),
    [(Result(1.0, 0.0), 1.0), (Result(5.0, 1.0, 0.0, 1.0), 1.0), (Result(1.0, 1.0), 0.0)],
)
def test_what_is_no_effect_is_refused(result: Result, worthwhile: float) -> None:
    with pytest.raises(KernelError):
        effect_of(result, worthwhile=worthwhile)


# --- The whole ---

SOUND = Trial(
    "1", Design.DIFFERENCE, by="a", places=("p",), treated=8, compared=8, before=4, after=4,
    registration=Registration.LOCKED, crossover=0.0, attrition=0.0, attrition_gap=0.0, imbalance=0.0,
    side_effects_measured=True, result=Result(-3.0, 0.4),
)  # fmt: skip


def test_grade_effect_security_and_cost_are_values_of_their_own() -> None:
    # Days to an answer: fewer is better. Ruled out: two days or more. So it did not work, and that is sure.
    trial = replace(SOUND, result=Result(-0.2, 0.3))
    cost = cost_of(start=30, yearly=10, unit=CostUnit.HOURS)
    method = Method("a", (trial,), has_logic=True, higher_is_better=False, worthwhile=2.0, cost=cost)

    found = evidence_of(method)

    assert found.graded.grade == 3
    assert (found.effect.outcome, found.effect.estimate) == (Outcome.DID_NOT_WORK, 0.2)
    assert found.security.certainty is Certainty.HIGH
    assert (cost.level, cost.first_year) == (CostLevel.LOW, 40)
    assert found.based_on == ("1",)


def test_several_trials_are_combined_and_judged_by_the_next_place() -> None:
    results = [Result(-3.0, 0.4), Result(-2.6, 0.5), Result(-3.3, 0.4)]
    trials = tuple(
        replace(SOUND, key=str(at), by=by, places=(by,), result=result)
        for at, (by, result) in enumerate(zip("abc", results, strict=True))
    )
    method = Method(
        "a", trials, use=Use(has_manual=True), has_logic=True, higher_is_better=False, worthwhile=1.0
    )

    found = evidence_of(method)

    assert (found.graded.grade, found.independent, found.replications) == (5, 3, 2)
    assert isinstance(found.combined, Combined)
    assert found.combined.prediction is not None
    assert found.effect.outcome is Outcome.WORKED
    assert found.security.within == (found.combined.prediction[1] - found.combined.prediction[0]) / 2
    assert (found.security.trials, found.security.doers) == (3, 3)
    assert found.security.certainty is Certainty.LOW


@pytest.mark.parametrize(
    ("half", "certainty"),
    [(0.5, Certainty.HIGH), (0.51, Certainty.MODERATE), (1.0, Certainty.MODERATE), (1.1, Certainty.LOW)],
)
def test_security_is_the_intervals_half_against_what_is_worth_while(
    half: float, certainty: Certainty
) -> None:
    trial = replace(SOUND, result=Result(4.0, 0.1, 4.0 - half, 4.0 + half))

    found = evidence_of(Method("a", (trial,), has_logic=True, worthwhile=1.0))

    assert found.security.certainty is certainty


def test_where_lower_is_better_the_interval_turns_too() -> None:
    trial = replace(SOUND, result=Result(-3.0, 0.4, -3.5, -2.0))

    found = evidence_of(Method("a", (trial,), has_logic=True, higher_is_better=False)).effect

    assert (found.estimate, found.low, found.high) == (3.0, 2.0, 3.5)


def test_better_trials_speak_before_weaker_ones() -> None:
    weak = replace(SOUND, key="2", design=Design.BEFORE_AFTER, result=Result(9.0, 0.1))

    assert evidence_of(Method("a", (SOUND, weak), has_logic=True)).based_on == ("1",)
    assert evidence_of(Method("a", (weak,), has_logic=True)).based_on == ("2",)


def test_nothing_measured_is_said_and_not_guessed() -> None:
    found = evidence_of(Method("a", worthwhile=1.0))

    assert (found.graded.grade, found.effect.outcome) == (0, Outcome.NOT_MEASURED)
    assert (found.security.certainty, found.cost, found.combined) == (Certainty.NONE, None, None)


@pytest.mark.parametrize(
    ("hours", "level"),
    [(40, CostLevel.LOW), (41, CostLevel.MEDIUM), (200, CostLevel.MEDIUM), (201, CostLevel.HIGH)],
)
def test_a_cost_has_a_level_by_bounds(hours: float, level: CostLevel) -> None:
    assert cost_of(start=hours, yearly=0, unit=CostUnit.HOURS).level is level
    assert cost_of(start=hours, yearly=0, unit=CostUnit.KRONOR).level is CostLevel.LOW
    assert cost_of(start=hours, yearly=0, unit=CostUnit.KRONOR, bounds=(1, 2)).level is CostLevel.HIGH


@pytest.mark.parametrize(
    ("start", "yearly", "bounds"), [(-1, 0, (1, 2)), (0, float("nan"), (1, 2)), (1, 1, (3, 2))]
)
def test_what_is_no_cost_is_refused(start: float, yearly: float, bounds: tuple[float, float]) -> None:
    with pytest.raises(KernelError):
        cost_of(start=start, yearly=yearly, unit=CostUnit.HOURS, bounds=bounds)


# --- Maturity ---


def test_maturity_climbs_a_step_at_a_time_and_says_what_is_lacking() -> None:
    cost = cost_of(start=1, yearly=1, unit=CostUnit.HOURS)
    steps = [
        (Method("a"), Maturity.THOUGHT, {Requirement.DESCRIPTION}),
        (
            Method("a", has_logic=True, use=Use(is_described=True)),
            Maturity.DESCRIBED,
            {Requirement.FOLLOWED_TRIAL},
        ),
    ]
    tried = Method("a", (SOUND,), use=Use(is_described=True), has_logic=True)
    steps.append((tried, Maturity.TRIED, {Requirement.DECISION, Requirement.KNOWN_COST}))
    adopted = replace(tried, cost=cost, use=replace(tried.use, adopted_by=("a",)))
    steps.append((adopted, Maturity.ADOPTED, {Requirement.MANUAL, Requirement.ANOTHER_USER}))
    carried = replace(adopted, use=replace(adopted.use, adopted_by=("a", "b"), has_manual=True))
    steps.append((carried, Maturity.CARRIED, {Requirement.SEVERAL_USERS, Requirement.FOLLOW_UP}))
    rooted = replace(carried, use=replace(carried.use, adopted_by=("a", "b", "c"), is_followed_up=True))
    steps.append((rooted, Maturity.ROOTED, set()))

    for method, maturity, lacks in steps:
        assert (maturity_of(method).maturity, set(maturity_of(method).lacks)) == (maturity, lacks)


def test_what_is_widely_used_may_be_little_known_and_the_other_way() -> None:
    cost = cost_of(start=1, yearly=1, unit=CostUnit.HOURS)
    use = Use(is_described=True, adopted_by=("a", "b", "c"), has_manual=True, is_followed_up=True)
    popular = Method("a", (replace(SOUND, design=Design.BEFORE_AFTER),), use=use, has_logic=True, cost=cost)

    assert (evidence_of(popular).maturity.maturity, evidence_of(popular).graded.grade) == (Maturity.ROOTED, 2)
    new = Method("a", (SOUND,), has_logic=True, use=Use(is_described=True))
    assert (evidence_of(new).maturity.maturity, evidence_of(new).graded.grade) == (Maturity.TRIED, 3)


def test_the_types_bring_in_no_numpy() -> None:
    # The package's own __init__ brings it in; whoever wants the types alone has the file on its own.
    source = (SOURCE / "styrfart" / "kernel" / "evidence" / "values.py").read_text()

    assert "numpy" not in source.replace("without NumPy", "")


def test_the_same_trials_say_the_same_in_any_process() -> None:
    code = (
        "from styrfart.kernel.evidence import *\n"
        "t = [Trial(k, Design.DIFFERENCE, by=k, places=(k,), treated=8, compared=8, before=2, after=2,\n"
        "           result=Result(len(k) * 1.7, 0.5 + len(k))) for k in ('x', 'yy', 'zzz', 'vvvv')]\n"
        "print(evidence_of(Method('x', tuple(t), worthwhile=1.0)))"
    )
    assert "prediction" in in_any_process(code)
