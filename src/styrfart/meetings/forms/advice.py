"""Asking for advice, and giving it."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.matters.fields import PersonField
from styrfart.meetings.deadlines import workdays_before
from styrfart.meetings.models import Meeting
from styrfart.people.standing import User
from styrfart.shared.forms import DayField


class AskAdviceForm(forms.Form):
    """Of whom, what, and by when."""

    asked_of = PersonField(label=_("Vem vill du ha råd av?"))
    question = forms.CharField(
        label=_("Vad vill du ha råd om?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv vad du vill ha råd om")},
    )
    answer_by = DayField(label=_("Svar senast"))

    def __init__(self, *args: Any, meeting: Meeting, user: User, **kwargs: Any) -> None:
        self.meeting = meeting
        kwargs.setdefault("initial", {}).setdefault("answer_by", _a_day_before(meeting))
        super().__init__(*args, **kwargs)
        cast("PersonField", self.fields["asked_of"]).user = user

    def clean_answer_by(self) -> dt.date:
        """Between today and the day of the meeting."""
        day: dt.date = self.cleaned_data["answer_by"]
        if not timezone.localdate() <= day <= self.meeting.held_on:
            raise ValidationError(_("Välj en dag från i dag till mötets dag"))
        return day


class GiveAdviceForm(forms.Form):
    """The advice itself."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Ditt råd"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Alla som är med på mötet läser det. Det sparas tillsammans med punkten."),
        error_messages={"required": _("Skriv ditt råd, eller säg att du inte kan ge något")},
    )


def _a_day_before(meeting: Meeting) -> dt.date:
    return max(workdays_before(meeting.held_on, 1), timezone.localdate())
