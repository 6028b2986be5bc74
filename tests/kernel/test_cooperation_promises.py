"""Promises kept: the first promised day, what is open, and an interval that knows what hangs together."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.cooperation import Promise, promises_kept, wilson
from styrfart.kernel.errors import KernelError

SIX = [
    Promise(1, 10, 10, 9),  # kept
    Promise(2, 10, 20, 15),  # kept by the latest day only
    Promise(3, 12, 12, None),  # open and overdue
    Promise(4, 14, 14, 14),  # kept, on the day
    Promise(5, 25, 25, 3),  # delivered, but does not fall due until after today
    Promise(6, 40, 40, 40),  # outside the period
]


def test_six_promises_by_hand() -> None:
    # Due by day 20 within 1 to 30: 1 to 4. Kept 1 and 4; with the latest days 2 too.
    found = promises_kept(SIX, since=1, until=30, today=20)

    assert (found.kept, found.due, found.share, found.kept_as_latest, found.not_yet_due) == (2, 4, 0.5, 3, 1)
    assert (found.low, found.high) == wilson(2, 4)


def test_what_was_delivered_later_was_open_then() -> None:
    # On day 12: 1 (kept), 2 and 3 have fallen due. On day 14, 2 is not yet delivered.
    assert promises_kept(SIX, since=1, until=30, today=12).kept_as_latest == 1
    assert promises_kept(SIX, since=1, until=30, today=14).kept_as_latest == 2
    assert promises_kept(SIX, since=1, until=30, today=15).kept_as_latest == 3


@pytest.mark.parametrize(
    ("kept", "count", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_published_intervals(kept: int, count: int, low: float, high: float) -> None:
    # Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3 (score).
    assert wilson(kept, count) == pytest.approx((low, high), abs=5e-5)


def test_what_hangs_together_tells_less() -> None:
    # Five matters of four promises; in each all are kept or none: 12 of 20. As much as five, to begin with:
    # Σ (kept − share · 4)² = 3 · (4 · .4)² + 2 · (4 · .6)² = 7.68 + 11.52 = 19.2; variance 19.2 · 5/4 ÷ 400 =
    # .06; alone .6 · .4 ÷ 20 = .012; so 20 · .012 ÷ .06 = 4.
    promises = [Promise(matter, 5, 5, 5 if matter < 3 else None) for matter in range(5) for _ in range(4)]

    found = promises_kept(promises, since=1, until=9, today=9)

    assert found.effective == pytest.approx(4)
    assert (found.low, found.high) == pytest.approx(wilson(2.4, 4))


def test_all_kept_in_few_matters_is_not_yet_much() -> None:
    promises = [Promise(matter, 5, 5, 5) for matter in range(3) for _ in range(10)]

    found = promises_kept(promises, since=1, until=9, today=9)

    assert (found.share, found.effective) == (1, 3)
    assert (found.low, found.high) == pytest.approx(wilson(3, 3))
    assert found.high == 1


def test_nothing_has_fallen_due() -> None:
    found = promises_kept(SIX, since=1, until=9, today=20)

    assert (found.due, found.share, found.low, found.high) == (0, None, 0, 1)


@given(st.integers(1, 400), st.data())
@settings(max_examples=60, deadline=None)
def test_the_interval_holds_the_share_and_turns_with_it(count: int, data: st.DataObject) -> None:
    kept = data.draw(st.integers(0, count))
    low, high = wilson(kept, count)

    assert 0 <= low <= kept / count <= high <= 1
    assert wilson(count - kept, count) == pytest.approx((1 - high, 1 - low))
    narrow = wilson(kept, count, level=0.8)
    assert low <= narrow[0] <= narrow[1] <= high


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    # 40 matters of 1 to 6 promises, matters differ (beta 3, 2): the true share is .6. 1 500 rounds: 95 % with
    # a standard error of .6 points; without regard to the matters it would be far less.
    rng = np.random.default_rng(2)
    held = plain = 0
    for _ in range(1_500):
        sizes = rng.integers(1, 7, size=40)
        chance = np.repeat(rng.beta(3, 2, size=40), sizes)
        matter = np.repeat(np.arange(40), sizes)
        kept = rng.random(chance.size) < chance
        found = promises_kept(
            [Promise(int(each), 5, 5, 5 if it else None) for each, it in zip(matter, kept, strict=True)],
            since=1, until=9, today=9,
        )  # fmt: skip
        held += found.low <= 0.6 <= found.high
        low, high = wilson(found.kept, found.due)
        plain += low <= 0.6 <= high

    assert 0.925 <= held / 1_500 <= 0.975
    assert plain / 1_500 < 0.91


def test_what_cannot_be_counted_is_refused() -> None:
    for wrong in (
        lambda: promises_kept(SIX, since=9, until=1, today=9),
        lambda: promises_kept(SIX, since=1, until=9, today=9, level=1),
        lambda: promises_kept([Promise(1, 9, 8)], since=1, until=9, today=9),
        lambda: wilson(1, 0),
        lambda: wilson(3, 2),
    ):
        with pytest.raises(KernelError):
            wrong()
