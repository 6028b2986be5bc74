"""Evidence: how often stated intervals hold when trials are combined, by simulation.

    python -m benchmarks.evidence

True effects differ between places (normal, standard deviation tau); errors differ between trials. Counted is
whether the interval of the mean holds the mean, and whether the prediction holds the effect in a new place.
Beside ours, in the same simulations: the usual prediction interval (Higgins, Thompson and Spiegelhalter
2009), and the normal interval of the mean.
"""

import math
import sys
import time

import numpy as np
from scipy.stats import t

from benchmarks.comparison import Bound, Row, show
from styrfart.kernel.evidence import Combined, Result, combine

SEED = 20_261_122
ROUNDS = 1_000
PLACES = (3, 5, 10)
SPREADS = (0.0, 0.5, 1.0, 2.0)
# Four simulation errors under 95 percent.
LEAST = 0.95 - 4 * math.sqrt(0.95 * 0.05 / ROUNDS)


def main() -> int:
    rng = np.random.default_rng(SEED)
    rows = [row for places in PLACES for spread in SPREADS for row in coverage(rng, places, spread)]
    return show("evidence", [*rows, speed(rng)])


def coverage(rng: np.random.Generator, places: int, spread: float) -> list[Row]:
    held = {"mean": 0, "next": 0, "usual mean": 0, "usual next": 0}
    for _ in range(ROUNDS):
        errors = np.sqrt(np.clip(rng.chisquare(4, places) / 4, 0.1, 5.0))
        effects = rng.normal(0, spread, places) + rng.normal(0, errors)
        coming = float(rng.normal(0, spread))
        found = combine([Result(float(y), float(error)) for y, error in zip(effects, errors, strict=True)])
        assert found.prediction is not None
        held["mean"] += found.low <= 0 <= found.high
        held["next"] += found.prediction[0] <= coming <= found.prediction[1]
        mean, following = usual(found, errors)
        held["usual mean"] += abs(found.estimate) <= mean
        held["usual next"] += abs(found.estimate - coming) <= following
    share = {name: count / ROUNDS for name, count in held.items()}
    what = f"{places} trials, tau {spread:g}"
    return [
        held_row(f"{what}: mean held", share["usual mean"], "normal interval", share["mean"]),
        held_row(f"{what}: next place held", share["usual next"], "Higgins and others 2009", share["next"]),
    ]


def held_row(what: str, usual_share: float, source: str, ours: float) -> Row:
    return Row(what, usual_share, f"{source}, same run", ours, "of rounds", Bound.AT_LEAST, LEAST)


def usual(found: Combined, errors: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[float, float]:
    """Half widths of the usual intervals, with the same tau²."""
    error = 1 / math.sqrt(float((1 / (errors**2 + found.between**2)).sum()))
    reach = float(t.ppf(0.975, errors.size - 2))
    return 1.96 * error, reach * math.hypot(error, found.between)


def speed(rng: np.random.Generator) -> Row:
    results = [Result(float(each), 0.5) for each in rng.normal(size=20)]
    took = []
    for _ in range(5):
        start = time.process_time()
        combine(results)
        took.append(1000 * (time.process_time() - start))
    return Row("combining 20 trials", None, "none: our own", min(took), "ms")


if __name__ == "__main__":
    sys.exit(main())
