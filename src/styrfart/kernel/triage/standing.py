"""Where a matter stands in the organisation: whose areas it touches, and who might decide it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from styrfart.kernel.swedish import stem, words
from styrfart.kernel.triage.model import Matter, Member, Path, Post, Ref, Team

_ACTING = frozenset({"tf", "tillförordnad"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What the tree says of the matter.

    `areas`: the members whose area it touches, each once, by id; empty when no unit is given. `everyone`: it
    touches the team's whole unit. `outside`: units are given and none lies in the team's part of the tree.
    """

    matter: Matter
    team: Team
    areas: tuple[Member, ...]
    everyone: bool
    outside: bool

    def share_within(self, units: Collection[Ref]) -> float:
        """The share of the units touched that lie in one of `units` or below it; 0 when none are given."""
        touched = self.matter.touched
        inside = sum(any(unit in units for unit in path) for path in touched)
        return inside / len(touched) if touched else 0.0

    def holder(self, title: str) -> Post | None:
        """The decider with the title who stands nearest above the units touched, or else above the owner,
        or else the only one who stands over neither (a post for the whole, such as a head of
        communications).

        None when nobody does, or two stand equally near.
        """
        holding = [post for post in self.team.deciders if names(title, post.title)]
        touched = self.matter.touched
        owner = (self.matter.owner,) if self.matter.owner else ()
        return (
            _nearest(post for post in holding if touched and self._is_over(post, touched))
            or _nearest(post for post in holding if owner and self._is_over(post, owner))
            or self._beside(holding)
        )

    def _beside(self, holding: list[Post]) -> Post | None:
        in_line = any(
            self._is_over(post, (path,))
            for post in holding
            for path in (*self.matter.touched, self.matter.owner)
        )
        return holding[0] if len(holding) == 1 and not in_line else None

    def line_manager(self) -> Post | None:
        """The head nearest above the owner who is not the owner."""
        heads = (post for post in self.team.deciders if post.is_head and not post.is_owner)
        owner = self.matter.owner
        return _nearest(post for post in heads if owner and self._is_over(post, (owner,)))

    def own_head(self) -> Post | None:
        """The head of the owner's own unit, when the matter touches nothing outside that unit."""
        owner, touched = self.matter.owner, self.matter.touched
        if not owner or not touched or any(owner[-1] not in path for path in touched):
            return None
        return _nearest(post for post in self.team.deciders if post.is_head and post.unit == owner)

    def by_ref(self, ref: Ref | None) -> Post | None:
        """The decider with this id."""
        return next((post for post in self.team.deciders if ref is not None and post.ref == ref), None)

    def is_at_least(self, titles: frozenset[str], ref: Ref | None, post_title: str) -> bool:
        """Whether one of the titles stands as high as the decider that a rule names: nobody appoints such."""
        if not titles or not (ref or post_title):
            return False
        heights = [
            len(post.unit)
            for post in self.team.deciders
            if post.ref == ref or (ref is None and names(post_title, post.title))
        ]
        return bool(heights) and any(
            len(post.unit) <= max(heights)
            for post in self.team.deciders
            if not titles.isdisjoint(stem(word) for word in words(post.title)[:2])
        )

    @staticmethod
    def _is_over(post: Post, paths: Iterable[Path]) -> bool:
        return bool(post.unit) and all(post.unit[-1] in path for path in paths)


def stand(matter: Matter, team: Team) -> Standing:
    """What the tree says of the matter, from the paths of the units that it touches."""
    led = {member.unit: member for member in team.members if member.unit != team.unit}
    areas: dict[Ref, Member] = {}
    inside = everyone = False
    for path in matter.touched:
        inside = inside or team.unit in path
        everyone = everyone or path[-1:] == (team.unit,)
        nearest = next((led[unit] for unit in reversed(path) if unit in led), None)
        if nearest is not None:
            areas[nearest.ref] = nearest
            inside = True
    if everyone:
        areas = {member.ref: member for member in led.values()}
    ordered = tuple(sorted(areas.values(), key=lambda member: (str(type(member.ref)), member.ref)))
    return Standing(matter, team, ordered, everyone, bool(matter.touched) and not inside)


def names(wanted: str, title: str) -> bool:
    """Whether a post with `title` is the one that `wanted` names.

    "Enhetschef" names "Enhetschef", "tf enhetschef" and "Enhetschef Norra", but not "Biträdande enhetschef".
    """
    asked, has = words(wanted), words(title)
    if has[:2] == ["t", "f"]:
        has = has[2:]
    if has and has[0] in _ACTING:
        has = has[1:]
    return bool(asked) and has[: len(asked)] == asked


def _nearest(posts: Iterable[Post]) -> Post | None:
    ranked = sorted(posts, key=lambda post: -len(post.unit))
    if not ranked or (len(ranked) > 1 and len(ranked[1].unit) == len(ranked[0].unit)):
        return None
    return ranked[0]
