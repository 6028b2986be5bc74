"""What can be wrong with a file: where, what, and what to do about it. Kept as codes, told in words."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong (or worth knowing) at a place in a file."""

    code: str
    sheet: str = ""  # as the reader sees it: the sheet's tab, or the name of the file
    row: int | None = None
    column: str = ""
    values: dict[str, str] = field(default_factory=dict)

    @property
    def is_warning(self) -> bool:
        """Whether the import may go on."""
        return self.code in WARNINGS

    def as_json(self) -> dict[str, Any]:
        """For `ImportLine.content`."""
        return {
            "code": self.code,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "values": self.values,
        }


def place(sheet: str, row: int | None, column: str) -> str:
    """ "Personer, rad 14, kolumn Chef"."""
    parts = [sheet] if sheet else []
    if row is not None:
        parts.append(gettext("rad %(row)s") % {"row": row})
    if column:
        parts.append(gettext("kolumn %(column)s") % {"column": column})
    return ", ".join(parts)


def tell(content: dict[str, Any]) -> dict[str, str]:
    """The words of a problem that was kept as JSON: where, what is wrong, what to do."""
    what, remedy = TEXTS[content["code"]]
    values = dict(content["values"])
    if "day" in values:
        values["day"] = date_format(dt.date.fromisoformat(values["day"]))
    return {
        "where": place(content["sheet"], content["row"], content["column"]),
        "what": str(what) % values,
        "remedy": str(remedy) % values,
    }


def sentence(content: dict[str, Any]) -> str:
    """The problem as one line, for the command line and the list of errors."""
    told = tell(content)
    where = f"{told['where']}: " if told["where"] else ""
    what = told["what"] if where else told["what"][:1].upper() + told["what"][1:]
    return f"{where}{what}. {told['remedy']}".strip()


