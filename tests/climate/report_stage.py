"""A pulse that has been shown, as the release writes it: an office, its units, two rounds (the mock-up)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from styrfart.climate.actions.conversation import tell_done
from styrfart.climate.instruments import instrument_of, plain, shipped
from styrfart.climate.models import (
    Group,
    Invitation,
    NationalFigure,
    Release,
    Round,
    RoundKind,
    RoundState,
    Row,
)
from styrfart.people.models import Person, Unit
from tests import make

MAY, SEPTEMBER = dt.date(2026, 5, 4), dt.date(2026, 9, 14)
AREAS = {
    "hme.motivation": "Motivation",
    "hme.ledarskap": "Ledarskap",
    "hme.styrning": "Styrning",
    "kontoret.trygghet": "Trygghet att säga ifrån",
    "kontoret.tryck": "Rimligt förändringstryck",
    "kontoret.tid": "Tid att utveckla",
}
OWN = {
    "key": "kontoret",
    "version": 1,
    "licence": "organisation",
    "source": "Utvecklingskontoret",
    "original": "sv",
    "is_validated": False,
    "validation": {"sv": "Eget formulär, ej validerat.", "en": "Own questionnaire, not validated."},
    "title": {"sv": "Kontorets egna frågor", "en": "The office's own questions"},
    "steps": [{"sv": f"Steg {step}", "en": f"Step {step}"} for step in range(1, 6)],
    "items": [
        {"key": "k1", "text": {"sv": "Jag kan säga ifrån.", "en": "I can speak up."}},
        {"key": "k2", "text": {"sv": "Förändringarna är lagom många.", "en": "Changes are few enough."}},
        {"key": "k3", "text": {"sv": "Jag har tid att utveckla.", "en": "I have time to develop."}},
    ],
    "sub_indices": [
        {
            "key": "trygghet",
            "name": {"sv": "Trygghet att säga ifrån", "en": "Safety to speak up"},
            "items": ["k1"],
        },
        {
            "key": "tryck",
            "name": {"sv": "Rimligt förändringstryck", "en": "Reasonable change load"},
            "items": ["k2"],
        },
        {"key": "tid", "name": {"sv": "Tid att utveckla", "en": "Time to develop"}, "items": ["k3"]},
    ],
}  # fmt: skip
KEYS = list(AREAS)
TOTAL = "hme.total"


def figures(
    values: Sequence[int], margins: Sequence[int], answers: int, keys: Sequence[str] = KEYS
) -> dict[str, Any]:
    """Indices with even intervals, as a row keeps them."""
    told = {
        key: {"index": value, "low": value - margin, "high": value + margin, "answers": answers}
        for key, value, margin in zip(keys, values, margins, strict=True)
    }
    whole = round(sum(values[:3]) / 3)
    margin = margins[0]
    total = {"index": whole, "low": whole - margin, "high": whole + margin, "answers": answers}
    return told | ({TOTAL: total} if set(keys) >= set(KEYS[:3]) else {})


def said(strength: str = "no_clear_difference", direction: str = "neither", **fields: Any) -> dict[str, Any]:
    """A verdict as a row keeps it."""
    is_better = {"higher": True, "lower": False}.get(direction)
    why = "wide_interval" if strength == "too_early" else None
    return {"strength": strength, "direction": direction, "is_better": is_better, "why": why} | fields


def shown_round(
    title: str = "Puls 3",
    opens_on: dt.date = SEPTEMBER,
    owner: Person | None = None,
    *,
    instruments: list[dict[str, Any]] | None = None,
    kind: RoundKind = RoundKind.PULSE,
    **fields: Any,
) -> Round:
    """A round that has been shown, without groups or rows."""
    closes = opens_on + dt.timedelta(days=11)
    forms = [plain(shipped()["hme"]), plain(instrument_of(OWN))] if instruments is None else instruments
    made = Round.objects.create(
        title=title,
        kind=kind,
        state=RoundState.RELEASED,
        owner=owner or make.person("Olle", "Ägare"),
        instruments=[each["key"] for each in forms],
        form=forms,
        languages=["sv", "en"],
        opens_on=opens_on,
        closes_on=closes,
        report_on=closes + dt.timedelta(days=6),
        launched_at=timezone.now(),
        counted_at=timezone.now(),
        released_at=timezone.now(),
        **fields,
    )
    Release.objects.create(
        round=made,
        made_at=timezone.make_aware(dt.datetime.combine(made.report_on, dt.time(8))),
        least=7,
        least_text=10,
        invited=52,
        answered=41,
        digest="0" * 64,
    )
    return made


def invite(to: Group, who: Person) -> Invitation:
    """That somebody was invited, after the count: no link is left."""
    return Invitation.objects.create(round=to.round, group=to, channel=Invitation.Channel.MAIL, person=who)


def row(of: Round, group: Group | None, place: int, answered: int, invited: int, **fields: Any) -> Row:
    """A row of the release."""
    return Row.objects.create(
        release=of.release, position=place, group=group, answered=answered, invited=invited, **fields
    )


@dataclass
class Office:
    """An office, its units, who leads it, who works there, and two rounds."""

    unit: Unit
    units: dict[str, Unit]
    head: Person
    worker: Person
    may: Round
    september: Round
    groups: dict[str, Group] = field(default_factory=dict)

    @property
    def whole(self) -> Group:
        return self.groups["Utvecklingskontoret"]


NAMES = ("Ledarutveckling", "Verksamhetsutveckling", "Analys", "Kansli")


def office() -> Office:
    """The mock-up's office: two units shown, two shown together, two rounds."""
    top = make.unit()
    units = {name: make.unit(name, parent=top) for name in NAMES}
    head, worker = make.person("Ingrid", "Hall"), make.person("Moa", "Medarbetare")
    make.post(head, top)
    make.post(worker, units["Analys"], title="Analytiker", is_head=False)
    may = shown_round("Puls 2", MAY, head)
    september = shown_round(owner=head)
    made = Office(top, units, head, worker, may, september)
    for of in (may, september):
        groups = {top.name: make.climate_group(of, top, invited=0, invited_below=52)}
        for name, unit in units.items():
            groups[name] = make.climate_group(of, unit, parent=groups[top.name], invited=13, invited_below=13)
        make_rows(of, groups)
        if of is september:
            made.groups = groups
    invite(made.groups["Analys"], worker)
    whole = Row.objects.get(group=made.whole)
    whole.changes = {
        key: said() | {"since": may.pk, "before": before}
        for key, before in zip(KEYS, (76, 80, 68, 64, 63, 50), strict=True)
    }
    whole.changes[TOTAL] = said() | {"since": may.pk, "before": 75}
    whole.changes["kontoret.trygghet"] |= said("clear", "higher")
    whole.changes["kontoret.tryck"] |= said("clear", "lower")
    whole.items = {
        f"hme.hme-{nr}": [0, 2, 6, 17, 16] if nr < 7 else [2, 4, 11, 14, 10] for nr in range(1, 10)
    }
    whole.save(update_fields=["changes", "items"])
    return made


