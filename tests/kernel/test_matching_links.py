"""Two who are placed together: stable matchings against every matching, and refusals that are proofs."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from styrfart.kernel.errors import KernelError
from styrfart.kernel.matching import (
    FoundBy,
    Link,
    LinkBlocks,
    Links,
    Market,
    Matching,
    Refuted,
    Refutes,
    RuledOut,
    deferred_acceptance,
    is_proof,
    joint,
    linked_blocking,
    market,
    together,
    with_links,
)
from styrfart.kernel.matching.link_search import Search
from tests.kernel.test_matching_market import Places, every_matching, random_market


def no_stable() -> tuple[Market, Link]:
    """The pair 0, 1 wants A for 0 and B for 1, or nothing; 2 wants A, then B. A puts 0 before 2; B puts 2
    before 1. One place each (the smallest of its kind; Roth 1984 gave the first).
    """
    given = market([[0], [1], [0, 1]], [1, 1], draw=[0, 1, 2], priorities=[[[0], [2]], [[2], [1]]])
    return given, Link(0, 1, ((0, 1),))


def stable(given: Market, links: list[Link]) -> list[Places]:
    """Every stable matching, by trying all."""
    return [
        each
        for each in every_matching(given)
        if all((each[link.first], each[link.second]) in (*link.choices, (None, None)) for link in links)
        and linked_blocking(given, links, each) == ((), ())
    ]


def random_link(given: Market, first: int, second: int, rng: np.random.Generator) -> Link:
    pairs = list(itertools.product((None, *given.choices[first]), (None, *given.choices[second])))[1:]
    keep = rng.permutation(len(pairs))[: rng.integers(1, 6)]
    return Link(first, second, tuple(pairs[each] for each in keep))


def case(seed: int) -> tuple[Market, list[Link]]:
    """Five or six people, one or two links, ceilings every other time."""
    rng = np.random.default_rng(seed)
    given = random_market(seed, people=5 + seed % 2, programmes=3, ceilings=seed % 4 > 1)
    links = [random_link(given, 0, 1, rng)]
    if seed % 3:
        links.append(random_link(given, 2, 3, rng))
    return given, links


def test_the_smallest_case_without_a_stable_matching() -> None:
    # Pair placed: 2 has none, and comes before 1 in B. Pair not placed: 2 has A (else 2 takes it), and then
    # A would rather have 0 while B is free for 1.
    given, link = no_stable()
    assert stable(given, [link]) == []

    found = with_links(given, [link])

    assert (found.verdict, found.matching) == (Links.NONE_EXISTS, None)
    not_taken = RuledOut(0, 0, Refutes.NOT_TAKEN, None)
    would_leave = RuledOut(0, 1, Refutes.WOULD_LEAVE, 0)
    assert found.refutation == Refuted(
        (), 0, (Refuted(((not_taken,),), None, ()), Refuted(((would_leave,),), None, ()))
    )
    assert is_proof(given, [link], found.refutation)
    assert found.enough_to_release == (0,)


def test_with_another_place_it_is_stable() -> None:
    given, link = no_stable()

    found = with_links(replace(given, capacities=(1, 2)), [link])

    assert (found.verdict, found.found_by) == (Links.STABLE, FoundBy.FIXED_POINT)
    assert found.matching is not None
    assert (found.matching.places, found.matching.ranks) == ((0, 1, 1), (1, 1, 2))


def test_two_who_must_have_the_same_programme() -> None:
    # 0: A B C, 1: C A. Together in A (ranks 1 + 2 = 3) or in C (3 + 1 = 4). A has one place, C two.
    given = market([[0, 1, 2], [2, 0]], [1, 1, 2], draw=[0, 1])
    link = together(given, 0, 1)
    assert link.choices == ((0, 0), (2, 2))

    found = with_links(given, [link])

    assert found.matching is not None
    assert found.matching.places == (2, 2)


def test_two_who_must_have_places_that_go_together() -> None:
    # 0: A B, 1: B C. A goes with C, B with B. (A, C) and (B, B): ranks 1 + 2 and 2 + 1, the worst 2 in both,
    # so that the first's rank decides: (A, C).
    given = market([[0, 1], [1, 2]], [1, 2, 1], draw=[0, 1])

    assert joint(given, 0, 1, allowed={(0, 2), (1, 1)}).choices == ((0, 2), (1, 1))


def test_a_pair_in_one_programme_must_both_be_among_its_best() -> None:
    # One programme with two places, order 0, 2, 1. The pair 0, 1 wants both: 2 stands before 1, so no.
    given = market([[0], [0], [0]], [2], draw=[0, 2, 1])

    found = with_links(given, [together(given, 0, 1)])

    assert found.matching is not None
    assert found.matching.places == (None, None, 0)


def test_who_leaves_makes_room_for_the_other() -> None:
    # The pair has (A, B) and would rather have (B, A): each takes the other's place, and that blocks.
    given = market([[0, 1], [0, 1]], [1, 1], draw=[0, 1])
    link = Link(0, 1, ((1, 0), (0, 1)))

    assert linked_blocking(given, [link], (0, 1)) == ((), (LinkBlocks(0, 0),))
    assert linked_blocking(given, [link], (1, 0)) == ((), ())


@pytest.mark.parametrize("seed", range(160))
def test_there_is_a_stable_matching_exactly_when_one_is_found(seed: int) -> None:
    given, links = case(seed)
    every = stable(given, links)

    found = with_links(given, links)
    searched = Search(given, links, 100_000).run()

    assert (found.verdict is Links.STABLE, isinstance(searched, list)) == (bool(every), bool(every))
    if every:
        assert found.matching is not None
        assert isinstance(searched, list)
        assert {found.matching.places, tuple(searched)} <= set(every)
    else:
        assert found.refutation is not None
        assert is_proof(given, links, found.refutation)


def test_among_those_cases_are_all_kinds() -> None:
    found = [with_links(*case(seed)) for seed in range(300)]

    assert {each.verdict for each in found} == {Links.STABLE, Links.NONE_EXISTS}
    assert {each.found_by for each in found} == {FoundBy.FIXED_POINT, FoundBy.SEARCH, None}
    proofs = [each.refutation for each in found if each.refutation is not None]
    assert {each.why for one in proofs for each in rounds_of(one)} == set(Refutes)
    assert {one.split for one in proofs} >= {None, 0}


def rounds_of(refuted: Refuted) -> list[RuledOut]:
    """All that is ruled out, in the cases too."""
    own = [each for one in refuted.rounds for each in one]
    return own + [each for case in refuted.cases for each in rounds_of(case)]


def test_a_refusal_with_a_hole_or_a_false_reason_is_no_proof() -> None:
    given, link = no_stable()
    whole = with_links(given, [link]).refutation
    assert whole is not None
    kept = RuledOut(0, 0, Refutes.NOT_TAKEN, None)
    left = RuledOut(0, 1, Refutes.WOULD_LEAVE, 0)

    # By hand: tried with (A, B), 2 without a place takes B from 1; tried with nothing, the pair would get it.
    by_hand = Refuted((), 0, (Refuted(((kept,),), None, ()), Refuted(((left,),), None, ())))
    assert is_proof(given, [link], by_hand)
    assert not is_proof(replace(given, capacities=(1, 2)), [link], by_hand)
    assert not is_proof(replace(given, capacities=(1, 2)), [link], whole)
    for wrong in (
        Refuted((), None, ()),
        replace(by_hand, cases=by_hand.cases[:1]),
        replace(by_hand, cases=(by_hand.cases[1], by_hand.cases[0])),
        replace(by_hand, split=1),
        replace(by_hand, cases=(by_hand.cases[0], Refuted(((replace(left, better=None),),), None, ()))),
        replace(by_hand, cases=(by_hand.cases[0], Refuted(((replace(left, link=1),),), None, ()))),
        replace(
            by_hand, cases=(by_hand.cases[0], Refuted(((replace(left, why=Refutes.NOT_TAKEN),),), None, ()))
        ),
    ):
        assert not is_proof(given, [link], wrong)


def test_settled_links_are_refuted_only_if_each_stable_matching_is_blocked() -> None:
    given, link = no_stable()
    settled = Refuted((), 0, (Refuted((), None, ()), Refuted((), None, ())))

    assert is_proof(given, [link], settled)
    assert not is_proof(replace(given, capacities=(1, 2)), [link], settled)


def test_releasing_one_of_those_named_is_enough_and_of_the_others_not() -> None:
    seen = 0
    for seed in range(300):
        given, links = case(seed)
        found = with_links(given, links)
        if found.verdict is Links.NONE_EXISTS:
            seen += 1
            for index in range(len(links)):
                rest = [*links[:index], *links[index + 1 :]]
                assert (index in found.enough_to_release) == bool(stable(given, rest))
    assert seen > 5


def test_without_links_it_is_deferred_acceptance() -> None:
    given = random_market(3, people=6, programmes=3, ceilings=True)

    found = with_links(given, []).matching

    assert isinstance(found, Matching)
    assert found.places == deferred_acceptance(given).places


def test_a_search_that_is_stopped_claims_nothing() -> None:
    given, link = no_stable()

    found = with_links(given, [link], steps=1)

    assert (found.verdict, found.matching, found.refutation) == (Links.UNDECIDED, None, None)


@pytest.mark.parametrize(
    "links",
    [
        [Link(0, 0, ((0, 0),))],
        [Link(0, 9, ((0, 0),))],
        [Link(0, 1, ((0, 1),)), Link(1, 2, ((1, 0),))],
        [Link(0, 1, ((0, 1), (0, 1)))],
        [Link(0, 1, ((None, None),))],
        [Link(0, 1, ((1, 1),))],
        [Link(0, 1, ((0, 0),))],
    ],
)
def test_links_that_hang_together_badly_are_refused(links: list[Link]) -> None:
    with pytest.raises(KernelError):
        with_links(no_stable()[0], links)


def test_limits_are_at_least_one_and_places_are_in_the_joint_list() -> None:
    given, link = no_stable()

    with pytest.raises(KernelError):
        with_links(given, [link], steps=0)
    with pytest.raises(KernelError):
        linked_blocking(given, [link], (0, None, None))
