"""Deferred acceptance and one lottery: published and hand-worked examples, and every stable matching."""

import pytest

from styrfart.kernel.matching import Method, Side, blocking_pairs, deferred_acceptance, market, one_lottery
from tests.kernel.test_matching_market import every_matching, random_market


def test_the_example_of_gale_and_shapley() -> None:
    # American Mathematical Monthly 69 (1962), example 1: α A B C, β B C A, γ C A B; A β γ α, B γ α β,
    # C α β γ. Each side that proposes gets its first choices; in the third stable set all have their second.
    given = market(
        [[0, 1, 2], [1, 2, 0], [2, 0, 1]],
        [1, 1, 1],
        draw=[0, 1, 2],
        priorities=[[[1], [2], [0]], [[2], [0], [1]], [[0], [1], [2]]],
    )

    assert deferred_acceptance(given).places == (0, 1, 2)
    assert deferred_acceptance(given, proposing=Side.PROGRAMMES).places == (2, 0, 1)
    assert {each for each in every_matching(given) if not blocking_pairs(given, each)} == {
        (0, 1, 2),
        (1, 2, 0),
        (2, 0, 1),
    }


def test_a_ceiling_lets_another_department_in() -> None:
    # Two places, the order 0, 1, 2, 3; 0-2 are of department 0, and at most one of a department. All apply.
    # 0 is taken, 1 and 2 meet the ceiling, 3 has the second place. Without the ceiling: 0 and 1.
    line = [[[0], [1], [2], [3]]]
    with_ceiling = market(
        [[0]] * 4, [2], draw=[0, 1, 2, 3], priorities=line, departments=[0, 0, 0, 1], ceilings=[1]
    )
    without = market([[0]] * 4, [2], draw=[0, 1, 2, 3], priorities=line)

    for side in Side:
        assert deferred_acceptance(with_ceiling, proposing=side).places == (0, None, None, 0)
        assert deferred_acceptance(without, proposing=side).places == (0, 0, None, None)


def test_one_lottery_by_hand() -> None:
    # The draw 2, 0, 1, 3; places 1 and 2. 2 takes A; 0 wants A, takes B; 1 wants A only: none; 3 takes B.
    given = market([[0, 1], [0], [0, 1], [1]], [1, 2], draw=[2, 0, 1, 3])

    found = one_lottery(given)

    assert found.places == (1, None, 0, 1)
    assert found.ranks == (2, None, 1, 1)
    assert found.method is Method.ONE_LOTTERY


def test_the_lottery_looks_past_priorities_but_not_past_who_is_taken_at_all() -> None:
    # 0 draws first. Programme 0 does not take 0; programme 1 puts 1 first: 1 and programme 1 block.
    given = market([[0, 1], [1, 0]], [1, 1], draw=[0, 1], priorities=[[[1]], [[1], [0]]])

    found = one_lottery(given)

    assert found.places == (1, 0)
    assert [(each.applicant, each.programme) for each in found.blocking] == [(1, 1)]
    assert deferred_acceptance(given).places == (None, 1)


@pytest.mark.parametrize("ceilings", [False, True])
@pytest.mark.parametrize("seed", range(40))
def test_it_is_the_best_of_all_stable_matchings_for_those_who_propose(seed: int, ceilings: bool) -> None:
    given = random_market(seed, people=5, programmes=3, ceilings=ceilings)
    stable = [each for each in every_matching(given) if not blocking_pairs(given, each)]

    def ranks(places: tuple[int | None, ...]) -> list[int]:
        return [given.rank(each, programme) or 9 for each, programme in enumerate(places)]

    by_person = list(zip(*map(ranks, stable), strict=True))
    assert ranks(deferred_acceptance(given).places) == [min(each) for each in by_person]
    assert ranks(deferred_acceptance(given, proposing=Side.PROGRAMMES).places) == [
        max(each) for each in by_person
    ]


@pytest.mark.parametrize("seed", range(40))
def test_every_stable_matching_places_the_same_people_and_fills_the_same_places(seed: int) -> None:
    # Rural hospitals (Roth 1986; with ceilings Hatfield & Milgrom 2005, theorem 8).
    given = random_market(seed, people=5, programmes=3, ceilings=True)
    stable = [each for each in every_matching(given) if not blocking_pairs(given, each)]

    assert len({tuple(place is None for place in each) for each in stable}) == 1
    assert len({tuple(each.count(programme) for programme in range(3)) for each in stable}) == 1


@pytest.mark.parametrize("seed", range(20))
def test_without_priorities_deferred_acceptance_is_the_one_lottery(seed: int) -> None:
    strict = random_market(seed, people=8, programmes=4, ceilings=True)
    given = market(
        strict.choices,
        strict.capacities,
        draw=strict.draw,
        departments=strict.departments,
        ceilings=strict.ceilings,
    )

    assert deferred_acceptance(given).places == one_lottery(given).places
    assert deferred_acceptance(given, proposing=Side.PROGRAMMES).places == one_lottery(given).places


def test_nobody_applies_or_there_are_no_places() -> None:
    assert deferred_acceptance(market([], [1], draw=[])).places == ()
    empty = market([[], [0]], [0], draw=[0, 1])
    for side in Side:
        assert deferred_acceptance(empty, proposing=side).places == (None, None)
    assert one_lottery(empty).places == (None, None)
    assert deferred_acceptance(empty).blocking == ()
