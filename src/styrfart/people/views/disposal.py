"""What may be disposed of, the order to do it, and the record of what was done. For the system owner."""

from collections.abc import Sequence

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from styrfart.people import actions, jobs, queries
from styrfart.people.forms import DisposalForm
from styrfart.people.request import Request
from styrfart.shared.export import csv_response
from styrfart.shared.receipts import tell, warn


@require_GET
def disposal(request: Request) -> HttpResponse:
    """What falls under a disposal decision today, and what has been disposed of."""
    context = {"due": queries.to_dispose(request.user), "runs": queries.disposals(request.user)}
    return render(request, "people/disposal.html", context)


@require_http_methods(["GET", "POST"])
def dispose(request: Request, record_type: str) -> HttpResponse:
    """Confirm that the records of a type go."""
    due = queries.to_dispose_for(request.user, record_type)
    data = request.POST if request.method == "POST" else None
    form = DisposalForm(data, mark=due.mark, decision=due.rule.decision_reference)
    if form.is_valid():
        try:
            jobs.order(record_type=record_type, before=due.before, actor=request.user)
        except actions.NotDisposable:
            warn(request, _("Inget gallrades: regeln har ändrats, eller så pågår redan en gallring."))
        else:
            tell(request, _("Gallringen är beställd och görs inom kort. Protokollet visar när den är klar."))
        return redirect("people:disposal")
    context = {"due": due, "form": form}
    return render(request, "people/dispose.html", context, status=422 if form.is_bound else 200)


@require_GET
def disposal_record(request: Request) -> StreamingHttpResponse:
    """The record of every disposal (gallringsprotokoll), for a spreadsheet."""
    return csv_response("gallringsprotokoll", _head(), [_row(one) for one in queries.disposals(request.user)])


def _head() -> list[str]:
    return [
        _("Handlingar"),
        _("Gallringsbeslut"),
        _("Antal år att spara"),
        _("Avslutade före"),
        _("Beställd"),
        _("Beställd av"),
        _("Utförd"),
        _("Avbruten"),
        _("Antal"),
        _("Äldsta"),
        _("Nyaste"),
    ]


def _row(one: queries.DisposedRun) -> Sequence[object]:
    run = one.run
    return [
        one.name,
        run.decision_reference,
        run.keep_years,
        run.before,
        run.ordered_at,
        run.ordered_by,
        run.done_at,
        run.stopped_at,
        run.count,
        run.oldest,
        run.newest,
    ]
