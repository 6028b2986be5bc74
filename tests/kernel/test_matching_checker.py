"""The checker: rules broken, blocking pairs by their definition, and the reasons given to a person."""

import pytest

from styrfart.kernel.errors import KernelError
from styrfart.kernel.matching import (
    BlockingPair,
    Blocks,
    Breach,
    Market,
    Why,
    blocking_pairs,
    breaches,
    compare,
    deferred_acceptance,
    least_ranks,
    market,
    one_lottery,
    why_not,
)
from tests.kernel.test_matching_market import Places, every_matching, random_market


def by_definition(given: Market, places: Places) -> list[tuple[int, int]]:
    """Who would rather be at a programme that, by its order and within its limits, would take that one."""
    found = []
    for applicant, chosen in enumerate(given.choices):
        has = places[applicant]
        for programme in chosen if has is None else chosen[: chosen.index(has)]:
            among = [each for each, place in enumerate(places) if place == programme] + [applicant]
            taken: list[int] = []
            for _, each in sorted((given.standing(each, programme), each) for each in among):
                own = [one for one in taken if given.departments[one] == given.departments[each]]
                limit = None if given.ceilings is None else given.ceilings[programme][given.departments[each]]
                if given.standing(each, programme) < 0 or len(taken) == given.capacities[programme]:
                    continue
                if limit is None or len(own) < limit:
                    taken.append(each)
            if applicant in taken:
                found.append((applicant, programme))
    return found


@pytest.mark.parametrize("ceilings", [False, True])
@pytest.mark.parametrize("seed", range(15))
def test_blocking_pairs_are_those_of_the_definition(seed: int, ceilings: bool) -> None:
    given = random_market(seed, people=4, programmes=3, ceilings=ceilings)

    for places in every_matching(given):
        found = [(each.applicant, each.programme) for each in blocking_pairs(given, places)]
        assert found == by_definition(given, places)


def test_the_three_ways_to_block() -> None:
    # A has two places and takes at most one of a department: 0 and 1 are of department 0, 2 and 3 of 1.
    # Order everywhere 0, 1, 2, 3. B has one place, C one.
    given = market(
        [[0, 1], [0], [1, 0], [2]],
        [2, 1, 1],
        draw=[0, 1, 2, 3],
        departments=[0, 0, 1, 1],
        ceilings=[1, 2, 2],
    )

    # 0 stands before 1, of the same department in A. 2 would rather have B, but 0 who is there stands before.
    # 3 could have C, which is free.
    assert blocking_pairs(given, (1, 0, 0, None)) == (
        BlockingPair(0, 0, Blocks.BEFORE_SOMEBODY_OF_OWN, 1),
        BlockingPair(3, 2, Blocks.FREE_PLACE, None),
    )


def test_a_full_programme_is_blocked_over_its_last() -> None:
    given = market([[0], [0], [0]], [2], draw=[0, 1, 2])

    assert blocking_pairs(given, (None, 0, 0)) == (BlockingPair(0, 0, Blocks.BEFORE_SOMEBODY, 2),)


def test_each_rule_that_places_can_break() -> None:
    given = market(
        [[0], [0], [0, 1]], [1, 1], draw=[0, 1, 2], departments=[0, 0, 1], ceilings=[1, 0],
        priorities=[[[0, 1]], [[2]]],
    )  # fmt: skip

    assert breaches(given, (0, 0, None)) == ((Breach.OVER_CAPACITY, 0), (Breach.OVER_CEILING, 0))
    assert breaches(given, (1, None, 0)) == (
        (Breach.NOT_CHOSEN, 0),
        (Breach.NOT_ACCEPTED, 2),
        (Breach.OVER_CEILING, 1),
    )
    assert breaches(given, (0, None, None)) == ()
    with pytest.raises(KernelError):
        blocking_pairs(given, (0, 0, None))
    with pytest.raises(KernelError):
        breaches(given, (0,))


def test_why_somebody_did_not_get_it() -> None:
    # 0 first, 2 of 0's department third. A: one place, 0 has it. B: two places, one of a department: 0's
    # colleague 3 stands before 2. C does not take 2. D is free.
    given = market(
        [[0], [1, 0], [0, 1, 2, 3], [1]],
        [1, 2, 1, 1],
        draw=[0, 1, 3, 2],
        departments=[0, 1, 0, 0],
        ceilings=[1, 1, 1, 1],
        priorities=[[[0, 1, 2, 3]], [[0, 1, 2, 3]], [[0]], [[2]]],
    )

    assert deferred_acceptance(given).places == (0, 1, 3, 1)
    assert why_not(given, (0, 1, 3, 1), 2) == ((0, Why.CEILING), (1, Why.CEILING), (2, Why.NOT_ACCEPTED))
    assert why_not(given, (0, 1, None, 1), 2)[-1] == (3, Why.OTHERS_NEEDED_IT)
    assert why_not(given, (0, 1, 3, 1), 0) == ()


def test_without_ceilings_a_programme_is_full() -> None:
    assert why_not(market([[0], [0]], [1], draw=[0, 1]), (0, None), 1) == ((0, Why.FULL),)


def test_the_alternatives_side_by_side() -> None:
    # One place in A, B, C. 0: A B C, 1: A, 2: B. Draw 0, 1, 2, the priorities too.
    # Stable and lottery: 0 has A, 2 has B, 1 none: ranks 1, 1. Least ranks: 0 C (3), 1 A, 2 B: ranks 3, 1, 1;
    # 0 blocks with A (before 1) and with B (before 2).
    given = market([[0, 1, 2], [0], [1]], [1, 1, 1], draw=[0, 1, 2])

    stable, drawn, least = compare(given, deferred_acceptance(given), one_lottery(given), least_ranks(given))

    assert (stable.placed, stable.by_rank, stable.median, stable.mean, stable.worst) == (
        2,
        (2, 0, 0),
        1,
        1,
        1,
    )
    assert (drawn.placed, drawn.blocking) == (2, 0)
    assert (least.applicants, least.placed, least.by_rank) == (3, 3, (2, 0, 1))
    assert (least.median, least.mean, least.worst, least.squares, least.blocking) == (1, 5 / 3, 3, 11, 2)


def test_the_median_of_an_even_number_lies_between() -> None:
    given = market([[0], [0, 1]], [1, 1], draw=[0, 1])

    (found,) = compare(given, one_lottery(given))

    assert found.median == 1.5


def test_the_summary_of_nobody_placed() -> None:
    given = market([[0]], [0], draw=[0])

    (found,) = compare(given, one_lottery(given))

    assert (found.placed, found.median, found.mean, found.worst, found.by_rank) == (0, None, None, None, (0,))
