"""What lists can be narrowed by."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from styrfart.matters.fields import capitalised
from styrfart.matters.models import MatterState

STATES = [(value, label) for value, label in capitalised(MatterState) if value != MatterState.DRAFT]


class MatterFilter(forms.Form):
    """Which of the team's matters to show."""

    marks_optional = False
    lage = forms.ChoiceField(label=_("Läge"), required=False, choices=[("", _("Alla")), *STATES])
    text = forms.CharField(label=_("Ord i frågan"), required=False, max_length=100)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything has been chosen."""
        return any(self.data.get(name) for name in ("lage", "text"))


class SearchForm(forms.Form):
    """A word to look for."""

    marks_optional = False
    q = forms.CharField(label=_("Sök"), required=False, max_length=100)


class TeamSearchForm(SearchForm):
    """A team to look for, and the draft that is to go there if it is written already."""

    utkast = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


class QueueForm(forms.Form):
    """Which matter of the queue to show."""

    nr = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class SuggestForm(forms.Form):
    """What has been written so far in a box, whatever the box is called."""

    text = forms.CharField(required=False, max_length=200)

    @classmethod
    def text_of(cls, sent: Mapping[str, str]) -> str:
        """The text; nothing when it cannot be read."""
        form = cls({"text": next(iter(sent.values()), "")})
        return form.cleaned_data["text"] if form.is_valid() else ""
