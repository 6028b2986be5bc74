"""Everything ever released of the same answers as one system: new trees, filters, people who moved, rounds.

A release parts the people: each is in the residual of one row, or in none. What was released earlier is
kept as that, one number for each person, and nothing else. A new tree over the same answers is a second
partition, a split or filter likewise. Together they may show what neither shows: a team as it was less the
team as it is tells the answers of the one who left.

With one earlier partition the question is answered exactly (`cuts`). With more it is NP-hard (the least
weight of a linear code), so the new one is held to a stricter rule that suffices: the reader is granted
every intersection of the earlier partitions, and people of one intersection who are in different new groups
are paired; two new groups may stand apart when no fewer than k such pairs tie them, directly or by others.
A new group that nothing ties must be derivable from one earlier release already.

Rounds: answers to another round are other numbers, and published sums of one say nothing of the other, so
each round is by itself. A reader who takes for granted that those who stayed answered as before turns
rounds into one system: pass the earlier rounds as earlier partitions of the same people, and that reader
learns nothing either. It costs much where people move, and is for rounds that follow each other closely.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from styrfart.kernel.errors import KernelError
from styrfart.kernel.release.cuts import Graph, components, least_cut, small_cuts
from styrfart.kernel.release.forest import Bools, Ints
from styrfart.kernel.release.merging import (
    ANSWERED_ALL,
    Offer,
    certificate_of,
    give_up_one_each,
    given_up_for,
    paired,
    standing,
    tied,
)
from styrfart.kernel.release.values import Certificate, Method


@dataclass(frozen=True, eq=False)
class Admission:
    """Which groups had to be given up (`given_up`, (groups,)), and what is proved of the whole."""

    given_up: Bools
    certificate: Certificate


def admit(
    earlier: Sequence[Ints],
    now: Ints,
    up: Ints,
    cost: Ints,
    *,
    k: int,
    complete: Bools | None = None,
    bundle: Ints | None = None,
    given_up: Bools | None = None,
) -> Admission:
    """Which of the new groups may be published beside what was released earlier.

    `earlier`: for each release (people,) the number of the residual that a person was in, -1 for none.
    `now` (people,): the new group, the smallest that holds the person, -1 for none. `up` (groups,): the
    group around each, -1 for none; it takes over the people of one that is given up. `cost` (groups,): the
    least is given up first. `bundle` (groups,): groups that go together. `given_up` (groups,): those that
    are not offered. `complete` (people,): those who answered every item; others do not count as cover.
    Raises `KernelError` when the shapes do not fit, or what was released earlier holds fewer than k
    already.
    """
    now, up, cost = (np.asarray(each, dtype=np.int64) for each in (now, up, cost))
    whole = np.ones(now.size, dtype=bool) if complete is None else np.asarray(complete, dtype=bool)
    past = [np.asarray(each, dtype=np.int64) for each in earlier]
    if any(each.shape != now.shape for each in [*past, whole]) or up.shape != cost.shape or k < 2:
        raise KernelError("every partition has a number for each person, every group a cost; k is at least 2")
    if now.size and (now.max() >= up.size or now.min() < -1):
        raise KernelError("each person is in one of the groups, or in none")
    bundle = np.arange(up.size) if bundle is None else np.asarray(bundle, dtype=np.int64)
    gone = np.zeros(up.size, dtype=bool) if given_up is None else np.array(given_up, dtype=bool)
    none = np.zeros(0, dtype=np.int64)
    groups = Offer(0, none, none, none, up, cost, bundle)
    if len(past) <= 1:
        return _beside_one(past, now, groups, whole, gone, k)
    return _beside_many(past, now, groups, whole, gone, k)


def _beside_one(
    past: Sequence[Ints], now: Ints, groups: Offer, whole: Bools, gone: Bools, k: int
) -> Admission:  # fmt: skip
    """Exact: the graph of old blocks and new groups."""
    first = past[0] if past else np.full(now.size, -1, dtype=np.int64)
    fixed = int(first.max(initial=-1)) + 1
    ground = fixed + groups.up.size
    one = np.where(first >= 0, first, ground)
    other = np.where(now >= 0, now + fixed, ground)
    one, other, cover = _counted(one, other, whole, ground + 1)
    one, other, cover = _unfamiliar(one, other, cover, ground)
    few = np.bincount(first[(first >= 0) & whole], minlength=fixed) < k
    one, other, cover = tied(one, other, cover, few)
    offer = replace(groups, fixed=fixed, one=one, other=other, cover=cover)
    gone = given_up_for(offer, k, given_up=gone)
    return Admission(gone, certificate_of(offer, gone, k))


def _unfamiliar(one: Ints, other: Ints, cover: Ints, ground: int) -> tuple[Ints, Ints, Ints]:
    """The edges without those of new groups that are unions of old blocks: they tell nothing new."""
    part = components(Graph(ground + 1, one, other, np.ones(one.size, dtype=np.int64)))
    edges = np.unique(part[other] * (ground + 1) + other)
    groups = np.bincount(edges // (ground + 1), minlength=ground + 1)
    kept = (groups[part[one]] > 1) | (part[one] == part[ground])
    return one[kept], other[kept], cover[kept]


def _beside_many(
    past: Sequence[Ints], now: Ints, groups: Offer, whole: Bools, gone: Bools, k: int
) -> Admission:  # fmt: skip
    """Safe: pairs within the intersections of the old blocks tie the new groups."""
    atom = _intersections(past)
    ground = groups.up.size
    while True:
        label = np.where(now >= 0, standing(groups.up, gone)[now], -1) if ground else now
        one, other, cover = _ties(atom, np.where(label >= 0, label, ground), whole, ground)
        graph = Graph(ground + 1, one, other, cover * ANSWERED_ALL + 1)
        cuts = small_cuts(graph, k * ANSWERED_ALL) + _loose(graph, past, label)
        if not cuts:
            return Admission(gone, _certificate(graph, k))
        if not give_up_one_each(groups, gone, cuts, components(graph)):
            raise KernelError("what was released earlier holds fewer than k already")


def _certificate(graph: Graph, k: int) -> Certificate:
    least = least_cut(graph)
    smallest = None if least is None else least // ANSWERED_ALL
    leaks = 0 if smallest is None else int(smallest < k)
    return Certificate(Method.CHAIN, k, smallest, int(graph.weight.size), leaks)


def _counted(one: Ints, other: Ints, whole: Bools, nodes: int) -> tuple[Ints, Ints, Ints]:
    """Edges once each, with the complete people of each."""
    keys, place = np.unique(one * nodes + other, return_inverse=True)
    cover = np.bincount(place, weights=whole, minlength=keys.size).astype(np.int64)
    return keys // nodes, keys % nodes, cover


def _intersections(past: Sequence[Ints]) -> Ints:
    """(people,): the number of the intersection of earlier blocks, -1 for people in none of them."""
    stacked = np.stack(past, axis=1)
    _, atom = np.unique(stacked, axis=0, return_inverse=True)
    atom = atom.reshape(-1).astype(np.int64)
    atom[(stacked < 0).all(axis=1)] = -1
    return atom


def _ties(atom: Ints, label: Ints, whole: Bools, ground: int) -> tuple[Ints, Ints, Ints]:
    """Edges between new groups: pairs of people from one intersection, in different groups.

    A set of the groups that has some of an intersection's people and lacks others is cut by at least as
    many of those people, on the smaller side, as pairs. People whom no earlier release held are tied to the
    ground.
    """
    nodes = ground + 1
    new = atom < 0
    ends = [np.stack((label[new], np.full(int(new.sum()), ground), whole[new]), axis=1)]
    keys = np.unique(atom[~new] * nodes + label[~new])
    complete = np.bincount(
        np.searchsorted(keys, atom[~new] * nodes + label[~new]), weights=whole[~new], minlength=keys.size
    ).astype(np.int64)
    of, group = keys // nodes, keys % nodes
    mixed = np.flatnonzero(np.bincount(of, minlength=1) > 1) if of.size else of
    first, last = np.searchsorted(of, mixed), np.searchsorted(of, mixed, side="right")
    pairs: list[tuple[int, int, int]] = []
    for begin, end in zip(first.tolist(), last.tolist(), strict=True):
        pairs += paired(group[begin:end].tolist(), complete[begin:end].tolist())
    ends.append(np.array(pairs, dtype=np.int64).reshape(-1, 3))
    found = np.concatenate(ends).astype(np.int64)
    one, other, cover = found.T
    apart = one != other
    key, place = np.unique(one[apart] * nodes + other[apart], return_inverse=True)
    weight = np.bincount(place, weights=cover[apart], minlength=key.size).astype(np.int64)
    return key // nodes, key % nodes, weight


def _loose(graph: Graph, past: Sequence[Ints], label: Ints) -> list[Ints]:
    """Sets of groups that nothing ties to the rest and that no earlier release can tell by itself."""
    part = components(graph)
    inside = label >= 0
    of = part[label[inside]]
    loose = np.setdiff1d(np.unique(of), part[graph.nodes - 1 :])
    told = np.zeros(graph.nodes, dtype=bool)
    for earlier in past:
        there = earlier[inside]
        blocks = np.bincount(earlier[earlier >= 0], minlength=1)
        # A component is told when its people are all in blocks that lie wholly in it.
        held = there >= 0
        keys, counts = np.unique(of[held] * blocks.size + there[held], return_counts=True)
        full = counts == blocks[keys % blocks.size]
        covered = np.bincount(keys // blocks.size, weights=counts * full, minlength=graph.nodes)
        told |= covered == np.bincount(of, minlength=graph.nodes)
    return [np.flatnonzero(part == each) for each in loose.tolist() if not told[each]]
