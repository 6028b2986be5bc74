"""Matters, and what becomes of them."""

import datetime as dt

from django.utils import timezone

from styrfart.mandates.models import Rule
from styrfart.matters.models import Asked, HandOver, Matter, MatterState, Preparation, Route, Routing
from styrfart.people.models import Person, Team
from tests.make.people import person, team


def matter(
    to_team: Team | None = None,
    question: str = "Ska receptionen ha jour mellan jul och nyår?",
    *,
    by: Person | None = None,
    owner: Person | None = None,
    state: MatterState = MatterState.INBOX,
    asked: Asked = Asked.DECISION,
    at: dt.datetime | None = None,
    latest_on: dt.date | None = None,
) -> Matter:
    """A matter that has been handed in and waits for a route."""
    by = by or person()
    return Matter.objects.create(
        team=to_team or team(),
        question=question,
        why_us="Det rör fler än en enhet.",
        asked=asked,
        owner=owner or by,
        handed_in_by=by,
        state=state,
        latest_on=latest_on,
        handed_in_at=None if state == MatterState.DRAFT else at or timezone.now(),
    )


def routing(
    of_matter: Matter | None = None,
    route: Route = Route.POST,
    *,
    by: Person | None = None,
    rule: Rule | None = None,
    is_accepted: bool = True,
    at: dt.datetime | None = None,
) -> Routing:
    """A choice of route in the matter's team, as proposed; the matter itself is left as it is."""
    of_matter = of_matter or matter()
    made = Routing.objects.create(
        matter=of_matter,
        team=of_matter.team,
        by=by or of_matter.handed_in_by,
        matter_revision=of_matter.revision,
        proposed_route=route if is_accepted else Route.MEETING,
        proposed_rule=rule,
        route=route,
        is_accepted=is_accepted,
        note="Det beslutar enheten." if route == Route.DECLINE else "",
        home="Enheten" if route == Route.DECLINE else "",
        before={"state": "inbox"},
    )
    if at:
        Routing.objects.filter(pk=made.pk).update(at=at)
        made.refresh_from_db()
    return made


def hand_over(
    of_matter: Matter | None = None, to: Person | None = None, *, to_team: Team | None = None
) -> HandOver:
    """A matter handed to a person (or a team), answer due in a week."""
    of_matter = of_matter or matter(state=MatterState.HANDED_OVER)
    return HandOver.objects.create(
        matter=of_matter,
        routing=routing(of_matter, Route.TEAM if to_team else Route.POST),
        to_person=None if to_team else to or person(),
        to_team=to_team,
        answer_by=timezone.localdate() + dt.timedelta(days=7),
    )


def preparation(of_matter: Matter | None = None, owner: Person | None = None) -> Preparation:
    """A matter on its way to the committee."""
    of_matter = of_matter or matter(state=MatterState.PREPARING)
    return Preparation.objects.create(
        matter=of_matter,
        routing=routing(of_matter, Route.COMMITTEE),
        owner=owner or person(),
        report="Ska nämnden ändra taxan?",
    )
