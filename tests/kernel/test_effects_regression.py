"""Least squares against arithmetic, against other ways to solve it, and against a published table."""

import os
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.effects import Errors, least_squares
from styrfart.kernel.errors import KernelError

Floats = npt.NDArray[np.float64]
BESIDE = Path(__file__).parents[3] / "shared" / "data" / "card_krueger" / "public.dat"
FILE = Path(os.environ.get("STYRFART_CARD_KRUEGER", BESIDE))
# Where each is in a line of the file, by its codebook.
PLACES = {
    "chain": 1,
    "co_owned": 2,
    "state": 3,
    "empft": 11,
    "emppt": 12,
    "nmgrs": 13,
    "wage_st": 14,
    "status2": 28,
    "empft2": 31,
    "emppt2": 32,
    "nmgrs2": 33,
    "wage_st2": 34,
}
needs_the_survey = pytest.mark.skipif(
    not FILE.is_file(),
    reason="Card and Krueger's survey is not here: set STYRFART_CARD_KRUEGER to public.dat of njmin",
)


@cache
def survey() -> dict[str, Floats]:
    lines = [line.split() for line in FILE.read_text(encoding="ascii").splitlines()]
    table = np.array([[np.nan if cell == "." else float(cell) for cell in line] for line in lines])
    columns = {name: table[:, place] for name, place in PLACES.items()}
    for wave in ("", "2"):  # full-time equivalents: managers, full-time, and half of part-time
        columns[f"fte{wave}"] = (
            columns[f"empft{wave}"] + 0.5 * columns[f"emppt{wave}"] + columns[f"nmgrs{wave}"]
        )
    return columns


def test_a_line_through_four_points() -> None:
    # x 0 1 2 3, y 1 3 4 4: slope = Σ(x−1.5)(y−3)/5 = 5/5 = 1, constant 1.5; residuals −.5 .5 .5 −.5:
    # s² = 1/2; the slope's variance s²/5 = .1.
    fit = least_squares([1, 3, 4, 4], [[1, 0], [1, 1], [1, 2], [1, 3]])

    assert fit.coefficients == pytest.approx([1.5, 1.0])
    assert fit.residuals == pytest.approx([-0.5, 0.5, 0.5, -0.5])
    assert fit.standard_errors[1] ** 2 == pytest.approx(0.1)
    assert (fit.degrees, fit.parameters) == (2, 2)
    assert fit.r_squared == pytest.approx(1 - 1 / 6)


def sandwich(y: Floats, x: Floats, w: Floats, groups: npt.NDArray[np.int64], factor: float) -> Floats:
    bread = np.linalg.inv(x.T @ np.diag(w) @ x)
    left = y - x @ (bread @ x.T @ (w * y))
    middle = np.zeros((x.shape[1], x.shape[1]))
    for group in np.unique(groups):
        score = x[groups == group].T @ (w * left)[groups == group]
        middle += np.outer(score, score)
    found: Floats = factor * bread @ middle @ bread
    return found


