"""The methods that need no solver: deferred acceptance from either side, and one lottery."""

from enum import Enum

from styrfart.kernel.matching.checking import blocking_pairs
from styrfart.kernel.matching.market import Market
from styrfart.kernel.matching.proposing import Rules, agents_propose, programmes_propose
from styrfart.kernel.matching.results import Matching, Method


class Side(Enum):
    """Who proposes, and so whom of all stable matchings it is the best for."""

    APPLICANTS = "applicants"
    PROGRAMMES = "programmes"


def deferred_acceptance(market: Market, *, proposing: Side = Side.APPLICANTS) -> Matching:
    """The stable matching that is best for everybody on the proposing side (Gale & Shapley 1962).

    When applicants propose, none of them can gain by another list than the true one (Dubins & Freedman
    1981; Roth 1982; with ceilings Hatfield & Milgrom 2005, theorem 11). When programmes propose, applicants
    can, and so can programmes with more than one place (Roth 1985). The certificate is `blocking == ()`,
    found by a checker that knows nothing of the proposals.
    """
    engine = agents_propose if proposing is Side.APPLICANTS else programmes_propose
    places = engine(market.choices, market.standings, rules_of(market))
    method = Method.APPLICANTS_PROPOSE if proposing is Side.APPLICANTS else Method.PROGRAMMES_PROPOSE
    return matching_of(market, method, places)


def one_lottery(market: Market) -> Matching:
    """Serial dictatorship: in the order of the draw each takes the best that is left, within the ceilings.

    Nobody gains by another list than the true one, and nobody can be made better off without somebody else
    being made worse off (Abdulkadiroğlu & Sönmez 1998). Priorities are not looked at, except that a programme
    gets nobody whom it does not take: with priorities there can be blocking pairs.
    """
    room = list(market.capacities)
    share = None if market.ceilings is None else [list(each) for each in market.ceilings]
    places: list[int | None] = [None] * len(market.choices)
    for applicant in market.draw:
        department = market.departments[applicant]
        for programme, standing in zip(market.choices[applicant], market.standings[applicant], strict=True):
            if standing < 0 or room[programme] <= 0 or (share and share[programme][department] <= 0):
                continue
            room[programme] -= 1
            if share:
                share[programme][department] -= 1
            places[applicant] = programme
            break
    return matching_of(market, Method.ONE_LOTTERY, places)


def rules_of(market: Market) -> Rules:
    """The programmes' limits, with the applicants as agents."""
    return Rules(market.capacities, market.departments, market.ceilings)


def matching_of(market: Market, method: Method, places: list[int | None]) -> Matching:
    """The places with their ranks and every blocking pair."""
    return Matching(
        method=method,
        places=tuple(places),
        ranks=tuple([market.rank(applicant, programme) for applicant, programme in enumerate(places)]),
        blocking=blocking_pairs(market, places),
    )
