"""Texts of several lines; units and points to choose among, as readers know them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext

from styrfart.mandates.models import DelegationPoint
from styrfart.people.models import Unit


class LinesField(forms.CharField):
    """A text of several lines. Browsers end a line with two signs, a file with one: here it is always one."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when run
    """A unit, with the unit above it: many are called the same."""

    def label_from_instance(self, obj: Unit) -> str:
        return unit_label(obj)


class UnitsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # as above
    """Several units, each with the unit above it."""

    def label_from_instance(self, obj: Unit) -> str:
        return unit_label(obj)


class PointsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # as above
    """Several points of the scheme of delegation; of one that is not in it any more the label says so."""

    def __init__(self, now: Iterable[DelegationPoint], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.now = frozenset(point.pk for point in now)

    def label_from_instance(self, obj: DelegationPoint) -> str:
        if obj.pk in self.now:
            return str(obj)
        return gettext("%(point)s (gäller inte längre)") % {"point": obj}


def unit_label(unit: Unit) -> str:
    """ "Projekt norr, Projektavdelningen"."""
    return f"{unit.name}, {unit.parent.name}" if unit.parent else unit.name
