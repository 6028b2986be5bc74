"""Regression with an effect of each unit and each period: for one start for all, and for published tables.

With starts at different times its coefficient compares those who start with those who started earlier, whose
effect may still grow: it can be negative when every effect is positive (Goodman-Bacon 2021; de Chaisemartin
and D'Haultfœuille 2020). It is here since older tables were made so, and to check those. As an estimate of an
effect it is refused unless there is one start: `staggered_effect` is what answers otherwise.
"""

import numpy as np
import numpy.typing as npt

from styrfart.kernel.effects.randomised import by_t
from styrfart.kernel.effects.regression import Errors, Fit, Floats, least_squares
from styrfart.kernel.effects.values import LEAST_UNITS, Caution, Design, Estimate, Method, Refusal
from styrfart.kernel.errors import KernelError

ENOUGH = 40  # clusters, from which on the standard error can be trusted


def two_way_table(
    outcome: npt.ArrayLike,
    treatment: npt.ArrayLike,
    units: npt.ArrayLike,
    periods: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    controls: npt.ArrayLike | None = None,
    strata: npt.ArrayLike | None = None,
) -> Fit:
    """Weighted least squares of `outcome` (n) on `treatment` (n, 0 to 1), unit and period effects.

    `controls` n × k. `strata` (n labels, such as regions): an effect for each of them in each period instead
    of one for each period. Standard errors are clustered by unit, with the factor G/(G − 1) · (n − 1)/(n − K)
    where K counts treatment, controls, period effects and a constant, not the unit effects, which are nested
    in the clusters (the convention of Cheng and Hoekstra 2013, and of Stata's `xtreg, fe`).

    The treatment is the first coefficient. Raises `KernelError` as `least_squares` does, or for a treatment
    that is not a share.
    """
    treated = np.asarray(treatment, dtype=np.float64)
    unit, period = np.asarray(units), np.asarray(periods)
    if treated.ndim != 1 or not (unit.shape == period.shape == treated.shape):
        raise KernelError("there is a treatment, a unit and a period for each outcome")
    if not ((treated >= 0) & (treated <= 1)).all():
        raise KernelError("a treatment is a share")
    blocks = [treated[:, None], _dummies(period, None if strata is None else np.asarray(strata))]
    if controls is not None:
        blocks.insert(1, np.asarray(controls, dtype=np.float64))
    return least_squares(
        outcome, np.column_stack(blocks), weights=weights, absorb=unit, clusters=unit, errors=Errors.CR1
    )


def two_way_effect(
    outcome: npt.ArrayLike,
    treatment: npt.ArrayLike,
    units: npt.ArrayLike,
    periods: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    controls: npt.ArrayLike | None = None,
) -> Estimate:
    """The same as an estimate of the effect of one start for all who start.

    Refused below 8 units, and when nobody is untreated; `FEW_UNITS` below 40, where clustered standard errors
    are too small. Raises `KernelError` with different starts, and as `two_way_table` does.
    """
    fit = two_way_table(outcome, treatment, units, periods, weights=weights, controls=controls)
    treated, unit, period = np.asarray(treatment) > 0, np.asarray(units), np.asarray(periods)
    starters = np.unique(unit[treated])
    if len({period[treated & (unit == each)].min() for each in starters}) > 1:
        raise KernelError("with different starts this is no estimate of an effect: use staggered_effect")
    count = np.unique(unit).size
    bare = Estimate(
        Design.DIFFERENCE,
        Method.CLUSTER_ROBUST,
        float(fit.coefficients[0]),
        starters.size,
        count - starters.size,
    )
    rules = (
        (Refusal.TOO_FEW_UNITS, count < LEAST_UNITS),
        (Refusal.NO_COMPARISON, starters.size == count),
    )
    few = (Caution.FEW_UNITS,) if count < ENOUGH else ()
    found = by_t(bare, float(fit.standard_errors[0]), float(fit.degrees))
    return found.refused(*(why for why, holds in rules if holds)).warned(Caution.NO_RANDOMISATION, *few)


def _dummies(period: npt.NDArray[np.generic], strata: npt.NDArray[np.generic] | None) -> Floats:
    """A column for each period but the first; with strata, for each of them in each period but the first."""
    later = np.unique(period)[1:]
    columns = [(period == each).astype(np.float64) for each in later]
    if strata is not None:
        kinds = np.unique(strata)
        columns = [column * (strata == kind) for column in columns for kind in kinds]
    return np.column_stack(columns)
