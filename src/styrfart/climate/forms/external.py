"""Results of others' instruments, one by one."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from styrfart.climate.actions.external import Few
from styrfart.climate.models import ExternalResult
from styrfart.climate.models.rounds import thresholds
from styrfart.climate.queries.instruments import teams_to_record_for, units_to_record_for
from styrfart.people.forms.fields import UnitField
from styrfart.people.models import Team, Unit
from styrfart.people.standing import User
from styrfart.shared.forms import DayField
from styrfart.shared.templatetags.words import in_words

# Names only. Their questions belong to others, and there is no field for them.
KNOWN = (
    "COPSOQ",
    "Chefoskopet",
    "Effect",
    "GDQ",
    "NKI",
    "QPSNordic",
    "Serviceindex",
    "Team Diagnostic Survey",
)


class KnownInput(forms.TextInput):
    """A box with the names that are known; any other may be written."""

    template_name = "climate/instruments/known.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "known": KNOWN}


class ResultForm(forms.Form):
    """One figure."""

    instrument = forms.CharField(
        label=_("Vilket instrument?"),
        help_text=_("Bara namnet. Frågorna tillhör den som har skrivit dem och skrivs inte in här."),
        max_length=60,
        widget=KnownInput(attrs={"list": "known-instruments"}),
        error_messages={"required": _("Skriv vad instrumentet heter")},
    )
    unit = UnitField(
        label=_("Enhet"), required=False, help_text=_("Namn eller kod. Lämna tomt för en ledningsgrupp.")
    )
    team = forms.ModelChoiceField(
        label=_("Ledningsgrupp"), queryset=Team.objects.none(), required=False, empty_label=_("Ingen vald")
    )
    measured_on = DayField(label=_("När mättes det?"), error_messages={"required": _("Ange när det mättes")})
    measure = forms.CharField(
        label=_("Vilket mått?"),
        help_text=_("Till exempel Socialt stöd, eller Stadium."),
        max_length=60,
        error_messages={"required": _("Skriv vad måttet heter")},
    )
    value = forms.CharField(
        label=_("Värde"),
        max_length=12,
        widget=forms.TextInput(attrs={"class": "input--number", "inputmode": "decimal"}),
        error_messages={"required": _("Skriv värdet som ett tal")},
    )
    scale = forms.CharField(
        label=_("Skala"),
        help_text=_("Till exempel 0–100, högre är bättre."),
        max_length=80,
        error_messages={"required": _("Skriv vilken skala värdet har")},
    )
    answers = forms.IntegerField(
        label=_("Antal svar"),
        widget=forms.TextInput(attrs={"class": "input--number", "inputmode": "numeric"}),
        max_value=1_000_000,
        error_messages={
            "required": _("Skriv hur många som svarade"),
            "invalid": _("Skriv antalet svar som ett heltal"),
        },
    )
    source = forms.CharField(
        label=_("Källa"),
        help_text=_("Vem mätte, och var rapporten finns."),
        max_length=200,
        error_messages={"required": _("Skriv var resultatet kommer ifrån")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.least, _least_text = thresholds()
        self.fields["answers"].help_text = _now("Minst %(least)s. Resultat från färre tas inte emot.") % {
            "least": self.least
        }
        cast("UnitField", self.fields["unit"]).user = user
        cast("forms.ModelChoiceField[Team]", self.fields["team"]).queryset = teams_to_record_for(user)

    def clean_measured_on(self) -> dt.date:
        """A day that has been."""
        day: dt.date = self.cleaned_data["measured_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Välj en dag som har varit"))
        return day

    def clean_answers(self) -> int:
        """As many as the product itself would show a figure of."""
        answers: int = self.cleaned_data["answers"]
        if answers < self.least:
            raise ValidationError(too_few(self.least))
        return answers

    def clean_value(self) -> Decimal:
        """A number as people write one."""
        return read_value(self.cleaned_data["value"])

    def clean_unit(self) -> Unit | None:
        """One of those whose results the user may write down."""
        unit: Unit | None = self.cleaned_data["unit"]
        if unit is not None and not units_to_record_for(self.user).filter(pk=unit.pk).exists():
            raise ValidationError(_("Du kan bara skriva in resultat för enheter som du leder"))
        return unit

    def clean(self) -> dict[str, Any]:
        """One of unit and team, and nothing that is there already."""
        found = super().clean() or {}
        if not self.errors and bool(found["unit"]) == bool(found["team"]):
            self.add_error("unit", _("Ange antingen en enhet eller en ledningsgrupp"))
        if not self.errors and _is_there(found):
            self.add_error("measure", _("Det måttet är redan inskrivet för den dagen"))
        return found


def _is_there(found: dict[str, Any]) -> bool:
    names = ("instrument", "measure", "measured_on", "unit", "team")
    return ExternalResult.objects.filter(**{name: found[name] for name in names}).exists()


def read_value(text: str) -> Decimal:
    """ "71,5" → 71.5; raises `ValidationError`."""
    try:
        value = Decimal(text.strip().replace(",", ".").replace("−", "-"))
    except InvalidOperation as error:
        raise ValidationError(_("Skriv värdet som ett tal, till exempel 71,5")) from error
    if not value.is_finite() or abs(value) >= 1_000_000 or value != round(value, 2):
        raise ValidationError(_("Skriv värdet med högst två decimaler"))
    return value


def few_left(few: Few) -> str:
    """Why a figure is not taken, and what to do."""
    said = ngettext(
        "%(unit)s har %(answers)s svar och enheterna under har %(below)s. Då går det att räkna ut vad den "
        "enda som blir över svarade. Utelämna %(unit)s eller någon av enheterna under",
        "%(unit)s har %(answers)s svar och enheterna under har %(below)s. Då går det att räkna ut resultatet "
        "för de %(left)s som blir över. Utelämna %(unit)s eller någon av enheterna under",
        few.answers - few.below,
    )
    left = in_words(few.answers - few.below)
    return said % {"unit": few.unit, "answers": few.answers, "below": few.below, "left": left}


def too_few(least: int) -> str:
    """That a figure is of too few."""
    return _now("Resultat från färre än %(least)s svar tas inte emot") % {"least": least}
