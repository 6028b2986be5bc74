"""The person's own calendar."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CalendarKeyForm(forms.Form):
    """Which address the page showed when a new one was asked for."""

    known = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)


class CalendarChoiceForm(forms.Form):
    """Invitations by mail, or not."""

    marks_optional = False

    has_invitations = forms.BooleanField(
        label=_("Skicka inbjudningar till min kalender"),
        help_text=_("Nya möten kommer som brev som Outlook, Google och Thunderbird lägger i kalendern."),
        required=False,
    )
