"""Which mandates may go when their time is over."""

import datetime as dt

import pytest

from styrfart.mandates.models import Mandate, MandateState, Rule
from styrfart.people.models import Person, Team
from styrfart.shared import audit
from styrfart.shared.disposal import record_types
from styrfart.shared.models import AuditEntry
from tests import make
from tests.make.mandates import whole_mandate

pytestmark = pytest.mark.django_db

(MANDATES,) = (each for each in record_types() if each.record_type == "mandates.mandate")
BEFORE = dt.date(2020, 1, 1)


def superseded(team: Team, on: dt.date) -> Mandate:
    """A whole mandate whose place another version took."""
    mandate = whole_mandate(team, state=MandateState.SUPERSEDED)
    Mandate.objects.filter(pk=mandate.pk).update(adopted_on=on, superseded_on=on)
    return mandate


def test_an_old_version_goes_with_its_rules_and_the_one_in_force_stays(team: Team, member: Person) -> None:
    old = superseded(team, dt.date(2019, 12, 31))
    newer = superseded(team, dt.date(2020, 1, 1))
    in_force = whole_mandate(team, state=MandateState.ADOPTED)
    for thing in (old, old.rules.get(), in_force):
        audit.record("mandates.adopt_mandate", thing, actor=member)
    assert MANDATES.tally(BEFORE) == MANDATES.dispose(BEFORE)
    assert set(Mandate.objects.all()) == {newer, in_force}
    assert Rule.objects.filter(mandate=old.pk).count() == 0
    assert AuditEntry.objects.get().object_id == str(in_force.pk)


def test_a_version_whose_rule_a_matter_quotes_stays(team: Team) -> None:
    old = superseded(team, dt.date(2010, 1, 1))
    make.routing(make.matter(team), rule=old.rules.get())
    assert MANDATES.dispose(BEFORE).count == 0
    assert Mandate.objects.get() == old
