"""The builders make valid objects."""

import pytest

from tests import make


@pytest.mark.django_db
def test_every_builder_makes_an_object_that_validates() -> None:
    made = [make.rule(), make.point(), make.decision(), make.action(), make.matter(), make.post()]
    for obj in made:
        obj.full_clean(exclude=["mandate", "position"])
    assert all(obj.pk for obj in made)
