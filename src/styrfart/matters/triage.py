"""From rows to the kernel's triage and back: which route the mandate proposes for a matter, and why."""

import datetime as dt
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from threading import Lock
from typing import Any

from django.utils import timezone

from styrfart.kernel import triage as kernel
from styrfart.mandates.models import DelegationPoint, DelegationScheme, Mandate, Rule
from styrfart.mandates.queries import mandate_in_force, scheme_for
from styrfart.matters import lean
from styrfart.matters.models import Asked, Matter, Route
from styrfart.people.models import Person, Team, TeamRole

# Prepared mandates that a process keeps.
KEPT = 256
VOTING = {TeamRole.CHAIR, TeamRole.MEMBER}


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

    def is_followed_by(
        self,
        route: Route,
        *,
        person: Person | None = None,
        team: Team | None = None,
        was_taken_up: bool = False,
    ) -> bool:
        """Whether the choice is the proposed one, in route and in target.

        The chair who decides at once what the mandate would hand to the chair follows it. So does whoever
        decides what was first taken up at a meeting, when a meeting was proposed.
        """
        if self.route == Route.MEETING and route == Route.DECIDE:
            return was_taken_up
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


@dataclass
class _Answers:
    """What the kernel has answered on a day about each matter (id), with a hash of all that it was asked.

    For the day only, and never about what is secret: a proposal quotes words of the matter.
    """

    day: dt.date = dt.date.min
    of_matter: dict[int, tuple[int, kernel.Proposal]] = field(default_factory=dict)

    def on(self, today: dt.date) -> dict[int, tuple[int, kernel.Proposal]]:
        """Today's; those of another day are dropped."""
        if self.day != today:
            self.day, self.of_matter = today, {}
        return self.of_matter


@dataclass(frozen=True)
class Ready:
    """A mandate and a scheme as the kernel wants them, with what is needed to find the way back to rows."""

    prepared: kernel.Prepared
    rules: dict[int, Rule]
    points: dict[str, DelegationPoint]
    # Units whose heads a rule names: their posts must be among the possible deciders.
    named_units: frozenset[int]
    # Whether the matter (id) has a proposed route, with the revision and the day for which that was found.
    has_route: dict[int, tuple[tuple[int, dt.date], bool]] = field(default_factory=dict)
    answers: _Answers = field(default_factory=_Answers)


_kept: OrderedDict[lean.RulesKey, Ready] = OrderedDict()
_lock = Lock()


def propose(matter: Matter, ready: Ready | None = None) -> Proposal:
    """Which route the mandate of the matter's team proposes.

    Four reads when the mandate is known, five when it leads to another team.
    """
    today = timezone.localdate()
    ready = ready or rules_in_force(matter.team)
    units = list(matter.units.all())
    near = {pk for unit in [matter.team.unit, *units] for pk in unit.ancestor_ids} | ready.named_units
    posts = lean.posts_near(matter.team_id, matter.owner_id, near, today)
    asked = kernel.Matter(
        question=matter.question,
        why_us=matter.why_us,
        material=tuple(material.title for material in matter.materials.all()),
        asked=kernel.Asked(matter.asked or Asked.DECISION),
        owner=next((post.unit_ids for post in posts if post.person == matter.owner_id), ()),
        touched=tuple(tuple(unit.ancestor_ids) for unit in units),
        cost=matter.cost,
    )
    team = kernel.Team(
        unit=matter.team.unit_id,
        members=tuple(
            kernel.Member(post.person, post.unit) for post in posts if post.is_head and post.role in VOTING
        ),
        deciders=tuple(_decider(post, matter) for post in posts),
    )
    found = _answer(matter, asked, team, ready, today)
    told = _told(found, ready, {_ref(post.unit, post.title): post for post in reversed(posts)}, matter)
    return told if told.team is None or _is_there(told.team, today) else _leading_nowhere(told)


