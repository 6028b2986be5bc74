"""Figures of the national database: the list, and reading in a saved answer."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from styrfart.climate import kolada
from styrfart.climate.actions.national import FileIsFaulty, import_national
from styrfart.climate.forms.national import NationalFileForm
from styrfart.climate.queries import national as queries
from styrfart.climate.telling_national import lines_of
from styrfart.people.request import Request
from styrfart.shared import receipts


@require_http_methods(["GET", "POST"])
def benchmarks(request: Request) -> HttpResponse:
    """Every national figure with its source and day; who keeps them reads in a file here."""
    rows = queries.national_rows(request.user)
    if request.method == "POST":
        queries.importer(request.user)
    form = NationalFileForm(request.POST or None, request.FILES or None)
    faults: tuple[kolada.Fault, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            outcome = import_national(
                content=form.cleaned_data["file"].read(),
                fetched_on=form.cleaned_data["fetched_on"],
                actor=request.user,
            )
        except kolada.Unreadable as error:
            form.add_error("file", str(error.text))
        except FileIsFaulty as error:
            faults = error.faults
        else:
            receipts.tell(request, " ".join(lines_of(outcome)))
            return redirect("climate:benchmarks")
    return _page(request, rows, form, faults)


def _page(
    request: Request,
    rows: list[queries.NationalRow],
    form: NationalFileForm,
    faults: tuple[kolada.Fault, ...],
) -> HttpResponse:
    may_import = queries.may_import(request.user)
    context = {
        "rows": rows,
        "form": form if may_import else None,
        "faults": faults,
        "has_errors": bool(faults),
    }
    return render(
        request, "climate/report/national.html", context, status=422 if form.errors or faults else 200
    )
