"""Minutes that wait for somebody, and minutes that hold some words."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from styrfart.matters.models.queryset import seats_with_insight
from styrfart.meetings import rules
from styrfart.meetings.models import Attendee, Entry, Meeting, Minutes, MinutesSection, MinutesState
from styrfart.meetings.queries.minutes import address_of_minutes
from styrfart.people.standing import User, standing
from styrfart.shared.prepared import Prepared, PreparedObjects
from styrfart.shared.sought import holds, keywords

LONGEST_SEARCH = 100
MOST_WORDS = 6
MOST_MINUTES = 100  # the latest; older ones are found in the log


class Asked(StrEnum):
    """What the minutes wait for somebody to do."""

    APPROVE = "approve"
    CHECK = "check"
    WRITE = "write"


@dataclass(frozen=True)
class WaitingMinutes:
    """Minutes that wait for somebody."""

    minutes: Minutes
    asked: Asked

    @property
    def url(self) -> str:
        """Where it is done."""
        return address_of_minutes(self.minutes)


def _asking(me: int) -> QuerySet[Minutes, Any]:
    """Minutes to approve, to check and to write; a union, so that each is found by its own index."""
    handed_over = Minutes.objects.filter(state=MinutesState.HANDED_OVER).order_by()
    to_approve = handed_over.filter(approver=me, approver_approved_at=None).values("pk")
    to_check = handed_over.filter(checker=me, checked_at=None).values("pk")
    to_write = Minutes.objects.filter(state=MinutesState.DRAFT, meeting__secretary=me).order_by().values("pk")
    return to_approve.union(to_check, to_write)


_WAITING: PreparedObjects[Minutes] = PreparedObjects(
    lambda me: Minutes.objects.filter(pk__in=_asking(me)).order_by("approve_by", "meeting__held_on", "pk"),
    ("meeting__team", "handed_over_by"),
    me=int,
)


def waiting_for(user: User) -> list[WaitingMinutes]:
    """Minutes that `user` is to approve, check or write, what is due first. One query."""
    me = standing(user).person_id
    found = []
    for one in _WAITING.all(me=me):
        if one.state == MinutesState.DRAFT:
            if rules.can_minute(user, one.meeting):
                found.append(WaitingMinutes(one, Asked.WRITE))
        elif one.checker_id == me and one.checked_at is None:
            found.append(WaitingMinutes(one, Asked.CHECK))
        else:
            found.append(WaitingMinutes(one, Asked.APPROVE))
    return found


@dataclass(frozen=True)
class FoundMinutes:
    """A part of approved minutes that holds what was sought."""

    section: MinutesSection

    @property
    def url(self) -> str:
        """The part on its page."""
        return f"{address_of_minutes(self.section.minutes)}#punkt-{self.section.pk}"


def search(user: User, text: str, *, limit: int = 20) -> list[FoundMinutes]:
    """Parts of approved minutes that hold every word, newest meeting first; never a part that is secret.

    Only what everybody who was expected may read is looked in, and the version that holds. Two queries: which
    minutes, and which of their parts; asked at once, a database reads every part that there is.
    """
    words = text[:LONGEST_SEARCH].replace("\0", "").split()[:MOST_WORDS]
    if not words:
        return []
    asked = keywords(words)
    read = [pk for (pk,) in _READ.rows(me=standing(user).person_id, teams=seats_with_insight(user))]
    rows = _holding(tuple(asked), limit).all(read=read, **asked) if read else []
    return [FoundMinutes(row) for row in rows]


def _readable(*, me: int, teams: list[int]) -> QuerySet[Minutes, tuple[int]]:
    """Ids of the approved minutes that hold, of the teams and of those who were expected."""
    mine = Attendee.objects.filter(person=me).order_by().values("meeting")
    # Not by state: nearly all are approved, and the index of states would be read from end to end.
    # A union and not an "or": each part is found by its own index.
    meetings = Meeting.objects.filter(team__in=teams).order_by().values("pk").union(mine)
    newer = Minutes.objects.filter(
        meeting=OuterRef("meeting"), approved_at__isnull=False, version__gt=OuterRef("version")
    )
    return (
        Minutes.objects.filter(
            ~Exists(newer), meeting__in=meetings, approved_at__isnull=False, secrecy_ground=""
        )
        .order_by("-pk")
        .values_list("pk")[:MOST_MINUTES]
    )


_READ = Prepared(_readable, me=int, teams=list)


@lru_cache(maxsize=32)
def _holding(names: tuple[str, ...], limit: int) -> PreparedObjects[MinutesSection]:
    """Asked by these keywords, for so many parts."""

    def found(*, read: list[int], **words: str) -> QuerySet[MinutesSection]:
        of_part = Q(item=OuterRef("item")) | Q(
            Exists(MinutesSection.objects.filter(pk=OuterRef(OuterRef("pk")), item=None)),
            item=None,
            meeting=OuterRef("minutes__meeting"),
        )
        secret = Entry.objects.filter(of_part).filter(
            ~Q(decision__secrecy_ground="") & Q(decision__isnull=False)
            | ~Q(action__secrecy_ground="") & Q(action__isnull=False)
        )
        return MinutesSection.objects.filter(
            Q(item__matter=None) | Q(item__matter__secrecy_ground=""),
            Q(item__decision=None) | Q(item__decision__secrecy_ground=""),
            ~Exists(secret),
            holds(words, "heading", "text"),
            minutes__in=read,
        ).order_by("-minutes__meeting__held_on", "position", "pk")[:limit]

    return PreparedObjects(found, ("minutes__meeting__team",), read=list, **dict.fromkeys(names, str))