# code: (what is wrong, without a full stop and beginning in lower case; what to do, as a sentence)
TEXTS: Final[dict[str, tuple[Promise | str, Promise | str]]] = {
    # --- The file
    "no_file": (_("ingen fil kom fram"), _("Välj en arbetsbok eller upp till tre CSV-filer.")),
    "empty_file": (_("filen är tom"), _("Fyll i mallen och läs in den.")),
    "old_excel": (
        _("filen är sparad i Excels gamla format"),
        _("Spara den som Excel-arbetsbok (.xlsx) och läs in den igen."),
    ),
    "open_document": (
        _("filen är ett OpenDocument-kalkylblad"),
        _("Spara den som Excel-arbetsbok (.xlsx) och läs in den igen."),
    ),
    "locked": (_("filen är skyddad med lösenord"), _("Ta bort lösenordet i Excel och läs in filen igen.")),
    "not_a_table": (
        _("filen går inte att läsa som arbetsbok eller CSV"),
        _("Öppna den i Excel, spara den som .xlsx och läs in den igen."),
    ),
    "too_large_unpacked": (
        _("arbetsboken är för stor när den packas upp"),
        _("Ta bort bilder, formatering och blad som inte ska läsas in."),
    ),
    "far_cells": (
        _("bladet har celler långt utanför tabellen"),
        _("Kopiera tabellen till ett nytt blad och läs in det."),
    ),
    "too_many_rows": (
        _("filen har fler än %(limit)s rader"),
        _("Dela upp den, eller läs in enheter, personer och grupper var för sig."),
    ),
    "endless_cell": (
        _("ett citattecken stängs aldrig, så resten av filen blir en enda cell"),
        _("Ta bort citattecknet i raden och läs in filen igen."),
    ),
    # --- The sheets
    "no_sheet": (
        _("inget blad är enheter, personer eller ledningsgrupper. Det här finns: %(found)s"),
        _("Ladda ner mallen och jämför bladens namn och rubriker."),
    ),
    "sheet_twice": (
        _("det finns två tabeller med samma slags uppgifter: %(first)s och %(second)s"),
        _("Behåll en av dem."),
    ),
    "no_header": (
        _("det finns ingen rad med kolumnrubriker"),
        _("Rubrikerna ska heta som i mallen, till exempel %(example)s."),
    ),
    "no_column": (_("kolumnen %(label)s saknas"), _("Lägg till den. Mallen visar hur.")),
    "column_twice": (_("rubriken finns två gånger"), _("Ta bort eller byt namn på den ena kolumnen.")),
    "no_rows": (_("bladet har rubriker men inga rader"), _("Ingenting ändras av det.")),
    "unread_columns": (
        _("de här kolumnerna läses inte in: %(columns)s"),
        _("Ta bort dem om de innehåller uppgifter som inte behövs här."),
    ),
    # --- Any cell
    "missing": (_("uppgiften saknas"), _("Fyll i den.")),
    "too_long": (_("texten är längre än %(limit)s tecken"), _("Korta den.")),
    "not_a_date": (_("”%(value)s” är inget datum"), _("Skriv som 2026-11-21.")),
    "ends_before_start": (
        _("sista dagen ligger före den första"),
        _("Rätta Från och med eller Till och med."),
    ),
    "unknown_kind": (
        _("slaget ”%(value)s” är okänt"),
        _("Skriv stad, nämnd, förvaltning, avdelning eller enhet."),
    ),
    "unknown_level": (
        _("nivån ”%(value)s” är okänd"),
        _("Skriv stad, förvaltning, avdelning eller enhet, eller lämna tomt."),
    ),
    "unknown_role": (
        _("rollen ”%(value)s” är okänd"),
        _("Skriv ordförande, ledamot, sekreterare eller adjungerad."),
    ),
    # --- Units
    "not_a_code": (
        _("koden ”%(value)s” går inte i en adress"),
        _("Använd bokstäver, siffror, mellanslag, punkt och bindestreck."),
    ),
    "code_twice": (_("koden ”%(value)s” finns redan på rad %(first)s"), _("Ge varje enhet en egen kod.")),
    "parent_unknown": (
        _("den överordnade enheten ”%(value)s” finns inte bland enheterna"),
        _("Rätta koden eller lägg till enheten."),
    ),
    "cycle": (
        _("enheterna ligger i en ring: %(ring)s"),
        _("Ändra Överordnad enhet för en av dem."),
    ),
    "too_deep": (_("trädet är djupare än %(limit)s nivåer"), _("Lägg enheten närmare toppen.")),
    "no_parent": (
        _("enheten har ingen överordnad enhet och hamnar överst"),
        _("Fyll i Överordnad enhet om det inte är meningen."),
    ),
    "no_head": (_("enheten %(unit)s har ingen chef"), _("Fyll i Chef, eller läs in ändå.")),
    "heads_differ": (
        _("enheten %(unit)s har ingen chef, och personerna där anger olika chefer"),
        _("Fyll i Chef på bladet Enheter, eller läs in ändå."),
    ),
    "person_unknown": (
        _("adressen finns inte bland personerna"),
        _("Rätta adressen eller lägg till personen."),
    ),
    "person_ambiguous": (
        _("flera personer heter ”%(value)s”"),
        _("Skriv personens e-postadress i stället."),
    ),
    "unit_ambiguous": (_("flera enheter heter ”%(value)s”"), _("Skriv enhetens kod i stället.")),
    # --- People
    "no_identity": (
        _("personen har varken e-postadress eller anställningsnummer"),
        _("Fyll i ett av dem."),
    ),
    "not_an_address": (_("”%(value)s” är ingen e-postadress"), _("Skriv som namn@kommunen.se.")),
    "address_twice": (
        _("adressen ”%(value)s” finns redan på rad %(first)s"),
        _("Ge varje person sin egen adress, eller samma namn och nummer om det är samma person."),
    ),
    "number_twice": (
        _("anställningsnumret ”%(value)s” finns redan på rad %(first)s"),
        _("Ge varje person sitt eget nummer, eller samma namn och adress om det är samma person."),
    ),
    "row_twice": (_("raden är lika med rad %(first)s"), _("Den läses in en gång.")),
    "posts_join": (
        _("personen har samma befattning som på rad %(first)s, med andra dagar som går in i varandra"),
        _("Raderna läses in som en, från den första dagen till den sista."),
    ),
    "address_taken": (
        _("adressen tillhör redan %(name)s"),
        _("Rätta adressen, eller ta först bort den från den personen."),
    ),
    "unit_unknown": (
        _("enheten ”%(value)s” finns inte bland enheterna"),
        _("Skriv enhetens kod, eller lägg till enheten."),
    ),
    "unit_without_title": (_("befattningen saknas"), _("Skriv personens befattning.")),
    "title_without_unit": (_("enheten saknas"), _("Skriv koden för personens enhet.")),
    # --- Teams
    "no_slug": (_("gruppens namn går inte att göra till en adress"), _("Skriv ett kortnamn med a–z.")),
    "not_a_slug": (
        _("kortnamnet ”%(value)s” går inte i en adress"),
        _("Använd bara a–z, siffror och bindestreck."),
    ),
    "slug_twice": (
        _("kortnamnet ”%(value)s” används redan av gruppen %(first)s"),
        _("Ge gruppen ett eget kortnamn."),
    ),
    "team_differs": (
        _("gruppen %(team)s har en annan uppgift här än på rad %(first)s"),
        _("Skriv samma på alla rader för gruppen."),
    ),
    "member_twice": (
        _("personen sitter redan i gruppen på rad %(first)s"),
        _("Ta bort en av raderna."),
    ),
    "two_chairs": (
        _("gruppen %(team)s har redan en ordförande på rad %(first)s"),
        _("En grupp har en ordförande i taget. Ändra den ena till ledamot."),
    ),
    "no_chair": (_("gruppen %(team)s har ingen ordförande"), _("Lägg till en, eller läs in ändå.")),
    "team_without_people": (_("raden har ingen person"), _("Gruppen läses in tom.")),
    # --- The organisation as it is
    "future_day": (
        _("dagen ligger framåt i tiden"),
        _("Välj i dag eller en tidigare dag. Läs in filen när den ska gälla."),
    ),
    "too_early": (
        _("%(label)s har uppgifter som gäller från %(day)s"),
        _("Välj den dagen eller senare."),
    ),
    "owner_stays": (
        _("%(name)s finns inte i filen men är förvaltare och behåller sitt konto"),
        _("Avsluta rollen först om personen har slutat."),
    ),
    "team_in_ended_unit": (
        _("ledningsgruppen %(team)s finns kvar fast enheten %(unit)s avslutas"),
        _("Avsluta gruppen, eller flytta den till en annan enhet."),
    ),
}

WARNINGS: Final = frozenset(
    {
        "no_rows",
        "unread_columns",
        "no_parent",
        "no_head",
        "heads_differ",
        "row_twice",
        "posts_join",
        "no_chair",
        "team_without_people",
        "owner_stays",
        "team_in_ended_unit",
    }
)
