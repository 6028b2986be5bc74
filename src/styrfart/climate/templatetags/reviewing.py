"""Kinds of raters in a 360, in words that fit who reads."""

from collections.abc import Sequence

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from styrfart.climate.models import Group
from styrfart.climate.queries.reviews import HEADINGS
from styrfart.people.models import Person

register = template.Library()


@register.filter
def told_of(heading: str | Promise, subject: Person) -> str:
    """A column's heading to whom the manager lets read: "Du själv" is the manager, not the reader."""
    if heading == HEADINGS[Group.Rater.SELF]:
        return subject.full_name
    if heading == HEADINGS[Group.Rater.MANAGER]:
        return _("Chefens chef")
    return str(heading)


@register.filter
def groups(headings: Sequence[str | Promise]) -> str:
    """kollegor och medarbetare: within a sentence."""
    return _(" och ").join(str(heading).lower() for heading in headings)
