"""What could be taken up: matters that wait for a meeting, and decisions whose effect is to be followed."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from styrfart.decisions.models import Decision
from styrfart.matters.models import Matter, MatterState
from styrfart.matters.models.queryset import seats_with_insight
from styrfart.meetings.models import LEFT, AgendaItem, ItemState, Meeting
from styrfart.meetings.queries.tags import Tag, came
from styrfart.people.standing import User
from styrfart.shared.prepared import Prepared
from styrfart.shared.templatetags.words import day_short

# How long after the meeting a decision's effect may fall due and still be worth taking up.
SOON = dt.timedelta(days=14)
ON_AGENDA = [ItemState.COMING, ItemState.CURRENT]


@dataclass(frozen=True)
class Waiting:
    """A matter in the queue, and what there is to know about it at a glance."""

    matter: Matter
    tags: list[Tag]


def waiting_matters(user: User, meeting: Meeting) -> list[Waiting]:
    """The team's queue but for what stands on a coming agenda, the most pressing first. Two queries."""
    found = list(_queue(user, meeting).select_related("owner", "handed_in_by"))
    found.sort(key=lambda matter: (matter.latest_on or dt.date.max, matter.handed_in_at, matter.pk))
    before = _earlier([matter.pk for matter in found])
    return [Waiting(matter, _tags(matter, before.get(matter.pk), meeting)) for matter in found]


def matter_to_take_up(user: User, meeting: Meeting, nr: int) -> Matter:
    """A matter of the team's queue; one that stands on an agenda already is for the action to refuse."""
    matter = (
        _visible(user, meeting)
        .select_related("owner", "handed_in_by", "team")
        .filter(pk=nr, state=MatterState.QUEUED)
        .first()
    )
    if matter is None:
        raise Http404
    return matter


def decisions_to_follow(user: User, meeting: Meeting) -> list[Decision]:
    """The team's decisions whose effect falls due by then and that nobody has followed. One query."""
    return list(
        _to_follow(user, meeting)
        .filter(effect_on__lte=meeting.held_on + SOON)
        .exclude(agenda_items__state__in=ON_AGENDA)
        .order_by("effect_on", "pk")
    )


def decision_to_take_up(user: User, meeting: Meeting, nr: int) -> Decision:
    """A decision of the team's that can be followed up."""
    decision = _to_follow(user, meeting).filter(pk=nr).first()
    if decision is None:
        raise Http404
    return decision


def waiting_count(team_id: int) -> int:
    """How many matters in the team's queue stand on no agenda. One query."""
    return len(_WAITING.rows(team=team_id))


def _visible(user: User, meeting: Meeting) -> QuerySet[Matter]:
    """The team's matters; who leads a meeting without a seat in the team finds nothing secret."""
    here = Matter.objects.filter(team=meeting.team_id)
    return here if meeting.team_id in seats_with_insight(user) else here.filter(secrecy_ground="")


def _queue(user: User, meeting: Meeting) -> QuerySet[Matter]:
    return _visible(user, meeting).filter(state=MatterState.QUEUED).exclude(agenda_items__state__in=ON_AGENDA)


def _to_follow(user: User, meeting: Meeting) -> QuerySet[Decision]:
    return (
        Decision.objects.visible_to(user)
        .in_force()
        .select_related("owner", "team")
        .filter(team=meeting.team_id, effect_at=None)
    )


def _earlier(matters: list[int]) -> dict[int, AgendaItem]:
    """The last time each matter was on an agenda and left it unfinished."""
    found = (
        AgendaItem.objects.filter(matter__in=matters, state__in=LEFT)
        .select_related("meeting")
        .order_by("meeting__held_on", "pk")
    )
    return {item.matter_id: item for item in found if item.matter_id}


def _tags(matter: Matter, before: AgendaItem | None, meeting: Meeting) -> list[Tag]:
    tags = []
    if matter.latest_on:
        is_late = matter.latest_on < meeting.held_on
        words = _("svar behövdes senast %(day)s") if is_late else _("svar behövs senast %(day)s")
        tags.append(Tag(words % {"day": day_short(matter.latest_on)}, "late" if is_late else "none"))
    if before:
        tags.append(came(before))
    if matter.secrecy_ground:
        tags.append(Tag(_("omfattas av sekretess")))
    return tags


_WAITING = Prepared(
    lambda team: (
        Matter.objects.filter(team=team, state=MatterState.QUEUED)
        .exclude(agenda_items__state__in=ON_AGENDA)
        .order_by()
        .values_list("pk")
    ),
    team=int,
)
