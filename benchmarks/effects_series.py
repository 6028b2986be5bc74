"""Staggered starts and interrupted series: published figures, false alarms, power as planned.

    python -m benchmarks.effects_series

Part of `benchmarks.effects`, which prints these rows too. Published data are read from ../shared/data beside
the project; rows whose data are absent are left out, and a line says so.
"""

import csv
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import stats

from benchmarks.comparison import Bound, Row, show
from styrfart.kernel.effects.series import controlled_series, interrupted_series
from styrfart.kernel.effects.series_counts import fit_counts
from styrfart.kernel.effects.series_errors import SeriesErrors, p_values
from styrfart.kernel.effects.series_model import Impact, Season, segments
from styrfart.kernel.effects.series_plan import plan_series, simulated
from styrfart.kernel.effects.staggered import NEVER, Comparison, Panel, WeightPeriod, group_time_effects
from styrfart.kernel.effects.staggered_aggregate import Aggregation, aggregate
from styrfart.kernel.effects.staggered_cells import Adjustment
from styrfart.kernel.effects.staggered_effect import staggered_effect
from styrfart.kernel.effects.staggered_inference import careful_band, pre_trend, uniform_band
from styrfart.kernel.effects.staggered_permutation import deal, overall_of_deals, row_of
from styrfart.kernel.effects.staggered_plan import Noise, Rollout, plan_staggered
from styrfart.kernel.effects.two_way import two_way_table
from tests.kernel.stata import read_stata

Floats = npt.NDArray[np.float64]
DATA = Path(__file__).parents[2] / "shared" / "data"
YEARS = (2003, 2004, 2005, 2006, 2007)
R_DID = "R did, golden file of csdid (MIT)"
OURS = "none: simulated here"
NYT = Comparison.NOT_YET_TREATED
PANELS, SERIES, MOST = 2_000, 20_000, 0.06
CONTROLS = (
    "l_police", "unemployrt", "poverty", "l_income", "l_prisoner", "l_lagprisoner", "blackm_15_24",
    "whitem_15_24", "blackm_25_44", "whitem_25_44", "l_exp_subsidy", "l_exp_pubwelfare",
)  # fmt: skip


def rows() -> list[Row]:
    """All rows of this benchmark, in about half a minute of calculation."""
    published: list[tuple[str, Callable[[], Iterator[Row]]]] = [
        ("mpdta", county_rows),
        ("castle", castle_rows),
        ("sicily_its", sicily_rows),
    ]
    found: list[Row] = []
    for folder, of in published:
        if (DATA / folder).is_dir():
            found.extend(of())
        else:
            print(f"left out: {folder} is not in {DATA}")
    return [*found, *staggered_rows(), *series_rows()]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _most(ours: Sequence[float], theirs: Sequence[float]) -> float:
    return float(np.abs(np.array(ours) - np.array(theirs)).max())


