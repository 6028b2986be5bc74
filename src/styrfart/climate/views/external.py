"""Results of others' instruments: the list, one figure, a file."""

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styrfart.climate.actions import external as actions
from styrfart.climate.forms.external import KNOWN, ResultForm, few_left
from styrfart.climate.forms.external_file import EXAMPLE, HEAD, ResultsFileForm
from styrfart.climate.queries import instruments as queries
from styrfart.people.request import Request
from styrfart.shared import receipts
from styrfart.shared.export import csv_response
from styrfart.shared.forms import PageForm
from styrfart.shared.templatetags.words import in_words

ON_A_PAGE = 50


@require_safe
def external_results(request: Request) -> HttpResponse:
    """Figures of others' instruments, each with its source and date."""
    found = Paginator(queries.results_for(request.user), ON_A_PAGE)
    context = {
        "results": found.get_page(PageForm(request.GET).number),
        "may_record": queries.can_record_results(request.user),
        "may_remove": queries.can_compose(request.user),
    }
    return render(request, "climate/instruments/results.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def record_result(request: Request) -> HttpResponse:
    """Write down one figure."""
    queries.recorder_only(request.user)
    form = ResultForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound and form.is_valid():
        try:
            actions.record_result(actor=request.user, **form.cleaned_data)
        except actions.ResultIsThere:
            form.add_error("measure", _("Det måttet är redan inskrivet för den dagen"))
        except actions.LeavesFew as found:
            form.add_error("answers", few_left(found.few[0]))
        else:
            receipts.tell(request, _("Resultatet är inskrivet."), draft="external-result")
            return redirect("climate:external-results")
    context = {"form": form, "known": KNOWN}
    return render(
        request, "climate/instruments/record_result.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def import_results(request: Request) -> HttpResponse:
    """Read a file of figures: all of them, or none."""
    queries.recorder_only(request.user)
    is_sent = request.method == "POST"
    form = ResultsFileForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, user=request.user
    )
    if form.is_bound and form.is_valid():
        try:
            count = actions.import_results(rows=form.rows, actor=request.user)
        except actions.ResultIsThere:
            form.add_error("file", _("Något i filen skrevs in av någon annan nyss. Läs in filen igen"))
        except actions.LeavesFew as found:
            form.add_few(found.few)
        else:
            told = ngettext("Ett resultat är inläst.", "%(count)s resultat är inlästa.", count)
            receipts.tell(request, told % {"count": capfirst(in_words(count, "ett"))})
            return redirect("climate:external-results")
    context = {"form": form}
    return render(
        request, "climate/instruments/import_results.html", context, status=422 if form.errors else 200
    )


@require_safe
def results_template(request: Request) -> StreamingHttpResponse:
    """A file to fill in, with one line as an example."""
    queries.recorder_only(request.user)
    return csv_response("resultat", HEAD, [EXAMPLE])


@require_POST
def remove_result(request: Request, pk: int) -> HttpResponse:
    """Take away a figure that was wrong."""
    result = queries.result_to_remove(request.user, pk)
    actions.remove_result(result=result, actor=request.user)
    receipts.tell(request, _("Resultatet är borttaget."))
    return redirect("climate:external-results")
