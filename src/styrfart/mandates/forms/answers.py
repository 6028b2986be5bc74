"""One question of a mandate a form. An answer may be left empty until the mandate is proposed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.mandates.models import Mandate, Question, TeamType, TimeUse

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST_TEXT = 4000
MOST_NORMS = 12
MOST_RESULTS = 12
TOO_LONG = _("Korta texten till högst %(limit_value)d tecken. Nu är den %(show_value)d.")


def with_revision(data: Any, revision: int) -> QueryDict:
    """The same input, as if it had been read in `revision`."""
    changed: QueryDict = data.copy()
    changed["revision"] = str(revision)
    return changed


class WhichForm(forms.Form):
    """A button whose page showed a mandate."""

    # Every page says which; without it the team's mandate of the moment is meant.
    mandate = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62)

    def is_of(self, mandate: Mandate | None) -> bool:
        """Whether the page showed `mandate`, and not one that has been discarded or superseded meanwhile."""
        return mandate is not None and self.is_valid() and self.cleaned_data["mandate"] in {None, mandate.pk}


class ReadForm(WhichForm):
    """Which mandate the reader had before them, and in which revision of it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)

    @property
    def read_in(self) -> int:
        """The revision; 0, in which nothing was read, when the field did not arrive."""
        return int(self.cleaned_data["revision"]) if self.is_valid() else 0


def read_now(mandate: Mandate) -> dict[str, Any]:
    """What a page says of the mandate that it shows."""
    return {"mandate": mandate.pk, "revision": mandate.revision}


