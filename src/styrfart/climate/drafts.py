"""Answers that are not sent: cookies on the respondent's own device, for the address of their link alone.

The server keeps nothing of them. A device that others use, too, forgets after a quarter of an hour.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from styrfart.climate.answering import SIGNS, SILENT
from styrfart.climate.forms.answering import ANSWERS, TEXT, UNANSWERED, DraftForm, packed
from styrfart.climate.instruments import Words
from styrfart.climate.queries.answering import Sheet

LONGEST = dt.timedelta(days=14)
ON_SHARED_DEVICE = dt.timedelta(minutes=15)


@dataclass(frozen=True)
class Draft:
    """`signs`: one for each question; `texts`: by question, those that were written."""

    signs: str
    texts: dict[int, str]

    @property
    def is_whole(self) -> bool:
        """Whether every question has an answer, if only that one would not say."""
        return UNANSWERED not in self.signs

    @property
    def is_begun(self) -> bool:
        return bool(self.texts) or self.signs.strip(UNANSWERED) != ""

    @property
    def first_gap(self) -> int:
        """The number of the first question without an answer; nought when there is none."""
        return self.signs.find(UNANSWERED) + 1

    def sign(self, number: int) -> str:
        """What was answered to the question of that number; empty when nothing was."""
        sign = self.signs[number - 1]
        return "" if sign == UNANSWERED else sign


@dataclass(frozen=True)
class Row:
    """A question and its answer in words, to be checked. `index`: as `TextQuestion`, -1 on a scale."""

    number: int
    index: int
    question: Words
    answer: str

    @property
    def is_text(self) -> bool:
        return self.index >= 0


def rows_of(sheet: Sheet, draft: Draft) -> list[Row]:
    """Every question with its answer in words."""
    language = get_language() or ""
    rows = []
    for question in sheet.questions:
        sign = draft.sign(question.number)
        said = _("Vill inte svara") if sign == SILENT else question.steps[SIGNS.index(sign) - 1].to(language)
        rows.append(Row(question.number, -1, question.text, said))
    for text in sheet.text_questions:
        said = draft.texts.get(text.index, "")
        rows.append(Row(text.number, text.index, text.text, said))
    return rows


def draft_of(request: HttpRequest, sheet: Sheet) -> Draft:
    """What the device remembers, as far as it fits the questions."""
    form = DraftForm(request.COOKIES, sheet=sheet)
    signs = form.cleaned_data.get("answers") if form.is_valid() else None
    return Draft(signs or UNANSWERED * len(sheet.questions), form.texts)


def keep_answer(response: HttpResponse, sheet: Sheet, draft: Draft, number: int, sign: str) -> None:
    """Let the device remember the answer beside the others."""
    _keep(response, sheet, ANSWERS, draft.signs[: number - 1] + sign + draft.signs[number:])


def keep_text(response: HttpResponse, sheet: Sheet, index: int, text: str) -> None:
    """Let the device remember the text; an empty one is forgotten."""
    if text:
        _keep(response, sheet, f"{TEXT}{index}", packed(text))
    else:
        response.delete_cookie(f"{TEXT}{index}", path=_path(sheet), samesite="Lax")


def erase(response: HttpResponse, sheet: Sheet) -> None:
    """Let the device forget everything."""
    for name in (ANSWERS, *(f"{TEXT}{question.index}" for question in sheet.text_questions)):
        response.delete_cookie(name, path=_path(sheet), samesite="Lax")


def _keep(response: HttpResponse, sheet: Sheet, name: str, value: str) -> None:
    longest = ON_SHARED_DEVICE if sheet.is_on_paper else LONGEST
    left = min(longest, sheet.closes_at - timezone.now())
    response.set_cookie(
        name,
        value,
        max_age=max(int(left.total_seconds()), 0),
        path=_path(sheet),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _path(sheet: Sheet) -> str:
    return reverse("climate:answer-start", args=[sheet.key])
