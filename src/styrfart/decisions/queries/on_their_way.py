"""Decisions on their way to effect, as home and the team's room show them."""

import datetime as dt

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from styrfart.decisions.models import Decision
from styrfart.decisions.queries.reading import Row, row_of
from styrfart.people.models import Team
from styrfart.people.standing import User, standing
from styrfart.shared.prepared import PreparedObjects

# A decision whose effect has been followed stays on the home page for so long.
SHOW_EFFECT_FOR = dt.timedelta(days=30)
# How many decisions on their way a page shows.
SHOWN = 3


def on_their_way(user: User, *, team: Team | None = None) -> list[Row]:
    """The first decisions on their way to effect: the team's, or those of the user's teams and own ones.

    What should have been done first comes first; effects followed lately are shown too. One query.
    """
    here = standing(user)
    values = {
        "me": here.person_id,
        "room": list(here.seats),
        "since": timezone.now() - SHOW_EFFECT_FOR,
    }
    found = _OF_TEAM.all(**values, team=team.pk) if team else _OWN.all(**values)
    for decision in found:  # in force: nothing has replaced it, and nobody needs to ask
        Decision._meta.get_field("replaced_by").set_cached_value(decision, None)
    return [row_of(decision, here.day) for decision in found]


def _under_way(*, me: int, room: list[int], since: dt.datetime, **chosen: int) -> QuerySet[Decision]:
    is_chosen = Q(**chosen) if chosen else Q(team__in=room) | Q(owner=me)
    return (
        Decision.objects.open_to(me, room)
        .in_force()
        .filter(is_chosen, Q(effect_at=None) | Q(effect_at__gte=since))
        .order_by(F("done_at").asc(nulls_first=True), "due_on", "pk")[:SHOWN]
    )


_OWN = PreparedObjects(_under_way, ("team", "owner"), me=int, room=list, since=dt.datetime)
_OF_TEAM = PreparedObjects(_under_way, ("team", "owner"), me=int, room=list, since=dt.datetime, team=int)
