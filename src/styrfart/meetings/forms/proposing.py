"""Which of the proposed the secretary takes up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrfart.meetings.queries.proposing import DraftAgenda, Placing, Proposed


class DraftForm(forms.Form):
    """A tick for each that was proposed; those that the draft chose are ticked to begin with."""

    taken = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _(
                "En av punkterna finns inte längre i förslaget. Läs det igen och välj på nytt"
            )
        },
    )

    def __init__(self, *args: Any, agenda: DraftAgenda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        written = [Placing(each, ()) for each in agenda.in_writing]
        self.placings = {each.proposed.key: each for each in (*agenda.chosen, *written, *agenda.left)}
        field = self.fields["taken"]
        field.choices = [(key, each.proposed.title) for key, each in self.placings.items()]  # type: ignore[attr-defined]  # a field with choices
        field.initial = [each.proposed.key for each in (*agenda.chosen, *written)]

    def clean(self) -> dict[str, Any]:
        """At least one."""
        data = super().clean() or self.cleaned_data
        if "taken" in data and not data["taken"]:
            self.add_error("taken", _("Kryssa för minst en punkt"))
        return data

    @property
    def chosen(self) -> list[Placing]:
        """What was ticked, in the order of the draft."""
        ticked = set(self.cleaned_data["taken"])
        return [each for key, each in self.placings.items() if key in ticked]

    def is_ticked(self, proposed: Proposed) -> bool:
        """Whether its box is ticked on the page."""
        given = self.data.getlist("taken") if self.is_bound else self.fields["taken"].initial  # type: ignore[attr-defined]  # a QueryDict
        return proposed.key in given
