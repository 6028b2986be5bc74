"""Minutes as documents, their attachments, and the check that they are what was approved."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from styrfart.meetings import actions, queries
from styrfart.meetings.documents import made
from styrfart.meetings.documents.content import canonical
from styrfart.meetings.documents.pdf import html_of, is_quick, pdf_of
from styrfart.meetings.documents.word import word_of
from styrfart.meetings.forms import ScopeForm
from styrfart.meetings.models import Minutes
from styrfart.meetings.views.moved import follows_the_meeting
from styrfart.people.request import Request
from styrfart.shared.receipts import tell

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@follows_the_meeting
def pdf(request: Request, team: str, day: str, version: int) -> HttpResponse:
    """The minutes as an accessible PDF. One that takes long is made by a job first."""
    minutes = queries.minutes_for(request.user, team, day, version)
    is_complete = not ScopeForm(request.GET).is_extract
    html = html_of(queries.document_for(request.user, minutes, is_complete=is_complete))
    found = made.kept(minutes.pk, html)
    if found is None and not is_quick(html):
        context = {"minutes": minutes, "is_complete": is_complete}
        return render(request, "meetings/minutes/preparing.html", context, status=202)
    return _file(found or pdf_of(html), PDF, _name(minutes, "pdf", is_complete=is_complete))


@require_POST
@follows_the_meeting
def prepare(request: Request, team: str, day: str, version: int) -> HttpResponse:
    """Let a job make the PDF."""
    minutes = queries.minutes_for(request.user, team, day, version)
    form = ScopeForm(request.POST)
    if not form.is_extract and not queries.reads_everything(request.user, minutes):
        raise PermissionDenied
    actions.prepare_pdf(minutes=minutes, is_complete=not form.is_extract, language=str(get_language()))
    tell(request, _("PDF-filen görs i ordning. Hämta den om en stund."))
    return redirect("meetings:minutes-version", team, day, version)


@require_GET
@follows_the_meeting
def word(request: Request, team: str, day: str, version: int) -> HttpResponse:
    """The minutes as a Word document."""
    minutes = queries.minutes_for(request.user, team, day, version)
    is_complete = not ScopeForm(request.GET).is_extract
    document = queries.document_for(request.user, minutes, is_complete=is_complete)
    return _file(word_of(document), WORD, _name(minutes, "docx", is_complete=is_complete))


@require_GET
@follows_the_meeting
def content(request: Request, team: str, day: str, version: int) -> HttpResponse:
    """The bytes that the digest is reckoned over, for whoever reads all of it."""
    minutes = queries.sealed_minutes_for(request.user, team, day, version)
    return _file(canonical(minutes.content), "application/json", _name(minutes, "json", is_complete=True))


@require_GET
@follows_the_meeting
def verify(request: Request, team: str, day: str, version: int) -> HttpResponse:
    """Whether the minutes still are what was approved."""
    minutes = queries.minutes_for(request.user, team, day, version)
    context = {"check": queries.verified(request.user, minutes), "minutes": minutes}
    return render(request, "meetings/minutes/verify.html", context)


@require_GET
@follows_the_meeting
def attachment(request: Request, team: str, day: str, version: int, position: int) -> FileResponse:
    """A document that the minutes hold to."""
    found = queries.attachment_for(request.user, team, day, version, position)
    return FileResponse(found.open(), as_attachment=True, filename=found.file_name)


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=kind)
    answer.headers["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=name))
    return answer


def _name(minutes: Minutes, suffix: str, *, is_complete: bool) -> str:
    scope = "" if is_complete else "-utdrag"
    return f"anteckningar-{minutes.meeting.slug}-v{minutes.version}{scope}.{suffix}"
