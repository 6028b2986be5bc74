"""Minutes as PDF/UA-1: tagged, in a language, with everything that shows embedded in the file."""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation

from styrfart.meetings.documents.shown import Document

STYLE = Path(__file__).with_name("minutes.css")
# Larger than this it is made by a job: a page never waits a second for it.
SMALL_ENOUGH = 30_000


def html_of(document: Document) -> str:
    """What the PDF is made of: one page of HTML with its own print style, nothing fetched from elsewhere."""
    context = {"document": document, "language": translation.get_language()}
    return render_to_string("meetings/minutes/document.html", context)


def is_quick(html: str) -> bool:
    """Whether it can be drawn while somebody waits."""
    return len(html) <= SMALL_ENOUGH


def pdf_of(html: str) -> bytes:
    """The file. Takes up to half a second for minutes of a common length."""
    from weasyprint import CSS, HTML  # noqa: PLC0415  # 54 MB and 0.7 s that other web processes do without

    style = CSS(string=STYLE.read_text(), url_fetcher=_refuse)
    page = HTML(string=html, url_fetcher=_refuse)
    made: bytes = page.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")
    return made


def _refuse(url: str, *_args: object, **_named: object) -> dict[str, object]:
    raise ValueError(f"a document fetches nothing: {url[:60]}")
