"""What is written in the load calendar by hand."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.load import rules
from styrfart.load.actions import Wish
from styrfart.load.fields import UnitsField
from styrfart.load.models import Claim, ClaimKind
from styrfart.people.models import Unit
from styrfart.people.standing import User
from styrfart.shared.forms import DayField, upon

LONGEST = dt.timedelta(days=366 * 3)
MOST_MINUTES = 60 * 40 * 52


def kinds() -> list[tuple[str, str]]:
    """Every kind, as a choice is written; a function, so that it speaks the reader's language."""
    return [(value, capfirst(str(label))) for value, label in ClaimKind.choices]


class OpenForm(forms.Form):
    """Which unit the reader comes from: `?enhet=<code>`."""

    enhet = forms.CharField(max_length=40, required=False)

    @property
    def code(self) -> str:
        return str(self.cleaned_data["enhet"]) if self.is_valid() else ""


class ClaimForm(forms.Form):
    """Something that takes people's time."""

    title = forms.CharField(
        label=_("Vad är det?"),
        max_length=120,
        error_messages={"required": _("Skriv vad det är")},
    )
    kind = forms.ChoiceField(
        label=_("Vilket slag?"),
        choices=kinds,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vilket slag det är")},
    )
    units = UnitsField(
        label=_("Vilka enheter berörs?"),
        help_text=_("En enhet på varje rad, kod eller namn. Allt under enheten räknas med."),
    )
    starts_on = DayField(label=_("Från och med"), error_messages={"required": _("Ange första dagen")})
    ends_on = DayField(label=_("Till och med"), error_messages={"required": _("Ange sista dagen")})
    minutes = forms.IntegerField(
        label=_("Minuter per person, sammanlagt"),
        min_value=0,
        max_value=MOST_MINUTES,
        widget=forms.TextInput(attrs={"class": "input--number", "inputmode": "numeric"}),
        help_text=_("För den som berörs, under hela tiden."),
        error_messages={
            "required": _("Skriv hur många minuter det tar för var och en"),
            "invalid": _("Skriv minuterna med siffror, till exempel 90"),
            "min_value": _("Skriv noll minuter eller mer"),
            "max_value": _("Så mycket tid finns inte. Kontrollera siffran"),
        },
    )
    people = forms.IntegerField(
        label=_("Antal personer"),
        min_value=1,
        max_value=2_000_000,
        required=False,
        widget=forms.TextInput(attrs={"class": "input--number", "inputmode": "numeric"}),
        help_text=_("Tomt: alla i enheterna."),
        error_messages={
            "invalid": _("Skriv antalet med siffror, eller lämna fältet tomt"),
            "min_value": _("Skriv minst en person, eller lämna fältet tomt"),
            "max_value": _("Så många arbetar inte här. Kontrollera siffran"),
        },
    )
    impact = forms.TypedChoiceField(
        label=_("Hur mycket ändrar det arbetet?"),
        coerce=int,
        choices=[
            ("0", _("Inte alls: det tar bara tid")),
            ("1", _("1 – knappt märkbart")),
            ("2", _("2 – lite")),
            ("3", _("3 – en hel del")),
            ("4", _("4 – mycket")),
            ("5", _("5 – det mesta blir annorlunda")),
        ],
        initial="0",
        error_messages={"required": _("Välj hur mycket det ändrar arbetet")},
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        field = self.fields["units"]
        assert isinstance(field, UnitsField)  # noqa: S101  # declared above
        field.user = user

    @classmethod
    def about(cls, claim: Claim, data: Any, *, user: User) -> "ClaimForm":
        """The form with what the claim says now."""
        names = ("title", "kind", "starts_on", "ends_on", "minutes", "people", "impact", "revision")
        known = {name: getattr(claim, name) for name in names} | {"units": list(claim.units.all())}
        return cls(data, user=user, initial=known)

    def clean_units(self) -> list[Unit]:
        units: list[Unit] = self.cleaned_data["units"]
        others = [unit.name for unit in units if not rules.can_write_for(self.user, unit)]
        if others:
            raise forms.ValidationError(
                gettext("Du kan bara skriva för enheter som du leder. Ta bort: %(names)s")
                % {"names": ", ".join(others)}
            )
        return units

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", gettext("Sista dagen ligger före den första. Välj en senare dag"))
        elif first and last and last - first > LONGEST:
            self.add_error("ends_on", gettext("Skriv högst tre år i taget"))
        return cleaned

    def wish(self) -> Wish:
        """As the action takes it."""
        names = ("title", "kind", "starts_on", "ends_on", "minutes", "people", "impact")
        return Wish(**{name: self.cleaned_data[name] for name in names})

    def moved_on(self, revision: int) -> None:
        """Say that somebody else was first; what was typed stays, and is saved upon the next try."""
        self.data = upon(self.data, revision)
