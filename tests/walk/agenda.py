"""The walk through a meeting that is planned: a guest, an item of the member, a secret, material."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from styrfart.matters.models import Material, Matter, MatterState
from styrfart.meetings.models import AgendaItem, ItemMaterial, Presence
from styrfart.people.models import Team
from tests import make


def build_agenda(scene: Any, team: Team) -> None:
    """The employee is a guest; the external coach is not expected."""
    expected = {"member", "secretary", "chair", "employee"}
    room = expected - {"employee"}
    day = timezone.localdate() + dt.timedelta(days=30)
    meeting = make.meeting(team, held_on=day, leader=scene["chair"], secretary=scene["secretary"])
    meeting.attendees.filter(person=scene["coach"]).delete()
    make.attendee(meeting, scene["employee"], presence=Presence.EXPECTED)
    later = make.meeting(team, held_on=day + dt.timedelta(days=14), leader=scene["chair"])
    later.attendees.all().delete()

    plain = _queued(scene, team)
    item = make.item(meeting, scene.secret("planerad punkt", expected), matter=plain, owner=scene["member"])
    AgendaItem.objects.filter(pk=item.pk).update(
        proposal=scene.secret("planerat förslag", expected), outcome=scene.secret("planerat utfall", expected)
    )
    last = make.item(meeting, "Den sista punkten")
    secret = _queued(scene, team, ground="OSL 21 kap. 7 §")
    hidden = make.item(meeting, scene.secret("hemlig dagordning", room), matter=secret)
    AgendaItem.objects.filter(pk=hidden.pk).update(
        background=scene.secret("planerad hemlig bakgrund", room),
        outcome=scene.secret("planerat hemligt utfall", room),
    )
    paper, papers = (
        ItemMaterial.objects.create(
            item=of_item, title=title, file=ContentFile(b"text", "underlag.txt"), added_by=scene["chair"]
        )
        for of_item, title in (
            (item, scene.secret("underlag till punkt", expected)),
            (hidden, scene.secret("hemligt underlag till punkt", room)),
        )
    )
    of_matter = Material.objects.create(
        matter=plain, title="Utredning", file=ContentFile(b"text", "utredning.txt"), added_by=scene["sender"]
    )
    scene.things |= {
        "meeting to prepare": meeting,
        "later meeting": later,
        "planned item": item,
        "last planned item": last,
        "hidden item": hidden,
        "material of item": paper,
        "material of hidden item": papers,
        "material of its matter": of_matter,
    }


def _queued(scene: Any, team: Team, ground: str = "") -> Matter:
    matter = make.matter(team, "Kräftskivan", by=scene["sender"])
    Matter.objects.filter(pk=matter.pk).update(
        state=MatterState.QUEUED,
        purpose="advice",
        level="tactical",
        outcome="Råd",
        minutes=20,
        secrecy_ground=ground,
    )
    matter.refresh_from_db()
    return matter


def agenda_lines(scene: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    """Every address of the agenda, and what is sent there."""
    meeting, item, hidden = (
        scene.things[name] for name in ("meeting to prepare", "planned item", "hidden item")
    )
    meeting.refresh_from_db()
    written = {
        "title": "Ska vi?",
        "purpose": "decision",
        "level": "tactical",
        "outcome": "Ett beslut",
        "owner": scene["member"].pk,
        "minutes": "20",
        "revision": 1,
        "proposal": "Vi ska.",
    }
    of_meeting: dict[str, dict[str, Any]] = {
        "show": {},
        "choose-item": {},
        "add-item": written,
        "call": {"seen": meeting.tick, "note": "Välkomna"},
    }
    of_item: dict[str, dict[str, Any]] = {
        "show-item": {},
        "edit-item": written,
        "move-item": {"fran": 1, "flytta": "ned"},
        "mark-ready": {"klart": "ja"},
        "postpone-item": {"revision": 1, "to": scene.things["later meeting"].slug},
        "remove-item": {"revision": 1},
        "add-material": {"references": "Diariet 41"},
    }
    files = {
        "download-material": (item, "material of item"),
        "remove-material": (item, "material of item"),
        "download-of-matter": (item, "material of its matter"),
        "download-material, hidden": (hidden, "material of hidden item"),
    }
    here = [meeting.team.slug, meeting.slug]
    return {
        **{
            f"meetings:{name}": (reverse(f"meetings:{name}", args=here), sent)
            for name, sent in of_meeting.items()
        },
        **{
            f"meetings:{name}": (reverse(f"meetings:{name}", args=[*here, item.pk]), sent)
            for name, sent in of_item.items()
        },
        "meetings:show-item, hidden": (reverse("meetings:show-item", args=[*here, hidden.pk]), {}),
        **{
            f"meetings:{name}": (
                reverse(f"meetings:{name.split(',')[0]}", args=[*here, of.pk, scene.things[which].pk]),
                {},
            )
            for name, (of, which) in files.items()
        },
    }
