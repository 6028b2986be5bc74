"""What is written to plan, change and end a series of meetings."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.matters.fields import capitalised
from styrfart.meetings.forms.fields import ClockField
from styrfart.meetings.models import Rhythm, Series
from styrfart.meetings.queries.planning import Preview, SeriesDay
from styrfart.shared.forms import DayField
from styrfart.shared.templatetags.words import weekday

# A series is planned for a year and a bit at most: then it is time to look at the structure again.
LONGEST_SERIES = dt.timedelta(days=400)
HOLD, MOVE, SKIP = "halls", "flyttas", "hoppas-over"


class SeriesForm(forms.Form):
    """When the meetings of a kind recur."""

    rhythm = forms.ChoiceField(
        label=_("Hur ofta?"),
        choices=[each for each in capitalised(Rhythm) if each[0] != Rhythm.SINGLE],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur ofta ni möts")},
    )
    first_on = DayField(label=_("Första mötet"), help_text=_("Dagen avgör också veckodagen."))
    last_on = DayField(label=_("Till och med"))
    starts_at = ClockField(label=_("Börjar"))
    skips_july = forms.BooleanField(label=_("Inga möten i juli"), required=False, initial=True)

    def clean_first_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["first_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(gettext("Dagen har redan varit. Välj en dag från och med i dag"))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", gettext("Sista dagen ligger före den första"))
        elif first and last and last - first > LONGEST_SERIES:
            self.add_error("last_on", gettext("Planera högst ett år i taget"))
        return cleaned


class RestOfSeriesForm(SeriesForm):
    """Another rhythm, hour or end from a day on."""

    from_day = DayField(label=_("Ändra möten från och med"))
    field_order = ("from_day", "rhythm", "first_on", "last_on", "starts_at", "skips_july")

    def __init__(self, data: Any = None, *, series: Series) -> None:
        today = timezone.localdate()
        initial = {
            "from_day": max(today, series.first_on),
            "rhythm": series.rhythm,
            "last_on": series.last_on,
            "starts_at": series.starts_at,
        }
        super().__init__(data, initial=initial)

    def clean_from_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["from_day"]
        if day < timezone.localdate():
            raise forms.ValidationError(gettext("Det som har varit ändras inte. Välj i dag eller senare"))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        since, first = cleaned.get("from_day"), cleaned.get("first_on")
        if since and first and first < since:
            self.add_error("first_on", gettext("Första mötet ligger före den dag som ändringen gäller från"))
        return cleaned


class EndSeriesForm(forms.Form):
    """From when a series is not held, and why."""

    from_day = DayField(label=_("Inga möten från och med"))
    reason = forms.CharField(
        label=_("Varför?"), max_length=200, error_messages={"required": _("Skriv varför ni slutar")}
    )

    def clean_from_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["from_day"]
        if day < timezone.localdate():
            raise forms.ValidationError(gettext("Det som har varit ändras inte. Välj i dag eller senare"))
        return day


class DaysForm(forms.Form):
    """What becomes of each day of a series: held, moved or left out."""

    marks_optional = False

    def __init__(self, *args: Any, preview: Preview, skips_july: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = preview.days
        for day in preview.days:
            choices = [(HOLD, gettext("Hålls"))]
            if day.move_to:
                choices.append((MOVE, gettext("Flyttas till %(day)s") % {"day": weekday(day.move_to)}))
            choices.append((SKIP, gettext("Hoppas över")))
            self.fields[name_of(day)] = forms.ChoiceField(
                label=weekday(day.slot), choices=choices, initial=proposed(day, skips_july=skips_july)
            )

    @property
    def is_answered(self) -> bool:
        """Whether the page that was sent showed these very days."""
        return bool(self.days) and all(name_of(day) in self.data for day in self.days)

    def rows(self) -> list[tuple[SeriesDay, Any]]:
        """Each day with its field."""
        return [(day, self[name_of(day)]) for day in self.days]

    def chosen(self) -> list[tuple[dt.date, dt.date]]:
        """(day of the rhythm, day it is held), without those that are left out."""
        found = []
        for day in self.days:
            choice = self.cleaned_data[name_of(day)]
            if choice == HOLD:
                found.append((day.slot, day.slot))
            elif choice == MOVE and day.move_to:
                found.append((day.slot, day.move_to))
        return found

    def proposed_number(self) -> int:
        """How many meetings there are when nothing is changed in the proposal."""
        return sum(self[name_of(day)].value() != SKIP for day in self.days)


def name_of(day: SeriesDay) -> str:
    return f"dag-{day.slot.isoformat()}"


def proposed(day: SeriesDay, *, skips_july: bool) -> str:
    """A red day is moved to the nearest workday; July is left out when the team wants that."""
    if day.is_july and skips_july:
        return SKIP
    if day.is_red:
        return MOVE if day.move_to else SKIP
    return HOLD
