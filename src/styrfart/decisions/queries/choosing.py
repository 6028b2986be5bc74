"""What a decision form offers: by which right this decider decides, who may own it, what is measured."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone

from styrfart.decisions import rules
from styrfart.decisions.models import Authority, Decision
from styrfart.mandates.models import Delegate, DelegationPoint, MandateState, Result
from styrfart.mandates.rules import may_decide, same_title
from styrfart.people.models import Person, Post, Team, TeamMember, Unit
from styrfart.people.standing import Standing, User, standing

SUGGESTIONS = 4


@dataclass(frozen=True)
class Right:
    """A right by which the decider may decide; without a point it is management of work."""

    title: str  # the post
    point: DelegationPoint | None = None

    @property
    def authority(self) -> Authority:
        return Authority.DELEGATION if self.point else Authority.MANAGEMENT


@dataclass(frozen=True)
class Choices:
    """What can be chosen when this person decides in this team."""

    rights: tuple[Right, ...]
    seats: tuple[TeamMember, ...]  # the team's room, with persons
    heads: tuple[Post, ...]  # of the team's unit, of those right below it, of those concerned; with persons
    others: tuple[Person, ...]  # whom the matter brings along: its owner, its sender
    effects: tuple[str, ...]  # what the team measures already

    @property
    def people(self) -> dict[int, Person]:
        """Everybody who can own the decision or must hear of it, each once."""
        found = {seat.person_id: seat.person for seat in self.seats}
        found |= {post.person_id: post.person for post in self.heads}
        return found | {person.pk: person for person in self.others}


def choices_for(
    team: Team,
    decider: Person,
    *,
    units: Collection[Unit] = (),
    points: Collection[DelegationPoint] = (),
    cost: int | None = None,
    others: Iterable[Person] = (),
) -> Choices:
    """What to offer `decider` for a matter that concerns `units` (none: the team's own) at this cost.

    `points` are those of the scheme of delegation that the matter touches; one that cannot be delegated
    leaves no right at all.
    """
    concerned = list(units) or [team.unit]
    return Choices(
        rights=tuple(_rights(decider, concerned, cost)) if rules.is_delegable(points) else (),
        seats=tuple(_seats(team)),
        heads=tuple(_heads(team, concerned)),
        others=tuple({person.pk: person for person in others}.values()),
        effects=tuple(_measured(team, decider)),
    )


def people_near(team: Team) -> dict[int, Person]:
    """Everybody in the team's room, then the heads right below: those who can be given an action."""
    found = {seat.person_id: seat.person for seat in _seats(team)}
    return found | {post.person_id: post.person for post in _heads(team, [])}


def _seats(team: Team) -> Iterable[TeamMember]:
    seats = TeamMember.objects.on(timezone.localdate()).filter(team=team, person__is_active=True)
    return seats.select_related("person").order_by("person__family_name", "person__given_name", "pk")


def _heads(team: Team, units: list[Unit]) -> Iterable[Post]:
    heads = Post.objects.on(timezone.localdate()).filter(
        Q(unit=team.unit_id) | Q(unit__parent=team.unit_id) | Q(unit__in=[unit.pk for unit in units]),
        is_head=True,
        person__is_active=True,
    )
    return heads.select_related("person", "unit").order_by("unit__path", "pk")


def _rights(decider: Person, units: list[Unit], cost: int | None) -> Iterable[Right]:
    post = rules.deciding_post(decider, authority=Authority.MANAGEMENT, point=None, units=units, cost=cost)
    if post:
        yield Right(post.title)
    here = standing(decider)
    points = (
        DelegationPoint.objects.filter(pk__in=_points_naming(here))
        .select_related("scheme__committee")
        .prefetch_related("delegates")
    )
    for point in points:
        if may_decide(here.posts, point, cost):
            post = rules.deciding_post(
                decider, authority=Authority.DELEGATION, point=point, units=units, cost=cost
            )
            yield Right(post.title if post else "", point)


def _points_naming(here: Standing) -> list[int]:
    """Points, in schemes that are valid today, that name one of the person's titles.

    Titles are compared here and not in the database: SQLite folds only the letters a–z.
    """
    titles = {post.title for post in here.posts}
    above = {int(part) for post in here.posts for part in post.unit_path.split("/") if part}
    if not titles:
        return []
    named = Delegate.objects.filter(
        Q(point__scheme__valid_to__isnull=True) | Q(point__scheme__valid_to__gte=here.day),
        point__scheme__valid_from__lte=here.day,
        point__scheme__committee__in=above,
        point__is_delegable=True,
    ).values_list("point_id", "title")
    return [pk for pk, title in named if any(same_title(title, held) for held in titles)]


def _measured(team: Team, decider: User) -> list[str]:
    """Effect questions of the latest decisions that the decider may read, then the mandate's measures."""
    asked = Decision.objects.visible_to(decider).filter(team=team, withdrawn_at__isnull=True)
    asked = asked.order_by(F("decided_at").desc())
    questions = list(asked.values_list("effect_question", flat=True)[:40])
    measures = Result.objects.filter(mandate__team=team, mandate__state=MandateState.ADOPTED).exclude(
        measure=""
    )
    questions += measures.order_by("position").values_list("measure", flat=True)
    each_once: dict[str, str] = {}
    for question in questions:
        each_once.setdefault(question.casefold(), question)
    return list(each_once.values())[:SUGGESTIONS]
