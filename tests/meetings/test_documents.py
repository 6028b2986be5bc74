"""Minutes as documents, read back by readers that did not write them."""

import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import translation
from pypdf import PdfReader
from pypdf.generic import ArrayObject, IndirectObject, NumberObject

from styrfart.meetings import actions
from styrfart.meetings.documents import made
from styrfart.meetings.documents.making import make_pdf
from styrfart.meetings.documents.pdf import html_of, pdf_of
from styrfart.meetings.documents.word import word_of
from styrfart.meetings.models import Minutes
from styrfart.meetings.queries.minutes_documents import document_of
from styrfart.people.models import Person, Team
from tests.conftest import signed_in
from tests.meetings.held import GROUND, SECRET_WORDS, Held, approved, draft, held, section_of

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:fontTools")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEAVES = ("H1", "H2", "H3", "P", "TH", "TD", "Caption", "LBody")


@pytest.fixture
def meeting(team: Team, chair: Person, member: Person, secretary: Person) -> Held:
    return held(team)


def pdf(minutes: Minutes, language: str = "sv", *, is_complete: bool = True) -> PdfReader:
    with translation.override(language):
        return PdfReader(io.BytesIO(pdf_of(html_of(document_of(minutes, is_complete=is_complete)))))


def fonts(reader: PdfReader) -> list[tuple[str, bool]]:
    """Every font of every page, and whether it lies in the file."""
    found = {}
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            whole = font.get_object()
            inner = whole["/DescendantFonts"][0].get_object() if "/DescendantFonts" in whole else whole
            descriptor = inner["/FontDescriptor"].get_object()
            found[whole["/BaseFont"]] = any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
    return sorted(found.items())


class Spoken:
    """The text of a tagged PDF in the order of its structure tree: what a screen reader reads."""

    def __init__(self, reader: PdfReader) -> None:
        self.marked = {
            page.indirect_reference.idnum: marked_text(page)
            for page in reader.pages
            if page.indirect_reference is not None
        }
        self.roles: list[tuple[str, str]] = []
        root: Any = reader.trailer["/Root"]
        self._walk(root["/StructTreeRoot"]["/K"], None, "")

    def _walk(self, node: Any, page: int | None, role: str) -> str:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, ArrayObject):
            return "".join(self._walk(each, page, role) for each in node)
        if isinstance(node, NumberObject):
            return self.marked.get(page or 0, {}).get(int(node), "")
        assert isinstance(node, dict)
        if "/Pg" in node:
            page = dict.__getitem__(node, "/Pg").idnum  # the reference, not the page
        if node.get("/Type") == "/MCR":
            return self.marked.get(page or 0, {}).get(int(node["/MCID"]), "")
        role = str(node.get("/S", ""))[1:]
        text = self._walk(node["/K"], page, role) if "/K" in node else ""
        if role in LEAVES:
            self.roles.append((role, plain(text)))
        return text


def marked_text(page: Any) -> dict[int, str]:
    """What stands in each marked content of a page, by its number."""
    found: dict[int, str] = {}
    stack: list[int | None] = []

    def before(operator: bytes, operands: list[Any], *_rest: Any) -> None:
        if operator == b"BDC":
            properties = operands[1] if len(operands) > 1 else {}
            stack.append(int(properties["/MCID"]) if "/MCID" in properties else None)
        elif operator == b"BMC":
            stack.append(None)

    def after(operator: bytes, *_rest: Any) -> None:
        if operator == b"EMC" and stack:
            stack.pop()

    def text(words: str, *_rest: Any) -> None:
        here = next((one for one in reversed(stack) if one is not None), None)
        if here is not None and words:
            found[here] = found.get(here, "") + words

    page.extract_text(visitor_operand_before=before, visitor_operand_after=after, visitor_text=text)
    return found


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\xad", "")).strip()


def test_the_pdf_is_tagged_in_its_language_with_a_title(meeting: Held) -> None:
    minutes = approved(meeting)
    for language, title in (("sv", "Mötesanteckningar 8 oktober 2026"), ("en", "Minutes 8 October 2026")):
        reader = pdf(minutes, language)
        root: Any = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == language
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert str(reader.metadata and reader.metadata.title).startswith(title)
        metadata = root["/Metadata"].get_object().get_data().decode()
        assert re.search(r'pdfuaid:part(>|=")1', metadata)


def test_every_font_lies_in_the_file(meeting: Held) -> None:
    found = fonts(pdf(approved(meeting)))
    assert found
    assert [name for name, is_embedded in found if not is_embedded] == []


