"""From rows to the kernel's triage and back: which route the mandate proposes for a matter, and why."""

import datetime as dt
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.db.models.functions import Length
from django.utils import timezone

from styrfart.kernel import triage as kernel
from styrfart.mandates.models import DelegationPoint, DelegationScheme, Mandate, MandateState, Rule
from styrfart.mandates.queries import mandate_in_force, scheme_for
from styrfart.matters.models import Asked, Matter, Route
from styrfart.people.models import PeriodQuerySet, Person, Post, Team, TeamMember, TeamRole, Unit
from styrfart.people.queries import member_units

# Prepared mandates that a process keeps.
KEPT = 256


@dataclass(frozen=True)
class Proposal:
    """The desk's proposal: a route, the rule that gives it, and to whom."""

    route: Route = Route.UNKNOWN
    confidence: kernel.Confidence = kernel.Confidence.UNKNOWN
    rule_id: int | None = None
    rule_number: int | None = None
    rule_concerns: str = ""
    point_id: int | None = None
    point_code: str = ""
    point_text: str = ""
    person: Person | None = None
    post_title: str = ""
    team: Team | None = None
    only_member: Person | None = None
    # By the scheme only the committee may decide: surely, or perhaps.
    is_for_committee_only: bool = False
    may_be_for_committee_only: bool = False
    reasons: tuple[kernel.Reason, ...] = ()
    needs: tuple[kernel.Need, ...] = ()

    @property
    def receiver(self) -> str:
        """To whom or what the matter would go, in a few words."""
        return str(self.person or self.team or self.post_title)

    def is_followed_by(self, route: Route, *, person: Person | None = None, team: Team | None = None) -> bool:
        """Whether the choice is the proposed one, in route and in target.

        The chair who decides at once what the mandate would hand to the chair follows it.
        """
        if self.route == Route.POST and route == Route.DECIDE:
            return self.person is not None and self.person == person
        if route != self.route:
            return False
        if self.person and person:
            return self.person == person
        return not (self.team and team) or self.team == team

    def as_json(self) -> list[dict[str, Any]]:
        """The reasons as they stood, for the log: kinds and values, told in words when they are read."""
        return [{"kind": reason.kind.value, **dict(reason.values)} for reason in self.reasons]


@dataclass(frozen=True)
class _Ready:
    """A mandate and a scheme as the kernel wants them, with what is needed to find the way back to rows."""

    prepared: kernel.Prepared
    rules: dict[int, Rule]
    points: dict[str, DelegationPoint]
    # Units whose heads a rule names: their posts must be among the possible deciders.
    named_units: frozenset[int]


_kept: OrderedDict[tuple[object, ...], _Ready] = OrderedDict()
_lock = Lock()


def propose(matter: Matter) -> Proposal:
    """Which route the mandate of the matter's team proposes. Four queries when the mandate is known."""
    today = timezone.localdate()
    ready = _ready(matter.team, today)
    units = list(matter.units.all())
    posts = _posts(matter, units, ready.named_units, today)
    owner_path = _owner_path(matter, posts)
    asked = kernel.Matter(
        question=matter.question,
        why_us=matter.why_us,
        material=tuple(material.title for material in matter.materials.all()),
        asked=kernel.Asked(matter.asked or Asked.DECISION),
        owner=owner_path,
        touched=tuple(tuple(unit.ancestor_ids) for unit in units),
        cost=matter.cost,
    )
    seats = member_units(matter.team, today)
    members = {row.person.pk: row.person for row in seats}
    team = kernel.Team(
        unit=matter.team.unit_id,
        members=tuple(kernel.Member(row.person.pk, row.unit.pk) for row in seats),
        deciders=tuple(_decider(post, matter) for post in posts),
    )
    found = kernel.propose_prepared(asked, ready.prepared, team)
    return _told(found, ready, {_ref(post.unit_id, post.title): post for post in reversed(posts)}, members)


def points_touched(proposal: Proposal) -> list[DelegationPoint]:
    """The points of the scheme of delegation that the proposal rests on."""
    if proposal.point_id is None:
        return []
    points = DelegationPoint.objects.select_related("scheme__committee").prefetch_related("delegates")
    return list(points.filter(pk=proposal.point_id))


def forget() -> None:
    """Drop every prepared mandate."""
    with _lock:
        _kept.clear()


def _ready(team: Team, today: dt.date) -> _Ready:
    """The prepared mandate and scheme of the team; read again when either has changed."""
    mandate = (
        Mandate.objects.filter(team=team, state=MandateState.ADOPTED).values_list("pk", "revision").first()
    )
    scheme = (
        DelegationScheme.objects.on(today)
        .filter(committee__in=team.unit.ancestor_ids)
        .annotate(points_in_all=Count("points"), last_point=Max("points"), depth=Length("committee__path"))
        .order_by("-depth", "-valid_from")
        .values_list("pk", "points_in_all", "last_point")
        .first()
    )
    key = (mandate, scheme)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = _prepare(mandate_in_force(team) if mandate else None, scheme_for(team, today) if scheme else None)
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def _prepare(mandate: Mandate | None, scheme: DelegationScheme | None) -> _Ready:
    rules = list(mandate.rules.all()) if mandate else []
    points = list(scheme.points.all()) if scheme else []
    return _Ready(
        kernel.prepare(
            kernel.Mandate(tuple(_rule(rule) for rule in rules)),
            kernel.Scheme(tuple(_point(point) for point in points)),
        ),
        {rule.number: rule for rule in rules},
        {point.code: point for point in points},
        frozenset(rule.post_unit_id for rule in rules if rule.post_unit_id),
    )