def county_rows() -> Iterator[Row]:
    """Group-time effects, aggregations and tests of trends on the panel of counties."""
    table = _read(DATA / "mpdta" / "mpdta.csv")
    counties = sorted({int(row["countyreal"]) for row in table})
    place = {county: index for index, county in enumerate(counties)}
    outcomes, people = np.zeros((len(counties), 5)), np.zeros((len(counties), 1))
    starts = np.zeros(len(counties), dtype=np.int64)
    for row in table:
        index = place[int(row["countyreal"])]
        outcomes[index, YEARS.index(int(row["year"]))] = float(row["lemp"])
        starts[index], people[index] = int(row["first.treat"]) or NEVER, float(row["lpop"])
    plain, covariate = Panel(outcomes, starts, YEARS), Panel(outcomes, starts, YEARS, covariates=people)
    scenarios = {
        "mpdta_nev_dr": group_time_effects(plain),
        "mpdta_nyt_dr": group_time_effects(plain, comparison=NYT),
        "mpdta_nev_ipw": group_time_effects(plain, adjustment=Adjustment.WEIGHTING),
        "mpdta_nev_reg_cov": group_time_effects(covariate, adjustment=Adjustment.REGRESSION),
    }
    cells, wholes, tests = (
        _read(DATA / "mpdta" / f"ref_{name}.csv") for name in ("attgt", "aggte", "pretest")
    )
    for name, found in scenarios.items():
        limit = 1e-4 if name.endswith("cov") else 1e-8
        theirs = [row for row in cells if row["scenario"] == name]
        at = [found.at(int(row["group"]), int(row["t"])) for row in theirs]
        gap = max(
            _most(found.effects[at].tolist(), [float(row["att"]) for row in theirs]),
            _most(found.standard_errors[at].tolist(), [float(row["se"]) for row in theirs]),
        )
        yield Row(f"{name}: 12 ATT(g,t) and errors, most apart", 0.0, R_DID, gap, "", Bound.AT_MOST, limit)
        for kind in Aggregation:
            whole = aggregate(found, kind)
            row = next(row for row in wholes if (row["scenario"], row["type"]) == (name, kind.value))
            yield Row(
                f"{name}: {kind.value}",
                float(row["overall_att"]),
                R_DID,
                whole.overall,
                "",
            )
            gap = _most(
                [whole.overall, whole.overall_standard_error],
                [float(row["overall_att"]), float(row["overall_se"])],
            )
            yield Row(
                f"{name}: {kind.value} and error, most apart", 0.0, R_DID, gap, "", Bound.AT_MOST, limit
            )
        trend = pre_trend(found, Aggregation.GROUP)
        if trend is not None:
            wald = next(float(row["W"]) for row in tests if row["scenario"] == name)
            gap = abs(trend.wald - wald)
            yield Row(f"{name}: Wald test before, apart", 0.0, R_DID, gap, "", Bound.AT_MOST, limit)
    yield _weights_row(outcomes, starts, counties)
    best = min(_seconds(lambda: [aggregate(group_time_effects(plain), kind) for kind in Aggregation]))
    yield Row("500 × 5: 12 cells and four aggregations", 10.0, "kernel.md D (prototype)", best * 1e3, "ms")


def _weights_row(outcomes: Floats, starts: npt.NDArray[np.int64], counties: list[int]) -> Row:
    table = _read(DATA / "mpdta" / "ref_fixweights.csv")
    weights = 1 + 0.05 * (np.array(counties) % 7)[:, None] + 0.1 * np.arange(5)
    gaps = []
    for tag, period in (
        ("none", WeightPeriod.EARLIER),
        ("base_period", WeightPeriod.BASE),
        ("first_period", WeightPeriod.FIRST),
        ("varying", WeightPeriod.EACH),
    ):
        found = group_time_effects(Panel(outcomes, starts, YEARS, weights=weights), weight_period=period)
        theirs = [row for row in table if row["fix_weights"] == tag]
        at = [found.at(int(row["group"]), int(row["t"])) for row in theirs]
        gaps.append(_most(found.effects[at].tolist(), [float(row["att"]) for row in theirs]))
        gaps.append(_most(found.standard_errors[at].tolist(), [float(row["se"]) for row in theirs]))
    return Row("weights that change, four ways, most apart", 0.0, R_DID, max(gaps), "", Bound.AT_MOST, 1e-8)


def _seconds(run: Callable[[], object]) -> list[float]:
    found = []
    for _ in range(5):
        begun = time.perf_counter()
        run()
        found.append(time.perf_counter() - begun)
    return found


def castle_rows() -> Iterator[Row]:
    """The published table of castle laws."""
    data = {name: np.array(column) for name, column in read_stata(DATA / "castle" / "castle.dta").items()}
    region = np.stack([data[name] for name in ("northeast", "midwest", "south", "west")]).argmax(axis=0)
    controls = np.column_stack([data[name] for name in CONTROLS])
    for column, strata, more, effect, error in (
        (1, None, None, 0.0801, 0.0342),
        (2, region, None, 0.0946, 0.0279),
        (3, region, controls, 0.0937, 0.0290),
    ):
        fit = two_way_table(
            data["l_homicide"],
            data["cdl"],
            data["sid"],
            data["year"],
            weights=data["popwt"],
            controls=more,
            strata=strata,
        )
        source = "Cheng and Hoekstra 2013, table 5"
        for what, published, ours in (
            ("effect", effect, float(fit.coefficients[0])),
            ("error", error, float(fit.standard_errors[0])),
        ):
            yield Row(f"castle laws, column {column}: {what}", published, source, ours, "")
            gap = abs(ours - published)
            yield Row(f"castle laws, column {column}: {what} apart", 0, source, gap, "", Bound.AT_MOST, 1e-4)


