"""Fields that take a person, units or files as people write and choose them, with and without a script."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from styrfart.people import queries as people
from styrfart.people.models import Person, Unit
from styrfart.people.queries import PersonHit
from styrfart.people.standing import User

_ADDRESS = re.compile(r"[^\s,;()<>]+@[^\s,;()<>]+")
_PICKED = "-vald"


_capital_first = lazy(capfirst, str)


def capitalised(choices: type[TextChoices]) -> list[tuple[str, Any]]:
    """Choices as lines of their own: the words of a list begin with a capital letter."""
    return [(choice.value, _capital_first(choice.label)) for choice in choices]


def labelled(unit: Unit) -> str:
    """How a unit stands in a text box."""
    return f"{unit.name}, {unit.code}"


def written(person: Person) -> str:
    """How a person stands in a text box, so that the same text finds them again."""
    return f"{person.full_name}, {person.email}" if person.email else person.full_name


class PersonInput(forms.TextInput):
    """A box for a name, with suggestions while one writes; radio buttons when several are meant."""

    template_name = "matters/widgets/person.html"
    hits: Sequence[PersonHit] = ()

    def format_value(self, value: Any) -> str | None:
        return written(value) if isinstance(value, Person) else super().format_value(value)

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, UploadedFile[bytes]], name: str
    ) -> Any:
        picked = data.get(f"{name}{_PICKED}")
        text = super().value_from_datadict(data, files, name)
        return f"#{picked} {text or ''}" if picked else text

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        if isinstance(value, str) and value.startswith("#"):
            value = value.partition(" ")[2]
        context = super().get_context(name, value, attrs)
        suggest = reverse("matters:suggest-people")
        return {**context, "hits": self.hits, "picked": f"{name}{_PICKED}", "suggest": suggest}


class PersonField(forms.Field):
    """A person at work, by name or address; asks which one when several have the name."""

    widget = PersonInput
    user: User

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Skriv namn eller e-postadress"))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, Person) else value

    def clean(self, value: Any) -> Person | None:
        text = str(value or "").strip()
        if not text:
            if self.required:
                raise ValidationError(_("Ange en person"), code="required")
            return None
        return self._picked(text) if text.startswith("#") else self._named(text)

    def _picked(self, text: str) -> Person:
        number, _space, name = text[1:].partition(" ")
        for hit in self._hits(name):
            if str(hit.person.pk) == number:
                return hit.person
        return self._named(name)

    def _named(self, text: str) -> Person:
        hits = self._hits(text)
        if not hits:
            raise ValidationError(
                _("Ingen person hittades. Kontrollera stavningen eller skriv e-postadressen")
            )
        if len(hits) > 1:
            self.widget.hits = hits
            raise ValidationError(_("Flera personer passar. Välj en av dem"))
        return hits[0].person

    def _hits(self, text: str) -> list[PersonHit]:
        address = _ADDRESS.search(text)
        return people.find_people(self.user, address[0] if address else text)


class UnitInput(forms.TextInput):
    """A box for the name of a unit, with suggestions while one writes."""

    template_name = "matters/widgets/unit.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "suggest": reverse("matters:suggest-units")}


class UnitField(forms.Field):
    """One unit of today, by name or code."""

    widget = UnitInput
    user: User

    def clean(self, value: Any) -> Unit | None:
        text = str(value or "").strip()
        if not text:
            return None
        hits = people.search_units(self.user, text.rpartition(", ")[2]) + people.search_units(self.user, text)
        hits = list({unit.pk: unit for unit in hits}.values())
        exact = [unit for unit in hits if text in {unit.name, unit.code, labelled(unit)}]
        found = exact or hits
        if not found:
            raise ValidationError(_("Ingen enhet hittades. Kontrollera namnet"))
        if len(found) > 1:
            names = "; ".join(labelled(unit) for unit in found[:5])
            raise ValidationError(_("Flera enheter passar. Skriv en av dessa: %(names)s") % {"names": names})
        return found[0]


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Any number of files, each checked; the clean value is a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        given: Iterable[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(each, initial) for each in given if each]
