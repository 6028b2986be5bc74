"""Results of others' instruments: one by one, or a file that is read whole or not at all."""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from styrfart.climate.actions.external import Few
from styrfart.climate.models import ExternalResult
from styrfart.climate.models.rounds import thresholds
from styrfart.climate.queries.instruments import teams_to_record_for, units_to_record_for
from styrfart.people.forms.fields import UnitField
from styrfart.people.models import Team, Unit
from styrfart.people.standing import User
from styrfart.shared.forms import DayField, read_day
from styrfart.shared.templatetags.words import in_words

# Names only. Their questions belong to others, and there is no field for them.
KNOWN = (
    "COPSOQ",
    "Chefoskopet",
    "Effect",
    "GDQ",
    "NKI",
    "QPSNordic",
    "Serviceindex",
    "Team Diagnostic Survey",
)
MOST_BYTES, MOST_ROWS = 1024 * 1024, 5000
HEAD = ("instrument", "enhet", "ledningsgrupp", "datum", "mått", "värde", "skala", "svar", "källa")
EXAMPLE = ("COPSOQ", "E12", "", "2026-05-12", "Socialt stöd", "71,5", "0–100, högre är bättre", "24", "HR")


class KnownInput(forms.TextInput):
    """A box with the names that are known; any other may be written."""

    template_name = "climate/instruments/known.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "known": KNOWN}


