"""Effects of trials beside published figures, and whether p values and plans keep what they promise.

    python -m benchmarks.effects [--full]

The data are not part of this repository: rows that need them are left out, and said, where they are absent
(`STYRFART_CARD_KRUEGER`, else `../shared/data` beside the project). `--full` simulates five times as much.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from math import comb, inf, sqrt
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import stats

from benchmarks import effects_series
from benchmarks.comparison import Bound, Row, show
from styrfart.kernel.effects import (
    Binomial,
    Direction,
    binomial_variance,
    closed_form_variance,
    draw_orders,
    judge,
    least_squares,
    plan_matched,
    plan_randomised,
    plan_wedge,
    randomised,
    simulate,
    simulate_wedge,
    stepped_wedge,
    wedge_power,
)
from styrfart.kernel.effects.lots import draw, limits, p_values
from styrfart.kernel.effects.sensitivity import normal_tail

Floats = npt.NDArray[np.float64]
FULL = "--full" in sys.argv
SIMULATIONS = 100_000 if FULL else 20_000
BESIDE = Path(__file__).parents[2] / "shared" / "data" / "card_krueger" / "public.dat"
SURVEY = Path(os.environ.get("STYRFART_CARD_KRUEGER", BESIDE))
# Places in a line, by the codebook.
CHAIN, OWNED, STATE, FULL_TIME, PART_TIME, MANAGERS, WAGE = 1, 2, 3, 11, 12, 13, 14
STATUS_2, FULL_TIME_2, PART_TIME_2, MANAGERS_2, WAGE_2 = 28, 31, 32, 33, 34
CLOSED = 3
TABLE = "Card and Krueger 1994, Table"
# Pairs of lead in the blood, Morton and others 1982; bounds, Rosenbaum 2002, Table 4.1.
EXPOSED = "38 23 41 18 37 36 23 62 31 34 24 14 21 17 16 20 15 10 45 39 22 35 49 48 44 35 43 39 34 13 73 25 27"
MATCHED = "16 18 18 24 19 11 10 15 16 18 18 13 19 10 16 16 24 13 9 14 21 19 7 18 19 12 11 22 25 16 13 11 13"
BOUNDS = ((2, 0.0018), (3, 0.0136), (4, 0.0388), (4.25, 0.0468), (5, 0.0740))


def card_krueger() -> Iterator[Row]:
    """Table 3's cells and difference, and Table 4's first two models, from the authors' data."""
    if not SURVEY.is_file():
        print("Card and Krueger's survey is not here: their rows are left out")
        return
    lines = [line.split() for line in SURVEY.read_text(encoding="ascii").splitlines()]
    data = np.array([[np.nan if cell == "." else float(cell) for cell in line] for line in lines])
    waves = [
        data[:, full] + 0.5 * data[:, part] + data[:, managers]
        for full, part, managers in (
            (FULL_TIME, PART_TIME, MANAGERS),
            (FULL_TIME_2, PART_TIME_2, MANAGERS_2),
        )
    ]
    published = {(0, 0): (23.33, 1.35), (0, 1): (21.17, 0.94), (1, 0): (20.44, 0.51), (1, 1): (21.03, 0.52)}
    ours: list[float] = []
    for (state, wave), figures in published.items():
        values = waves[wave][(data[:, STATE] == state) & np.isfinite(waves[wave])]
        found = (float(values.mean()), float(values.std(ddof=1)) / sqrt(values.size))
        name = f"Jobs, {('Pennsylvania', 'New Jersey')[state]}, {('before', 'after')[wave]}"
        for what, reference, figure in zip(("mean", "standard error"), figures, found, strict=True):
            yield within(f"{name}: {what}", reference, f"{TABLE} 3", figure, "jobs", 0.005)
        ours.append(found[0])
    gap = ours[3] - ours[2] - ours[1] + ours[0]
    yield within("  their difference", 2.76, f"{TABLE} 3", gap, "jobs", 0.01)
    yield Row(
        "  its standard error, waves' covariance taken in",
        1.36,
        f"{TABLE} 3, row 3, whose way to it is not told",
        sqrt(sum(_variance_of_change(waves, data[:, STATE] == state) for state in (0, 1))),
        "jobs",
    )
    change = waves[1] - waves[0]
    groups = [change[(data[:, STATE] == state) & np.isfinite(change)] for state in (1, 0)]
    gap = float(groups[0].mean() - groups[1].mean())
    error = sqrt(sum(float(group.var(ddof=1)) / group.size for group in groups))
    yield within("  of stores seen twice", 2.75, f"{TABLE} 3, row 4", gap, "jobs", 0.005)
    yield within("  its standard error", 1.34, f"{TABLE} 3, row 4", error, "jobs", 0.005)
    wage = np.where(data[:, STATUS_2] == CLOSED, 0.0, data[:, WAGE_2])
    kept = np.isfinite(change) & np.isfinite(data[:, WAGE]) & np.isfinite(wage)
    plain = np.column_stack([data[kept, STATE], np.ones(int(kept.sum()))])
    chains = [data[kept, CHAIN] == chain for chain in (1, 2, 3)]
    full = np.column_stack([plain, *chains, data[kept, OWNED]])
    for model, columns, figures in (("i", plain, (2.33, 1.19)), ("ii", full, (2.30, 1.20))):
        fit = least_squares(change[kept], columns)
        found = (float(fit.coefficients[0]), float(fit.standard_errors[0]))
        name = f"Regression {model} of {fit.observations} stores"
        for what, reference, figure in zip(("New Jersey", "standard error"), figures, found, strict=True):
            yield within(f"{name}: {what}", reference, f"{TABLE} 4", figure, "jobs", 0.005)


