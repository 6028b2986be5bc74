"""Which capacity buys most: one more server in each department, with the same chance in every comparison."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from styrfart.kernel.errors import KernelError
from styrfart.kernel.forecast.draws import Draws
from styrfart.kernel.forecast.outcome import homes_by
from styrfart.kernel.forecast.portfolio import Portfolio
from styrfart.kernel.forecast.schedule import schedule


@dataclass(frozen=True)
class Gain:
    """What more servers in one department give by the date.

    `homes` and `chance` (of the target) are mean differences with the simulation's standard errors.
    `is_apart` says whether more homes are gained than by the next in the list, beyond twice the standard
    error of that difference; for the last, beyond nothing at all.
    """

    department: int
    homes: float
    homes_error: float
    chance: float
    chance_error: float
    is_apart: bool


def which_capacity(
    tasks: Portfolio,
    draws: Draws,
    capacity: ArrayLike,
    *,
    order: ArrayLike,
    date: float,
    target: int,
    more: int = 1,
    departments: Sequence[int] | None = None,
) -> tuple[Gain, ...]:
    """The gain of `more` servers in each of `departments` (all unless told), most homes first.

    Finite differences with common random numbers (Glasserman & Yao 1992): durations, arrivals and order stay
    as they are and only the servers differ, so that the error is that of a paired difference. A gain can be
    below 0: in a fixed order a task that starts sooner can be in the way (Graham's anomaly, 1969).
    """
    if more < 1:
        raise KernelError("at least one server more")
    servers = np.asarray(capacity, np.int64)
    asked = range(tasks.departments) if departments is None else departments
    base = homes_by(schedule(tasks, draws, servers, order=order), [date])[0]
    differences = {}
    chances = {}
    for department in asked:
        grown = servers.copy()
        grown[department] += more
        homes = homes_by(schedule(tasks, draws, grown, order=order), [date])[0]
        differences[department] = homes.astype(np.float64) - base
        chances[department] = (homes >= target).astype(np.float64) - (base >= target)
    ranked = sorted(differences, key=lambda each: (-differences[each].mean(), each))
    following = [*(differences[each] for each in ranked[1:]), np.zeros(base.size)]
    return tuple(
        Gain(
            department,
            float(differences[department].mean()),
            _error(differences[department]),
            float(chances[department].mean()),
            _error(chances[department]),
            _is_apart(differences[department] - following[place]),
        )
        for place, department in enumerate(ranked)
    )


def _error(differences: np.ndarray) -> float:
    return float(differences.std(ddof=1) / np.sqrt(differences.size)) if differences.size > 1 else np.inf


def _is_apart(differences: np.ndarray) -> bool:
    return bool(differences.mean() > 2 * _error(differences))
