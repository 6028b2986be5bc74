"""Matters."""

import datetime as dt

from django.utils import timezone

from styrfart.matters.models import Asked, Matter, MatterState
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
        handed_in_at=None if state == MatterState.DRAFT else at or timezone.now(),
    )
