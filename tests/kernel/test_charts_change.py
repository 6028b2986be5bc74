"""Where a level may have changed: a suggestion with its evidence."""

import itertools

import numpy as np
import pytest

from styrfart.kernel.charts import Candidate, Reading, run_chart, suggest_change
from styrfart.kernel.errors import KernelError
from tests.kernel.processes import in_any_process


def found(values: list[float | None], **options: int) -> Candidate:
    candidate = suggest_change(values, **options)
    assert isinstance(candidate, Candidate)
    return candidate


def test_a_clear_shift_is_placed_and_measured() -> None:
    values: list[float | None] = [*[4, 6] * 6, *[9, 11] * 6]

    candidate = found(values)

    assert (candidate.at, candidate.before, candidate.after, candidate.shift) == (12, 5, 10, 5)
    assert candidate.is_convincing
    # Of 4 999 shufflings at most one or two part them as cleanly.
    assert candidate.p_value < 0.001


def test_it_is_a_suggestion_and_changes_no_chart() -> None:
    values = [4.0, 6.0] * 6 + [9.0, 11.0] * 6
    found(list(values))

    assert len(run_chart(values).phases) == 1


def test_the_statistic_is_the_largest_standardised_rank_sum() -> None:
    values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7]
    n = len(values)

    def score(cut: int) -> float:
        # Mann-Whitney by counting pairs, and the textbook's variance with ties.
        wins = sum((b > a) - (b < a) for a in values[:cut] for b in values[cut:])
        ties = sum(t**3 - t for t in (values.count(value) for value in set(values)))
        variance = cut * (n - cut) / 3 * ((n + 1) - ties / (n * (n - 1)))
        return float(abs(wins) / variance**0.5)

    best = max(range(4, n - 3), key=score)
    candidate = found(list(values))

    assert candidate.at == best
    assert candidate.statistic == pytest.approx(score(best))


def test_the_p_value_is_that_of_all_orders() -> None:
    # Two values alone: the orders are the places of the six high ones among twelve, 924 of them.
    values: list[float | None] = [1, 1, 1, 1, 1, 2, 1, 2, 2, 2, 2, 2]

    def largest(high: tuple[int, ...]) -> float:
        ranks = np.array([9.5 if place in high else 3.5 for place in range(12)])
        sums = [
            abs(ranks[:cut].sum() - cut * 6.5) / (cut * (12 - cut) / 12 * ranks.var(ddof=1)) ** 0.5
            for cut in range(4, 9)
        ]
        return float(max(sums))

    ours = largest((5, 7, 8, 9, 10, 11))
    orders = [largest(high) for high in itertools.combinations(range(12), 6)]
    exact = sum(each >= ours - 1e-9 for each in orders) / len(orders)

    assert found(values, shufflings=40_000).p_value == pytest.approx(exact, abs=0.004)


def test_chance_convinces_no_oftener_than_asked() -> None:
    rng = np.random.default_rng(11)
    convinced = [
        found(rng.normal(size=20).tolist(), shufflings=199, seed=each).is_convincing for each in range(800)
    ]

    # 5 % and 3.5 standard errors of 800.
    assert sum(convinced) / 800 < 0.05 + 3.5 * (0.05 * 0.95 / 800) ** 0.5


def test_what_is_missing_is_passed_over_and_places_stay_those_of_the_series() -> None:
    values: list[float | None] = [None, *[4, 6] * 6, None, None, *[9, 11] * 6]

    assert found(values).at == 15
    assert found(values, start=1, stop=27).at == 15


def test_neighbours_that_follow_each_other_are_told() -> None:
    slow: list[float | None] = [float(np.sin(each / 4)) for each in range(36)]

    assert found(slow).is_autocorrelated


def test_too_few_points_and_no_variation_are_refused() -> None:
    assert suggest_change([1.0, 2.0] * 5) is Reading.TOO_FEW_POINTS
    assert suggest_change([3.0] * 15) is Reading.NOISE


@pytest.mark.parametrize(
    "options",
    [
        {"start": 5, "stop": 3}, {"stop": 99}, {"side": 1}, {"side": 7}, {"level": 0.0}, {"shufflings": 0},
        {"least": 9},
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(options: dict[str, int]) -> None:
    with pytest.raises(KernelError):
        suggest_change([1.0, 2.0] * 10, **options)


def test_the_same_seed_says_the_same_in_any_process() -> None:
    code = (
        "from styrfart.kernel.charts import suggest_change\n"
        "print(suggest_change([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7], seed=5))"
    )
    assert "Candidate" in in_any_process(code)
