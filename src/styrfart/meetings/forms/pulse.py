"""The five questions of the pulse."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from styrfart.meetings.models import PulseQuestion

WORDS = {
    1: gettext_lazy("Stämmer mycket dåligt"),
    2: gettext_lazy("Stämmer ganska dåligt"),
    3: gettext_lazy("Stämmer delvis"),
    4: gettext_lazy("Stämmer ganska bra"),
    5: gettext_lazy("Stämmer mycket bra"),
}
PASSED_OVER = "avstår"


class PulseForm(forms.Form):
    """One field a question. To pass over is an answer, and last."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in PulseQuestion:
            self.fields[question.value] = forms.ChoiceField(
                label=question.label,
                choices=[*_choices(question), (PASSED_OVER, _("Vill inte svara"))],
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Välj ett svar, eller ”Vill inte svara”"),
                    "invalid_choice": _("Välj ett av svaren i listan"),
                },
            )

    def answers(self) -> dict[PulseQuestion, int]:
        """What was answered; questions that were passed over are not there."""
        return {
            question: int(self.cleaned_data[question.value])
            for question in PulseQuestion
            if self.cleaned_data[question.value] != PASSED_OVER
        }


def _choices(question: PulseQuestion) -> list[tuple[str, str]]:
    if question == PulseQuestion.TIME:
        return [(str(value), _("%(value)s procent") % {"value": value}) for value in question.values_offered]
    return [(str(value), str(WORDS[value])) for value in question.values_offered]