def sicily_rows() -> Iterator[Row]:
    """The published models of the Sicilian smoking ban, and ours."""
    table = _read(DATA / "sicily_its" / "sicily.csv")
    counts, people = (np.array([float(row[name]) for row in table]) for name in ("aces", "stdpop"))
    start = [row["smokban"] for row in table].index("1")
    used = np.ones(counts.size, dtype=bool)
    first = fit_counts(counts, segments(used, start, Impact.LEVEL).columns, np.log(people))
    seasonal = segments(used, start, Impact.LEVEL, season=Season(12, 2))
    third = fit_counts(counts, seasonal.columns, np.log(people))
    figures = [
        ("mean before", 810.86, counts[:start].mean(), 5e-3),
        ("mean after", 857.52, counts[start:].mean(), 5e-3),
        ("dispersion 1", 3.5592, first.dispersion, 5e-4),
        ("dispersion 3", 2.2622, third.dispersion, 5e-4),
    ]
    for name, fit, dispersion, published in (
        ("model 1", first, 1.0, (0.8944, 0.8647, 0.9251)),
        ("model 3", third, third.dispersion, (0.8851, 0.8394, 0.9332)),
    ):
        width = float(stats.norm.ppf(0.975)) * fit.standard_errors(dispersion=dispersion)[2]
        for part, reference, value in zip(("RR", "low", "high"), published, (0, -1, 1), strict=True):
            figures.append(
                (f"{name} {part}", reference, float(np.exp(fit.coefficients[2] + value * width)), 5e-4)
            )
    source = "Lopez Bernal and others 2017"
    for name, reference, ours, limit in figures:
        yield Row(f"smoking ban, {name}", reference, source, float(ours), "")
        gap = abs(float(ours) - reference)
        yield Row(f"smoking ban, {name}, apart", 0, source, gap, "", Bound.AT_MOST, limit)
    found = interrupted_series(counts, start, season=Season(12, 2), exposure=people).estimate
    yield Row("smoking ban, RR averaged over ρ", 0.8851, source, float(np.exp(found.effect)), "")


