"""What meeting time goes to, before the mandate and after it."""

import datetime as dt

from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.mandates.models import Mandate
from styrfart.matters.models import ItemPurpose
from styrfart.meetings.models import AgendaItem, ItemState, MeetingState
from styrfart.meetings.queries import meeting_mirror
from styrfart.people.models import Person, Team
from tests import make
from tests.conftest import signed_in

TODAY = timezone.localdate()


def held(team: Team, minutes: dict[ItemPurpose, int], *, days_ago: int) -> None:
    """A meeting that used so many minutes for each purpose."""
    meeting = make.meeting(team, held_on=TODAY - dt.timedelta(days=days_ago), state=MeetingState.ENDED)
    for purpose, used in minutes.items():
        item = make.item(meeting, purpose=purpose, state=ItemState.DONE)
        AgendaItem.objects.filter(pk=item.pk).update(seconds_used=60 * used)


def adopted(team: Team, *, days_ago: int, mix: dict[str, int]) -> None:
    mandate = make.mandate(team)
    Mandate.objects.filter(pk=mandate.pk).update(
        adopted_on=TODAY - dt.timedelta(days=days_ago), target_mix=mix
    )


def test_before_and_after_the_mandate(team: Team, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    adopted(team, days_ago=100, mix={"information": 20, "dialogue": 30, "decision": 50})
    for days_ago in (110, 130, 150):
        held(team, {ItemPurpose.INFORMATION: 48, ItemPurpose.DECISION: 52}, days_ago=days_ago)
    for days_ago in (10, 30, 50):
        held(team, {ItemPurpose.INFORMATION: 18, ItemPurpose.DECISION: 82}, days_ago=days_ago)
    with django_assert_num_queries(3):
        found = meeting_mirror(team)
    assert round(found.before.share(ItemPurpose.INFORMATION)) == 48
    assert round(found.now.share(ItemPurpose.INFORMATION)) == 18
    # |18-20| + |0-30| + |82-50| = 64, half of it.
    assert found.now.gap(found.target) == 32


def test_the_mirror_says_it_in_words(team: Team, chair: Person) -> None:
    adopted(team, days_ago=100, mix={})
    for days_ago in (110, 130, 150):
        held(team, {ItemPurpose.INFORMATION: 48, ItemPurpose.DECISION: 52}, days_ago=days_ago)
    for days_ago in (10, 30, 50):
        held(team, {ItemPurpose.INFORMATION: 18, ItemPurpose.DECISION: 82}, days_ago=days_ago)
    page = signed_in(chair).get(f"/lg/{team.slug}/spegel/").content.decode()
    assert "Information tar 18 procent av mötestiden, mot 48 före mandatet" in page


def test_two_meetings_say_nothing(team: Team, chair: Person) -> None:
    for days_ago in (10, 30):
        held(team, {ItemPurpose.INFORMATION: 18}, days_ago=days_ago)
    page = signed_in(chair).get(f"/lg/{team.slug}/spegel/").content.decode()
    assert "Här syns vad mötestiden går till, när ni har haft tre möten" in page


def test_what_was_returned_and_what_was_ready_in_time(team: Team) -> None:
    for days_ago in (10, 20, 30):
        held(team, {ItemPurpose.DECISION: 10, ItemPurpose.ADVICE: 20}, days_ago=days_ago)
    first, second, third, *_rest = AgendaItem.objects.order_by("pk")
    AgendaItem.objects.filter(pk=first.pk).update(state=ItemState.RETURNED, needs_material=False)
    AgendaItem.objects.filter(pk=second.pk).update(ready_at=timezone.now())
    AgendaItem.objects.filter(pk=third.pk).update(ready_at=timezone.now(), is_late=True)
    found = meeting_mirror(team)
    assert (found.items, found.returned) == (6, 1)
    assert (found.needing_material, found.material_in_time) == (5, 1)