class LinesField(forms.CharField):
    """A text of several lines. Browsers end a line with two signs, a file with one: here it is always one."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")


class AnswerForm(ReadForm):
    """An answer, and in which revision of the mandate the question was read."""

    question: ClassVar[Question]
    marks_optional = False

    def value(self) -> Any:
        """The clean answer, as `actions.answer_question` takes it."""
        return self.cleaned_data[self.question.value]

    def have_read(self, revision: int) -> None:
        """Let the page say that its reader has seen `revision`, keeping all that was typed."""
        self.data = with_revision(self.data, revision)

    @classmethod
    def initial_for(cls, mandate: Mandate) -> dict[str, Any]:
        """What the form shows of the mandate."""
        return {**read_now(mandate), cls.question.value: getattr(mandate, cls.question.value)}


def _text(label: "str | _StrPromise", help_text: "str | _StrPromise", rows: int = 5) -> LinesField:
    return LinesField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": TOO_LONG},
    )


class PurposeForm(AnswerForm):
    question = Question.PURPOSE
    purpose = _text(
        Question.PURPOSE.label,
        _(
            "Skriv två eller tre meningar om vad som blir bättre för invånarna eller verksamheten av att "
            "gruppen finns. Skriv så att en ny medarbetare förstår."
        ),
    )


class OnlyWeForm(AnswerForm):
    question = Question.ONLY_WE
    only_we = _text(
        Question.ONLY_WE.label,
        _(
            "Skriv det som ingen av er klarar ensam och som inte kan lösas någon annanstans. "
            "En sak på varje rad, helst högst fyra."
        ),
    )


class TeamTypeForm(AnswerForm):
    question = Question.TEAM_TYPE
    team_type = forms.ChoiceField(
        label=Question.TEAM_TYPE.label,
        help_text=_(
            "Välj den typ som arbetet kräver, inte den som låter finast. Ju längre ner i listan, desto mer "
            "är ni beroende av varandra och desto mer tid behöver ni tillsammans. I lag är det alltid en "
            "person som beslutar, aldrig gruppen."
        ),
        required=False,
        choices=[
            (TeamType.INFORMATIONAL, _("Vi informerar varandra")),
            (TeamType.CONSULTATIVE, _("Vi ger chefen råd")),
            (TeamType.COORDINATING, _("Vi samordnar våra verksamheter")),
            (TeamType.DECISION_MAKING, _("Chefen beslutar i gruppen")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints: Mapping[str, str | Promise] = {
            TeamType.INFORMATIONAL: _(
                "Var och en sköter sitt. Ni träffas kort för att veta vad de andra gör. "
                "Mycket kan gå ut skriftligt i stället."
            ),
            TeamType.CONSULTATIVE: _(
                "Chefen beslutar efteråt och vill höra er bedömning först. Ni svarar för att rådet är bra."
            ),
            TeamType.COORDINATING: _(
                "Era verksamheter hänger ihop. Ni gör gemensamma planer, flyttar resurser och håller "
                "löften till varandra."
            ),
            TeamType.DECISION_MAKING: _(
                "De viktigaste frågorna avgörs i rummet, efter gemensam prövning. Chefen fattar beslutet "
                "och svarar för det. Ni står alla bakom det."
            ),
        }
        self.fields["team_type"].hints = hints  # type: ignore[attr-defined]  # read by shared/field.html


class NormsForm(AnswerForm):
    question = Question.NORMS
    norms = _text(
        Question.NORMS.label,
        _(
            "Skriv fem till sju regler för ert samarbete, en på varje rad. "
            "Skriv vad ni gör, så att det märks."
        ),
        rows=8,
    )

    def clean_norms(self) -> str:
        lines = [line.strip() for line in str(self.cleaned_data["norms"]).splitlines() if line.strip()]
        if len(lines) > MOST_NORMS:
            raise forms.ValidationError(
                gettext("Välj ut högst %(most)s normer. Nu är de %(count)s.")
                % {"most": MOST_NORMS, "count": len(lines)}
            )
        return "\n".join(lines)


class TargetMixForm(AnswerForm):
    """Percent of the meeting time by purpose; together a hundred, or nothing at all."""

    question = Question.TARGET_MIX

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for use in TimeUse:
            self.fields[use.value] = forms.IntegerField(
                label=MIX_LABELS[use],
                required=False,
                min_value=0,
                max_value=100,
                widget=forms.TextInput(
                    attrs={"inputmode": "numeric", "class": "input--number", "autocomplete": "off"}
                ),
                error_messages={
                    "invalid": _("Skriv ett helt tal mellan 0 och 100"),
                    "min_value": _("Skriv ett helt tal mellan 0 och 100"),
                    "max_value": _("Skriv ett helt tal mellan 0 och 100"),
                },
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and (mix := self._mix(cleaned)) and sum(mix.values()) != 100:
            self.add_error(
                TimeUse.INFORMATION.value,
                gettext("Summan ska bli 100 procent. Nu är den %(sum)s.") % {"sum": sum(mix.values())},
            )
        return cleaned

    @staticmethod
    def _mix(cleaned: Mapping[str, Any]) -> dict[str, int]:
        if all(cleaned.get(use.value) is None for use in TimeUse):
            return {}
        return {use.value: cleaned.get(use.value) or 0 for use in TimeUse}

    def value(self) -> dict[str, int]:
        return self._mix(self.cleaned_data)

    @classmethod
    def initial_for(cls, mandate: Mandate) -> dict[str, Any]:
        suggestion = {"information": 20, "dialogue": 30, "advice": 15, "decision": 20, "follow_up": 15}
        return {**read_now(mandate), **(mandate.target_mix or suggestion)}


MIX_LABELS: "Mapping[TimeUse, str | _StrPromise]" = {
    TimeUse.INFORMATION: _("Information, procent"),
    TimeUse.DIALOGUE: _("Dialog, procent"),
    TimeUse.ADVICE: _("Råd, procent"),
    TimeUse.DECISION: _("Beslut, procent"),
    TimeUse.FOLLOW_UP: _("Uppföljning, procent"),
}


class RowsForm(forms.Form):
    """How many rows the page had, and whether the reader wants one more or one less."""

    count = forms.IntegerField(min_value=0, max_value=MOST_RESULTS)
    row = forms.RegexField(r"^(add|remove-\d{1,2})$", required=False)


class ResultsForm(AnswerForm):
    """Rows of a result and how it will be seen. The server adds and removes rows, without a script."""

    question = Question.RESULTS

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        rows = RowsForm(data)
        self.is_changing_rows = bool(data and rows.is_valid() and rows.cleaned_data["row"])
        self.is_whole = data is None or rows.is_valid()
        if data is None:
            self.texts = [*(initial or {}).get("results", []), ("", "")][:MOST_RESULTS]
        else:
            count = rows.cleaned_data["count"] if rows.is_valid() else MOST_RESULTS
            self.texts = [
                (data.get(f"text_{n}", ""), data.get(f"measure_{n}", "")) for n in range(1, count + 1)
            ]
        if self.is_changing_rows:
            self._change(rows.cleaned_data["row"])
        for number in range(1, len(self.texts) + 1):
            self._add_row(number)

    def _change(self, how: str) -> None:
        """One row more or less; what has been typed is kept, and nothing is judged yet."""
        if how == "add" and self.has_room:
            self.texts.append(("", ""))
        elif how.startswith("remove-"):
            gone = int(how.removeprefix("remove-"))
            self.texts = [text for number, text in enumerate(self.texts, 1) if number != gone] or [("", "")]
        self.initial = {name: self.data.get(name) for name in ("mandate", "revision")}
        self.is_bound = False

    def _add_row(self, number: int) -> None:
        text, measure = self.texts[number - 1]
        self.fields[f"text_{number}"] = forms.CharField(
            label=gettext("Resultat %(number)s") % {"number": number},
            required=False,
            max_length=300,
            initial=text,
            widget=forms.Textarea(attrs={"rows": 2}),
            error_messages={"max_length": TOO_LONG},
        )
        self.fields[f"measure_{number}"] = forms.CharField(
            label=gettext("Så ser vi det, resultat %(number)s") % {"number": number},
            required=False,
            max_length=200,
            initial=measure,
            widget=forms.Textarea(attrs={"rows": 2}),
            error_messages={"max_length": TOO_LONG},
        )

    @property
    def has_room(self) -> bool:
        """Whether there may be one row more."""
        return len(self.texts) < MOST_RESULTS

    def rows(self) -> list[tuple[int, Any, Any]]:
        """Number, and the two fields of each row."""
        return [
            (number, self[f"text_{number}"], self[f"measure_{number}"])
            for number in range(1, len(self.texts) + 1)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in range(1, len(self.texts) + 1):
            if cleaned.get(f"measure_{number}") and not cleaned.get(f"text_{number}", "missing"):
                self.add_error(f"text_{number}", gettext("Skriv resultatet, eller ta bort raden"))
        if not self.is_whole:
            raise forms.ValidationError(gettext("Sidan kom fram ofullständig. Ladda om den och försök igen."))
        return cleaned

    def value(self) -> list[tuple[str, str]]:
        """The rows that have something in them."""
        given = self.cleaned_data
        rows = (
            (_one_line(given[f"text_{n}"]), _one_line(given[f"measure_{n}"]))
            for n in range(1, len(self.texts) + 1)
        )
        return [row for row in rows if row[0]]

    @classmethod
    def initial_for(cls, mandate: Mandate) -> dict[str, Any]:
        rows = [(row.text, row.measure) for row in mandate.results.all()]
        return {**read_now(mandate), "results": rows}


def _one_line(text: str) -> str:
    return " ".join(text.split())


FORMS: Mapping[Question, type[AnswerForm]] = {
    form.question: form
    for form in (PurposeForm, OnlyWeForm, TeamTypeForm, ResultsForm, NormsForm, TargetMixForm)
}
