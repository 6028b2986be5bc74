"""The log, outgoing mail, jobs and retention, for the system owner."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from styrfart.people import actions, deeds, queries
from styrfart.people.forms import LogForm, OutboxForm, PageForm, RetentionForm
from styrfart.people.request import Request
from styrfart.shared.export import csv_response
from styrfart.shared.models import AuditEntry
from styrfart.shared.receipts import tell

PER_PAGE = 50


@require_GET
def audit_log(request: Request) -> HttpResponse:
    """Everything that was done, narrowed as the reader wishes."""
    queries.owner_only(request.user)
    form = LogForm(request.GET, user=request.user)
    found = queries.audit_log(request.user, form.narrowed)
    page = Paginator(found, PER_PAGE).get_page(PageForm(request.GET).number or 1)
    context = {
        "form": form,
        "page": page,
        "entries": [deeds.tell_entry(entry) for entry in page],
        "query": request.META.get("QUERY_STRING", ""),
    }
    return render(request, "people/audit_log.html", context)


@require_GET
def export_audit_log(request: Request) -> StreamingHttpResponse:
    """The same as CSV, with the details as they are kept."""
    queries.owner_only(request.user)
    found = queries.audit_log(request.user, LogForm(request.GET, user=request.user).narrowed)
    head = [_("När"), _("Vem"), _("Vad"), _("Med vad"), _("Slag"), _("Nummer"), _("Uppgifter")]
    return csv_response("logg", head, _log_rows(found.iterator(chunk_size=1000)))


def _log_rows(entries: Iterable[AuditEntry]) -> Iterator[list[Any]]:
    for entry in entries:
        told = deeds.tell_entry(entry)
        what = [entry.object_label, entry.object_type, entry.object_id]
        yield [entry.at, told.who, told.deed, *what, json.dumps(entry.detail, ensure_ascii=False)]


@require_GET
def outbox(request: Request) -> HttpResponse:
    """Mail on its way, what failed first; who, what about, when. Never the text."""
    form = OutboxForm(request.GET)
    page = Paginator(queries.outbox(request.user, form.state), PER_PAGE).get_page(form.number or 1)
    return render(request, "people/outbox.html", {"form": form, "page": page})


@require_POST
def send_mail_again(request: Request, pk: int) -> HttpResponse:
    """Try a mail once more."""
    mail = queries.mail_to_send_again(request.user, pk)
    actions.send_mail_again(mail=mail, actor=request.user)
    tell(request, _("Brevet skickas igen."))
    return redirect("people:outbox")


@require_GET
def jobs(request: Request) -> HttpResponse:
    """How the background work is."""
    return render(request, "people/jobs.html", {"state": queries.jobs_state(request.user)})


@require_GET
def retention(request: Request) -> HttpResponse:
    """How long each type of record is kept."""
    return render(request, "people/retention.html", {"kept": queries.kept(request.user)})


@require_http_methods(["GET", "POST"])
def change_retention(request: Request, record_type: str) -> HttpResponse:
    """Change the rule for a type of record."""
    kept = queries.kept_for(request.user, record_type)
    form = RetentionForm(request.POST or None, rule=kept.rule)
    has_moved = False
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_retention(record_type=record_type, **form.cleaned_data, actor=request.user)
        except actions.RuleChanged:
            has_moved = True
            fault = _("Någon har ändrat regeln sedan du öppnade sidan. Läs igenom och spara igen.")
            kept = queries.kept_for(request.user, record_type)
            form.refuse(fault, RetentionForm(rule=kept.rule).known_now)
        else:
            tell(request, _("Gallringen är sparad."))
            return redirect("people:retention")
    context = {"form": form, "kept": kept, "conflict": has_moved}
    return render(request, "people/change_retention.html", context, status=422 if form.is_bound else 200)
