"""The demonstration, built once for all the tests that only read it."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from styrfart.demo.build import Size, build
from styrfart.demo.town import Town


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """Demostad in office size as it is today; gone when the module's tests are done."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(Size.OFFICE, seed=1, today=timezone.localdate())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def today() -> dt.date:
    return timezone.localdate()
