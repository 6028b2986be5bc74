"""Check a refusal: that each choice is ruled out rightly and that no way to place the linked is left.

Nothing of the search's two engines is used: here proposals and offers go in rounds by the programmes' choice
itself (Gale & Shapley 1962; Fleiner 2003). Only the list of stable matchings when every link is settled,
which ceilings alone need, is the search's.
"""

from collections.abc import Sequence

from styrfart.kernel.matching.link_search import (
    Left,
    can_have,
    choice_at,
    placed_as,
    places_of,
    stable_matchings,
    stand_ins,
    sure_of,
    without,
)
from styrfart.kernel.matching.linked import Link, chosen, linked_blocking
from styrfart.kernel.matching.market import Market
from styrfart.kernel.matching.results import Refuted, Refutes, RuledOut

Held = list[set[int]]


def is_proof(market: Market, links: Sequence[Link], refutation: Refuted) -> bool:
    """Whether `refutation` proves that no matching is stable with these links."""
    return _is_refuted(market, links, [range(len(link.choices) + 1) for link in links], refutation)


def _is_refuted(market: Market, links: Sequence[Link], left: Left, refuted: Refuted) -> bool:
    for ruled in refuted.rounds:
        if not _holds(market, links, left, ruled):
            return False
        left = without(left, ruled)
    if not all(left):
        return True
    if refuted.split is None:
        return all(len(those) == 1 for those in left) and _each_is_blocked(market, links, left)
    split = refuted.split
    if not 0 <= split < len(left) or len(refuted.cases) != len(left[split]):
        return False
    return all(
        _is_refuted(market, links, [*left[:split], (choice,), *left[split + 1 :]], case)
        for choice, case in zip(left[split], refuted.cases, strict=True)
    )


def _holds(market: Market, links: Sequence[Link], left: Left, ruled: Sequence[RuledOut]) -> bool:
    least, most = _proposals(market, links, left), _offers(market, links, left)
    for each in ruled:
        if not 0 <= each.link < len(links):
            return False
        link, those = links[each.link], left[each.link]
        if each.why is Refutes.NOT_TAKEN:
            holds = not can_have(market, link, each.choice, least, is_settled=len(those) == 1)
        else:
            better = sure_of(market, link, those, most)
            holds = better is not None and better < each.choice and each.better == better
        if not holds:
            return False
    return True


def _unlinked(market: Market, links: Sequence[Link]) -> list[int]:
    linked = {each for link in links for each in (link.first, link.second)}
    return [each for each in range(len(market.choices)) if each not in linked]


def _proposals(market: Market, links: Sequence[Link], left: Left) -> Held:
    """Whom each programme holds when the unlinked and the settled propose, all at once in each round."""
    lists = {each: list(market.choices[each]) for each in _unlinked(market, links)}
    for link, those in zip(links, left, strict=True):
        for applicant, programme in stand_ins(link, those if len(those) == 1 else ()):
            lists[applicant] = [programme]
    while True:
        asked: Held = [set() for _ in market.capacities]
        for applicant, those_left in lists.items():
            if those_left:
                asked[those_left[0]].add(applicant)
        held = [set(chosen(market, programme, each)) for programme, each in enumerate(asked)]
        if held == asked:
            return held
        for programme, each in enumerate(asked):
            for applicant in each - held[programme]:
                lists[applicant].pop(0)


def _offers(market: Market, links: Sequence[Link], left: Left) -> Held:
    """Whom each programme holds when programmes offer to whom they would take of those who have not declined.

    Whoever is unlinked keeps the best offer and declines the rest; all that is left to a link is accepted.
    """
    unlinked = _unlinked(market, links)
    open_to: Held = [set() for _ in market.capacities]
    for applicant in unlinked:
        for programme in market.choices[applicant]:
            open_to[programme].add(applicant)
    for link, those in zip(links, left, strict=True):
        for applicant, programme in stand_ins(link, those):
            open_to[programme].add(applicant)
    while True:
        offers = [set(chosen(market, programme, each)) for programme, each in enumerate(open_to)]
        declined = False
        for applicant in unlinked:
            offering = [each for each in market.choices[applicant] if applicant in offers[each]]
            for programme in offering[1:]:
                open_to[programme].discard(applicant)
                declined = True
        if not declined:
            return offers


def _each_is_blocked(market: Market, links: Sequence[Link], left: Left) -> bool:
    agents = placed_as(market, links, left, all_apply=False)
    for places in stable_matchings(agents):
        found = places_of(market, agents, places)
        as_said = all(
            (found[link.first], found[link.second]) == choice_at(link, choice)
            for link, (choice,) in zip(links, left, strict=True)
        )
        if as_said and linked_blocking(market, links, found) == ((), ()):
            return False
    return True
