"""The walk to advice that was asked for, to a draft of an agenda, and to a pulse."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from styrfart.matters.models import Matter, MatterState
from styrfart.meetings.models import Advice, AgendaItem, MeetingState, PulseInvitation
from styrfart.people.models import Team
from tests import make


def build_advice(scene: Any, team: Team) -> None:
    """Somebody of another team is asked about one item, the member about a secret one."""
    room = {"member", "secretary", "chair"}
    asked = {*room, "other"}
    day = timezone.localdate() + dt.timedelta(days=35)
    meeting = make.meeting(team, held_on=day, leader=scene["chair"], secretary=scene["secretary"])
    meeting.attendees.filter(person=scene["coach"]).delete()
    item = make.item(meeting, scene.secret("punkt att råda om", asked), owner=scene["member"])
    AgendaItem.objects.filter(pk=item.pk).update(background=scene.secret("bakgrund att råda om", asked))
    matter = make.matter(team, "Kräftskivan", by=scene["sender"])
    ground = {"secrecy_ground": "OSL 21 kap. 7 §", "state": MatterState.HANDED_OVER}
    Matter.objects.filter(pk=matter.pk).update(**ground)
    matter.refresh_from_db()
    hidden = make.item(meeting, scene.secret("hemlig punkt att råda om", room), matter=matter)
    for name, on, who, readers in (
        ("advice", item, "other", asked),
        ("hidden advice", hidden, "member", room),
    ):
        scene.things[name] = Advice.objects.create(
            item=on,
            asked_of=scene[who],
            asked_by=scene["chair"],
            question=scene.secret(f"fråga om {name}", readers),
            text=scene.secret(f"tidigare {name}", readers),
            given_at=timezone.now(),
            answer_by=day,
        )
    Advice.objects.filter(pk=scene.things["advice"].pk).update(given_at=None)
    own = make.item(meeting, "Egen punkt", owner=scene["member"])
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    over = make.meeting(team, held_on=yesterday, leader=scene["chair"], state=MeetingState.ENDED)
    PulseInvitation.objects.create(meeting=over, person=scene["member"])
    scene.things |= {"meeting with advice": meeting, "item to ask about": own, "meeting with pulse": over}


def advice_lines(scene: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    """The addresses, and what is sent there."""
    meeting, over = scene.things["meeting with advice"], scene.things["meeting with pulse"]
    here = [meeting.team.slug, meeting.slug]
    queued = scene.things["matter queued"]
    question = {
        "asked_of": scene["sender"].email,
        "question": "Räcker det?",
        "answer_by": meeting.held_on.isoformat(),
    }
    given = {"revision": 1, "text": "Ja, det räcker."}
    answers = dict.fromkeys(["M1", "M2", "M3", "M4"], "4") | {"M5": "70"}
    found: dict[str, tuple[str, dict[str, Any]]] = {
        "meetings:ask-advice": (
            reverse("meetings:ask-advice", args=[*here, scene.things["item to ask about"].pk]),
            question,
        ),
        "meetings:propose-agenda": (
            reverse("meetings:propose-agenda", args=here),
            {"taken": [f"matter-{queued.pk}"]},
        ),
        "meetings:pulse": (reverse("meetings:pulse", args=[over.team.slug, over.slug]), answers),
        "meetings:decline-advice": (
            reverse("meetings:decline-advice", args=[scene.things["advice"].pk]),
            {},
        ),
    }
    for name, which in (("advice", "advice"), ("advice, hidden", "hidden advice")):
        found[f"meetings:{name}"] = (reverse("meetings:advice", args=[scene.things[which].pk]), given)
    return found
