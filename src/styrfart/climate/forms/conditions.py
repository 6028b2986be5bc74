"""Whose posts are looked at."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from styrfart.people.forms.fields import UnitField
from styrfart.people.standing import User


class WhichUnitForm(forms.Form):
    """`?enhet=E12`; a name finds it, too."""

    enhet = UnitField(label=_("Enhet"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("UnitField", self.fields["enhet"]).user = user

    @property
    def code(self) -> str:
        """The unit's code; empty when none was named or none was found."""
        unit = self.cleaned_data.get("enhet") if self.is_valid() else None
        return unit.code if unit else ""
