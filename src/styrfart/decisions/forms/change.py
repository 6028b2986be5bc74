"""A change of weight for those who work here: what must precede the decision (domain rule 4)."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.decisions import actions
from styrfart.shared.forms import DayField


class ChangeFields(forms.Form):
    """Risk assessment and consultation, each with its day; or the exceptional reasons for not waiting."""

    is_major_change = forms.BooleanField(
        label=_("Det här är en viktigare förändring för medarbetarna"),
        required=False,
        help_text=_("Till exempel ny organisation, nya arbetstider, flytt eller ett nytt arbetssätt."),
    )
    risk_assessed_on = DayField(label=_("Skriftlig riskbedömning klar"), required=False)
    risk_reference = forms.CharField(label=_("Var riskbedömningen finns"), max_length=120, required=False)
    consultation_closed_on = DayField(label=_("Samverkan eller förhandling avslutad"), required=False)
    consultation_reference = forms.CharField(label=_("Protokoll"), max_length=120, required=False)
    urgency_ground = forms.CharField(
        label=_("Synnerliga skäl att besluta före det"),
        max_length=300,
        required=False,
        help_text=_("Bara om det inte går att vänta. Ditt namn och tiden står i beslutet."),
    )

    def change(self) -> actions.MajorChange | None:
        """The change as it was described; None when the box is not ticked."""
        data = self.cleaned_data
        if not data.get("is_major_change"):
            return None
        return actions.MajorChange(
            risk_assessed_on=data.get("risk_assessed_on"),
            risk_reference=data.get("risk_reference", ""),
            consultation_closed_on=data.get("consultation_closed_on"),
            consultation_reference=data.get("consultation_reference", ""),
            urgency_ground=data.get("urgency_ground", ""),
        )

    def clean_change(self, data: dict[str, Any]) -> None:
        """What is missing is said at the field that lacks it; days lie behind us."""
        for name in ("risk_assessed_on", "consultation_closed_on"):
            if data.get(name) and data[name] > timezone.localdate():
                self.add_error(name, gettext("Ange en dag som inte ligger framåt i tiden"))
        if not data.get("is_major_change") or data.get("urgency_ground", "").strip():
            return
        if not data.get("risk_assessed_on") and "risk_assessed_on" not in self.errors:
            self.add_error("risk_assessed_on", gettext("Ange när den skriftliga riskbedömningen blev klar"))
        if not data.get("consultation_closed_on") and "consultation_closed_on" not in self.errors:
            self.add_error(
                "consultation_closed_on", gettext("Ange när samverkan eller förhandlingen avslutades")
            )
