"""Search in a scheme of delegation; read one in from a file."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.mandates.models import WaitingScheme
from styrfart.people.models import Unit, UnitKind
from styrfart.shared.forms import DayField


class SearchForm(forms.Form):
    """Words sought among the points."""

    marks_optional = False
    sok = forms.CharField(label=_("Sök bland punkterna"), required=False, max_length=100)


class ReadSchemeForm(forms.Form):
    """A spreadsheet, whose scheme it is and from which day it holds."""

    committee = forms.ModelChoiceField(
        label=_("Vilken nämnd?"),
        queryset=Unit.objects.none(),
        empty_label=_("Välj nämnd"),
        error_messages={
            "required": _("Välj vilken nämnd det gäller"),
            "invalid_choice": _("Välj en nämnd i listan"),
        },
    )
    valid_from = DayField(
        label=_("Gäller från och med"),
        help_text=_("Versionen före gäller till och med dagen innan. Till exempel 1 januari 2027."),
    )
    decision_reference = forms.CharField(
        label=_("Nämndens beslut"),
        help_text=_("Datum och paragraf, till exempel 2026-11-19, § 12."),
        required=False,
        max_length=120,
    )
    file = forms.FileField(
        label=_("Fil"),
        help_text=_("En Excel-arbetsbok (.xlsx) eller en CSV-fil med semikolon."),
        error_messages={"required": _("Välj en fil"), "empty": _("Filen är tom. Välj en annan.")},
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        committees = Unit.objects.on(timezone.localdate()).filter(kind=UnitKind.COMMITTEE)
        self.fields["committee"].queryset = committees.order_by("name_key", "pk")  # type: ignore[attr-defined]  # a model choice field


class WaitingForm(forms.Form):
    """A button whose page showed what had been read."""

    waiting = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)

    def is_of(self, waiting: WaitingScheme) -> bool:
        """Whether the page showed `waiting`, and not what was read before it."""
        return self.is_valid() and self.cleaned_data["waiting"] == waiting.pk
