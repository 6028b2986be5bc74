"""Fields that this room's forms share."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise, lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from styrfart.people import queries
from styrfart.people.models import Person, Unit
from styrfart.people.standing import User

_ADDRESS = re.compile(r"[^\s,;()<>]+@[^\s,;()<>]+")
capital_first = lazy(capfirst, str)


class HintedField(forms.ChoiceField):
    """Radio buttons, each with a line that says what it means."""

    widget = forms.RadioSelect

    def __init__(self, *, hints: Mapping[str, Promise | str] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hints = hints or {}


class KnownForm(forms.Form):
    """A form that carries a mark of what it was filled from, so that two tabs lose nothing."""

    known = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def known_now(self) -> str:
        """The mark that an untouched form would carry."""
        return str(self.initial["known"])

    def refuse(self, fault: str, known: str) -> None:
        """Say that somebody else was first; the next try is against what there is now, `known`."""
        self.add_error(None, fault)
        self.data = {**{name: self.data.get(name) for name in self.data}, self.add_prefix("known"): known}


class PersonField(forms.CharField):
    """A person at work, by name or address; `user` is who asks, set by the form."""

    user: User

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Skriv namn eller e-postadress."))
        kwargs.setdefault("max_length", 300)
        kwargs.setdefault("error_messages", {"required": _("Ange en person")})
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Person | None:
        text = super().clean(value)
        if not text:
            return None
        address = _ADDRESS.search(text)
        hits = queries.find_people(self.user, address[0] if address else text)
        if not hits:
            raise ValidationError(
                _("Ingen person hittades. Kontrollera stavningen eller skriv e-postadressen")
            )
        if len(hits) > 1:
            names = "; ".join(f"{hit.label} ({hit.person.email or '–'})" for hit in hits[:5])
            raise ValidationError(
                _("Flera personer passar. Skriv en av adresserna: %(names)s") % {"names": names}
            )
        return hits[0].person


class UnitField(forms.CharField):
    """One unit of today, by code or name; `user` is who asks, set by the form."""

    user: User

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Skriv enhetens kod eller namn."))
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("error_messages", {"required": _("Ange en enhet")})
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Unit) else value

    def clean(self, value: Any) -> Unit | None:
        text = super().clean(value)
        if not text:
            return None
        with suppress(Http404):
            unit = queries.unit_for(self.user, text)
            if unit.is_valid_on(timezone.localdate()):
                return unit
        hits = queries.search_units(self.user, text)
        exact = [unit for unit in hits if text.casefold() in {unit.code.casefold(), unit.name.casefold()}]
        found = exact or hits
        if not found:
            raise ValidationError(_("Ingen enhet hittades. Kontrollera koden eller namnet"))
        if len(found) > 1:
            names = "; ".join(f"{unit.name}: {unit.code}" for unit in found[:5])
            raise ValidationError(
                _("Flera enheter passar. Skriv en av koderna: %(names)s") % {"names": names}
            )
        return found[0]


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """One to three files; the clean value is a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        given: Iterable[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        files: list[UploadedFile[Any]] = [
            super(FilesField, self).clean(each, initial) for each in given if each
        ]
        if not files:
            raise ValidationError(_("Välj en fil"), code="required")
        if len(files) > 3:
            raise ValidationError(_("Välj en arbetsbok eller högst tre CSV-filer"))
        return files
