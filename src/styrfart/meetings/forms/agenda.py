"""What an item needs before it may stand on an agenda (domain rule 2), and what changes it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from styrfart.decisions.models import Decision
from styrfart.matters.fields import capitalised
from styrfart.matters.forms.routes import LEVEL_HINTS, PURPOSE_HINTS
from styrfart.matters.models import ItemPurpose, Matter, MatterLevel
from styrfart.meetings import purposes
from styrfart.meetings.models import LONGEST, AgendaItem, Attendee
from styrfart.people.models import Person
from styrfart.shared.forms import upon
from styrfart.shared.templatetags.words import in_words

LONGEST_TEXT = 5000
# For a matter that does not say how long it takes.
USUAL_MINUTES = 20
_ONE_A_LINE = _("Ett skäl på varje rad")


class WordsForm(forms.Form):
    """What is prepared on an item; its owner writes it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, initial=1)
    background = forms.CharField(
        label=_("Bakgrund"),
        help_text=_("Det som behövs för att förstå frågan"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    proposal = forms.CharField(
        label=_("Förslag till beslut"),
        help_text=_("Som beslutet kan komma att lyda"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "record"}),
    )
    arguments_for = forms.CharField(
        label=_("Talar för"),
        help_text=_ONE_A_LINE,
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    arguments_against = forms.CharField(
        label=_("Talar emot"),
        help_text=_ONE_A_LINE,
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def take_revision(self, revision: int) -> None:
        """Keep what was typed, on top of a version that is newer than the page's."""
        self.data = upon(self.data, revision)
        self.add_error(
            None, gettext("Punkten ändrades medan du skrev. Jämför med hur den är nu och spara igen")
        )

    @property
    def content(self) -> dict[str, Any]:
        """What was written, for the action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}

    @property
    def summary(self) -> str:
        """The heading over the errors."""
        count = sum(len(errors) for errors in self.errors.values())
        return ngettext(
            "Rätta en sak innan du sparar punkten", "Rätta %(count)s saker innan du sparar punkten", count
        ) % {"count": in_words(count)}


class ItemForm(WordsForm):
    """All of an item; for those who change the agenda."""

    title = forms.CharField(
        label=_("Vad ska tas upp?"),
        help_text=_("Helst som en fråga. Till exempel: Ska nya chefer få två introduktionsdagar?"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv vad som ska tas upp")},
    )
    purpose = forms.ChoiceField(
        label=_("Vad är punkten till för?"),
        choices=list(purposes.VERBS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad punkten är till för")},
    )
    why_in_meeting = forms.CharField(
        label=_("Varför ska mötet ta upp det, om det bara är att veta?"),
        help_text=_("Det som bara är att veta går ut skriftligt. Skriv ett skäl om mötet behövs ändå"),
        max_length=200,
        required=False,
    )
    level = forms.ChoiceField(
        label=_("Nivå"),
        choices=capitalised(MatterLevel),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj en nivå")},
    )
    outcome = forms.CharField(
        label=_("Vad ska finnas efter punkten?"),
        help_text=_("Till exempel: ett beslut om vilket alternativ vi väljer"),
        max_length=200,
        error_messages={"required": _("Skriv vad som ska finnas efter punkten")},
    )
    owner = forms.ModelChoiceField(
        label=_("Vem ansvarar för punkten?"),
        help_text=_("Den som ser till att underlaget finns och leder in i frågan"),
        queryset=Person.objects.none(),
        empty_label=_("Välj en person"),
        error_messages={
            "required": _("Välj vem som ansvarar för punkten"),
            "invalid_choice": _("Välj någon som väntas till mötet"),
        },
    )
    minutes = forms.IntegerField(
        label=_("Hur många minuter?"),
        min_value=1,
        max_value=LONGEST,
        widget=forms.TextInput(attrs={"class": "input--number", "inputmode": "numeric"}),
        error_messages={
            "required": _("Skriv hur många minuter punkten får"),
            "invalid": _("Skriv minuterna med siffror, till exempel 20"),
            "min_value": _("Skriv minst en minut"),
            "max_value": _("Skriv högst 600 minuter"),
        },
    )
    needs_material = forms.BooleanField(label=_("Punkten behöver underlag"), required=False)

    field_order = (
        "revision",
        "title",
        "purpose",
        "why_in_meeting",
        "level",
        "outcome",
        "owner",
        "minutes",
        "needs_material",
        "proposal",
        "background",
        "arguments_for",
        "arguments_against",
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        people: Sequence[Attendee],
        secret: Matter | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.secret = secret
        self.fields["purpose"].hints = PURPOSE_HINTS  # type: ignore[attr-defined]  # read by the field's template
        self.fields["level"].hints = LEVEL_HINTS  # type: ignore[attr-defined]  # read by field.html
        self._offer([one.person for one in people])

    def _offer(self, people: Iterable[Person]) -> None:
        """Who may answer for the item: those expected at the meeting, and who does already."""
        known = {person.pk: person for person in people}
        before = self.initial.get("owner")
        if isinstance(before, Person):
            known.setdefault(before.pk, before)
        field = self.fields["owner"]
        field.queryset = Person.objects.filter(pk__in=known)  # type: ignore[attr-defined]  # a choice field
        field.choices = [  # type: ignore[attr-defined]  # so too
            ("", field.empty_label),  # type: ignore[attr-defined]  # so too
            *((person.pk, str(person)) for person in sorted(known.values(), key=lambda one: one.name_key)),
        ]

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())

    def clean_owner(self) -> Person:
        owner: Person = self.cleaned_data["owner"]
        if self.secret and not Matter.objects.visible_to(owner).filter(pk=self.secret.pk).exists():
            raise ValidationError(_("Ärendet omfattas av sekretess. Välj någon som får läsa det"))
        return owner

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_information = cleaned.get("purpose") == ItemPurpose.INFORMATION
        if not is_information:
            cleaned["why_in_meeting"] = ""
        cleaned["is_in_writing"] = is_information and not cleaned.get("why_in_meeting")
        return cleaned


def from_item(item: AgendaItem) -> dict[str, Any]:
    """How an item stands in its form."""
    names = [*ItemForm.base_fields, "revision"]
    return {name: getattr(item, name) for name in names}


def from_matter(matter: Matter) -> dict[str, Any]:
    """What a matter says of the item that takes it up: nothing is written twice (WCAG 3.3.7)."""
    return {
        "title": matter.question,
        "purpose": matter.purpose,
        "level": matter.level,
        "minutes": matter.minutes or USUAL_MINUTES,
        "outcome": matter.outcome,
        "background": matter.why_us,
        "needs_material": True,
    }


def from_decision(decision: Decision) -> dict[str, Any]:
    """A question about what came of a decision."""
    number = {"number": decision.number}
    return {
        "title": gettext("Vad blev det av beslut %(number)s?") % number,
        "purpose": ItemPurpose.FOLLOW_UP.value,
        "level": MatterLevel.TACTICAL.value,
        "minutes": USUAL_MINUTES,
        "outcome": gettext("Vi vet om beslutet fick effekt och vad som återstår."),
        "background": "\n\n".join(
            part
            for part in (decision.text, gettext("Vi skulle se på: %s") % decision.effect_question)
            if part
        ),
        "needs_material": True,
    }
