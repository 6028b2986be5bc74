"""Noting in a matter's history what happened, and writing to those whom it concerns."""

from collections.abc import Iterable

from django.utils.functional import lazystr  # noqa: F401
from styrfart.matters.models import EventKind, Matter, MatterEvent
from styrfart.people.models import Person
