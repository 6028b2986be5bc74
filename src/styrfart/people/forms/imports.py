"""Importing an organisation."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.people.forms.fields import FilesField, HintedField
from styrfart.people.models import ImportLine, ImportRun
from styrfart.shared.forms import DayField

WHOLE, PART = "hela", "del"
_KINDS = ("unit", "person", "team")


class UploadForm(forms.Form):
    """Files, how much of the organisation they are, and from when."""

    upload = FilesField(
        label=_("Filer"),
        help_text=_(
            "En arbetsbok (.xlsx), eller upp till tre CSV-filer: enheter, personer, ledningsgrupper."
        ),
        error_messages={
            "required": _("Välj en fil"),
            "empty": _("Filen är tom. Fyll i mallen och läs in den"),
        },
    )
    # Nothing is chosen beforehand: a mistake here would end people, or keep those who have left.
    scope = HintedField(
        label=_("Vad innehåller filen?"),
        choices=[(WHOLE, _("Hela organisationen")), (PART, _("En del av organisationen"))],
        hints={
            WHOLE: _("Den som inte finns i filen har slutat, och enheter och grupper som saknas avslutas."),
            PART: _("Inget avslutas för att det saknas i filen. Det som inte finns där är som förut."),
        },
        error_messages={"required": _("Välj om filen är hela organisationen eller en del av den")},
    )
    effective_on = DayField(
        label=_("Från vilken dag gäller uppgifterna?"),
        help_text=_("Det som gällde före den dagen står kvar i historiken."),
    )

    def clean_effective_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["effective_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Välj i dag eller en tidigare dag. Läs in filen när den ska gälla"))
        return day

    @property
    def uploads(self) -> list[tuple[str, bytes]]:
        """Names and bytes."""
        return [(file.name or "", file.read()) for file in self.cleaned_data["upload"]]


class ApplyForm(forms.Form):
    """A whole organisation ends what is missing: that is confirmed apart. Carries which plan was shown."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    is_confirmed = forms.BooleanField(
        label=_("Jag har läst vad som avslutas, och det stämmer"),
        error_messages={"required": _("Bekräfta att det som avslutas stämmer")},
    )

    def __init__(self, data: Any = None, *, run: ImportRun) -> None:
        super().__init__(data, initial={"shown": run.plan_digest})
        if not run.ends:
            del self.fields["is_confirmed"]


class LinesForm(forms.Form):
    """Which lines of an upload to show, and which page of them."""

    visa = forms.ChoiceField(
        choices=[
            *((section, section) for section in ("error", "warning")),
            *((f"{kind}.{s.value}", s.value) for kind in _KINDS for s in ImportLine.Section),
        ],
        required=False,
    )
    sida = forms.CharField(max_length=20, required=False)

    def __init__(self, data: Any, *, counts: dict[str, int]) -> None:
        super().__init__(data)
        self.counts = counts

    @property
    def shown(self) -> str:
        """What to show: what was asked for, else the first that there is anything of."""
        chosen = self.cleaned_data.get("visa") if self.is_valid() else ""
        # What ends must be confirmed, so it is what the reader meets first.
        order = ["error", *(f"{kind}.{s}" for s in ("ended", "changed", "new") for kind in _KINDS), "warning"]
        return chosen or next((name for name in order if self.counts.get(name)), "")

    @property
    def section_and_kind(self) -> tuple[str, str]:
        """As the lines are kept."""
        kind, dot, section = self.shown.partition(".")
        return (section, kind) if dot else (kind, "")

    @property
    def number(self) -> str:
        return self.cleaned_data.get("sida", "") if self.is_valid() else ""
