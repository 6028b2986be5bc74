"""The ground on which a matter is secret."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrfart.matters.models import Matter


class SecrecyForm(forms.Form):
    """Law and section; carries the ground that the page showed, so that two browsers lose nothing."""

    known = forms.CharField(widget=forms.HiddenInput, required=False, max_length=120)
    ground = forms.CharField(
        label=_("Sekretessgrund"),
        help_text=_("Lag och paragraf, till exempel OSL 39 kap. 2 §"),
        max_length=120,
        error_messages={"required": _("Skriv lag och paragraf")},
    )

    def __init__(self, data: Any = None, *, matter: Matter) -> None:
        super().__init__(data, initial={"known": matter.secrecy_ground, "ground": matter.secrecy_ground})

    def refuse(self, fault: str, known: str) -> None:
        """Say that somebody else was first; the next try is against what there is now."""
        self.add_error(None, fault)
        self.data = {**{name: self.data.get(name) for name in self.data}, "known": known}


class LiftForm(forms.Form):
    """Nothing to write but what the page showed."""

    known = forms.CharField(widget=forms.HiddenInput, required=False, max_length=120)
