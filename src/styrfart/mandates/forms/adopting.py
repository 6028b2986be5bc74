"""Begin, propose, answer a proposal, compare versions."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.mandates import starting_points
from styrfart.mandates.actions.adopting import one_year_from
from styrfart.mandates.forms.read import ReadForm, read_now
from styrfart.mandates.models import Mandate
from styrfart.mandates.starting_points import StartingPoint
from styrfart.shared.forms import DayField

ADOPTED, BLANK = "adopted", "blank"


class StartForm(forms.Form):
    """What a draft begins from: the mandate in force, a starting point, or nothing."""

    marks_optional = False
    source = forms.ChoiceField(
        label=_("Vad vill ni utgå från?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Välj vad ni vill utgå från"),
            "invalid_choice": _("Välj vad ni vill utgå från"),
        },
    )

    def __init__(self, data: Any = None, *, adopted: Mandate | None) -> None:
        super().__init__(data)
        self.adopted = adopted
        points = [(point.key, point.name) for point in starting_points.all_of_them()]
        field = self.fields["source"]
        field.choices = [  # type: ignore[attr-defined]  # a choice field
            *([(ADOPTED, _("Mandatet som gäller i dag"))] if adopted else []),
            *points,
            (BLANK, _("Ett tomt mandat")),
        ]
        field.hints = {  # type: ignore[attr-defined]  # read by shared/field.html
            ADOPTED: _("Ni ändrar det som behöver ändras. Resten står kvar."),
            BLANK: _("Ni svarar på alla frågor själva."),
            **{
                point.key: gettext("Ett förslag med %(rules)s regler. Ändra, lägg till och ta bort.")
                % {"rules": len(point.rules)}
                for point in starting_points.all_of_them()
            },
        }

    def source_chosen(self) -> Mandate | StartingPoint | None:
        """What the draft is to be a copy of."""
        key = self.cleaned_data["source"]
        if key == ADOPTED:
            return self.adopted
        return None if key == BLANK else starting_points.read(key)


class ProposeForm(ReadForm):
    """What the chair has read, and when the mandate is to be looked through."""

    review_on = DayField(
        label=_("Mandatet ses över senast"), help_text=_("Ett år är lagom. Vi påminner ordföranden.")
    )

    def __init__(self, data: Any = None, *, mandate: Mandate) -> None:
        in_a_year = one_year_from(timezone.localdate())
        super().__init__(data, initial={**read_now(mandate), "review_on": in_a_year})

    def clean_review_on(self) -> Any:
        day = self.cleaned_data["review_on"]
        today = timezone.localdate()
        if day <= today:
            raise forms.ValidationError(gettext("Välj en dag efter i dag"))
        if day > one_year_from(one_year_from(today)):
            raise forms.ValidationError(gettext("Välj en dag inom två år"))
        return day


class RemarkForm(forms.Form):
    """What a member wants changed."""

    text = forms.CharField(
        label=_("Vad vill du ändra?"),
        help_text=_("Skriv vilken fråga eller regel det gäller och hur du vill att det ska stå."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Skriv vad du vill ändra")},
    )


class CompareForm(forms.Form):
    """Which two versions."""

    marks_optional = False
    fran = forms.TypedChoiceField(label=_("Från version"), coerce=int)
    till = forms.TypedChoiceField(label=_("Till version"), coerce=int)

    def __init__(self, data: Any = None, *, versions: list[Mandate]) -> None:
        numbers = [mandate.version for mandate in versions]
        later, earlier = numbers[0], numbers[1] if len(numbers) > 1 else numbers[0]
        given = data or {}
        super().__init__({"fran": given.get("fran", earlier), "till": given.get("till", later)})
        for name in ("fran", "till"):
            self.fields[name].choices = [(number, str(number)) for number in numbers]  # type: ignore[attr-defined]  # a choice field
            self.fields[name].error_messages["invalid_choice"] = gettext("Välj en version i listan")
