"""Minutes as PDF/UA-1: tagged, in a language, with everything that shows embedded in the file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
    # The root has one; more of them: what was written is in another language than the reader's.
    finisher = _mark_languages if html.count(' lang="') > 1 else None
    made: bytes = page.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1", finisher=finisher)
    return made


def _mark_languages(document: Any, pdf: Any) -> None:
    """Say in the tags which texts are in another language than the file's, so that they are read aloud right.

    WeasyPrint knows but does not tell. It tags the texts in the order of its boxes; should that ever not be
    so, nothing is marked rather than the wrong thing. A test reads the marks back.
    """
    texts = [box for page in document.pages for box in _texts(page._page_box)]  # noqa: SLF001  # no other way in
    tagged = [
        one
        for one in pdf.objects
        if isinstance(one, dict)
        and one.get("Type") == "/StructElem"
        and one["K"]
        and isinstance(one["K"][0], int)
    ]
    if len(texts) != len(tagged):
        return
    own = pdf.catalog["Lang"]  # a string as the file writes it
    for box, element in zip(texts, tagged, strict=True):
        if (language := box.style["lang"]) and language != own.string:
            element["Lang"] = type(own)(language)


def _texts(box: Any) -> Iterator[Any]:
    """The texts in a box of the page, in the order of reading."""
    box = getattr(box, "_box", box)  # what stands absolutely is wrapped
    if hasattr(box, "text"):
        yield box
    for child in getattr(box, "children", ()):
        yield from _texts(child)


def _refuse(url: str, *_args: object, **_named: object) -> dict[str, object]:
    raise ValueError(f"a document fetches nothing: {url[:60]}")
