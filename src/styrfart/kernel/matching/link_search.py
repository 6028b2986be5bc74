"""Find a stable matching with linked applicants, or prove that there is none.

That there is one cannot be promised (Roth 1984), and to ask is NP-complete (Ronn 1990). First the linked move
one pair at a time to the best they would get, the others answering by deferred acceptance, until nobody wants
to move (the fixed point that Roth & Peranson 1999 seek); each order of the pairs is begun with once. If that
goes in circles, every way to place the linked is searched: each link has choices left to it, a choice is
ruled out when

- one of its places falls to somebody who stands before, even if the links not yet settled took no place, or
- the pair would get a higher choice, even if the links not yet settled had every place left to them,

again and again until nothing more is; then the link with the fewest choices left is tried with each of them.
Both hold for every way that is left: with substitutable choices and the law of aggregate demand more
applicants make no applicant better and no programme worse off (Crawford 1991; Hatfield & Milgrom 2005), and
all stable matchings place the same people. What is ruled out and why is kept: it is the proof.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from styrfart.kernel.matching.linked import Choice, Link, would_have, would_join
from styrfart.kernel.matching.market import Market
from styrfart.kernel.matching.proposing import Rules, agents_propose, programmes_propose
from styrfart.kernel.matching.results import Refuted, Refutes, RuledOut

Places = list[int | None]
Left = Sequence[Sequence[int]]  # by link, the choices left to it; their number means no place


class Stopped(Exception):
    """The search has taken as many steps as it may."""


@dataclass(frozen=True)
class Agents:
    """Who proposes: the unlinked, and stand-ins for the linked."""

    people: list[int]
    choices: list[tuple[int, ...]]
    standings: list[tuple[int, ...]]
    rules: Rules


def placed_as(market: Market, links: Sequence[Link], left: Left, *, all_apply: bool) -> Agents:
    """The unlinked, and for each linked whose link is settled a stand-in who wants that place only.

    Links that are not settled are nobody, or one stand-in for each place that is left to them.
    """
    linked = {each for link in links for each in (link.first, link.second)}
    people = [each for each in range(len(market.choices)) if each not in linked]
    choices = [market.choices[each] for each in people]
    standings = [market.standings[each] for each in people]
    for link, those in zip(links, left, strict=True):
        for applicant, programme in stand_ins(link, those if all_apply or len(those) == 1 else ()):
            people.append(applicant)
            choices.append((programme,))
            standings.append((market.standing(applicant, programme),))
    departments = [market.departments[each] for each in people]
    return Agents(people, choices, standings, Rules(market.capacities, departments, market.ceilings))


def stand_ins(link: Link, those: Sequence[int]) -> list[tuple[int, int]]:
    """Each place of these choices, with the one of the two who would have it."""
    places = {
        (applicant, programme)
        for choice in those
        for applicant, programme in zip((link.first, link.second), choice_at(link, choice), strict=True)
        if programme is not None
    }
    return sorted(places)


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
        agents = placed_as(market, links, [(each,) for each in state], all_apply=False)
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
    """A depth-first search with at most `limit` rounds; raises `Stopped` when they are used up."""

    def __init__(self, market: Market, links: Sequence[Link], limit: int) -> None:
        self.market, self.links, self.limit = market, links, limit
        self.steps = 0

    def run(self) -> Places | Refuted:
        """A stable matching, or the proof that there is none."""
        return self._within([range(len(link.choices) + 1) for link in self.links])

    def _within(self, left: Left) -> Places | Refuted:
        rounds: list[tuple[RuledOut, ...]] = []
        while all(left):
            self._step()
            ruled = ruled_out(self.market, self.links, left)
            if not ruled:
                break
            rounds.append(ruled)
            left = without(left, ruled)
        if not all(left):
            return Refuted(tuple(rounds), None, ())
        if all(len(those) == 1 for those in left):
            stable = self._stable(left)
            return Refuted(tuple(rounds), None, ()) if stable is None else stable
        split = min((len(those), index) for index, those in enumerate(left) if len(those) > 1)[1]
        cases = []
        for choice in left[split]:
            found = self._within([*left[:split], (choice,), *left[split + 1 :]])
            if not isinstance(found, Refuted):
                return found
            cases.append(found)
        return Refuted(tuple(rounds), split, tuple(cases))

    def _step(self) -> None:
        self.steps += 1
        if self.steps > self.limit:
            raise Stopped

    def _stable(self, left: Left) -> Places | None:
        """A stable matching of the rest where no link wants to leave: their best, if no link minds that."""
        agents = placed_as(self.market, self.links, left, all_apply=False)
        best = agents_propose(agents.choices, agents.standings, agents.rules)
        if self._keeps(agents, best, left):
            return places_of(self.market, agents, best)
        for places in stable_matchings(agents):
            self._step()
            if self._keeps(agents, places, left):
                return places_of(self.market, agents, places)
        return None

    def _keeps(self, agents: Agents, places: Places, left: Left) -> bool:
        held = held_of(agents, places)
        return all(
            first_better(self.market, link, choice, held, sure=False) is None
            for link, (choice,) in zip(self.links, left, strict=True)
        )


def without(left: Left, ruled: Sequence[RuledOut]) -> list[tuple[int, ...]]:
    """What is left when these are ruled out."""
    gone = {(each.link, each.choice) for each in ruled}
    return [
        tuple(choice for choice in those if (link, choice) not in gone) for link, those in enumerate(left)
    ]


def ruled_out(market: Market, links: Sequence[Link], left: Left) -> tuple[RuledOut, ...]:
    """One round: what no stable matching has, of what is left."""
    few = placed_as(market, links, left, all_apply=False)
    least = held_of(few, agents_propose(few.choices, few.standings, few.rules))
    many = placed_as(market, links, left, all_apply=True)
    most = held_of(many, programmes_propose(many.choices, many.standings, many.rules))
    found: list[RuledOut] = []
    for index, (link, those) in enumerate(zip(links, left, strict=True)):
        better = sure_of(market, link, those, most)
        for choice in those:
            if not can_have(market, link, choice, least, is_settled=len(those) == 1):
                found.append(RuledOut(index, choice, Refutes.NOT_TAKEN, None))
            elif better is not None and better < choice:
                found.append(RuledOut(index, choice, Refutes.WOULD_LEAVE, better))
    return tuple(found)


def can_have(market: Market, link: Link, choice: int, least: Sequence[set[int]], *, is_settled: bool) -> bool:
    """Whether the two can have it, with the fewest others; `least`: the best stable matching for those."""
    if is_settled:
        return is_taken(link, choice, least)
    return would_join(market, link, choice_at(link, choice), least)


def sure_of(market: Market, link: Link, those: Sequence[int], most: Sequence[set[int]]) -> int | None:
    """A choice that the two would get from whatever they have, with the most others."""
    if len(those) == 1:
        return first_better(market, link, those[0], most, sure=True)
    return next(
        (each for each, choice in enumerate(link.choices) if would_join(market, link, choice, most)), None
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
