"""Pages about what was a mistake or never was: an action taken back, a meeting that nobody opened."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from styrfart.decisions import actions as decisions
from styrfart.meetings import actions
from styrfart.people.models import Person, Team
from tests import make
from tests.browser.conftest import Open, axe, has_no_sideways_scroll
from tests.meetings.live_scene import going

pytestmark = pytest.mark.django_db(transaction=True)

LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_of_what_was_a_mistake(
    open_page: Open, team: Team, chair: Person, member: Person, secretary: Person, width: int, scheme: str
) -> None:
    scene, day = going(team, chair, secretary), timezone.localdate() + dt.timedelta(days=7)
    mistake, wrong = (
        actions.record_action(
            meeting=scene.meeting, item=scene.items[0].pk, text=text, owner=member, due_on=day,
            key=uuid.uuid4(), actor=secretary,
        )
        for text in ("Boka lokal för introduktionen i Kompassen till hela kontoret", "Ring facket")
    )  # fmt: skip
    unopened = make.meeting(team, held_on=timezone.localdate() - dt.timedelta(days=3), leader=chair)
    make.item(unopened, "Budgetläget")
    assert mistake.action is not None
    assert wrong.action is not None
    decisions.withdraw_action(action=wrong.action, actor=secretary)
    for address in (
        scene.url("withdraw-action", mistake.pk),
        mistake.action.get_absolute_url(),
        wrong.action.get_absolute_url(),
        unopened.get_absolute_url(),
        unopened.get_absolute_url() + "stall-in/",
        "/",
    ):
        page = open_page(address, person=secretary, width=width, scheme=scheme)
        axe(page)
        assert has_no_sideways_scroll(page), address
