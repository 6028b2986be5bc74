"""Forecast: how fast a portfolio is simulated, how well forecasts of real phases held, how good plans are.

    python -m benchmarks.forecast [--full]

Speed: 10 000 simulations of 500 tasks with capacity; CPU time of the one thread there is, the best of
several, and the wall time beside it. Calibration: phases of New York City's school projects as of three days.
Plans: PSPLIB's j30, every fourth of the 480 instances, all with --full; our own planner, and OR-Tools'
proof where that is installed (`.venv-bench`, which `make bench` takes). Data are read from ../shared/data
beside the project; without them those rows are left out.
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from benchmarks.comparison import Bound, Row, show
from styrfart.kernel.forecast import (
    Correlation,
    Draws,
    Plan,
    Policy,
    Portfolio,
    Proof,
    Run,
    broken,
    by_date,
    common_shock,
    criticality,
    dispatch_order,
    draw,
    homes_by,
    plan,
    portfolio,
    ranks,
    reference_class,
    schedule,
    skill,
    solver,
    which_capacity,
    with_arrivals,
)
from tests.kernel import test_forecast_nyc as nyc
from tests.kernel import test_forecast_planner as psplib

T = TypeVar("T")
SIMULATIONS, PROJECTS, PHASES, EDGES, ROUNDS = 10_000, 100, 5, 949, 9
DATES = (48.0, 72.0, 96.0, 120.0, 144.0, 168.0)
PROTOTYPE = "kernel.md E, prototype on a quiet machine"
RATIOS = reference_class(np.exp(np.random.default_rng(7).normal(0.3, 0.4, 120)))


# --- How fast ---


def invented() -> tuple[Portfolio, list[int]]:
    """100 projects of five phases over ten departments, with waits between projects: 949 edges."""
    chance = np.random.default_rng(1)
    n = PROJECTS * PHASES
    phase, project = np.arange(n) % PHASES, np.arange(n) // PHASES
    edges = {(task - 1, task) for task in range(n) if phase[task]}
    while len(edges) < EDGES:
        second = int(chance.integers(PHASES, n))
        edges.add((int(chance.integers(max(0, second - 60), second)), second))
    tasks = portfolio(
        chance.uniform(3, 12, n),
        phase * 2 + project % 2,
        before=sorted(edges),
        release=np.where(phase == 0, project * 0.6, 0.0),
        homes=np.where(phase == PHASES - 1, chance.integers(200, 2_400, n), 0),
        year=np.minimum(project // 12 + phase, 9),
    )
    return tasks, [4, 4, 4, 4, 4, 4, 4, 4, 4, 4]


def quickest(work: Callable[[], T], rounds: int = ROUNDS) -> tuple[float, T]:
    """Milliseconds of CPU time, the best of several, and the answer."""
    took = []
    for _ in range(rounds):
        start = time.process_time()
        answer = work()
        took.append(1000 * (time.process_time() - start))
    return min(took), answer


def speed() -> list[Row]:
    tasks, capacity = invented()

    def drawn() -> Draws:
        return draw(tasks, [RATIOS], seed=1, simulations=SIMULATIONS, correlation=Correlation())

    def order() -> np.ndarray:
        return dispatch_order(tasks, capacity, rank=ranks(tasks, Policy.MOST_HOMES), ratios=RATIOS.mean())

    def everything() -> Run:
        run = schedule(tasks, drawn(), capacity, order=order())
        by_date(run, DATES, target=60_000)
        return run

    generator = np.random.Generator(np.random.SFC64(1))
    size = SIMULATIONS * tasks.tasks
    floor, _ = quickest(lambda: generator.random(size))
    whole, run = quickest(everything)
    start = time.perf_counter()
    everything()
    wall = 1000 * (time.perf_counter() - start)
    draws, list_ = drawn(), order()
    parts = {
        "of it: durations, correlated": (quickest(drawn)[0], 30.0),  # uniforms and the table
        "of it: schedule with capacity": (
            quickest(lambda: schedule(tasks, draws, capacity, order=list_))[0],
            26.0,
        ),
        "of it: homes by six dates": (quickest(lambda: by_date(run, DATES, target=60_000))[0], 6.0),
    }
    busy = f"load {os.getloadavg()[0]:.1f}"
    return [
        Row("10 000 x 500 with capacity, all", 75.0, PROTOTYPE, whole, "ms", Bound.AT_MOST, 100.0),
        Row("the same, wall time", None, f"once, {busy}", wall, "ms"),
        *(Row(what, reference, PROTOTYPE, took, "ms") for what, (took, reference) in parts.items()),
        Row(
            "all, in floors of 5 million uniforms (float64)", None, f"floor {floor:.1f} ms, {busy}",
            whole / floor, "x", Bound.AT_MOST, 7.0,
        ),
        *questions(tasks, capacity, draws, run),
    ]  # fmt: skip


def questions(tasks: Portfolio, capacity: list[int], draws: Draws, run: Run) -> list[Row]:
    """What a page asks beside the forecast itself."""
    of_run, _ = quickest(lambda: criticality(run, draws), 3)
    gains, found = quickest(
        lambda: which_capacity(tasks, draws, capacity, order=run.order, date=96.0, target=60_000), 2
    )
    grown = with_arrivals(
        tasks, np.arange(tasks.tasks) // PHASES, gap=2.0, until=96.0, multiplier=1.4, seed=1
    )

    def more() -> Run:
        list_ = dispatch_order(grown, capacity, rank=ranks(grown, Policy.MOST_HOMES), ratios=RATIOS.mean())
        return schedule(grown, draw(grown, [RATIOS], seed=1), capacity, order=list_)

    arrivals, _ = quickest(more, 3)
    spread = float(homes_by(run, [96.0])[0].std())
    apart = spread * np.sqrt(2 / SIMULATIONS)  # of the difference of two runs that share no chance
    none = "asked for, not published"
    return [
        Row("criticality of 500 tasks", None, none, of_run, "ms"),
        Row("which of ten capacities buys most", None, none, gains, "ms"),
        Row("its standard error, homes", apart, "two runs of their own", found[0].homes_error, ""),
        Row(f"arrivals, +40 %: {grown.tasks} tasks", None, none, arrivals, "ms"),
    ]


# --- How well ---


def calibration() -> list[Row]:
    if not nyc.FILE.is_file():
        return []
    plans, lost_by_plan = nyc.scored("pert")
    rows = []
    for months in (nyc.MONTHS, 12):
        guessed, lost_by_guess = (plans, lost_by_plan) if months == nyc.MONTHS else nyc.scored("pert", months)
        found, lost = nyc.scored("completed", months)
        gain, bound = skill(lost, lost_by_guess), found.coverage[2]
        name = f"phases begun within {months} months, n {found.closed}"
        told = f"95 % {bound.low:.3f}-{bound.high:.3f}; open late {found.if_open_late[2]:.3f}"
        rows += [
            Row(f"{name}: below P80, least", 0.8, told, bound.share, "", Bound.AT_LEAST, 0.75),
            Row(f"{name}: below P80, most", 0.8, told, bound.share, "", Bound.AT_MOST, 0.85),
            Row(
                f"{name}: pinball loss", guessed.mean_pinball,
                f"plan with PERT, same run; 95 % {gain.low:.3f}-{gain.high:.3f} lower",
                found.mean_pinball, "", Bound.AT_MOST, 0.85 * guessed.mean_pinball,
            ),
        ]  # fmt: skip
    with_open, _ = nyc.scored("with open")
    rows += [
        Row("plan with PERT: below P80", 0.598, "kernel.md E", plans.coverage[2].share, ""),
        Row("with open phases: below P80", 0.916, "kernel.md E", with_open.coverage[2].share, ""),
        Row(
            "with open phases: pinball loss", plans.mean_pinball, "plan with PERT", with_open.mean_pinball, ""
        ),
        *(shock(kind) for kind in nyc.KINDS),
    ]
    return rows


def shock(kind: str) -> Row:
    """How much phases of one kind that began in the same year have moved together."""
    closed = [each for each in nyc.phases() if each.end and each.kind == kind]
    found = common_shock([each.ratio() for each in closed], [each.start.year for each in closed])
    told = f"90 % {found.low:.2f}-{found.high:.2f}, {found.groups} years; default of Correlation"
    default = round(Correlation().everywhere + Correlation().department_year, 2)
    return Row(f"common shock of {kind}, by year", default, told, found.share, "")


# --- How good ---


@dataclass
class Tally:
    """What one planner reached on the instances."""

    equal: int = 0
    proven: int = 0
    gap: float = 0.0
    seconds: float = 0.0

    def add(self, found: Plan, optimum: int, seconds: float) -> None:
        self.equal += found.makespan == optimum
        self.proven += found.proof is Proof.OPTIMAL
        self.gap += (found.makespan - optimum) / optimum
        self.seconds += seconds


def plans(*, is_full: bool) -> list[Row]:
    if not psplib.FOLDER.is_dir():
        return []
    chosen = list(psplib.instances().items())[:: 1 if is_full else 4]
    own, proof = Tally(), Tally()
    for name, project in chosen:
        start = time.process_time()
        found = plan(project)
        own.add(found, psplib.optima()[name], time.process_time() - start)
        check(name, found)
        if solver.is_available():
            # From a quick plan, not from the one that is compared with it.
            start = time.process_time()
            proven = solver.prove(project, hint=plan(project, lists=40, nodes=0), effort=60.0)
            proof.add(proven, psplib.optima()[name], time.process_time() - start)
            check(name, proven)
    count = len(chosen)
    rows = tally_rows("own planner", own, count)
    return [*rows, *tally_rows("CP-SAT", proof, count, must=1.0)] if solver.is_available() else rows


def check(name: str, found: Plan) -> None:
    """A plan that breaks a rule, or a proof of what is not so, is no result."""
    assert broken(psplib.instances()[name], found.starts) == (), name
    assert found.bound <= psplib.optima()[name] <= found.makespan, name


def tally_rows(who: str, tally: Tally, count: int, must: float = 0.9) -> list[Row]:
    source = "published optima, Kolisch & Sprecher 1997"
    return [
        Row(
            f"j30, {count} networks: {who}, at the optimum", 1.0, source,
            tally.equal / count, "", Bound.AT_LEAST, must,
        ),
        Row(f"j30: {who}, proven", 117 / 120, "kernel.md E, CP-SAT in 10 s", tally.proven / count, ""),
        Row(f"j30: {who}, mean gap", 0.0, source, 100 * tally.gap / count, "%"),
        Row(f"j30: {who}, all of them", None, "CPU time", tally.seconds, "s"),
    ]  # fmt: skip


def main() -> int:
    return show("forecast", [*speed(), *calibration(), *plans(is_full="--full" in sys.argv[1:])])


if __name__ == "__main__":
    raise SystemExit(main())
