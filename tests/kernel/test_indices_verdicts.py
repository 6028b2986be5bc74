"""Differences, and what may be said of many at once."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from benchmarks.indices import KINDS, answers_of, group_of, pages, share_said, to_before, to_whole
from styrfart.kernel.errors import KernelError
from styrfart.kernel.indices import (
    HME,
    Differences,
    Direction,
    Moments,
    Population,
    Reference,
    Rule,
    Scale,
    Side,
    Strength,
    Verdict,
    Why,
    benjamini_hochberg,
    between,
    count,
    holm,
    judge,
    measure,
    with_reference,
    with_whole,
)
from styrfart.kernel.indices.spread import Spread

ONE = Scale(items=("a",))
# Benjamini and Hochberg (1995), section 4.2: fifteen comparisons of a trial of thrombolysis. Controlling the
# family-wise error at .05 finds three, the false discovery rate four.
PUBLISHED = np.array(
    [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
)


def group(answers: list[int], scale: Scale = ONE) -> Moments:
    return count([[each] for each in answers], [0] * len(answers), scale=scale, number=1)


def verdict(first: list[int], second: list[int], scale: Scale = ONE, rule: Rule | None = None) -> Verdict:
    found = between(Side(group(first, scale)), Side(group(second, scale)), scale=scale, measures=("a",))
    (said,) = judge(found, rule=rule or Rule())
    return said


# --- Differences ---


def test_a_difference_by_hand() -> None:
    # 3, 4, 4, 5 less 2, 3, 3, 4, about what lasts. Each index's own interval by hand (as in
    # test_indices_intervals.py): 75 (36.03824 to 94.10845) and 50 (18.55052 to 81.44948), but here with the
    # quantile of the freedom of both. So first the freedom: variances k c (1 - c), c = (T + 2k) / (1 + 4k):
    # k .0761855 and .0757289 give c .69161 and .5, variances .016249 and .018932; freedom
    # (.016249 + .018932)^2 / (.016249^2 / 3.5 + .018932^2 / 3.5) = 6.96.
    found = between(Side(group([3, 4, 4, 5])), Side(group([2, 3, 3, 4])), scale=ONE, measures=("a",))
    quantile = stats.t.ppf(0.975, 6.959527)
    (low, high), (other_low, other_high) = (
        _wilson(share, quantile**2 * k) for share, k in ((0.75, 0.0761855), (0.5, 0.0757289))
    )

    assert found.difference.item() == 25
    assert found.freedom.item() == pytest.approx(6.959527)
    assert [each.item() for each in found.interval(0.95)] == pytest.approx(
        [
            100 * (0.25 - np.hypot(0.75 - low, other_high - 0.5)),
            100 * (0.25 + np.hypot(high - 0.75, 0.5 - other_low)),
        ],
        abs=1e-4,
    )


def _wilson(share: float, widened: float) -> tuple[float, float]:
    ends = np.roots([1 + widened, -(2 * share + widened), share**2])
    return float(ends.min()), float(ends.max())


def test_the_published_interval_of_a_difference_between_shares() -> None:
    # Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, example (a): 56 of 70 less 48 of 80,
    # method 10 (score intervals joined as here, without continuity correction): .0524 to .3339.
    one, other = (
        Spread(np.array([[of / n]]), np.array([[1 / n]]), np.array([[1e9]])) for of, n in ((56, 70), (48, 80))
    )
    of_no_account = np.ones((1, 1)), np.ones((1, 1))
    found = Differences(("a",), None, one, other, np.ones((1, 1)), of_no_account, of_no_account)

    low, high = found.interval(0.95)

    assert (low.item(), high.item()) == pytest.approx((5.24, 33.39), abs=0.005)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.integers(1, 5), min_size=2, max_size=25),
    st.lists(st.integers(1, 5), min_size=2, max_size=25),
    st.sampled_from([0.0, 2.0, 10.0]),
)
def test_the_probability_is_where_the_interval_begins_to_hold_the_margin(
    one: list[int], other: list[int], margin: float
) -> None:
    found = between(Side(group(one)), Side(group(other)), scale=ONE, measures=("a",))
    p = found.probability(margin).item()
    if 1e-6 < p < 0.99:
        low, high = (each.item() for each in found.interval(1 - p))
        assert min(abs(low - margin), abs(high + margin)) < 1e-6
    else:
        assert p >= 0.99 or abs(found.difference.item()) > margin


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(1, 5), min_size=2, max_size=25),
    st.lists(st.integers(1, 5), min_size=2, max_size=25),
)
def test_the_other_way_round_is_the_same_difference(one: list[int], other: list[int]) -> None:
    there, back = (
        between(Side(group(a)), Side(group(b)), scale=ONE, measures=("a",))
        for a, b in ((one, other), (other, one))
    )

    assert there.difference == -back.difference
    assert there.probability() == pytest.approx(back.probability())
    assert there.interval(0.9)[0] == pytest.approx(-back.interval(0.9)[1])


def test_a_group_beside_its_whole_is_a_share_of_it_beside_the_others() -> None:
    rng = np.random.default_rng(3)
    rows = answers_of(KINDS["usual"], 200, rng)
    moments = count(rows, np.repeat([0, 1], [50, 150]), scale=HME, number=2)
    part, others = moments.merged([0, -1], count=1), moments.merged([-1, 0], count=1)
    whole = moments.merged([0, 0], count=1)

    found = with_whole(Side(part), Side(whole), scale=HME, measures=HME.measures)
    beside_others = between(Side(part), Side(others), scale=HME, measures=HME.measures)

    # All have answered everything: part less whole is 150/200 of part less the others.
    assert found.difference == pytest.approx(measure(part, scale=HME).index - measure(whole, scale=HME).index)
    assert found.difference == pytest.approx(0.75 * beside_others.difference)
    assert found.interval(0.95)[0] == pytest.approx(0.75 * beside_others.interval(0.95)[0])
    assert found.probability() == pytest.approx(beside_others.probability())


def test_part_less_whole_is_exact_when_answers_are_missing() -> None:
    rng = np.random.default_rng(4)
    rows = np.where(rng.random((300, 9)) < 0.2, -1, answers_of(KINDS["low"], 300, rng))
    parts = count(rows, np.repeat(np.arange(10), 30), scale=HME, number=10)
    whole = parts.merged([0] * 10, count=1)

    found = with_whole(Side(parts), Side(whole), scale=HME)

    straight = measure(parts, scale=HME).index[:, -1:] - measure(whole, scale=HME).index[0, -1]
    assert found.difference == pytest.approx(straight)


def test_a_part_beside_its_whole_varies_as_much_as_is_said() -> None:
    # 2 000 pairs of a part of 40 in a whole of 100 of which nothing differs: the spread of part less whole.
    rng = np.random.default_rng(6)
    rows = answers_of(KINDS["usual"], 200_000, rng)
    moments = count(rows, np.repeat(np.arange(4_000), [40, 60] * 2_000), scale=HME, number=4_000)
    part = moments.merged(np.where(np.arange(4_000) % 2, -1, np.arange(4_000) // 2), count=2_000)
    whole = moments.merged(np.arange(4_000) // 2, count=2_000)

    found = with_whole(Side(part), Side(whole), scale=HME)

    said = 100 * found.scaled * np.sqrt(found.first.variance + found.second.variance)
    assert found.difference.std() == pytest.approx(said.mean(), rel=0.06)


def test_a_certain_reference_leaves_only_the_groups_own_interval() -> None:
    moments = group_of(30, 16)
    lasting = measure(moments, scale=HME).of(0, "total")
    certain = with_reference(Side(moments), Reference(70), scale=HME)
    uncertain = with_reference(Side(moments), Reference(70, error=3), scale=HME)

    assert certain.interval(0.95)[0].item() == pytest.approx((lasting.low or 0) - 70)
    assert certain.interval(0.95)[1].item() == pytest.approx((lasting.high or 0) - 70)
    assert uncertain.interval(0.95)[0] < certain.interval(0.95)[0]


def test_among_those_asked_a_round_that_all_answered_differs_without_doubt() -> None:
    sides = Side(group([4, 4, 4, 5]), [4]), Side(group([4, 4, 4, 4]), [4])

    asked, lasting = (
        between(*sides, scale=ONE, measures=("a",), population=each).probability().item()
        for each in (Population.INVITED, Population.LASTING)
    )

    assert asked < 1e-6
    assert lasting > 0.5


def test_comparisons_that_cannot_be_are_refused() -> None:
    one, two = group([3, 3]), count([[3]] * 2, [0, 1], scale=ONE, number=2)
    with pytest.raises(KernelError):
        between(Side(one), Side(two), scale=ONE)
    with pytest.raises(KernelError):
        between(Side(one), Side(one), scale=ONE, measures=("b",))
    with pytest.raises(KernelError):
        between(Side(one), Side(one), scale=ONE, measures=())
    with pytest.raises(KernelError):
        between(Side(one, [1]), Side(one), scale=ONE)
    with pytest.raises(KernelError):
        with_whole(Side(group([3, 3, 3])), Side(one), scale=ONE)
    with pytest.raises(KernelError):
        with_reference(Side(one), Reference(101), scale=ONE)
    with pytest.raises(KernelError):
        with_reference(Side(one), Reference(50, error=-1), scale=ONE)


# --- The rule for many ---


def test_the_published_example_of_many_comparisons() -> None:
    assert (holm(PUBLISHED) <= 0.05).sum() == 3
    assert (benjamini_hochberg(PUBLISHED) <= 0.05).sum() == 4
    # By hand: Holm 15 x .0001, 14 x .0004, 13 x .0019, 12 x .0095; Benjamini and Hochberg .0095 x 15 / 4.
    assert holm(PUBLISHED)[:4] == pytest.approx([0.0015, 0.0056, 0.0247, 0.114])
    assert benjamini_hochberg(PUBLISHED)[3] == pytest.approx(0.035625)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_the_adjustments_agree_with_definitions(values: list[float]) -> None:
    p = np.array(values)
    adjusted = holm(p)

    assert benjamini_hochberg(p) == pytest.approx(stats.false_discovery_control(p))
    for limit in (0.01, 0.05, 0.3):
        # Holm's steps as he wrote them: go on while the least left is at most limit / how many are left.
        kept = 0
        for at, value in enumerate(np.sort(p)):
            if value * (p.size - at) > limit:
                break
            kept += 1
        assert (adjusted <= limit).sum() == kept


# --- Verdicts ---


def test_each_word_is_said() -> None:
    rule = Rule(widest=20)
    usual_group = [3, 4, 4, 4, 5, 5, 3, 4] * 5

    clear = verdict([5] * 40, usual_group, rule=rule)
    probable = verdict([3, 4, 4, 4, 5, 5, 4, 5] * 4, [3, 4, 4, 4, 5, 5, 3, 3] * 4, rule=rule)
    nothing = verdict(usual_group, usual_group, rule=rule)
    wide = verdict([3, 5, 4, 2, 5, 1, 4], [4, 5, 4, 2, 5, 1, 4], rule=rule)

    assert [
        (each.strength, each.direction, each.is_better, each.why) for each in (clear, probable, nothing, wide)
    ] == [
        (Strength.CLEAR, Direction.HIGHER, True, None),
        (Strength.PROBABLE, Direction.HIGHER, True, None),
        (Strength.NO_CLEAR_DIFFERENCE, Direction.NEITHER, None, None),
        (Strength.TOO_EARLY, Direction.NEITHER, None, Why.WIDE_INTERVAL),
    ]
    assert probable.p is not None
    assert 0.05 < probable.p <= 0.10


def test_what_is_better_follows_the_scale() -> None:
    ends = [5] * 40, [3] * 40

    said = [
        verdict(*ends, scale=replace(ONE, higher_is_better=each)).is_better for each in (True, False, None)
    ]

    assert said == [True, False, None]
    assert verdict(ends[1], ends[0]).direction is Direction.LOWER


def test_few_answers_or_low_response_is_too_early_whatever_is_seen() -> None:
    few = verdict([5] * 6, [1] * 40)
    low = judge(
        between(Side(group([5] * 40), [81]), Side(group([1] * 40), [60]), scale=ONE, measures=("a",))
    )[0]
    enough = judge(
        between(Side(group([5] * 40), [80]), Side(group([1] * 40), [60]), scale=ONE, measures=("a",))
    )[0]

    assert (few.strength, few.why, few.p, few.family) == (Strength.TOO_EARLY, Why.FEW_ANSWERS, None, 0)
    assert (low.strength, low.why) == (Strength.TOO_EARLY, Why.LOW_RESPONSE)
    assert enough.strength is Strength.CLEAR
    assert few.answers == (6, 40)


def test_an_index_that_is_not_known_is_too_early() -> None:
    missing = count([[4, -1, *[4] * 7]] * 20, [0] * 20, scale=HME, number=1)

    (said,) = judge(between(Side(missing), Side(missing), scale=HME))

    assert (said.why, said.difference, said.low) == (Why.NO_ANSWERS, None, None)


def test_a_reference_has_no_answers_of_its_own() -> None:
    (said,) = judge(with_reference(Side(group_of(100, 16)), Reference(60), scale=HME))

    assert (said.strength, said.answers) == (Strength.CLEAR, (100, None))


def test_within_the_margin_nothing_is_said_however_sure() -> None:
    large = group_of(40_000, 16)  # 78, to within .16
    found = with_reference(Side(large), Reference(77.2), scale=HME)

    assert [judge(found, rule=Rule(margin=margin))[0].strength for margin in (0, 1)] == [
        Strength.CLEAR,
        Strength.NO_CLEAR_DIFFERENCE,
    ]


def test_what_is_judged_together_shares_the_chance_of_error() -> None:
    # One difference alone is clear; among fifty where the others show nothing it is no more than probable.
    odd, plain = [5] * 8 + [4] * 6, [4] * 9 + [5] * 5
    alone = verdict(odd, plain)
    count_of = 50
    many = count(
        [[each] for each in odd + plain * (count_of - 1)], np.repeat(np.arange(count_of), 14),
        scale=ONE, number=count_of,
    )  # fmt: skip
    same = count(
        [[each] for each in plain * count_of], np.repeat(np.arange(count_of), 14), scale=ONE, number=count_of
    )  # fmt: skip

    among = judge(between(Side(many), Side(same), scale=ONE, measures=("a",)))[0]

    assert among.p == alone.p
    assert among.family == count_of
    assert among.p is not None
    assert among.p_clear == pytest.approx(min(1, among.p * count_of))


def test_too_few_answers_do_not_make_the_family_larger() -> None:
    rows = [[5]] * 20 + [[3]] * 3
    first = count(rows, [0] * 20 + [1] * 3, scale=ONE, number=2)

    said = judge(between(Side(first), Side(first), scale=ONE, measures=("a",)))

    assert [(each.why, each.family) for each in said] == [(None, 1), (Why.FEW_ANSWERS, 1)]


@pytest.mark.parametrize(
    "rule",
    [
        Rule(clear=0.2, probable=0.1),
        Rule(clear=0.0),
        Rule(probable=1.0),
        Rule(margin=-1),
        Rule(widest=0),
        Rule(least_answers=0),
        Rule(least_response=1.5),
    ],
)
def test_a_rule_that_cannot_be_is_refused(rule: Rule) -> None:
    found = between(Side(group([3, 3])), Side(group([3, 3])), scale=ONE, measures=("a",))
    with pytest.raises(KernelError):
        judge(found, rule=rule)


def test_false_words_are_no_more_common_than_stated() -> None:
    # The large simulation is benchmarks/indices.py. Three standard errors of 1 500: .017; of 60 pages: .084.
    rng = np.random.default_rng(9)
    usual_kind = KINDS["usual"]

    alone = share_said(0.05, usual_kind, 12, runs=1_500, rng=rng)
    nothing = pages(usual_kind, pages=60, units=30, moved=0, rng=rng, compare=to_whole)
    moved = pages(usual_kind, pages=30, units=30, moved=0.5, rng=rng, compare=to_before(usual_kind))

    assert alone <= 0.05 + 0.017
    assert nothing.any_false_clear <= 0.05 + 0.084
    assert moved.false_share <= 0.10 + 0.05
    assert moved.found > 0.4
