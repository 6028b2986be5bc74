"""Addresses and answers, for the tests of pages."""

from typing import Any

from django.urls import reverse

from styrfart.people.models import Team


def at(name: str, team: Team, **values: Any) -> str:
    """The address of a page about the team's mandate."""
    return reverse(f"mandates:{name}", kwargs={"team": team.slug, **values})


def text(answer: Any) -> str:
    """The page as it was sent (the test client has a type of its own for answers)."""
    return str(answer.content.decode())
