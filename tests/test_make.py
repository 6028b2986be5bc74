"""The builders make valid objects."""

import pytest

from tests import make


@pytest.mark.django_db
def test_every_builder_makes_an_object_that_keeps_its_constraints() -> None:
    made = [make.rule(), make.point(), make.decision(), make.action(), make.matter(), make.post()]
    for obj in made:
        obj.validate_constraints()
    assert all(obj.pk for obj in made)
