"""The organisation as a tree: the top, and the branch that the reader has opened."""

from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.http import Http404
from django.utils import timezone

from styrfart.people import rules
from styrfart.people.models import Unit
from styrfart.people.queries.units import unit_for
from styrfart.people.standing import User

FITS = 60  # units that a reader takes in without opening anything


@dataclass
class Branch:
    """A unit with those below it that are shown."""

    unit: Unit
    below: int  # how many units lie directly below
    branches: list["Branch"] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return bool(self.branches)


def tree(user: User, opened: str = "") -> list[Branch]:
    """The tops with their children, opened down to the unit `opened`; 404 to outsiders. Two queries."""
    if not rules.can_see_organisation(user):
        raise Http404
    top = Q(parent=None) | Q(parent__parent=None)
    way = unit_for(user, opened).ancestor_ids if opened else []
    shown = _with_counts(top | Q(parent__in=way))
    known = {unit.pk for unit, _below in shown}
    closed = [unit.pk for unit, below in shown if below and unit.parent_id in known and unit.pk not in way]
    # A narrow top says little: what fits on the page besides is shown as well.
    if not opened and sum(below for unit, below in shown if unit.pk in closed) <= FITS:
        shown = _with_counts(top | Q(parent__in=closed))
    branches = {unit.pk: Branch(unit, below) for unit, below in shown}
    tops = []
    for unit, _below in shown:
        above = branches.get(unit.parent_id or 0)
        if above is not None:
            above.branches.append(branches[unit.pk])
        elif unit.parent_id is None:
            tops.append(branches[unit.pk])
    return tops


def children(user: User, code: str) -> Branch:
    """The unit and those directly below it: what is fetched when the reader opens it."""
    unit = unit_for(user, code)
    found = [Branch(each, below) for each, below in _with_counts(Q(parent=unit))]
    return Branch(unit, len(found), found)


def _with_counts(chosen: Q) -> list[tuple[Unit, int]]:
    today = timezone.localdate()
    still = Q(children__valid_to=None) | Q(children__valid_to__gte=today)
    units = (
        Unit.objects.on(today)
        .filter(chosen)
        .annotate(below=Count("children", filter=still & Q(children__valid_from__lte=today)))
        .order_by("name_key", "pk")
    )
    return [(unit, unit.below) for unit in units]
