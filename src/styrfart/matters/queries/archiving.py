"""Closed matters as records for the e-archive, with their whole history and their documents."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from styrfart.matters import phrases, rules
from styrfart.matters.models import CLOSED, HandOver, Material, Matter, MatterEvent, Preparation, Routing
from styrfart.matters.queries.access import history
from styrfart.people import queries as people
from styrfart.people.models import Team
from styrfart.people.standing import User
from styrfart.shared.archive import ArchiveRecord, Attachment
from styrfart.shared.handing_over import retention_words
from styrfart.shared.models import RecordState

RECORD_TYPE = "matters.matter"
AT_A_TIME = 100


def team_to_archive_for(user: User, slug: str) -> Team:
    """The team, for its secretary; 403 to others who can see it."""
    team = people.team_for(user, slug)
    if not rules.can_archive(user, team):
        raise PermissionDenied
    return team


def archive_records(team: Team) -> Iterable[ArchiveRecord]:
    """The team's closed matters, oldest first, in Swedish. What still moves is not a completed record.

    Ten queries for each hundred matters; one matter's documents at a time are held in memory.
    """
    with translation.override("sv"):
        retention = retention_words(RECORD_TYPE)
        for matter in _closed(team).iterator(chunk_size=AT_A_TIME):
            yield _record(matter, retention)


def _closed(team: Team) -> QuerySet[Matter]:
    return (
        Matter.objects.filter(team=team, state__in=CLOSED)
        .select_related("team", "owner", "handed_in_by", "decision")
        .prefetch_related("units", "materials__added_by", "routings__by", "routings__team")
        .prefetch_related("routings__proposed_rule", "routings__proposed_point")
        .prefetch_related("hand_overs__to_person", "hand_overs__to_team", "hand_overs__routing__by")
        .prefetch_related("preparations__owner")
        .order_by("handed_in_at", "pk")
    )


def _record(matter: Matter, retention: str) -> ArchiveRecord:
    materials = list(matter.materials.all())
    fields = [
        ("number", _("Nummer"), str(matter.pk)),
        ("team", _("Ledningsgrupp"), str(matter.team)),
        ("question", _("frågan som ska besvaras"), matter.question),
        ("whyUs", _("varför den här gruppen"), matter.why_us),
        ("asked", _("vad du ber om"), str(matter.get_asked_display())),
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
        ("decision", pgettext_decision(), matter.decision.slug if matter.decision else ""),
        ("history", _("Historik"), "\n".join(_event(event) for event in history(matter))),
        ("routes", _("Vägval"), "\n".join(_routing(one) for one in reversed(matter.routings.all()))),
        ("handOvers", _("Överlämningar"), "\n".join(_hand_over(one) for one in reversed(matter.hand_overs.all()))),
        (
            "preparations",
            _("Beredning till nämnden"),
            "\n".join(_preparation(one) for one in reversed(matter.preparations.all())),
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