def _rule(rule: Rule) -> kernel.Rule:
    target: kernel.Ref | None = rule.to_team_id
    if rule.post_unit_id and rule.post_title:
        target = _ref(rule.post_unit_id, rule.post_title)
    return kernel.Rule(
        number=rule.number,
        text=rule.concerns,
        destination=kernel.Destination(rule.destination),
        target=target,
        post_title=rule.post_title,
        words=tuple(rule.words),
        units=tuple(unit.pk for unit in rule.units.all()),
        amount_min=rule.amount_min,
        amount_max=rule.amount_max,
        points=tuple(point.code for point in rule.points.all()),
    )


def _point(point: DelegationPoint) -> kernel.Point:
    return kernel.Point(
        code=point.code,
        text=f"{point.heading}: {point.text}" if point.heading else point.text,
        delegates=tuple(kernel.Delegate(row.title, row.amount_limit) for row in point.delegates.all()),
        is_delegable=point.is_delegable,
        has_conditions=bool(point.conditions),
        words=tuple(point.words),
    )


def _ref(unit_id: int, title: str) -> str:
    """A post by its unit and title, whoever holds it: rules name posts, not people."""
    return f"{unit_id}/{' '.join(title.split()).casefold()}"


def _posts(matter: Matter, units: Sequence[Unit], named: Iterable[int], today: dt.date) -> list[Post]:
    """Who might decide: heads of the units touched, of the owner's, of those above, and of units named."""
    near = {pk for unit in [matter.team.unit, *units] for pk in unit.ancestor_ids} | set(named)
    heads = Q(is_head=True, unit__in=near) | Q(is_head=True, unit__in=_above_owner(matter, today))
    chairing = TeamMember.objects.on(today).filter(team=matter.team_id, role=TeamRole.CHAIR)
    posts: PeriodQuerySet[Post] = Post.objects.on(today)
    found = (
        posts.annotate(is_chairs=Exists(chairing.filter(person=OuterRef("person"))))
        .filter(heads | Q(person=matter.owner_id) | Q(is_chairs=True))
        .select_related("person", "unit")
    )
    return list(found.order_by("-is_head", "pk"))


def _above_owner(matter: Matter, today: dt.date) -> list[int]:
    """The units above the one where the owner works."""
    if matter.owner_id is None:
        return []
    paths = Post.objects.on(today).filter(person=matter.owner_id).values_list("unit__path", flat=True)
    return [int(part) for path in paths for part in path.split("/") if part]


def _owner_path(matter: Matter, posts: Iterable[Post]) -> kernel.Path:
    """The path of the unit where the owner works: the one they lead, else their first."""
    own = [post for post in posts if post.person_id == matter.owner_id]
    return tuple(own[0].unit.ancestor_ids) if own else ()


def _decider(post: Post, matter: Matter) -> kernel.Post:
    return kernel.Post(
        ref=_ref(post.unit_id, post.title),
        title=post.title,
        unit=tuple(post.unit.ancestor_ids),
        is_chair=bool(getattr(post, "is_chairs", False)),
        is_owner=post.person_id == matter.owner_id,
        is_head=post.is_head,
    )


def _told(
    found: kernel.Proposal, ready: _Ready, posts: dict[str, Post], members: dict[int, Person]
) -> Proposal:
    """The kernel's answer with rows instead of ids."""
    rule = ready.rules.get(found.rule) if found.rule is not None else None
    point = ready.points.get(found.point) if found.point is not None else None
    post = posts.get(str(found.target))
    to_team = rule.to_team if rule and found.route == kernel.Route.TEAM else None
    return Proposal(
        route=Route(found.route.value),
        confidence=found.confidence,
        rule_id=rule.pk if rule else None,
        rule_number=rule.number if rule else None,
        rule_concerns=rule.concerns if rule else "",
        point_id=point.pk if point else None,
        point_code=point.code if point else "",
        point_text=point.text if point else "",
        person=post.person if post else None,
        post_title=found.title or (post.title if post else rule.post_title if rule else ""),
        team=to_team,
        only_member=_only_member(found.reasons, members),
        is_for_committee_only=found.only_prepares and found.confidence is kernel.Confidence.CLEAR,
        may_be_for_committee_only=found.only_prepares,
        reasons=found.reasons,
        needs=found.needs,
    )


def _only_member(reasons: Iterable[kernel.Reason], members: dict[int, Person]) -> Person | None:
    for reason in reasons:
        if reason.kind == kernel.ReasonKind.ONE_AREA:
            refs = reason.values.get("members")
            first = refs[0] if isinstance(refs, tuple) and refs else None
            return members.get(first) if isinstance(first, int) else None
    return None
