"""Input to minutes: the text of a part, who approves, why they go back, what is corrected, the registry."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.meetings.models import Minutes, MinutesSection
from styrfart.people.models import Person
from styrfart.shared.forms import Select

LONGEST_TEXT = 20_000


class SectionForm(forms.Form):
    """The language of one part. What was decided and undertaken is not here: it stands in its own record."""

    heading = forms.CharField(label=_("Rubrik"), max_length=200)
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Skriv en tom rad mellan styckena. Beslut och åtgärder hämtas ur sina egna handlingar."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, section: MinutesSection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"heading": section.heading, "text": section.text, "revision": section.revision}

    def upon(self, section: MinutesSection) -> "SectionForm":
        """What was typed, now upon what another saved meanwhile."""
        data = {**self.cleaned_data, "revision": section.revision}
        form = SectionForm(data, section=section)
        form.is_valid()
        return form


class AnswerForm(forms.Form):
    """Which text the answer is about."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class HandOverForm(AnswerForm):
    """Who approves, and who checks where the kind of meeting wants it."""

    approver = forms.TypedChoiceField(label=_("Godkänner"), coerce=int, widget=Select)
    checker = forms.TypedChoiceField(
        label=_("Justerar"),
        coerce=int,
        widget=Select,
        help_text=_("Någon som var med på mötet och som inte själv godkänner."),
        error_messages={"required": _("Välj vem som justerar")},
    )

    def __init__(
        self,
        *args: Any,
        minutes: Minutes,
        approvers: Sequence[Person],
        checkers: Sequence[Person],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"revision": minutes.revision}
        self.people = {person.pk: person for person in (*approvers, *checkers)}
        self._offer("approver", approvers)
        if len(approvers) == 1:
            self.initial["approver"] = approvers[0].pk
            self.fields["approver"].widget = forms.HiddenInput()
        if checkers:
            self._offer("checker", checkers, gettext("Välj en person"))
        else:
            del self.fields["checker"]

    def _offer(self, name: str, people: Sequence[Person], first: str = "") -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # both are
        field.choices = [*([("", first)] if first else []), *((one.pk, one.full_name) for one in people)]

    def arguments(self) -> dict[str, Any]:
        """What `actions.hand_over_minutes` asks for."""
        data = self.cleaned_data
        return {
            "approver": self.people[data["approver"]],
            "checker": self.people.get(data.get("checker") or 0),
            "revision": data["revision"],
        }


class SendBackForm(AnswerForm):
    note = forms.CharField(
        label=_("Vad ska ändras?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Skriv vad som ska ändras")},
    )


class CorrectForm(forms.Form):
    correction = forms.CharField(
        label=_("Vad rättas, och varför?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Texten står i den nya versionen. Den tidigare versionen finns kvar och går att läsa."),
        error_messages={"required": _("Skriv vad som rättas och varför")},
    )


class RegisterMinutesForm(AnswerForm):
    registry_number = forms.CharField(label=_("Diarienummer"), max_length=60, required=False)
    secrecy_ground = forms.CharField(
        label=_("Sekretessgrund"),
        max_length=120,
        required=False,
        help_text=_(
            "Lag och paragraf, om allt i anteckningarna omfattas av sekretess. De visas då bara för gruppen. "
            "En punkt med ett sekretessmarkerat ärende döljs ändå för dem som inte får läsa den."
        ),
    )

    def upon(self, revision: int, words: str) -> "RegisterMinutesForm":
        """What was typed, now upon what another saved meanwhile; says so."""
        form = RegisterMinutesForm({**self.cleaned_data, "revision": revision})
        form.is_valid()
        form.add_error(None, words)
        return form


class ScopeForm(forms.Form):
    """Whether a document holds everything, or leaves out what is secret."""

    omfattning = forms.ChoiceField(choices=[("allt", "allt"), ("utdrag", "utdrag")], required=False)

    @property
    def is_extract(self) -> bool:
        """Whether only what is not secret was asked for."""
        return self.is_valid() and self.cleaned_data["omfattning"] == "utdrag"
