"""The system owner's browser."""

import pytest
from django.test import Client

from styrfart.people.models import Person
from tests.conftest import signed_in


@pytest.fixture
def browser(owner: Person) -> Client:
    """In which the system owner has signed in."""
    return signed_in(owner)
