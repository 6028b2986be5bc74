"""The report of a unit or a team, as a page."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from styrfart.climate import headline
from styrfart.climate import telling_report as telling
from styrfart.climate.queries import conversation, national, reports, saidanddone
from styrfart.climate.queries.released import Report, Trend
from styrfart.climate.queries.trends import trends_of
from styrfart.people.request import Request


@require_GET
def report(request: Request, round_pk: int, unit: str = "", team: str = "") -> HttpResponse:
    """What the pulse says of a unit or a team, to whoever may read it."""
    found = reports.report_for(request.user, round_pk=round_pk, unit=unit, team=team)
    ways = conversation.ways_of(found, request.user)
    context = {
        "report": found,
        **_finding(found),
        **_groups(found),
        **_benchmarks(found),
        "questions": telling.questions_of(found),
        "courses": telling.courses_of(_trends(found), found),
        "done": saidanddone.done_since(ways.group.round, ways.group),
        "done_after": ways.done,
        "conversation": ways.conversation,
        **_links(found, ways),
    }
    return render(request, "climate/report/show.html", context)


def _finding(found: Report) -> dict[str, Any]:
    """The headline, and the figure of the group's areas or of what is shown in its place."""
    column = found.whole if found.is_shown else found.around
    since = headline.latest(found)
    month = str(MONTHS[found.closes_on.month])
    return {
        "headline": headline.headline(found),
        "is_first": since is None,
        "areas": telling.areas_of(found, column) if column else [],
        "figure_says": headline.figure_says(found) if found.is_shown else _("Index i varje område"),
        "figure_what": _("Index 0–100, %(group)s. Strecket visar var värdet troligen ligger.")
        % {"group": telling.name_of(column) if column else found.place.name},
        "this_key": _("%(month)s, med osäkerhet") % {"month": capfirst(month)},
        "earlier_key": capfirst(headline.month_or_last(since, found)) if since else "",
        "around_name": telling.name_of(found.around) if found.around else "",
        "around_url": telling.address_of(found.around, found) if found.around else "",
    }


def _groups(found: Report) -> dict[str, Any]:
    rows = telling.rows_of(found)
    return {
        "heads": telling.heads_of(found),
        "rows": rows,
        "units_say": headline.units_say(found),
        "units_caption": _("Index per grupp, %(round)s") % {"round": found.title},
        "joint_notes": telling.joint_notes(found),
        "has_differences": any(cell.words for row in rows for cell in row.cells),
    }


def _benchmarks(found: Report) -> dict[str, Any]:
    rows = national.benchmarks(found)
    return {
        "benchmarks": rows,
        "benchmarks_say": headline.benchmarks_say([each.verdict for each in rows]),
        "benchmark_sources": [each.source for each in rows],
    }


def _trends(found: Report) -> Sequence[Trend]:
    """Only when there are three rounds to see: two are in the figure already."""
    return trends_of(found) if len(found.earlier) > 1 and found.is_shown else ()


def _links(found: Report, ways: conversation.Ways) -> dict[str, Any]:
    asked = urlencode(
        {
            "fraga": _("Vad ska vi göra av resultatet av %(round)s?") % {"round": found.title},
            "varfor": f"{headline.headline(found)}. {found.place.name}, {found.title}.",
        }
    )
    matter = reverse("matters:write", args=[ways.team.slug]) if ways.team else reverse("matters:choose-team")
    return {
        "crumbs_path": telling.crumbs_of(found),
        "certificate_url": reverse("climate:certificate", args=[found.round_pk]),
        "data_url": telling.address(found.place, found.round_pk, "report-data"),
        "csv_url": telling.address(found.place, found.round_pk, "report-csv"),
        "conversation_url": telling.address(found.place, found.round_pk, "conversation"),
        "said_and_done_url": (
            telling.address(found.place, found.round_pk, "said-and-done") if ways.may_tell else ""
        ),
        "matter_url": f"{matter}?{asked}" if ways.team else matter,
    }
