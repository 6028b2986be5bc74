"""Minutes as a Word document: real headings, table heads, language and title, for those who work in Word."""

import io
from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from styrfart.meetings.documents.shown import Document, Part

LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}


def word_of(document: Document) -> bytes:
    """The file."""
    import docx  # noqa: PLC0415  # 14 MB that a web process without Word does without

    made = docx.Document()
    _prepare(made, document)
    made.add_heading(document.title, level=0)
    made.add_paragraph(", ".join(filter(None, [document.organisation, document.unit, document.team])))
    _table(made, (_("Uppgift"), _("Innehåll")), [*document.facts, *document.record])
    if document.correction:
        made.add_paragraph(document.correction)
    made.add_heading(_("Närvaro"), level=1)
    people = [(who.name, who.role, who.how, who.note) for who in document.people]
    _table(made, (_("Namn"), _("Roll"), _("Närvaro"), _("Tid eller skäl")), people)
    for number, part in enumerate(document.parts, start=1):
        _part(made, number, part)
    if document.attachments:
        made.add_heading(_("Bilagor"), level=1)
        files = [(str(one.position), one.title, one.reference, one.sha256) for one in document.attachments]
        _table(made, (_("Nummer"), _("Rubrik"), _("Var den finns"), _("Kontrollsumma (SHA-256)")), files)
    made.add_heading(_("Godkännande"), level=1)
    for line in document.signatures or [_("Anteckningarna är inte godkända än.")]:
        made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _prepare(made: Any, document: Document) -> None:
    """Language, title and typeface; the same language for what is spelled and what is read aloud."""
    from docx.oxml import OxmlElement  # noqa: PLC0415  # as above
    from docx.oxml.ns import qn  # noqa: PLC0415  # as above

    language = LANGUAGES.get(translation.get_language()[:2], "sv-SE")
    properties = made.core_properties
    properties.title = f"{document.title}, {document.team}"
    properties.language, properties.author = language, document.organisation or document.team
    properties.comments = ""
    style = made.styles["Normal"]
    style.font.name = "Cambria"
    run = style.element.get_or_add_rPr()
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    run.append(mark)
    for old in made.styles.element.findall(f".//{qn('w:rPrDefault')}//{qn('w:lang')}"):
        old.set(qn("w:val"), language)
    made.sections[0].footer.paragraphs[0].text = _("%(title)s. %(state)s, version %(version)s.") % {
        "title": document.title,
        "state": document.state,
        "version": document.version,
    }


def _table(made: Any, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """A table whose first row is its head, repeated on the next page and read out with each cell."""
    from docx.oxml import OxmlElement  # noqa: PLC0415  # as above
    from docx.oxml.ns import qn  # noqa: PLC0415  # as above

    table = made.add_table(rows=1, cols=len(head), style="Table Grid")
    for cell, word in zip(table.rows[0].cells, head, strict=True):
        cell.paragraphs[0].add_run(word).bold = True
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)  # noqa: SLF001  # python-docx has no other way in
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = clean(value)
    made.add_paragraph()


def _part(made: Any, number: int, part: Part) -> None:
    made.add_heading(clean(f"{number}. {part.heading}"), level=1)
    if part.secrecy:
        made.add_paragraph(_("Sekretess, %(ground)s") % {"ground": part.secrecy})
    for line in (part.meta, part.outcome, *part.paragraphs, *part.excluded):
        if line:
            made.add_paragraph(clean(line))
    for decision in part.decisions:
        made.add_heading(decision.number, level=2)
        made.add_paragraph(clean(decision.text))
        _table(made, (_("Uppgift"), _("Innehåll")), decision.facts)
    if part.actions:
        made.add_heading(_("Åtgärder"), level=2)
        rows = [(one.text, one.owner, one.due) for one in part.actions]
        _table(made, (_("Åtgärd"), _("Ägare"), _("Klart senast")), rows)
    if part.parked:
        made.add_heading(_("Parkerat"), level=2)
        for text in part.parked:
            made.add_paragraph(clean(text), style="List Bullet")


def clean(text: str) -> str:
    """The text without the characters that XML does not allow."""
    return "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
