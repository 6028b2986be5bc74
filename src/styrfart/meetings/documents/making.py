"""The job that makes PDFs, so that nobody waits for them."""

from django.utils import translation

from styrfart.meetings.documents import made
from styrfart.meetings.documents.pdf import html_of
from styrfart.meetings.models import Minutes
from styrfart.meetings.queries.minutes_documents import document_of
from styrfart.shared.jobs import job


@job(attempts=3)
def make_pdf(minutes_id: int, is_complete: bool, language: str) -> None:  # noqa: FBT001  # jobs take plain values
    """Make the PDF of the minutes as they are now, with or without what is secret, and keep it."""
    found = Minutes.objects.filter(pk=minutes_id).select_related(
        "meeting__team__unit", "meeting__leader", "meeting__secretary"
    )
    minutes = found.first()
    if minutes is not None:
        with translation.override(language):
            made.make(minutes.pk, html_of(document_of(minutes, is_complete=is_complete)))
