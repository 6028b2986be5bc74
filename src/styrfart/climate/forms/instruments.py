"""A questionnaire as people write one: a question a line, and the same lines in the other language."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from styrfart.climate.instruments import LANGUAGES, Instrument, InstrumentError, instrument_of, shipped
from styrfart.climate.models import OwnInstrument

AGREE, OFTEN, OWN = "agree", "often", "own"
LIKE = {AGREE: "hme", OFTEN: "ledarskap"}  # whose steps the ready-made scales are
NOT_VALIDATED = {"sv": "Eget formulär, ej validerat.", "en": "Own questionnaire, not validated."}
_PART = re.compile(r"(.+?):\s*([\d ,]+)")


def lines_of(text: str) -> list[str]:
    """What is written, a line each; empty lines are left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def numbers_of(text: str) -> list[int]:
    """ "1, 3 och 5" → 1, 3, 5."""
    return [int(each) for each in re.findall(r"\d+", text)]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class OwnInstrumentForm(forms.Form):
    """Everything that a questionnaire is; the clean value `spec` is one that is whole."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=_("Vad heter formuläret?"),
        max_length=120,
        error_messages={"required": _("Skriv vad formuläret heter")},
    )
    about = forms.CharField(
        label=_("Vad mäter det?"),
        help_text=_("En eller två meningar. De står i listan över formulär."),
        max_length=400,
        widget=_area(2),
        error_messages={"required": _("Skriv vad formuläret mäter")},
    )
    answering = forms.ChoiceField(
        label=_("Vilka svarar?"),
        choices=[
            ("workplace", _("De som arbetar i en enhet")),
            ("team", _("De som sitter i en ledningsgrupp")),
            ("manager", _("Chefer, om sitt uppdrag")),
        ],
        initial="workplace",
        widget=forms.RadioSelect,
    )
    original = forms.ChoiceField(
        label=_("Vilket språk är frågorna skrivna på?"),
        choices=[("sv", _("Svenska")), ("en", _("Engelska"))],
        initial="sv",
        widget=forms.RadioSelect,
    )
    items = forms.CharField(
        label=_("Frågor"),
        help_text=_("En fråga eller ett påstående på varje rad, högst 60. Fråga inte om hälsa."),
        max_length=12000,
        widget=_area(10),
        error_messages={"required": _("Skriv minst en fråga")},
    )
    items_other = forms.CharField(
        label=_("Samma frågor på det andra språket"),
        help_text=_("Lika många rader, i samma ordning. Lämna tomt om formuläret finns på ett språk."),
        max_length=12000,
        required=False,
        widget=_area(10),
    )
    scale = forms.ChoiceField(
        label=_("Hur svarar man?"),
        choices=[
            (AGREE, _("Fem steg från Stämmer mycket dåligt till Stämmer mycket bra")),
            (OFTEN, _("Fem steg från Nästan aldrig till Nästan alltid")),
            (OWN, _("Egna steg, som du skriver här under")),
        ],
        initial=AGREE,
        widget=forms.RadioSelect,
    )
    steps = forms.CharField(
        label=_("Egna steg"),
        help_text=_(
            "Ett steg på varje rad, det lägsta först. Två till elva steg. ”Vill inte svara” finns alltid."
        ),
        max_length=1200,
        required=False,
        widget=_area(5),
    )
    steps_other = forms.CharField(
        label=_("Samma steg på det andra språket"), max_length=1200, required=False, widget=_area(5)
    )
    better = forms.ChoiceField(
        label=_("Vad är bättre?"),
        choices=[
            ("higher", _("Ett högre svar")),
            ("lower", _("Ett lägre svar")),
            ("neither", _("Inget av dem")),
        ],
        initial="higher",
        widget=forms.RadioSelect,
    )
    turned = forms.CharField(
        label=_("Vilka frågor är omvända?"),
        help_text=_(
            "Frågor där ett lågt svar betyder det som ett högt betyder i de andra. Till exempel 3, 5."
        ),
        max_length=120,
        required=False,
    )
    parts = forms.CharField(
        label=_("Delar"),
        help_text=_("En del på varje rad: namn, kolon och frågornas nummer. Till exempel Trygghet: 1, 2, 4."),
        max_length=1200,
        required=False,
        widget=_area(3),
    )
    has_total = forms.BooleanField(
        label=_("Visa också ett index för alla frågor tillsammans"), required=False
    )
    origin = forms.ChoiceField(
        label=_("Med vilken rätt använder ni texten?"),
        choices=OwnInstrument.Origin.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj med vilken rätt ni använder texten")},
    )
    text_owner = forms.CharField(
        label=_("Vems är texten?"),
        help_text=_("Den som har skrivit frågorna, och var det står att ni får använda dem."),
        max_length=200,
        error_messages={"required": _("Skriv vems texten är")},
    )
    declares = forms.BooleanField(
        label=_("Vi har rätt att använda texten"),
        error_messages={"required": _("Bekräfta att ni har rätt att använda texten")},
    )

    spec: dict[str, Any]

    def clean_items(self) -> list[str]:
        """The questions, one each."""
        return self._no_longer(lines_of(self.cleaned_data["items"]), 300)

    def clean_items_other(self) -> list[str]:
        return self._no_longer(lines_of(self.cleaned_data["items_other"]), 300)

    def clean_steps(self) -> list[str]:
        return self._no_longer(lines_of(self.cleaned_data["steps"]), 80)

    def clean_steps_other(self) -> list[str]:
        return self._no_longer(lines_of(self.cleaned_data["steps_other"]), 80)

    def clean(self) -> dict[str, Any]:
        """Put the parts together; each fault at the field where it is put right."""
        found = super().clean() or {}
        if self.errors:
            return found
        self._check_other("items", "items_other", _now("Skriv lika många rader som det finns frågor"))
        if found["scale"] == OWN:
            if not 2 <= len(found["steps"]) <= 11:
                self.add_error("steps", _now("Skriv två till elva steg, ett på varje rad"))
            self._check_other("steps", "steps_other", _now("Skriv lika många rader som det finns steg"))
            if found["items_other"] and not found["steps_other"]:
                self.add_error("steps_other", _now("Skriv stegen på det andra språket också"))
        if not self.errors:
            self._assemble(found)
        return found

    def _no_longer(self, lines: list[str], most: int) -> list[str]:
        if any(len(line) > most for line in lines):
            raise ValidationError(_("Skriv högst %(most)s tecken på en rad"), params={"most": most})
        return lines

    def _check_other(self, name: str, other: str, fault: str) -> None:
        given = self.cleaned_data[other]
        if given and len(given) != len(self.cleaned_data[name]):
            self.add_error(other, fault)

    def _assemble(self, found: dict[str, Any]) -> None:
        first = found["original"]
        second = next(each for each in LANGUAGES if each != first)
        turned, count = numbers_of(found["turned"]), len(found["items"])
        if not set(turned) <= set(range(1, count + 1)):
            self.add_error("turned", _now("Ange nummer på frågor som finns"))
            return
        texts = _both(first, found["items"], second, found["items_other"])
        parts = self._parts(found["parts"], first, count)
        if parts is None:
            self.add_error("parts", _now("Skriv varje del som namn, kolon och nummer på frågor som finns"))
            return
        whole = {"sv": "Sammantaget", "en": "Overall"} if found["has_total"] else {}
        spec = {
            "key": "eget",
            "version": 1,
            "licence": "organisation",
            "source": found["text_owner"],
            "title": {first: found["title"]},
            "about": {first: found["about"]},
            "original": first,
            "is_validated": False,
            "validation": NOT_VALIDATED,
            "answering": found["answering"],
            "steps": self._steps(found, first, second),
            "items": [
                {"key": f"f{number}", "text": text, "is_reversed": number in turned}
                for number, text in enumerate(texts, 1)
            ],
            "sub_indices": parts,
            "total": whole,
            "higher_is_better": {"higher": True, "lower": False, "neither": None}[found["better"]],
        }
        try:
            instrument_of(spec)
        except InstrumentError:
            self.add_error("items", _now("Formuläret har högst 60 frågor"))
        self.spec = spec

    def _steps(self, found: dict[str, Any], first: str, second: str) -> list[dict[str, str]]:
        if found["scale"] in LIKE:
            return [dict(step.texts) for step in shipped()[LIKE[found["scale"]]].steps]
        return _both(first, found["steps"], second, found["steps_other"])

    def _parts(self, text: str, first: str, count: int) -> list[dict[str, Any]] | None:
        """The sub-indices; None when a line cannot be read."""
        parts: list[dict[str, Any]] = []
        for number, line in enumerate(lines_of(text), 1):
            read = _PART.fullmatch(line)
            numbers = numbers_of(read[2]) if read else []
            if read is None or not numbers or not set(numbers) <= set(range(1, count + 1)):
                return None
            keys = [f"f{each}" for each in dict.fromkeys(numbers)]
            parts.append({"key": f"d{number}", "name": {first: read[1].strip()}, "items": keys})
        return parts


def _both(first: str, texts: list[str], second: str, others: list[str]) -> list[dict[str, str]]:
    return [{first: text} | ({second: others[place]} if others else {}) for place, text in enumerate(texts)]


def as_written(own: OwnInstrument) -> dict[str, Any]:
    """What the form shows of a version that there is."""
    made = own.instrument
    first = made.original
    second = next(each for each in LANGUAGES if each != first)
    scale = next((name for name, key in LIKE.items() if shipped()[key].steps == made.steps), OWN)
    number = {item.key: place for place, item in enumerate(made.items, 1)}
    return {
        "revision": own.revision,
        "title": made.title.to(first),
        "about": made.about.to(first),
        "answering": made.answering.value,
        "original": first,
        "items": "\n".join(item.text.to(first) for item in made.items),
        "items_other": _lines(made, second),
        "scale": scale,
        "steps": "\n".join(step.to(first) for step in made.steps) if scale == OWN else "",
        "steps_other": "\n".join(step.texts.get(second, "") for step in made.steps).strip()
        if scale == OWN
        else "",
        "better": {True: "higher", False: "lower", None: "neither"}[made.higher_is_better],
        "turned": ", ".join(str(number[item.key]) for item in made.items if item.is_reversed),
        "parts": "\n".join(
            f"{part.name.to(first)}: {', '.join(str(number[key]) for key in part.items)}"
            for part in made.sub_indices
        ),
        "has_total": bool(made.total),
        "origin": own.origin,
        "text_owner": own.text_owner,
    }


def _lines(made: Instrument, language: str) -> str:
    return "\n".join(item.text.texts.get(language, "") for item in made.items).strip()
