"""What was put on record at all the team's meetings: decisions, actions and parked questions."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from styrfart.decisions.phrases import state_of, state_of_action
from styrfart.matters.models import Matter
from styrfart.meetings import rules
from styrfart.meetings.models import Entry, EntryKind, Exclusion, ItemState
from styrfart.meetings.queries.access import team_for
from styrfart.people.models import Team
from styrfart.people.standing import User, standing
from styrfart.shared.addresses import reverse
from styrfart.shared.sought import holds, keywords
from styrfart.shared.templatetags.words import ago, day

ON_RECORD = (EntryKind.DECISION, EntryKind.ACTION, EntryKind.PARKED)
MOST_WORDS = 6


@dataclass(frozen=True)
class Narrowed:
    """How the log is narrowed down. Empty values narrow nothing."""

    text: str = ""
    kind: EntryKind | None = None
    year: int | None = None
    only_open: bool = False


@dataclass(frozen=True)
class OnRecord:
    """A line of the log, in words."""

    entry: Entry
    what: str  # "Beslut 41:1"
    text: str
    url: str
    meeting_url: str
    meta: str
    word: str
    tone: str
    can_take_up: bool
    can_open: bool
    is_secret: bool


def log_of(user: User, team: Team, by: Narrowed) -> QuerySet[Entry]:
    """Entries that `user` may read: newest first, but what is parked and waits oldest first."""
    me = standing(user).person_id
    excluded = Exclusion.objects.filter(item=OuterRef("item"), person=me, item__state=ItemState.CURRENT)
    found = (
        Entry.objects.filter(meeting__team=team, removed_at=None, decision__withdrawn_at=None)
        .filter(kind__in=[by.kind] if by.kind else ON_RECORD)
        .filter(
            Q(item__matter=None)
            | Q(item__matter__secrecy_ground="")
            | Q(item__matter__in=Matter.objects.visible_to(user).order_by().values("pk"))
        )
        .exclude(Exists(excluded))
    )
    if words := by.text.replace("\0", "").split()[:MOST_WORDS]:
        found = found.filter(holds(keywords(words), "text", "decision__text", "action__text"))
    if by.year:
        found = found.filter(meeting__held_on__year=by.year)
    if by.only_open:
        found = found.filter(
            Q(kind=EntryKind.PARKED, taken_up_at=None)
            | Q(kind=EntryKind.ACTION, action__done_at=None)
            | Q(kind=EntryKind.DECISION, decision__done_at=None, decision__replaced_at=None)
        )
    order = ("at", "pk") if by.kind == EntryKind.PARKED and by.only_open else ("-at", "-pk")
    return found.select_related(
        "meeting", "item__matter", "decision__owner", "decision__replaced_by", "action__owner", "author"
    ).order_by(*order)


def log_years(team: Team) -> list[int]:
    """The years in which the team has met. One query."""
    found = Entry.objects.filter(meeting__team=team, kind__in=ON_RECORD).order_by()
    years = found.values_list("meeting__held_on__year", flat=True).distinct()
    return sorted(years, reverse=True)


def log_lines_of(user: User, team: Team, entries: Iterable[Entry]) -> list[OnRecord]:
    """The entries in words, with what the reader may do. No query."""
    today = timezone.localdate()
    is_planner = rules.can_plan(user, team)
    me = standing(user).person_id
    return [_line(entry, team, today, is_mine=is_planner or entry.author_id == me) for entry in entries]


def _line(entry: Entry, team: Team, today: dt.date, *, is_mine: bool) -> OnRecord:
    what, text, url, meta = str(EntryKind(entry.kind).label).capitalize(), entry.text, "", ""
    is_parked = entry.kind == EntryKind.PARKED
    secret = [entry.item.matter.secrecy_ground] if entry.item and entry.item.matter else []
    if entry.decision:
        entry.decision.team = team
        what = _("Beslut %(number)s") % {"number": entry.decision.number}
        text, url = entry.decision.text, entry.decision.get_absolute_url()
        word, tone = state_of(entry.decision, today)
        meta = _owner(entry.decision.owner.full_name, entry.decision.due_on)
        secret.append(entry.decision.secrecy_ground)
    elif entry.action:
        entry.action.team = team
        text, url = entry.action.text, entry.action.get_absolute_url()
        word, tone = state_of_action(entry.action, today)
        meta = _owner(entry.action.owner.full_name, entry.action.due_on)
        secret.append(entry.action.secrecy_ground)
    else:
        word, tone = _parked_state(entry, today)
        meta = _("Tas upp %(day)s.") % {"day": day(entry.take_up_on)} if entry.take_up_on else ""
    meeting = reverse("meetings:show", args=[team.slug, entry.meeting.slug])
    return OnRecord(
        entry,
        what,
        text,
        url,
        meeting,
        meta,
        word,
        tone,
        can_take_up=is_parked and is_mine and entry.taken_up_at is None,
        can_open=is_parked and is_mine and entry.taken_up_at is not None,
        is_secret=any(secret),
    )


def _owner(name: str, due_on: dt.date) -> str:
    return _("%(owner)s, klart senast %(due)s.") % {"owner": name, "due": day(due_on)}


def _parked_state(entry: Entry, today: dt.date) -> tuple[str, str]:
    """Dealt with, or since when it waits; late when its day has passed."""
    if entry.taken_up_at:
        return _("Klar"), "ok"
    is_late = entry.take_up_on is not None and entry.take_up_on < today
    return _("Parkerad %(when)s") % {"when": ago(entry.at, today)}, "late" if is_late else "going"


def parked_for(user: User, slug: str, pk: int) -> Entry:
    """The parked question, for who may mark it: chair, secretary, and whoever parked it; 403 to others."""
    team = team_for(user, slug)
    found = log_of(user, team, Narrowed(kind=EntryKind.PARKED)).filter(pk=pk).first()
    if found is None:
        raise Http404
    if not (rules.can_plan(user, team) or found.author_id == standing(user).person_id):
        raise PermissionDenied
    return found


def parked_waiting(user: User, team: Team, *, by: dt.date | None = None) -> QuerySet[Entry]:
    """Parked questions that wait, those with the nearest day first; `by`: only those due by then."""
    found = log_of(user, team, Narrowed(kind=EntryKind.PARKED, only_open=True))
    if by:
        found = found.filter(Q(take_up_on=None) | Q(take_up_on__lte=by))
    return found.order_by(F("take_up_on").asc(nulls_last=True), "at", "pk")
