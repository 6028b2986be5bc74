"""Two who are placed together: their joint list, what blocks, and what an outcome with them has to meet.

A link has a joint list of pairs of places, best first; none for both comes after the last. A link blocks with
a choice that stands higher than what it has when the programmes would take the two beside those they have,
the two having left their places first; for the same programme it must take both at once (Kojima, Pathak &
Roth 2013; McDermid & Manlove 2010 count the places in the same way). The others block as always.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from styrfart.kernel.errors import KernelError
from styrfart.kernel.matching.checking import blocking_pairs
from styrfart.kernel.matching.market import Market
from styrfart.kernel.matching.results import BlockingPair, LinkBlocks

Choice = tuple[int | None, int | None]


@dataclass(frozen=True)
class Link:
    """Two applicants and their joint list: programmes for the first and the second, best first.

    None in a choice is no place for that one. Each programme stands in that one's own list in the market,
    which gives its rank; the own list says nothing more.
    """

    first: int
    second: int
    choices: tuple[Choice, ...]


def joint(market: Market, first: int, second: int, *, allowed: Collection[tuple[int, int]]) -> Link:
    """The link whose joint list is each allowed pair that both have in their lists, the best for both first.

    Order: least sum of ranks, then the least worst rank, then the first's rank. `allowed`: pairs of
    programmes that go together, as places in the same town or the same weeks.
    """
    pairs = [
        (one + other, max(one, other), one, (programme, its))
        for one, programme in enumerate(market.choices[first])
        for other, its in enumerate(market.choices[second])
        if (programme, its) in allowed
    ]
    return Link(first, second, tuple(each[-1] for each in sorted(pairs)))


def together(market: Market, first: int, second: int) -> Link:
    """The link of two who must have the same programme."""
    return joint(market, first, second, allowed={(each, each) for each in market.choices[first]})


def chosen(market: Market, programme: int, among: Iterable[int]) -> tuple[int, ...]:
    """Whom the programme takes among these: in its order, within its capacity and its ceilings."""
    taken: list[int] = []
    share: dict[int, int] = {}
    for _, each in sorted((market.standing(each, programme), each) for each in among):
        department = market.departments[each]
        if market.standing(each, programme) < 0 or len(taken) >= market.capacities[programme]:
            continue
        if market.ceilings is not None and share.get(department, 0) >= market.ceilings[programme][department]:
            continue
        share[department] = share.get(department, 0) + 1
        taken.append(each)
    return tuple(taken)


def would_have(market: Market, link: Link, choice: Choice, held: Sequence[Collection[int]]) -> bool:
    """Whether the programmes, with those they hold, would take the two as in `choice`."""
    programme, its = choice
    pair = {link.first, link.second}
    if programme == its and programme is not None:
        return pair <= set(chosen(market, programme, set(held[programme]) | pair))
    return all(
        where is None or each in chosen(market, where, (set(held[where]) - pair) | {each})
        for each, where in ((link.first, programme), (link.second, its))
    )


def would_join(market: Market, link: Link, choice: Choice, held: Sequence[Collection[int]]) -> bool:
    """Whether the programmes would take the two beside those they hold, nobody having left a place."""
    programme, its = choice
    pair = {link.first, link.second}
    if programme == its and programme is not None:
        return pair <= set(chosen(market, programme, set(held[programme]) | pair))
    return all(
        where is None or each in chosen(market, where, {*held[where], each})
        for each, where in ((link.first, programme), (link.second, its))
    )


def held_by(market: Market, places: Sequence[int | None]) -> list[set[int]]:
    """Who is at each programme."""
    held: list[set[int]] = [set() for _ in market.capacities]
    for applicant, programme in enumerate(places):
        if programme is not None:
            held[programme].add(applicant)
    return held


def check_links(market: Market, links: Sequence[Link]) -> None:
    """Raises `KernelError` for somebody in two links, a choice twice, or a programme outside the own list."""
    people = [each for link in links for each in (link.first, link.second)]
    if len(set(people)) != len(people) or not set(people) <= set(range(len(market.choices))):
        raise KernelError("a link is of two applicants, and nobody is in two links")
    for link in links:
        if len(set(link.choices)) != len(link.choices) or (None, None) in link.choices:
            raise KernelError("a joint list has each choice once, and at least one place in each")
        for one, other in link.choices:
            if one not in (None, *market.choices[link.first]) or other not in (
                None,
                *market.choices[link.second],
            ):
                raise KernelError("a joint list has programmes of the own lists")


def choice_of(link: Link, places: Sequence[int | None]) -> int:
    """Which choice of the joint list the two have; the list's length when neither has a place.

    Raises `KernelError` for places that are not in the joint list.
    """
    has = (places[link.first], places[link.second])
    if has == (None, None):
        return len(link.choices)
    if has not in link.choices:
        raise KernelError("a link has places that are not in its joint list")
    return link.choices.index(has)


def linked_blocking(
    market: Market, links: Sequence[Link], places: Sequence[int | None]
) -> tuple[tuple[BlockingPair, ...], tuple[LinkBlocks, ...]]:
    """Every pair of an applicant without a link and a programme that blocks, and every link with a choice.

    Raises `KernelError` when the places break a rule.
    """
    linked = {each for link in links for each in (link.first, link.second)}
    pairs = tuple(each for each in blocking_pairs(market, places) if each.applicant not in linked)
    held = held_by(market, places)
    return pairs, tuple(
        LinkBlocks(index, better)
        for index, link in enumerate(links)
        for better in range(choice_of(link, places))
        if would_have(market, link, link.choices[better], held)
    )
