"""The walk to reports of climate rounds: pages, files and certificate."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from styrfart.climate.actions.releasing import release_round
from styrfart.climate.models import Comment, Group, Invitation, Round, RoundState
from styrfart.people.models import Team
from tests import make
from tests.climate.answers import answers_of

FILES = ("report-csv", "report-data", "report-picture")


def build_reports(scene: Any, team: Team) -> None:
    """A released pulse of the office, in which the employee was invited, and one of the team."""
    of = _counted(scene, "kräftskivan i våras", [{"sv": "Vad ska vi behålla?", "en": "What should we keep?"}])
    office = _group(of, 0, unit=scene.things["unit"])
    service = _group(of, 1, unit=scene.things["service"], parent=office)
    few = _group(of, 2, unit=make.unit("Vaktmästeriet", parent=scene.things["unit"]), parent=office)
    Invitation.objects.create(
        round=of, group=service, person=scene["employee"], channel=Invitation.Channel.MAIL
    )
    for at, number in ((office, 13), (service, 14), (few, 3)):
        make.counted(at, answers_of(number, at.name))
    kept = scene.secret("text i rapport", {"employee", "chair", "hr", "owner"})
    hidden = scene.secret("text som inte visas", set())
    said = [kept, *(f"Fredagsfikat {number}" for number in range(11))]
    Comment.objects.bulk_create(Comment(round=of, group=office, question=0, text=text) for text in said)
    release_round(round_id=of.pk)
    scene.things["released"] = of
    own = _counted(scene, "gruppens puls", [{"sv": "Vad saknas?", "en": "What is missing?"}])
    group = _group(own, 0, team=team)
    make.counted(group, answers_of(8, "gruppen"))
    Comment.objects.bulk_create(
        Comment(round=own, group=group, question=0, text=f"{hidden} {number}") for number in range(3)
    )
    release_round(round_id=own.pk)
    scene.things["released to the team"] = own


def _counted(scene: Any, title: str, questions: list[dict[str, str]]) -> Round:
    closes = timezone.localdate() - dt.timedelta(days=9)
    return make.climate_round(
        title,
        state=RoundState.CLOSED,
        owner=scene["hr"],
        opens_on=closes - dt.timedelta(days=7),
        closes_on=closes,
        report_on=closes + dt.timedelta(days=2),
        counted_at=timezone.now(),
        text_questions=questions,
    )


def _group(of: Round, position: int, **where: Any) -> Group:
    name = str(where.get("unit") or where.get("team"))
    return Group.objects.create(round=of, name=name, position=position, invited=20, invited_below=20, **where)


def climate_report_lines(scene: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    """The addresses, and what is sent there."""
    of, own = scene.things["released"], scene.things["released to the team"]
    unit, team = [scene.things["unit"].code, of.pk], [scene.things["team"].slug, own.pk]
    return {
        **{f"climate:{page}": (reverse(f"climate:{page}", args=unit), {}) for page in FILES},
        **{f"climate:team-{page}": (reverse(f"climate:team-{page}", args=team), {}) for page in FILES},
        "climate:certificate": (reverse("climate:certificate", args=[of.pk]), {}),
        "climate:check-release": (reverse("climate:check-release", args=[of.pk]), {}),
    }
