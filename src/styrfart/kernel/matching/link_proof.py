"""Check a refusal: that its refutations hold and leave no way to place the linked unlooked at.

Nothing of the search is used but the list of stable matchings for a complete placement, which only ceilings
need. Offers go in rounds by the programmes' choice itself: each programme offers to whom it would take of
those who have not declined, each unlinked applicant keeps the best and declines the rest (Fleiner 2003).
"""

from collections.abc import Iterator, Mapping, Sequence

from styrfart.kernel.matching.link_search import choice_at, is_taken, placed_as, places_of, stable_matchings
from styrfart.kernel.matching.linked import Link, chosen, linked_blocking, would_have
from styrfart.kernel.matching.market import Market
from styrfart.kernel.matching.results import Refuted, Refutes


def is_proof(market: Market, links: Sequence[Link], refutation: Sequence[Refuted]) -> bool:
    """Whether `refutation` proves that no matching is stable with these links."""
    by_prefix = {each.choices: each for each in refutation}
    return _covers(links, (), by_prefix) and all(_holds(market, links, each) for each in refutation)


def _covers(
    links: Sequence[Link], prefix: tuple[int, ...], by_prefix: Mapping[tuple[int, ...], Refuted]
) -> bool:
    if prefix in by_prefix:
        return True
    return len(prefix) < len(links) and all(
        _covers(links, (*prefix, choice), by_prefix) for choice in range(len(links[len(prefix)].choices) + 1)
    )


def _holds(market: Market, links: Sequence[Link], refuted: Refuted) -> bool:
    if refuted.why is Refutes.EACH_BLOCKED:
        return len(refuted.choices) == len(links) and _each_is_blocked(market, links, refuted.choices)
    if refuted.link is None or refuted.link >= len(refuted.choices):
        return False
    link, has = links[refuted.link], refuted.choices[refuted.link]
    if refuted.why is Refutes.NOT_TAKEN:
        return not is_taken(link, has, _rounds(market, links, refuted.choices, rest_apply=False))
    if refuted.better is None or not 0 <= refuted.better < has:
        return False
    if market.ceilings is not None and _takes_over(link, has, refuted.better):
        return False
    held = _rounds(market, links, refuted.choices, rest_apply=True)
    return would_have(market, link, link.choices[refuted.better], held)


def _takes_over(link: Link, has: int, better: int) -> bool:
    """Whether one of the two enters what the other leaves: then nothing can be concluded under ceilings."""
    old, new = choice_at(link, has), choice_at(link, better)
    return any(
        new[side] is not None and new[side] == old[1 - side] and new[1 - side] != old[1 - side]
        for side in (0, 1)
    )


def _rounds(
    market: Market, links: Sequence[Link], prefix: Sequence[int], *, rest_apply: bool
) -> list[set[int]]:
    """Whom each programme holds in the stable matching that is best for the programmes."""
    linked = {each for link in links for each in (link.first, link.second)}
    unlinked = [each for each in range(len(market.choices)) if each not in linked]
    open_to: list[set[int]] = [set() for _ in market.capacities]
    for applicant in unlinked:
        for programme in market.choices[applicant]:
            open_to[programme].add(applicant)
    for applicant, its in _stand_ins(links, prefix, rest_apply=rest_apply):
        open_to[its].add(applicant)
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


def _stand_ins(
    links: Sequence[Link], prefix: Sequence[int], *, rest_apply: bool
) -> Iterator[tuple[int, int]]:
    """Each place that one of the linked stands for, with the applicant."""
    for index, link in enumerate(links):
        later = link.choices if rest_apply else ()
        for choice in [choice_at(link, prefix[index])] if index < len(prefix) else later:
            for applicant, programme in zip((link.first, link.second), choice, strict=True):
                if programme is not None:
                    yield applicant, programme


def _each_is_blocked(market: Market, links: Sequence[Link], choices: Sequence[int]) -> bool:
    agents = placed_as(market, links, choices, rest_apply=False)
    for places in stable_matchings(agents):
        found = places_of(market, agents, places)
        as_said = all(
            (found[link.first], found[link.second]) == choice_at(link, choice)
            for link, choice in zip(links, choices, strict=True)
        )
        if as_said and linked_blocking(market, links, found) == ((), ()):
            return False
    return True
