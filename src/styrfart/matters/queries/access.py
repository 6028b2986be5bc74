"""Fetching is authorising: 404 to outsiders, 403 to those who may see but not do."""

from collections.abc import Callable, Iterable

from django.core.exceptions import PermissionDenied
from django.http import Http404

from styrfart.matters import rules
from styrfart.matters.facts import AlreadyRouted
from styrfart.matters.models import (
    HandOver,
    Material,
    Matter,
    MatterEvent,
    MatterState,
    Preparation,
    Routing,
)
from styrfart.matters.queries.left_behind import places, sees_left_behind
from styrfart.people import queries as people
from styrfart.people.models import Team, Unit
from styrfart.people.standing import User
from styrfart.shared.prepared import PreparedObjects, remember

# What a sentence about a choice of route needs to have at hand (`phrases.moved`).
ROUTING = (
    "by",
    "team",
    "matter__decision__owner",
    "matter__decision__decided_by",
    "matter__handed_in_by",
    "hand_over__to_person",
    "hand_over__to_team",
    "preparation__owner",
)


def team_to_hand_in(user: User, slug: str) -> Team:
    """The team with its unit, for anyone who works here and for as long as it exists."""
    team = Team.objects.select_related("unit").filter(slug=slug).first()
    if team is None or not rules.can_hand_in(user, team):
        raise Http404
    return team


def desk_for(user: User, slug: str) -> Team:
    """The team whose matters `user` reads; 403 to those who may enter its room but not its desk."""
    team = people.team_for(user, slug)
    if not rules.can_read_desk(user, team):
        raise PermissionDenied
    return team


def mirror_for(user: User, slug: str) -> Team:
    """The team, for those who see how it works; 403 to others who may enter its room."""
    team = people.team_for(user, slug)
    if not rules.can_see_mirror(user, team):
        raise PermissionDenied
    return team


def matter_for(user: User, nr: int) -> Matter:
    """The matter wherever it is now, if `user` may see it."""
    matter = whole_matter(nr)
    # Most who ask sit in the team or handed it in: that is known without asking the whole rule.
    if matter is None or not (
        rules.is_plainly_visible(user, matter)
        or Matter.objects.visible_to(user).filter(pk=nr).exists()
        or sees_left_behind(user, matter)
    ):
        raise Http404
    return matter


def matter_to_edit(user: User, nr: int) -> Matter:
    """A matter that waits, for the one who handed it in or owns it; a draft for its writer."""
    matter = matter_for(user, nr)
    if rules.can_edit(user, matter):
        return matter
    if matter.state != MatterState.DRAFT and user.pk in {matter.handed_in_by_id, matter.owner_id}:
        raise AlreadyRouted(matter, last_routing(matter))
    raise PermissionDenied


def matter_to_mark(user: User, nr: int) -> Matter:
    """A matter that `user` may mark as secret; 403 to others who see it."""
    matter = matter_for(user, nr)
    if not rules.can_mark_secret(user, matter):
        raise PermissionDenied
    return matter


def draft_for(user: User, nr: int) -> Matter:
    """The user's own draft."""
    matter = matter_for(user, nr)
    if matter.state != MatterState.DRAFT:
        raise AlreadyRouted(matter, last_routing(matter))
    return matter


def matter_to_route(user: User, slug: str, nr: int) -> Matter:
    """A matter for which `user` may choose a route, or AlreadyRouted when it has left the team since."""
    return _matter_in(user, slug, nr, rules.can_route)


def matter_to_move(user: User, slug: str, nr: int) -> Matter:
    """A matter to move to another team or decline, for those who route, or place for an ended team."""
    return _matter_in(user, slug, nr, lambda who, team: rules.can_route(who, team) or places(who, team))


def matter_to_decide(user: User, slug: str, nr: int) -> Matter:
    """A matter that `user` may decide as one of the team; by what right is asked on the page."""
    return _matter_in(user, slug, nr, rules.can_decide)


def _matter_in(user: User, slug: str, nr: int, may: Callable[[User, Team], bool]) -> Matter:
    matter = matter_for(user, nr)
    if matter.team.slug != slug:
        came_from = Team.objects.filter(slug=slug, routings__matter=matter).select_related("unit").first()
        if came_from and may(user, came_from):
            raise AlreadyRouted(matter, last_routing(matter))
        raise Http404
    if not may(user, matter.team):
        raise PermissionDenied
    return matter


def material_for(user: User, nr: int, pk: int) -> Material:
    """A document that was uploaded to a matter that `user` may see."""
    matter = matter_for(user, nr)
    material = matter.materials.filter(pk=pk).exclude(file="").first()
    if material is None or not material.file.storage.exists(material.file.name or ""):
        raise Http404
    return material


