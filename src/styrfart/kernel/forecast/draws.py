"""Durations of every task in every simulation, from one seed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from styrfart.kernel.errors import KernelError
from styrfart.kernel.forecast.durations import PROBABILITIES, Durations, FloatArray, remaining
from styrfart.kernel.forecast.model import Correlation
from styrfart.kernel.forecast.portfolio import Portfolio
from styrfart.kernel.forecast.shocks import Rows, check, factors

# A normal score is looked up twice: 16 random bits become a score, and a score becomes a duration.
SCORES = special.ndtri((np.arange(1 << 16) + 0.5) / (1 << 16))
NODES = 4_096
REACH = 4.5  # the outermost node; beyond it lie 7 in a million
PER_SCORE = (NODES - 1) / (2 * REACH)
LEVELS: FloatArray = special.ndtr(np.linspace(-REACH, REACH, NODES))


@dataclass(frozen=True, eq=False)
class Draws:
    """What chance decided: a row a task, a column a simulation, float32.

    `outlasted` are the tasks under way that have run longer than any in their class did. `arrivals` (k, S)
    are the moments at which projects not yet known arrive; empty when none are expected.
    """

    durations: Rows
    outlasted: tuple[int, ...]
    arrivals: Rows

    @property
    def simulations(self) -> int:
        return int(self.durations.shape[1])


def draw(
    tasks: Portfolio,
    classes: Sequence[Durations],
    *,
    seed: int,
    simulations: int = 10_000,
    correlation: Correlation = Correlation(),  # noqa: B008  # frozen
) -> Draws:
    """Durations of `tasks` (n, simulations) in the unit of their plans.

    A task of kind c lasts its plan times a ratio with exactly the distribution `classes[c]`; the normal
    scores of the ratios are correlated as `correlation` says. A task under way lasts what is left of it.

    The same seed gives the same bits in any process and on any number of cores (SFC64, no threads, no
    BLAS), and task i the same durations whatever tasks come after it: so that two scenarios differ by what
    was changed and not by chance.

    Raises KernelError for a kind without a class and for no simulations.
    """
    check(correlation)
    if simulations < 1 or int(tasks.kind.max()) >= len(classes):
        raise KernelError("at least one simulation, and a distribution for each kind of task")
    common_seed, own_seed, arrival_seed = np.random.SeedSequence(seed).spawn(3)
    common = factors(
        correlation,
        years=int(tasks.year.max()) + 1,
        departments=tasks.departments,
        simulations=simulations,
        generator=np.random.Generator(np.random.SFC64(common_seed)),
    )
    common *= np.float32(PER_SCORE)
    common += np.float32((NODES - 1) / 2 + 0.5)  # the half makes the cut to whole numbers a rounding
    own_share = 1.0 - correlation.everywhere - correlation.department_year
    scores = (SCORES * np.sqrt(own_share) * PER_SCORE).astype(np.float32)
    tables = [_table(each.ratios) for each in classes]
    found = np.empty((tasks.tasks, simulations), np.float32)
    outlasted = _fill(found, tasks, classes, tables, common, scores, np.random.SFC64(own_seed))
    return Draws(found, outlasted, _arrivals(tasks, simulations, arrival_seed))


def _arrivals(tasks: Portfolio, simulations: int, seed: np.random.SeedSequence) -> Rows:
    """Moments of a Poisson process, a row each; a shorter gap makes the same arrivals come sooner."""
    count = int(tasks.arrival.max()) + 1
    gaps = np.random.Generator(np.random.SFC64(seed)).standard_exponential((count, simulations))
    return np.asarray((np.cumsum(gaps, axis=0) * tasks.gap).astype(np.float32))


def _table(ratios: FloatArray) -> Rows:
    """The ratio at each of the score's nodes."""
    return np.interp(LEVELS, PROBABILITIES, ratios).astype(np.float32)


def _fill(
    found: Rows,
    tasks: Portfolio,
    classes: Sequence[Durations],
    tables: Sequence[Rows],
    common: Rows,
    scores: Rows,
    bits: np.random.SFC64,
) -> tuple[int, ...]:
    """Write the durations; the tasks that outlasted their class."""
    simulations = found.shape[1]
    words = -(-simulations // 4)  # four scores of 16 bits in each word
    node: NDArray[np.intp] = np.empty(simulations, np.intp)
    score: Rows = np.empty(simulations, np.float32)
    outlasted = []
    for task, (kind, planned, elapsed) in enumerate(
        zip(tasks.kind.tolist(), tasks.planned.tolist(), tasks.elapsed.tolist(), strict=True)
    ):
        table = tables[kind]
        if elapsed > 0:
            left, is_new = remaining(classes[kind], elapsed / planned)
            table = _table(left)
            if is_new:
                outlasted.append(task)
        raw = np.asarray(bits.random_raw(words)).astype("<u8", copy=False).view("<u2")[:simulations]
        np.copyto(node, raw)
        scores.take(node, out=score, mode="clip")
        score += common[tasks.year[task], tasks.department[task]]
        np.copyto(node, score, casting="unsafe")
        table.take(node, out=found[task], mode="clip")
        found[task] *= np.float32(planned)
    return tuple(outlasted)
