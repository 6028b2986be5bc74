"""What has been put on record in a meeting, line by line, as one person may read it."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from styrfart.meetings.models import Entry, EntryKind, Meeting
from styrfart.people.standing import User, standing
from styrfart.shared.prepared import PreparedObjects
from styrfart.shared.templatetags.words import day_short

_ENTRIES: PreparedObjects[Entry] = PreparedObjects(
    lambda meeting: Entry.objects.filter(meeting=meeting).order_by("at", "pk"),
    ("author", "decision__owner", "decision__team", "action__owner", "action__team"),
    meeting=int,
)


@dataclass(frozen=True)
class LogLine:
    """One entry."""

    entry: Entry
    kind: str  # "Beslut 41:1", "Åtgärd"
    meta: str  # "Samir Haddad, klart 30 oktober"
    is_record: bool  # stands in serif: the organisation stands by it
    is_undone: bool  # a decision that was taken back
    is_removed: bool  # only who keeps the record sees it
    can_change: bool
    can_withdraw: bool  # an action that is not done

    @property
    def counts(self) -> bool:
        """A decision, an action or a parked question that stands."""
        return self.entry.kind != EntryKind.NOTE and not (self.is_undone or self.is_removed)

    @property
    def is_secret(self) -> bool:
        """Whether what it says stays in the room."""
        about = self.entry.decision or self.entry.action
        return bool(about and about.secrecy_ground)

    @property
    def at(self) -> dt.datetime:
        return self.entry.at

    @property
    def url(self) -> str:
        """The page of the decision or the action."""
        about = self.entry.decision or self.entry.action
        return about.get_absolute_url() if about else ""


def entries_of_meeting(meeting: int) -> list[Entry]:
    """All entries, with what they point at. One query."""
    return _ENTRIES.all(meeting=meeting)


def log_lines(
    user: User, meeting: Meeting, entries: Iterable[Entry], hidden: Collection[int], *, sees_removed: bool
) -> list[LogLine]:
    """The lines that `user` may read; none of an item that is closed to them."""
    here = standing(user)
    is_in_room = here.is_in(meeting.team_id)
    return [
        _line(row, can_change=sees_removed or row.author_id == here.person_id)
        for row in entries
        if row.item_id not in hidden
        and (is_in_room or not _is_secret(row, here.person_id))
        and (row.removed_at is None or row.decision or sees_removed)
    ]


def _is_secret(row: Entry, person: int) -> bool:
    if row.decision:
        return bool(row.decision.secrecy_ground) and row.decision.decided_by_id != person
    return bool(row.action and row.action.secrecy_ground)


def _line(row: Entry, *, can_change: bool) -> LogLine:
    return LogLine(
        entry=row,
        kind=_kind(row),
        meta=_meta(row),
        is_record=row.kind == EntryKind.DECISION,
        is_undone=bool(row.decision and row.decision.withdrawn_at),
        is_removed=row.removed_at is not None and row.decision is None,
        can_change=can_change and row.kind in {EntryKind.NOTE, EntryKind.PARKED},
        can_withdraw=can_change
        and row.action is not None
        and row.action.withdrawn_at is None
        and row.action.done_at is None,
    )


def _kind(row: Entry) -> str:
    if row.decision:
        return _("Beslut %(number)s") % {"number": row.decision.number}
    label = str(EntryKind(row.kind).label)
    return label[:1].upper() + label[1:]


def _meta(row: Entry) -> str:
    if row.decision:
        return _("%(name)s, klart %(day)s") % {
            "name": row.decision.owner,
            "day": day_short(row.decision.due_on),
        }
    if row.action:
        return _("%(name)s, %(day)s") % {"name": row.action.owner, "day": day_short(row.action.due_on)}
    if row.kind == EntryKind.PARKED and row.take_up_on:
        return _("Tas upp %(day)s") % {"day": day_short(row.take_up_on)}
    return str(row.author)
