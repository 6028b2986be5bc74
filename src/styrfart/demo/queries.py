"""Reads for the page where a visitor steps into somebody."""

from dataclasses import dataclass

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