def _answer(
    matter: Matter, asked: kernel.Matter, team: kernel.Team, ready: Ready, today: dt.date
) -> kernel.Proposal:
    """The kernel's answer, remembered: each look at the desk asks, and the same question has one answer."""
    answers, of_all = ready.answers.on(today), hash((asked, team))
    if matter.secrecy_ground or not matter.pk:
        answers.pop(matter.pk, None)
        return kernel.propose_prepared(asked, ready.prepared, team, weights=weights())
    known = answers.get(matter.pk)
    if known is None or known[0] != of_all:
        found = kernel.propose_prepared(asked, ready.prepared, team, weights=weights())
        known = answers[matter.pk] = of_all, found
    return known[1]


@cache
def weights() -> kernel.Weights:
    """What matters are like, learned ahead (`tools/triage/train.py`); read once a process."""
    return kernel.weights_from(
        resources.files("styrfart.matters").joinpath("subject_weights.bin").read_bytes()
    )


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


def rules_in_force(team: Team) -> Ready:
    """The prepared mandate and scheme of the team; read again when either has changed."""
    today = timezone.localdate()
    key = lean.rules_key(team.pk, team.unit.ancestor_ids, today)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = _prepare(
        mandate_in_force(team) if key.mandate else None, scheme_for(team, today) if key.scheme else None
    )
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def _prepare(mandate: Mandate | None, scheme: DelegationScheme | None) -> Ready:
    rules = list(mandate.rules.all()) if mandate else []
    points = list(scheme.points.all()) if scheme else []
    return Ready(
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


def _decider(post: lean.PostRow, matter: Matter) -> kernel.Post:
    return kernel.Post(
        ref=_ref(post.unit, post.title),
        title=post.title,
        unit=post.unit_ids,
        is_chair=post.role == TeamRole.CHAIR,
        is_owner=post.person == matter.owner_id,
        is_head=post.is_head,
    )


def _told(found: kernel.Proposal, ready: Ready, posts: dict[str, lean.PostRow], matter: Matter) -> Proposal:
    """The kernel's answer with rows instead of ids."""
    rule = ready.rules.get(found.rule) if found.rule is not None else None
    point = ready.points.get(found.point) if found.point is not None else None
    post = posts.get(str(found.target))
    return Proposal(
        route=Route(found.route.value),
        confidence=found.confidence,
        rule_id=rule.pk if rule else None,
        rule_number=rule.number if rule else None,
        rule_concerns=rule.concerns if rule else "",
        point_id=point.pk if point else None,
        point_code=point.code if point else "",
        point_text=point.text if point else "",
        person=_person(post.person, matter) if post else None,
        post_title=found.title or (post.title if post else rule.post_title if rule else ""),
        team=rule.to_team if rule and found.route == kernel.Route.TEAM else None,
        only_member=_only_member(found.reasons, matter),
        is_for_committee_only=found.only_prepares and found.confidence is kernel.Confidence.CLEAR,
        may_be_for_committee_only=found.only_prepares,
        reasons=found.reasons,
        needs=found.needs,
    )


def _is_there(team: Team, today: dt.date) -> bool:
    """Whether the team exists today. Asked anew: it may have ended since the mandate was prepared."""
    return Team.objects.on(today).filter(pk=team.pk).exists()


def _leading_nowhere(told: Proposal) -> Proposal:
    """The rule that fits is quoted, but where it leads there is nobody left: that is not a route."""
    return replace(
        told,
        route=Route.UNKNOWN,
        confidence=kernel.Confidence.UNKNOWN,
        team=None,
        is_for_committee_only=False,
    )


def _person(pk: int, matter: Matter) -> Person | None:
    """The person, without asking again for those whom the matter brings along."""
    known = {who.pk: who for who in (matter.owner, matter.handed_in_by) if who}
    return known.get(pk) or Person.objects.filter(pk=pk).first()


def _only_member(reasons: Iterable[kernel.Reason], matter: Matter) -> Person | None:
    """The only member whose area the matter touches, when that is said."""
    for reason in reasons:
        if reason.kind == kernel.ReasonKind.ONE_AREA:
            refs = reason.values.get("members")
            first = refs[0] if isinstance(refs, tuple) and refs else None
            return _person(first, matter) if isinstance(first, int) else None
    return None
