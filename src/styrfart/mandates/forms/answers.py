"""One question of a mandate a form. An answer may be left empty until the mandate is proposed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.mandates.forms.fields import LinesField
from styrfart.mandates.forms.read import AnswerForm, read_now
from styrfart.mandates.forms.results import ResultsForm
from styrfart.mandates.models import Mandate, Question, TeamType, TimeUse

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST_TEXT = 4000
MOST_NORMS = 12


def _text(label: "str | _StrPromise", help_text: "str | _StrPromise", rows: int = 5) -> LinesField:
    return LinesField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
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


FORMS: Mapping[Question, type[AnswerForm]] = {
    form.question: form
    for form in (PurposeForm, OnlyWeForm, TeamTypeForm, ResultsForm, NormsForm, TargetMixForm)
}
