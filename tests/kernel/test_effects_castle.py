"""Two-way regression against the published table of Cheng and Hoekstra (2013)."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from styrfart.kernel.effects.two_way import two_way_effect, two_way_table
from styrfart.kernel.effects.values import Caution, Refusal
from styrfart.kernel.errors import KernelError
from tests.kernel.stata import read_stata

FILE = Path(__file__).parents[2].parent / "shared" / "data" / "castle" / "castle.dta"
Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
REGIONS = ("northeast", "midwest", "south", "west")
CONTROLS = (
    "l_police", "unemployrt", "poverty", "l_income", "l_prisoner", "l_lagprisoner", "blackm_15_24",
    "whitem_15_24", "blackm_25_44", "whitem_25_44", "l_exp_subsidy", "l_exp_pubwelfare",
)  # fmt: skip


@pytest.mark.skipif(not FILE.is_file(), reason="castle.dta of Cheng and Hoekstra is not here")
# J. Human Resources 48(3), table 5, log homicide weighted by population: effects of unit and year; of unit
# and region by year; and with controls. K is 1 + 11 year effects (12), then 41 + 1, then 53 + 1.
@pytest.mark.parametrize(
    ("has_regions", "has_controls", "effect", "error", "counted"),
    [
        (False, False, 0.0801, 0.0342, 12),
        (True, False, 0.0946, 0.0279, 42),
        (True, True, 0.0937, 0.0290, 54),
    ],
)
def test_the_published_table_of_castle_laws(
    has_regions: bool, has_controls: bool, effect: float, error: float, counted: int
) -> None:
    data = {name: np.array(column) for name, column in read_stata(FILE).items()}
    region = np.stack([data[name] for name in REGIONS]).argmax(axis=0)

    fit = two_way_table(
        data["l_homicide"],
        data["cdl"],
        data["sid"],
        data["year"],
        weights=data["popwt"],
        controls=np.column_stack([data[name] for name in CONTROLS]) if has_controls else None,
        strata=region if has_regions else None,
    )

    assert fit.coefficients[0] == pytest.approx(effect, abs=1e-4)
    assert fit.standard_errors[0] == pytest.approx(error, abs=1e-4)
    assert (fit.observations, fit.degrees, fit.parameters) == (550, 49, counted)


@pytest.mark.skipif(not FILE.is_file(), reason="castle.dta of Cheng and Hoekstra is not here")
def test_a_stata_file_is_read_as_it_is() -> None:
    data = read_stata(FILE)

    assert (len(data), len(data["state"]), data["state"][0]) == (185, 550, "Alabama")
    assert data["year"][:3] == [2000.0, 2001.0, 2002.0]
    # Missing where a state never had such a law: 29 of 50 states in 11 years.
    assert sum(each != each for each in data["effyear"]) == 29 * 11


def panel(starts: list[int], periods: int = 4) -> tuple[Integers, Integers, Floats]:
    unit = np.repeat(np.arange(len(starts)), periods)
    period = np.tile(np.arange(periods), len(starts))
    return unit, period, (period >= np.repeat(starts, periods)).astype(float)


def test_one_start_for_all_is_the_difference_of_the_changes() -> None:
    unit, period, treated = panel([2] * 5 + [9] * 5)
    outcome = np.random.default_rng(1).normal(size=unit.size)
    table = outcome.reshape(10, 4)
    change = table[:, 2:].mean(axis=1) - table[:, :2].mean(axis=1)

    found = two_way_effect(outcome, treated, unit, period)

    assert found.effect == pytest.approx(change[:5].mean() - change[5:].mean(), abs=1e-12)
    assert (found.treated, found.compared, found.refusals) == (5, 5, ())
    assert found.cautions == (Caution.NO_RANDOMISATION, Caution.FEW_UNITS)


def test_with_different_starts_it_is_no_estimate() -> None:
    unit, period, treated = panel([1, 2, 2, 3, 9, 9, 9, 9])
    outcome = np.random.default_rng(1).normal(size=unit.size)

    with pytest.raises(KernelError, match="staggered_effect"):
        two_way_effect(outcome, treated, unit, period)


def test_few_units_or_nobody_to_compare_with_are_refused() -> None:
    unit, period, treated = panel([2, 2, 9, 9])
    few = two_way_effect(np.random.default_rng(1).normal(size=unit.size), treated, unit, period)

    assert few.refusals == (Refusal.TOO_FEW_UNITS,)
    assert (few.p, few.intervals) == (None, ())


def test_two_way_can_be_negative_when_every_effect_is_positive() -> None:
    # Two groups, starts 1 and 3 of 5 periods, nobody without; the effect is 1, 4, 9, 16 …
    # Late starters are compared with early ones whose effect still grows: that is why it is refused.
    starts = np.repeat([1, 3], 10)
    unit, period, treated = panel([int(each) for each in starts], periods=5)
    since = period - starts[unit] + 1
    outcome = np.where(treated > 0, since**2, 0.0) + np.random.default_rng(2).normal(size=unit.size) * 1e-6

    assert two_way_table(outcome, treated, unit, period).coefficients[0] < 0
