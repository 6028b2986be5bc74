"""Giving up published groups, the smallest first, until no combination gets at fewer than k people."""

from dataclasses import dataclass

import numpy as np

from styrfart.kernel.errors import KernelError
from styrfart.kernel.release.cuts import Graph, components, least_cut, small_cuts
from styrfart.kernel.release.forest import Bools, Ints
from styrfart.kernel.release.values import Certificate, Method

ANSWERED_ALL = 1 << 24
"""The weight of a person who answered every item. An edge weighs 1 besides, so that people who left out an
item, and so are missing in that item's sums, still tie two groups together but do not count as cover."""


@dataclass(frozen=True, eq=False)
class Offer:
    """Groups that might be published, beside `fixed` blocks that are.

    Nodes: the fixed blocks, then the offered groups, then one for what is not published at all (the ground).
    Edges from `one` to `other` (edges,): `cover` (edges,) people who answered everything, 0 allowed.
    `up` (groups,): the offered group whose residual takes over when this is given up, -1 for none. `cost`
    (groups,): what is lost with it. `bundle` (groups,): groups that are given up together.
    `exempt` (fixed,): blocks below k that are published by a lower threshold of their own; their people must
    be no cover.
    """

    fixed: int
    one: Ints
    other: Ints
    cover: Ints
    up: Ints
    cost: Ints
    bundle: Ints
    exempt: Bools

    @property
    def ground(self) -> int:
        return self.fixed + self.up.size


def standing(up: Ints, given_up: Bools) -> Ints:
    """(groups,): the nearest group that is not given up, itself or above; -1 for none."""
    found = np.where(given_up, up, np.arange(up.size))
    while True:
        moving = (found >= 0) & given_up[found]
        if not moving.any():
            return found
        found[moving] = up[found[moving]]


def graph_of(offer: Offer, given_up: Bools) -> Graph:
    """The graph of people that is left when some groups are given up."""
    rep = standing(offer.up, given_up)
    node = np.concatenate(
        (np.arange(offer.fixed), np.where(rep >= 0, rep + offer.fixed, offer.ground), [offer.ground])
    )
    return Graph(offer.ground + 1, node[offer.one], node[offer.other], offer.cover * ANSWERED_ALL + 1)


def exempt_nodes(offer: Offer) -> Bools:
    exempt = np.zeros(offer.ground + 1, dtype=bool)
    exempt[: offer.fixed] = offer.exempt
    return exempt


def certificate_of(offer: Offer, given_up: Bools, k: int) -> Certificate:
    """What holds of every combination, apart from exempt blocks as they stand; counted anew."""
    graph = graph_of(offer, given_up)
    least = least_cut(graph, exempt=exempt_nodes(offer))
    smallest = None if least is None else least // ANSWERED_ALL
    leaks = 0 if smallest is None else int(smallest < k)
    return Certificate(Method.CUTS, k, smallest, int(graph.weight.size), leaks)


def given_up_for(offer: Offer, k: int, *, given_up: Bools | None = None) -> Bools:
    """(groups,): those to give up so that every combination of what is published holds at least k people.

    The cheapest group whose giving up takes the people of a small cut into a larger whole, for each small cut
    that is found, and again until there is none. It ends: with every group given up the fixed blocks are
    left, which hold k. Raises `KernelError` when they do not.
    """
    gone = np.zeros(offer.up.size, dtype=bool) if given_up is None else given_up.copy()
    while True:
        graph = graph_of(offer, gone)
        cuts = small_cuts(graph, k * ANSWERED_ALL, exempt=exempt_nodes(offer))
        if not cuts:
            return gone
        if not give_up_one_each(offer, gone, cuts, components(graph)):
            raise KernelError("the blocks that are published already hold fewer than k")


def give_up_one_each(offer: Offer, gone: Bools, cuts: list[Ints], part: Ints) -> bool:
    """For each node set give up a group that ties it to the rest; False when there is none for any.

    First the cheapest of those whose people join others of the same component (`part`, (nodes,)), which alone
    makes the cut larger; else one that moves up, towards such; else one that moves in.
    """
    rep = standing(offer.up, gone)
    host = np.full(offer.up.size, offer.ground, dtype=np.int64)
    has = offer.up >= 0
    above = rep[offer.up[has]]
    host[has] = np.where(above >= 0, above + offer.fixed, offer.ground)
    live = np.flatnonzero(~gone)
    order = live[np.argsort(host[live], kind="stable")]
    hosts = host[order]
    changed: set[int] = set()
    for cut in sorted(cuts, key=len):
        nodes = set(cut.tolist())
        choice: list[tuple[int, int, int]] = []  # turn, cost, group
        for node in sorted(nodes):
            group = node - offer.fixed
            if 0 <= group < offer.up.size and not gone[group] and int(host[group]) not in nodes:
                turn = 0 if part[host[group]] == part[node] else 1
                choice.append((turn, int(offer.cost[group]), group))
            if node >= offer.fixed:
                first, last = np.searchsorted(hosts, [node, node + 1])
                for each in order[first:last].tolist():
                    if each + offer.fixed not in nodes:
                        turn = 0 if part[each + offer.fixed] == part[node] else 2
                        choice.append((turn, int(offer.cost[each]), each))
        bundles = {int(offer.bundle[group]) for *_, group in choice}
        if choice and not bundles & changed:
            changed.add(int(offer.bundle[min(choice)[-1]]))
    gone |= np.isin(offer.bundle, sorted(changed))
    return bool(changed)
