"""The walk through how a team plans its year: a kind and what it holds, its meetings, the annual wheel."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from styrfart.meetings.actions.planning import Wish, plan_meeting, plan_series
from styrfart.meetings.models import Meeting, MeetingKind, Rhythm, RotaPlace, StandingItem, WheelItem
from styrfart.people.models import Team
from tests import make


def build_planning(scene: Any, team: Team) -> None:
    """What is written in a plan is for the room; some of it only those who plan ever meet."""
    planners = {"secretary", "chair"}
    room = planners | {"member"}
    chair = scene["chair"]
    kind = make.meeting_kind(
        team, "Planeringsmötet"
    )  # its name stands in calendars, read by a secret address
    MeetingKind.objects.filter(pk=kind.pk).update(purpose=scene.secret("mötets syfte", room))
    kind.refresh_from_db()
    items = [
        StandingItem.objects.create(
            kind=kind,
            position=at,
            title=title,
            purpose="follow_up",
            level="tactical",
            minutes=10,
            outcome="Vi vet.",
        )
        for at, title in enumerate((scene.secret("stående punkt", planners), "Kvartalets tre frågor"), 1)
    ]
    for at, who in enumerate(("chair", "member"), 1):
        RotaPlace.objects.create(kind=kind, position=at, person=scene[who])
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
    item = WheelItem.objects.create(
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
    scene.things |= {
        "kind": kind,
        "standing items": items,
        "series": series,
        "planned meeting": Meeting.objects.filter(kind=kind).earliest("held_on"),
        "swapped meeting": Meeting.objects.filter(kind=kind).order_by("held_on")[1],
        "wheel item": item,
    }


def planning_lines(scene: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    """Every address of the plan, and what is sent there."""
    kind, series, wheel = (scene.things[name] for name in ("kind", "series", "wheel item"))
    meeting, other = (scene.things[name] for name in ("planned meeting", "swapped meeting"))
    item = scene.things["standing items"][1]
    for row in (kind, meeting, wheel):
        row.refresh_from_db()
    team = scene.things["team"].slug
    day = (meeting.held_on + dt.timedelta(weeks=8)).isoformat()
    written = {
        "title": "Kvartalets tre frågor",
        "purpose": "decision",
        "level": "tactical",
        "minutes": "20",
        "outcome": "Ett beslut",
    }
    on_wheel = {**written, "period": "own", "month": "6", "day": "2", "weeks_before": "3"}
    about_kind = {
        "name": "Torsdagsmötet",
        "purpose": "Det vi gör ihop.",
        "minutes": "90",
        "call_days": "5",
        "lead_days": "5",
        "approve_days": "3",
    }
    recurs = {"rhythm": "weekly", "first_on": day, "last_on": day, "starts_at": "9.00"}
    held = {f"dag-{day}": "halls", "planera": "1"}
    when = {"held_on": day, "starts_at": "9.00", "minutes": "60", "title": "Mötet", "anyway": "1"}
    sent: dict[str, tuple[list[Any], dict[str, Any]]] = {
        "index": ([], {}),
        "plan": ([], when),
        "kinds": ([], {}),
        "add-kind": ([], about_kind),
        "edit-kind": ([kind.pk], {**about_kind, "revision": kind.revision}),
        "end-kind": ([kind.pk], {"last_day": day, "reason": "Nog.", "revision": kind.revision}),
        "add-standing-item": ([kind.pk], {**written, "revision": kind.revision}),
        "edit-standing-item": ([kind.pk, item.pk], {**written, "revision": kind.revision}),
        "move-standing-item": ([kind.pk, item.pk], {"flytta": "upp"}),
        "remove-standing-item": ([kind.pk, item.pk], {}),
        "rota": ([kind.pk], {"revision": kind.revision, "order": str(scene["member"].pk)}),
        "plan-series": ([kind.pk], {**recurs, **held}),
        "change-series": ([kind.pk, series.pk], {**recurs, **held, "from_day": day}),
        "end-series": ([kind.pk, series.pk], {"from_day": day, "reason": "Nog."}),
        "change-meeting": (
            [meeting.slug],
            {**when, "leader": meeting.leader_id, "revision": meeting.revision},
        ),
        "cancel-meeting": ([meeting.slug], {"reason": "Nog.", "revision": meeting.revision}),
        "swap-leaders": ([meeting.slug], {"other": other.pk, "revision": meeting.revision}),
        "skip-turn": ([meeting.slug], {"revision": meeting.revision}),
        "wheel": ([], {}),
        "start-wheel": ([], {"items": ["budget"]}),
        "add-wheel-item": ([], on_wheel),
        "edit-wheel-item": ([wheel.pk], {**on_wheel, "revision": wheel.revision}),
        "change-wheel-year": (
            [wheel.pk, wheel.first_year],
            {"what": "hoppas-over", "note": "Valår.", "revision": wheel.revision},
        ),
        "end-wheel-item": ([wheel.pk], {"from_year": "2099", "revision": wheel.revision}),
    }
    return {
        f"meetings:{name}": (reverse(f"meetings:{name}", args=[team, *args]), data)
        for name, (args, data) in sent.items()
    }
