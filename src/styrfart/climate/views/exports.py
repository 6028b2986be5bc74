"""A report as files: a table for a spreadsheet, JSON for a program, the figure as a picture."""

from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from styrfart.climate import exporting
from styrfart.climate.queries.released import Report
from styrfart.climate.queries.reports import report_for
from styrfart.climate.queries.trends import trends_of
from styrfart.people.request import Request
from styrfart.shared.export import csv_response


@require_GET
def table(request: Request, round_pk: int, unit: str = "", team: str = "") -> StreamingHttpResponse:
    """Every value of the report, one line for each group and measure."""
    report = report_for(request.user, round_pk=round_pk, unit=unit, team=team)
    return csv_response(_name(report), exporting.head_of(), list(exporting.lines_of(report)))


@require_GET
def data(request: Request, round_pk: int, unit: str = "", team: str = "") -> JsonResponse:
    """Every value of the report, with all that was written."""
    report = report_for(request.user, round_pk=round_pk, most_texts=None, unit=unit, team=team)
    return JsonResponse(
        exporting.data_of(report, trends_of(report)), json_dumps_params={"ensure_ascii": False}
    )


@require_GET
def picture(request: Request, round_pk: int, unit: str = "", team: str = "") -> HttpResponse:
    """The figure of the report as an SVG file."""
    report = report_for(request.user, round_pk=round_pk, unit=unit, team=team)
    response = HttpResponse(exporting.picture_of(report), content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{_name(report)}.svg"'
    return response


def _name(report: Report) -> str:
    return slugify(f"{report.place.name} {report.title}") or "rapport"
