"""Charts: the NIST handbook's limits, and how often each rule cries when nothing has happened.

    python -m benchmarks.charts

Needs ../shared/data/nist_spc for the first part; without it that part is left out and said to be.
"""

import csv
import math
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.comparison import Bound, Row, show
from styrfart.kernel.charts import (
    Candidate,
    Reading,
    Signal,
    crossings_needed,
    false_signal_rate,
    p_chart,
    rate_given_sides,
    run_chart,
    suggest_change,
    xmr_chart,
)

FILE = Path(__file__).parents[1].parent / "shared" / "data" / "nist_spc" / "nist_spc.csv"
SEED = 20_261_122
NIST = "NIST/SEMATECH e-Handbook "
SERIES = 4_000
SHARE = "of series"
ANHOEJ = "Anhøj and Olesen 2014: five percent by its making"


def main() -> int:
    rows = [*golden(), *crossings(), *run_charts(), *control_charts(), *suggestions(), speed()]
    return show("charts", rows)


def golden() -> list[Row]:
    """The handbook's numbers: the largest deviation allowed is half of its last digit."""
    if not FILE.is_file():
        print("NIST's series are not here: the golden rows are left out.")
        return []
    with FILE.open() as lines:
        read = [(row["chart"], float(row["value"])) for row in csv.DictReader(lines)]
    flow = xmr_chart([value for chart, value in read if chart == "xmr"], least=10).phases[0]
    wafers = [int(value) for chart, value in read if chart == "p_n50"]
    chips = p_chart(wafers, [50] * len(wafers)).phases[0]
    outside = [each.points[0] + 1 for each in chips.signals]
    published = [
        ("XmR centre", 50.81, flow.centre, "6.3.2.2"),
        ("XmR mean range", 1.8778, flow.mean_range, "6.3.2.2"),
        ("XmR upper limit", 55.8041, flow.upper[0], "6.3.2.2"),
        ("XmR lower limit", 45.8159, flow.lower[0], "6.3.2.2"),
        ("p centre", 0.2313, chips.centre, "6.3.3.2"),
        ("p upper limit", 0.4102, chips.upper[0], "6.3.3.2"),
        ("p lower limit", 0.0524, chips.lower[0], "6.3.3.2"),
    ]
    rows = [
        Row(
            f"{name}: deviation",
            None,
            f"{NIST}{section}: {value}",
            abs((ours or 0.0) - value),
            "",
            Bound.AT_MOST,
            5e-5,
        )
        for name, value, ours, section in published
    ]
    off = float(outside != [15, 23])
    return [
        *rows,
        Row("p: other points outside than 15 and 23", None, f"{NIST}6.3.3.2", off, "", Bound.AT_MOST, 0),
    ]


def crossings() -> list[Row]:
    """The crossings rule alone about a known centre, simulated: never above five percent."""
    rng = np.random.default_rng(SEED)
    rows = []
    for n in (12, 24, 36):
        sides = rng.integers(0, 2, (200_000, n))
        rate = float(((sides[:, 1:] != sides[:, :-1]).sum(axis=1) < crossings_needed(n)).mean())
        rows.append(
            Row(f"crossings alone, {n} points, known centre", 0.05, ANHOEJ, rate, SHARE, Bound.AT_MOST, 0.052)
        )
    return rows


def share(signals: Callable[[int], Sequence[Signal]], n: int) -> float:
    """How many of the series of `n` points signal."""
    return sum(bool(signals(n)) for _ in range(SERIES)) / SERIES


def run_charts() -> list[Row]:
    """Both rules through `run_chart`, on independent normal points, beside the exact rate."""
    rng = np.random.default_rng(SEED)
    rows = []
    for n in (12, 24, 36):
        rate = share(lambda size: run_chart(rng.normal(size=size).tolist()).signals, n)
        rows.append(agreeing(f"run chart, {n} points, own median", rate_given_sides(n // 2, n // 2), rate))
    for n in (12, 24, 36):
        found = share(lambda size: run_chart(shifted(rng, size)).signals, n)
        rows.append(Row(f"finds a shift of 2 sigma halfway, {n} points", None, "simulated", found, SHARE))
    for behind in (12, 24, 48):
        rate = share(
            lambda size: run_chart(rng.normal(size=size + 12).tolist(), baseline=size).signals, behind
        )
        exact = false_signal_rate(behind + 12)
        source = "exact, were the median known"
        rows.append(Row(f"run chart, baseline of {behind} and 12 after", exact, source, rate, SHARE))
    return rows


def shifted(rng: np.random.Generator, n: int) -> list[float]:
    return [float(value) for value in rng.normal(size=n) + 2.0 * (np.arange(n) >= n // 2)]


def agreeing(what: str, exact: float, rate: float) -> Row:
    """Simulated within four standard errors of the exact rate, either way."""
    errors = abs(rate - exact) / math.sqrt(exact * (1 - exact) / SERIES)
    source = f"exact count of orders; simulated {errors:.1f} standard errors away"
    limit = exact + 4 * math.sqrt(exact * (1 - exact) / SERIES)
    return Row(what, exact, source, rate, SHARE, Bound.AT_MOST, limit)


def control_charts() -> list[Row]:
    """Rules 1 and 2 of XmR and p-charts when nothing has happened: no nominal rate, so it is only shown."""
    rng = np.random.default_rng(SEED)
    rows = []
    for n in (12, 24, 36):
        rate = share(lambda size: xmr_chart(rng.normal(size=size).tolist()).signals, n)
        rows.append(Row(f"XmR, {n} points, rules 1 and 2", None, "simulated", rate, SHARE))
    for n in (12, 24, 36):
        rate = share(lambda size: p_chart(rng.binomial(200, 0.3, size).tolist(), [200] * size).signals, n)
        rows.append(Row(f"p-chart, {n} points, rules 1 and 2", None, "simulated", rate, SHARE))
    return rows


def suggestions() -> list[Row]:
    """A suggested change: convincing by chance no oftener than asked; placed right when there is one."""
    rng = np.random.default_rng(SEED)
    chance, near = 0, 0
    for seed in range(1_000):
        candidate = suggest_change(rng.normal(size=24).tolist(), shufflings=199, seed=seed)
        chance += isinstance(candidate, Candidate) and candidate.is_convincing
        real = suggest_change(shifted(rng, 24), shufflings=199, seed=seed)
        assert not isinstance(real, Reading)
        near += real.is_convincing and abs(real.at - 12) <= 2
    return [
        Row("a change suggested where there is none", 0.05, "the level asked for", chance / 1_000, SHARE,
            Bound.AT_MOST, 0.05 + 3 * math.sqrt(0.05 * 0.95 / 1_000)),
        Row("a shift of 2 sigma suggested within two places", None, "simulated", near / 1_000, SHARE),
    ]  # fmt: skip


def speed() -> Row:
    """The slowest call: a suggestion over sixty points with 4 999 shufflings."""
    values = np.random.default_rng(SEED).normal(size=60).tolist()
    suggest_change(values)
    took = []
    for _ in range(5):
        start = time.process_time()
        suggest_change(values)
        took.append(1000 * (time.process_time() - start))
    return Row("suggestion, 60 points, 4 999 shufflings", None, "none: our own", min(took), "ms")


if __name__ == "__main__":
    sys.exit(main())
