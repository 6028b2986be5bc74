"""What the notice of a meeting says: to those who have had none all of it, to the others what differs.

Letters go through many hands: of what is secret they say only that there is an item.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from styrfart.matters.models import Matter
from styrfart.meetings import purposes
from styrfart.meetings.models import AgendaItem, Attendee, Meeting
from styrfart.meetings.queries.agenda import Agenda, clock, items_of, sorted_out
from styrfart.meetings.queries.attending import people_at
from styrfart.meetings.queries.documents import Document, documents_of
from styrfart.meetings.queries.secrecy import is_secret

Said = dict[str, Any]


@dataclass(frozen=True)
class NoticeLine:
    """An item as a letter has it; its words are made when it is read, in the reader's language."""

    item: AgendaItem
    number: int | None
    begins: dt.datetime | None
    ends: dt.datetime | None
    is_secret: bool
    documents: list[Document] = field(default_factory=list)

    @property
    def title(self) -> str:
        return _("Sekretessmarkerad punkt") if self.is_secret else self.item.title

    @property
    def purpose(self) -> str:
        return str(purposes.VERBS[self.item.purpose])

    @property
    def owner(self) -> str:
        return "" if self.is_secret else str(self.item.owner)


@dataclass(frozen=True)
class Change:
    """One thing that is other than the latest notice said; its words are made when it is read."""

    kind: str
    title: str = ""
    before: Any = None
    now: Any = None

    def __str__(self) -> str:
        return _SENTENCES[self.kind](self)


@dataclass(frozen=True)
class Notice:
    """What would be sent, and to whom."""

    meeting: Meeting
    lines: list[NoticeLine]
    written: list[NoticeLine]
    changes: list[Change]
    said: Said
    new: list[Attendee]  # get all of it
    told: list[Attendee]  # have had it: get what differs
    unreached: list[Attendee]  # no address to write to
    absent: list[Attendee]

    @property
    def is_first(self) -> bool:
        return self.meeting.called_at is None

    @property
    def has_anything_to_tell(self) -> bool:
        return bool(self.new or (self.changes and self.told))


def notice_of(meeting: Meeting, *, note: str | None = None) -> Notice:
    """What the notice would say now; `note` is a greeting that is not saved yet. Five queries."""
    items = items_of(meeting)
    ordered, written, left = sorted_out(items)
    said = what_is_said([*ordered, *written], meeting.note if note is None else note)
    people = people_at(meeting)
    reached = [one for one in people.coming if one.person.email and one.person.is_active]
    times = clock(meeting, ordered)
    return Notice(
        meeting=meeting,
        lines=[_line(item, number, times) for number, item in enumerate(ordered, 1)],
        written=[_line(item, None, times) for item in written],
        changes=changes(meeting.called_with, said, postponed={item.pk for item in left}),
        said=said,
        new=[one for one in reached if one.called_at is None],
        told=[one for one in reached if one.called_at],
        unreached=[one for one in people.coming if one not in reached],
        absent=people.absent,
    )


def _line(
    item: AgendaItem, number: int | None, times: Mapping[int, tuple[dt.datetime, dt.datetime]]
) -> NoticeLine:
    begins, ends = times.get(item.pk, (None, None))
    secret = is_secret(item)
    return NoticeLine(item, number, begins, ends, secret, [] if secret else documents_of(item))


def what_is_said(items: Sequence[AgendaItem], note: str) -> Said:
    """What a notice says now, to be compared with later; no word of what is secret.

    Time and place are not in it: of those everybody is told when they change.
    """
    return {
        "note": note,
        "items": [
            {
                "pk": item.pk,
                "matter": item.matter_id,
                "title": "" if is_secret(item) else item.title,
                "purpose": item.purpose,
                "minutes": item.minutes,
                "owner": item.owner_id,
                "name": "" if is_secret(item) else str(item.owner),
                "is_in_writing": item.is_in_writing,
                "materials": [each.pk for each in item.materials.all()],
            }
            for item in items
        ],
    }


