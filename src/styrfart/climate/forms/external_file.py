"""Results of others' instruments from a file, that is read whole or not at all."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from styrfart.climate.actions.external import Few
from styrfart.climate.forms.external import few_left, read_value, too_few
from styrfart.climate.models import ExternalResult
from styrfart.climate.models.rounds import thresholds
from styrfart.climate.queries.instruments import teams_to_record_for, units_to_record_for
from styrfart.people.models import Team, Unit
from styrfart.people.standing import User
from styrfart.shared.forms import read_day

MOST_BYTES, MOST_ROWS = 1024 * 1024, 5000
HEAD = ("instrument", "enhet", "ledningsgrupp", "datum", "mått", "värde", "skala", "svar", "källa")
EXAMPLE = ("COPSOQ", "E12", "", "2026-05-12", "Socialt stöd", "71,5", "0–100, högre är bättre", "24", "HR")


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
        faults.append(f"{too_few(thresholds()[0])}.")
    else:
        found["answers"] = int(count)
    return found
