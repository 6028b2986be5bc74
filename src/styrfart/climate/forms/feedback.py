"""Asking for feedback, and giving it."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.climate.forms.colleagues import PeopleField
from styrfart.climate.models.feedback import MOST_ASKED
from styrfart.people.forms.fields import PersonField
from styrfart.people.standing import User
from styrfart.shared.forms import DayField


class AskFeedbackForm(forms.Form):
    """A situation, one question, to whom, and by when."""

    situation = forms.CharField(
        label=_("Vilken situation gäller det?"),
        help_text=_("En mening om något du gjorde, till exempel: När jag ledde mötet om budgeten i tisdags."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv vilken situation det gäller")},
    )
    question = forms.CharField(
        label=_("Vad vill du veta?"),
        help_text=_("En fråga, till exempel: Vad gjorde jag som hjälpte gruppen att bestämma sig?"),
        max_length=200,
        error_messages={"required": _("Skriv en fråga")},
    )
    givers = PeopleField(
        label=_("Vilka frågar du?"),
        help_text=_("Namn eller e-postadress, en person på varje rad. Högst sex."),
        most=MOST_ASKED,
        error_messages={"required": _("Skriv vilka du frågar")},
    )
    latest_on = DayField(label=_("Svar senast"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("latest_on", timezone.localdate() + dt.timedelta(days=10))
        super().__init__(*args, **kwargs)
        cast("PeopleField", self.fields["givers"]).user = user

    def clean_latest_on(self) -> dt.date:
        """Between today and three months from now."""
        day: dt.date = self.cleaned_data["latest_on"]
        today = timezone.localdate()
        if not today <= day <= today + dt.timedelta(days=92):
            raise ValidationError(_("Välj en dag inom tre månader från i dag"))
        return day


class GiveFeedbackForm(forms.Form):
    """The answer: short, one thing to keep and one to try."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Ditt svar"),
        help_text=_("Vad du såg, och vad det ledde till. Högst 600 tecken. Skriv inget om hälsa."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Skriv ditt svar, eller avstå")},
    )
    keep = forms.CharField(label=_("Fortsätt med det här"), max_length=200, required=False)
    attempt = forms.CharField(label=_("Pröva det här"), max_length=200, required=False)


class ShareForm(forms.Form):
    """Whom to let read."""

    person = PersonField(label=_("Vem får läsa?"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        cast("PersonField", self.fields["person"]).user = user

    def clean_person(self) -> Any:
        """Somebody else, who can sign in."""
        person = self.cleaned_data["person"]
        if person.pk == self.user.pk:
            raise ValidationError(_("Du läser den redan. Välj någon annan"))
        if not person.email:
            raise ValidationError(_("Personen kan inte logga in. Välj någon annan"))
        return person


class WhoForm(forms.Form):
    """A person by number, from a button on the page."""

    person = forms.IntegerField()

    @property
    def number(self) -> int:
        """Their number; 0, which nobody has, when it cannot be read."""
        return int(self.cleaned_data["person"]) if self.is_valid() else 0
