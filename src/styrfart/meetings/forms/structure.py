"""What is written about kinds of meeting and their standing items."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrfart.meetings.actions import ItemValues, KindValues
from styrfart.meetings.forms.fields import MinutesField, NumberField
from styrfart.meetings.forms.recurring import RecurringItemForm
from styrfart.meetings.models import MeetingKind, StandingItem
from styrfart.shared.forms import DayField, upon

WORKDAYS = 30


class WhichForm(forms.Form):
    """Which starting point a new kind begins from."""

    mall = forms.CharField(max_length=30, required=False)


class KindForm(forms.Form):
    """What holds for every meeting of a kind; carries the revision that its page showed."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Namn"), max_length=80, error_messages={"required": _("Skriv vad mötet heter")}
    )
    purpose = forms.CharField(
        label=_("Vad mötet är till för"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv vad mötet är till för")},
    )
    minutes = MinutesField(label=_("Längd i minuter"))
    place = forms.CharField(label=_("Plats"), max_length=120, required=False)
    call_days = NumberField(label=_("Kallelsen går ut, arbetsdagar före"), lowest=0, highest=WORKDAYS)
    lead_days = NumberField(label=_("Underlagen är klara, arbetsdagar före"), lowest=0, highest=WORKDAYS)
    approve_days = NumberField(
        label=_("Anteckningarna godkänns inom, arbetsdagar"), lowest=1, highest=WORKDAYS
    )
    has_adjuncts = forms.BooleanField(label=_("Adjungerade är med"), required=False)
    has_check_in = forms.BooleanField(label=_("Börja med incheckning"), required=False)
    has_wrap_up = forms.BooleanField(label=_("Sluta med avrundning"), required=False)
    has_silent_round = forms.BooleanField(
        label=_("I rundan visas svaren först när alla har svarat"), required=False
    )
    has_checker = forms.BooleanField(label=_("En justerare läser anteckningarna"), required=False)

    @classmethod
    def initial_of(cls, kind: MeetingKind) -> dict[str, Any]:
        """What the form shows of a kind that there is."""
        names = [*KindValues.__dataclass_fields__, "revision"]
        return {name: getattr(kind, name) for name in names}

    def values(self) -> KindValues:
        """As the actions take them."""
        return KindValues(**{name: self.cleaned_data[name] for name in KindValues.__dataclass_fields__})

    def have_read(self, revision: int) -> None:
        """The next try is against what there is now."""
        self.data = upon(self.data, revision)


class EndKindForm(forms.Form):
    """The last day of a kind, and why."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    last_day = DayField(label=_("Sista dag"))
    reason = forms.CharField(
        label=_("Varför slutar ni?"),
        max_length=200,
        help_text=_("De som väntas på möten efter den dagen får läsa det."),
        error_messages={"required": _("Skriv varför ni slutar")},
    )

    def have_read(self, revision: int) -> None:
        """The next try is against what there is now."""
        self.data = upon(self.data, revision)


class StandingItemForm(RecurringItemForm):
    """What every meeting of a kind takes up."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def initial_of(cls, item: StandingItem) -> dict[str, Any]:
        """What the form shows of an item that there is."""
        return {name: getattr(item, name) for name in ItemValues.__dataclass_fields__} | {
            "revision": item.kind.revision
        }

    def values(self) -> ItemValues:
        """As the actions take them."""
        return ItemValues(**{name: self.cleaned_data[name] for name in ItemValues.__dataclass_fields__})

    def have_read(self, revision: int) -> None:
        """The next try is against what there is now."""
        self.data = upon(self.data, revision)


class StepForm(forms.Form):
    """Which way an item is moved."""

    flytta = forms.ChoiceField(choices=[("upp", "-1"), ("ned", "1")])

    @property
    def step(self) -> int:
        """-1 up, 1 down, 0 when it cannot be read."""
        return {"upp": -1, "ned": 1}[self.cleaned_data["flytta"]] if self.is_valid() else 0
