"""How lists are narrowed down, and which decisions have been reported to the committee."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.decisions import actions
from styrfart.decisions.forms.following import REFUSALS
from styrfart.decisions.models import Decision, DecisionStep
from styrfart.decisions.queries import LogFilter
from styrfart.people.models import Team
from styrfart.shared.forms import DayField, Select


class LogForm(forms.Form):
    """The log by words, year, step and owner; only the late ones."""

    marks_optional = False
    sok = forms.CharField(label=_("Ord i beslutet"), max_length=100, required=False)
    ar = forms.TypedChoiceField(label=_("År"), coerce=int, required=False, empty_value=None, widget=Select)
    steg = forms.TypedChoiceField(
        label=_("Steg"), coerce=int, required=False, empty_value=None, widget=Select
    )
    agare = forms.TypedChoiceField(
        label=_("Ägare"), coerce=int, required=False, empty_value=None, widget=Select
    )
    sena = forms.BooleanField(label=_("Bara sena"), required=False)

    def __init__(
        self, *args: Any, years: Iterable[int], owners: Iterable[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, list[Any]] = {
            "ar": [(year, str(year)) for year in years],
            "steg": [(step.value, str(step.label)) for step in DecisionStep],
            "agare": list(owners),
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # all three are
            field.choices = [("", gettext("Alla")), *choices]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything has been asked for, readable or not."""
        return any(self.data.get(name) for name in self.fields)

    def narrowed(self) -> LogFilter:
        """What was asked for; a value that cannot be read narrows nothing."""
        self.is_valid()
        data = getattr(self, "cleaned_data", {})
        return LogFilter(
            text=data.get("sok", ""),
            year=data.get("ar"),
            step=DecisionStep(data["steg"]) if data.get("steg") else None,
            owner_id=data.get("agare"),
            is_late=bool(data.get("sena")),
        )


class PeriodForm(forms.Form):
    """From which day to which, and whether what has been reported is shown too."""

    marks_optional = False
    fran = DayField(label=_("Från och med"), required=False, help_text="")
    till = DayField(label=_("Till och med"), required=False, help_text="")
    alla = forms.BooleanField(label=_("Visa även dem som har anmälts"), required=False)

    def limits(self) -> dict[str, Any]:
        """What was asked for, as keywords for `queries.to_report`; an unreadable day limits nothing."""
        self.is_valid()
        data = self.cleaned_data
        return {
            "first": data.get("fran"),
            "last": data.get("till"),
            "with_reported": bool(data.get("alla")),
        }


class ReportedForm(forms.Form):
    """Which decisions the committee has been told of, and on which day."""

    decisions = forms.ModelMultipleChoiceField(
        queryset=Decision.objects.none(),
        label=_("Beslut"),
        error_messages={
            "required": _("Välj minst ett beslut"),
            "invalid_choice": _("Någon har redan anmält ett av besluten. Läs listan igen."),
            "invalid_pk_value": _("Någon har redan anmält ett av besluten. Läs listan igen."),
        },
    )
    reported_on = DayField(label=_("Anmält till nämnden"))

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decisions"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101  # declared so above
        field.queryset = Decision.objects.filter(
            team=team, is_to_be_reported=True, reported_on=None, withdrawn_at=None
        )

    @property
    def chosen(self) -> set[str]:
        """The ids that were ticked, so that they stay so when something is wrong."""
        return {str(pk) for pk in self["decisions"].value() or ()}

    def clean_reported_on(self) -> Any:
        reported_on = self.cleaned_data["reported_on"]
        if reported_on > timezone.localdate():
            raise forms.ValidationError(gettext("Ange en dag som inte ligger framåt i tiden"))
        return reported_on

    def refuse(self, refusal: actions.DecisionRefused) -> None:
        """Say why nothing was marked."""
        words = REFUSALS[type(refusal)]
        if isinstance(refusal, actions.DatesAreOutOfOrder):
            words = gettext("Ange dagen då besluten fattades eller en senare dag")
        self.add_error("reported_on" if isinstance(refusal, actions.DatesAreOutOfOrder) else None, words)
