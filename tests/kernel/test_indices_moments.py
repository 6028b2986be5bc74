"""The sums behind the indices: right, additive, and the same bits everywhere."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.errors import KernelError
from styrfart.kernel.indices import HME, Moments, Scale, count, from_counts, measure, usual
from styrfart.kernel.indices import moments as under_test
from styrfart.kernel.indices.spread import _crossed

TWO = Scale(items=("a", "b"))
SAME = """
import hashlib, numpy as np
from styrfart.kernel.indices import HME, Side, count, judge, measure, usual, with_whole
rng = np.random.default_rng(7)
answers = rng.integers(1, 6, (70_000, 9)); answers[rng.random(answers.shape) < .05] = -1
moments = count(answers, rng.integers(-1, 300, 70_000), scale=HME, number=300)
found = measure(moments, scale=HME, invited=moments.people + 9, held_to=usual(HME, moments))
whole = moments.merged(np.zeros(300, int), count=1)
said = judge(with_whole(Side(moments), Side(whole), scale=HME, measures=HME.measures))
print(hashlib.sha256(found.low.tobytes() + found.high.tobytes() + repr(said).encode()).hexdigest())
"""


def drawn(people: int, groups: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    rng = np.random.default_rng([people, groups])
    answers = rng.integers(1, 6, (people, 9))
    answers[rng.random(answers.shape) < 0.15] = -1
    return answers, rng.integers(-1, groups, people)


def are_same(one: Moments, other: Moments) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("people", "pairs", "sums", "products")
    )


def test_moments_are_the_sums_over_those_who_answered_both() -> None:
    # Steps from the lowest: person 1 (4, 3), person 2 (1, -), person 3 (-, 2), person 4 nothing.
    found = count([[5, 4], [2, -1], [-1, 3], [-1, -1]], [0, 0, 0, 0], scale=TWO, number=1)

    assert found.people.tolist() == [3]
    assert found.pairs[0].tolist() == [[2, 1], [1, 2]]
    assert found.sums[0].tolist() == [[5, 3], [4, 5]]  # [which was answered too, whose steps]
    assert found.products[0].tolist() == [[17, 12], [12, 13]]


def test_nan_and_minus_one_both_mean_missing() -> None:
    assert are_same(
        count([[5.0, np.nan]], [0], scale=TWO, number=1), count([[5, -1]], [0], scale=TWO, number=1)
    )


def test_order_and_portions_change_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    answers, groups = drawn(3_000, 40)
    order = np.random.default_rng(1).permutation(3_000)
    at_once = count(answers, groups, scale=HME, number=40)
    monkeypatch.setattr(under_test, "ROWS", 17)

    assert are_same(at_once, count(answers[order], groups[order], scale=HME, number=40))


def test_a_long_scale_is_summed_without_rounding() -> None:
    scale = Scale(items=("share",), lowest=0, highest=100)
    answers = np.full((5_000, 1), 99)

    found = count(answers, np.zeros(5_000, int), scale=scale, number=1)

    assert found.products[0, 0, 0] == 5_000 * 99**2


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 200), st.integers(1, 12), st.integers(1, 5))
def test_larger_groups_are_the_sums_of_smaller_ones(people: int, small: int, large: int) -> None:
    answers, groups = drawn(people, small)
    into = np.random.default_rng(people).integers(-1, large, small)
    straight = count(answers, np.where(groups < 0, -1, into[groups]), scale=HME, number=large)
    merged = count(answers, groups, scale=HME, number=small).merged(into, count=large)

    assert are_same(merged, straight)


def test_what_is_left_of_the_whole_is_the_others() -> None:
    answers, groups = drawn(500, 5)
    parts = count(answers, groups, scale=HME, number=5)
    whole = parts.merged([0] * 5, count=1)
    others = parts.merged([-1, 0, 0, 0, 0], count=1)

    rest = whole.without(parts)

    assert are_same(rest.merged([0, -1, -1, -1, -1], count=1), others)


def test_covariance_is_unbiased_when_answers_are_missing() -> None:
    # 20 000 groups of six of which each answer is missing with a chance of 0.3; true covariance by hand:
    # a common 1 or 3 (variance 1) plus an own 0 or 1 (variance 1/4).
    rng = np.random.default_rng(5)
    people = rng.integers(0, 2, (120_000, 1)) * 2 + 1 + rng.integers(0, 2, (120_000, 2))
    heard = np.where(rng.random(people.shape) < 0.3, -1, people)
    moments = count(heard, np.repeat(np.arange(20_000), 6), scale=TWO, number=20_000)

    crossed, freedom = _crossed(moments, TWO)

    assert 16 * crossed.sum(axis=0) / freedom.sum(axis=0) == pytest.approx(
        np.array([[1.25, 1.0], [1.0, 1.25]]), abs=0.015
    )


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 60))
def test_intervals_from_counts_alone_are_never_narrower(people: int) -> None:
    answers, _ = drawn(people, 1)
    answers = np.where(answers < 0, 3, answers)
    counts = np.stack([(answers == step).sum(axis=0) for step in range(1, 6)], axis=1)[None]

    exact = measure(count(answers, np.zeros(people, int), scale=HME, number=1), scale=HME)
    cautious = measure(from_counts(counts, scale=HME), scale=HME)

    assert cautious.index == pytest.approx(exact.index)
    assert cautious.low[0, :9] == pytest.approx(exact.low[0, :9])
    assert cautious.high[0, :9] == pytest.approx(exact.high[0, :9])
    assert np.all(cautious.low <= exact.low + 1e-9)
    assert np.all(cautious.high >= exact.high - 1e-9)


def test_counts_of_a_reversed_item_are_turned_round() -> None:
    scale = Scale(items=("a",), reversed_items=frozenset({"a"}))

    assert measure(from_counts([[[0, 0, 0, 1, 1]]], scale=scale), scale=scale).of(0, "a").index == 12.5


def test_what_is_usual_in_a_large_round_is_what_its_people_say() -> None:
    rng = np.random.default_rng(2)
    answers = rng.integers(2, 5, (60_000, 2))  # variance 2/3 of a step, 2/3/16 of the scale; mean 2 of 4
    found = usual(TWO, count(answers, np.repeat(np.arange(6_000), 10), scale=TWO, number=6_000))

    assert found.means == pytest.approx([0.5, 0.5], abs=0.003)
    assert found.covariance == pytest.approx(np.array([[1, 0], [0, 1]]) / 24, abs=0.001)


@pytest.mark.parametrize(
    ("answers", "groups"),
    [
        ([[1, 2, 3]], [0]),
        ([[0, 2]], [0]),
        ([[1, 6]], [0]),
        ([[1.5, 2]], [0]),
        ([["1", "2"]], [0]),
        ([[1, 2]], [0, 0]),
        ([[1, 2]], [1]),
        ([[1, 2]], [-2]),
        ([[1, 2]], [0.0]),
    ],
)
def test_answers_that_cannot_be_are_refused(answers: list[list[object]], groups: list[int]) -> None:
    with pytest.raises(KernelError):
        count(answers, groups, scale=TWO, number=1)  # type: ignore[arg-type]  # wrong on purpose


def test_sums_that_do_not_fit_are_refused() -> None:
    one, two = (count([[1, 2]] * people, [0] * people, scale=TWO, number=1) for people in (1, 2))
    with pytest.raises(KernelError):
        one.merged([1], count=1)
    with pytest.raises(KernelError):
        one.merged([0, 0], count=1)
    with pytest.raises(KernelError):
        one.without(two)
    with pytest.raises(KernelError):
        two.without(count([[1] * 9], [0], scale=HME, number=1))
    with pytest.raises(KernelError):
        usual(HME, one)
    with pytest.raises(KernelError):
        from_counts([[[1, 2, 3]]], scale=TWO)
    with pytest.raises(KernelError):
        from_counts([[[1, 2, 3, 4, -5]] * 2], scale=TWO)
    with pytest.raises(KernelError):
        from_counts([[[1, 2, 3, 4, 5]] * 2], scale=TWO, correlation=1.1)


def test_every_process_gives_the_same_bits() -> None:
    source = str(Path(__file__).parents[2] / "src")
    answers = {
        subprocess.run(
            [sys.executable, "-c", SAME],
            env={**os.environ, "PYTHONPATH": source, "PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": threads},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, threads in (("1", "1"), ("2", "2"))
    }

    assert len(answers) == 1
    assert len(answers.pop()) == 65