def changes(before: Mapping[str, Any], now: Said, *, postponed: Collection[int]) -> list[Change]:
    """How `now` differs from what the latest notice said; nothing when there was none."""
    if not before:
        return []
    found = [Change("note", now=now["note"])] if now["note"] not in {"", before["note"]} else []
    old, new = ({item["pk"]: item for item in said["items"]} for said in (before, now))
    hushed = _secret_since(item["matter"] for pk, item in old.items() if pk not in new)
    found += [Change("added", item["title"], now=item) for pk, item in new.items() if pk not in old]
    for pk, item in old.items():
        if pk not in new:
            title = "" if item["matter"] in hushed else item["title"]
            found.append(Change("postponed" if pk in postponed else "removed", title))
        else:
            found += _of_item(item, new[pk])
    kept = [pk for pk in old if pk in new]
    if [pk for pk in new if pk in old] != kept:
        found.append(Change("order"))
    return found


def changes_since(agenda: Agenda) -> list[Change]:
    """What the latest notice has not told of this agenda. No query but for what has been removed."""
    meeting = agenda.meeting
    items = [line.item for line in (*agenda.lines, *agenda.written)]
    postponed = {line.item.pk for line in agenda.left}
    return changes(meeting.called_with, what_is_said(items, meeting.note), postponed=postponed)


def _of_item(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    title = new["title"]
    found = [
        Change(f"item {name}", title, old[name], new[name])
        for name in ("minutes", "purpose", "is_in_writing")
        if old[name] != new[name]
    ]
    # Of what is secret a letter says neither the words nor who answers for it.
    if title and old["title"] and title != old["title"]:
        found.append(Change("item title", title, old["title"]))
    if title and old["owner"] != new["owner"]:
        found.append(Change("item owner", title, now=new["name"]))
    if title and set(new["materials"]) - set(old["materials"]):
        found.append(Change("item material", title))
    return found


def _secret_since(matters: Any) -> set[int]:
    """Which of these matters (ids) are secret now: what an old notice called them is said no more."""
    asked = [pk for pk in matters if pk]
    if not asked:
        return set()
    return set(Matter.objects.filter(pk__in=asked).exclude(secrecy_ground="").values_list("pk", flat=True))


def _named(change: Change) -> str:
    return change.title or _("Sekretessmarkerad punkt")


def _minutes(count: int) -> str:
    return _("%(minutes)s min") % {"minutes": count}


_SENTENCES: dict[str, Callable[[Change], str]] = {
    "note": lambda one: one.now,
    "added": lambda one: (
        _("Ny punkt: %(title)s. %(verb)s, %(minutes)s.")
        % {
            "title": _named(one),
            "verb": purposes.VERBS[one.now["purpose"]],
            "minutes": _minutes(one.now["minutes"]),
        }
    ),
    "removed": lambda one: _("Utgår: %(title)s.") % {"title": _named(one)},
    "postponed": lambda one: _("Bordlagd: %(title)s.") % {"title": _named(one)},
    "item minutes": lambda one: (
        _("%(title)s: %(now)s i stället för %(before)s.")
        % {"title": _named(one), "now": _minutes(one.now), "before": _minutes(one.before)}
    ),
    "item purpose": lambda one: (
        _("%(title)s: %(now)s i stället för %(before)s.")
        % {
            "title": _named(one),
            "now": str(purposes.VERBS[one.now]).lower(),
            "before": str(purposes.VERBS[one.before]).lower(),
        }
    ),
    "item is_in_writing": lambda one: (
        (
            _("%(title)s går ut skriftligt och tas inte upp på mötet.")
            if one.now
            else _("%(title)s tas upp på mötet.")
        )
        % {"title": _named(one)}
    ),
    "item title": lambda one: (
        _("%(title)s, som hette %(before)s.") % {"title": _named(one), "before": one.before}
    ),
    "item owner": lambda one: _("%(title)s: %(name)s ansvarar.") % {"title": _named(one), "name": one.now},
    "item material": lambda one: _("%(title)s har fått nytt underlag.") % {"title": _named(one)},
    "order": lambda one: _("Punkterna har fått en ny ordning."),  # noqa: ARG005  # as the others
}
