"""Minutes say in which language they were written, to readers in another one."""

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from styrfart.meetings.documents.content import digest_of
from styrfart.meetings.documents.pdf import html_of
from styrfart.meetings.models import Minutes
from styrfart.meetings.queries.minutes_documents import document_of
from styrfart.people.models import Person, Team
from tests.conftest import signed_in
from tests.meetings.held import SECRET_WORDS, Held, approved, draft, held
from tests.meetings.test_documents import marked_text, pdf

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:fontTools")

HEADING = "Två eller tre introduktionsdagar?"
WRITTEN = [
    HEADING,
    "Två spår vägdes.",
    "Introduktionen blir två dagar.",
    "Boka lokal för introduktionen",
    "Ska mentorerna få ersättning?",
]


@pytest.fixture
def meeting(team: Team, chair: Person, member: Person, secretary: Person) -> Held:
    return held(team)


def page_of(meeting: Held, who: Person, language: str) -> str:
    """The minutes' page as somebody reads it in a language."""
    Person.objects.filter(pk=who.pk).update(language=language)
    at = [meeting.meeting.team.slug, meeting.meeting.slug]
    return signed_in(Person.objects.get(pk=who.pk)).get(reverse("meetings:minutes", args=at)).content.decode()


def marked(html: str) -> list[str]:
    """What stands in elements with a language of their own, below the root."""
    found = re.findall(r'<(\w+)[^>]*\slang="sv"[^>]*>(.*?)</\1>', html.partition("<body")[2], re.S)
    return [re.sub(r"<[^>]+>", "", text).strip() for _tag, text in found]


def spoken_in(reader: PdfReader, language: str) -> str:
    """What the tags of the file say is in the language, in one line."""
    marks = {page.indirect_reference: marked_text(page) for page in reader.pages}
    texts = []
    for number in range(1, int(reader.trailer["/Size"])):  # type: ignore[call-overload]  # a number object
        one: Any = reader.get_object(number)
        if isinstance(one, dict) and one.get("/Type") == "/StructElem" and one.get("/Lang") == language:
            page = dict.__getitem__(one, "/Pg")
            texts += [marks[page][int(nr)] for nr in one["/K"]]
    return " ".join(" ".join(texts).split())


def test_the_page_marks_what_was_written_for_who_reads_in_english(meeting: Held, secretary: Person) -> None:
    approved(meeting)
    found = marked(page_of(meeting, secretary, "en"))
    assert [text for text in WRITTEN if not any(text in one for one in found)] == []
    assert SECRET_WORDS in found  # the secretary reads it
    # The product's own words are in the reader's language.
    assert [one for one in found if one.startswith(("Purpose", "Actions", "Attendance", "Decision "))] == []


def test_nothing_is_marked_for_who_reads_in_the_same_language(meeting: Held, secretary: Person) -> None:
    approved(meeting)
    page = page_of(meeting, secretary, "sv")
    assert HEADING in page
    assert marked(page) == []


def test_what_is_left_out_is_in_the_readers_language(meeting: Held) -> None:
    minutes = draft(meeting)
    with translation.override("en"):
        document = document_of(minutes, is_complete=False)
    left_out = [part for part in document.parts if part.is_left_out]
    assert [(part.heading, part.lang) for part in left_out] == [("Item marked as secret", "")]
    assert [one.lang for one in document.attachments] == [' lang="sv"', ""]


def test_the_pdf_says_it_in_its_tags(meeting: Held) -> None:
    minutes = draft(meeting)
    reader = pdf(minutes, "en")
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    said = spoken_in(reader, "sv")
    assert [text for text in WRITTEN if text not in said] == []
    assert [word for word in ("Purpose", "Attendance", "Decision-maker", "Approval") if word in said] == []
    assert spoken_in(pdf(minutes, "sv"), "sv") == ""


def test_html_of_a_swedish_pdf_is_as_it_was(meeting: Held) -> None:
    """Else every file that was made before would be made anew."""
    with translation.override("sv"):
        html = html_of(document_of(draft(meeting), is_complete=True))
    assert html.count(" lang=") == 1


def test_the_language_is_sealed_and_older_minutes_stay_as_they_were(meeting: Held, secretary: Person) -> None:
    minutes = approved(meeting)
    assert minutes.content["language"] == "sv"
    older = {name: value for name, value in minutes.content.items() if name != "language"}
    Minutes.objects.filter(pk=minutes.pk).update(content=older, digest=digest_of(older))
    at = [meeting.meeting.team.slug, meeting.meeting.slug, minutes.version]
    answer = signed_in(secretary).get(reverse("meetings:verify-minutes", args=at))
    assert answer.context["check"].is_same is True
    assert HEADING in marked(page_of(meeting, secretary, "en"))
    minutes.refresh_from_db()
    assert minutes.content == older