def panels(count: int, starts: npt.NDArray[np.int64], *, seed: int, periods: int = 8) -> Floats:
    """Panels without effect: levels of units, what strikes all, and noise of deviation 1 and ρ = .6."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(count, starts.size, periods))
    for period in range(1, periods):
        values[..., period] = 0.6 * values[..., period - 1] + 0.8 * values[..., period]
    return values + rng.normal(size=(count, starts.size, 1)) + rng.normal(size=(count, 1, periods))


def permuted(values: Floats, starts: npt.NDArray[np.int64]) -> Floats:
    """The p values of the permutation test in each of the panels."""
    found = group_time_effects(Panel(values[0], starts, range(values.shape[2])), comparison=NYT)
    deals = deal(found.units, draws=499, limit=500, seed=3)
    real, p = row_of(found.units, deals), []
    for first in range(0, len(values), 50):
        chunk = values[first : first + 50]
        overall = overall_of_deals(chunk, found.units, found.cells, NYT, Aggregation.GROUP, deals)
        low = (overall <= overall[:, [real]] + 1e-9).mean(axis=1)
        high = (overall >= overall[:, [real]] - 1e-9).mean(axis=1)
        p.append(2 * np.minimum(low, high))
    return np.concatenate(p)


def staggered_rows() -> Iterator[Row]:
    """False alarms by number of units, and power as planned."""
    designs = (((4, 4), 0.033), ((2, 2, 4), None), ((6, 6), 0.054), ((4, 4, 4), None), ((7, 7, 6), 0.050))
    for sizes, before in designs:
        starts = np.repeat([*(3, 5, 6)[: len(sizes) - 1], NEVER], sizes)
        source = OURS if before is None else "kernel.md D: permutation at as many units"
        rate = float((permuted(panels(PANELS, starts, seed=1), starts) <= 0.05 + 1e-12).mean())
        what = f"false alarms, {sum(sizes)} units {sizes}, permutation"
        yield Row(what, before, source, rate, "", Bound.AT_MOST, MOST)
    for sizes, before in (((4, 4), 0.124), ((6, 6), 0.102), ((7, 7, 6), 0.068)):
        starts = np.repeat([*(3, 5, 6)[: len(sizes) - 1], NEVER], sizes)
        alarms = [_by_normal(each, starts) <= 0.05 for each in panels(500, starts, seed=1)]
        what = f"false alarms, {sum(sizes)} units {sizes}, clustered normal: not the default"
        yield Row(what, before, "kernel.md D: CRV1 normal", float(np.mean(alarms)), "")
    for size in (10, 20):
        starts = np.repeat([3, 5, 6, NEVER], size)
        ps = [_by_default(each, starts) for each in panels(800, starts, seed=2)]
        rate = float(np.mean(np.array(ps) <= 0.05))
        what = f"false alarms, {starts.size} units, {size} in each of four groups, default"
        yield Row(what, None, OURS, rate, "", Bound.AT_MOST, MOST)
    yield from _band_rows()
    yield from _power_rows()


def _band_rows() -> Iterator[Row]:
    """How often all effects by length of exposure lie within the band, where there is none."""
    for sizes, is_careful in (
        ((4, 4), True),
        ((4, 4, 4), True),
        ((10, 10, 10, 10), True),
        ((10, 10, 10, 10), False),
        ((50, 50, 50, 50), False),
    ):
        starts = np.repeat([*(3, 5, 6)[: len(sizes) - 1], NEVER], sizes)
        degrees, held = starts.size - len(sizes), 0
        for each in panels(1_000, starts, seed=3):
            found = group_time_effects(Panel(each, starts, range(8)), comparison=NYT)
            parts = aggregate(found, Aggregation.DYNAMIC)
            wide = parts.influence * np.sqrt(starts.size / degrees)
            if is_careful:
                band = careful_band(parts.effects, wide, parts.clusters, degrees=degrees)
            else:
                band = uniform_band(parts.effects, wide, parts.clusters, seed=1, degrees=degrees, draws=499)
            held += bool(((band.low <= 0) & (band.high >= 0)).all())
        is_used = is_careful or starts.size >= 200
        name = "careful" if is_careful else "bootstrap" if is_used else "bootstrap: not the default"
        bound = Bound.AT_LEAST if is_used else Bound.NONE
        what = f"all effects within the band, {sizes}, {name}"
        yield Row(what, 0.95, "stated level", held / 1_000, "", bound, 0.94)


def _by_normal(values: Floats, starts: npt.NDArray[np.int64]) -> float:
    whole = aggregate(
        group_time_effects(Panel(values, starts, range(values.shape[1])), comparison=NYT), Aggregation.GROUP
    )
    return float(2 * stats.norm.sf(abs(whole.overall) / whole.overall_standard_error))


def _by_default(values: Floats, starts: npt.NDArray[np.int64]) -> float:
    p = staggered_effect(Panel(values, starts, range(values.shape[1])), draws=1).estimate.p
    return 1.0 if p is None else p


def _power_rows() -> Iterator[Row]:
    for rollout in (
        Rollout({3: 4}, 4, tuple(range(8))),
        Rollout({3: 4, 5: 4}, 4, tuple(range(8))),
        Rollout({3: 5, 5: 5, 6: 5}, 5, tuple(range(8))),
        Rollout({3: 10, 5: 10, 6: 10}, 10, tuple(range(8))),
    ):
        starts = np.repeat([*sorted(rollout.starts), NEVER], rollout.sizes)
        found = plan_staggered(rollout, Noise(1.0, 0.6), simulations=2_000, seed=4)
        effect = found.effect * (np.arange(8) >= starts[:, None])
        if starts.size < 40:
            p = permuted(panels(PANELS, starts, seed=5) + effect, starts)
        else:
            p = np.array([_by_default(each + effect, starts) for each in panels(500, starts, seed=5)])
        power = float((p <= 0.05 + 1e-12).mean())
        what = f"power at the smallest visible effect ({found.effect:.2f} sd), {rollout.sizes}"
        yield Row(what, 0.8, "planned", power, "", Bound.AT_LEAST, 0.77)


def series_rows() -> Iterator[Row]:
    """False alarms of one series at 8 + 8 points, by how its errors are taken, and power as planned."""
    for impact in Impact:
        model = segments(np.ones(16, dtype=bool), 8, impact)
        rates = {}
        for rho in (0.0, 0.3, 0.6, 0.8):
            ys = simulated(Noise(1.0, rho), model.times, SERIES, seed=6)
            rates[rho] = float((p_values(ys, model.columns, model.times, model.average) <= 0.05).mean())
        worst = max(rates[rho] for rho in (0.0, 0.3, 0.6))
        what = f"false alarms, 8 + 8 points, {impact.value}"
        yield Row(f"{what}, ρ to .6, default", None, OURS, worst, "", Bound.AT_MOST, MOST)
        yield Row(f"{what}, ρ .8, default", None, OURS, rates[0.8], "")
        ys = simulated(Noise(1.0, 0.3), model.times, 1_000, seed=6)
        for errors in (SeriesErrors.INDEPENDENT, SeriesErrors.RESTRICTED, SeriesErrors.NEWEY_WEST):
            p = p_values(ys, model.columns, model.times, model.average, errors=errors)
            rate = float((p <= 0.05).mean())
            yield Row(f"{what}, ρ .3, {errors.value}: not the default", None, OURS, rate, "")
    yield from _count_rows()
    for before, after, impact in ((8, 8, Impact.LEVEL), (24, 12, Impact.BOTH), (36, 24, Impact.SLOPE)):
        found = plan_series(before, after, Noise(1.0, 0.3), impact=impact, simulations=2_000, seed=7)
        model = segments(np.ones(before + after, dtype=bool), before, impact)
        of = model.level if model.level.any() else model.slope
        added = model.columns @ (of / float(of @ model.average)) * found.effect
        ys = simulated(Noise(1.0, 0.3), model.times, PANELS, seed=8) + added
        p = p_values(ys, model.columns, model.times, model.average)
        what = f"power at the smallest visible effect ({found.effect:.2f} sd), {before} + {after}"
        power = float((p <= 0.05).mean())
        yield Row(f"{what}, {impact.value}", 0.8, "planned", power, "", Bound.AT_LEAST, 0.77)


def _count_rows() -> Iterator[Row]:
    """Counts of 40 a point whose rate wanders (ρ .4, 15 %), alone and beside three controls."""
    rng = np.random.default_rng(9)
    times, ones = np.arange(24), np.ones(24)
    alone, beside = [], []
    for each in range(600):
        wave = np.exp(0.15 * simulated(Noise(1.0, 0.4), times, 4, seed=each))
        counts = rng.poisson(40 * wave)
        alone.append(interrupted_series(counts[0], 12, exposure=ones).estimate.p)
        controlled = controlled_series(
            counts[0], counts[1:], 12, exposure=ones, control_exposure=np.ones((3, 24))
        )
        beside.append(controlled.estimate.p)
    for name, ps in (("alone", alone), ("beside three controls", beside)):
        rate = float(np.mean([p is not None and p <= 0.05 for p in ps]))
        what = f"false alarms, counts, 12 + 12 points, ρ .4, {name}"
        yield Row(what, None, OURS, rate, "", Bound.AT_MOST, MOST)


if __name__ == "__main__":
    raise SystemExit(show("effects_series", rows()))
