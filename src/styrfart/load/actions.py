"""Writing in the load calendar: by the rooms that plan something, and by hand."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import transaction

from styrfart.load.models import Claim
from styrfart.people.models import Person, Unit
from styrfart.shared import audit


class ClaimMovedOn(Exception):
    """Somebody has changed the claim since its page was loaded."""


@dataclass(frozen=True)
class Wish:
    """What a claim says."""

    kind: str
    title: str
    starts_on: dt.date
    ends_on: dt.date
    minutes: int
    people: int | None = None
    impact: int = 0


@transaction.atomic
def claim(
    *,
    source: str,
    reference: str,
    kind: str,
    title: str,
    link: str,
    units: Iterable[Unit],
    starts_on: dt.date,
    ends_on: dt.date,
    minutes: int,
    people: int | None = None,
    impact: int = 0,
    actor: Person | None,
) -> Claim:
    """Write what a room asks of people, or replace what it wrote before about the same record.

    Not in the log: the deed that it follows from is.
    """
    made, _is_new = Claim.objects.update_or_create(
        source=source,
        reference=reference,
        defaults={
            "kind": kind,
            "title": title[:120],
            "link": link,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "minutes": minutes,
            "people": people,
            "impact": impact,
            "entered_by": actor,
        },
    )
    made.units.set(units)
    return made


@transaction.atomic
def withdraw(*, source: str, reference: str) -> None:
    """Take back what a room asked, if it did: it does not happen after all."""
    Claim.objects.filter(source=source, reference=reference).delete()


@transaction.atomic
def enter_claim(*, wish: Wish, units: Iterable[Unit], actor: Person) -> Claim:
    """Write by hand that something takes people's time; in the log."""
    made = Claim.objects.create(**asdict(wish), entered_by=actor)
    made.units.set(units)
    audit.record("load.enter_claim", made, actor=actor)
    return made


@transaction.atomic
def change_claim(*, claim: Claim, revision: int, wish: Wish, units: Iterable[Unit], actor: Person) -> Claim:
    """Let it say something else; in the log. Raises `ClaimMovedOn`."""
    claim = _unmoved(claim, revision)
    before = {name: str(getattr(claim, name)) for name in asdict(wish)}
    for name, value in asdict(wish).items():
        setattr(claim, name, value)
    claim.revision += 1
    claim.save(update_fields=[*before, "revision"])
    claim.units.set(units)
    after = {name: str(value) for name, value in asdict(wish).items()}
    detail = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    audit.record("load.change_claim", claim, actor=actor, detail=detail)
    return claim


@transaction.atomic
def remove_claim(*, claim: Claim, revision: int, actor: Person) -> None:
    """Take it out of the calendar; in the log. Raises `ClaimMovedOn`."""
    claim = _unmoved(claim, revision)
    audit.record("load.remove_claim", claim, actor=actor)
    claim.delete()


def _unmoved(claim: Claim, revision: int) -> Claim:
    """The row under lock, as its page showed it."""
    found = Claim.objects.select_for_update(of=("self",)).filter(pk=claim.pk, source="").first()
    if found is None or found.revision != revision:
        raise ClaimMovedOn
    return found
