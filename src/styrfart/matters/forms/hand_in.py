"""The one short form by which a matter is handed in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from styrfart.matters.actions import Content
from styrfart.matters.fields import FilesField, PersonField, UnitField, capitalised
from styrfart.matters.models import Asked, Material, Matter
from styrfart.people.models import PeriodQuerySet, Person, Team, Unit
from styrfart.shared.forms import DayField, KronorField, upon
from styrfart.shared.templatetags.words import in_words

LONGEST_TEXT = 5000
MOST_REFERENCES = 20
ASKED_HINTS = {
    Asked.DECISION: _("Någon behöver säga ja eller nej, eller välja mellan vägar"),
    Asked.PREPARATION: _("Nämnden beslutar, ni tar fram förslaget"),
    Asked.ADVICE: _("Jag beslutar själv och vill höra vad ni ser"),
    Asked.THINKING: _("Frågan är öppen och behöver fler än en blick"),
    Asked.INFORMATION: _("Ni behöver veta. Det går ut skriftligt om mötet inte behövs"),
}


class Prefill(forms.Form):
    """What a page elsewhere may begin to fill in by its link."""

    fraga = forms.CharField(max_length=200, required=False)
    varfor = forms.CharField(max_length=LONGEST_TEXT, required=False)

    @property
    def content(self) -> dict[str, Any]:
        """The beginning of a matter; nothing when the link is broken."""
        if not self.is_valid():
            return {}
        return {"question": self.cleaned_data["fraga"], "why_us": self.cleaned_data["varfor"]}


class MatterForm(forms.Form):
    """A question and what is needed to answer it. As a draft nothing is required."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, initial=1)
    question = forms.CharField(
        label=_("Vilken fråga ska besvaras?"),
        help_text=_("En mening som slutar med frågetecken. Till exempel: Ska receptionen ha jour i jul?"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv frågan som ska besvaras")},
    )
    why_us = forms.CharField(
        label=_("Varför just den här gruppen?"),
        help_text=_("Vad som står på spel, och vad du redan har prövat"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Skriv varför frågan är gruppens")},
    )
    asked = forms.ChoiceField(
        label=_("Vad ber du om?"),
        choices=capitalised(Asked),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad du ber om")},
    )
    owner = PersonField(
        label=_("Vem äger ärendet?"),
        help_text=_("Den som kan svara på frågor om det. Skriv namn eller e-postadress"),
    )
    latest_on = DayField(label=_("När behövs svaret senast?"), required=False)
    units = forms.ModelMultipleChoiceField(
        label=_("Vilka enheter berörs?"),
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    more_units = UnitField(
        label=_("Någon annan enhet?"),
        help_text=_("Skriv namnet och välj Lägg till enheten"),
        required=False,
    )
    cost = KronorField(label=_("Vad kostar det?"), required=False, decimal_places=0, max_digits=12)
    uploads = FilesField(label=_("Underlag, filer"), required=False, max_length=200)
    references = forms.CharField(
        label=_("Underlag som finns någon annanstans"),
        help_text=_("Var det finns, ett på varje rad"),
        max_length=MOST_REFERENCES * 300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    removed = forms.ModelMultipleChoiceField(
        label=_("Ta bort underlag"),
        queryset=Material.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
        *,
        team: Team,
        user: Person,
        matter: Matter | None = None,
        is_draft: bool = False,
        begun: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=self._initial(matter, user, begun))
        self.fields["asked"].hints = ASKED_HINTS  # type: ignore[attr-defined]  # read by the field's template
        for name in ("owner", "more_units"):
            self.fields[name].user = user  # type: ignore[attr-defined]  # who searches
        self._set_choices(team, matter)
        if is_draft:
            for field in self.fields.values():
                field.required = False

    def _initial(self, matter: Matter | None, user: Person, begun: dict[str, Any] | None) -> dict[str, Any]:
        if matter is None:
            return {"owner": user, "revision": 1} | (begun or {})
        names = ("question", "why_us", "asked", "owner", "latest_on", "cost", "revision")
        return {name: getattr(matter, name) for name in names} | {
            "units": [unit.pk for unit in matter.units.all()]
        }

    def _set_choices(self, team: Team, matter: Matter | None) -> None:
        """The team's own unit and those right below it can be ticked, and those chosen before or by name."""
        today: PeriodQuerySet[Unit] = Unit.objects.on(timezone.localdate())
        near = list(today.filter(parent_id=team.unit_id).order_by("name_key"))
        chosen = [unit for unit in matter.units.all() if unit not in near] if matter else []
        known = {unit.pk: unit for unit in [team.unit, *near, *chosen]}
        field = self.fields["units"]
        # Any unit that is valid today may come back ticked: it may have been added by name on this page.
        field.queryset = today  # type: ignore[attr-defined]  # a ModelMultipleChoiceField
        field.choices = [(unit.pk, unit.name) for unit in known.values()]  # type: ignore[attr-defined]  # a choice field
        materials = Material.objects.filter(matter=matter) if matter else Material.objects.none()
        self.fields["removed"].queryset = materials  # type: ignore[attr-defined]  # a ModelMultipleChoiceField

    def clean_latest_on(self) -> Any:
        day = self.cleaned_data["latest_on"]
        if day and day < timezone.localdate():
            raise ValidationError(_("Dagen har passerat. Ange en dag som kommer"))
        return day

    def clean_references(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["references"].splitlines() if line.strip()]
        if len(lines) > MOST_REFERENCES:
            raise ValidationError(_("Skriv högst tjugo rader"))
        if any(len(line) > 300 for line in lines):
            raise ValidationError(_("Korta raden till högst 300 tecken"))
        return lines

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors and (names := self._sent_files()):
            self.add_error("uploads", gettext("Välj filerna igen: %(names)s") % {"names": ", ".join(names)})
        return cleaned

    def take_revision(self, revision: int) -> None:
        """Keep what was typed, on top of a version that is newer than the page's."""
        self.data = upon(self.data, revision)
        self.add_error(
            None, gettext("Ärendet ändrades medan du skrev. Jämför med hur det är nu och spara igen")
        )

    def _sent_files(self) -> list[str]:
        """Names of files that came with a form that could not be kept: a page cannot put them back."""
        return [str(file.name) for file in self.files.getlist("uploads")]

    @property
    def content(self) -> Content:
        """What was written, for the action."""
        data = self.cleaned_data
        extra = [data["more_units"]] if data.get("more_units") else []
        return Content(
            question=" ".join(data["question"].split()),
            why_us=data["why_us"],
            asked=data["asked"],
            owner=data["owner"],
            latest_on=data["latest_on"],
            cost=None if data["cost"] is None else int(data["cost"]),
            units=[*data["units"], *extra],
            files=data["uploads"],
            references=data["references"],
            removed=data["removed"],
        )

    @property
    def summary(self) -> str:
        """The heading over the errors."""
        count = sum(len(errors) for errors in self.errors.values())
        return ngettext(
            "Rätta en sak innan du går vidare", "Rätta %(count)s saker innan du går vidare", count
        ) % {"count": in_words(count)}
