"""How deliveries flow: promises kept, lead times, what is open, and whether the figures hang together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from styrfart.kernel.errors import KernelError
from styrfart.kernel.forecast.durations import FloatArray
from styrfart.kernel.forecast.model import Interval
from styrfart.kernel.forecast.scores import wilson


@dataclass(frozen=True)
class Flow:
    """Deliveries in the `window` that ends `at`. Times are in the unit of the dates; nan where none is.

    `on_time` is of those whose first promised date lies in the window: open and overdue is not on time. Lead
    times are of what was delivered in the window. `expected_open` is throughput times mean lead time, which
    by Little's law (1961) is near `mean_open` in a steady flow: far above it, starts are missing or late in
    the register; far below, work piles up or what is done is not closed.
    """

    on_time: Interval
    delivered: int
    throughput: float  # a unit of time
    lead_median: float
    lead_p90: float
    open_now: int
    open_age_median: float
    open_age_oldest: float
    mean_open: float
    expected_open: float


def flow(started: ArrayLike, promised: ArrayLike, delivered: ArrayLike, *, at: float, window: float) -> Flow:
    """How deliveries, with dates as numbers (n,), flowed in the `window` before `at`.

    `promised` is the first promised date, whatever was agreed later; nan for none. `delivered` is nan while
    it is open. What starts or is delivered after `at` is not known then.

    Raises KernelError for a start that is not a number, a delivery before its start, or no window.
    """
    begun, promise, end = (np.asarray(each, np.float64) for each in (started, promised, delivered))
    if begun.ndim != 1 or not begun.shape == promise.shape == end.shape or not 0 < window < np.inf:
        raise KernelError("three dates for each delivery, and a window above 0")
    if not bool(np.isfinite(begun).all()) or bool((end < begun).any()):
        raise KernelError("a start for each delivery, none after its end")
    known = begun <= at
    begun, promise, end = begun[known], promise[known], end[known]
    end = np.where(end <= at, end, np.inf)
    is_due = (promise > at - window) & (promise <= at)
    is_done = (end > at - window) & (end <= at)
    leads, ages = (end - begun)[is_done], (at - begun)[np.isinf(end)]
    within = np.clip(np.minimum(end, at) - np.maximum(begun, at - window), 0.0, None)
    throughput = leads.size / window
    return Flow(
        wilson(int((is_due & (end <= promise)).sum()), int(is_due.sum())),
        leads.size,
        throughput,
        _quantile(leads, 0.5),
        _quantile(leads, 0.9),
        ages.size,
        _quantile(ages, 0.5),
        _quantile(ages, 1.0),
        float(within.sum() / window),
        throughput * float(leads.mean()) if leads.size else 0.0,
    )


def _quantile(values: FloatArray, level: float) -> float:
    return float(np.quantile(values, level)) if values.size else float("nan")
