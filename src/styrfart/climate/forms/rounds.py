"""What is written to plan a round, and what its deeds carry."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from styrfart.climate import rules
from styrfart.climate.actions.rounds import RoundWish
from styrfart.climate.answering import MOST_QUESTIONS
from styrfart.climate.instruments import Answering, Instrument
from styrfart.climate.models import Round
from styrfart.climate.queries.planning import EXPECTED_RATE, minutes_of
from styrfart.climate.queries.rounds import Slipless
from styrfart.load.fields import UnitsField
from styrfart.people.models import Team, Unit
from styrfart.people.standing import User
from styrfart.shared.forms import DayField, RevisionForm, upon
from styrfart.shared.workdays import next_workday

LONGEST_OPEN = dt.timedelta(days=90)
LONGEST_TEXT = 300
LANGUAGES = [("sv", _("Svenska")), ("en", _("Engelska"))]
SOME_MINUTES = 10
SHORTEST_NOTICE = 3  # days
THURSDAY = 3


def days_from(today: dt.date) -> dict[str, dt.date]:
    """Opens next Monday, open for two weeks, reminds after one, shown the Thursday of the week after.

    A Monday that is less than three days away is too near: there would be no time to tell of it.
    """
    ahead = 7 - today.weekday()
    opens = next_workday(today + dt.timedelta(days=ahead if ahead >= SHORTEST_NOTICE else ahead + 7))
    monday = opens - dt.timedelta(days=opens.weekday())
    return {
        "opens_on": opens,
        "reminds_on": next_workday(monday + dt.timedelta(days=7)),
        "closes_on": monday + dt.timedelta(days=13),
        "report_on": next_workday(monday + dt.timedelta(days=14 + THURSDAY)),
    }


class RoundForm(forms.Form):
    """A pulse as its planner words it."""

    title = forms.CharField(
        label=_("Vad ska pulsen heta?"),
        max_length=120,
        help_text=_("Till exempel Puls i november. Den som svarar ser namnet."),
        error_messages={"required": _("Skriv vad pulsen ska heta")},
    )
    why = forms.CharField(
        label=_("Varför frågar ni?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Två meningar till den som svarar: varför ni frågar och vad ni ska göra med svaren."),
        error_messages={"required": _("Skriv varför ni frågar. Den som svarar vill veta det")},
    )
    instruments = forms.MultipleChoiceField(
        label=_("Vad ska ni fråga om?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Välj minst ett formulär"),
            "invalid_choice": _("Formuläret finns inte längre. Välj ett annat"),
        },
    )
    units = forms.TypedMultipleChoiceField(
        label=_("Vilka enheter?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Allt under enheten är med."),
        error_messages={"invalid_choice": _("Enheten finns inte längre. Välj en annan")},
    )
    more_units = UnitsField(label=_("Andra enheter"), required=False)
    teams = forms.TypedMultipleChoiceField(
        label=_("Vilka ledningsgrupper?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ordförande och ledamöter får frågorna, om gruppen. Välj enheter eller ledningsgrupper."),
        error_messages={"invalid_choice": _("Ledningsgruppen finns inte längre. Välj en annan")},
    )
    languages = forms.MultipleChoiceField(
        label=_("På vilka språk?"),
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        initial=["sv"],
        error_messages={"required": _("Välj minst ett språk")},
    )
    text_1_sv = forms.CharField(label=_("Första frågan"), max_length=LONGEST_TEXT, required=False)
    text_1_en = forms.CharField(label=_("Första frågan på engelska"), max_length=LONGEST_TEXT, required=False)
    text_2_sv = forms.CharField(label=_("Andra frågan"), max_length=LONGEST_TEXT, required=False)
    text_2_en = forms.CharField(label=_("Andra frågan på engelska"), max_length=LONGEST_TEXT, required=False)
    opens_on = DayField(label=_("Öppnar"), error_messages={"required": _("Ange när pulsen öppnar")})
    closes_on = DayField(
        label=_("Stänger"),
        help_text=_("Sista dagen att svara."),
        error_messages={"required": _("Ange sista dagen att svara")},
    )
    reminds_on = DayField(
        label=_("Påminner"),
        required=False,
        help_text=_("Bara de som inte har svarat får påminnelsen. Tomt: ingen påminnelse."),
    )
    report_on = DayField(
        label=_("Visas"),
        help_text=_("Resultatet visas för alla samtidigt, klockan 08.00."),
        error_messages={"required": _("Ange när resultatet visas")},
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    about = ("units", "more_units", "teams")
    what = ("instruments", "languages")
    texts = ("text_1_sv", "text_1_en", "text_2_sv", "text_2_en")
    days = ("opens_on", "closes_on", "reminds_on", "report_on")

    def __init__(
        self,
        *args: Any,
        user: User,
        instruments: Sequence[Instrument],
        units: Sequence[Unit],
        teams: Sequence[Team],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.offered = {each.key: each for each in instruments}
        self.offered_units = {unit.pk: unit for unit in units}
        self.offered_teams = {team.pk: team for team in teams}
        language = translation.get_language()
        self._choices("instruments", [(key, _named(each, language)) for key, each in self.offered.items()])
        self.fields["instruments"].hints = {  # type: ignore[attr-defined]  # read by field.html
            key: each.about.to(language) for key, each in self.offered.items()
        }
        shallow = min((len(unit.ancestor_ids) for unit in units), default=0)
        self._choices("units", [(unit.pk, _stepped(unit, shallow)) for unit in units])
        self._choices("teams", [(team.pk, f"{team.name}, {team.unit}") for team in teams])
        field = self.fields["more_units"]
        assert isinstance(field, UnitsField)  # noqa: S101  # declared above
        field.user = user
        if not self.offered_teams:
            del self.fields["teams"]
        if not self.offered_units:
            del self.fields["units"], self.fields["more_units"]

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # every name given is one
        field.choices = choices

    # --- the page lays the fields out in parts --------------------------------------------------------
    def part(self, names: Iterable[str]) -> list[Any]:
        """The fields of a part that there are."""
        return [self[name] for name in names if name in self.fields]

    @property
    def about_fields(self) -> list[Any]:
        return self.part(self.about)

    @property
    def what_fields(self) -> list[Any]:
        return self.part(self.what)

    @property
    def text_fields(self) -> list[Any]:
        return self.part(self.texts)

    @property
    def day_fields(self) -> list[Any]:
        return self.part(self.days)

    # --- what is wrong --------------------------------------------------------------------------------
    def clean_more_units(self) -> list[Unit]:
        units: list[Unit] = self.cleaned_data["more_units"]
        others = [unit.name for unit in units if not rules.can_plan_for(self.user, unit)]
        if others:
            raise forms.ValidationError(
                gettext("Du kan bara fråga i enheter som du leder. Ta bort: %(names)s")
                % {"names": ", ".join(others)}
            )
        return units

    def clean_instruments(self) -> list[str]:
        keys: list[str] = self.cleaned_data["instruments"]
        if len({self.offered[key].answering for key in keys}) > 1:
            raise forms.ValidationError(
                gettext("Formulären frågar olika personer. Välj dem som frågar samma, eller gör två pulser")
            )
        count = sum(len(self.offered[key].items) for key in keys)
        if count > MOST_QUESTIONS:
            raise forms.ValidationError(
                gettext("Formulären har %(count)s frågor tillsammans. Välj färre: högst %(most)s får plats")
                % {"count": count, "most": MOST_QUESTIONS}
            )
        return keys

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_days(cleaned)
        self._check_about(cleaned)
        self._check_languages(cleaned)
        return cleaned

    def _check_days(self, cleaned: dict[str, Any]) -> None:
        opens, closes, shown, reminds = (
            cleaned.get(name) for name in ("opens_on", "closes_on", "report_on", "reminds_on")
        )
        if opens and opens < timezone.localdate():
            self.add_error("opens_on", gettext("Dagen har redan varit. Välj en dag från och med i dag"))
        if opens and closes and closes < opens:
            self.add_error("closes_on", gettext("Pulsen stänger innan den öppnar. Välj en senare dag"))
        elif opens and closes and closes - opens > LONGEST_OPEN:
            self.add_error("closes_on", gettext("En puls är öppen i högst tre månader. Välj en tidigare dag"))
        if closes and shown and shown <= closes:
            self.add_error("report_on", gettext("Resultatet kan visas först dagen efter att pulsen stänger"))
        if reminds and opens and closes and not opens < reminds <= closes:
            self.add_error(
                "reminds_on",
                gettext(
                    "Påminn någon dag efter att pulsen har öppnat och innan den stänger, eller lämna tomt"
                ),
            )

    def _check_about(self, cleaned: dict[str, Any]) -> None:
        first = next((name for name in self.about if name in self.fields), None)
        units, teams = self._units(cleaned), cleaned.get("teams") or []
        if units and teams:
            self.add_error("teams", gettext("Välj enheter eller ledningsgrupper, inte båda"))
        elif not units and not teams and not self.errors.keys() & set(self.about):
            self.add_error(first, gettext("Välj vilka pulsen gäller"))
        asks = {self.offered[key].answering for key in cleaned.get("instruments") or []}
        if teams and Answering.MANAGER in asks:
            self.add_error("instruments", gettext("Formuläret ställs till chefer. Välj enheter i stället"))
        if units and Answering.TEAM in asks:
            self.add_error("instruments", gettext("Formuläret ställs till ledningsgrupper. Välj sådana"))

    def _check_languages(self, cleaned: dict[str, Any]) -> None:
        chosen = cleaned.get("languages") or []
        for key in cleaned.get("instruments") or []:
            missing = [each for each in chosen if each not in self.offered[key].languages]
            if missing:
                title = self.offered[key].title.to(translation.get_language())
                fault = gettext("%(title)s finns inte på %(language)s. Ta bort språket eller formuläret")
                names = {"sv": gettext("svenska"), "en": gettext("engelska")}
                self.add_error("languages", fault % {"title": title, "language": names[missing[0]]})
        for number in ("1", "2"):
            written = {each: cleaned.get(f"text_{number}_{each}") for each, _name in LANGUAGES}
            for language in chosen:
                if any(written.values()) and not written[language]:
                    self.add_error(f"text_{number}_{language}", gettext("Skriv frågan på det språket också"))

    # --- what it comes to -----------------------------------------------------------------------------
    def _units(self, cleaned: dict[str, Any]) -> list[Unit]:
        ticked = [self.offered_units[pk] for pk in cleaned.get("units") or []]
        found = {unit.pk: unit for unit in [*ticked, *(cleaned.get("more_units") or [])]}
        return list(found.values())

    def wish(self) -> RoundWish:
        """As the action takes it."""
        data = self.cleaned_data
        texts = [
            {each: data[f"text_{number}_{each}"] for each in data["languages"]}
            for number in ("1", "2")
            if any(data.get(f"text_{number}_{each}") for each in data["languages"])
        ]
        names = (
            "title",
            "why",
            "instruments",
            "languages",
            "opens_on",
            "closes_on",
            "reminds_on",
            "report_on",
        )
        return RoundWish(
            **{name: data[name] for name in names},
            text_questions=texts,
            units=self._units(data),
            teams=[self.offered_teams[pk] for pk in data.get("teams") or []],
        )

    def moved_on(self, revision: int) -> None:
        """Say that somebody else was first; what was typed stays, and is saved upon the next try."""
        self.data = upon(self.data, revision)


def known_of(asked: Round, offered: Iterable[Unit]) -> dict[str, Any]:
    """What the form says of a draft."""
    ticked = {unit.pk for unit in offered}
    units = list(asked.units.all())
    texts = {
        f"text_{number}_{language}": question.get(language, "")
        for number, question in enumerate(asked.text_questions, start=1)
        for language, _name in LANGUAGES
    }
    names = ("title", "why", "instruments", "languages", *RoundForm.days, "revision")
    return {
        **{name: getattr(asked, name) for name in names},
        **texts,
        "units": [unit.pk for unit in units if unit.pk in ticked],
        "more_units": [unit for unit in units if unit.pk not in ticked],
        "teams": [team.pk for team in asked.teams.all()],
    }


class PlanForm(forms.Form):
    """How the plan is looked at: `?svar=75&oppna=<code>`."""

    svar = forms.IntegerField(
        label=_("Räkna med att så många procent svarar"),
        min_value=1,
        max_value=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "input--number", "inputmode": "numeric"}),
    )
    marks_optional = False

    oppna = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)

    @classmethod
    def looked_at(cls, asked: QueryDict) -> "PlanForm":
        """What the address asks for; the share that is expected when it says none."""
        return cls({"svar": round(EXPECTED_RATE * 100)} | asked.dict())

    @property
    def rate(self) -> float:
        """The share of answers that is reckoned with; three of four when it cannot be read."""
        self.is_valid()
        percent = self.cleaned_data.get("svar")
        return percent / 100 if percent else EXPECTED_RATE

    @property
    def opened(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("oppna") or "")


class LaunchForm(RevisionForm):
    """To start a round; carries the share of answers that the page reckoned with, too."""

    svar = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=100, required=False)

    @property
    def rate(self) -> float:
        return (self.cleaned_data.get("svar") or round(EXPECTED_RATE * 100)) / 100


class SlipsForm(forms.Form):
    """How many slips each group gets: a field for each."""

    def __init__(self, *args: Any, groups: Sequence[Slipless], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {f"grupp_{row.group.pk}": row for row in groups if not row.is_locked}
        self.locked = [row for row in groups if row.is_locked]
        for name, row in self.groups.items():
            self.fields[name] = forms.IntegerField(
                label=row.group.name,
                min_value=0,
                max_value=row.people,
                required=False,
                initial=row.people if not row.drawn else None,
                help_text=_told_of(row),
                widget=forms.TextInput(attrs={"class": "input--number", "inputmode": "numeric"}),
                error_messages={
                    "invalid": _("Skriv antalet med siffror, eller lämna fältet tomt"),
                    "min_value": _("Skriv antalet med siffror, eller lämna fältet tomt"),
                    "max_value": _("Så många saknar inte e-post. Skriv högst %(limit_value)s"),
                },
            )

    marks_optional = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(gettext("Skriv hur många lappar du behöver för minst en enhet"))
        return cleaned

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The fields with their groups, in the organisation's order."""
        return [{"field": self[name], "group": row} for name, row in self.groups.items()]

    @property
    def numbers(self) -> list[tuple[Any, int]]:
        """The groups that get any, and how many."""
        return [
            (row.group, self.cleaned_data[name])
            for name, row in self.groups.items()
            if self.cleaned_data.get(name)
        ]


