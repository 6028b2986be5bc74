"""The walk through planning a round, and through the load calendar."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from styrfart.climate.actions import launching, rounds
from styrfart.climate.models import Round
from styrfart.people.models import Team
from tests import make

PLANNERS = {"chair", "hr", "owner"}


def build_rounds(scene: Any, team: Team) -> None:
    """A draft and an open round of the team, and something in the calendar that the HR developer entered."""
    days = _days()
    wish: dict[str, Any] = {
        "title": "Puls om ledningsgruppen",
        "instruments": ["klimat"],
        "text_questions": [],
        "languages": ["sv"],
        "teams": [team],
        **{name: dt.date.fromisoformat(day) for name, day in days.items()},
    }
    scene.things["round draft"] = rounds.plan_round(
        wish=rounds.RoundWish(**(wish | {"why": scene.secret("varför i utkastet", PLANNERS)})),
        actor=scene["chair"],
    )
    wish["opens_on"] = timezone.localdate()
    asked = rounds.plan_round(
        wish=rounds.RoundWish(**(wish | {"why": scene.secret("varför i pulsen", PLANNERS)})),
        actor=scene["chair"],
    )
    launching.launch_round(round=asked, revision=1, actor=scene["chair"])
    launching.prepare_round.func(asked.pk)
    scene.things["round open"] = asked
    scene.things["claim"] = make.claim(
        scene.things["service"], "Brandskyddsutbildning", starts_on=timezone.localdate()
    )


def round_lines(scene: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    """Every address of planning and of the calendar, and what is sent there."""
    draft: Round = scene.things["round draft"]
    asked: Round = scene.things["round open"]
    asked.refresh_from_db()
    claim, service = scene.things["claim"], scene.things["service"]
    written = {
        "title": "Puls om ledningsgruppen",
        "why": "Därför.",
        "instruments": ["klimat"],
        "teams": [scene.things["team"].pk],
        "languages": ["sv"],
        **_days(),
    }
    entered = {
        "title": "Brandskyddsutbildning",
        "kind": "training",
        "units": service.code,
        "starts_on": _days()["opens_on"],
        "ends_on": _days()["closes_on"],
        "minutes": "60",
        "impact": "0",
    }

    def at(name: str, *args: Any) -> str:
        return reverse(name, args=args)

    return {
        "climate:index": (at("climate:index"), {}),
        "climate:new-round": (at("climate:new-round"), written),
        "climate:round": (at("climate:round", draft.pk), {}),
        "climate:round, open": (at("climate:round", asked.pk), {}),
        "climate:edit-round": (at("climate:edit-round", draft.pk), {**written, "revision": draft.revision}),
        "climate:launch": (at("climate:launch", draft.pk), {"revision": draft.revision}),
        "climate:stop": (at("climate:stop", draft.pk), {"revision": draft.revision}),
        "climate:stop, open": (at("climate:stop", asked.pk), {"revision": asked.revision}),
        "climate:slips": (at("climate:slips", asked.pk), {"grupp": "ingen"}),
        "climate:send-link": (at("climate:send-link", asked.pk), {}),
        "load:index": (at("load:index"), {}),
        "load:unit": (at("load:unit", service.code), {}),
        "load:enter-claim": (at("load:enter-claim"), entered),
        "load:change-claim": (
            at("load:change-claim", claim.pk),
            {**entered, "revision": claim.revision, "minutes": "70"},
        ),
        "load:remove-claim": (at("load:remove-claim", claim.pk), {"revision": claim.revision}),
    }


def _days() -> dict[str, str]:
    today = timezone.localdate()
    after = {"opens_on": 7, "reminds_on": 14, "closes_on": 20, "report_on": 25}
    return {name: (today + dt.timedelta(days=days)).isoformat() for name, days in after.items()}
