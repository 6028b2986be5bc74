"""The walk through minutes: one being written, one that waits, one approved, one not begun; and the log."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from styrfart.meetings import actions
from styrfart.meetings.models import (
    Entry,
    EntryKind,
    ItemMaterial,
    ItemState,
    Meeting,
    MeetingState,
    Minutes,
    Presence,
)
from styrfart.meetings.queries.minutes_writing import known_of
from styrfart.people.models import Team
from tests import make

SECRET = "OSL 21 kap. 7 §"
ROOM = {"member", "secretary", "chair"}
EXPECTED = ROOM | {"employee"}


def build_minutes(scene: Any, team: Team) -> None:
    """The employee was a guest at every meeting; the member checks what waits."""
    held = {
        name: _held(scene, team, days_ago=days)
        for name, days in (("not begun", 9), ("written", 16), ("waiting", 23), ("approved", 30))
    }
    _note(scene, held["written"], scene.secret("text under arbete", ROOM))
    _note(scene, held["waiting"], scene.secret("text som väntar", ROOM))
    _note(scene, held["approved"], scene.secret("godkänd text", EXPECTED))
    _secret_item(scene, team, held["approved"])
    parked, done = (
        Entry.objects.create(
            meeting=held["approved"],
            kind=EntryKind.PARKED,
            text=scene.secret(f"parkerad {number}", EXPECTED),
            author=scene["chair"],
            taken_up_at=taken_up,
        )
        for number, taken_up in (("ett", None), ("två", timezone.now()))
    )
    written, waiting, approved = (
        actions.begin_minutes(meeting=held[name], actor=scene["secretary"])
        for name in ("written", "waiting", "approved")
    )
    waiting = _handed_over(scene, waiting, checker="member")
    approved = _handed_over(scene, approved)
    approved = actions.approve_minutes(minutes=approved, revision=approved.revision, actor=scene["chair"])
    scene.things |= {
        "meeting without minutes": held["not begun"],
        "minutes being written": written,
        "minutes that wait": waiting,
        "approved minutes": approved,
        "parked": parked,
        "parked and done": done,
    }


def _held(scene: Any, team: Team, *, days_ago: int) -> Meeting:
    meeting = make.meeting(
        team,
        held_on=timezone.localdate() - dt.timedelta(days=days_ago),
        leader=scene["chair"],
        secretary=scene["secretary"],
        state=MeetingState.ENDED,
    )
    meeting.attendees.filter(person=scene["coach"]).delete()
    meeting.attendees.update(presence=Presence.PRESENT)
    make.attendee(meeting, scene["employee"])
    return meeting


def _note(scene: Any, meeting: Meeting, text: str) -> None:
    item = make.item(meeting, "Snöröjningen", owner=scene["chair"], state=ItemState.DONE)
    make.entry(meeting, text, by=scene["secretary"], on=item)
    ItemMaterial.objects.create(
        item=item, title="Underlag", file=ContentFile(b"text", "underlag.txt"), added_by=scene["chair"]
    )


def _secret_item(scene: Any, team: Team, meeting: Meeting) -> None:
    matter = make.matter(team, "Kräftskivan", by=scene["chair"])
    matter.secrecy_ground = SECRET
    matter.save()
    title = scene.secret("hemlig punkt i anteckningar", ROOM)
    item = make.item(meeting, title, matter=matter, owner=scene["chair"], state=ItemState.DONE)
    make.entry(meeting, scene.secret("hemlig text i anteckningar", ROOM), by=scene["secretary"], on=item)
    ItemMaterial.objects.create(
        item=item,
        title=scene.secret("hemlig bilaga", ROOM),
        file=ContentFile(b"text", "hemlig.txt"),
        added_by=scene["chair"],
    )


def _handed_over(scene: Any, minutes: Minutes, checker: str = "") -> Minutes:
    return actions.hand_over_minutes(
        minutes=minutes,
        approver=scene["chair"],
        checker=scene[checker] if checker else None,
        revision=minutes.revision,
        actor=scene["secretary"],
    )


def minutes_lines(scene: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    """Every address of minutes and of the log, and what is sent there."""
    slug = scene.things["team"].slug
    lines = {
        f"meetings:{name}": (
            reverse(f"meetings:{name.split(',')[0]}", args=[slug, meeting.slug, *more]),
            sent,
        )
        for name, (meeting, more, sent) in _of_meeting(scene).items()
    }
    version = lines["meetings:minutes-word"][0]
    return {
        **lines,
        "meetings:minutes-word, extract": (f"{version}?omfattning=utdrag", {}),
        "meetings:log": (reverse("meetings:log", args=[slug]), {}),
        "meetings:export-log": (reverse("meetings:export-log", args=[slug]), {}),
        "meetings:archive-minutes": (reverse("meetings:archive-minutes", args=[slug]), {}),
        "meetings:take-up-parked": (
            reverse("meetings:take-up-parked", args=[slug, scene.things["parked"].pk]),
            {},
        ),
        "meetings:park-again": (
            reverse("meetings:park-again", args=[slug, scene.things["parked and done"].pk]),
            {},
        ),
    }


def _of_meeting(scene: Any) -> dict[str, tuple[Meeting, list[int], dict[str, Any]]]:
    """What is at a meeting's own address: the meeting, what follows in the address, and what is sent."""
    written, waiting, approved = (
        scene.things[name] for name in ("minutes being written", "minutes that wait", "approved minutes")
    )
    section = written.sections.get()
    revision = {"revision": waiting.revision}
    text = {"heading": "Snöröjningen", "text": "Rättat språk.", "revision": 1}
    guest = written.meeting.attendees.get(person=scene["employee"])
    present = {"presence": "absent", "excuse": "Sjuk", "known": known_of(guest)}
    return {
        "minutes": (approved.meeting, [], {}),
        "minutes, being written": (written.meeting, [], {}),
        "minutes, waiting": (waiting.meeting, [], {}),
        "begin-minutes": (scene.things["meeting without minutes"], [], {}),
        "edit-section": (written.meeting, [section.pk], text),
        "correct-attendance": (written.meeting, [guest.pk], present),
        "hand-over-minutes": (
            written.meeting,
            [],
            {"approver": scene["chair"].pk, "revision": written.revision},
        ),
        "correct-minutes": (approved.meeting, [], {"correction": "Fel dag."}),
        "register-minutes": (
            approved.meeting,
            [],
            {"registry_number": "KS 1", "secrecy_ground": "", "revision": approved.revision},
        ),
        "approve-minutes": (waiting.meeting, [], revision),
        "check-minutes": (waiting.meeting, [], revision),
        "send-back-minutes": (waiting.meeting, [], {**revision, "note": "Ändra."}),
        "minutes-version": (approved.meeting, [1], {}),
        "verify-minutes": (approved.meeting, [1], {}),
        "minutes-pdf": (approved.meeting, [1], {}),
        "minutes-word": (approved.meeting, [1], {}),
        "minutes-content": (approved.meeting, [1], {}),
        "prepare-minutes-pdf": (approved.meeting, [1], {"omfattning": "allt"}),
        "minutes-attachment": (approved.meeting, [1, 1], {}),
        "minutes-attachment, hidden": (approved.meeting, [1, 2], {}),
    }