def _variance_of_change(waves: Sequence[Floats], of: npt.NDArray[np.bool_]) -> float:
    """Of the difference of two means, where some stores are in both and some in one."""
    first, second = (wave[of] for wave in waves)
    both = np.isfinite(first) & np.isfinite(second)
    sizes = [int(np.isfinite(wave).sum()) for wave in (first, second)]
    parts = [float(np.nanvar(wave, ddof=1)) / n for wave, n in zip((first, second), sizes, strict=True)]
    shared = float(np.cov(first[both], second[both])[0, 1]) * int(both.sum()) / (sizes[0] * sizes[1])
    return sum(parts) - 2 * shared


def within(what: str, reference: float, source: str, ours: float, unit: str, tolerance: float) -> Row:
    """A row whose limit is a distance from the reference: the nearer side of it is the limit."""
    is_above = bool(ours >= reference)
    return Row(
        f"{what} (±{tolerance:g})",
        reference,
        source,
        float(ours),
        unit,
        Bound.AT_MOST if is_above else Bound.AT_LEAST,
        reference + tolerance if is_above else reference - tolerance,
    )


def wedges() -> Iterator[Row]:
    """The closed form beside whole matrices, and the power that a package publishes."""
    generator = np.random.default_rng(1)
    worst, tried = 0.0, 0
    while tried < 500:
        units, periods = (int(each) for each in generator.integers((4, 3), (25, 9)))
        starts = generator.integers(0, periods + 1, size=units)
        x = (np.arange(periods) >= starts[:, None]).astype(float)
        design = np.concatenate([np.column_stack([row, np.eye(periods)]) for row in x])
        if np.linalg.matrix_rank(design) <= periods:
            continue
        between, inside = generator.uniform(0, 3), generator.uniform(0.1, 3)
        inverse = np.linalg.inv(np.eye(periods) * inside + between)
        information = design.T @ np.kron(np.eye(units), inverse) @ design
        matrix = np.linalg.inv(information)[0, 0]
        worst = max(worst, abs(closed_form_variance(x, between=between, within=inside) / matrix - 1))
        tried += 1
    yield Row(
        "Wedge: variance by closed form, greatest distance from matrices, 500 plans",
        2e-15,
        "design's prototype; Hussey and Hughes 2007",
        float(worst),
        "of it",
        Bound.AT_MOST,
        1e-10,
    )
    for name, convention, published in (
        ("p(1 − p) at the mean", Binomial.POOLED, 0.786),
        ("as before the start", Binomial.BASELINE, 0.730),
    ):
        ours = wedge_power(
            np.repeat([1, 2, 3, 4], 6),
            periods=5,
            effect=-0.015,
            between=1e-4,
            within=binomial_variance(0.05, 0.035, convention=convention) / 120,
        )
        source = "R package swCRTdesign's example: 6, 6, 6, 6; n 120; .05 to .035"
        yield within(f"Wedge: power, variance {name}", published, source, ours, "", 0.0005)


