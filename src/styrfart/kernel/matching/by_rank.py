"""Most placed, and then the least sum of squared ranks: a flow of least cost, with a proof in whole numbers.

Each applicant is a unit of flow through a (programme, department) with its ceiling and the programme with
its capacity; no place costs more than all ranks together can. The matrix is totally unimodular, so a vertex
of the linear programme is a matching and the dual prices are integers (Hoffman & Kruskal 1956; Ahuja,
Magnanti & Orlin 1993). HiGHS finds both; whether they are right is then reckoned again in integers.

It is for lists that nobody gains from shaping: who leaves out the later choices can force a better place.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from styrfart.kernel.errors import KernelError
from styrfart.kernel.matching.market import Market
from styrfart.kernel.matching.methods import matching_of
from styrfart.kernel.matching.results import Matching, Method, Optimum

Integers = NDArray[np.int64]
INTEGRAL = 1e-5  # how far from a whole number the solver's may be before it is no vertex


@dataclass(frozen=True)
class _Edges:
    """Each acceptable choice, in the order of the draw: nothing hangs on how applicants are listed."""

    applicant: Integers
    programme: Integers
    share: Integers  # index into `shares`; empty without ceilings
    cost: Integers
    shares: tuple[tuple[int, int], ...]  # programme, department


def least_ranks(market: Market) -> Matching:
    """The matching that places the most and of those has the least sum of squared ranks, with its proof.

    Raises `KernelError` if the solver's answer does not stand the proof.
    """
    edges = _edges(market)
    unplaced = unplaced_cost(market)
    if edges.cost.size == 0:
        nobody = matching_of(market, Method.LEAST_RANKS, [None] * len(market.choices))
        return _proved(market, nobody, (unplaced,) * len(market.choices), (0,) * len(market.capacities), ())
    limits = _limits(market, edges)
    solved = linprog(
        edges.cost - float(unplaced), A_ub=_matrix(market, edges), b_ub=limits, method="highs-ds"
    )
    if solved.status != 0:
        raise KernelError("the solver found no optimum")
    taken, prices = _whole(solved.x), _whole(-solved.ineqlin.marginals)
    places: list[int | None] = [None] * len(market.choices)
    for index in np.flatnonzero(taken):
        places[int(edges.applicant[index])] = int(edges.programme[index])
    people, programmes = len(market.choices), len(market.capacities)
    return _proved(
        market,
        matching_of(market, Method.LEAST_RANKS, places),
        tuple(unplaced - int(each) for each in prices[:people]),
        tuple(int(each) for each in prices[people : people + programmes]),
        tuple(
            (*share, int(price))
            for share, price in zip(edges.shares, prices[people + programmes :], strict=True)
            if price
        ),
    )


def unplaced_cost(market: Market) -> int:
    """What no place costs: more than the squared ranks of everybody together."""
    longest = max((len(each) for each in market.choices), default=0)
    return len(market.choices) * longest * longest + 1


def lower_bound(market: Market, optimum: Optimum) -> int:
    """The bound that the prices prove, reckoned in integers from the market alone.

    Raises `KernelError` for prices that prove nothing: below zero, or an applicant's above what is met.
    """
    share_price = {(programme, department): price for programme, department, price in optimum.departments}
    if min((*optimum.programmes, *share_price.values()), default=0) < 0:
        raise KernelError("a programme's price is at least 0")
    if market.ceilings is None and share_price:
        raise KernelError("without ceilings no department has a price")
    for applicant, chosen in enumerate(market.choices):
        worth, department = optimum.applicants[applicant], market.departments[applicant]
        if worth > optimum.unplaced_cost:
            raise KernelError("an applicant's price is above that of no place")
        for rank, (programme, standing) in enumerate(
            zip(chosen, market.standings[applicant], strict=True), start=1
        ):
            met = rank * rank + optimum.programmes[programme] + share_price.get((programme, department), 0)
            if standing >= 0 and worth > met:
                raise KernelError("an applicant's price is above what a choice costs")
    given = sum(
        price * capacity for price, capacity in zip(optimum.programmes, market.capacities, strict=True)
    )
    if market.ceilings is not None:
        given += sum(
            price * market.ceilings[programme][department]
            for (programme, department), price in share_price.items()
        )
    return sum(optimum.applicants) - given


def _proved(
    market: Market,
    matching: Matching,
    applicants: tuple[int, ...],
    programmes: tuple[int, ...],
    departments: tuple[tuple[int, int, int], ...],
) -> Matching:
    ranks = [rank for rank in matching.ranks if rank is not None]
    squares, unplaced = sum(rank * rank for rank in ranks), unplaced_cost(market)
    cost = squares + unplaced * (len(matching.ranks) - len(ranks))
    optimum = Optimum(len(ranks), squares, unplaced, cost, applicants, programmes, departments)
    if lower_bound(market, optimum) != cost:
        raise KernelError("the solver's prices do not prove its matching")
    return replace(matching, optimum=optimum)


def _edges(market: Market) -> _Edges:
    found = [
        (applicant, programme, rank * rank)
        for applicant in market.draw
        for rank, (programme, standing) in enumerate(
            zip(market.choices[applicant], market.standings[applicant], strict=True), start=1
        )
        if standing >= 0
    ]
    table = np.array(found, dtype=np.int64).reshape(-1, 3)
    if market.ceilings is None:
        return _Edges(table[:, 0], table[:, 1], np.empty(0, dtype=np.int64), table[:, 2], ())
    keys = [(programme, market.departments[applicant]) for applicant, programme, _ in found]
    shares = tuple(sorted(set(keys)))
    index = {share: position for position, share in enumerate(shares)}
    share = np.array([index[key] for key in keys], dtype=np.int64)
    return _Edges(table[:, 0], table[:, 1], share, table[:, 2], shares)


def _matrix(market: Market, edges: _Edges) -> csr_array:
    """One row for each applicant, programme and (programme, department)."""
    people, programmes = len(market.choices), len(market.capacities)
    rows = [edges.applicant, people + edges.programme]
    if edges.shares:
        rows.append(people + programmes + edges.share)
    count = edges.cost.size
    return csr_array(
        (np.ones(len(rows) * count), (np.concatenate(rows), np.tile(np.arange(count), len(rows)))),
        shape=(people + programmes + len(edges.shares), count),
    )


def _limits(market: Market, edges: _Edges) -> NDArray[np.float64]:
    ceilings = market.ceilings or ()
    shares = [ceilings[programme][department] for programme, department in edges.shares]
    return np.array([*[1] * len(market.choices), *market.capacities, *shares], dtype=np.float64)


def _whole(values: NDArray[Any]) -> Integers:
    rounded = np.rint(values)
    if np.abs(values - rounded).max(initial=0.0) > INTEGRAL:
        raise KernelError("the solver's answer is not whole")
    whole: Integers = rounded.astype(np.int64)
    return whole
