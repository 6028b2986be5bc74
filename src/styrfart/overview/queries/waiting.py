"""Everything that waits for somebody, from every room, as one queue."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrfart.decisions.models import Decision
from styrfart.decisions.queries import DueKind, DueSource, due_for
from styrfart.mandates.queries import to_confirm, to_review
from styrfart.mandates.rules import ReviewReason
from styrfart.matters.queries import WaitingKind, WaitingSource, waiting_for
from styrfart.meetings import queries as meetings
from styrfart.meetings.queries import Source
from styrfart.meetings.queries import WaitingKind as MeetingKind
from styrfart.overview.queries.gate import Gate, gate
from styrfart.people.models import Person, TeamRole
from styrfart.people.rules import can_see_organisation
from styrfart.people.standing import standing
from styrfart.shared.addresses import reverse
from styrfart.shared.templatetags.words import ago, due, in_words

# What has a day within so many days goes before what has time.
SOON = dt.timedelta(days=7)
# Somebody waits for each of these, and only the reader brings it further.
FOR_ROUTERS = {WaitingKind.ROUTE, WaitingKind.TAKE_BACK, WaitingKind.PLACE}
# Days that others count on; the rest is dated by when it began to wait.
WITH_A_DAY = {
    WaitingKind.ANSWER,
    WaitingKind.PREPARE,
    DueKind.DONE,
    DueKind.EFFECT,
    DueKind.REVIEW,
    DueKind.ACTION,
    DueKind.OVERDUE,
    MeetingKind.APPROVE,
    MeetingKind.CHECK,
    MeetingKind.ADVICE,
    MeetingKind.MATERIAL,
    MeetingKind.NOTICE,
}
# It goes on now: before everything.
AT_ONCE = -1


@dataclass(frozen=True)
class Item:
    """One thing that waits: a sentence, why, one verb. Lower rank comes first."""

    title: str
    why: str
    verb: str
    url: str
    rank: int
    on: dt.date
    is_late: bool = False
    about: str = ""  # the record whose words it tells, as a letter names it


def waiting(user: Person, may: Gate | None = None) -> list[Item]:
    """All that waits for `user`: late first, then what others wait for, then by day.

    An outsider who works with us sees nothing of the organisation, so nothing waits for them here.
    """
    if not can_see_organisation(user):
        return []
    may = may or gate(user)
    found = [
        *(_at_the_desk(user, may.at_desk) if may.desk else ()),
        *(_decided(user, may.due) if may.decided else ()),
        *(_to_confirm(user) if may.to_confirm else ()),
        *(_to_review(user) if may.to_review else ()),
        *(_to_report(user) if may.keeps else ()),
        *(_in_meetings(user, may.meets) if may.meets else ()),
    ]
    return sorted(found, key=lambda item: (item.rank, item.on, item.url))


def _rank(kind: object, on: dt.date, today: dt.date, *, is_late: bool) -> int:
    if kind == MeetingKind.GOES_ON:
        return AT_ONCE
    if kind in FOR_ROUTERS:
        return 1  # somebody waits for every matter in the queue
    if is_late:
        return 0
    if kind not in WITH_A_DAY:
        return 4
    return 2 if on <= today else 3 if on <= today + SOON else 5


def _at_the_desk(user: Person, sources: Collection[WaitingSource]) -> Iterable[Item]:
    today = standing(user).day
    for one in waiting_for(user, sources):
        rank = _rank(one.kind, one.on, today, is_late=one.is_late)
        yield Item(one.title, one.why, one.verb, one.url, rank, one.on, one.is_late, one.about)


def _decided(user: Person, sources: Collection[DueSource]) -> Iterable[Item]:
    today = standing(user).day
    for one in due_for(user, sources):
        rank = _rank(one.kind, one.on, today, is_late=one.is_late)
        yield Item(one.title, one.why, one.verb, one.url, rank, one.on, one.is_late, one.about)


def _in_meetings(user: Person, sources: Collection[Source]) -> Iterable[Item]:
    today = standing(user).day
    for one in meetings.waiting_for(user, sources):
        rank = _rank(one.kind, one.on, today, is_late=one.is_late)
        yield Item(one.title, one.why, one.verb, one.url, rank, one.on, one.is_late, one.about)


def _to_confirm(user: Person) -> Iterable[Item]:
    today = standing(user).day
    for mandate in to_confirm(user):
        since = timezone.localdate(mandate.proposed_at) if mandate.proposed_at else today
        yield Item(
            _("Bekräfta mandatet för %(team)s") % {"team": mandate.team},
            _("%(name)s föreslog det %(when)s.") % {"name": mandate.proposed_by, "when": ago(since, today)},
            _("Läs och bekräfta"),
            reverse("mandates:proposal", args=[mandate.team.slug]),
            3,
            since,
        )


def _to_review(user: Person) -> Iterable[Item]:
    today = standing(user).day
    for call in to_review(user, today):
        team = call.mandate.team
        day = call.mandate.review_on or today
        yield Item(
            _("Se över mandatet för %(team)s") % {"team": team},
            _why_review(call.reasons, day, today),
            _("Se över"),
            reverse("mandates:show", args=[team.slug]),
            3,
            min(day, today),
        )


def _why_review(reasons: Iterable[ReviewReason], day: dt.date, today: dt.date) -> str:
    if ReviewReason.NEW_CHAIR in reasons:
        return _("Gruppen har fått en ny ordförande sedan mandatet antogs.")
    if ReviewReason.NEW_MEMBERS in reasons:
        return _("Minst två ledamöter är nya sedan mandatet antogs.")
    return _("Översynen är %(late)s.") % {"late": due(day, today)}


def _to_report(user: Person) -> Iterable[Item]:
    """Decisions by delegation that the committee has not been told of: for the one who keeps the record."""
    here = standing(user)
    kept = {team.pk: team for team in here.teams if here.seats[team.pk] == TeamRole.SECRETARY}
    if not kept:
        return
    rows = (
        Decision.objects.filter(team__in=kept, is_to_be_reported=True, reported_on=None, withdrawn_at=None)
        .order_by()
        .values("team")
        .annotate(count=Count("pk"), oldest=Min("decided_at"))
    )
    for row in rows:
        team, since = kept[row["team"]], timezone.localdate(row["oldest"])
        yield Item(
            ngettext("Anmäl ett beslut till nämnden", "Anmäl %(count)s beslut till nämnden", row["count"])
            % {"count": in_words(row["count"], "ett")},
            _("%(team)s. Det äldsta fattades %(when)s.") % {"team": team, "when": ago(since, here.day)},
            _("Anmäl besluten"),
            reverse("decisions:report-to-committee", args=[team.slug]),
            4,
            since,
        )