def hidden_bias() -> Iterator[Row]:
    exposed, unexposed = (np.array(each.split(), dtype=float) for each in (EXPOSED, MATCHED))
    ranks = stats.rankdata(np.abs(exposed - unexposed))
    differs, above = exposed != unexposed, float(ranks[exposed > unexposed].sum())
    for gamma, published in BOUNDS:
        ours = normal_tail(ranks[differs], above, gamma / (1 + gamma))
        yield within(f"Matched: bound at Γ {gamma:g}", published, "Rosenbaum 2002, Table 4.1", ours, "", 5e-5)


def simulated(what: str, share: float, count: int, *, source: str = "simulated; nominal .05") -> Row:
    """A type-I error beside the target, with its Monte Carlo error."""
    error = sqrt(share * (1 - share) / count)
    return Row(f"{what} (±{1.96 * error:.4f})", None, source, share, "of trials", Bound.AT_MOST, 0.06)


def false_alarms() -> Iterator[Row]:
    """How often p ≤ .05 when nothing happens."""
    for units in (8, 12, 20):
        half = units // 2
        parts = 10  # of the simulations, each with its own sample of allocations where they are sampled
        share = float(
            np.mean(
                [
                    simulate(
                        [(half, half)], effect=0.0, spread=1.0, simulations=SIMULATIONS // parts, seed=part
                    )
                    for part in range(parts)
                ]
            )
        )
        yield simulated(f"Type-I error, randomised, {units} units", share, SIMULATIONS)
    strata = (("8 pairs", [(1, 1)] * 8), ("3 strata of 4", [(2, 2)] * 3), ("3 of 9", [(3, 6)]))
    for name, groups in strata:
        share = simulate(groups, effect=0.0, spread=1.0, simulations=SIMULATIONS, seed=5)
        yield simulated(f"Type-I error, randomised, {name}", share, SIMULATIONS)
    generator, drawings, ps = np.random.default_rng(6), 200, []
    for _ in range(drawings):  # it is over the drawing of lots that the test is exact, whatever the outcomes
        lot = draw(generator.permuted([1, 0] * 4))
        columns = np.column_stack([np.ones(8), generator.normal(size=8)])
        skewed = np.exp(1.5 * generator.normal(size=(SIMULATIONS // drawings, 8)))
        ps.append(p_values(skewed, lot, columns))
    share = float((np.concatenate(ps) <= 0.05).mean())
    yield simulated("Type-I error, 8 units, adjusted, very skewed", share, SIMULATIONS)
    for units, periods, between in ((8, 5, 0.5), (12, 5, 0.05), (8, 9, 5.0)):
        starts = np.resize(np.arange(1, periods), units)
        runs, parts = SIMULATIONS // 2, 5
        shares = []
        for part in range(parts):
            orders = draw_orders(starts, periods=periods, limit=3_000, draws=1_999, seed=part)
            shares.append(
                simulate_wedge(
                    orders, effect=0.0, between=between, within=0.5, simulations=runs // parts, seed=part
                )
            )
        name = f"Type-I error, wedge, {units} units, {periods} periods, τ² {between:g}"
        yield simulated(name, float(np.mean(shares)), runs)


def differences() -> Iterator[Row]:
    """Before and after with comparison, 8 periods, AR .6: what others do, beside ours."""
    told = {
        8: (0.222, 0.124, 0.072, 0.033),
        12: (0.230, 0.102, 0.068, 0.054),
        20: (0.209, 0.068, 0.055, 0.050),
    }
    names = (
        "as if independent",
        "clustered, normal",
        "clustered, t(G − 1)",
        "permutation: ours",
    )
    runs = SIMULATIONS // 5
    for units, references in told.items():
        generator = np.random.default_rng(units)
        started = np.repeat([1.0, 0.0], units // 2)
        noise = generator.normal(size=(runs, units, 8))
        for period in range(1, 8):
            noise[:, :, period] = 0.6 * noise[:, :, period - 1] + 0.8 * noise[:, :, period]
        lot = draw(started, limit=2_000, draws=1_999)
        change = noise[:, :, 4:].mean(axis=2) - noise[:, :, :4].mean(axis=2)
        own = float((p_values(change, lot, np.ones((units, 1))) <= 0.05).mean())
        shares = (*_two_way(noise, started), own)
        for name, reference, share in zip(names, references, shares, strict=True):
            is_ours = name.endswith("ours")
            yield Row(
                f"Type-I error, difference, {units} units, {name}",
                reference,
                "design's prototype, 2 000 simulations",
                share,
                "of trials",
                Bound.AT_MOST if is_ours else Bound.NONE,
                0.06,
            )


def _two_way(noise: Floats, started: Floats) -> tuple[float, float, float]:
    """Rejections of two-way fixed effects: independent errors; clustered by unit, normal, and t."""
    units, periods = noise.shape[1:]
    y = noise - noise.mean(axis=1, keepdims=True) - noise.mean(axis=2, keepdims=True)
    y = y + noise.mean(axis=(1, 2), keepdims=True)
    d = started[:, None] * (np.arange(periods) >= 4)
    d = d - d.mean(axis=0) - d.mean(axis=1, keepdims=True) + d.mean()
    square = float((d * d).sum())
    beta = (y * d).sum(axis=(1, 2)) / square
    left = y - beta[:, None, None] * d
    n = units * periods
    iid = np.sqrt((left**2).sum(axis=(1, 2)) / (n - units - periods) / square)
    factor = units / (units - 1) * (n - 1) / (n - periods - 1)
    clustered = np.sqrt(factor * ((left * d).sum(axis=2) ** 2).sum(axis=1)) / square
    edge = stats.t.isf(0.025, units - 1)
    return (
        float((np.abs(beta / iid) > 1.96).mean()),
        float((np.abs(beta / clustered) > 1.96).mean()),
        float((np.abs(beta / clustered) > edge).mean()),
    )


def promises() -> Iterator[Row]:
    """The power at the effect that a plan says it can see, tried on other outcomes: 80 % was planned."""
    runs = SIMULATIONS // 2

    def row(name: str, share: float, count: int) -> Row:
        error = 1.96 * sqrt(share * (1 - share) / count)
        return Row(
            f"Power, {name} (±{error:.4f})", 0.80, "the plan", share, "of trials", Bound.AT_LEAST, 0.78
        )

    half = [(f"{2 * n} units", [(n, n)]) for n in (4, 6, 10)]
    for name, groups in (*half, ("4 of 20", [(4, 16)]), ("4 strata of 4", [(2, 2)] * 4)):
        plan = plan_randomised(groups, spread=1.0)
        parts = [
            simulate(groups, effect=plan.effect, spread=1.0, simulations=runs // 5, seed=40 + part)
            for part in range(5)
        ]
        yield row(f"randomised, {name}", float(np.mean(parts)), runs)
    pairs = plan_matched(10, spread=1.0, alike=0.5)
    share = simulate([(1, 1)] * 10, effect=pairs.effect, spread=sqrt(0.5), simulations=runs, seed=50)
    yield row("10 pairs", share, runs)
    for units, periods in ((8, 5), (12, 5)):
        starts = np.resize(np.arange(1, periods), units)
        wedge = plan_wedge(starts, periods=periods, between=0.5, within=0.5)
        parts = []
        for part in range(5):
            orders = draw_orders(starts, periods=periods, limit=3_000, draws=1_999, seed=60 + part)
            parts.append(
                simulate_wedge(
                    orders,
                    effect=wedge.effect,
                    between=0.5,
                    within=0.5,
                    simulations=runs // 10,
                    seed=60 + part,
                )
            )
        yield row(f"wedge, {units} units, {periods} periods", float(np.mean(parts)), runs // 2)


def intervals_and_verdicts() -> Iterator[Row]:
    """Coverage of the interval, and false verdicts by the rule, when nothing happens."""
    runs = SIMULATIONS // 4
    lot = draw(np.repeat([1, 0], 6))
    outcomes = np.random.default_rng(9).standard_t(3, size=(runs, 12))
    for level in (0.95, 0.90):
        low, high = limits(outcomes, lot, np.ones((12, 1)), level=level)
        yield Row(
            f"Coverage of the {level:.0%} interval, 12 units, t(3) outcomes",
            level,
            "nominal",
            float(((low <= 0) & (high >= 0)).mean()),
            "of trials",
            Bound.AT_LEAST,
            level - 0.01,
        )
    started = np.repeat([1, 0], 6)
    said = [
        judge(randomised(each, started).estimate, direction=Direction.HIGHER, worthwhile=1.0).verdict.value
        for each in outcomes[:1_500]
    ]
    limits_of = {"clear_improvement": 0.025, "probable_improvement": 0.025, "deterioration": 0.05}
    for verdict, limit in limits_of.items():
        share = said.count(verdict) / len(said)
        margin = 2.5 * sqrt(limit * (1 - limit) / len(said))
        yield Row(
            f"False verdict: {verdict} (limit and 2.5 standard errors)",
            limit,
            "the rule",
            share,
            "of trials",
            Bound.AT_MOST,
            limit + margin,
        )


PROCESS = """
import hashlib
import numpy as np
from styrfart.kernel.effects import plan_randomised, randomised, stepped_wedge
generator = np.random.default_rng(3)
found = (
    randomised(generator.normal(size=24), np.repeat([1, 0], 12), draws=1999, seed=4),
    stepped_wedge(generator.normal(size=(12, 5)), np.repeat([1, 2, 3, 4], 3), draws=999, seed=4),
    plan_randomised([(7, 9)], spread=1.0, seed=4),
)
print(hashlib.sha256(repr(found).encode()).hexdigest())
"""


def same_everywhere() -> Row:
    """The number of different answers over hash seeds and threads."""
    answers = {
        subprocess.run(
            [sys.executable, "-c", PROCESS],
            env={**os.environ, "PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": threads},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
        for threads in ("1", "2")
    }
    source = "pyfixest 0.60.0 gave 2 over 6 hash seeds, by the design's prototype"
    return Row("Answers over 3 hash seeds × 2 thread counts", 2, source, len(answers), "", Bound.AT_MOST, 1)


def times() -> Iterator[Row]:
    generator = np.random.default_rng(7)
    started, outcome = np.repeat([1, 0], 10), generator.normal(size=20)
    wedge, starts = generator.normal(size=(8, 5)), np.repeat([1, 2, 3, 4], 2)
    cases: Sequence[tuple[str, Callable[[], object]]] = (
        (f"20 units, all {comb(20, 10)} allocations", lambda: randomised(outcome, started)),
        ("12 units, all 924", lambda: randomised(outcome[4:16], started[4:16])),
        ("wedge, 8 units, all 2 520 orders", lambda: stepped_wedge(wedge, starts)),
        ("plan for 12 units", lambda: plan_randomised([(6, 6)], spread=1.0)),
        ("plan for a wedge of 8", lambda: plan_wedge(starts, periods=5, between=0.5, within=0.5)),
    )
    for name, case in cases:
        best = inf
        for _ in range(3):
            begun = time.process_time()
            case()
            best = min(best, time.process_time() - begun)
        yield Row(f"Time: {name}", None, "no published figure", best * 1000, "CPU ms")


def rows() -> Iterator[Row]:
    yield from card_krueger()
    yield from effects_series.rows()
    yield from wedges()
    yield from hidden_bias()
    yield from false_alarms()
    yield from differences()
    yield from promises()
    yield from intervals_and_verdicts()
    yield same_everywhere()
    yield from times()


if __name__ == "__main__":
    raise SystemExit(show("effects", list(rows())))
