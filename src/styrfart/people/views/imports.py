"""Importing an organisation: upload, look, apply or throw away."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from styrfart.people import actions, queries
from styrfart.people.forms import WHOLE, ApplyForm, LinesForm, UploadForm
from styrfart.people.importing import problems, snapshot, telling, template
from styrfart.people.models import ImportRun
from styrfart.people.request import Request
from styrfart.shared.export import XLSX_TYPE, csv_response
from styrfart.shared.receipts import tell, warn

SHOWN, PER_PAGE = 200, 100


@require_http_methods(["GET", "POST"])
def import_organisation(request: Request) -> HttpResponse:
    """Upload files and go on to what they would change."""
    queries.owner_only(request.user)
    form = UploadForm(
        request.POST or None, request.FILES or None, initial={"effective_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        run = actions.check_import(
            uploads=form.uploads,
            day=form.cleaned_data["effective_on"],
            is_whole=form.cleaned_data["scope"] == WHOLE,
            actor=request.user,
        )
        return redirect("people:import-run", run.pk)
    context = {"form": form, "runs": queries.past_imports(request.user)}
    return render(request, "people/import.html", context, status=422 if form.is_bound else 200)


@require_GET
def import_template(request: Request) -> HttpResponse:
    """The empty workbook to fill in."""
    queries.owner_only(request.user)
    return _workbook("mall-organisation", template.workbook())


@require_GET
def export_organisation(request: Request) -> HttpResponse:
    """The organisation as it is, in the same workbook: change it and read it in again."""
    queries.owner_only(request.user)
    rows = template.rows_of(snapshot.take(timezone.localdate()))
    return _workbook(f"organisation-{timezone.localdate().isoformat()}", template.workbook(rows))


def _workbook(name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


@require_GET
def import_run(request: Request, pk: int) -> HttpResponse:
    """What the files would change, or what is wrong with them."""
    run = queries.import_run_for(request.user, pk)
    return _page(request, run, ApplyForm(run=run))


def _page(request: Request, run: ImportRun, form: ApplyForm, status: int = 200) -> HttpResponse:
    chosen = LinesForm(request.GET, counts=run.counts)
    section, kind = chosen.section_and_kind
    lines = queries.import_lines(run, section, kind)
    if section == "error":
        lines = lines[:SHOWN]
    page = Paginator(lines, PER_PAGE).get_page(chosen.number or 1)
    told = [problems.tell(line.content) if not kind else _difference(line.content) for line in page]
    context = {
        "run": run,
        "form": form,
        "page": page,
        "told": told,
        "table": telling.table(run.counts),
        "shown": chosen.shown,
        "shown_title": telling.heading(chosen.shown),
        "is_difference": bool(kind),
        "is_error": section == "error",
        "is_warning": section == "warning",
        "limit": SHOWN,
    }
    return render(request, "people/import_run.html", context, status=status)


def _difference(content: dict[str, Any]) -> dict[str, Any]:
    return {**content, "told": telling.tell_changes(content)}


@require_POST
def apply_import(request: Request, pk: int) -> HttpResponse:
    """Write what was shown, all or nothing."""
    run = queries.import_run_for(request.user, pk)
    form = ApplyForm(request.POST, run=run)
    if not form.is_valid():
        return _page(request, run, form, status=422)
    try:
        actions.apply_import(run=run, shown=form.cleaned_data["shown"], actor=request.user)
    except actions.ImportMoved:
        warn(
            request,
            _(
                "Organisationen har ändrats sedan du läste skillnaderna. Här är de nya. Läs dem "
                "och läs in igen."
            ),
        )
        return redirect("people:import-run", run.pk)
    except (actions.ImportIsGone, actions.ImportHasErrors):
        warn(request, _("Filen går inte att läsa in längre. Läs in den på nytt."))
        return redirect("people:import")
    tell(request, _("Organisationen är inläst."))
    return redirect("people:import")


@require_POST
def drop_import(request: Request, pk: int) -> HttpResponse:
    """Throw the upload away."""
    actions.drop_import(run=queries.import_run_for(request.user, pk), actor=request.user)
    tell(request, _("Filen är slängd. Ingenting har ändrats."))
    return redirect("people:import")


@require_GET
def import_lines(request: Request, pk: int) -> StreamingHttpResponse:
    """Every line of one sort as CSV: all errors, or all that would change."""
    run = queries.import_run_for(request.user, pk)
    chosen = LinesForm(request.GET, counts=run.counts)
    section, kind = chosen.section_and_kind
    lines = queries.import_lines(run, section, kind).iterator(chunk_size=1000)
    if kind:
        head = [_("Namn"), _("Uppgift"), _("Före"), _("Efter")]
        return csv_response(f"inlasning-{chosen.shown}", head, _difference_rows(lines))
    head = [_("Blad"), _("Rad"), _("Kolumn"), _("Vad som är fel"), _("Vad du gör")]
    return csv_response(f"inlasning-{section}", head, _problem_rows(lines))


def _problem_rows(lines: Any) -> Iterator[list[Any]]:
    for line in lines:
        told = problems.tell(line.content)
        place = [line.content["sheet"], line.content["row"], line.content["column"]]
        yield [*place, told["what"], told["remedy"]]


def _difference_rows(lines: Any) -> Iterator[list[Any]]:
    for line in lines:
        changes = telling.tell_changes(line.content)
        for change in changes or [telling.Told("", "", "")]:
            yield [line.content["label"], change.what, change.before, change.after]
