"""Sending the notice of a meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CallForm(forms.Form):
    """A greeting, and which state of the meeting was read through."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = forms.CharField(
        label=_("Några ord på vägen"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
