"""Putting an item off: to a coming meeting, or back to the queue. The link to where it stood is kept."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from styrfart.meetings import rules
from styrfart.meetings.actions.agenda import PLAN, WORDS, place_last
from styrfart.meetings.actions.ticking import hold, tick
from styrfart.meetings.deadlines import is_too_late
from styrfart.meetings.facts import AgendaClosed, ItemChanged, ItemLeft
from styrfart.meetings.models import COMING, LEFT, AgendaItem, ItemMaterial, ItemState, Meeting
from styrfart.people.models import Person
from styrfart.shared import audit, mail


@transaction.atomic
def postpone_item(*, item: AgendaItem, revision: int, to: Meeting | None, actor: Person) -> AgendaItem | None:
    """Put the item off to the meeting `to`, or a matter back to the queue; gives the new item.

    Who handed in the matter and who owns it are told; of an item of the team's own, its owner.
    """
    held, target = _hold_both(item.meeting, to, actor)
    fresh = (
        AgendaItem.objects.select_related("matter__handed_in_by", "matter__owner", "owner", "decision")
        .filter(pk=item.pk, meeting=held)
        .first()
    )
    if fresh is None or fresh.state in LEFT:
        raise ItemLeft(item)
    fresh.meeting = held
    if fresh.revision != revision:
        raise ItemChanged(fresh)
    leave(held, fresh, ItemState.POSTPONED)
    again = copy_to(fresh, target, actor=actor) if target else None
    tick(held)
    audit.record(
        "meetings.postpone_item",
        fresh,
        actor=actor,
        concerns=[actor, fresh.owner_id],
        detail={"to": target.slug if target else None},
    )
    _tell(fresh, target, actor)
    return again


def leave(meeting: Meeting, item: AgendaItem, state: ItemState) -> None:
    """The item is left in the meeting, under its lock; the time it has taken is kept."""
    now = timezone.now()
    if item.state == ItemState.CURRENT:
        if item.started_at:
            item.seconds_used += int((now - item.started_at).total_seconds())
        Meeting.objects.filter(pk=meeting.pk, current_item=item.pk).update(current_item=None)
    item.state = state
    item.revision += 1
    item.save(update_fields=["state", "seconds_used", "revision"])


def copy_to(item: AgendaItem, meeting: Meeting, *, actor: Person | None) -> AgendaItem:
    """The same question with all that was prepared, last on the agenda of `meeting`, which is held."""
    again = AgendaItem(
        meeting=meeting,
        source=item.source,
        matter_id=item.matter_id,
        standing_item_id=item.standing_item_id,
        wheel_item_id=item.wheel_item_id,
        wheel_year=item.wheel_year,
        decision_id=item.decision_id,
        came_from=item,
        ready_at=item.ready_at,
        added_by=actor,
        is_late=is_too_late(meeting, timezone.localdate()),
        position=0,
        **{name: getattr(item, name) for name in (*PLAN, *WORDS)},
    )
    place_last(meeting, again)
    ItemMaterial.objects.bulk_create(
        ItemMaterial(
            item=again,
            title=each.title,
            file=each.file.name or "",
            reference=each.reference,
            added_by_id=each.added_by_id,
        )
        for each in item.materials.all()
    )
    tick(meeting)
    return again


def _hold_both(here: Meeting, to: Meeting | None, actor: Person) -> tuple[Meeting, Meeting | None]:
    """Both meetings under lock, always in the same order: two who put off towards each other do not wait."""
    held = {meeting.pk: hold(meeting) for meeting in sorted([here, *([to] if to else [])], key=_pk)}
    if not rules.can_change_agenda(actor, held[here.pk]):
        raise AgendaClosed(held[here.pk])
    if to and held[to.pk].state not in COMING:
        raise AgendaClosed(held[to.pk])
    return held[here.pk], held[to.pk] if to else None


def _pk(meeting: Meeting) -> int:
    return meeting.pk


def _tell(item: AgendaItem, to: Meeting | None, actor: Person) -> None:
    """One letter to each whom it concerns; of what is secret it says no word."""
    matter = item.matter
    concerned = [matter.handed_in_by, matter.owner] if matter else [item.owner]
    is_secret = bool(matter and matter.secrecy_ground) or bool(item.decision and item.decision.secrecy_ground)
    for person in {who.pk: who for who in concerned if who and who.pk != actor.pk}.values():
        mail.send(
            person,
            subject=_subject(nr=bool(matter), is_secret=is_secret),
            template="meetings/mail/postponed.txt",
            context={
                "nr": matter.pk if matter else 0,
                "question": "" if is_secret else item.title,
                "day": to.held_on if to else None,
                "is_secret": is_secret,
            },
            link=reverse("matters:find", args=[matter.pk]) if matter else item.meeting.get_absolute_url(),
            about=matter or item,
        )


def _subject(*, nr: bool, is_secret: bool) -> Promise:
    if nr:
        return _("Ärende %(nr)s är bordlagt") if is_secret else _("Bordlagt: %(question)s")
    return _("En punkt är bordlagd") if is_secret else _("Bordlagd punkt: %(question)s")
