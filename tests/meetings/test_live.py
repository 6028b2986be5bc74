"""The page of an open meeting: who sees it, what it asks the database, and how the group is moved."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.meetings import actions
from styrfart.meetings import facts_live as facts
from styrfart.meetings.models import (
    AgendaItem,
    Exclusion,
    ItemSource,
    ItemState,
    Meeting,
    MeetingState,
    Presence,
)
from styrfart.people.models import Person, Team
from tests import make
from tests.conftest import signed_in
from tests.meetings.live_scene import Going, going, queued


@pytest.fixture
def scene(team: Team, chair: Person, member: Person, secretary: Person) -> Going:
    return going(team, chair, secretary)


def test_who_may_see_it(scene: Going, chair: Person, member: Person, stranger: Person) -> None:
    guest = make.attendee(scene.meeting, make.person("Gun", "Gäst")).person
    for who, status in ((chair, 200), (member, 200), (guest, 200), (stranger, 404)):
        assert signed_in(who).get(scene.url("live")).status_code == status, who
        assert signed_in(who).get(scene.url("live-room")).status_code == status, who
        assert signed_in(who).get(scene.url("live-state")).status_code == status, who


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("move-group", {}),
        ("put-off-item", {}),
        ("return-item", {"note": "Kostnaden."}),
        ("open-round", {"kind": "open"}),
        ("show-round", {}),
        ("end", {}),
        ("open", {}),
    ],
)
def test_only_who_leads_moves_the_meeting(
    scene: Going,
    chair: Person,
    secretary: Person,
    member: Person,
    stranger: Person,
    name: str,
    data: dict[str, str],
) -> None:
    sent: dict[str, Any] = {"item": scene.items[0].pk, **data}
    for who, status in ((member, 403), (stranger, 404), (secretary, 302), (chair, 302)):
        assert scene.send(signed_in(who), name, **sent).status_code == status, who


def test_the_page_shows_the_groups_item(scene: Going, member: Person) -> None:
    page = signed_in(member).get(scene.url("live")).content.decode()
    assert "Punkt 1 av 3" in page
    assert '<h2 class="now__q" id="fragan">Två eller tre introduktionsdagar?</h2>' in page
    assert "av 20 minuter kvar" in page
    assert "Nästa punkt" not in page  # a member follows
    assert 'class="btn no-script"' in page


def test_looking_around_is_ones_own(scene: Going, member: Person, chair: Person) -> None:
    page = signed_in(member).get(scene.url("live") + f"?punkt={scene.items[1].pk}").content.decode()
    assert "Gruppen är på punkt 1." in page
    assert 'id="fragan">Vem äger frågorna?</h2>' in page
    assert "Gruppen är på punkt" not in signed_in(chair).get(scene.url("live")).content.decode()


def test_moving_on_counts_the_time_used_over_revisits(scene: Going, chair: Person) -> None:
    first, second, _third = scene.items
    AgendaItem.objects.filter(pk=first.pk).update(started_at=timezone.now() - dt.timedelta(minutes=7))
    actions.move_group(meeting=scene.meeting, to=second.pk, actor=chair)
    first.refresh_from_db()
    assert (first.state, round(first.seconds_used / 60)) == (ItemState.DONE, 7)
    actions.move_group(meeting=scene.meeting, to=first.pk, actor=chair)
    AgendaItem.objects.filter(pk=first.pk).update(started_at=timezone.now() - dt.timedelta(minutes=3))
    actions.move_group(meeting=scene.meeting, to=second.pk, actor=chair)
    first.refresh_from_db()
    second.refresh_from_db()
    assert round(first.seconds_used / 60) == 10
    assert second.state == ItemState.CURRENT


def test_time_that_is_over_says_so_in_words(scene: Going, member: Person) -> None:
    AgendaItem.objects.filter(pk=scene.items[0].pk).update(
        started_at=timezone.now() - dt.timedelta(minutes=23, seconds=10)
    )
    assert "<span>3 minuter över</span>" in signed_in(member).get(scene.url("live")).content.decode()


def test_put_off_moves_the_group_on(scene: Going, chair: Person) -> None:
    actions.put_off_item(meeting=scene.meeting, item=scene.items[0].pk, actor=chair)
    scene.items[0].refresh_from_db()
    assert scene.items[0].state == ItemState.POSTPONED
    assert scene.current == scene.items[1]


def test_nothing_changed_answers_304_with_three_queries(
    scene: Going, member: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(member)
    tick = scene.fresh.tick
    client.get(scene.url("live-state") + f"?sedan={tick}")
    # Session, person, and one that authorises and answers.
    with django_assert_num_queries(3):
        answer = client.get(scene.url("live-state") + f"?sedan={tick}")
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", f'"{tick}"')


def test_one_of_the_room_who_is_not_expected_gets_304_too(scene: Going, team: Team) -> None:
    late = make.member(team, person=make.person("Ny", "Ledamot")).person
    answer = signed_in(late).get(scene.url("live-state") + f"?sedan={scene.fresh.tick}")
    assert answer.status_code == 304


def test_something_new_is_sent_in_parts(scene: Going, chair: Person, member: Person) -> None:
    before = scene.fresh.tick
    scene.note(signed_in(chair), "Vi prövar i vår.")
    answer = signed_in(member).get(scene.url("live-state") + f"?sedan={before}", headers={"X-Live": "1"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Vi prövar i vår." in text
    assert f'data-tick="{before + 1}"' in text
    assert "<html" not in text


@pytest.mark.parametrize("items", [1, 3])
def test_the_page_asks_as_much_with_one_item_as_with_three(
    team: Team,
    chair: Person,
    member: Person,
    items: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    scene = going(team, chair)
    for extra in scene.items[items:]:
        extra.delete()
    for _number in range(items):
        make.entry(scene.meeting, by=chair, on=scene.items[0])
        make.attendee(scene.meeting)
    client = signed_in(member)
    client.get(scene.url("live"))
    with django_assert_num_queries(16):
        assert client.get(scene.url("live")).status_code == 200


def test_opening_takes_up_the_first_item_once(team: Team, chair: Person) -> None:
    meeting = make.meeting(team, held_on=timezone.localdate(), leader=chair)
    item = make.item(meeting)
    written = make.item(meeting, "Läget")
    AgendaItem.objects.filter(pk=written.pk).update(is_in_writing=True, position=0)
    actions.open_meeting(meeting=meeting, actor=chair)
    again = actions.open_meeting(meeting=meeting, actor=chair)
    assert (again.state, again.current_item, again.tick) == (MeetingState.OPEN, item, 1)
    assert meeting.attendees.get(person=chair).presence == Presence.PRESENT


def test_who_got_a_seat_this_hour_is_expected_when_it_opens(team: Team, chair: Person) -> None:
    meeting = make.meeting(team, held_on=timezone.localdate(), leader=chair)
    newcomer = make.member(team, person=make.person("Bo", "Berg")).person
    actions.open_meeting(meeting=meeting, actor=chair)
    assert meeting.attendees.filter(person=newcomer).exists()


def test_a_meeting_of_another_day_is_not_opened(team: Team, chair: Person) -> None:
    meeting = make.meeting(team, leader=chair)
    with pytest.raises(facts.MeetingIsNotToday):
        actions.open_meeting(meeting=meeting, actor=chair)
    where = Going(meeting, [])
    answer = signed_in(chair).post(where.url("open"), follow=True)
    assert "Mötet är inte i dag." in answer.content.decode()


def test_excluded_sees_nothing_of_the_item(scene: Going, chair: Person, member: Person) -> None:
    item = scene.items[0]
    AgendaItem.objects.filter(pk=item.pk).update(
        proposal="Upphandla av Bolaget.", background="Bakgrundstexten"
    )
    make.entry(scene.meeting, "Det hemliga samtalet", by=chair, on=item)
    Exclusion.objects.create(item=item, person=member, ground="Delägare i bolaget", by=chair)
    for name in ("live", "live-state", "live-room"):
        text = signed_in(member).get(scene.url(name)).content.decode()
        for word in ("Upphandla", "Bakgrundstexten", "hemliga samtalet"):
            assert word not in text, (name, word)
    assert "Delägare i bolaget" in signed_in(member).get(scene.url("live")).content.decode()
    seen = signed_in(chair).get(scene.url("live")).content.decode()
    assert "Upphandla" in seen
    assert "Samir Haddad är jävig och deltar inte i punkten." in seen


def test_a_guest_sees_no_secret_item(scene: Going, team: Team, chair: Person, member: Person) -> None:
    matter = queued(team, member, secret="OSL 21 kap. 7 §")
    item = make.item(scene.meeting, "Uppsägningen av Nisse", matter=matter)
    AgendaItem.objects.filter(pk=item.pk).update(source=ItemSource.MATTER, proposal="Han får gå.")
    actions.move_group(meeting=scene.meeting, to=item.pk, actor=chair)
    make.entry(scene.meeting, "Sagt om Nisse", by=chair, on=item)
    guest = make.attendee(scene.meeting, make.person("Gun", "Gäst")).person
    for name in ("live", "live-state", "live-room"):
        text = signed_in(guest).get(scene.url(name)).content.decode()
        for word in ("Nisse", "Han får gå"):
            assert word not in text, (name, word)
        assert "Sekretessmarkerad punkt" in text
    # The screen stands in a room where the guest sits.
    assert "Nisse" not in signed_in(chair).get(scene.url("live-room")).content.decode()
    assert "Nisse" in signed_in(member).get(scene.url("live")).content.decode()
    for send in ("record-note", "take-position", "signal-ready"):
        data: dict[str, Any] = {
            "item": item.pk,
            "text": "Hej",
            "key": "7b8e9d1c-0000-4000-8000-000000000000",
            "stance": "supports",
        }
        assert scene.send(signed_in(guest), send, **data).status_code == 404


def test_the_screen_has_no_forms(scene: Going, chair: Person) -> None:
    page = signed_in(chair).get(scene.url("live-room")).content.decode()
    assert "<form" not in page
    assert "Två eller tre introduktionsdagar?" in page


def test_check_in_lists_who_has_spoken(scene: Going, chair: Person, member: Person) -> None:
    AgendaItem.objects.filter(pk=scene.items[0].pk).update(source=ItemSource.CHECK_IN)
    scene.send(signed_in(member), "signal-ready", item=scene.items[0].pk, is_ready="1")
    page = signed_in(chair).get(scene.url("live")).content.decode()
    assert page.count("Har sagt sitt") == 1
    assert "Jag har sagt mitt" in page
    assert "Skriv beslutet" not in page


def test_wrap_up_shows_what_was_decided(scene: Going, chair: Person, member: Person) -> None:
    last = scene.items[2]
    AgendaItem.objects.filter(pk=last.pk).update(source=ItemSource.WRAP_UP)
    scene.send(
        signed_in(member),
        "record-action",
        text="Fråga kansliet",
        owner=member.pk,
        due_on=(timezone.localdate() + dt.timedelta(days=7)).isoformat(),
        item=scene.items[0].pk,
        key="7b8e9d1c-0000-4000-8000-000000000001",
    )
    actions.move_group(meeting=scene.meeting, to=last.pk, actor=chair)
    page = signed_in(member).get(scene.url("live")).content.decode()
    assert "Stämmer det här?" in page
    assert page.count("Fråga kansliet") == 2  # in the check, and in the log


def test_an_ended_meeting_still_reads(scene: Going, chair: Person, member: Person) -> None:
    scene.note(signed_in(member), "Kvar")
    actions.end_meeting(meeting=scene.meeting, actor=chair)
    page = signed_in(member).get(scene.url("live")).content.decode()
    assert "Mötet avslutades" in page
    assert "Kvar" in page
    assert "Anteckna</button>" not in page
    assert Meeting.objects.get().current_item is None


def test_an_item_that_stands_on_another_agenda_is_not_taken_up_again(
    scene: Going, team: Team, chair: Person, member: Person
) -> None:
    matter = queued(team, member)
    put_off = scene.items[1]
    AgendaItem.objects.filter(pk=put_off.pk).update(
        source=ItemSource.MATTER, matter=matter, state=ItemState.POSTPONED
    )
    make.item(make.meeting(team, leader=chair), matter=matter)
    answer = scene.send(signed_in(chair), "move-group", item=put_off.pk, live=True)
    assert answer.status_code == 409
    assert answer.content.decode() == "Punkten står redan på ett annat mötes dagordning."
    assert scene.current == scene.items[0]


def test_who_leads_goes_on_when_nothing_is_on_the_table(scene: Going, chair: Person) -> None:
    AgendaItem.objects.filter(pk=scene.items[0].pk).update(state=ItemState.POSTPONED)
    Meeting.objects.update(current_item=None)
    page = signed_in(chair).get(scene.url("live")).content.decode()
    assert "Nästa punkt" in page
    assert f'name="item" value="{scene.items[1].pk}"><button class="btn btn--main"' in page


def test_a_meeting_without_items_opens_and_ends(team: Team, chair: Person) -> None:
    meeting = make.meeting(team, held_on=timezone.localdate(), leader=chair)
    scene = Going(meeting, [])
    client = signed_in(chair)
    assert client.get(scene.url("live")).status_code == 200
    assert scene.send(client, "open").status_code == 302
    assert "Inget står på dagordningen" in client.get(scene.url("live")).content.decode()
    assert client.get(scene.url("live-room")).status_code == 200
    assert (
        scene.send(
            client, "record-note", text="Vi sågs.", key="7b8e9d1c-0000-4000-8000-000000000000"
        ).status_code
        == 302
    )
    assert scene.send(client, "end").status_code == 302
    assert scene.fresh.state == MeetingState.ENDED
