"""The log over all meetings of a team, as a page and as a table; parked questions; the e-archive."""

from collections.abc import Iterable, Sequence

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from styrfart.meetings import actions, queries, rules
from styrfart.meetings.forms import MeetingLogForm
from styrfart.people.request import Request
from styrfart.shared.export import csv_response
from styrfart.shared.forms import PageForm
from styrfart.shared.handing_over import package_response
from styrfart.shared.receipts import tell

PER_PAGE = 25


@require_GET
def log(request: Request, team: str) -> HttpResponse:
    """Decisions, actions and parked questions of all meetings."""
    of_team = queries.team_for(request.user, team)
    form = MeetingLogForm(request.GET, years=queries.log_years(of_team))
    found = queries.log_of(request.user, of_team, form.narrowed())
    page = Paginator(found, PER_PAGE).get_page(PageForm(request.GET).number)
    context = {
        "team": of_team,
        "form": form,
        "page": page,
        "lines": queries.log_lines_of(request.user, of_team, page),
        "is_narrowed": form.is_narrowed,
        "can_archive": rules.can_archive_minutes(request.user, of_team),
    }
    return render(request, "meetings/logs/index.html", context)


@require_GET
def export_log(request: Request, team: str) -> StreamingHttpResponse:
    """What the log shows, in full."""
    of_team = queries.team_for(request.user, team)
    form = MeetingLogForm(request.GET, years=queries.log_years(of_team))
    found = queries.log_of(request.user, of_team, form.narrowed())
    lines = queries.log_lines_of(request.user, of_team, found)
    return csv_response(f"moteslogg-{team}", _head(), list(_rows(lines)))


def _head() -> list[str]:
    return [
        _("Möte"),
        _("Tid"),
        _("Vad"),
        _("Text"),
        _("Ägare"),
        _("Klart eller tas upp senast"),
        _("Läge"),
        _("Antecknat av"),
    ]


def _rows(lines: Iterable[queries.OnRecord]) -> Iterable[Sequence[object]]:
    for line in lines:
        entry = line.entry
        about = entry.decision or entry.action
        yield [
            entry.meeting.held_on,
            timezone.localtime(entry.at),
            line.what,
            line.text,
            about.owner.full_name if about else "",
            about.due_on if about else entry.take_up_on,
            line.word,
            entry.author.full_name,
        ]


@require_POST
def take_up(request: Request, team: str, pk: int) -> HttpResponse:
    """The parked question has been dealt with."""
    entry = queries.parked_for(request.user, team, pk)
    actions.take_up_parked(entry=entry, actor=request.user)
    undo = reverse("meetings:park-again", args=[team, pk])
    tell(request, _("Frågan är markerad som klar."), undo=undo)
    return redirect(reverse("meetings:log", args=[team]) + "?vad=parked&oppna=on")


@require_POST
def park_again(request: Request, team: str, pk: int) -> HttpResponse:
    """It was not dealt with after all."""
    entry = queries.parked_for(request.user, team, pk)
    actions.park_again(entry=entry, actor=request.user)
    tell(request, _("Frågan är parkerad igen."))
    return redirect(reverse("meetings:log", args=[team]) + "?vad=parked&oppna=on")


@require_POST
def archive(request: Request, team: str) -> FileResponse:
    """The team's approved minutes, all versions with attachments, as a package for the e-archive."""
    of_team = queries.team_to_archive_minutes(request.user, team)
    return package_response(
        f"anteckningar-{team}",
        queries.archive_minutes(of_team),
        creator=of_team.unit.name,
        note=lambda count: actions.note_archived(team=of_team, count=count, actor=request.user),
    )
