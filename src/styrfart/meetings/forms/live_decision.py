"""A decision in a meeting: the decision form in few fields, with those who are there as participants."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext

from styrfart.decisions import actions
from styrfart.decisions.forms import DecisionForm
from styrfart.decisions.forms.attendance import AttendanceRow
from styrfart.decisions.forms.days import chip_day
from styrfart.meetings.models import AgendaItem, Attendee
from styrfart.people.models import Person


class MeetingDecisionForm(DecisionForm):
    """Text, owner, day and effect first; right, reasons, dissent and the rest below."""

    item = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)
    beslutar = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, there: Iterable[Attendee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = [row.person for row in there if row.person_id != self.decider.pk]
        for person in self.there:
            self.fields[f"dissent_{person.pk}"] = forms.CharField(
                label=gettext("Avvikande mening, %(name)s") % {"name": person},
                max_length=4000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields["text"].label = gettext("%(name)s beslutar att") % {"name": self.decider.given_name}
        self.fields["text"].help_text = ""
        self.fields["owner"].label = gettext("Ansvarig")
        self.fields["due_on"].label = gettext("Klart senast")
        self.fields["due_on"].help_text = ""
        self.fields["due_on"].required = True
        self.fields["due_in"].initial = ""
        self.initial.setdefault("due_on", chip_day("2v", self.today))
        effect = self.fields["effect_question"]
        effect.label, effect.help_text = (
            gettext("Hur ser vi att det fick effekt?"),
            gettext("Välj något ni redan mäter, om det går."),
        )
        effect.required = True
        effect.widget.attrs["list"] = "effekter"
        self.fields["right"].label = gettext("Med vilken rätt beslutar %(name)s?") % {
            "name": self.decider.given_name
        }

    def offer_attendance(self, person: Person) -> None:
        """Nobody is ticked: those who are there take part, and an exclusion stands in the meeting."""

    @property
    def attendance_rows(self) -> list[AttendanceRow]:
        return []

    @property
    def dissent_fields(self) -> list[Any]:
        """One box for each who is there."""
        return [self[f"dissent_{person.pk}"] for person in self.there]

    def dissents(self) -> dict[int, str]:
        """What those who disagree want to have written."""
        return {
            person.pk: self.cleaned_data[f"dissent_{person.pk}"]
            for person in self.there
            if self.cleaned_data[f"dissent_{person.pk}"]
        }

    def arguments(self) -> dict[str, Any]:
        """As `actions.record_decision` asks for it."""
        given = super().arguments()
        del given["participants"]
        own = {"item": self.cleaned_data["item"], "key": self.cleaned_data["key"]}
        return {**given, **own, "dissents": self.dissents()}

    def refuse(self, refusal: actions.DecisionRefused, *, revision: int | None = None) -> None:
        if isinstance(refusal, actions.NotTheDecider):
            self.add_error(
                None,
                gettext("Bara %(name)s själv eller gruppens sekreterare kan skriva in beslutet.")
                % {"name": self.decider},
            )
        elif isinstance(refusal, actions.ConflictOfInterest):
            self.add_error(
                None,
                gettext("Den som är jävig får inte besluta eller föredra. Välj någon annan."),
            )
        else:
            super().refuse(refusal, revision=revision)


def decision_of_item(item: AgendaItem, decider: Person) -> dict[str, Any]:
    """What the agenda knows already, so that nobody writes it twice."""
    matter = item.matter
    reasons = "\n".join(
        part for part in (item.arguments_for or item.background or (matter.why_us if matter else ""),) if part
    )
    return {
        "item": item.pk,
        "beslutar": decider.pk,
        "key": uuid.uuid4(),
        "text": item.proposal,
        "reasons": reasons,
        "owner": (matter.owner_id if matter and matter.owner_id else item.owner_id),
        "rapporteur": item.owner_id if item.owner_id != decider.pk else None,
        "secrecy_ground": matter.secrecy_ground if matter else "",
        "cost": matter.cost if matter else None,
    }
