"""The log and the list for the committee as tables for a spreadsheet; the records for the e-archive."""

from collections.abc import Iterable, Sequence

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from styrfart.decisions import actions, queries
from styrfart.decisions.forms import LogForm, PeriodForm
from styrfart.decisions.models import Decision
from styrfart.people.queries import standing, team_for
from styrfart.people.request import Request
from styrfart.shared.export import csv_response
from styrfart.shared.handing_over import package_response


@require_GET
def export_log(request: Request, slug: str) -> StreamingHttpResponse:
    """What the log shows, in full."""
    team = team_for(request.user, slug)
    years, owners = queries.log_choices(request.user, team)
    form = LogForm(request.GET, years=years, owners=owners)
    found = queries.log(request.user, team, form.narrowed()).select_related("delegation_point")
    return csv_response(f"beslut-{slug}", _log_head(), list(_log_rows(found, request)))


def _log_head() -> list[str]:
    return [
        _("Nummer"),
        _("Beslutat"),
        pgettext("ett", "Beslut"),
        _("Skäl"),
        _("Beslutsfattare"),
        _("Befattning"),
        _("Rätt att besluta"),
        _("Punkt"),
        _("Ägare"),
        _("Klart senast"),
        _("Först lovat datum"),
        _("Steg"),
        _("Läge"),
        _("Genomfört"),
        _("Hur effekten syns"),
        _("Effekten följs"),
        _("Effekt"),
        _("Diarienummer"),
        _("Sekretessgrund"),
        _("Handlingens ställning"),
    ]


def _log_rows(found: Iterable[Decision], request: Request) -> Iterable[Sequence[object]]:
    today = standing(request.user).day
    for decision in found:
        row = queries.row_of(decision, today)
        yield [
            decision.slug,
            timezone.localdate(decision.decided_at),
            decision.text,
            decision.reasons,
            decision.decided_by,
            decision.decided_as,
            decision.get_authority_display(),
            decision.delegation_point.code if decision.delegation_point else "",
            decision.owner,
            decision.due_on,
            decision.promised_on,
            decision.step.label,
            row.word,
            timezone.localdate(decision.done_at) if decision.done_at else None,
            decision.effect_question,
            decision.effect_on,
            decision.effect_note,
            decision.registry_number,
            decision.secrecy_ground,
            decision.record_state_now.label,
        ]


@require_GET
def export_report(request: Request, slug: str) -> StreamingHttpResponse:
    """What the list for the committee shows."""
    team = queries.team_to_report_for(request.user, slug)
    period = PeriodForm(request.GET)
    rows = [
        [
            decision.slug,
            timezone.localdate(decision.decided_at),
            decision.text,
            decision.delegation_point.code if decision.delegation_point else "",
            decision.delegation_point.text if decision.delegation_point else "",
            decision.decided_by,
            decision.decided_as,
            decision.cost,
            decision.registry_number,
            decision.reported_on,
        ]
        for decision in queries.to_report(request.user, team, **period.limits())
    ]
    return csv_response(f"anmalan-{slug}", _report_head(), rows)


def _report_head() -> list[str]:
    return [
        _("Nummer"),
        _("Beslutat"),
        pgettext("ett", "Beslut"),
        _("Punkt"),
        _("Vad punkten gäller"),
        _("Beslutsfattare"),
        _("Befattning"),
        _("Kostnad"),
        _("Diarienummer"),
        _("Anmält till nämnden"),
    ]


@require_POST
def archive(request: Request, slug: str) -> FileResponse:
    """The team's completed records as a package for the e-archive."""
    team = queries.team_to_archive_for(request.user, slug)
    return package_response(
        f"beslut-{slug}",
        queries.archive_records(team),
        creator=team.unit.name,
        note=lambda count: actions.note_archived(team=team, count=count, actor=request.user),
    )
