"""Writing, handing in, changing and taking back a matter."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from styrfart.matters.actions.telling import note_event, tell
from styrfart.matters.facts import AlreadyRouted, MatterChanged, TeamEnded
from styrfart.matters.models import EDITABLE, EventKind, Material, Matter, MatterState
from styrfart.people.models import Person, Team, Unit
from styrfart.shared import audit


@dataclass(frozen=True)
class Content:
    """What a form says about a matter: its text, and the material that comes with it."""

    question: str = ""
    why_us: str = ""
    asked: str = ""
    owner: Person | None = None
    latest_on: dt.date | None = None
    cost: int | None = None
    units: Iterable[Unit] = ()
    files: Iterable[UploadedFile[bytes]] = ()
    references: Iterable[str] = ()
    removed: Iterable[Material] = field(default=())


TEXT = ("question", "why_us", "asked", "owner", "latest_on", "cost")


@transaction.atomic
def save_draft(
    *, team: Team, content: Content, actor: Person, matter: Matter | None = None, revision: int = 1
) -> Matter:
    """Keep what has been written so far; nobody but the writer sees it."""
    if matter is None:
        matter = Matter(team=team, handed_in_by=actor, owner=actor)
    else:
        matter = _unchanged(matter, revision, {MatterState.DRAFT})
        matter.revision += 1
    matter.team = team
    _write(matter, content, actor)
    return matter


@transaction.atomic
def move_draft(*, matter: Matter, revision: int, team: Team, actor: Person) -> Matter:
    """Send what has been written to another team; still a draft, so nobody hears of it."""
    matter = _unchanged(matter, revision, {MatterState.DRAFT})
    matter.team = team
    matter.revision += 1
    matter.save(update_fields=["team", "revision", "changed_at"])
    audit.record("matters.move_draft", matter, actor=actor, concerns=[actor])
    return matter


@transaction.atomic
def hand_in(*, matter: Matter, revision: int, actor: Person) -> Matter:
    """The matter waits for a route in its team. Nobody is written to: it waits at the team's home."""
    matter = _unchanged(matter, revision, {MatterState.DRAFT})
    if not matter.team.is_valid_on(timezone.localdate()):
        raise TeamEnded
    matter.state, matter.handed_in_at = MatterState.INBOX, timezone.now()
    matter.owner = matter.owner or actor
    matter.revision += 1
    matter.save(update_fields=["state", "handed_in_at", "owner", "revision", "changed_at"])
    note_event(matter, EventKind.HANDED_IN, by=actor)
    audit.record("matters.hand_in", matter, actor=actor, concerns=[actor, matter.owner])
    return matter


@transaction.atomic
def change_matter(*, matter: Matter, revision: int, content: Content, actor: Person) -> Matter:
    """Change what was handed in, for as long as it waits for a route; what was asked for is then given."""
    matter = _unchanged(matter, revision, EDITABLE - {MatterState.DRAFT})
    was_asked = matter.state == MatterState.MORE_ASKED
    matter.state = MatterState.INBOX
    matter.revision += 1
    changed = _write(matter, content, actor)
    kind = EventKind.COMPLETED if was_asked else EventKind.CHANGED
    event = note_event(matter, kind, by=actor)
    audit.record(
        "matters.complete" if was_asked else "matters.change",
        matter,
        actor=actor,
        concerns=[matter.handed_in_by_id, matter.owner_id],
        detail={"fields": changed},
    )
    if was_asked:
        asked_by = matter.routings.filter(route="more", undone_at=None).select_related("by").first()
        tell(event, to=[asked_by.by] if asked_by else [])
    return matter


@transaction.atomic
def withdraw(*, matter: Matter, revision: int, actor: Person) -> Matter:
    """Take the matter back before a route is chosen; it stays in the sender's list."""
    matter = _unchanged(matter, revision, {MatterState.INBOX, MatterState.MORE_ASKED})
    matter.state, matter.closed_at = MatterState.WITHDRAWN, timezone.now()
    matter.revision += 1
    matter.save(update_fields=["state", "closed_at", "revision", "changed_at"])
    event = note_event(matter, EventKind.WITHDRAWN, by=actor)
    audit.record("matters.withdraw", matter, actor=actor, concerns=[actor, matter.owner_id])
    tell(event, to=[matter.owner])
    return matter


@transaction.atomic
def delete_draft(*, matter: Matter, actor: Person) -> None:
    """Throw away a draft that was never handed in, with its files."""
    matter = _unchanged(matter, matter.revision, {MatterState.DRAFT})
    audit.record("matters.delete_draft", matter, actor=actor, concerns=[actor])
    files = [material.file for material in matter.materials.exclude(file="")]
    matter.delete()
    for file in files:
        transaction.on_commit(lambda file=file: file.storage.delete(file.name))  # type: ignore[misc]  # bound now


def _unchanged(matter: Matter, revision: int, states: Iterable[str]) -> Matter:
    """The matter under lock, if it is still what the page showed."""
    # Without joins: on PostgreSQL a row whose team somebody else has just changed would not be found.
    fresh = Matter.objects.select_for_update().get(pk=matter.pk)
    if fresh.state not in states:
        last = fresh.routings.filter(undone_at=None).select_related("by").first()
        raise AlreadyRouted(fresh, last)
    if fresh.revision != revision:
        raise MatterChanged(fresh)
    return fresh


def _write(matter: Matter, content: Content, actor: Person) -> list[str]:
    """Put the form's text and material in the matter; gives the names of the fields that changed."""
    changed = [name for name in TEXT if getattr(matter, name) != getattr(content, name)]
    for name in TEXT:
        setattr(matter, name, getattr(content, name))
    matter.save()
    units = {unit.pk for unit in content.units}
    if units != set(matter.units.values_list("pk", flat=True)):
        matter.units.set(units)
        changed.append("units")
    if _write_material(matter, content, actor):
        changed.append("materials")
    return changed


def _write_material(matter: Matter, content: Content, actor: Person) -> bool:
    """Add and remove documents; the removed files leave the disk when this is committed."""
    removed = list(matter.materials.filter(pk__in=[material.pk for material in content.removed]))
    for material in removed:
        if material.file:
            file = material.file
            transaction.on_commit(lambda file=file: file.storage.delete(file.name))  # type: ignore[misc]  # bound now
        material.delete()
    added = [
        Material.objects.create(matter=matter, title=(file.name or "")[:200], file=file, added_by=actor)
        for file in content.files
    ]
    added += [
        Material.objects.create(matter=matter, title=line[:200], reference=line[:300], added_by=actor)
        for line in content.references
    ]
    return bool(removed or added)
