"""What is written about an action."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.decisions import actions
from styrfart.people.models import Person
from styrfart.shared.forms import DayField, upon


class ShownForm(forms.Form):
    """Whose actions the list shows, and whether the done ones. Unreadable means everybody's open ones."""

    vems = forms.ChoiceField(choices=[("mina", "mina")], required=False)
    visa = forms.ChoiceField(choices=[("klara", "klara")], required=False)

    @property
    def only_mine(self) -> bool:
        return self.is_valid() and bool(self.cleaned_data["vems"])

    @property
    def is_done(self) -> bool:
        return self.is_valid() and bool(self.cleaned_data["visa"])


class _DueForm(forms.Form):
    """A day that has not passed."""

    due_on = DayField(label=_("Klart senast"))

    def clean_due_on(self) -> Any:
        due_on = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError(gettext("Ange en dag i dag eller senare"))
        return due_on


class ActionForm(_DueForm):
    """Who does what by when."""

    text = forms.CharField(
        label=_("Vad ska göras?"),
        max_length=300,
        error_messages={"required": _("Skriv vad som ska göras")},
    )
    owner = forms.TypedChoiceField(
        label=_("Vem gör det?"),
        coerce=int,
        error_messages={"required": _("Välj vem som gör det"), "invalid_choice": _("Välj någon i listan")},
    )
    field_order = ("text", "owner", "due_on")

    def __init__(self, *args: Any, people: Mapping[int, Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared so above
        field.choices = [("", gettext("Välj en person")), *((pk, str(one)) for pk, one in people.items())]

    def refuse(self, _refusal: actions.DecisionRefused) -> None:
        """Say why the action was not written: only its decision can have come to an end meanwhile."""
        self.add_error(None, gettext("Beslutet gäller inte längre. Någon har återtagit eller ersatt det."))


class RevisionForm(forms.Form):
    """Which state of the action the page showed. Unreadable means none."""

    revision = forms.IntegerField(required=False)

    @property
    def known(self) -> int | None:
        return self.cleaned_data["revision"] if self.is_valid() else None


# Why an action was not taken back.
NOT_WITHDRAWN: dict[type[actions.DecisionRefused], Any] = {
    actions.UndoTimeIsOver: _("De tio minuterna har gått. Markera åtgärden som klar om den inte behövs."),
    actions.AlreadyDone: _("Åtgärden är klar och kan inte tas tillbaka."),
    actions.HasMovedOn: _("Någon har ändrat åtgärden. Läs den igen innan du tar tillbaka den."),
    actions.StandsInMinutes: _(
        "Åtgärden står i anteckningar som är överlämnade. Markera den som klar om den inte behövs."
    ),
}


class MoveActionForm(_DueForm):
    """A new day for an action."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def refuse(self, refusal: actions.DecisionRefused, *, revision: int) -> None:
        """Say why the day was not moved; what is typed stays, and may be sent again."""
        self.data = upon(self.data, revision)
        is_done = isinstance(refusal, actions.AlreadyDone)
        self.add_error(
            None,
            gettext("Åtgärden är tillbakatagen.")
            if isinstance(refusal, actions.NotInForce)
            else gettext("Åtgärden är redan klar.")
            if is_done
            else gettext("Någon har flyttat datumet medan du skrev. Se det nya datumet ovanför."),
        )