def test_it_is_read_aloud_in_the_order_of_the_text(meeting: Held) -> None:
    minutes = approved(meeting)
    spoken = Spoken(pdf(minutes)).roles
    headings = [text for role, text in spoken if role in {"H1", "H2"}]
    assert headings == [
        "Mötesanteckningar 8 oktober 2026",
        "Närvaro",
        "1. Två eller tre introduktionsdagar?",
        f"2. {SECRET_WORDS}",
        "3. Budgetläget",
        "Bilagor",
        "Godkännande",
    ]
    assert [text for role, text in spoken if role == "H3"] == [
        f"Beslut {meeting.decision.number}",
        "Åtgärder",
        "Parkerat",
    ]
    words = [text for _role, text in spoken]
    order = [
        "Två spår vägdes.", "Halvdagarna ligger före samtalen.", "Introduktionen blir två dagar.",
        "Boka lokal för introduktionen", f"Sekretess, {GROUND}", "Punkten bordlades.",
    ]  # fmt: skip
    places = [words.index(each) for each in order]
    assert places == sorted(places)


def test_table_heads_are_heads(meeting: Held) -> None:
    spoken = Spoken(pdf(approved(meeting))).roles
    heads = [text for role, text in spoken if role == "TH"]
    assert heads.count("Namn") == 1
    assert {"Diarienummer", "Handlingens ställning", "Kontrollsumma (SHA-256)", "Ingrid Hall"} <= set(heads)


def test_it_says_all_that_an_archivist_asks_for(meeting: Held, secretary: Person) -> None:
    minutes = approved(meeting)
    minutes = actions.register_minutes(
        minutes=minutes,
        registry_number="KS 2026/17",
        secrecy_ground="",
        revision=minutes.revision,
        actor=secretary,
    )
    text = plain(" ".join(page.extract_text() for page in pdf(minutes).pages))
    for words in ("KS 2026/17", "Justerad", "Godkänt av Ingrid Hall den", "Utvecklingskontoret", "bevaras"):
        assert words in text
    assert minutes.digest in text.replace(" ", "")


def test_an_extract_leaves_out_what_is_secret_and_says_so(meeting: Held) -> None:
    minutes = approved(meeting)
    text = plain(" ".join(page.extract_text() for page in pdf(minutes, is_complete=False).pages))
    assert SECRET_WORDS not in text
    assert "Hemligt underlag" not in text
    assert f"Sekretess, {GROUND}" in text
    assert "utdrag" in text


def test_the_word_document_has_real_headings_heads_and_language(meeting: Held) -> None:
    minutes = approved(meeting)
    file = zipfile.ZipFile(io.BytesIO(word_of(document_of(minutes, is_complete=True))))
    body = ET.fromstring(file.read("word/document.xml"))
    styles = [
        (style.get(f"{WORD}val"), "".join(text.text or "" for text in paragraph.iter(f"{WORD}t")))
        for paragraph in body.iter(f"{WORD}p")
        if (style := paragraph.find(f"{WORD}pPr/{WORD}pStyle")) is not None
    ]
    assert ("Title", "Mötesanteckningar 8 oktober 2026") in styles
    assert ("Heading1", "1. Två eller tre introduktionsdagar?") in styles
    tables = list(body.iter(f"{WORD}tbl"))
    assert tables
    assert all(table.find(f"{WORD}tr/{WORD}trPr/{WORD}tblHeader") is not None for table in tables)
    languages = {
        mark.get(f"{WORD}val") for mark in ET.fromstring(file.read("word/styles.xml")).iter(f"{WORD}lang")
    }
    assert languages == {"sv-SE"}
    properties = file.read("docProps/core.xml").decode()
    assert "<dc:title>Mötesanteckningar 8 oktober 2026" in properties
    assert "<dc:language>sv-SE" in properties


def test_long_minutes_are_made_by_a_job(meeting: Held, secretary: Person) -> None:
    section = section_of(draft(meeting), meeting.open_item)
    actions.edit_section(
        section=section,
        heading="Lång",
        text="\n\n".join(["Ett stycke. " * 30] * 90),
        revision=1,
        actor=secretary,
    )
    browser: Client = signed_in(secretary)
    page = f"/lg/{meeting.meeting.team.slug}/moten/{meeting.meeting.slug}/anteckningar/version/1/"
    assert browser.get(page + "anteckningar.pdf").status_code == 202
    assert browser.post(page + "gor-i-ordning/", {"omfattning": "allt"}).status_code == 302
    minutes = Minutes.objects.get()
    make_pdf.func(minutes.pk, True, "sv")
    answer = browser.get(page + "anteckningar.pdf")
    assert answer.status_code == 200
    assert PdfReader(io.BytesIO(answer.content)).get_num_pages() > 3
    made.throw_away(minutes.pk)
    assert default_storage.listdir(f"anteckningar/{minutes.pk}")[1] == []
