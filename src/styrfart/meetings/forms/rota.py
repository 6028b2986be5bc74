"""What is written about turns to lead."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrfart.meetings.models import Meeting
from styrfart.people.models import Person
from styrfart.shared.forms import upon
from styrfart.shared.templatetags.words import weekday


class RotaForm(forms.Form):
    """The order as the page shows it: moved about by buttons, and saved by one."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    order = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    change = forms.CharField(required=False, max_length=30)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}

    def clean_order(self) -> list[Person]:
        ids = dict.fromkeys(self.cleaned_data["order"].split())
        return [self.people[pk] for pk in ids if pk in self.people]

    @property
    def is_changing(self) -> bool:
        """Whether a button that moves somebody was pressed, and nothing is to be saved yet."""
        return bool(self.cleaned_data.get("change"))

    def changed(self) -> list[Person]:
        """The order after the button: "upp-12", "ned-12", "bort-12", "till-12"."""
        order: list[Person] = list(self.cleaned_data["order"])
        deed, _dash, pk = self.cleaned_data["change"].partition("-")
        person = self.people.get(pk)
        if person is None:
            return order
        if deed == "till" and person not in order:
            order.append(person)
        elif person in order:
            at = order.index(person)
            to = {"upp": at - 1, "ned": at + 1}.get(deed, at)
            order.remove(person)
            if deed != "bort":
                order.insert(max(to, 0), person)
        return order

    def have_read(self, revision: int) -> None:
        """The next try is against what there is now."""
        self.data = upon(self.data, revision)


class SwapForm(forms.Form):
    """With which other meeting the leader is swapped."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    other = forms.ChoiceField(
        label=_("Byt med"),
        error_messages={"required": _("Välj ett möte"), "invalid_choice": _("Välj ett möte")},
    )

    def __init__(self, data: Any = None, *, meeting: Meeting, others: Sequence[Meeting]) -> None:
        super().__init__(data, initial={"revision": meeting.revision})
        self.others = {
            str(other.pk): other
            for other in others
            if other.pk != meeting.pk and other.leader_id != meeting.leader_id
        }
        field = self.fields["other"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [
            (pk, f"{weekday(other.held_on)}, {other.leader}") for pk, other in self.others.items()
        ]

    @property
    def other_chosen(self) -> Meeting:
        return self.others[self.cleaned_data["other"]]


class SkipForm(forms.Form):
    """Carries the revision that the page showed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
