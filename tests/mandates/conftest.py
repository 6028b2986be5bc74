"""What several tests of this room begin with."""

import pytest
from django.test import Client

from styrfart.mandates import actions
from styrfart.mandates.models import Mandate
from styrfart.people.models import Person, Team, Unit, UnitKind
from tests import make
from tests.conftest import signed_in


@pytest.fixture
def draft(team: Team, chair: Person) -> Mandate:
    """An empty draft."""
    return actions.start_draft(team=team, source=None, actor=chair)


@pytest.fixture
def committee(db: None) -> Unit:
    """A committee whose code holds what an address usually must not."""
    unit = make.unit("Utvecklingsnämnden", kind=UnitKind.COMMITTEE)
    unit.code = "UN/1"
    unit.save(update_fields=["code"])
    return unit


@pytest.fixture
def as_owner(owner: Person) -> Client:
    return signed_in(owner)
