"""Invented content for the page of components; used nowhere else."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from styrfart.shared.forms import DayField, KronorField


@dataclass(frozen=True)
class SamplePerson:
    """Somebody who does not exist."""

    given_name: str
    family_name: str

    @property
    def initials(self) -> str:
        return f"{self.given_name[:1]}{self.family_name[:1]}"

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True)
class Tone:
    """A colour of the design system: its token and what it is for."""

    token: str
    name: str
    use: str


class QuestionForm(forms.Form):
    """One question with the answers people choose between."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Vad är gruppen till för?"),
        choices=[
            ("lead", gettext_lazy("Att leda kontoret tillsammans")),
            ("coordinate", gettext_lazy("Att samordna det som rör flera avdelningar")),
            ("inform", gettext_lazy("Att hålla varandra underrättade")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.fields["answer"].hints = {  # type: ignore[attr-defined]  # read by shared/field.html
            "lead": gettext_lazy("Gruppen delar ansvaret för helheten."),
            "coordinate": gettext_lazy("Var och en leder sitt, gruppen håller ihop det."),
        }


class FieldsForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label=gettext_lazy("Fråga som ska få ett svar"), max_length=120)
    due = DayField(label=gettext_lazy("Klart senast"))
    cost = KronorField(label=gettext_lazy("Kostnad"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Vad vill du ha?"),
        choices=[("decide", gettext_lazy("Ett beslut")), ("advice", gettext_lazy("Ett råd"))],
    )
    why = forms.CharField(
        label=gettext_lazy("Varför just den här gruppen?"),
        help_text=gettext_lazy("En eller två meningar räcker."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    units = forms.MultipleChoiceField(
        label=gettext_lazy("Vilka berörs?"),
        choices=[("a", gettext_lazy("Analys")), ("b", gettext_lazy("Kansli"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    file = forms.FileField(label=gettext_lazy("Underlag"), required=False)
    confirm = forms.BooleanField(label=gettext_lazy("Jag har talat med dem som berörs"), required=False)


class FilterForm(forms.Form):
    """What a list can be narrowed down by."""

    marks_optional: ClassVar[bool] = False
    words = forms.CharField(label=gettext_lazy("Ord"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("Läge"),
        choices=[("", gettext_lazy("Alla")), ("open", gettext_lazy("Pågående"))],
        required=False,
    )


def tones() -> list[Tone]:
    """The colours that mean something."""
    return [
        Tone("water", _("Vatten"), _("sidans botten")),
        Tone("surface", _("Papper"), _("paneler, fält")),
        Tone("shallow", _("Grunt"), _("nedsänkta ytor")),
        Tone("ink", _("Bläck"), _("text")),
        Tone("ink-2", _("Bläck 2"), _("stödtext")),
        Tone("helm", _("Roder"), _("länkar och knappar")),
        Tone("note", _("Not"), _("nu och du")),
        Tone("shore", _("Strand"), _("det som ligger på bordet")),
        Tone("star", _("Styrbord"), _("klart, på kurs")),
        Tone("port", _("Babord"), _("sent, fel")),
        Tone("band", _("Band"), _("osäkerhet")),
        Tone("beacon", _("Fyr"), _("bara tangentbordsfokus")),
    ]


def page() -> "Page[int]":
    """The middle one of three pages."""
    return Paginator(range(60), 20).page(2)


def context(today: dt.date) -> dict[str, object]:
    """Everything that the page of components shows."""
    wrong = FieldsForm(
        {"due": "snart", "why": _("Den rör tre avdelningar."), "kind": "decide", "title": "Jour"}
    )
    return {
        "tones": tones(),
        "today": today,
        "soon": today + dt.timedelta(days=3),
        "late": today - dt.timedelta(days=6),
        "person": SamplePerson("Ingrid", "Hallström"),
        "other": SamplePerson("Samir", "Haddad"),
        "question": QuestionForm(initial={"answer": "coordinate"}, prefix="q"),
        "wrong": wrong,
        "filters": FilterForm(prefix="f"),
        "page": page(),
        "marks": [True, True, True, False, True, True, True, False, True, True, False],
        "minutes": [
            {"label": _("Veta"), "minutes": 10, "tone": "d4"},
            {"label": _("Besluta"), "minutes": 20, "tone": "d1"},
            {"label": _("Besluta"), "minutes": 20, "tone": "d1"},
            {"label": _("Tänka ihop"), "minutes": 30, "tone": "d2"},
            {"label": _("Tänka ihop"), "minutes": 20, "tone": "d2"},
            {"label": _("Veta"), "minutes": 10, "tone": "d4"},
        ],
    }
