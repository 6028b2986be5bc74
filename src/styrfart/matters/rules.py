"""Who may do what with matters. Answered from `standing` and the matter itself, without queries."""

from collections.abc import Collection, Mapping, Sequence

from django.utils import timezone

from styrfart.matters.models import EDITABLE, HandOver, Matter, MatterState, Preparation, Route, Routing
from styrfart.matters.models.queryset import seats_with_insight
from styrfart.people.models import Team, TeamRole
from styrfart.people.rules import can_see_organisation, is_member, is_secretary
from styrfart.people.standing import User, standing

ROUTING_SEATS = frozenset({TeamRole.CHAIR, TeamRole.SECRETARY})


def can_hand_in(user: User, team: Team) -> bool:
    """Everyone who works here, to every team that is valid today."""
    return can_see_organisation(user) and team.is_valid_on(timezone.localdate())


def is_plainly_visible(user: User, matter: Matter) -> bool:
    """What of `Matter.objects.visible_to` is known without a query: who handed it in, and the team's desk."""
    if matter.state == MatterState.DRAFT:
        return matter.handed_in_by_id == standing(user).person_id
    return matter.handed_in_by_id == standing(user).person_id or can_read_desk(user, matter.team)


def can_read_desk(user: User, team: Team) -> bool:
    """The team's queue, list and mirror: whoever has a seat in the team, an external coach excepted."""
    return team.pk in seats_with_insight(user)


def can_see_mirror(user: User, team: Team) -> bool:
    """How the team works is for the team itself: chair, members and secretary."""
    return is_member(user, team) or is_secretary(user, team)


def can_route(user: User, team: Team) -> bool:
    """The chair chooses the route; the secretary prepares and may choose any but deciding."""
    return _routes_in(user, team.pk)


def _routes_in(user: User, team_id: int) -> bool:
    return standing(user).seats.get(team_id) in ROUTING_SEATS


def can_decide(user: User, team: Team) -> bool:
    """Of the team; by what right, the decision itself must say (`decisions`). Never the secretary."""
    return is_member(user, team)


def can_archive(user: User, team: Team) -> bool:
    """The team's secretary fetches its closed matters for the e-archive."""
    return is_secretary(user, team)


def can_mark_secret(user: User, matter: Matter) -> bool:
    """Who handed it in, and the chair and the secretary of the team where it is now; a draft its writer."""
    if matter.handed_in_by_id == standing(user).person_id:
        return True
    return matter.state != MatterState.DRAFT and can_route(user, matter.team)


def can_lift_secrecy(user: User, matter: Matter) -> bool:
    """The chair and the secretary; who handed it in only for as long as nobody has chosen a route."""
    return can_mark_secret(user, matter) and (matter.state in EDITABLE or can_route(user, matter.team))


def can_edit(user: User, matter: Matter) -> bool:
    """Who handed it in, or owns it, until a route is chosen; a draft only who writes it."""
    me = standing(user).person_id
    if matter.state == MatterState.DRAFT:
        return matter.handed_in_by_id == me
    return matter.state in EDITABLE and me in {matter.handed_in_by_id, matter.owner_id}


def can_withdraw(user: User, matter: Matter) -> bool:
    """Who handed it in, for as long as nobody has chosen a route."""
    return matter.handed_in_by_id == standing(user).person_id and matter.state in {
        MatterState.INBOX,
        MatterState.MORE_ASKED,
    }


def can_answer(user: User, hand_over: HandOver) -> bool:
    """The one to whom the matter was handed, until it is answered, handed back or undone."""
    return hand_over.to_person_id == standing(user).person_id and hand_over.is_open


def can_return_to(user: User, hand_over: HandOver) -> bool:
    """A matter handed to a team: its chair or secretary may hand it back while it waits for a route."""
    return bool(
        hand_over.to_team
        and hand_over.is_open
        and hand_over.matter.team_id == hand_over.to_team_id
        and hand_over.matter.state == MatterState.INBOX
        and can_route(user, hand_over.to_team)
    )


def can_take_back(user: User, hand_over: HandOver) -> bool:
    """Whoever routes in the team that handed it over, while nobody has answered or chosen a route for it."""
    return is_waited_for(hand_over) and _routes_in(user, hand_over.routing.team_id)


def is_waited_for(hand_over: HandOver) -> bool:
    """Whether it is still where it was handed: with the person, or in the team's queue without a route."""
    matter = hand_over.matter
    if hand_over.to_person_id:
        return hand_over.is_open and matter.state == MatterState.HANDED_OVER
    is_there = matter.team_id == hand_over.to_team_id
    return hand_over.is_open and is_there and matter.state in {MatterState.INBOX, MatterState.MORE_ASKED}


def who_places(
    units: Sequence[int], heads: Mapping[int, Collection[int]], chairs: Mapping[int, Collection[int]]
) -> frozenset[int]:
    """Ids of those who place what a team left behind when it ended, and thereby read it.

    The head of the team's unit; else the chair of the nearest living team, in the unit or above it; else the
    nearest head above. `units`: ids from the top down to the team's unit. `heads`, `chairs`: of today, by
    unit. They move a matter to another team or decline it: nobody takes up, decides or hands over for a team
    that is there no longer.
    """
    upwards = list(reversed(units))
    for whose, where in ((heads, upwards[:1]), (chairs, upwards), (heads, upwards[1:])):
        for unit in where:
            if whose.get(unit):
                return frozenset(whose[unit])
    return frozenset()


def can_finish_preparation(user: User, preparation: Preparation) -> bool:
    """Who writes the report, or whoever routes in the team that prepares."""
    is_writer = preparation.owner_id == standing(user).person_id
    return preparation.is_open and (is_writer or can_route(user, preparation.matter.team))


def can_undo(user: User, routing: Routing) -> bool:
    """Who chose the route, or whoever routes in that team.

    Only who did it undoes a decision, and what never passed the desk: a draft handed straight to somebody.
    """
    is_mine = routing.by_id == standing(user).person_id
    routes = _routes_in(user, routing.team_id)
    was_draft = routing.before.get("state") == MatterState.DRAFT
    return is_mine or (routes and routing.route != Route.DECIDE and not was_draft)
