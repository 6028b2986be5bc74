"""What is sent from the page of an open meeting."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.decisions.actions import DecisionRefused, SecretStaysInRoom
from styrfart.decisions.forms import ActionForm
from styrfart.matters.fields import PersonField
from styrfart.meetings.models import (
    Attendee,
    Entry,
    EntryKind,
    Presence,
    RoundKind,
    Stance,
)
from styrfart.people.models import Person
from styrfart.people.standing import User
from styrfart.shared.forms import DayField, upon


class StateForm(forms.Form):
    """What an open page knows: how far it has come, which item it shows, which item its forms are for."""

    sedan = forms.IntegerField(required=False, min_value=0)
    punkt = forms.IntegerField(required=False, min_value=1)
    har = forms.IntegerField(required=False, min_value=0)

    @property
    def known(self) -> int | None:
        return self._value("sedan")

    @property
    def wanted(self) -> int | None:
        return self._value("punkt")

    @property
    def has_forms_of(self) -> int | None:
        return self._value("har")

    def _value(self, name: str) -> int | None:
        self.is_valid()
        value: int | None = self.cleaned_data.get(name)
        return value


class DeciderForm(forms.Form):
    """Who decides, when the secretary writes it down."""

    beslutar = forms.IntegerField(required=False, min_value=1)

    @property
    def chosen(self) -> int | None:
        self.is_valid()
        value: int | None = self.cleaned_data.get("beslutar")
        return value


class ItemForm(forms.Form):
    """An item of the meeting."""

    item = forms.IntegerField(min_value=1)


class ReturnForm(ItemForm):
    """What is missing before the item can be taken up."""

    note = forms.CharField(
        label=_("Vad saknas?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv vad som saknas")},
    )


class ReadyForm(ItemForm):
    """Ready to go on, or not yet."""

    is_ready = forms.BooleanField(required=False)


class RoundForm(ItemForm):
    """How the round goes; nothing: it is closed."""

    kind = forms.ChoiceField(choices=RoundKind.choices, required=False)


class PositionForm(ItemForm):
    """Where one stands, and why."""

    stance = forms.ChoiceField(
        label=_("Var står du?"),
        choices=Stance.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Välj var du står"),
            "invalid_choice": _("Välj var du står"),
        },
    )
    reason = forms.CharField(label=_("Varför?"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["stance"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared so above
        field.choices = [(stance.value, str(stance.label).capitalize()) for stance in Stance]


class _KeyedForm(forms.Form):
    """Sent with a key that the page has made: the same key again is the same entry."""

    item = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)
    key = forms.UUIDField()


def refuse_past(day: dt.date | None) -> dt.date | None:
    """A day that has not passed."""
    if day and day < timezone.localdate():
        raise forms.ValidationError(gettext("Ange en dag i dag eller senare"))
    return day


class NoteForm(_KeyedForm):
    """A note for the record."""

    text = forms.CharField(
        label=_("Anteckning"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv en anteckning")},
    )


class ParkForm(_KeyedForm):
    """A question for another time."""

    text = forms.CharField(
        label=_("Vilken fråga parkerar ni?"),
        max_length=1000,
        error_messages={"required": _("Skriv frågan som ni parkerar")},
    )
    take_up_on = DayField(label=_("Tas upp"), required=False)

    def clean_take_up_on(self) -> dt.date | None:
        return refuse_past(self.cleaned_data["take_up_on"])


class MeetingActionForm(ActionForm, _KeyedForm):
    """Who does what by when."""

    field_order = ("text", "owner", "due_on")

    def refuse(self, refusal: DecisionRefused) -> None:
        if isinstance(refusal, SecretStaysInRoom):
            self.add_error("owner", gettext("Välj någon i ledningsgruppen. Punkten omfattas av sekretess."))
        else:
            super().refuse(refusal)


class EntryForm(forms.Form):
    """An entry written anew."""

    text = forms.CharField(
        label=_("Text"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Skriv en text, eller ta bort posten")},
    )
    take_up_on = DayField(label=_("Tas upp"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if entry.kind != EntryKind.PARKED:
            del self.fields["take_up_on"]

    def renew(self, revision: int) -> None:
        """Send what is typed upon the entry as it is now, the next time."""
        self.data = upon(self.data, revision)


class PresenceForm(forms.Form):
    """How somebody takes part."""

    presence = forms.ChoiceField(choices=Presence.choices)
    excuse = forms.CharField(max_length=120, required=False)


class OwnPresenceForm(forms.Form):
    """Here, in the room or from afar."""

    presence = forms.ChoiceField(
        choices=[(each.value, each.label) for each in (Presence.PRESENT, Presence.REMOTE)]
    )


class AttendeeForm(forms.Form):
    """Somebody who was not on the list."""

    person = PersonField(label=_("Vem är med?"))
    stands_in_for = forms.TypedChoiceField(
        label=_("I stället för"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Lämna tomt för en gäst."),
        error_messages={"invalid_choice": _("Välj någon i listan")},
    )
    function = forms.CharField(label=_("Funktion"), max_length=80, required=False)

    def __init__(self, *args: Any, user: User, people: Iterable[Attendee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].user = user  # type: ignore[attr-defined]  # declared so above
        self.people: dict[int, Person] = {row.person_id: row.person for row in people}
        field = self.fields["stands_in_for"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared so above
        field.choices = [("", gettext("Ingen, gäst")), *((pk, str(who)) for pk, who in self.people.items())]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        person, other = data.get("person"), data.get("stands_in_for")
        if person is not None and person.pk == other:
            self.add_error("stands_in_for", gettext("Välj någon annan: ingen ersätter sig själv"))
        return data

    def arguments(self) -> dict[str, Any]:
        """As `actions.add_attendee` asks for it."""
        given = self.cleaned_data
        return {
            "person": given["person"],
            "stands_in_for": self.people.get(given["stands_in_for"]),
            "function": given["function"],
        }


class ExcludeForm(ItemForm):
    """Who has a conflict of interest in the item, and on which ground."""

    person = forms.TypedChoiceField(
        label=_("Vem är jävig?"),
        coerce=int,
        error_messages={"required": _("Välj vem som är jävig"), "invalid_choice": _("Välj någon i listan")},
    )
    ground = forms.CharField(
        label=_("Jävsgrund"),
        max_length=200,
        help_text=_("Till exempel: make till den som ärendet gäller."),
        error_messages={"required": _("Ange jävsgrunden")},
    )

    def __init__(self, *args: Any, people: Collection[Attendee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {row.person_id: row.person for row in people}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared so above
        field.choices = [
            ("", gettext("Välj en person")),
            *((pk, str(who)) for pk, who in self.people.items()),
        ]


class EndForm(forms.Form):
    """Whether the item that goes on is done when the meeting ends."""

    is_unfinished = forms.BooleanField(required=False)
