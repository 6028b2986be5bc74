"""How the team meets, in words and hours."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Prefetch, Q, Sum
from django.http import Http404

from styrfart.meetings.models import Meeting, MeetingKind, MeetingState, Series, StandingItem
from styrfart.meetings.queries.access import team_for, team_to_plan
from styrfart.people.models import Team
from styrfart.people.standing import User


@dataclass(frozen=True)
class KindRow:
    """A kind of meeting as the structure tells of it."""

    kind: MeetingKind
    series: list[Series]
    standing: int
    has_rota: bool
    number: int  # meetings planned within a year
    minutes: int
    last_on: dt.date | None


@dataclass(frozen=True)
class Structure:
    """The kinds of today, those that were, and what they come to."""

    kinds: list[KindRow]
    ended: list[MeetingKind]

    @property
    def minutes(self) -> int:
        return sum(row.minutes for row in self.kinds)

    @property
    def hours(self) -> int:
        """Hours for each who is at all of them, within a year, as meetings are planned."""
        return round(self.minutes / 60)


def a_year_from(today: dt.date) -> dt.date:
    """The last day of the year that begins today."""
    return today + dt.timedelta(days=364)


def structure(team: Team, today: dt.date) -> Structure:
    """Three queries."""
    ahead = Q(meetings__held_on__range=(today, a_year_from(today))) & ~Q(
        meetings__state=MeetingState.CANCELLED
    )
    running = Prefetch("series", Series.objects.filter(ended_at=None, last_on__gte=today), "running")
    rows = (
        MeetingKind.objects.filter(team=team)
        .annotate(
            number=Count("meetings", ahead, distinct=True),
            last_on=Max("meetings__held_on", filter=ahead),
        )
        .prefetch_related(running)
        .order_by("-minutes", "name")
    )
    lengths = dict(
        Meeting.objects.filter(team=team, held_on__range=(today, a_year_from(today)), kind__isnull=False)
        .exclude(state=MeetingState.CANCELLED)
        .order_by()
        .values_list("kind")
        .annotate(total=Sum("minutes"))
    )
    counts = {
        pk: (standing, places)
        for pk, standing, places in MeetingKind.objects.filter(team=team)
        .order_by()
        .values_list("pk")
        .annotate(Count("standing_items", distinct=True), Count("rota", distinct=True))
    }
    now: list[KindRow] = []
    ended: list[MeetingKind] = []
    for kind in rows:
        if kind.valid_to is not None and kind.valid_to < today:
            ended.append(kind)
            continue
        standing, places = counts[kind.pk]
        now.append(
            KindRow(
                kind=kind,
                series=kind.running,
                standing=standing,
                has_rota=bool(places),
                number=kind.number,
                minutes=lengths.get(kind.pk, 0),
                last_on=kind.last_on,
            )
        )
    return Structure(now, ended)


def kind_for(user: User, team: str, pk: int) -> MeetingKind:
    """A kind of the team, for those who see its meetings."""
    return _kind(team_for(user, team), pk)


def kind_to_plan(user: User, team: str, pk: int) -> MeetingKind:
    """A kind of the team, for those who plan its meetings; 403 to others in the room."""
    return _kind(team_to_plan(user, team), pk)


def _kind(team: Team, pk: int) -> MeetingKind:
    kind = MeetingKind.objects.select_related("team__unit").filter(team=team, pk=pk).first()
    if kind is None:
        raise Http404
    return kind


def standing_item_to_plan(user: User, team: str, kind: int, pk: int) -> StandingItem:
    """A standing item of a kind, for those who plan."""
    of_kind = kind_to_plan(user, team, kind)
    item = (
        StandingItem.objects.select_related("owner", "kind__team__unit").filter(kind=of_kind, pk=pk).first()
    )
    if item is None:
        raise Http404
    return item


def series_to_plan(user: User, team: str, kind: int, pk: int) -> Series:
    """A series of a kind, for those who plan."""
    of_kind = kind_to_plan(user, team, kind)
    series = Series.objects.select_related("kind__team__unit").filter(kind=of_kind, pk=pk).first()
    if series is None:
        raise Http404
    return series
