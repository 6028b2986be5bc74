"""What narrows down the log."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from styrfart.people import deeds, queries
from styrfart.people.forms.fields import PersonField, capital_first
from styrfart.people.models import Person
from styrfart.people.standing import User
from styrfart.shared.forms import DayField
from styrfart.shared.models import OutgoingMail


class AnybodyField(PersonField):
    """A person at work, else one whose account is closed: the log goes on being about them."""

    def clean(self, value: Any) -> Person | None:
        try:
            return super().clean(value)
        except ValidationError:
            text = str(value).strip()
            closed = queries.closed_accounts(self.user, text)
            exact = [each for each in closed if text.casefold() in {each.email, each.full_name.casefold()}]
            found = exact or closed
            if len(found) != 1:
                raise
            return found[0]


class LogForm(forms.Form):
    """Person, what was done, what to, and between which days."""

    marks_optional = False

    person = AnybodyField(label=_("Person"), required=False, help_text="")
    verb = forms.ChoiceField(label=_("Vad som gjordes"), required=False)
    about = forms.CharField(label=_("Ord ur namnet"), max_length=120, required=False)
    first = DayField(label=_("Från och med"), required=False, help_text="")
    last = DayField(label=_("Till och med"), required=False, help_text="")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, PersonField)  # noqa: S101  # declared above
        person.user = user
        verb = self.fields["verb"]
        assert isinstance(verb, forms.ChoiceField)  # noqa: S101  # declared above
        verb.choices = [("", _("Allt")), *deeds.known_verbs()]

    @property
    def is_narrowed(self) -> bool:
        """Whether the reader has asked for something."""
        return any(self.data.get(name) for name in self.fields)

    @property
    def narrowed(self) -> dict[str, Any]:
        """What to look for; while something is wrong, nothing is narrowed."""
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}


class OutboxForm(forms.Form):
    """Which mail to show."""

    marks_optional = False

    lage = forms.ChoiceField(label=_("Läge"), required=False)
    sida = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["lage"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [("", _("Alla")), *((s.value, capital_first(s.label)) for s in OutgoingMail.State)]

    @property
    def state(self) -> str:
        return self.cleaned_data.get("lage", "") if self.is_valid() else ""

    @property
    def number(self) -> str:
        return self.cleaned_data.get("sida", "") if self.is_valid() else ""
