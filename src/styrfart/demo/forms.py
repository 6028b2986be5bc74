"""Whom else to be, by address: for those who have read in an organisation of their own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from styrfart.demo import queries
from styrfart.people.models import Person


class SomebodyForm(forms.Form):
    """Anybody who can sign in here."""

    address = forms.EmailField(
        label=_("E-postadress"),
        max_length=254,
        error_messages={
            "required": _("Skriv en e-postadress"),
            "invalid": _("Skriv en hel e-postadress, till exempel namn@kommun.example"),
        },
    )

    def clean_address(self) -> Person:
        """The person with that address."""
        person = queries.somebody(self.cleaned_data["address"])
        if person is None:
            raise forms.ValidationError(
                _("Ingen här har den adressen. Kontrollera stavningen, eller läs in personen först.")
            )
        return person
