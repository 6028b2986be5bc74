"""Whose posts are looked at, and the limits of how many a manager leads."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from styrfart.climate.models.conditions import MOST_LED, Limits
from styrfart.climate.queries.spans import SpanLimitsPage
from styrfart.people.forms.fields import UnitField
from styrfart.people.standing import User


class WhichUnitForm(forms.Form):
    """`?enhet=E12`; a name finds it, too."""

    enhet = UnitField(label=_("Enhet"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("UnitField", self.fields["enhet"]).user = user

    @property
    def code(self) -> str:
        """The unit's code; empty when none was named or none was found."""
        unit = self.cleaned_data.get("enhet") if self.is_valid() else None
        return unit.code if unit else ""


def _number(label: Any, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=1,
        max_value=MOST_LED,
        widget=forms.TextInput(attrs={"class": "input--number", "inputmode": "numeric"}),
        error_messages={
            "required": _("Skriv hur många personer"),
            "invalid": _("Skriv antalet med siffror, till exempel 20"),
            "min_value": _("Skriv minst en person"),
            "max_value": _("Så många leder ingen. Kontrollera siffran"),
        },
    )


class SpanLimitsForm(forms.Form):
    """Three limits, each higher than the one before."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    note = _number(_("Att se över vid fler än"), _("Antal personer, inte heltider."))
    yellow = _number(_("Ansträngt vid fler än"))
    red = _number(_("För många vid fler än"))

    def __init__(self, *args: Any, page: SpanLimitsPage, **kwargs: Any) -> None:
        now = page.own.limits if page.own else page.otherwise
        kwargs["initial"] = now._asdict() | {"revision": page.own.revision if page.own else 0}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, before in (("yellow", "note"), ("red", "yellow")):
            if name in cleaned and before in cleaned and cleaned[name] <= cleaned[before]:
                self.add_error(name, _("Skriv ett högre antal än i rutan före"))
                break
        return cleaned

    @property
    def limits(self) -> Limits:
        """As the action takes them."""
        return Limits(*(self.cleaned_data[name] for name in Limits._fields))
