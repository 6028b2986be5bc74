"""The walk through a meeting that goes on: a guest, a secret item, a silent round, an exclusion."""

import datetime as dt
import uuid
from typing import Any

from django.urls import reverse
from django.utils import timezone

from styrfart.matters.models import Matter, MatterState
from styrfart.meetings.models import (
    AgendaItem,
    AttendeeRole,
    Exclusion,
    ItemState,
    Meeting,
    MeetingState,
    Position,
    Presence,
    RoundKind,
    Stance,
)
from styrfart.people.models import Team
from tests import make


def build_live(scene: Any, team: Team) -> None:
    """The employee is a guest; the external coach is not expected."""
    there = {"member", "secretary", "chair", "employee"}
    room = there - {"employee"}
    day = timezone.localdate()
    meeting = make.meeting(
        team, held_on=day, leader=scene["chair"], secretary=scene["secretary"], state=MeetingState.OPEN
    )
    meeting.attendees.filter(person=scene["coach"]).delete()
    meeting.attendees.update(presence=Presence.PRESENT, arrived_at=timezone.now())
    make.attendee(meeting, scene["employee"])
    out = make.attendee(meeting, scene["sender"])
    first = make.item(meeting, scene.secret("mötespunkt", there), state=ItemState.CURRENT)
    second = make.item(meeting, "En annan punkt")
    secret = make.item(meeting, "En hemlig punkt", matter=_secret_matter(scene, team))
    AgendaItem.objects.filter(pk=secret.pk).update(
        title=scene.secret("hemlig punkt", room), proposal=scene.secret("hemligt förslag", room)
    )
    AgendaItem.objects.filter(pk=first.pk).update(
        proposal=scene.secret("förslag på bordet", there),
        round_kind=RoundKind.SILENT,
        round_opened_at=timezone.now(),
    )
    Meeting.objects.filter(pk=meeting.pk).update(current_item=first)
    Position.objects.create(
        item=first, person=scene["sender"], stance=Stance.SUPPORTS, reason=scene.secret("tyst svar", set())
    )
    note = make.entry(meeting, scene.secret("anteckning", there), by=scene["member"], on=first)
    make.entry(meeting, scene.secret("hemlig anteckning", room), by=scene["chair"], on=secret)
    removed = make.entry(
        meeting, scene.secret("borttagen anteckning", {"secretary", "chair"}), by=scene["member"], on=first
    )
    removed.removed_at = timezone.now()
    removed.save()
    action = make.action(team, scene.secret("åtgärd på mötet", there), owner=scene["chair"])
    action_entry = make.entry(meeting, action.text, by=scene["member"], on=first, action=action)
    Exclusion.objects.create(item=second, person=out.person, ground="Delägare", by=scene["chair"])
    planned = make.meeting(team, held_on=day, leader=scene["chair"])
    planned.attendees.exclude(role__in=[AttendeeRole.CHAIR, AttendeeRole.SECRETARY]).delete()
    scene.things |= {
        "open meeting": meeting,
        "meeting of today": planned,
        "current item": first,
        "second item": second,
        "secret item": secret,
        "note": note,
        "removed note": removed,
        "entered action": action_entry,
        "guest of meeting": out,
    }


def _secret_matter(scene: Any, team: Team) -> Matter:
    matter = make.matter(team, "Kräftskivan", by=scene["sender"])
    Matter.objects.filter(pk=matter.pk).update(
        state=MatterState.QUEUED,
        purpose="advice",
        level="tactical",
        outcome="Råd",
        minutes=20,
        secrecy_ground="OSL 21 kap. 7 §",
    )
    matter.refresh_from_db()
    return matter


def live_lines(scene: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    """Every address of the open meeting, and what is sent there."""
    meeting, item = scene.things["open meeting"], scene.things["current item"]
    day = (timezone.localdate() + dt.timedelta(days=7)).isoformat()
    of_item = {"item": item.pk}
    entry = {**of_item, "key": uuid.UUID(int=7)}
    chair = scene["chair"]
    sent: dict[str, tuple[list[int], dict[str, Any]]] = {
        "live": ([], {}),
        "live-state": ([], {}),
        "live-room": ([], {}),
        "end": ([], {}),
        "move-group": ([], {"item": scene.things["second item"].pk}),
        "put-off-item": ([], of_item),
        "return-item": ([], {**of_item, "note": "Kostnaden saknas."}),
        "record-note": ([], {**entry, "text": "En rad"}),
        "park-question": ([], {**entry, "text": "En fråga"}),
        "record-action": ([], {**entry, "text": "Ring", "owner": chair.pk, "due_on": day}),
        "record-decision": (
            [],
            {
                **entry,
                "beslutar": chair.pk,
                "text": "Vi ringer.",
                "reasons": "Skäl",
                "owner": chair.pk,
                "due_on": day,
                "effect_question": "Svar i tid",
                "right": "arbetsledning",
            },
        ),
        "change-entry": ([scene.things["note"].pk], {"text": "Nytt", "revision": 1}),
        "remove-entry": ([scene.things["note"].pk], {}),
        "restore-entry": ([scene.things["removed note"].pk], {}),
        "withdraw-action": ([scene.things["entered action"].pk], {"revision": 1}),
        "open-round": ([], {**of_item, "kind": "open"}),
        "show-round": ([], of_item),
        "take-position": ([], {**of_item, "stance": "supports"}),
        "signal-ready": ([], {**of_item, "is_ready": "1"}),
        "attendance": ([], {"person": scene["other"].email}),
        "note-presence": ([scene.things["guest of meeting"].pk], {"presence": "remote"}),
        "note-own-presence": ([], {"presence": "remote"}),
        "exclude": ([item.pk], {**of_item, "person": scene["sender"].pk, "ground": "Syskon"}),
        "readmit": ([scene.things["second item"].pk, scene["sender"].pk], {}),
    }
    at = [meeting.team.slug, meeting.slug]
    found = {
        f"meetings:{name}": (reverse(f"meetings:{name}", args=[*at, *more]), data)
        for name, (more, data) in sent.items()
    }
    planned = scene.things["meeting of today"]
    found["meetings:open"] = (reverse("meetings:open", args=[planned.team.slug, planned.slug]), {})
    for name in ("live", "live-room"):
        secret = f"?punkt={scene.things['secret item'].pk}"
        found[f"meetings:{name}, secret item"] = (reverse(f"meetings:{name}", args=at) + secret, {})
    return found
