"""The walk through how a team plans its year: a kind and what it holds, its meetings, the annual wheel."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from styrfart.meetings.actions.planning import Wish, plan_meeting, plan_series
from styrfart.meetings.models import Meeting, MeetingKind, Rhythm, RotaPlace, StandingItem, WheelItem
from styrfart.people.models import Team
from tests import make

Sent = dict[str, tuple[list[Any], dict[str, Any]]]
WRITTEN = {
    "title": "Kvartalets tre frågor",
    "purpose": "decision",
    "level": "tactical",
    "minutes": "20",
    "outcome": "Ett beslut",
}


def build_planning(scene: Any, team: Team) -> None:
    """What is written in a plan is for the room; some of it only those who plan ever meet."""
    planners = {"secretary", "chair"}
    room = planners | {"member"}
    kind = make.meeting_kind(
        team, "Planeringsmötet"
    )  # its name stands in calendars, read by a secret address
    MeetingKind.objects.filter(pk=kind.pk).update(purpose=scene.secret("mötets syfte", room))
    kind.refresh_from_db()
    for at, who in enumerate(("chair", "member"), 1):
        RotaPlace.objects.create(kind=kind, position=at, person=scene[who])
    titles = (scene.secret("stående punkt", planners), "Kvartalets tre frågor")
    scene.things |= {
        "kind": kind,
        "standing items": [_standing(kind, *each) for each in enumerate(titles, 1)],
    }
    _build_meetings(scene, team, kind)
    scene.things["wheel item"] = WheelItem.objects.create(
        team=team,
        title=scene.secret("punkt i hjulet", room),
        period="own",
        month=6,
        day=1,
        purpose="advice",
        level="strategic",
        minutes=30,
        outcome=scene.secret("utfall i hjulet", planners),
        first_year=timezone.localdate().year,
    )


def _standing(kind: MeetingKind, position: int, title: str) -> StandingItem:
    return StandingItem.objects.create(
        kind=kind,
        position=position,
        title=title,
        purpose="follow_up",
        level="tactical",
        minutes=10,
        outcome="Vi vet.",
    )


def _build_meetings(scene: Any, team: Team, kind: MeetingKind) -> None:
    """A series of three and one meeting alone; the coach is invited to none of them."""
    chair = scene["chair"]
    first = timezone.localdate() + dt.timedelta(days=100)
    days = [first + dt.timedelta(weeks=2 * at) for at in range(3)]
    series = plan_series(
        kind=kind,
        rhythm=Rhythm.FORTNIGHTLY,
        first_on=days[0],
        last_on=days[-1],
        starts_at=dt.time(9),
        days=[(day, day) for day in days],
        actor=chair,
    )
    alone = plan_meeting(
        team=team,
        kind=None,
        wish=Wish(first, dt.time(14), 60, title="Extra möte"),
        actor=chair,
    )
    for meeting in [*Meeting.objects.filter(kind=kind), alone]:
        meeting.attendees.filter(person=scene["coach"]).delete()
    planned, swapped, _last = Meeting.objects.filter(kind=kind).order_by("held_on")
    scene.things |= {"series": series, "planned meeting": planned, "swapped meeting": swapped}


def planning_lines(scene: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    """Every address of the plan, and what is sent there."""
    for name in ("kind", "planned meeting", "wheel item"):
        scene.things[name].refresh_from_db()
    team = scene.things["team"].slug
    sent = _of_kinds(scene) | _of_meetings(scene) | _of_wheel(scene)
    return {
        f"meetings:{name}": (reverse(f"meetings:{name}", args=[team, *args]), data)
        for name, (args, data) in sent.items()
    }


def _of_kinds(scene: Any) -> Sent:
    kind, series = scene.things["kind"], scene.things["series"]
    item = scene.things["standing items"][1]
    day = _eight_weeks_after(scene.things["planned meeting"])
    revision = {"revision": kind.revision}
    about = {
        "name": "Torsdagsmötet",
        "purpose": "Det vi gör ihop.",
        "minutes": "90",
        "call_days": "5",
        "lead_days": "5",
        "approve_days": "3",
    }
    recurs = {"rhythm": "weekly", "first_on": day, "last_on": day, "starts_at": "9.00"}
    held = {f"dag-{day}": "halls", "planera": "1"}
    return {
        "kinds": ([], {}),
        "add-kind": ([], about),
        "edit-kind": ([kind.pk], {**about, **revision}),
        "end-kind": ([kind.pk], {"last_day": day, "reason": "Nog.", **revision}),
        "add-standing-item": ([kind.pk], {**WRITTEN, **revision}),
        "edit-standing-item": ([kind.pk, item.pk], {**WRITTEN, **revision}),
        "move-standing-item": ([kind.pk, item.pk], {"flytta": "upp"}),
        "remove-standing-item": ([kind.pk, item.pk], {}),
        "rota": ([kind.pk], {"order": str(scene["member"].pk), **revision}),
        "plan-series": ([kind.pk], {**recurs, **held}),
        "change-series": ([kind.pk, series.pk], {**recurs, **held, "from_day": day}),
        "end-series": ([kind.pk, series.pk], {"from_day": day, "reason": "Nog."}),
    }


def _of_meetings(scene: Any) -> Sent:
    meeting, other = scene.things["planned meeting"], scene.things["swapped meeting"]
    revision = {"revision": meeting.revision}
    when = {
        "held_on": _eight_weeks_after(meeting),
        "starts_at": "9.00",
        "minutes": "60",
        "title": "Mötet",
        "anyway": "1",
    }
    return {
        "index": ([], {}),
        "plan": ([], when),
        "change-meeting": ([meeting.slug], {**when, "leader": meeting.leader_id, **revision}),
        "cancel-meeting": ([meeting.slug], {"reason": "Nog.", **revision}),
        "swap-leaders": ([meeting.slug], {"other": other.pk, **revision}),
        "skip-turn": ([meeting.slug], revision),
    }


def _of_wheel(scene: Any) -> Sent:
    wheel = scene.things["wheel item"]
    revision = {"revision": wheel.revision}
    item = {**WRITTEN, "period": "own", "month": "6", "day": "2", "weeks_before": "3"}
    return {
        "wheel": ([], {}),
        "start-wheel": ([], {"items": ["budget"]}),
        "add-wheel-item": ([], item),
        "edit-wheel-item": ([wheel.pk], {**item, **revision}),
        "change-wheel-year": (
            [wheel.pk, wheel.first_year],
            {"what": "hoppas-over", "note": "Valår.", **revision},
        ),
        "end-wheel-item": ([wheel.pk], {"from_year": "2099", **revision}),
    }


def _eight_weeks_after(meeting: Meeting) -> str:
    return (meeting.held_on + dt.timedelta(weeks=8)).isoformat()
