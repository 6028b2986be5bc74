"""How the log over all meetings is narrowed down."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.meetings.models import EntryKind
from styrfart.meetings.queries.logs import ON_RECORD, Narrowed
from styrfart.shared.forms import Select


class MeetingLogForm(forms.Form):
    """The log by words, kind and year; only what is not finished."""

    marks_optional = False
    sok = forms.CharField(label=_("Ord"), max_length=100, required=False)
    vad = forms.ChoiceField(label=_("Vad"), required=False, widget=Select)
    ar = forms.TypedChoiceField(label=_("År"), coerce=int, required=False, empty_value=None, widget=Select)
    oppna = forms.BooleanField(label=_("Bara det som inte är klart"), required=False)

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, str(kind.label).capitalize()) for kind in ON_RECORD]
        for name, choices in (("vad", kinds), ("ar", [(year, str(year)) for year in years])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # both are
            field.choices = [("", gettext("Alla")), *choices]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything has been asked for, readable or not."""
        return any(self.data.get(name) for name in self.fields)

    def narrowed(self) -> Narrowed:
        """What was asked for; a value that cannot be read narrows nothing."""
        self.is_valid()
        data = getattr(self, "cleaned_data", {})
        return Narrowed(
            text=data.get("sok", ""),
            kind=EntryKind(data["vad"]) if data.get("vad") else None,
            year=data.get("ar"),
            only_open=bool(data.get("oppna")),
        )
