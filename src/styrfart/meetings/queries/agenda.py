"""The page of a meeting: what it takes up, when, by whom, with which material, and what is missing."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from styrfart.mandates.queries import adopted_in_brief
from styrfart.matters.models import Material as MatterMaterial
from styrfart.meetings import purposes, rules
from styrfart.meetings.deadlines import material_due
from styrfart.meetings.models import AgendaItem, ItemMaterial, ItemState, Meeting
from styrfart.meetings.queries.access import meeting_for
from styrfart.meetings.queries.attending import People, people_at
from styrfart.meetings.queries.documents import Document, documents_of
from styrfart.meetings.queries.queue import waiting_count
from styrfart.meetings.queries.secrecy import hidden_from
from styrfart.meetings.queries.tags import Tag, tags_of
from styrfart.meetings.queries.time_use import TimeUse, time_use
from styrfart.people.standing import User, standing
from styrfart.shared.prepared import PreparedObjects, remember


@dataclass(frozen=True)
class Line:
    """An item as one person sees it, with the clock it is planned for."""

    item: AgendaItem
    title: str
    number: int | None  # None: goes out in writing, or is not taken up here
    begins: dt.datetime | None
    ends: dt.datetime | None
    is_hidden: bool
    is_mine: bool
    can_prepare: bool
    tags: list[Tag] = field(default_factory=list)
    is_first: bool = False
    is_last: bool = False

    @property
    def purpose(self) -> str:
        """What the item is for, as a verb."""
        return str(purposes.VERBS[self.item.purpose])

    @property
    def documents(self) -> list[Document]:
        """All material of the item."""
        return [] if self.is_hidden else documents_of(self.item)

    @property
    def is_ready(self) -> bool:
        return not self.item.needs_material or self.item.ready_at is not None


@dataclass(frozen=True)
class Agenda:
    """Everything that a meeting takes up."""

    meeting: Meeting
    lines: list[Line]
    written: list[Line]
    left: list[Line]  # postponed or returned before the meeting
    minutes: int
    due_on: dt.date
    can_change: bool

    @property
    def minutes_left(self) -> int:
        """How much of the meeting is not planned; below zero: too much is."""
        return self.meeting.minutes - self.minutes

    @property
    def minutes_over(self) -> int:
        return -self.minutes_left

    @property
    def missing(self) -> list[Line]:
        """The items whose material is not ready."""
        return [line for line in [*self.lines, *self.written] if not line.is_ready]


@dataclass(frozen=True)
class AgendaPage:
    """The page of one meeting for the one who reads it."""

    agenda: Agenda
    time: TimeUse
    people: People
    waiting: int  # matters in the queue that stand on no agenda; only for those who plan
    can_plan: bool
    can_lead: bool


def agenda_page(user: User, meeting: Meeting) -> AgendaPage:
    """The page as `user` sees it: seven queries at most."""
    agenda = agenda_of(user, meeting)
    mandate = next(iter(adopted_in_brief([meeting.team_id])), None)
    can_plan = rules.can_plan(user, meeting.team)
    return AgendaPage(
        agenda=agenda,
        time=time_use([line.item for line in agenda.lines], mandate.target_mix if mandate else {}),
        people=people_at(meeting),
        waiting=waiting_count(meeting.team_id) if agenda.can_change else 0,
        can_plan=can_plan,
        can_lead=rules.can_lead(user, meeting),
    )


def agenda_of(user: User, meeting: Meeting) -> Agenda:
    """The items with their material, for `user`. Three queries."""
    items = items_of(meeting)
    hidden = hidden_from(user, meeting, items)
    ordered, written, left = sorted_out(items)
    can_change = rules.can_change_agenda(user, meeting)
    due_on = material_due(meeting)
    me, today = standing(user).person_id, timezone.localdate()

    def line(item: AgendaItem, number: int | None = None, *, last: int = 0) -> Line:
        is_hidden = item.pk in hidden
        begins, ends = times.get(item.pk, (None, None))
        return Line(
            item=item,
            title=_("Sekretessmarkerad punkt") if is_hidden else item.title,
            number=number,
            begins=begins,
            ends=ends,
            is_hidden=is_hidden,
            is_mine=item.owner_id == me,
            can_prepare=not is_hidden and rules.can_prepare(user, item),
            tags=[] if is_hidden else tags_of(item, due_on, today),
            is_first=number == 1,
            is_last=number == last,
        )

    times = clock(meeting, ordered)
    return Agenda(
        meeting=meeting,
        lines=[line(item, number, last=len(ordered)) for number, item in enumerate(ordered, 1)],
        written=[line(item) for item in written],
        left=[line(item) for item in left],
        minutes=sum(item.minutes for item in ordered),
        due_on=due_on,
        can_change=can_change,
    )


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """All items of the meeting with what they come from and all material. Three queries."""
    items = _ITEMS.all(meeting=meeting.pk)
    own: dict[int, list[ItemMaterial]] = defaultdict(list)
    for material in _MATERIALS.all(meeting=meeting.pk):
        own[material.item_id].append(material)
    of_matters: dict[int, list[MatterMaterial]] = defaultdict(list)
    if any(item.matter_id for item in items):
        for each in _MATTER_MATERIALS.all(meeting=meeting.pk):
            of_matters[each.matter_id].append(each)
    for item in items:
        item.meeting = meeting
        remember(item, "materials", own[item.pk])
        if item.matter:
            remember(item.matter, "materials", of_matters[item.matter.pk])
    return items


def sorted_out(
    items: Iterable[AgendaItem],
) -> tuple[list[AgendaItem], list[AgendaItem], list[AgendaItem]]:
    """What the meeting takes up in its order, what goes out in writing, what was put off before it began."""
    ordered: list[AgendaItem] = []
    written: list[AgendaItem] = []
    left: list[AgendaItem] = []
    for item in items:
        if item.state in {ItemState.POSTPONED, ItemState.RETURNED} and not was_taken_up(item):
            left.append(item)
        elif item.is_in_writing:
            written.append(item)
        else:
            ordered.append(item)
    return ordered, written, left


def was_taken_up(item: AgendaItem) -> bool:
    """Whether the meeting spent any time on it."""
    return item.started_at is not None or item.seconds_used > 0


def clock(meeting: Meeting, ordered: Sequence[AgendaItem]) -> dict[int, tuple[dt.datetime, dt.datetime]]:
    """From when to when each item is planned: one after the other, from the moment the meeting begins."""
    at, found = meeting.begins.astimezone(dt.UTC), {}
    for item in ordered:
        until = at + dt.timedelta(minutes=item.minutes)
        found[item.pk] = (at, until)
        at = until
    return found


def item_for(user: User, team: str, day: str, pk: int) -> tuple[Meeting, Line]:
    """The item with its meeting, for those who may read it; 404 to whom it is hidden. Raises `HasMoved`."""
    meeting = meeting_for(user, team, day)
    agenda = agenda_of(user, meeting)
    for line in [*agenda.lines, *agenda.written, *agenda.left]:
        if line.item.pk == pk and not line.is_hidden:
            return meeting, line
    raise Http404


def item_to_change(user: User, team: str, day: str, pk: int) -> tuple[Meeting, Line]:
    """The item, for those who change the agenda; 403 to others who read it."""
    meeting, line = item_for(user, team, day, pk)
    if not may_ever_change(user, meeting):
        raise PermissionDenied
    return meeting, line


def item_to_prepare(user: User, team: str, day: str, pk: int) -> tuple[Meeting, Line]:
    """The item, for its owner too; 403 to others. The action says whether it is too late."""
    meeting, line = item_for(user, team, day, pk)
    if not (line.is_mine or may_ever_change(user, meeting)):
        raise PermissionDenied
    return meeting, line


def agenda_to_change(user: User, team: str, day: str) -> Meeting:
    """The meeting, for those who change what it takes up; 403 to others who see it."""
    meeting = meeting_for(user, team, day)
    if not may_ever_change(user, meeting):
        raise PermissionDenied
    return meeting


def may_ever_change(user: User, meeting: Meeting) -> bool:
    """Whoever plans, and while the meeting goes on who leads it or keeps its record.

    That the meeting has been held meanwhile is for the action to say: the person is the right one.
    """
    return rules.can_plan(user, meeting.team) or rules.can_change_agenda(user, meeting)


_ITEMS: PreparedObjects[AgendaItem] = PreparedObjects(
    lambda meeting: AgendaItem.objects.filter(meeting=meeting).order_by("position", "pk"),
    ("owner", "matter", "decision", "came_from__meeting"),
    meeting=int,
)
_MATERIALS: PreparedObjects[ItemMaterial] = PreparedObjects(
    lambda meeting: ItemMaterial.objects.filter(item__meeting=meeting).order_by("pk"), meeting=int
)
_MATTER_MATERIALS: PreparedObjects[MatterMaterial] = PreparedObjects(
    lambda meeting: MatterMaterial.objects.filter(
        matter__in=AgendaItem.objects.filter(meeting=meeting).order_by().values("matter")
    ).order_by("pk"),
    meeting=int,
)
