"""Small cuts of a graph whose nodes are published groups and whose edges are people.

Two partitions of the same people, each block with its published sum, make a bipartite graph: a person is an
edge between the two blocks that hold that person. A combination of published sums gives a person the
difference of two potentials, so the people who take part in it are the edges of a cut, and the fewest people
in any combination is the smallest cut. A graph without cuts below k lets nobody get at fewer than k people.

Found by contraction: nodes joined by at least k edges, or shown by a maximum adjacency order to be
k-connected, cannot be parted by a small cut, and become one (H. Nagamochi and T. Ibaraki, 1992; with T.
Ono, 1994).
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from styrfart.kernel.release.forest import Bools, Ints, starts_of


@dataclass(frozen=True, eq=False)
class Graph:
    """`nodes` nodes and edges from `one` to `other` (edges,) with `weight` (edges,) above 0; loops are left
    out.
    """

    nodes: int
    one: Ints
    other: Ints
    weight: Ints


def small_cuts(graph: Graph, below: int) -> list[Ints]:
    """Node sets whose cut weighs more than 0 and less than `below`; not all, but none only when there is
    none.
    """
    found: list[Ints] = []
    label: Ints = np.arange(graph.nodes)
    while True:
        small = _merged(graph, label)
        if not small.weight.size:
            return found
        light = np.flatnonzero(_degrees(small) < below)
        light = light[_degrees(small)[light] > 0]
        if found and not light.size:
            return found  # the rest is dearer to find, and may be gone when these are
        found += _members(label, light)
        label = _contracted(small, label, below, light)


def least_cut(graph: Graph) -> int | None:
    """The weight of the smallest cut within any component; None when there are no edges."""
    best: int | None = None
    label: Ints = np.arange(graph.nodes)
    while True:
        small = _merged(graph, label)
        if not small.weight.size:
            return best
        degrees = _degrees(small)
        here = int(degrees[degrees > 0].min())
        best = here if best is None else min(best, here)
        label = _contracted(small, label, best, np.zeros(0, dtype=np.int64))


def components(graph: Graph) -> Ints:
    """(nodes,): the component of each node."""
    matrix = coo_matrix((graph.weight, (graph.one, graph.other)), shape=(graph.nodes, graph.nodes))
    found: Ints = connected_components(matrix, directed=False)[1].astype(np.int64)
    return found


def _merged(graph: Graph, label: Ints) -> Graph:
    """The graph with nodes of one label as one, and parallel edges as one."""
    nodes = int(label.max()) + 1 if label.size else 0
    one, other = label[graph.one], label[graph.other]
    key = np.minimum(one, other) * nodes + np.maximum(one, other)
    apart = one != other
    keys, place = np.unique(key[apart], return_inverse=True)
    weight = np.bincount(place, weights=graph.weight[apart], minlength=keys.size).astype(np.int64)
    return Graph(nodes, keys // max(nodes, 1), keys % max(nodes, 1), weight)


def _degrees(graph: Graph) -> Ints:
    degrees = np.bincount(graph.one, weights=graph.weight, minlength=graph.nodes)
    degrees += np.bincount(graph.other, weights=graph.weight, minlength=graph.nodes)
    return degrees.astype(np.int64)


def _members(label: Ints, chosen: Ints) -> list[Ints]:
    """The nodes behind each of the chosen labels."""
    if not chosen.size:
        return []
    order = np.argsort(label, kind="stable")
    first = np.searchsorted(label[order], chosen)
    last = np.searchsorted(label[order], chosen, side="right")
    return [order[begin:end] for begin, end in zip(first.tolist(), last.tolist(), strict=True)]


def _contracted(small: Graph, label: Ints, below: int, light: Ints) -> Ints:
    """Labels after joining what no cut below `below` parts, and the light nodes, which were reported."""
    joins = small.weight >= below
    if light.size:
        is_light = np.zeros(small.nodes, dtype=bool)
        is_light[light] = True
        joins = joins | _heaviest_of(small, is_light)
    if joins.any():
        one, other = small.one[joins], small.other[joins]
    else:
        one, other = _connected_pairs(small, below)
    joined = components(Graph(small.nodes, one, other, np.ones(one.size, dtype=np.int64)))
    return joined[label]


def _heaviest_of(small: Graph, is_light: Bools) -> Bools:
    """For each light node the heaviest of its edges."""
    node = np.concatenate((small.one, small.other))
    edge = np.tile(np.arange(small.weight.size), 2)
    of_light = is_light[node]
    node, edge = node[of_light], edge[of_light]
    order = np.lexsort((edge, -small.weight[edge], node))
    first = starts_of(node[order])
    chosen = np.zeros(small.weight.size, dtype=bool)
    chosen[edge[order][first]] = True
    return chosen


def _connected_pairs(small: Graph, below: int) -> tuple[Ints, Ints]:
    """Pairs of neighbours that no cut below `below` parts, at least one in each component.

    Nodes are visited by the weight of their edges to those visited; when an edge brings a node's weight to
    `below`, its ends are at least so connected. The last node visited has all its edges counted.
    """
    around = _neighbours(small)
    pairs: list[tuple[int, int]] = []
    reached = [0] * small.nodes
    visited = [False] * small.nodes
    for start in range(small.nodes):
        if visited[start]:
            continue
        heap = [(0, start)]
        while heap:
            _, node = heapq.heappop(heap)
            if visited[node]:
                continue
            visited[node] = True
            for other, weight in around[node]:
                if visited[other]:
                    continue
                reached[other] += weight
                heapq.heappush(heap, (-reached[other], other))
                if reached[other] >= below:
                    pairs.append((node, other))
    found = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _neighbours(small: Graph) -> Sequence[Sequence[tuple[int, int]]]:
    around: list[list[tuple[int, int]]] = [[] for _ in range(small.nodes)]
    for one, other, weight in zip(
        small.one.tolist(), small.other.tolist(), small.weight.tolist(), strict=True
    ):
        around[one].append((other, weight))
        around[other].append((one, weight))
    return around
