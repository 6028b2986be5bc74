"""Reading figures of the national database from a file: all of it or nothing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from styrfart.climate import kolada
from styrfart.climate.models import NationalFigure
from styrfart.people.models import Person
from styrfart.shared import audit
from styrfart.shared.templatetags.words import day

SOURCE = "Kolada"


class FileIsFaulty(Exception):
    """Rows of the file cannot be used; nothing has been read in."""

    def __init__(self, faults: Sequence[kolada.Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Imported:
    """What came of a file, in figures."""

    new: int
    changed: int
    removed: int
    unchanged: int
    empty: int  # the database has no value for the year
    left_out: int  # about a single municipality, or about women or men
    has_more: bool


@transaction.atomic
def import_national(*, content: bytes, fetched_on: dt.date, actor: Person | None) -> Imported:
    """Take the figures of a saved answer of Kolada into the table, and remove those it has taken away.

    Raises `kolada.Unreadable` for another file, and `FileIsFaulty` with every fault when a row cannot be
    used; then nothing is changed.
    """
    reading = kolada.read(content)
    known = {
        (figure.indicator, figure.year): figure
        for figure in NationalFigure.objects.select_for_update().filter(
            indicator__in={each.indicator for each in reading.figures}
        )
    }
    faults = [*reading.faults, *_too_old(reading.figures, known, fetched_on)]
    if faults:
        raise FileIsFaulty(sorted(faults, key=lambda fault: fault.row))
    if not reading.figures:
        raise kolada.Unreadable(
            _("Filen har inget värde för alla kommuner (G2328). Hämta nyckeltalet för den gruppen.")
        )
    gone = [known[key] for each in reading.figures if each.is_deleted and (key := _key(each)) in known]
    fresh = [_made_of(each, fetched_on) for each in reading.figures if not each.is_deleted]
    read = [figure for figure in fresh if figure is not None]
    new = [figure for figure in read if _place(figure) not in known]
    old = [(known[_place(figure)], figure) for figure in read if _place(figure) in known]
    changed = sum((before.value, before.count) != (now.value, now.count) for before, now in old)
    NationalFigure.objects.filter(pk__in=[figure.pk for figure in gone]).delete()
    NationalFigure.objects.bulk_create(new)
    for before, now in old:
        before.value, before.count, before.fetched_on = now.value, now.count, now.fetched_on
    NationalFigure.objects.bulk_update([before for before, _now in old], ["value", "count", "fetched_on"])
    outcome = Imported(
        new=len(new),
        changed=changed,
        removed=len(gone),
        unchanged=len(old) - changed,
        empty=sum(each.value is None and not each.is_deleted for each in reading.figures),
        left_out=reading.left_out,
        has_more=reading.has_more,
    )
    touched = [*new, *(before for before, _now in old), *gone]
    if touched:
        detail = {"new": outcome.new, "changed": outcome.changed, "removed": outcome.removed}
        audit.record("climate.import_national", touched[0], actor=actor, detail=detail)
    return outcome


def _key(each: kolada.Read) -> tuple[str, int]:
    return each.indicator, each.year


def _place(figure: NationalFigure) -> tuple[str, int]:
    return figure.indicator, figure.year


def _made_of(each: kolada.Read, fetched_on: dt.date) -> NationalFigure | None:
    """None where the database has no value."""
    if each.value is None:
        return None
    return NationalFigure(
        indicator=each.indicator,
        year=each.year,
        value=each.value,
        count=each.count,
        source=SOURCE,
        fetched_on=fetched_on,
    )


def _too_old(
    figures: Sequence[kolada.Read], known: dict[tuple[str, int], NationalFigure], fetched_on: dt.date
) -> list[kolada.Fault]:
    """A file from before the one that was read in last must not put the old figures back."""
    text = _("{name} är redan inläst ur ett svar som hämtades {day}. Den här filen är äldre.")
    return [
        kolada.Fault(each.row, format_lazy(text, name=str(figure), day=day(figure.fetched_on)))
        for each in figures
        if (figure := known.get(_key(each))) is not None and figure.fetched_on > fetched_on
    ]
