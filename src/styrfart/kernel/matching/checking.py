"""Is it a matching, and who blocks it: asked of the places alone, whatever method gave them.

A pair of an applicant and a programme blocks when the applicant would rather be there and the programme would
take the applicant beside those it has. With ceilings that means: while the department is below its ceiling,
a free place or somebody whosoever who stands after; once the department is at its ceiling, somebody of the
same department who stands after. Because the programmes' choices are substitutable, no pair blocking means
that no group of any size does (Roth & Sotomayor 1990; Hatfield & Milgrom 2005).
"""

from collections import Counter
from collections.abc import Sequence

from styrfart.kernel.errors import KernelError
from styrfart.kernel.matching.market import Market
from styrfart.kernel.matching.results import BlockingPair, Blocks, Breach, Why

Places = Sequence[int | None]


def breaches(market: Market, places: Places) -> tuple[tuple[Breach, int], ...]:
    """Each rule that the places break, with the applicant (the first two kinds) or the programme."""
    if len(places) != len(market.choices):
        raise KernelError("a place, or none, for each applicant")
    found: list[tuple[Breach, int]] = []
    for applicant, programme in enumerate(places):
        if programme is None:
            continue
        if programme not in market.choices[applicant]:
            found.append((Breach.NOT_CHOSEN, applicant))
        elif market.standing(applicant, programme) < 0:
            found.append((Breach.NOT_ACCEPTED, applicant))
    taken = Counter(each for each in places if each is not None)
    shares = Counter(
        (each, market.departments[applicant]) for applicant, each in enumerate(places) if each is not None
    )
    for programme, capacity in enumerate(market.capacities):
        if taken[programme] > capacity:
            found.append((Breach.OVER_CAPACITY, programme))
        if market.ceilings is not None and any(
            shares[programme, department] > ceiling
            for department, ceiling in enumerate(market.ceilings[programme])
        ):
            found.append((Breach.OVER_CEILING, programme))
    return tuple(found)


class _Cuts:
    """For each programme and department: who is last, and whether it is full."""

    def __init__(self, market: Market, places: Places) -> None:
        self.market = market
        self.last: list[tuple[int, int]] = [(-1, -1)] * len(market.capacities)
        self.last_own: dict[tuple[int, int], tuple[int, int]] = {}
        self.taken = [0] * len(market.capacities)
        self.share: Counter[tuple[int, int]] = Counter()
        for applicant, programme in enumerate(places):
            if programme is None:
                continue
            at = (market.standing(applicant, programme), applicant)
            key = (programme, market.departments[applicant])
            self.taken[programme] += 1
            self.share[key] += 1
            if at > self.last[programme]:
                self.last[programme] = at
            if at > self.last_own.get(key, (-1, -1)):
                self.last_own[key] = at

    def meets(self, applicant: int, programme: int) -> tuple[Blocks, tuple[int, int] | None]:
        """What the applicant would have to stand before, there; None for a free place."""
        key = (programme, self.market.departments[applicant])
        ceilings = self.market.ceilings
        if ceilings is not None and self.share[key] >= ceilings[programme][key[1]]:
            return Blocks.BEFORE_SOMEBODY_OF_OWN, self.last_own.get(key, (-1, -1))
        if self.taken[programme] >= self.market.capacities[programme]:
            return Blocks.BEFORE_SOMEBODY, self.last[programme]
        return Blocks.FREE_PLACE, None


def blocking_pairs(market: Market, places: Places) -> tuple[BlockingPair, ...]:
    """Every blocking pair, by applicant and in the order of the applicant's list.

    Raises `KernelError` when the places break a rule: then there is no matching to block.
    """
    if breaches(market, places):
        raise KernelError("the places are no matching: see breaches()")
    cuts = _Cuts(market, places)
    found: list[BlockingPair] = []
    for applicant, has in enumerate(places):
        for programme, standing in zip(market.choices[applicant], market.standings[applicant], strict=True):
            if programme == has:
                break
            if standing < 0:
                continue
            why, cut = cuts.meets(applicant, programme)
            if cut is None or standing < cut[0]:
                found.append(BlockingPair(applicant, programme, why, None if cut is None else cut[1]))
    return tuple(found)


def why_not(market: Market, places: Places, applicant: int) -> tuple[tuple[int, Why], ...]:
    """For each programme that the applicant would rather have had: why it was not to be."""
    cuts = _Cuts(market, places)
    reasons = {Blocks.BEFORE_SOMEBODY: Why.FULL, Blocks.BEFORE_SOMEBODY_OF_OWN: Why.CEILING}
    found: list[tuple[int, Why]] = []
    for programme, standing in zip(market.choices[applicant], market.standings[applicant], strict=True):
        if programme == places[applicant]:
            break
        why, cut = cuts.meets(applicant, programme)
        if standing < 0:
            found.append((programme, Why.NOT_ACCEPTED))
        elif cut is None or standing < cut[0]:
            found.append((programme, Why.OTHERS_NEEDED_IT))
        else:
            found.append((programme, reasons[why]))
    return tuple(found)