class ResultForm(forms.Form):
    """One figure."""

    instrument = forms.CharField(
        label=_("Vilket instrument?"),
        help_text=_("Bara namnet. Frågorna tillhör den som har skrivit dem och skrivs inte in här."),
        max_length=60,
        widget=KnownInput(attrs={"list": "known-instruments"}),
        error_messages={"required": _("Skriv vad instrumentet heter")},
    )
    unit = UnitField(
        label=_("Enhet"), required=False, help_text=_("Namn eller kod. Lämna tomt för en ledningsgrupp.")
    )
    team = forms.ModelChoiceField(
        label=_("Ledningsgrupp"), queryset=Team.objects.none(), required=False, empty_label=_("Ingen vald")
    )
    measured_on = DayField(label=_("När mättes det?"), error_messages={"required": _("Ange när det mättes")})
    measure = forms.CharField(
        label=_("Vilket mått?"),
        help_text=_("Till exempel Socialt stöd, eller Stadium."),
        max_length=60,
        error_messages={"required": _("Skriv vad måttet heter")},
    )
    value = forms.CharField(
        label=_("Värde"),
        max_length=12,
        widget=forms.TextInput(attrs={"class": "input--number", "inputmode": "decimal"}),
        error_messages={"required": _("Skriv värdet som ett tal")},
    )
    scale = forms.CharField(
        label=_("Skala"),
        help_text=_("Till exempel 0–100, högre är bättre."),
        max_length=80,
        error_messages={"required": _("Skriv vilken skala värdet har")},
    )
    answers = forms.IntegerField(
        label=_("Antal svar"),
        widget=forms.TextInput(attrs={"class": "input--number", "inputmode": "numeric"}),
        max_value=1_000_000,
        error_messages={
            "required": _("Skriv hur många som svarade"),
            "invalid": _("Skriv antalet svar som ett heltal"),
        },
    )
    source = forms.CharField(
        label=_("Källa"),
        help_text=_("Vem mätte, och var rapporten finns."),
        max_length=200,
        error_messages={"required": _("Skriv var resultatet kommer ifrån")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.least, _least_text = thresholds()
        self.fields["answers"].help_text = _now("Minst %(least)s. Resultat från färre tas inte emot.") % {
            "least": self.least
        }
        cast("UnitField", self.fields["unit"]).user = user
        cast("forms.ModelChoiceField[Team]", self.fields["team"]).queryset = teams_to_record_for(user)

    def clean_measured_on(self) -> dt.date:
        """A day that has been."""
        day: dt.date = self.cleaned_data["measured_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Välj en dag som har varit"))
        return day

    def clean_answers(self) -> int:
        """As many as the product itself would show a figure of."""
        answers: int = self.cleaned_data["answers"]
        if answers < self.least:
            raise ValidationError(_too_few(self.least))
        return answers

    def clean_value(self) -> Decimal:
        """A number as people write one."""
        return read_value(self.cleaned_data["value"])

    def clean_unit(self) -> Unit | None:
        """One of those whose results the user may write down."""
        unit: Unit | None = self.cleaned_data["unit"]
        if unit is not None and not units_to_record_for(self.user).filter(pk=unit.pk).exists():
            raise ValidationError(_("Du kan bara skriva in resultat för enheter som du leder"))
        return unit

    def clean(self) -> dict[str, Any]:
        """One of unit and team, and nothing that is there already."""
        found = super().clean() or {}
        if not self.errors and bool(found["unit"]) == bool(found["team"]):
            self.add_error("unit", _("Ange antingen en enhet eller en ledningsgrupp"))
        if not self.errors and _is_there(found):
            self.add_error("measure", _("Det måttet är redan inskrivet för den dagen"))
        return found


def _is_there(found: dict[str, Any]) -> bool:
    names = ("instrument", "measure", "measured_on", "unit", "team")
    return ExternalResult.objects.filter(**{name: found[name] for name in names}).exists()


def read_value(text: str) -> Decimal:
    """ "71,5" → 71.5; raises `ValidationError`."""
    try:
        value = Decimal(text.strip().replace(",", ".").replace("−", "-"))
    except InvalidOperation as error:
        raise ValidationError(_("Skriv värdet som ett tal, till exempel 71,5")) from error
    if not value.is_finite() or abs(value) >= 1_000_000 or value != round(value, 2):
        raise ValidationError(_("Skriv värdet med högst två decimaler"))
    return value


@dataclass(frozen=True)
class RowFault:
    """What is wrong in a line of the file, and what to do."""

    line: int
    what: str


class ResultsFileForm(forms.Form):
    """A CSV file of figures; `rows` are whole, or `faults` say what is wrong, line by line."""

    file = forms.FileField(
        label=_("Fil med resultat"),
        help_text=_("En CSV-fil som mallen. Är något fel i filen läses inget in."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": _("Välj en fil"), "empty": _("Filen är tom")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.rows: list[dict[str, Any]] = []
        self.lines: list[int] = []  # of each row
        self.faults: list[RowFault] = []

    def clean_file(self) -> None:
        """Read every line."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("Filen är för stor. Dela upp den i filer på högst en megabyte"))
        table = _table(file.read())
        if len(table) - 1 > MOST_ROWS:
            raise ValidationError(_("Filen har för många rader. Dela upp den i filer på högst 5 000 rader"))
        head = [name.strip().lower() for name in table[0]]
        missing = [name for name in HEAD if name not in head]
        if missing:
            raise ValidationError(
                _("Kolumnen saknas i filen: %(names)s"), params={"names": ", ".join(missing)}
            )
        lines = [
            (number, dict(zip(head, [cell.strip() for cell in row], strict=False)))
            for number, row in enumerate(table[1:], 2)
            if any(cell.strip() for cell in row)
        ]
        if not lines:
            raise ValidationError(_("Filen har inga rader med resultat"))
        self._read(lines)
        if self.faults:
            raise ValidationError(_("Rätta raderna i filen och läs in den igen"))

    def _read(self, lines: list[tuple[int, dict[str, str]]]) -> None:
        every = list(units_to_record_for(self.user))
        # As it is written first; else with other capitals.
        units = {unit.code.casefold(): unit for unit in every} | {unit.code: unit for unit in every}
        named = {cells.get("ledningsgrupp", "") for _number, cells in lines}
        teams: dict[str, Team] = {}
        for team in teams_to_record_for(self.user).filter(Q(slug__in=named) | Q(name__in=named)):
            teams |= {team.slug: team, team.name: team}
        seen: dict[tuple[Any, ...], int] = {}
        for number, cells in lines:
            try:
                row = _row_of(cells, units, teams)
            except ValidationError as error:
                self.faults.append(RowFault(number, " ".join(error.messages)))
                continue
            key = tuple(
                str(row[name]) for name in ("instrument", "unit_id", "team_id", "measured_on", "measure")
            )
            if key in seen:
                again = _now("Samma mått står redan på rad %(line)s") % {"line": seen[key]}
                self.faults.append(RowFault(number, again))
            seen.setdefault(key, number)
            self.rows.append(row)
            self.lines.append(number)
        self._look_for_known(seen)

    def add_few(self, few: Sequence[Few]) -> None:
        """Say in which lines a figure would leave a few people."""
        self.faults += [RowFault(self.lines[each.row], few_left(each)) for each in few]
        self.add_error("file", _("Rätta raderna i filen och läs in den igen"))

    def _look_for_known(self, seen: dict[tuple[Any, ...], int]) -> None:
        """Say which lines are recorded already."""
        names = ("instrument", "unit_id", "team_id", "measured_on", "measure")
        instruments = {row["instrument"] for row in self.rows}
        days = {row["measured_on"] for row in self.rows}
        known = ExternalResult.objects.filter(instrument__in=instruments, measured_on__in=days)
        for row in known.values(*names):
            line = seen.get(tuple(str(row[name]) for name in names))
            if line is not None:
                self.faults.append(RowFault(line, _now("Måttet är redan inskrivet för den dagen")))
        self.faults.sort(key=lambda fault: fault.line)


def _table(content: bytes) -> list[list[str]]:
    """The cells of a CSV file as Swedish Excel or anybody else writes it."""
    for coding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(coding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ValidationError(_("Filen går inte att läsa. Spara den som CSV i UTF-8"))
    first = text.partition("\n")[0]
    mark = max(";,\t", key=first.count)
    try:
        table = list(csv.reader(io.StringIO(text.replace("\0", "")), delimiter=mark))
    except csv.Error as error:
        raise ValidationError(_("Filen går inte att läsa. Spara den som CSV i UTF-8")) from error
    return table or [[]]


def _row_of(cells: dict[str, str], units: dict[str, Unit], teams: dict[str, Team]) -> dict[str, Any]:
    """The line as a row; raises `ValidationError` with everything that is wrong in it."""
    faults: list[str] = []
    limits = {"instrument": 60, "mått": 60, "skala": 80, "källa": 200}
    for name, most in limits.items():
        if not cells.get(name):
            faults.append(_now("%(name)s saknas.") % {"name": name.capitalize()})
        elif len(cells[name]) > most:
            faults.append(
                _now("%(name)s har fler än %(most)s tecken.") % {"name": name.capitalize(), "most": most}
            )
    code, group = cells.get("enhet", ""), cells.get("ledningsgrupp", "")
    unit, team = units.get(code) or units.get(code.casefold()), teams.get(group)
    if bool(code) == bool(group):
        faults.append(_now("Ange antingen enhet eller ledningsgrupp."))
    elif code and unit is None:
        faults.append(_now("Enheten %(code)s finns inte, eller leds inte av dig.") % {"code": code})
    elif group and team is None:
        faults.append(_now("Ledningsgruppen %(name)s finns inte, eller leds inte av dig.") % {"name": group})
    row: dict[str, Any] = {
        "instrument": cells.get("instrument", ""),
        "unit_id": unit.pk if unit and not group else None,
        "team_id": team.pk if team and not code else None,
        "measure": cells.get("mått", ""),
        "scale": cells.get("skala", ""),
        "source": cells.get("källa", ""),
    }
    row |= _numbers(cells, faults)
    if faults:
        raise ValidationError(faults)
    return row


def few_left(few: Few) -> str:
    """Why a figure is not taken, and what to do."""
    said = ngettext(
        "%(unit)s har %(answers)s svar och enheterna under har %(below)s. Då går det att räkna ut vad den "
        "enda som blir över svarade. Utelämna %(unit)s eller någon av enheterna under",
        "%(unit)s har %(answers)s svar och enheterna under har %(below)s. Då går det att räkna ut resultatet "
        "för de %(left)s som blir över. Utelämna %(unit)s eller någon av enheterna under",
        few.answers - few.below,
    )
    left = in_words(few.answers - few.below)
    return said % {"unit": few.unit, "answers": few.answers, "below": few.below, "left": left}


def _too_few(least: int) -> str:
    return _now("Resultat från färre än %(least)s svar tas inte emot") % {"least": least}


def _numbers(cells: dict[str, str], faults: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    today = timezone.localdate()
    try:
        found["measured_on"] = read_day(cells.get("datum", ""), today)
    except (ValueError, KeyError):
        faults.append(_now("Skriv datumet som 2026-05-12."))
    else:
        if found["measured_on"] > today:
            faults.append(_now("Datumet har inte varit än."))
    try:
        found["value"] = read_value(cells.get("värde", ""))
    except ValidationError as error:
        faults.append(f"{error.messages[0]}.")
    count = cells.get("svar", "")
    if not count.isdecimal() or int(count) > 1_000_000:
        faults.append(_now("Skriv antalet svar som ett heltal."))
    elif int(count) < thresholds()[0]:
        faults.append(f"{_too_few(thresholds()[0])}.")
    else:
        found["answers"] = int(count)
    return found
