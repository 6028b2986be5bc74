"""Giving up published groups, the smallest first, until no combination gets at fewer than k people."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from styrfart.kernel.errors import KernelError
from styrfart.kernel.release.cuts import Graph, components, least_cut, small_cuts
from styrfart.kernel.release.forest import Bools, Ints, starts_of
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
    """

    fixed: int
    one: Ints
    other: Ints
    cover: Ints
    up: Ints
    cost: Ints
    bundle: Ints

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


def certificate_of(offer: Offer, given_up: Bools, k: int) -> Certificate:
    """What holds of every combination; counted anew."""
    graph = graph_of(offer, given_up)
    least = least_cut(graph)
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
        cuts = small_cuts(graph, k * ANSWERED_ALL)
        if not cuts:
            return gone
        if not give_up_one_each(offer, gone, cuts, components(graph)):
            raise KernelError("the blocks that are published already hold fewer than k")


def give_up_one_each(offer: Offer, gone: Bools, cuts: list[Ints], part: Ints) -> bool:
    """For each node set give up a group that ties it to the rest; False when there is none for any.

    First the cheapest of those whose people join others of the same component (`part`, (nodes,)), which alone
    makes the cut larger at once; then one that moves up, towards such; then one that moves in; and last one
    with nothing above it.
    """
    has = offer.up >= 0
    above = standing(offer.up, gone)[offer.up[has]]
    host = np.full(offer.up.size, offer.ground, dtype=np.int64)
    host[has] = np.where(above >= 0, above + offer.fixed, offer.ground)
    live = np.flatnonzero(~gone)
    order = live[np.argsort(host[live], kind="stable")]
    hosts = host[order]
    mates = live[np.argsort(offer.bundle[live], kind="stable")]
    bundles = offer.bundle[mates]
    changed: set[int] = set()

    def upward(group: int, home: int) -> tuple[int, int, int]:
        turn = 0 if part[host[group]] == home else 3 if host[group] == offer.ground else 1
        return turn, int(offer.cost[group]), group

    def inward(group: int, nodes: set[int], home: int) -> tuple[int, int, int]:
        first, last = np.searchsorted(bundles, [offer.bundle[group], offer.bundle[group] + 1])
        ends = host[mates[first:last]]
        joins = part[group + offer.fixed] == home or any(end not in nodes for end in ends[part[ends] == home])
        return 0 if joins else 2, int(offer.cost[group]), group

    for cut in sorted(cuts, key=len):
        nodes = set(cut.tolist())
        home = int(part[cut[0]])
        choice: list[tuple[int, int, int]] = []  # turn, cost, group
        for node in sorted(nodes):
            group = node - offer.fixed
            if 0 <= group < offer.up.size and not gone[group] and int(host[group]) not in nodes:
                choice.append(upward(group, home))
            if node >= offer.fixed:
                first, last = np.searchsorted(hosts, [node, node + 1])
                outside = (each for each in order[first:last].tolist() if each + offer.fixed not in nodes)
                choice += [inward(each, nodes, home) for each in outside]
        if choice and not {int(offer.bundle[group]) for *_, group in choice} & changed:
            changed.add(int(offer.bundle[min(choice)[-1]]))
    gone |= np.isin(offer.bundle, sorted(changed))
    return bool(changed)


def paired(groups: list[int], counts: list[int]) -> list[tuple[int, int, int]]:
    """Ties between the groups that the people of one block are in, when the block itself is no node.

    As many pairs of people from different groups as there can be: whatever the block's sum is used for, of
    the two in a pair whose groups stand apart at least one takes part. Then a bare tie between neighbours.
    Exact when one group holds half of the people or more.
    """
    ties = [(one, other, 0) for one, other in pairwise(groups)]
    total, largest = sum(counts), max(counts)
    if 2 * largest >= total:
        centre = groups[counts.index(largest)]
        others = zip(groups, counts, strict=True)
        return ties + [(centre, group, count) for group, count in others if group != centre]
    people = [group for group, count in zip(groups, counts, strict=True) for _ in range(count)]
    half = total // 2
    return ties + [(people[place], people[place + half], 1) for place in range(half)]


def tied(
    one: Ints, other: Ints, cover: Ints, small: Bools
) -> tuple[Ints, Ints, Ints]:  # fmt: skip
    """The edges with those of blocks that are `small` (blocks,) replaced by ties between the groups.

    A small block stands below k by a lower threshold of its own; a combination of it alone is no leak, so it
    is no node, and `one`, its end of the edges, must not be a group.
    """
    of_small = np.append(small, False)[np.minimum(one, small.size)]
    order = np.flatnonzero(of_small)[np.argsort(one[of_small], kind="stable")]
    pairs: list[tuple[int, int, int]] = []
    for edges in np.split(order, starts_of(one[order])[1:]):
        if edges.size > 1:
            pairs += paired(other[edges].tolist(), cover[edges].tolist())
    more = np.array(pairs, dtype=np.int64).reshape(-1, 3)
    kept = ~of_small
    return (
        np.concatenate((one[kept], more[:, 0])),
        np.concatenate((other[kept], more[:, 1])),
        np.concatenate((cover[kept], more[:, 2])),
    )