@given(st.integers(0, 10_000), st.integers(12, 40), st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_coefficients_and_errors_are_those_of_the_textbook(seed: int, n: int, k: int) -> None:
    generator = np.random.default_rng(seed)
    x, y = generator.normal(size=(n, k)) * 10.0 ** generator.integers(-3, 4, size=k), generator.normal(size=n)
    w, groups = generator.uniform(0.5, 2, size=n), generator.integers(0, 5, size=n)
    groups[:2] = (0, 1)
    root = np.sqrt(w)
    oracle = np.linalg.lstsq(x * root[:, None], y * root, rcond=None)[0]
    count = len(np.unique(groups))

    iid = least_squares(y, x, weights=w)
    white = least_squares(y, x, weights=w, errors=Errors.HC1)
    clustered = least_squares(y, x, weights=w, clusters=groups, errors=Errors.CR1)

    assert iid.coefficients == pytest.approx(oracle, rel=1e-9)
    variance = (w * iid.residuals**2).sum() / (n - k)
    assert iid.covariance == pytest.approx(variance * np.linalg.inv((x.T * w) @ x), rel=1e-7)
    assert white.covariance == pytest.approx(sandwich(y, x, w, np.arange(n), n / (n - k)), rel=1e-7)
    factor = count / (count - 1) * (n - 1) / (n - k)
    assert clustered.covariance == pytest.approx(sandwich(y, x, w, groups, factor), rel=1e-7)
    assert clustered.degrees == count - 1


def test_absorbed_effects_are_the_same_as_dummies() -> None:
    generator = np.random.default_rng(5)
    units = np.repeat(np.arange(6), 7)
    x, y = generator.normal(size=(42, 2)), generator.normal(size=42)
    w = generator.uniform(1, 3, size=42)
    dummies = (units[:, None] == np.arange(6)).astype(float)

    swept = least_squares(y, x, weights=w, absorb=units)
    full = least_squares(y, np.column_stack([x, dummies]), weights=w)

    assert swept.coefficients == pytest.approx(full.coefficients[:2], rel=1e-12)
    assert swept.covariance == pytest.approx(full.covariance[:2, :2], rel=1e-10)
    assert swept.parameters == full.parameters == 8


def test_effects_within_clusters_count_as_one_parameter_and_others_as_many() -> None:
    generator = np.random.default_rng(6)
    units = np.repeat(np.arange(6), 7)
    x, y = generator.normal(size=(42, 2)), generator.normal(size=42)

    nested = least_squares(y, x, absorb=units, clusters=units // 2, errors=Errors.CR1)
    crossed = least_squares(y, x, absorb=np.tile(np.arange(7), 6), clusters=units, errors=Errors.CR1)
    told = least_squares(y, x, absorb=units, clusters=units // 2, errors=Errors.CR1, parameters=5)

    assert (nested.parameters, crossed.parameters, told.parameters) == (3, 9, 5)
    assert told.covariance * (42 - 5) == pytest.approx(nested.covariance * (42 - 3))


GOOD = ([1.0, 2.0, 4.0], [[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])


@pytest.mark.parametrize(
    ("outcome", "columns", "more"),
    [
        ([1.0, 2.0], GOOD[1], {}),
        ([1.0, 2.0, np.nan], GOOD[1], {}),
        (GOOD[0], [[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]], {}),  # the same column twice
        (GOOD[0], [[1.0, 0.0], [1.0, 0.0], [1.0, 0.0]], {}),
        (GOOD[0][:2], GOOD[1][:2], {}),  # as many parameters as observations
        (*GOOD, {"weights": [1.0, 0.0, 1.0]}),
        (*GOOD, {"weights": [1.0, 1.0]}),
        (*GOOD, {"errors": Errors.CR1}),
        (*GOOD, {"clusters": [0, 0, 1]}),
        (*GOOD, {"clusters": [0, 0, 0], "errors": Errors.CR1}),
        (*GOOD, {"clusters": [0, 1], "errors": Errors.CR1}),
        (*GOOD, {"absorb": [0, 0, 0]}),  # the constant is among the columns
    ],
)
def test_what_cannot_be_solved_is_refused(
    outcome: list[float], columns: list[list[float]], more: dict[str, object]
) -> None:
    with pytest.raises(KernelError):
        least_squares(outcome, columns, **more)  # type: ignore[arg-type]  # each is wrong on purpose


@needs_the_survey
def test_the_cells_of_card_and_krueger() -> None:
    """Card and Krueger 1994, Table 3, rows 1 and 2: 23.33 (1.35), 21.17 (.94); 20.44 (.51), 21.03 (.52)."""
    columns = survey()
    found = []
    for state in (0, 1):
        for wave in ("fte", "fte2"):
            values = columns[wave][(columns["state"] == state) & np.isfinite(columns[wave])]
            found += [values.mean(), values.std(ddof=1) / np.sqrt(values.size)]

    assert found == pytest.approx([23.33, 1.35, 21.17, 0.94, 20.44, 0.51, 21.03, 0.52], abs=0.005)
    assert found[6] - found[4] - (found[2] - found[0]) == pytest.approx(2.76, abs=0.01)


@needs_the_survey
def test_the_balanced_difference_of_card_and_krueger() -> None:
    """Table 3, row 4 (stores seen twice): 2.75 (1.34), the groups' variances apart."""
    columns = survey()
    change = columns["fte2"] - columns["fte"]
    groups = [change[(columns["state"] == state) & np.isfinite(change)] for state in (1, 0)]

    assert groups[0].mean() - groups[1].mean() == pytest.approx(2.75, abs=0.005)
    error = np.sqrt(sum(group.var(ddof=1) / group.size for group in groups))
    assert error == pytest.approx(1.34, abs=0.005)


@needs_the_survey
def test_the_regressions_of_card_and_krueger() -> None:
    """Table 4, models (i) and (ii), stores with employment and wages twice: 2.33 (1.19), 2.30 (1.20)."""
    columns = survey()
    change = columns["fte2"] - columns["fte"]
    wage = np.where(columns["status2"] == 3, 0.0, columns["wage_st2"])  # closed for good: no wage is missing
    kept = np.isfinite(change) & np.isfinite(columns["wage_st"]) & np.isfinite(wage)
    constant = np.ones(int(kept.sum()))
    chains = [columns["chain"][kept] == chain for chain in (1, 2, 3)]
    plain = np.column_stack([columns["state"][kept], constant])

    first = least_squares(change[kept], plain)
    second = least_squares(change[kept], np.column_stack([plain, *chains, columns["co_owned"][kept]]))

    assert first.observations == 357
    assert [first.coefficients[0], first.standard_errors[0]] == pytest.approx([2.33, 1.19], abs=0.005)
    assert [second.coefficients[0], second.standard_errors[0]] == pytest.approx([2.30, 1.20], abs=0.005)
