"""The page of a meeting: what it takes up, by the clock, with what is missing."""

import pytest
from django.test import Client

from styrfart.people.models import Person, Team
from tests import make
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def test_show(team: Team, chair: Person, member: Person) -> None:
    meeting = make.meeting(team, leader=chair)
    make.item(meeting)
    for who in (chair, member):
        answer = signed_in(who).get(meeting.get_absolute_url())
        print(answer.content.decode()[-9000:])
        assert answer.status_code == 200
