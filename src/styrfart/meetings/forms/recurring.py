"""What an item is that comes back: at every meeting of a kind, or every year."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrfart.matters.fields import capitalised
from styrfart.matters.models import ItemPurpose, MatterLevel
from styrfart.meetings.forms.fields import MinutesField, TeammateField
from styrfart.meetings.purposes import VERBS
from styrfart.people.models import Person


class RecurringItemForm(forms.Form):
    """What is asked of every such item; `people` may own it."""

    title = forms.CharField(
        label=_("Vad heter punkten?"),
        max_length=200,
        error_messages={"required": _("Skriv vad punkten heter")},
    )
    purpose = forms.ChoiceField(
        label=_("Syfte"),
        choices=[(purpose, VERBS[purpose]) for purpose in ItemPurpose.values],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad punkten är till för")},
    )
    level = forms.ChoiceField(
        label=_("Nivå"),
        choices=capitalised(MatterLevel),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj en nivå")},
    )
    minutes = MinutesField(label=_("Minuter"), shortest=1)
    owner = TeammateField(label=_("Ansvarig"), nobody=_("Den som leder mötet"))
    outcome = forms.CharField(
        label=_("Önskat utfall"),
        max_length=200,
        help_text=_("Vad ska finnas när punkten är klar?"),
        error_messages={"required": _("Skriv vad som ska finnas när punkten är klar")},
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, TeammateField)  # noqa: S101  # declared above
        owner.among(people, also=self.initial.get("owner"))
