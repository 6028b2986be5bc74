"""The decision form of an open meeting: for the one who decides, or for the secretary who writes it down."""

from typing import Any

from django.http import QueryDict

from styrfart.matters import triage
from styrfart.meetings.forms.live_decision import MeetingDecisionForm, decision_of_item
from styrfart.meetings.models import AgendaItem, Attendee, AttendeeRole
from styrfart.meetings.queries.live import LivePage
from styrfart.people.models import Person, TeamRole
from styrfart.people.standing import standing


def decision_form(
    user: Person, page: LivePage, *, chosen: int | None = None, data: QueryDict | None = None
) -> MeetingDecisionForm | None:
    """The form; None for whoever neither decides nor writes down what others do."""
    if page.shown is None or page.shown.is_spoken:
        return None
    deciders = deciders_of(user, page)
    if not deciders:
        return None
    decider = next((who for who in deciders if who.pk == chosen), deciders[0])
    form = form_for(page.shown.item, decider, page.shown.asked, data)
    is_own = decider.pk == user.pk
    # A member without any right of their own is shown nothing; who writes for others is told why.
    return None if is_own and not form.can_decide and len(deciders) == 1 else form


def deciders_of(user: Person, page: LivePage) -> list[Person]:
    """Whose decision `user` may write: their own; as the team's secretary that of anybody who takes part."""
    assert page.shown is not None  # noqa: S101  # asked above
    asked = page.shown.asked
    if standing(user).seats.get(page.meeting.team_id) == TeamRole.SECRETARY:
        return [row.person for row in sorted(asked, key=_chair_first)]
    # Every right belongs to a post.
    return [row.person for row in asked if row.person_id == user.pk] if standing(user).posts else []


def form_for(
    item: AgendaItem, decider: Person, there: list[Attendee], data: QueryDict | None = None
) -> MeetingDecisionForm:
    """The form for this decider. What the committee alone decides leaves no right to choose."""
    given: dict[str, Any] = {"units": [], "points": [], "cost": None}
    others = [item.owner]
    initial = decision_of_item(item, decider)
    if item.matter:
        matter = item.matter
        proposal = triage.propose(matter)
        given = {
            "units": list(matter.units.all()),
            "points": triage.points_touched(proposal),
            "cost": matter.cost,
        }
        others += [who for who in (matter.owner, matter.handed_in_by) if who]
        initial["right"] = f"p{proposal.point_id}" if proposal.point_id else "arbetsledning"
    return MeetingDecisionForm(
        data,
        team=item.meeting.team,
        decider=decider,
        there=there,
        others=others,
        initial=initial,
        auto_id="beslut_%s",
        **given,
    )


def _chair_first(row: Attendee) -> bool:
    return row.role != AttendeeRole.CHAIR
