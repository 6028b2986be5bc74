"""Find a stable matching with linked applicants, or prove that there is none.

That there is one cannot be promised (Roth 1984), and to ask is NP-complete (Ronn 1990). First the linked move
one pair at a time to the best they would get, the others answering by deferred acceptance, until nobody wants
to move (the fixed point that Roth & Peranson 1999 seek); each order of the pairs is begun with once. If that
goes in circles, every way to place the linked is searched, pair by pair. A prefix is cut off when

- a pair's place falls to somebody who stands before even if no pair after it takes any place, or
- a pair would rather have, and would get, a higher choice even if the pairs after it applied everywhere.

Both hold for every continuation: with substitutable choices and the law of aggregate demand more applicants
make no applicant better and no programme worse off (Crawford 1991; Hatfield & Milgrom 2005), and all stable
matchings place the same people. What is cut off and why is kept: it is the proof.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from styrfart.kernel.matching.linked import Choice, Link, would_have
from styrfart.kernel.matching.market import Market
from styrfart.kernel.matching.proposing import Rules, agents_propose, programmes_propose
from styrfart.kernel.matching.results import Refuted, Refutes

Places = list[int | None]


class Stopped(Exception):
    """The search has taken as many steps as it may."""


@dataclass(frozen=True)
class Agents:
    """Who proposes when the links stand as a prefix says: the unlinked, and stand-ins for the linked."""

    people: list[int]
    choices: list[tuple[int, ...]]
    standings: list[tuple[int, ...]]
    rules: Rules


def placed_as(market: Market, links: Sequence[Link], prefix: Sequence[int], *, rest_apply: bool) -> Agents:
    """The unlinked, and for each linked with a choice a stand-in who wants that place only.

    The rest of the links are nobody, or one stand-in for each place that they could have.
    """
    linked = {each for link in links for each in (link.first, link.second)}
    people = [each for each in range(len(market.choices)) if each not in linked]
    choices = [market.choices[each] for each in people]
    standings = [market.standings[each] for each in people]
    for index, link in enumerate(links):
        for applicant, side in ((link.first, 0), (link.second, 1)):
            for programme in _wanted(link, side, prefix, index, rest_apply=rest_apply):
                people.append(applicant)
                choices.append((programme,))
                standings.append((market.standing(applicant, programme),))
    departments = [market.departments[each] for each in people]
    return Agents(people, choices, standings, Rules(market.capacities, departments, market.ceilings))


def _wanted(link: Link, side: int, prefix: Sequence[int], index: int, *, rest_apply: bool) -> list[int]:
    wanted: Sequence[Choice] = link.choices if rest_apply else ()
    if index < len(prefix):
        wanted = link.choices[prefix[index] : prefix[index] + 1]
    return sorted({each for each in (choice[side] for choice in wanted) if each is not None})


def held_of(agents: Agents, places: Places) -> list[set[int]]:
    """Who is at each programme, by applicant."""
    held: list[set[int]] = [set() for _ in agents.rules.capacities]
    for person, programme in zip(agents.people, places, strict=True):
        if programme is not None:
            held[programme].add(person)
    return held


def choice_at(link: Link, index: int) -> Choice:
    """The places of a choice; none for both after the last."""
    return link.choices[index] if index < len(link.choices) else (None, None)


def is_taken(link: Link, choice: int, held: Sequence[set[int]]) -> bool:
    """Whether the two are where the choice says."""
    one, other = choice_at(link, choice)
    return (one is None or link.first in held[one]) and (other is None or link.second in held[other])


def first_better(market: Market, link: Link, has: int, held: Sequence[set[int]], *, sure: bool) -> int | None:
    """The highest choice above `has` that the two would get; None when there is none.

    `sure`: only those that they would get from whatever stable matching of the same applicants, and of fewer.
    A two who changes into the place of the other is not sure under ceilings, since who fills it is not.
    """
    for better in range(has):
        if sure and market.ceilings is not None and _changes_into(link, has, better):
            continue
        if would_have(market, link, link.choices[better], held):
            return better
    return None


def _changes_into(link: Link, has: int, better: int) -> bool:
    """Whether one of the two would take a programme that the other leaves."""
    (one, other), (new_one, new_other) = choice_at(link, has), link.choices[better]
    return (new_one is not None and new_one == other != new_other) or (
        new_other is not None and new_other == one != new_one
    )


# --- The fixed point ---


def fixed_point(market: Market, links: Sequence[Link], turns: int) -> Places | None:
    """Places where no link wants to move, by one pair at a time; None when every order goes in circles."""
    for begin in range(len(links)):
        order = [*range(begin, len(links)), *range(begin)]
        found = _settled(market, links, order, turns)
        if found is not None:
            return found
    return None


def _settled(market: Market, links: Sequence[Link], order: Sequence[int], turns: int) -> Places | None:
    state = [len(link.choices) for link in links]
    seen: set[tuple[int, ...]] = set()
    for _ in range(turns):
        agents = placed_as(market, links, state, rest_apply=False)
        places = agents_propose(agents.choices, agents.standings, agents.rules)
        held = held_of(agents, places)
        moved = next(
            (
                (index, to) for index in order
                if (to := _moves_to(market, links[index], state[index], held)) != state[index]
            ),
            None,
        )  # fmt: skip
        if moved is None:
            return places_of(market, agents, places)
        state[moved[0]] = moved[1]
        if tuple(state) in seen:
            return None
        seen.add(tuple(state))
    return None


def _moves_to(market: Market, link: Link, has: int, held: Sequence[set[int]]) -> int:
    """The best choice that the two would get now."""
    keeps = is_taken(link, has, held)
    for choice in range(has if keeps else len(link.choices)):
        if would_have(market, link, link.choices[choice], held):
            return choice
    return has if keeps else len(link.choices)


def places_of(market: Market, agents: Agents, places: Places) -> Places:
    """By applicant of the market."""
    found: Places = [None] * len(market.choices)
    for person, programme in zip(agents.people, places, strict=True):
        if programme is not None:
            found[person] = programme
    return found


# --- Every way to place the linked ---


class Search:
    """A depth-first search with at most `limit` steps; raises `Stopped` when they are used up."""

    def __init__(self, market: Market, links: Sequence[Link], limit: int) -> None:
        self.market, self.links, self.limit = market, links, limit
        self.steps = 0
        self.refuted: list[Refuted] = []

    def run(self, prefix: tuple[int, ...] = ()) -> Places | None:
        """The first stable matching, links in order, their best choices first; None when all is refuted."""
        self.steps += 1
        if self.steps > self.limit:
            raise Stopped
        refuted = self._refutes(prefix)
        if refuted is not None:
            self.refuted.append(refuted)
            return None
        if len(prefix) == len(self.links):
            found = self._stable(prefix)
            if found is None:
                self.refuted.append(Refuted(prefix, Refutes.EACH_BLOCKED, None, None))
            return found
        for choice in range(len(self.links[len(prefix)].choices) + 1):
            found = self.run((*prefix, choice))
            if found is not None:
                return found
        return None

    def _refutes(self, prefix: tuple[int, ...]) -> Refuted | None:
        if not prefix:
            return None
        few = placed_as(self.market, self.links, prefix, rest_apply=False)
        held = held_of(few, agents_propose(few.choices, few.standings, few.rules))
        for index, choice in enumerate(prefix):
            if not is_taken(self.links[index], choice, held):
                return Refuted(prefix, Refutes.NOT_TAKEN, index, None)
        many = placed_as(self.market, self.links, prefix, rest_apply=True)
        held = held_of(many, programmes_propose(many.choices, many.standings, many.rules))
        for index, choice in enumerate(prefix):
            better = first_better(self.market, self.links[index], choice, held, sure=True)
            if better is not None:
                return Refuted(prefix, Refutes.WOULD_LEAVE, index, better)
        return None

    def _stable(self, prefix: tuple[int, ...]) -> Places | None:
        """A stable matching of the rest where no link wants to leave: their best, if no link minds that."""
        agents = placed_as(self.market, self.links, prefix, rest_apply=False)
        best = agents_propose(agents.choices, agents.standings, agents.rules)
        if self._keeps(agents, best, prefix):
            return places_of(self.market, agents, best)
        for places in stable_matchings(agents):
            self.steps += 1
            if self.steps > self.limit:
                raise Stopped
            if self._keeps(agents, places, prefix):
                return places_of(self.market, agents, places)
        return None

    def _keeps(self, agents: Agents, places: Places, prefix: Sequence[int]) -> bool:
        held = held_of(agents, places)
        return all(
            first_better(self.market, link, choice, held, sure=False) is None
            for link, choice in zip(self.links, prefix, strict=True)
        )


def stable_matchings(agents: Agents) -> Iterator[Places]:
    """Every stable matching, from the one that is best for the programmes upwards.

    Whatever stable matching lies above another places somebody better; the lowest such is the programmes'
    best when that one's list ends before what it has (the lattice of Conway in Knuth 1976; Blair 1988).
    """
    lowest = programmes_propose(agents.choices, agents.standings, agents.rules)
    waiting, seen = [(lowest, agents.choices)], {tuple(lowest)}
    while waiting:
        places, lists = waiting.pop(0)
        yield places
        for index, programme in enumerate(places):
            if programme is None or agents.choices[index][0] == programme:
                continue
            shorter = _up_to(lists, places)
            shorter[index] = shorter[index][:-1]
            above = programmes_propose(shorter, agents.standings, agents.rules)
            if above[index] is not None and tuple(above) not in seen:
                seen.add(tuple(above))
                waiting.append((above, shorter))


def _up_to(lists: Sequence[tuple[int, ...]], places: Places) -> list[tuple[int, ...]]:
    """Each list down to what its owner has."""
    return [
        each if programme is None else each[: each.index(programme) + 1]
        for each, programme in zip(lists, places, strict=True)
    ]