def make_rows(of: Round, groups: Mapping[str, Group]) -> None:
    """The office, two of its units, and the two small ones as one."""
    row(
        of,
        groups["Utvecklingskontoret"],
        0,
        41,
        52,
        figures=figures((78, 81, 66, 72, 54, 49), (4, 4, 5, 5, 6, 6), 41),
    )
    row(
        of,
        groups["Ledarutveckling"],
        1,
        13,
        13,
        figures=figures((80, 84, 69, 75, 60, 52), (7, 7, 8, 8, 8, 9), 13),
        beside={key: said() for key in KEYS},
    )
    row(
        of,
        groups["Verksamhetsutveckling"],
        2,
        12,
        13,
        figures=figures((77, 80, 62, 70, 42, 41), (8, 7, 9, 8, 8, 9), 12),
        beside={key: said() for key in KEYS} | {"kontoret.tryck": said("clear", "lower")},
    )
    joint = row(
        of,
        None,
        3,
        16,
        26,
        parent=groups["Utvecklingskontoret"],
        figures=figures((76, 79, 66, 71, 57, 53), (7, 7, 8, 8, 8, 8), 16),
        beside={key: said() for key in KEYS},
    )
    joint.members.set([groups["Analys"], groups["Kansli"]])


def with_everything() -> Office:
    """The office with a first round in November, words, national figures, and what was done."""
    made = office()
    first = shown_round("Puls 1", dt.date(2025, 11, 3), made.head)
    group = make.climate_group(first, made.unit, invited=0, invited_below=52)
    row(first, group, 0, 38, 52, figures=figures((74, 79, 69, 60, 66, 52), (5, 4, 5, 6, 6, 6), 38))
    row_of_may = Row.objects.get(group__round=made.may, group__unit=made.unit)
    row_of_may.figures = figures((76, 80, 68, 64, 63, 50), (4, 4, 5, 5, 6, 6), 40)
    row_of_may.changes = {
        key: said() | {"since": first.pk, "before": before}
        for key, before in zip(KEYS, (74, 79, 69, 60, 66, 52), strict=True)
    }
    row_of_may.save(update_fields=["figures", "changes"])
    whole = Row.objects.get(group=made.whole)
    whole.texts = [["Mer tid för varandra.", "Låt oss säga nej till något."]]
    whole.save(update_fields=["texts"])
    made.september.text_questions = [{"sv": "Vad skulle hjälpa mest?", "en": "What would help most?"}]
    made.september.save(update_fields=["text_questions"])
    for indicator, value in (("U00201", 79.4), ("U00202", 80.1), ("U00203", 78.9), ("U00200", 79.4)):
        NationalFigure.objects.create(
            indicator=indicator,
            year=2024,
            value=value,
            count=280,
            source="Kolada",
            fetched_on=dt.date(2026, 3, 3),
        )
    of_may = Group.objects.get(round=made.may, unit=made.unit)
    unclear, told = "Det är oklart vem som får besluta om arbetssätt.", "Möten fylls av information."
    written = "Mandatet skrevs om och beslutades 3 september."
    tell_done(group=of_may, said=unclear, done=written, link="/lg/", actor=made.head)
    sent = "Information skickas före mötet sedan juni."
    tell_done(group=of_may, said=told, done=sent, link="", actor=made.head)
    return made