def hand_over_for(user: User, nr: int) -> HandOver:
    """The latest hand-over of the matter that is addressed to `user` or to a team where they route."""
    matter = matter_for(user, nr)
    latest = matter.hand_overs.select_related("matter__team", "to_team", "to_person", "routing__by").first()
    if latest is None:
        raise Http404
    may = latest.to_person_id == user.pk or bool(latest.to_team and rules.can_route(user, latest.to_team))
    if not may:
        raise PermissionDenied
    return latest


def hand_over_to_take_back(user: User, nr: int) -> HandOver:
    """The latest hand-over, for those who route where it came from; the action says if it is too late."""
    matter = matter_for(user, nr)
    latest = matter.hand_overs.select_related("to_team", "to_person", "routing__team__unit").first()
    if latest is None:
        raise Http404
    if not (rules.can_route(user, latest.routing.team) or places(user, latest.routing.team)):
        raise PermissionDenied
    return latest


def preparation_for(user: User, nr: int) -> Preparation:
    """The latest preparation of the matter, for whoever writes the report or routes in the team."""
    matter = matter_for(user, nr)
    latest = matter.preparations.select_related("matter__team", "owner").first()
    if latest is None:
        raise Http404
    if latest.owner_id != user.pk and not rules.can_route(user, matter.team):
        raise PermissionDenied
    return latest


def routing_to_undo(user: User, nr: int) -> Routing:
    """The choice of route that holds, for whoever may undo it; the action says whether it is too late."""
    routing = last_routing(matter_for(user, nr))
    if routing is None:
        raise Http404
    if not rules.can_undo(user, routing):
        raise PermissionDenied
    return routing


def last_routing(matter: Matter) -> Routing | None:
    """The choice of route that holds, with all that a sentence about it needs."""
    return matter.routings.filter(undone_at=None).select_related(*ROUTING).first()


def history(matter: Matter) -> list[MatterEvent]:
    """What has happened, oldest first; the matter then knows who has it now. One query."""
    events = _EVENTS.all(nr=matter.pk)
    routings = [event.routing for event in events if event.routing]
    for routing in routings:
        routing.matter = matter
    hand_overs = [routing.hand_over for routing in routings if hasattr(routing, "hand_over")]
    for routing in routings:
        if hasattr(routing, "hand_over"):
            routing.hand_over.routing = routing
    preparations = [routing.preparation for routing in routings if hasattr(routing, "preparation")]
    for hand_over in hand_overs:
        hand_over.matter = matter
    for preparation in preparations:
        preparation.matter = matter
    matter.open_hand_overs = [each for each in hand_overs if each.is_open][-1:]  # type: ignore[attr-defined]  # read by the page  # as the prefetch of `with_whereabouts` sets it
    matter.open_preparations = [each for each in preparations if each.is_open][-1:]  # type: ignore[attr-defined]  # read by the page
    return events


def routing_in(events: Iterable[MatterEvent]) -> Routing | None:
    """The choice of route that holds, among those that the history tells of."""
    standing_ = [event.routing for event in events if event.routing and event.routing.undone_at is None]
    return max(standing_, key=lambda routing: (routing.at, routing.pk), default=None)


def whole_matter(nr: int) -> Matter | None:
    """The matter with all that its page needs, whoever asks. Three queries."""
    matter = _MATTER.first(nr=nr)
    if matter is not None:
        remember(matter, "units", _UNITS.all(nr=nr))
        remember(matter, "materials", _MATERIALS.all(nr=nr))
    return matter


_MATTER: PreparedObjects[Matter] = PreparedObjects(
    lambda nr: Matter.objects.filter(pk=nr).order_by(),
    ("team__unit", "owner", "handed_in_by", "decision__team", "decision__owner", "decision__decided_by"),
    nr=int,
)
_EVENTS: PreparedObjects[MatterEvent] = PreparedObjects(
    lambda nr: MatterEvent.objects.filter(matter=nr).order_by("at", "pk"),
    (
        "by",
        "routing__by",
        "routing__hand_over__to_person",
        "routing__hand_over__to_team",
        "routing__preparation__owner",
    ),
    nr=int,
)
_UNITS: PreparedObjects[Unit] = PreparedObjects(
    lambda nr: Unit.objects.filter(pk__in=Matter.units.through.objects.filter(matter=nr).values("unit")),
    nr=int,
)
_MATERIALS: PreparedObjects[Material] = PreparedObjects(lambda nr: Material.objects.filter(matter=nr), nr=int)
