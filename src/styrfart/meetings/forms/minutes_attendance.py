"""Somebody's attendance, as it is corrected while the minutes are written."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.meetings.models import THERE, Attendee, Presence
from styrfart.meetings.queries.minutes_writing import known_of, moment_of
from styrfart.shared.forms import Select
from styrfart.shared.templatetags.words import clock

CLOCK = ["%H.%M", "%H:%M"]


class CorrectAttendanceForm(forms.Form):
    """Whether somebody was there; from when to when, or why not."""

    presence = forms.ChoiceField(label=_("Närvaro"), widget=Select)
    excuse = forms.CharField(label=_("Skäl till frånvaro"), max_length=120, required=False)
    arrived = forms.TimeField(
        label=_("Kom"), input_formats=CLOCK, required=False, help_text=_("Till exempel 09.15")
    )
    left = forms.TimeField(label=_("Gick"), input_formats=CLOCK, required=False)
    known = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, attendee: Attendee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attendee = attendee
        shown = (Presence.PRESENT, Presence.REMOTE, Presence.ABSENT)
        field = self.fields["presence"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared so above
        field.choices = [(each.value, str(each.label).capitalize()) for each in shown]
        for name in ("arrived", "left"):
            self.fields[name].error_messages["invalid"] = gettext("Skriv tiden som 09.15")
        self.initial = {
            "presence": attendee.presence if attendee.presence in shown else Presence.ABSENT,
            "excuse": attendee.excuse,
            "arrived": clock(attendee.arrived_at),
            "left": clock(attendee.left_at),
            "known": known_of(attendee),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("presence") not in THERE:
            data["arrived"] = data["left"] = None
        arrived, left = data.get("arrived"), data.get("left")
        meeting = self.attendee.meeting
        if arrived and left and moment_of(meeting, left) < moment_of(meeting, arrived):
            self.add_error("left", gettext("Ange en tid efter den då personen kom"))
        return data

    def upon(self, attendee: Attendee) -> "CorrectAttendanceForm":
        """What was typed, now upon what another saved meanwhile; says what that is."""
        form = CorrectAttendanceForm(
            {**{name: self.data.get(name, "") for name in self.fields}, "known": known_of(attendee)},
            attendee=attendee,
        )
        form.is_valid()
        form.add_error(
            None,
            gettext("Någon har rättat närvaron medan du skrev. Nu står det: %(now)s.")
            % {"now": _in_words(attendee)},
        )
        return form


def _in_words(attendee: Attendee) -> str:
    words = [str(Presence(attendee.presence).label), attendee.excuse]
    times = [clock(timezone.localtime(at)) for at in (attendee.arrived_at, attendee.left_at) if at]
    return ", ".join(filter(None, [*words, "–".join(times)]))
