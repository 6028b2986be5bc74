"""Adopted mandates as records for the e-archive. A draft is working material and never becomes one."""

from collections.abc import Iterable

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from styrfart.mandates import wording
from styrfart.mandates.models import Mandate, Question, Rule
from styrfart.mandates.queries.mandates import ADOPTED_EVER, whole
from styrfart.mandates.queries.versions import answers_as_text
from styrfart.people.models import Team
from styrfart.people.team_periods import name_then
from styrfart.shared.archive import ArchiveRecord
from styrfart.shared.handing_over import retention_words
from styrfart.shared.models import RecordState

RECORD_TYPE = "mandates.mandate"


def archive_records(team: Team) -> Iterable[ArchiveRecord]:
    """Every version that the team has adopted, oldest first, in Swedish. Seven queries."""
    adopted = whole(Mandate.objects.filter(team=team, state__in=ADOPTED_EVER)).order_by("version")
    with translation.override("sv"):
        retention = retention_words(RECORD_TYPE)[RECORD_TYPE]
        named = adopted.annotate(team_then=name_then("team", on="adopted_on"))
        for mandate in named.prefetch_related("confirmations__person"):
            yield _record(mandate, mandate.team_then, retention)


def _record(mandate: Mandate, team: str, retention: str) -> ArchiveRecord:
    answers = answers_as_text(mandate)
    behind = [
        f"{given.person} {timezone.localdate(given.confirmed_at)}" for given in mandate.confirmations.all()
    ]
    fields = [
        ("team", _("Ledningsgrupp"), team),
        ("version", _("Version"), str(mandate.version)),
        *((question.value, str(question.label), answers[question]) for question in answers),
        ("rules", str(Question.RULES.label), "\n".join(_rule(rule) for rule in mandate.rules.all())),
        ("proposedBy", _("Föreslaget av"), str(mandate.proposed_by or "")),
        ("confirmedBy", _("Bekräftat av"), "; ".join(behind)),
        ("adoptedOn", _("Antaget"), str(mandate.adopted_on or "")),
        ("supersededOn", _("Ersatt"), str(mandate.superseded_on or "")),
        ("reviewOn", _("Ses över senast"), str(mandate.review_on or "")),
    ]
    return ArchiveRecord(
        type=RECORD_TYPE,
        id=str(mandate.pk),
        title=_("Mandat för %(team)s, version %(version)s") % {"team": team, "version": mandate.version},
        created=mandate.adopted_on or timezone.localdate(mandate.created_at),
        state=str(RecordState(mandate.record_state).label),
        retention=retention,
        fields=[field for field in fields if field[2]],
        secrecy_ground=mandate.secrecy_ground,
        registry_number=mandate.registry_number,
    )


def _rule(rule: Rule) -> str:
    """A rule on one line, with its hints: the desk quotes it."""
    hints = [wording.amounts(rule), ", ".join(rule.words), ", ".join(unit.name for unit in rule.units.all())]
    points = ", ".join(point.code for point in rule.points.all())
    said = f"{rule.number}. {rule.concerns}. {wording.destination(rule)}."
    return " ".join([said, *(f"{hint}." for hint in [*hints, points] if hint)])
