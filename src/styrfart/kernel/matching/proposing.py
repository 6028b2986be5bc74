"""Deferred acceptance from either side, on lists: the engine under the methods.

A programme takes from those who come the first in its order, but never more than its capacity nor more of a
department than that one's ceiling: the greedy choice of a laminar matroid, which is substitutable and takes
no fewer when more come (law of aggregate demand). On that stand the existence of a stable matching, that the
order of the proposals does not matter, that every stable matching places the same people, and that no
applicant gains by another list when applicants propose (Gale & Shapley 1962; Roth 1984; Abdulkadiroğlu 2005;
Hatfield & Milgrom 2005, theorems 3, 8 and 11).

An agent is somebody who proposes: an applicant with a list, or a stand-in for one place only. Standings are
distinct within a programme.
"""

from bisect import insort
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

Lists = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Rules:
    """What the programmes take, and the agents' departments."""

    capacities: Sequence[int]
    departments: Sequence[int]
    ceilings: Sequence[Sequence[int]] | None


def agents_propose(choices: Lists, standings: Lists, rules: Rules) -> list[int | None]:
    """Each agent's programme in the stable matching that is best for all agents."""
    agents = len(choices)
    kept: list[list[int]] = [[] for _ in rules.capacities]  # standing * agents + agent, in order
    position = [0] * agents
    capacities = rules.capacities
    for first in range(agents):
        agent = first
        while position[agent] < len(choices[agent]):
            step = position[agent]
            position[agent] = step + 1
            standing = standings[agent][step]
            if standing < 0:
                continue
            programme = choices[agent][step]
            held = kept[programme]
            insort(held, standing * agents + agent)
            if rules.ceilings is not None:
                leaves = _left_out(held, agent, agents, programme, rules)
            else:
                leaves = held.pop() % agents if len(held) > capacities[programme] else None
            if leaves is None:
                break
            agent = leaves
    places: list[int | None] = [None] * agents
    for programme, held in enumerate(kept):
        for code in held:
            places[code % agents] = programme
    return places


def _left_out(held: list[int], comer: int, agents: int, programme: int, rules: Rules) -> int | None:
    """Take out of `held` the one whom the programme leaves when `comer` has joined; None when nobody.

    Only one limit can be broken by one who comes: when the department is over its ceiling, its last leaves
    and with that the capacity is kept too; else the last of all when the programme is over its capacity.
    """
    assert rules.ceilings is not None  # noqa: S101  # the caller has asked
    department = rules.departments[comer]
    own = [code for code in held if rules.departments[code % agents] == department]
    if len(own) > rules.ceilings[programme][department]:
        held.remove(own[-1])
        return own[-1] % agents
    return held.pop() % agents if len(held) > rules.capacities[programme] else None


@dataclass
class _Host:
    """A programme that makes offers: its order, how far it has come, whom it passed for a full department."""

    line: list[tuple[int, int, int]]  # standing, agent, step in the agent's list
    room: int
    next: int = 0
    taken: dict[int, int] = field(default_factory=dict)  # by department
    passed: dict[int, deque[tuple[int, int, int]]] = field(default_factory=dict)


def programmes_propose(choices: Lists, standings: Lists, rules: Rules) -> list[int | None]:
    """Each agent's programme in the stable matching that is best for all programmes."""
    hosts = [_Host([], capacity) for capacity in rules.capacities]
    for agent, chosen in enumerate(choices):
        for step, programme in enumerate(chosen):
            if standings[agent][step] >= 0:
                hosts[programme].line.append((standings[agent][step], agent, step))
    best: list[int | None] = [None] * len(choices)  # step in the agent's list
    for host in hosts:
        host.line.sort()
    waiting = list(range(len(hosts)))
    while waiting:
        programme = waiting.pop()
        host = hosts[programme]
        while host.room > 0 and (offer := _next_offer(host, programme, rules)) is not None:
            _, agent, step = offer
            had = best[agent]
            if had is not None and had < step:
                continue
            department = rules.departments[agent]
            best[agent] = step
            host.room -= 1
            host.taken[department] = host.taken.get(department, 0) + 1
            if had is not None:
                former = choices[agent][had]
                hosts[former].room += 1
                hosts[former].taken[department] -= 1
                waiting.append(former)
    return [None if step is None else choices[agent][step] for agent, step in enumerate(best)]


def _next_offer(host: _Host, programme: int, rules: Rules) -> tuple[int, int, int] | None:
    """The first in order who has had no offer and whose department has room: first of those passed before."""
    ceilings = None if rules.ceilings is None else rules.ceilings[programme]
    if ceilings is not None:
        again = [
            line for department, line in host.passed.items()
            if line and host.taken.get(department, 0) < ceilings[department]
        ]  # fmt: skip
        if again:
            return min(again).popleft()
    while host.next < len(host.line):
        offer = host.line[host.next]
        host.next += 1
        department = rules.departments[offer[1]]
        if ceilings is None or host.taken.get(department, 0) < ceilings[department]:
            return offer
        host.passed.setdefault(department, deque()).append(offer)
    return None
