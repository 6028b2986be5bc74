"""Closed matters as records for the e-archive, with their whole history and their documents."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from styrfart.matters import phrases, rules
from styrfart.matters.models import CLOSED, HandOver, Material, Matter, MatterEvent, Preparation, Routing
from styrfart.people import queries as people
from styrfart.people.models import Team
from styrfart.people.standing import User
from styrfart.people.team_periods import name_then
from styrfart.shared.archive import ArchiveRecord, Attachment
from styrfart.shared.handing_over import retention_words
from styrfart.shared.models import RecordState

RECORD_TYPE = "matters.matter"
AT_A_TIME = 100
# Everything that the sentences about what happened need, and what a team was called that day.
EVENTS = (
    MatterEvent.objects.select_related(
        "by",
        "routing__by",
        "routing__hand_over__to_person",
        "routing__hand_over__to_team",
        "routing__preparation__owner",
        "routing__matter__decision__owner",
        "routing__matter__decision__decided_by",
    )
    .annotate(team_then=name_then("routing__hand_over__to_team", at="at"))
    .order_by("at", "pk")
)
ROUTINGS = (
    Routing.objects.select_related("by", "team", "proposed_rule", "proposed_point")
    .annotate(team_then=name_then("team", at="at"))
    .order_by("at", "pk")
)
HAND_OVERS = (
    HandOver.objects.select_related("to_person", "to_team", "routing__by")
    .annotate(team_then=name_then("to_team", at="routing__at"))
    .order_by("pk")
)


def team_to_archive_for(user: User, slug: str) -> Team:
    """The team, for its secretary; 403 to others who can see it."""
    team = people.team_for(user, slug)
    if not rules.can_archive(user, team):
        raise PermissionDenied
    return team


def archive_records(team: Team) -> Iterable[ArchiveRecord]:
    """The team's closed matters, oldest first, in Swedish. What still moves is not a completed record.

    Eight queries for each hundred matters; one matter's documents at a time are held in memory.
    """
    with translation.override("sv"):
        retention = retention_words(RECORD_TYPE)[RECORD_TYPE]
        for matter in _closed(team).iterator(chunk_size=AT_A_TIME):
            yield _record(matter, retention)


def _closed(team: Team) -> QuerySet[Matter]:
    return (
        Matter.objects.filter(team=team, state__in=CLOSED)
        .select_related("team", "owner", "handed_in_by", "decision")
        .prefetch_related("units", "materials", Prefetch("events", EVENTS), Prefetch("routings", ROUTINGS))
        .prefetch_related(Prefetch("hand_overs", HAND_OVERS))
        .prefetch_related(
            Prefetch("preparations", Preparation.objects.select_related("owner").order_by("pk"))
        )
        .annotate(team_then=name_then("team", at="closed_at"))
        .order_by("handed_in_at", "pk")
    )


def _record(matter: Matter, retention: str) -> ArchiveRecord:
    _call_as_then(matter, matter.team)
    materials = list(matter.materials.all())
    fields = [
        ("number", _("Nummer"), str(matter.pk)),
        ("team", _("Ledningsgrupp"), str(matter.team)),
        ("question", _("frågan som ska besvaras"), matter.question),
        ("whyUs", _("varför den här gruppen"), matter.why_us),
        ("asked", _("vad som begärdes"), str(matter.get_asked_display())),
        ("owner", _("ärendeägare"), str(matter.owner or "")),
        ("handedInBy", _("Lämnades in av"), str(matter.handed_in_by)),
        ("handedInAt", _("Lämnades in"), _moment(matter.handed_in_at)),
        ("closedAt", _("Avslutades"), _moment(matter.closed_at)),
        ("outcomeState", _("Så slutade det"), str(matter.get_state_display())),
        ("latestOn", _("senast"), str(matter.latest_on or "")),
        ("units", _("berörda enheter"), ", ".join(str(unit) for unit in matter.units.all())),
        ("cost", _("kostnad"), "" if matter.cost is None else str(matter.cost)),
        ("purpose", _("syfte"), str(matter.get_purpose_display())),
        ("level", _("nivå"), str(matter.get_level_display())),
        ("outcome", _("önskat utfall"), matter.outcome),
        ("decision", pgettext("ett", "Beslut"), matter.decision.slug if matter.decision else ""),
        ("history", _("Historik"), "\n".join(_event(event) for event in matter.events.all())),
        ("routes", _("Vägval"), "\n".join(_routing(one) for one in matter.routings.all())),
        ("handOvers", _("Överlämningar"), "\n".join(_hand_over(one) for one in matter.hand_overs.all())),
        (
            "preparations",
            _("Beredning till nämnden"),
            "\n".join(_preparation(one) for one in matter.preparations.all()),
        ),
        ("material", _("Underlag"), "\n".join(_material(one) for one in materials)),
    ]
    return ArchiveRecord(
        type=RECORD_TYPE,
        id=str(matter.pk),
        title=f"{matter.pk} {matter.question}",
        created=timezone.localdate(matter.handed_in_at or matter.created_at),
        state=str(RecordState(matter.record_state).label),
        retention=retention,
        fields=[field for field in fields if field[2]],
        secrecy_ground=matter.secrecy_ground,
        registry_number=matter.registry_number,
        attachments=_attachments(materials),
    )


def _call_as_then(row: Any, team: Team | None) -> None:
    """In the record, let the team of `row` be called what it was that day; nothing is written back."""
    if team is not None:
        team.name = row.team_then


def _moment(at: dt.datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def _event(event: MatterEvent) -> str:
    """What happened, when and by whom, with what was written."""
    if event.routing is not None:
        _call_as_then(event, getattr(getattr(event.routing, "hand_over", None), "to_team", None))
    note = event.note if event.routing is None else ""
    return " ".join(part for part in (_moment(event.at), phrases.happened(event), note) if part)


def _routing(one: Routing) -> str:
    """A choice of route beside what the desk had proposed, by which rule."""
    _call_as_then(one, one.team)
    said = f"{_moment(one.at)} {one.by}, {one.team}: {one.get_route_display()}."
    rule = one.proposed_rule or one.proposed_point
    proposed = _("Föreslaget: %(route)s.") % {"route": one.get_proposed_route_display()}
    undone = _("Ångrat %(at)s.") % {"at": _moment(one.undone_at)} if one.undone_at else ""
    return " ".join(part for part in (said, proposed, f"({rule})" if rule else "", one.note, undone) if part)


def _hand_over(one: HandOver) -> str:
    """To whom, by when an answer was due, and what came of it."""
    _call_as_then(one, one.to_team)
    ends = (
        (_("Mottaget %(at)s."), one.received_at, ""),
        (_("Besvarat %(at)s."), one.answered_at, one.answer),
        (_("Lämnat tillbaka %(at)s."), one.returned_at, one.return_reason),
        (_("Ångrat %(at)s."), one.cancelled_at, ""),
    )
    said = [f"{one.routing.by} → {one.to_person or one.to_team}, {one.answer_by}."]
    said += [f"{words % {'at': _moment(at)}} {text}".strip() for words, at, text in ends if at]
    return " ".join(said)


def _preparation(one: Preparation) -> str:
    parts = [str(one.owner), one.report, str(one.committee_on or ""), one.reference, _moment(one.done_at)]
    undone = _("Ångrat %(at)s.") % {"at": _moment(one.cancelled_at)} if one.cancelled_at else ""
    return ", ".join(part for part in [*parts, undone] if part)


def _material(one: Material) -> str:
    """What it is called, and where it is kept when it is not in the package."""
    if one.reference:
        return f"{one.title}: {one.reference}" if one.title != one.reference else one.title
    return one.title if _is_there(one) else _("%(title)s: filen saknas") % {"title": one.title}


def _is_there(one: Material) -> bool:
    return bool(one.file) and one.file.storage.exists(one.file.name or "")


def _attachments(materials: Iterable[Material]) -> list[Attachment]:
    found = []
    for one in materials:
        if _is_there(one):
            with one.file.open("rb") as file:
                found.append(
                    Attachment(name=one.title or one.file.name or "", title=one.title, content=file.read())
                )
    return found
