"""How deliveries flow: by hand, and Little's law on a steady flow."""

import numpy as np
import pytest

from styrfart.kernel.errors import KernelError
from styrfart.kernel.forecast import flow

OPEN = np.nan


def test_deliveries_by_hand() -> None:
    # At 10, the last 10 days. Promised in them: 5 (kept), 6 (late), 8 (open); 12 is not due yet.
    found = flow([0, 2, 4, 6], [5, 6, 8, 12], [5, 9, OPEN, OPEN], at=10.0, window=10.0)

    assert (found.on_time.share, found.on_time.of) == pytest.approx((1 / 3, 3))
    assert (found.delivered, found.throughput) == (2, 0.2)
    assert (found.lead_median, found.lead_p90) == pytest.approx((6.0, 6.8))  # 5 and 7 days
    assert (found.open_now, found.open_age_median, found.open_age_oldest) == (2, 5.0, 6.0)
    assert found.mean_open == pytest.approx((5 + 7 + 6 + 4) / 10)
    assert found.expected_open == pytest.approx(0.2 * 6)


def test_what_happens_later_is_not_known() -> None:
    found = flow([0, 20], [5, 25], [15, 24], at=10.0, window=10.0)

    assert (found.delivered, found.open_now, found.on_time.share, found.on_time.of) == (0, 1, 0.0, 1)
    assert np.isnan(found.lead_median)


def test_a_steady_flow_obeys_little() -> None:
    # A start a day, lead times of 20 to 40 days, looked at for the second of two years.
    chance = np.random.default_rng(1)
    started = np.arange(730.0)
    found = flow(started, np.full(730, OPEN), started + chance.uniform(20, 40, 730), at=730.0, window=365.0)

    assert found.expected_open == pytest.approx(found.mean_open, rel=0.05)
    assert found.mean_open == pytest.approx(30, rel=0.05)
    assert found.on_time.of == 0


@pytest.mark.parametrize(
    "call",
    [
        lambda: flow([0.0], [1.0], [1.0], at=1.0, window=0.0),
        lambda: flow([OPEN], [1.0], [1.0], at=1.0, window=1.0),
        lambda: flow([2.0], [1.0], [1.0], at=1.0, window=1.0),
        lambda: flow([0.0, 1.0], [1.0], [1.0], at=1.0, window=1.0),
    ],
)
def test_what_is_no_flow_is_refused(call: object) -> None:
    with pytest.raises(KernelError):
        call()  # type: ignore[operator]  # each is a call
