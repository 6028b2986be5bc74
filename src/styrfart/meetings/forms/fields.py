"""Fields that the forms of this room share."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from styrfart.meetings.models import LONGEST, SHORTEST
from styrfart.people.models import Person

CLOCK = re.compile(r"(?:kl(?:ockan|\.)?)?(\d{1,2})(?:[.:]?(\d{2}))?")


def _between(words: Promise, low: int, high: int) -> str:
    return str(words) % {"low": low, "high": high}


# Filled in when it is read, in the language of the reader.
_filled = lazy(_between, str)


class ClockInput(forms.TextInput):
    """A text box in which a time stands as readers write it."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, dt.time):
            return formats.time_format(value, "TIME_FORMAT")
        shown: str | None = super().format_value(value)
        return shown


class ClockField(forms.TimeField):
    """A time of day: 9, 9.00, 09:00, 0900 and "klockan 9" are all read."""

    widget = ClockInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Skriv tiden som 09.00"),
        "required": _("Ange en tid"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Till exempel 09.00"))
        kwargs.setdefault("widget", ClockInput(attrs={"class": "input--number", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.time | None:
        if value in self.empty_values or isinstance(value, dt.time):
            return value or None
        match = CLOCK.fullmatch(re.sub(r"\s+", "", str(value).lower()))
        try:
            if match is None:
                raise ValueError(value)
            return dt.time(int(match[1]), int(match[2] or 0))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class MinutesField(forms.IntegerField):
    """How long a meeting or an item is."""

    def __init__(self, **kwargs: Any) -> None:
        low, high = kwargs.pop("shortest", SHORTEST), LONGEST
        kwargs.setdefault("min_value", low)
        kwargs.setdefault("max_value", high)
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "input--number", "inputmode": "numeric"}))
        wrong = _filled(_("Skriv ett helt antal minuter, %(low)s till %(high)s"), low, high)
        kwargs.setdefault(
            "error_messages",
            {"required": wrong, "invalid": wrong, "min_value": wrong, "max_value": wrong},
        )
        super().__init__(**kwargs)


class NumberField(forms.IntegerField):
    """A small whole number."""

    def __init__(self, *, lowest: int, highest: int, **kwargs: Any) -> None:
        wrong = _filled(_("Skriv ett helt tal, %(low)s till %(high)s"), lowest, highest)
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "input--number", "inputmode": "numeric"}))
        super().__init__(
            min_value=lowest,
            max_value=highest,
            error_messages={"required": wrong, "invalid": wrong, "min_value": wrong, "max_value": wrong},
            **kwargs,
        )


class TeammateField(forms.ChoiceField):
    """One of the people in the team, or `nobody` in words; clean value a person or None."""

    def __init__(self, *, nobody: str | Promise = "", **kwargs: Any) -> None:
        super().__init__(required=not nobody, **kwargs)
        self.nobody = nobody
        self.people: dict[str, Person] = {}

    def among(self, people: Iterable[Person], *, also: Person | None = None) -> None:
        """Who may be chosen; `also` whoever is chosen now, though no longer in the team."""
        listed = [*people]
        if also is not None and also not in listed:
            listed.append(also)
        self.people = {str(person.pk): person for person in listed}
        nobody = [("", self.nobody)] if self.nobody else []
        self.choices = [*nobody, *((pk, str(person)) for pk, person in self.people.items())]

    def prepare_value(self, value: Any) -> Any:
        return str(value.pk) if isinstance(value, Person) else value

    def clean(self, value: Any) -> Any:
        return self.people.get(super().clean(value))
