"""An action that was entered in a meeting by mistake is taken back, there or on its own page."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from styrfart.decisions import actions as decisions
from styrfart.decisions.models import Action
from styrfart.meetings import actions, queries
from styrfart.meetings import facts_live as facts
from styrfart.meetings.models import Entry, Minutes, MinutesState
from styrfart.meetings.queries.logs import Narrowed
from styrfart.meetings.queries.minutes_reading import content_now
from styrfart.people.models import Person, Team
from styrfart.shared.models import AuditEntry, OutgoingMail
from tests import make
from tests.conftest import signed_in
from tests.meetings.live_scene import Going, going

pytestmark = pytest.mark.django_db

WORDS = "Boka fel lokal"
SIGN = 'class="gone"'


@pytest.fixture
def scene(team: Team, chair: Person, member: Person, secretary: Person) -> Going:
    return going(team, chair, secretary)


@pytest.fixture
def entry(scene: Going, member: Person, adjunct: Person) -> Entry:
    """Entered by a member on the first item, owned by the adjunct."""
    return actions.record_action(
        meeting=scene.meeting,
        item=scene.items[0].pk,
        text=WORDS,
        owner=adjunct,
        due_on=timezone.localdate() + dt.timedelta(days=7),
        key=uuid.uuid4(),
        actor=member,
    )


def long_ago(entry: Entry) -> None:
    """Older than what its own page allows."""
    Action.objects.filter(meeting_entry=entry).update(created_at=timezone.now() - dt.timedelta(hours=1))


@pytest.mark.parametrize("place", [0, 1])
def test_author_and_keeper_take_it_back_while_the_meeting_goes_on(
    scene: Going, entry: Entry, member: Person, secretary: Person, place: int
) -> None:
    long_ago(entry)
    client, before = signed_in((member, secretary)[place]), scene.fresh.tick
    url = scene.url("withdraw-action", entry.pk)
    assert url in client.get(scene.url("live")).content.decode()
    page = client.get(url).content.decode()
    assert WORDS in page
    assert 'name="revision" value="1"' in page
    answer = client.post(url, {"revision": "1"}, follow=True)
    assert answer.redirect_chain == [(scene.url("live"), 302)]
    assert "Åtgärden är tillbakatagen." in answer.content.decode()
    entry.refresh_from_db()
    assert entry.action is not None
    assert (entry.action.withdrawn_at is not None, entry.removed_at is not None) == (True, True)
    assert scene.fresh.tick == before + 1
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))[-2:]
    assert verbs == ["meetings.follow_withdrawn_action", "decisions.withdraw_action"][::-1]


def test_it_stands_struck_out_for_those_who_keep_the_record_alone(
    scene: Going, entry: Entry, member: Person, secretary: Person, chair: Person
) -> None:
    signed_in(member).post(scene.url("withdraw-action", entry.pk), {"revision": "1"})
    for who, sees in ((member, False), (secretary, True), (chair, True)):
        page = signed_in(who).get(scene.url("live")).content.decode()
        line = page.partition(f'id="post-{entry.pk}"')[2].partition("</li>")[0]
        assert (WORDS in line, SIGN in line, "tillbakatagen" in line) == (sees, sees, sees), who
        assert scene.url("withdraw-action", entry.pk) not in page
        assert scene.url("restore-entry", entry.pk) not in page


def test_others_cannot(scene: Going, entry: Entry, adjunct: Person, stranger: Person) -> None:
    scene.presence(adjunct)
    url = scene.url("withdraw-action", entry.pk)
    assert url not in signed_in(adjunct).get(scene.url("live")).content.decode()
    for who, status in ((adjunct, 403), (stranger, 404)):
        assert signed_in(who).get(url).status_code == status
        assert signed_in(who).post(url, {"revision": "1"}).status_code == status
    assert Action.objects.get().withdrawn_at is None


def test_a_note_is_no_action(scene: Going, member: Person) -> None:
    note = make.entry(scene.meeting, "En rad", by=member, on=scene.items[0])
    assert signed_in(member).get(scene.url("withdraw-action", note.pk)).status_code == 404
    with pytest.raises(facts.NoSuchItem):
        actions.withdraw_action(meeting=scene.meeting, entry=note.pk, actor=member)


def test_two_tabs_take_it_back_once(scene: Going, entry: Entry, member: Person, secretary: Person) -> None:
    url, before = scene.url("withdraw-action", entry.pk), scene.fresh.tick
    for who in (member, secretary):
        assert signed_in(who).post(url, {"revision": "1"}).headers["Location"] == scene.url("live")
    assert scene.fresh.tick == before + 1
    assert AuditEntry.objects.filter(verb="decisions.withdraw_action").count() == 1
    assert signed_in(secretary).get(url).headers["Location"] == scene.url("live")


def test_one_that_has_been_changed_is_read_again_first(
    scene: Going, entry: Entry, member: Person, chair: Person
) -> None:
    assert entry.action is not None
    later = entry.action.due_on + dt.timedelta(days=7)
    decisions.move_action(action=entry.action, due_on=later, actor=chair)
    url = scene.url("withdraw-action", entry.pk)
    answer = signed_in(member).post(url, {"revision": "1"}, follow=True)
    assert answer.redirect_chain == [(url, 302)]
    assert "Någon har ändrat åtgärden." in answer.content.decode()
    assert 'name="revision" value="2"' in answer.content.decode()
    assert Action.objects.get().withdrawn_at is None


def test_one_that_is_done_stays(scene: Going, entry: Entry, member: Person, chair: Person) -> None:
    assert entry.action is not None
    decisions.complete_action(action=entry.action, actor=chair)
    url = scene.url("withdraw-action", entry.pk)
    assert url not in signed_in(member).get(scene.url("live")).content.decode()
    assert "Åtgärden är klar och kan inte tas tillbaka." in signed_in(member).get(url).content.decode()
    answer = signed_in(member).post(url, {"revision": "2"}, follow=True)
    assert "Åtgärden är klar och kan inte tas tillbaka." in answer.content.decode()
    assert Action.objects.get().withdrawn_at is None


def test_after_the_end_it_is_taken_back_on_its_own_page_for_ten_minutes(
    scene: Going, entry: Entry, member: Person, chair: Person
) -> None:
    actions.end_meeting(meeting=scene.meeting, actor=chair)
    with pytest.raises(facts.MeetingIsNotOpen):
        actions.withdraw_action(meeting=scene.meeting, entry=entry.pk, actor=member)
    assert entry.action is not None
    decisions.withdraw_action(action=entry.action, actor=member)
    entry.refresh_from_db()
    assert entry.removed_at is not None


@pytest.mark.parametrize("state", [MinutesState.HANDED_OVER, MinutesState.APPROVED])
def test_what_sealed_minutes_tell_of_stays(
    scene: Going, entry: Entry, member: Person, chair: Person, state: MinutesState
) -> None:
    actions.end_meeting(meeting=scene.meeting, actor=chair)
    Minutes.objects.update(state=state, approved_at=timezone.now(), digest="0" * 64)
    assert (Minutes.objects.count(), entry.action is not None) == (1, True)
    deed = f"{entry.action.get_absolute_url()}atertagande/" if entry.action else ""
    answer = signed_in(member).post(deed, {"revision": "1"}, follow=True)
    assert "Åtgärden står i anteckningar som är överlämnade." in answer.content.decode()
    assert Action.objects.get().withdrawn_at is None
    assert AuditEntry.objects.filter(verb="decisions.withdraw_action").count() == 0


def test_neither_minutes_nor_log_nor_letters_tell_of_it(
    scene: Going, team: Team, entry: Entry, member: Person, chair: Person, adjunct: Person
) -> None:
    def told() -> tuple[list[str], list[str], int]:
        log = [row.text for row in queries.log_of(chair, team, Narrowed())]
        minutes = Minutes.objects.select_related(
            "meeting__leader", "meeting__secretary", "meeting__team"
        ).get()
        recorded = [one for section in content_now(minutes)["sections"] for one in section["actions"]]
        return log, [one["text"] for one in recorded], OutgoingMail.objects.filter(recipient=adjunct).count()

    actions.end_meeting(meeting=scene.meeting, actor=chair)
    assert told() == ([WORDS], [WORDS], 1)
    assert entry.action is not None
    decisions.withdraw_action(action=entry.action, actor=member)
    assert told() == ([], [], 0)


def test_the_page_that_goes_on_shows_it_without_a_new_question(
    scene: Going, entry: Entry, secretary: Person
) -> None:
    """The line is made of what the log has fetched already."""
    client = signed_in(secretary)
    client.get(scene.url("live"))
    with CaptureQueriesContext(
        connection,
    ) as before:
        client.get(scene.url("live"))
    assert entry.action is not None
    decisions.withdraw_action(action=entry.action, actor=secretary)
    with CaptureQueriesContext(connection) as after:
        client.get(scene.url("live"))
    assert len(after) == len(before)
