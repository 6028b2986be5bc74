"""A field for several units, one on each line; also for rooms above that ask where something is to be."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from styrfart.people.forms.fields import UnitField
from styrfart.people.models import Unit
from styrfart.people.standing import User

MOST_UNITS = 200


class UnitsField(forms.CharField):
    """Units by code or name, one on each line; `user` is who asks, set by the form. Clean: a list."""

    user: User
    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Skriv kod eller namn, en enhet på varje rad."))
        kwargs.setdefault("max_length", 20_000)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}))
        kwargs.setdefault("error_messages", {"required": _("Ange minst en enhet")})
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(each.code if isinstance(each, Unit) else str(each) for each in value)

    def clean(self, value: Any) -> list[Unit]:
        text = super().clean(value)
        lines = [line.strip() for line in re.split(r"[\r\n;]+", text or "") if line.strip()]
        if len(lines) > MOST_UNITS:
            raise ValidationError(_("Skriv högst tvåhundra enheter"))
        one = UnitField()
        one.user = self.user
        found: dict[int, Unit] = {}
        faults: list[str] = []
        for line in lines:
            try:
                unit = one.clean(line)
            except ValidationError as error:
                faults += [f"{line}: {message}" for message in error.messages]
            else:
                if unit is not None:
                    found[unit.pk] = unit
        if faults:
            raise ValidationError(faults)
        return list(found.values())
