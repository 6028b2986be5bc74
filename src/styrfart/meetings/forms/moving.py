"""Moving an item, putting it off, saying that its material is ready, adding material."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from styrfart.matters.fields import FilesField
from styrfart.meetings.models import Meeting
from styrfart.shared.forms import RevisionForm
from styrfart.shared.templatetags.words import weekday

MOST_REFERENCES = 20


class MoveForm(forms.Form):
    """Where the page had the item, and where it goes: a step, or a number."""

    fran = forms.IntegerField(min_value=1)
    till = forms.IntegerField(min_value=1, required=False)
    flytta = forms.ChoiceField(choices=[("upp", ""), ("ned", "")], required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("till") and not cleaned.get("flytta"):
            raise ValidationError(_("Välj vart punkten ska flyttas"))
        return cleaned

    @property
    def to_number(self) -> int:
        """The number that the item is to have."""
        if self.cleaned_data.get("till"):
            return int(self.cleaned_data["till"])
        step = -1 if self.cleaned_data["flytta"] == "upp" else 1
        return int(self.cleaned_data["fran"]) + step


class FromForm(forms.Form):
    """What a new item comes from, by its link."""

    arende = forms.IntegerField(min_value=1, required=False)
    beslut = forms.IntegerField(min_value=1, required=False)


class ReadyForm(forms.Form):
    """Whether the material is complete."""

    klart = forms.ChoiceField(choices=[("ja", ""), ("nej", "")])


class PostponeForm(RevisionForm):
    """To which coming meeting, or back to the queue."""

    QUEUE = "kon"

    to = forms.ChoiceField(
        label=_("När ska frågan tas upp?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Välj när frågan ska tas upp"),
            "invalid_choice": _("Mötet går inte att välja längre. Välj ett annat"),
        },
    )

    def __init__(self, *args: Any, meetings: Sequence[Meeting], has_queue: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {meeting.slug: meeting for meeting in meetings}
        choices: list[tuple[str, Any]] = [(meeting.slug, named(meeting)) for meeting in meetings]
        if has_queue:
            choices.append((self.QUEUE, _("Vid ett senare möte, tillbaka till kön")))
        self.fields["to"].choices = choices  # type: ignore[attr-defined]  # a choice field

    @property
    def meeting(self) -> Meeting | None:
        """The meeting chosen; None: the queue."""
        return self.meetings.get(self.cleaned_data["to"])


def named(meeting: Meeting) -> str:
    """A meeting as a choice: its day and what it is called."""
    return f"{weekday(meeting.held_on)}, {meeting.title}"


class MaterialForm(forms.Form):
    """Files, and lines that say where something is kept."""

    uploads = FilesField(label=_("Filer"), required=False, max_length=200)
    references = forms.CharField(
        label=_("Det som finns någon annanstans"),
        help_text=_("Var det finns, ett på varje rad"),
        max_length=MOST_REFERENCES * 300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_references(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["references"].splitlines() if line.strip()]
        if len(lines) > MOST_REFERENCES:
            raise ValidationError(_("Skriv högst tjugo rader"))
        if any(len(line) > 300 for line in lines):
            raise ValidationError(_("Korta raden till högst 300 tecken"))
        return lines

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("uploads") and not cleaned.get("references"):
            self.add_error("uploads", _("Välj en fil eller skriv var underlaget finns"))
        return cleaned
