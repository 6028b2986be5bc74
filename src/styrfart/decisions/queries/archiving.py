"""Decisions and done actions as records for the e-archive."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from styrfart.decisions.models import Action, Decision, Progress
from styrfart.people.models import Team
from styrfart.people.team_periods import name_then
from styrfart.shared.archive import ArchiveRecord
from styrfart.shared.handing_over import retention_words
from styrfart.shared.models import RecordState


def archive_records(team: Team) -> Iterable[ArchiveRecord]:
    """The team's completed records, oldest first, in Swedish. What was undone never became one."""
    with translation.override("sv"):
        kept = retention_words("decisions.decision", "decisions.action")
        for decision in _decisions(team).annotate(team_then=name_then("team", at="decided_at")):
            if decision.record_state_now != RecordState.DRAFT:
                yield _of_decision(decision, decision.team_then, kept["decisions.decision"])
        done = Action.objects.in_force().filter(team=team, done_at__isnull=False)
        for action in done.select_related("owner", "decision").order_by("pk"):
            yield _of_action(action, kept["decisions.action"])


def _decisions(team: Team) -> QuerySet[Decision]:
    return (
        Decision.objects.filter(team=team, withdrawn_at=None)
        .select_related("team__unit", "decided_by", "owner", "rapporteur", "recorded_by", "delegation_point")
        .select_related("replaces", "replaced_by")
        .prefetch_related("participants__person", "recipients__person", "progress__by", "units")
        .order_by("decided_at", "pk")
    )


def _of_decision(decision: Decision, team: str, retention: str) -> ArchiveRecord:
    point = decision.delegation_point
    people = list(decision.participants.all())
    fields = [
        ("number", _("Nummer"), decision.slug),
        ("team", _("Ledningsgrupp"), team),
        ("units", _("Gäller"), ", ".join(str(unit) for unit in decision.units.all())),
        ("text", _("beslut"), decision.text),
        ("reasons", _("skäl"), decision.reasons),
        ("alternatives", _("alternativ som vägdes"), decision.alternatives),
        ("decidedBy", _("Beslutsfattare"), f"{decision.decided_by}, {decision.decided_as}"),
        ("authority", _("rätt att besluta"), decision.get_authority_display()),
        ("point", _("Punkt"), f"{point.code} {point.text}" if point else ""),
        ("rapporteur", _("Föredragande"), str(decision.rapporteur or "")),
        ("risk_assessed_on", _("Skriftlig riskbedömning klar"), str(decision.risk_assessed_on or "")),
        ("risk_reference", _("Var riskbedömningen finns"), decision.risk_reference),
        (
            "consultation_closed_on",
            _("Samverkan eller förhandling avslutad"),
            str(decision.consultation_closed_on or ""),
        ),
        ("consultation_reference", _("Protokoll"), decision.consultation_reference),
        ("urgency_ground", _("Synnerliga skäl att besluta före det"), decision.urgency_ground),
        ("recordedBy", _("Antecknat av"), str(decision.recorded_by)),
        ("cost", _("kostnad"), "" if decision.cost is None else str(decision.cost)),
        ("participants", _("Deltog"), "; ".join(str(one) for one in people if not one.is_excluded)),
        (
            "excluded",
            _("Jäv"),
            "; ".join(f"{one}: {one.conflict_ground}" for one in people if one.is_excluded),
        ),
        (
            "dissent",
            _("Avvikande mening"),
            "\n".join(f"{one}: {one.dissent}" for one in people if one.dissent),
        ),
        ("owner", _("Ägare"), str(decision.owner)),
        ("dueOn", _("klart senast"), decision.due_on.isoformat()),
        ("promisedOn", _("först lovat datum"), decision.promised_on.isoformat()),
        ("effectQuestion", _("hur ser vi att det fick effekt"), decision.effect_question),
        ("effectOn", _("effekten följs"), decision.effect_on.isoformat()),
        ("effect", _("Effekt"), f"{decision.get_effect_verdict_display()} {decision.effect_note}".strip()),
        ("recipients", _("Vilka fick veta"), "; ".join(str(one) for one in decision.recipients.all())),
        ("replaces", _("Ersätter"), decision.replaces.slug if decision.replaces else ""),
        ("replacedBy", _("Ersatt av"), decision.replaced_by.slug if decision.replaced_at else ""),
        ("reportedOn", _("Anmält till nämnden"), str(decision.reported_on or "")),
        ("history", _("Historik"), "\n".join(_line(one) for one in decision.progress.all())),
    ]
    return ArchiveRecord(
        type="decisions.decision",
        id=str(decision.pk),
        title=str(decision),
        created=timezone.localdate(decision.decided_at),
        state=str(decision.record_state_now.label),
        retention=retention,
        fields=[field for field in fields if field[2]],
        secrecy_ground=decision.secrecy_ground,
        registry_number=decision.registry_number,
    )


def _line(one: Progress) -> str:
    """What happened on the way, when and by whom."""
    return f"{timezone.localtime(one.at):%Y-%m-%d %H:%M} {one.by}: {one}"


def _of_action(action: Action, retention: str) -> ArchiveRecord:
    fields = [
        ("text", _("åtgärd"), action.text),
        ("owner", _("Ägare"), str(action.owner)),
        ("dueOn", _("klart senast"), action.due_on.isoformat()),
        ("doneOn", _("klart"), f"{timezone.localdate(action.done_at)}"),
        ("decision", _("Hör till"), action.decision.slug if action.decision else ""),
    ]
    return ArchiveRecord(
        type="decisions.action",
        id=str(action.pk),
        title=str(action),
        created=timezone.localdate(action.created_at),
        state=str(action.record_state_now.label),
        retention=retention,
        fields=[field for field in fields if field[2]],
        secrecy_ground=action.secrecy_ground,
        registry_number=action.registry_number,
    )
