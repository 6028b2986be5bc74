"""Reads for the page where a visitor steps into somebody."""

from dataclasses import dataclass

from django.http import Http404

from styrfart.climate import keys
from styrfart.climate.models import Invitation, RoundState
from styrfart.demo.personas import PERSONAS, Persona
from styrfart.people.models import Person


@dataclass(frozen=True)
class Choice:
    """A persona and the person in the database."""

    persona: Persona
    person: Person


def choices() -> list[Choice]:
    """The personas that are in the database, in their order. One query."""
    found = {
        person.email: person
        for person in Person.objects.filter(email__in=[persona.email for persona in PERSONAS], is_active=True)
    }
    return [Choice(persona, found[persona.email]) for persona in PERSONAS if persona.email in found]


def somebody(address: str) -> Person | None:
    """Whoever has this address and may sign in. One query."""
    return Person.objects.filter(email__iexact=address, is_active=True).first()


def link_to_answer(person: Person, round_pk: int) -> str:
    """The secret of the person's own link to an open round, as the letter would tell it; 404 for others."""
    invited = Invitation.objects.filter(
        round=round_pk, round__state=RoundState.OPEN, person=person, digest__isnull=False
    ).first()
    if invited is None:
        raise Http404
    try:
        return keys.read(round_pk).link(invited.pk)
    except keys.KeyIsGone:
        raise Http404 from None
