"""Around the rules of a draft: search for something to choose, try a made-up matter, move a rule."""

from django import forms
from django.utils.translation import gettext_lazy as _

from styrfart.mandates.forms.rule import FINDS
from styrfart.shared.forms import KronorField


class FindForm(forms.Form):
    """Which search button was pressed, if any."""

    find = forms.ChoiceField(choices=[(name, name) for name in FINDS], required=False)


class TryForm(forms.Form):
    """A made-up matter to try the rules on."""

    marks_optional = False
    prova = forms.CharField(
        label=_("Ett ärende som någon kunde lämna in"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kostnad = KronorField(label=_("Kostnad, om den spelar roll"), required=False, help_text="")


class MoveForm(forms.Form):
    """Up or down, as the arrows of `agenda_item` post it."""

    flytta = forms.ChoiceField(choices=[("upp", "upp"), ("ned", "ned")])
