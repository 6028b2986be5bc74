"""Kolada's formula, and the structure of a scale."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.errors import KernelError
from styrfart.kernel.indices import HME, Scale, SubIndex, count, index_of, measure


def test_hme_is_computed_as_the_national_database_computes_it() -> None:
    # Kolada U00200 to U00203: item index = (mean - 1) x 25. Motivation (82.5 + 72.5 + 70.0) / 3 = 75.0.
    means = [4.3, 3.9, 3.8, 4.0, 4.3, 4.1, 4.2, 3.7, 4.4]

    found = dict(zip(HME.measures, index_of(means, scale=HME).round(2).tolist(), strict=True))

    assert found["hme_1"] == 82.5
    assert {key: found[key] for key in ("motivation", "leadership", "steering", "total")} == {
        "motivation": 75.0,
        "leadership": 78.33,
        "steering": 77.5,
        "total": 76.94,
    }


def test_the_total_is_the_mean_of_item_indices_and_not_of_people() -> None:
    # Two people: one answers only the first item (5), the other all three (1, 1, 1).
    # Item indices (50 + 0 + 0) / 3 = 16.67; the mean of the people's means would be (100 + 0) / 2 = 50.
    scale = Scale(items=("a", "b", "c"))

    found = measure(count([[5, -1, -1], [1, 1, 1]], [0, 0], scale=scale, number=1), scale=scale)

    assert found.of(0, "total").index == pytest.approx(50 / 3)


def test_the_total_weighs_items_and_not_sub_indices() -> None:
    # Indices 100, 0, 0 in sub-indices of one and two: the mean of three is 33.3, of the sub-indices 50.
    scale = Scale(items=("a", "b", "c"), sub_indices=(SubIndex("x", ("a",)), SubIndex("y", ("b", "c"))))

    assert index_of([5, 1, 1], scale=scale).tolist() == pytest.approx([100, 0, 0, 100, 0, 100 / 3])


def test_reversed_items_are_turned_round() -> None:
    scale = Scale(items=("a", "b"), lowest=0, highest=6, reversed_items=frozenset({"b"}))

    from_means = index_of([6, 6], scale=scale)
    from_people = measure(count([[6, 6]], [0], scale=scale, number=1), scale=scale).index[0]

    assert from_means.tolist() == from_people.tolist() == [100, 0, 50]


def test_hme_is_three_sub_indices_of_three_items() -> None:
    assert (HME.lowest, HME.highest, HME.reversed_items) == (1, 5, frozenset())
    assert [part.key for part in HME.sub_indices] == ["motivation", "leadership", "steering"]
    assert tuple(item for part in HME.sub_indices for item in part.items) == HME.items


@pytest.mark.parametrize(
    "wrong",
    [
        {"items": ()},
        {"items": ("a", "a")},
        {"items": ("total",)},
        {"items": ("a",), "lowest": 5},
        {"items": ("a",), "lowest": -1},
        {"items": ("a",), "reversed_items": frozenset({"b"})},
        {"items": ("a",), "sub_indices": (SubIndex("x", ("b",)),)},
        {"items": ("a",), "sub_indices": (SubIndex("a", ("a",)),)},
        {"items": ("a",), "sub_indices": (SubIndex("x", ()),)},
        {"items": ("a",), "sub_indices": (SubIndex("x", ("a", "a")),)},
    ],
)
def test_a_scale_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(KernelError):
        Scale(**wrong)  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize("means", [[4.0], [5.1] * 9, [0.9] * 9])
def test_means_that_cannot_be_are_refused(means: list[float]) -> None:
    with pytest.raises(KernelError):
        index_of(means, scale=HME)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_indices_from_people_are_the_formula_on_their_item_means(data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.lists(st.integers(1, 5), min_size=9, max_size=9), min_size=1, max_size=12))
    answers = np.array(rows)

    found = measure(count(answers, np.zeros(len(rows), int), scale=HME, number=1), scale=HME).index[0]

    assert found == pytest.approx(index_of(answers.mean(axis=0), scale=HME))
    assert found[-1] == pytest.approx(found[:9].mean())
