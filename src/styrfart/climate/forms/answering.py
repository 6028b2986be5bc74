"""What somebody who answers chooses and writes, in which language, and what their own device remembers."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from styrfart.climate import keys
from styrfart.climate.answering import SIGNS, SILENT
from styrfart.climate.queries.answering import Question, Sheet

LONGEST, MOST_BYTES = 1000, 2800  # a cookie holds 4 096 signs, and three of four are left for a text
UNANSWERED = "-"
ANSWERS, TEXT = "answers", "text"  # names of cookies: the answers in one, each text in one of its own


class QuestionForm(forms.Form):
    """One question: a step, or "would not say", which always comes last."""

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or ""
        steps = [(SIGNS[nr], step.to(language)) for nr, step in enumerate(question.steps, start=1)]
        self.steps = [*steps, (SILENT, _("Vill inte svara"))]
        self.fields["answer"] = forms.ChoiceField(
            label=question.text.to(language),
            choices=self.steps,
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Välj ett svar. Sist i listan finns Vill inte svara."),
                "invalid_choice": _("Välj ett av svaren i listan."),
            },
        )


class Written(forms.CharField):
    """A text as it was written, within what a cookie and a ballot hold. A line break is one sign."""

    widget = forms.Textarea
    default_error_messages: ClassVar[dict[str, Any]] = {
        "max_length": _(
            "Texten får ha högst %(limit_value)d tecken, och du har skrivit %(show_value)d. Korta den."
        ),
        "too_big": _("Texten tar för stor plats. Emojier och ovanliga tecken tar mest. Korta den."),
    }

    def to_python(self, value: Any) -> str:
        return str(super().to_python(str(value or "").replace("\r\n", "\n").replace("\r", "\n")))

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) <= LONGEST and len(value.encode(errors="replace")) > MOST_BYTES:
            raise ValidationError(self.error_messages["too_big"], code="too_big")


class TextForm(forms.Form):
    """One question that is answered in words, or not at all."""

    text = Written(required=False, max_length=LONGEST)


class CodeForm(forms.Form):
    """A code from a slip of paper, however it is typed."""

    code = forms.CharField(
        label=_("Skriv koden på din lapp"),
        help_text=_("16 tecken. Det spelar ingen roll om du skriver stora eller små bokstäver."),
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "class": "input--code",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Skriv koden som står på lappen.")},
    )
    unknown = _("Koden stämmer inte med någon lapp. Jämför tecken för tecken och skriv den igen.")

    def clean_code(self) -> str:
        """The code as it is kept."""
        code = keys.as_typed(self.cleaned_data["code"])
        if len(code) != keys.PAPER_LENGTH:
            raise ValidationError(
                _("Koden har 16 tecken. Vi kunde läsa %(count)d. I den finns aldrig 0, 1, I, L, O eller U."),
                params={"count": len(code)},
            )
        return code


class LanguageForm(forms.Form):
    """The language that a link on the page asks for: `?sprak=en`."""

    sprak = forms.ChoiceField(choices=settings.LANGUAGES)


class WayForm(forms.Form):
    """Whether an answer is being changed from the page where all are checked: `?till=kontroll`."""

    till = forms.ChoiceField(choices=[("kontroll", "kontroll")])


class DraftForm(forms.Form):
    """What the device remembers of answers that are not sent; what does not fit is as if not there."""

    answers = forms.CharField(required=False)

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        self.texts: dict[int, str] = {}
        for question in sheet.text_questions:
            self.fields[f"{TEXT}{question.index}"] = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        """`signs`: one for each question; `texts`: by question, those that are there."""
        given = super().clean() or {}
        for question in self.sheet.text_questions:
            form = TextForm({"text": unpacked(given.get(f"{TEXT}{question.index}", ""))})
            if form.is_valid() and form.cleaned_data["text"]:
                self.texts[question.index] = form.cleaned_data["text"]
        return given

    def clean_answers(self) -> str:
        """One sign for each question; those that are no answer to it are unanswered."""
        asked = self.sheet.questions
        signs = self.cleaned_data["answers"]
        if len(signs) != len(asked):
            return UNANSWERED * len(asked)
        allowed = (SIGNS[: len(question.steps) + 1] for question in asked)
        return "".join(
            sign if sign in steps else UNANSWERED for sign, steps in zip(signs, allowed, strict=True)
        )


def packed(text: str) -> str:
    """The text in signs that a cookie holds."""
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def unpacked(signs: str) -> str:
    """What was packed; empty for anything else."""
    try:
        return urlsafe_b64decode(signs + "=" * (-len(signs) % 4)).decode()
    except ValueError:
        return ""
