"""How long a type of record is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrfart.people.actions.retention import revision
from styrfart.people.forms.fields import KnownForm
from styrfart.shared.models import RetentionRule


class RetentionForm(KnownForm):
    """A number of years and the decision that allows disposal; no years means for ever."""

    keep_years = forms.IntegerField(
        label=_("Antal år att spara"),
        help_text=_("Tomt: bevaras för alltid."),
        min_value=1,
        max_value=500,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input--number"}),
        error_messages={
            "invalid": _("Skriv ett helt antal år, till exempel 10"),
            "min_value": _("Skriv ett antal år som är minst 1"),
            "max_value": _("Skriv ett antal år som är högst 500"),
        },
    )
    decision_reference = forms.CharField(
        label=_("Gallringsbeslut"),
        help_text=_("Till exempel KS 2026/118, 12 mars 2026. Utan beslut gallras inget."),
        max_length=120,
        required=False,
    )

    def __init__(self, data: Any = None, *, rule: RetentionRule | None) -> None:
        initial = {
            "keep_years": rule.keep_years if rule else None,
            "decision_reference": rule.decision_reference if rule else "",
            "known": revision(rule),
        }
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("keep_years") and not cleaned.get("decision_reference"):
            self.add_error(
                "decision_reference", _("Ange beslutet som tillåter gallring, eller lämna antalet år tomt")
            )
        return cleaned
