"""The walk to questionnaires, others' results, feedback, 360 and how people work best."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from styrfart.climate.actions.feedback import ask_feedback, give_feedback, share_feedback
from styrfart.climate.actions.reviews import INSTRUMENT, TITLE, plan_review, share_review
from styrfart.climate.actions.ways import WRITTEN, save_way
from styrfart.climate.instruments import plain, shipped
from styrfart.climate.models import (
    Answer,
    ExternalResult,
    OwnInstrument,
    Release,
    Round,
    RoundKind,
    RoundState,
    SpanLimits,
)
from styrfart.people.models import Team
from tests import make

HEAD = "instrument;enhet;ledningsgrupp;datum;mått;värde;skala;svar;källa\n"


def build_feedback(scene: Any, team: Team) -> None:
    """Something of each kind, in whose words stands who may read it."""
    staff = set(scene.people) - {"coach", "sender"}
    _instruments(scene, staff)
    SpanLimits.objects.create(unit=scene.things["unit"], note=15, yellow=20, red=30)
    scene.things["result"] = ExternalResult.objects.create(
        instrument="COPSOQ",
        unit=scene.things["service"],
        measured_on=dt.date(2026, 5, 12),
        measure="Socialt stöd",
        value=Decimal(71),
        scale="0–100",
        answers=24,
        source=scene.secret("källa", {"employee", "chair", "hr", "owner"}),
        recorded_by=scene["hr"],
    )
    _feedback(scene)
    _reviews(scene)
    texts = dict.fromkeys(WRITTEN, "") | {"best": scene.secret("vana", {"member", "secretary", "chair"})}
    save_way(revision=0, texts=texts, team_ids=[team.pk], unit_ids=[], actor=scene["member"])


def _instruments(scene: Any, staff: set[str]) -> None:
    for name, state, readers in (("own", "ready", staff), ("draft", "draft", {"hr"})):
        title = scene.secret(f"formulär {name}", readers)
        key = f"eget-{name}"
        spec = plain(shipped()["mandat"]) | {"key": key, "licence": "organisation", "title": {"sv": title}}
        scene.things[f"instrument {name}"] = OwnInstrument.objects.create(
            key=key,
            state=state,
            title=title,
            spec=spec,
            origin="own",
            text_owner="Kontoret",
            declared_by=scene["hr"],
            declared_at=timezone.now(),
            ready_at=timezone.now() if state == "ready" else None,
        )


def _feedback(scene: Any) -> None:
    week = timezone.localdate() + dt.timedelta(days=7)
    readers = {"member", "secretary", "coach"}
    request = ask_feedback(
        situation=scene.secret("situation", readers),
        question=scene.secret("fråga om mig", readers),
        givers=[scene["secretary"]],
        latest_on=week,
        actor=scene["member"],
    )
    give_feedback(
        answer=request.answers.get(),
        revision=1,
        text=scene.secret("återkoppling", readers),
        keep="",
        attempt="",
        actor=scene["secretary"],
    )
    share_feedback(request=request, person=scene["coach"], actor=scene["member"])
    scene.things["feedback"] = request
    waiting = ask_feedback(
        situation=scene.secret("annan situation", {"chair", "employee"}),
        question="Vad kunde jag ha gjort?",
        givers=[scene["employee"]],
        latest_on=week,
        actor=scene["chair"],
    )
    scene.things["waiting feedback"] = waiting.answers.get()


def _reviews(scene: Any) -> None:
    today = timezone.localdate()
    raters = dict.fromkeys([make.person() for _number in range(3)], "peer")
    scene.things["planned review"] = plan_review(
        raters=raters,
        closes_on=today + dt.timedelta(days=7),
        why=scene.secret("undran", {"chair"}),
        actor=scene["chair"],
    )
    shown = Round.objects.create(
        kind=RoundKind.REVIEW,
        title=TITLE,
        why=scene.secret("äldre undran", set()),
        owner=scene["employee"],
        subject=scene["employee"],
        instruments=[INSTRUMENT],
        form=[plain(shipped()[INSTRUMENT])],
        languages=["sv", "en"],
        opens_on=today - dt.timedelta(days=20),
        closes_on=today - dt.timedelta(days=10),
        report_on=today - dt.timedelta(days=9),
        least=3,
        state=RoundState.RELEASED,
        launched_at=timezone.now(),
        counted_at=timezone.now(),
        released_at=timezone.now(),
    )
    for position, rater in enumerate(("self", "manager", "peer", "report")):
        group = shown.groups.create(rater=rater, name=rater, position=position, invited=1)
        if rater == "self":
            Answer.objects.create(group=group, values="5" * 10, number=1)
    Release.objects.create(
        round=shown, made_at=timezone.now(), least=3, least_text=10, invited=4, digest="0" * 64
    )
    share_review(round=shown, person=scene["coach"], actor=scene["employee"])
    scene.things["shown review"] = shown


def climate_feedback_lines(scene: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    """The addresses, and what is sent there."""
    return {**_instrument_lines(scene), **_result_lines(scene), **_feedback_lines(scene), **_way_lines(scene)}


def _instrument_lines(scene: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    own, draft = scene.things["instrument own"].key, scene.things["instrument draft"].key
    written = {
        "revision": 1,
        "title": "Ett formulär",
        "about": "Om något.",
        "answering": "team",
        "original": "sv",
        "items": "Vi gör det.",
        "scale": "agree",
        "better": "higher",
        "origin": "own",
        "text_owner": "Kontoret",
        "declares": "on",
    }
    return {
        "climate:instruments": (reverse("climate:instruments"), {}),
        "climate:instrument": (reverse("climate:instrument", args=[own]), {}),
        "climate:instrument, draft": (reverse("climate:instrument", args=[draft]), {}),
        "climate:preview-question": (reverse("climate:preview-question", args=["hme", 2]), {}),
        "climate:compose": (reverse("climate:compose"), written),
        "climate:edit-instrument": (reverse("climate:edit-instrument", args=[draft]), written),
        "climate:make-instrument-ready": (
            reverse("climate:make-instrument-ready", args=[draft]),
            {"revision": 1},
        ),
        "climate:begin-version": (reverse("climate:begin-version", args=[own]), {}),
        "climate:discard-instrument": (reverse("climate:discard-instrument", args=[draft]), {"revision": 1}),
        "climate:retire-instrument": (reverse("climate:retire-instrument", args=[own]), {}),
    }


def _result_lines(scene: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    service = scene.things["service"]
    figure = {
        "instrument": "GDQ",
        "unit": service.code,
        "measured_on": "2026-03-01",
        "measure": "Stadium",
        "value": "3",
        "scale": "1–4",
        "answers": "9",
        "source": "GDQ Associates",
    }
    content = f"{HEAD}GDQ;{service.code};;2026-02-01;Stadium;3;1–4;9;HR\n".encode()
    result = scene.things["result"]
    return {
        "climate:external-results": (reverse("climate:external-results"), {}),
        "climate:record-result": (reverse("climate:record-result"), figure),
        "climate:import-results": (
            reverse("climate:import-results"),
            {"file": SimpleUploadedFile("resultat.csv", content)},
        ),
        "climate:results-template": (reverse("climate:results-template"), {}),
        "climate:remove-result": (reverse("climate:remove-result", args=[result.pk]), {}),
        "climate:conditions": (reverse("climate:conditions"), {}),
        "climate:conditions, of the office": (
            f"{reverse('climate:conditions')}?enhet={scene.things['unit'].code}",
            {},
        ),
        "climate:span-limits": (
            reverse("climate:span-limits", args=[service.code]),
            {"revision": 0, "note": 12, "yellow": 15, "red": 20},
        ),
        "climate:remove-span-limits": (
            reverse("climate:remove-span-limits", args=[scene.things["unit"].code]),
            {"revision": 1},
        ),
    }


def _feedback_lines(scene: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    request, waiting = scene.things["feedback"], scene.things["waiting feedback"]
    planned, shown = scene.things["planned review"], scene.things["shown review"]
    week = (timezone.localdate() + dt.timedelta(days=7)).isoformat()
    sender = str(scene["sender"].email)
    asked = {"situation": "Mötet.", "question": "Hur gick det?", "givers": sender, "latest_on": week}
    peers = "\n".join(str(rater.person.email) for rater in planned.raters.select_related("person"))
    plan = {"revision": 1, "peers": peers, "closes_on": week}
    share = {"person": sender}
    names: dict[str, tuple[list[int], dict[str, Any]]] = {
        "feedback": ([], {}),
        "ask-feedback": ([], asked),
        "give-feedback": ([waiting.pk], {"revision": 1, "text": "Så här."}),
        "decline-feedback": ([waiting.pk], {"revision": 1}),
        "feedback-request": ([request.pk], {}),
        "close-feedback": ([request.pk], {}),
        "share-feedback": ([request.pk], share),
        "stop-sharing-feedback": ([request.pk], {"person": scene["coach"].pk}),
        "reviews": ([], {}),
        "new-review": ([], plan),
        "edit-review": ([planned.pk], plan),
        "start-review": ([planned.pk], {"revision": 1}),
        "stop-review": ([planned.pk], {"revision": 1}),
        "share-review": ([shown.pk], share),
        "stop-sharing-review": ([shown.pk], {"person": scene["coach"].pk}),
    }
    found = {
        f"climate:{name}": (reverse(f"climate:{name}", args=args), sent)
        for name, (args, sent) in names.items()
    }
    for which, of in (("review, planned", planned), ("review, shown", shown)):
        found[f"climate:{which}"] = (reverse("climate:review", args=[of.pk]), {})
    given = request.answers.get()
    found["climate:give-feedback, given"] = (reverse("climate:give-feedback", args=[given.pk]), {})
    return found


def _way_lines(scene: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    service = scene.things["service"]
    return {
        "climate:ways": (reverse("climate:ways"), {}),
        "climate:edit-way": (reverse("climate:edit-way"), {"revision": 1, "best": "Tidigt."}),
        "climate:take-down-way": (reverse("climate:take-down-way"), {}),
        "climate:ways-of-team": (reverse("climate:ways-of-team", args=[scene.things["team"].slug]), {}),
        "climate:ways-of-unit": (reverse("climate:ways-of-unit", args=[service.code]), {}),
    }