def _told_of(row: Slipless) -> str:
    """How many have no address, and whether there are slips already."""
    told = ngettext("En person har ingen e-post.", "%(number)s personer har ingen e-post.", row.people) % {
        "number": row.people
    }
    if row.drawn:
        drawn = ngettext(
            "En lapp är redan utskriven och slutar gälla om du gör nya.",
            "%(number)s lappar är redan utskrivna och slutar gälla om du gör nya.",
            row.drawn,
        )
        told += " " + drawn % {"number": row.drawn}
    return told


def _named(instrument: Instrument, language: str) -> str:
    """A questionnaire as a choice: its name, and how long it takes."""
    count = len(instrument.items)
    minutes = minutes_of([instrument], 0)
    told = ngettext(
        "%(title)s, en fråga, ungefär %(minutes)s min",
        "%(title)s, %(count)s frågor, ungefär %(minutes)s min",
        count,
    )
    return told % {
        "title": instrument.title.to(language),
        "count": count,
        "minutes": minutes,
    }


def _stepped(unit: Unit, shallow: int) -> str:
    """A unit as a choice: below which it lies, unless it is at the top of the list."""
    if len(unit.ancestor_ids) > shallow and unit.parent is not None:
        return gettext("%(unit)s, under %(parent)s") % {"unit": unit.name, "parent": unit.parent.name}
    return unit.name
