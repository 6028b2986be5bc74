"""The demonstration, for the tests that only read it."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from styrfart.demo.town import Town
from tests.demonstration import Demonstration


@pytest.fixture(scope="module")
def town(demonstration: Demonstration, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """Demostad in office size as it is today."""
    with django_db_blocker.unblock():
        yield demonstration.show()
