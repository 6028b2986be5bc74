"""What is typed on the pages of this room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from styrfart.overview.queries.finding import LONGEST, NAMES, Kind


class SearchForm(forms.Form):
    """A word, and perhaps one kind of thing. Anything at all may be typed; too long is cut, not refused."""

    marks_optional = False  # an empty search is no mistake, and no choice either

    q = forms.CharField(
        label=_("Vad letar du efter?"),
        help_text=_("Namn, ord ur en fråga eller ett beslut, ett ärendenummer, ett beslutsnummer som 41:1."),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": LONGEST, "autocomplete": "off"}),
    )
    slag = forms.ChoiceField(
        choices=[("", ""), *((kind.value, name) for kind, name in NAMES.items())],
        required=False,
        widget=forms.HiddenInput,
    )

    @property
    def only(self) -> Kind | None:
        """The one kind to look for, if the reader has chosen it."""
        value = self.cleaned_data.get("slag") if self.is_valid() else ""
        return Kind(value) if value else None

    @property
    def text(self) -> str:
        return str(self.cleaned_data.get("q") or "") if self.is_valid() else ""
