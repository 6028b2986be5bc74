"""What is written about the annual wheel."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import dates, timezone
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.matters.fields import capitalised
from styrfart.meetings.actions import WheelValues
from styrfart.meetings.forms.fields import NumberField
from styrfart.meetings.forms.recurring import RecurringItemForm
from styrfart.meetings.models import ReportingPeriod, WheelItem
from styrfart.shared.forms import DayField, upon
from styrfart.shared.templatetags.words import day_short

EARLIEST, LATEST = 2020, 2100
# The longest each month may be; a shorter February, or the 31st in a shorter month, is its last day.
LEAP_YEAR = 2024
_capital_first = lazy(capfirst, str)
_same_day_every_year = lazy(day_short, str)

AS_USUAL, OTHER_DAY, SKIPPED = "som-vanligt", "annan-dag", "hoppas-over"


class YearForm(forms.Form):
    """Which year is shown: `?ar=2027`."""

    ar = forms.IntegerField(required=False, min_value=EARLIEST, max_value=LATEST)

    @property
    def year(self) -> int:
        """The year asked for; this one when it cannot be read."""
        asked = self.cleaned_data.get("ar") if self.is_valid() else None
        return asked or timezone.localdate().year


class WheelItemForm(RecurringItemForm):
    """What comes back every year; carries the revision that its page showed."""

    field_order = ("revision", "title", "period", "day", "month", "weeks_before")

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    period = forms.ChoiceField(
        label=_("Hör till"),
        choices=capitalised(ReportingPeriod),
        error_messages={"required": _("Välj vad punkten hör till")},
    )
    day = NumberField(label=_("Dag i månaden"), lowest=1, highest=31)
    month = forms.TypedChoiceField(
        label=_("Månad"),
        coerce=int,
        choices=[(number, _capital_first(name)) for number, name in dates.MONTHS.items()],
        error_messages={"required": _("Välj en månad")},
    )
    weeks_before = NumberField(
        label=_("Tas upp på ett möte, veckor före"),
        lowest=0,
        highest=26,
        help_text=_("Så tidigt får punkten stå på en dagordning."),
    )

    @classmethod
    def initial_of(cls, item: WheelItem) -> dict[str, Any]:
        """What the form shows of an item that there is."""
        return {name: getattr(item, name) for name in [*WheelValues.__dataclass_fields__, "revision"]}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        day, month = cleaned.get("day"), cleaned.get("month")
        if day and month:
            try:
                dt.date(LEAP_YEAR, month, day)
            except ValueError:
                self.add_error("day", gettext("Så många dagar har inte månaden. Skriv en dag som finns"))
        return cleaned

    def values(self) -> WheelValues:
        """As the actions take them."""
        return WheelValues(**{name: self.cleaned_data[name] for name in WheelValues.__dataclass_fields__})

    def have_read(self, revision: int) -> None:
        """The next try is against what there is now."""
        self.data = upon(self.data, revision)


class WheelYearForm(forms.Form):
    """What one year does differently."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    what = forms.ChoiceField(
        label=_("Det året"),
        choices=[
            (AS_USUAL, _("Som andra år")),
            (OTHER_DAY, _("En annan dag")),
            (SKIPPED, _("Hoppas över")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad som gäller det året")},
    )
    due_on = DayField(label=_("Vilken dag?"), required=False)
    note = forms.CharField(label=_("Varför?"), max_length=200, required=False)

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        what, day = cleaned.get("what"), cleaned.get("due_on")
        if what == OTHER_DAY and not day and "due_on" not in self.errors:
            self.add_error("due_on", gettext("Skriv vilken dag"))
        if what == OTHER_DAY and day and day.year != self.year:
            self.add_error("due_on", gettext("Välj en dag under %(year)s") % {"year": self.year})
        if what == SKIPPED and not cleaned.get("note"):
            self.add_error("note", gettext("Skriv varför punkten hoppas över"))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """As the action takes them."""
        cleaned = self.cleaned_data
        return {
            "due_on": cleaned["due_on"] if cleaned["what"] == OTHER_DAY else None,
            "is_skipped": cleaned["what"] == SKIPPED,
            "note": cleaned["note"] if cleaned["what"] != AS_USUAL else "",
        }

    def have_read(self, revision: int) -> None:
        """The next try is against what there is now."""
        self.data = upon(self.data, revision)


class EndWheelForm(forms.Form):
    """From which year an item is no longer on the wheel."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    from_year = NumberField(
        label=_("Från och med vilket år?"),
        lowest=EARLIEST,
        highest=LATEST,
        help_text=_("Tidigare år behåller punkten."),
    )

    def have_read(self, revision: int) -> None:
        """The next try is against what there is now."""
        self.data = upon(self.data, revision)


class StartWheelForm(forms.Form):
    """Which of the usual items a wheel begins with."""

    items = forms.MultipleChoiceField(
        label=_("Vad återkommer hos er?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst en punkt")},
    )

    def __init__(self, *args: Any, offered: Mapping[str, WheelValues], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        field = self.fields["items"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # declared above
        field.choices = [(key, each.title) for key, each in offered.items()]
        field.hints = {  # type: ignore[attr-defined]  # read by the template of a field
            key: _same_day_every_year(dt.date(LEAP_YEAR, each.month, each.day))
            for key, each in offered.items()
        }

    def chosen(self) -> list[WheelValues]:
        """As the action takes them."""
        return [self.offered[key] for key in self.cleaned_data["items"]]
