"""What a group chose, and what was done about what it said."""

import datetime as dt
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.climate.models.conversation import LONGEST
from styrfart.shared.forms import DayField, upon

# A page of this installation: from the root, and not "//host".
_PATH = re.compile(r"/(?!/)[^\s\\]*")


class ConversationForm(forms.Form):
    """One thing to keep, one to change, and when it was chosen."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    keep = forms.CharField(
        label=_("Det här behåller vi"),
        help_text=_("En sak som fungerar och som ni vill vara rädda om"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv en sak som ni behåller")},
    )
    change = forms.CharField(
        label=_("Det här ändrar vi"),
        help_text=_("En sak som ni själva råder över. Om en månad frågar vi om den har blivit bättre."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv en sak som ni ändrar")},
    )
    chosen_on = DayField(label=_("När ni valde"))

    def __init__(self, *args: object, released_on: dt.date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own form takes them
        self.released_on = released_on

    def take_revision(self, revision: int) -> None:
        """Let what is sent next be of what stands now, and keep what was typed."""
        self.data = upon(self.data, revision)

    def clean_chosen_on(self) -> dt.date:
        """After the report, and not ahead in time."""
        day: dt.date = self.cleaned_data["chosen_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Ange dagen då ni valde. Den kan inte ligga framåt i tiden."))
        if day < self.released_on:
            raise ValidationError(_("Ange en dag efter att rapporten visades."))
        return day


class SaidAndDoneForm(forms.Form):
    """What people said, what was done about it, and where one can read more."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    said = forms.CharField(
        label=_("Ni sa"),
        help_text=_("I en mening, utan att peka ut någon. Till exempel: Möten fylls av information."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv vad ni hörde")},
    )
    done = forms.CharField(
        label=_("Vi gjorde"),
        help_text=_("Vad som är gjort, och när. Till exempel: Information skickas före mötet sedan juni."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv vad ni har gjort")},
    )
    link = forms.CharField(
        label=_("Sida att läsa mer på"),
        help_text=_("En adress här i Styrfart. Den börjar med ett snedstreck, till exempel /lg/."),
        max_length=200,
        required=False,
    )

    def clean_link(self) -> str:
        """An address of this installation, and no other."""
        link: str = self.cleaned_data["link"]
        if link and not _PATH.fullmatch(link):
            raise ValidationError(_("Ange en adress som börjar med ett snedstreck, till exempel /lg/."))
        return link
