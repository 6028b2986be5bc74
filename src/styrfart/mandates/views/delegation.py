"""Schemes of delegation: all of them, one with search, its versions; and reading one in."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from styrfart.mandates import actions, rules
from styrfart.mandates.facts import (
    NothingChanged,
    SchemeInForce,
    SchemeInUse,
    SchemeIsGone,
    SchemeMovedOn,
    SchemeStartsTooEarly,
)
from styrfart.mandates.forms.scheme import ReadSchemeForm, SearchForm, WaitingForm
from styrfart.mandates.importing.points import from_json, not_reserved, texts_of
from styrfart.mandates.importing.reading import Reading, read_scheme
from styrfart.mandates.importing.telling import RESERVED, told
from styrfart.mandates.importing.template import EXAMPLE, RESERVED_ROWS, workbook
from styrfart.mandates.queries import delegation as queries
from styrfart.mandates.queries.delegation import owner_only
from styrfart.mandates.queries.scheme_changes import changes_between, compare_points
from styrfart.people.importing.files import Upload
from styrfart.people.models import Unit
from styrfart.people.request import Request
from styrfart.shared.receipts import tell, warn

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def index_schemes(request: Request) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "schemes": queries.current_schemes(today),
        "today": today,
        "may_import": rules.can_import_scheme(request.user),
    }
    return render(request, "mandates/schemes.html", context)


@require_GET
@vary_on_headers("HX-Request")
def show_scheme(request: Request, code: str, valid_from: dt.date | None = None) -> HttpResponse:
    today = timezone.localdate()
    scheme = queries.version_of(code, valid_from) if valid_from else queries.scheme_of(code, today)
    form = SearchForm(request.GET)
    sought = form.cleaned_data["sok"] if form.is_valid() else ""
    points = list(scheme.points.all())
    context = {
        "scheme": scheme,
        "points": queries.matching(points, sought),
        "total": len(points),
        "sought": sought,
        "form": form,
        "is_in_force": scheme.is_valid_on(today),
        "is_to_come": scheme.valid_from > today,
        "may_import": rules.can_import_scheme(request.user),
    }
    template = "mandates/scheme.html#points" if request.htmx else "mandates/scheme.html"
    return render(request, template, context)


@require_GET
def show_history(request: Request, code: str) -> HttpResponse:
    versions = queries.history_of(code)
    context = {"committee": versions[0].committee, "changes": changes_between(versions)}
    return render(request, "mandates/history.html", context)


@require_GET
def download_template(request: Request, code: str = "") -> HttpResponse:
    """The workbook to fill in; with a committee's code, its scheme as it is."""
    owner_only(request.user)
    if code:
        scheme = queries.scheme_of(code, timezone.localdate())
        points = texts_of(scheme)
    else:
        points = [*RESERVED_ROWS, EXAMPLE]
    answer = HttpResponse(workbook(points), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="delegationsordning.xlsx"'
    return answer


@require_http_methods(["GET", "POST"])
def read_in(request: Request) -> HttpResponse:
    owner_only(request.user)
    if request.method == "GET":
        return render(request, "mandates/read_scheme.html", {"form": ReadSchemeForm()})
    form = ReadSchemeForm(request.POST, request.FILES)
    reading: Reading | None = None
    if form.is_valid():
        file = form.cleaned_data["file"]
        reading = read_scheme(Upload(file.name, file.read()))
        if not reading.errors and _keep(request, form, reading):
            return redirect("mandates:review-scheme")
    problems = [told(problem.as_json()) for problem in reading.errors] if reading else []
    context = {"form": form, "problems": problems[:100], "problem_count": len(problems)}
    return render(request, "mandates/read_scheme.html", context, status=422)


def _keep(request: Request, form: ReadSchemeForm, reading: Reading) -> bool:
    """Keep what was read for the next page; otherwise say on the form why not."""
    committee: Unit = form.cleaned_data["committee"]
    try:
        actions.keep_scheme(
            committee=committee,
            # A name in the register, not on a page: Swedish.
            name=f"Delegationsordning för {committee}"[:120],
            decision_reference=form.cleaned_data["decision_reference"],
            valid_from=form.cleaned_data["valid_from"],
            points=reading.points,
            warnings=reading.warnings,
            file_name=form.cleaned_data["file"].name,
            actor=request.user,
        )
    except SchemeStartsTooEarly:
        form.add_error("valid_from", _("Välj en dag efter den då den senaste versionen började gälla"))
    except NothingChanged:
        form.add_error("file", _("Filen säger samma sak som den senaste versionen. Välj en annan."))
    return not form.errors


@require_GET
def review_scheme(request: Request) -> HttpResponse:
    """What was read, beside what is in force."""
    owner_only(request.user)
    try:
        waiting = queries.waiting_for(request.user)
    except SchemeIsGone:
        return _is_gone(request)
    points = from_json(waiting.points)
    latest = queries.latest_scheme(waiting.committee)
    before = texts_of(latest) if latest else []
    context = {
        "waiting": waiting,
        "latest": latest,
        "changes": compare_points(before, points),
        "count": len(points),
        "is_backwards": latest is not None and waiting.valid_from < timezone.localdate(),
        "warnings": [told(problem) for problem in waiting.warnings],
        "not_reserved": [RESERVED[kind] for kind in not_reserved(points)],
        "form": WaitingForm(initial={"waiting": waiting.pk}),
    }
    return render(request, "mandates/review_scheme.html", context)


@require_POST
def put_in_force(request: Request) -> HttpResponse:
    owner_only(request.user)
    try:
        waiting = queries.waiting_for(request.user)
        if not WaitingForm(request.POST).is_of(waiting):
            return _is_another(request)
        scheme = actions.put_in_force(waiting=waiting, actor=request.user)
    except SchemeMovedOn:
        warn(
            request,
            _("Delegationsordningen har fått en ny version sedan dess. Läs in filen igen."),
        )
        return redirect("mandates:read-scheme")
    except (SchemeIsGone, SchemeStartsTooEarly):
        return _is_gone(request)
    tell(request, _("Delegationsordningen är inläst. Den gäller från och med den dag du valde."))
    return redirect("mandates:scheme-version", scheme.committee.code, scheme.valid_from)


@require_POST
def drop_waiting_scheme(request: Request) -> HttpResponse:
    owner_only(request.user)
    try:
        waiting = queries.waiting_for(request.user)
    except SchemeIsGone:
        return _is_gone(request)
    if not WaitingForm(request.POST).is_of(waiting):
        return _is_another(request)
    actions.drop_waiting_scheme(waiting=waiting)
    tell(request, _("Filen är borttagen. Ingenting har ändrats."))
    return redirect("mandates:schemes")


def _is_gone(request: Request) -> HttpResponse:
    """What was read waits no more: put in force or dropped, here or in another window."""
    warn(request, _("Filen är redan inläst eller borttagen."))
    return redirect("mandates:schemes")


def _is_another(request: Request) -> HttpResponse:
    """Another file has been read since the page was loaded."""
    warn(request, _("Du har läst in en annan fil sedan du öppnade sidan. Titta igenom den här."))
    return redirect("mandates:review-scheme")


@require_http_methods(["GET", "POST"])
def withdraw_scheme(request: Request, code: str, valid_from: dt.date) -> HttpResponse:
    owner_only(request.user)
    scheme = queries.version_of(code, valid_from)
    if request.method == "GET":
        return render(request, "mandates/withdraw_scheme.html", {"scheme": scheme})
    try:
        actions.withdraw_scheme(scheme=scheme, actor=request.user)
    except SchemeIsGone:
        warn(request, _("Versionen är redan borttagen."))
    except SchemeInForce:
        warn(request, _("Versionen gäller redan. Läs in en ny i stället."))
    except SchemeInUse:
        warn(request, _("Ett mandat eller ett beslut hänvisar till versionen. Läs in en ny i stället."))
    else:
        tell(request, _("Versionen är borttagen."))
    return redirect("mandates:schemes")
