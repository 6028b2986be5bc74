"""The log over all meetings: found, narrowed, exported; parked questions come back."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.meetings import actions, queries
from styrfart.meetings.models import AgendaItem, Entry, EntryKind, Exclusion, ItemState, Meeting, MeetingState
from styrfart.people.models import Person, Team, TeamRole
from styrfart.shared.models import AuditEntry
from tests import make
from tests.conftest import signed_in
from tests.meetings.held import GROUND, Held, held


@pytest.fixture
def meeting(team: Team, chair: Person, member: Person, secretary: Person) -> Held:
    return held(team)


def parked(
    at: Meeting,
    text: str = "Ska mentorerna få ersättning?",
    by: Person | None = None,
    item: AgendaItem | None = None,
) -> Entry:
    return Entry.objects.create(
        meeting=at, kind=EntryKind.PARKED, text=text, author=by or at.leader, item=item
    )


def url(team: Team, more: str = "") -> str:
    return f"/lg/{team.slug}/moten/logg/{more}"


def test_each_line_says_which_meeting_it_came_from(meeting: Held, member: Person, team: Team) -> None:
    page = signed_in(member).get(url(team)).content.decode()
    assert "mötet 8 oktober 2026" in page
    for words in ("Introduktionen blir två dagar.", "Boka lokal för introduktionen", "Ska mentorerna få"):
        assert words in page
    assert "Två spår vägdes" not in page  # a note is no decision


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("vad=decision", ["Introduktionen blir två dagar."]),
        ("vad=parked", ["Ska mentorerna få ersättning?"]),
        ("sok=LOKAL", ["Boka lokal för introduktionen"]),
        ("sok=Måste", []),
        ("ar=2026&vad=action", ["Boka lokal för introduktionen"]),
    ],
)
def test_it_is_narrowed_down(meeting: Held, member: Person, team: Team, asked: str, found: list[str]) -> None:
    body = signed_in(member).get(url(team, f"tabell.csv?{asked}"))
    lines = b"".join(body.streaming_content).decode().splitlines()[1:]  # type: ignore[attr-defined]  # a stream
    assert [line.split(";")[3] for line in lines] == found


def test_the_table_is_never_a_formula(meeting: Held, member: Person, team: Team) -> None:
    parked(meeting.meeting, '=HYPERLINK("x")')
    answer = signed_in(member).get(url(team, "tabell.csv?vad=parked&sok=HYPERLINK"))
    table = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # a stream
    assert "'=HYPERLINK" in table


def test_what_is_parked_comes_back_the_oldest_first(meeting: Held, chair: Person, team: Team) -> None:
    old = parked(meeting.meeting, "Äldst")
    Entry.objects.filter(pk=old.pk).update(at=timezone.now() - dt.timedelta(days=9))
    lines = queries.log_lines_of(
        chair, team, queries.log_of(chair, team, queries.Narrowed(kind=EntryKind.PARKED, only_open=True))
    )
    assert [(line.text, line.word) for line in lines] == [
        ("Äldst", "Parkerad för nio dagar sedan"),
        ("Ska mentorerna få ersättning?", "Parkerad i dag"),
    ]


def test_marked_as_dealt_with_and_undone(meeting: Held, chair: Person, team: Team) -> None:
    entry = parked(meeting.meeting)
    browser = signed_in(chair)
    browser.post(url(team, f"{entry.pk}/klar/"))
    browser.post(url(team, f"{entry.pk}/klar/"))
    entry.refresh_from_db()
    assert entry.taken_up_at is not None
    assert AuditEntry.objects.filter(verb="meetings.take_up_parked").count() == 1
    browser.post(url(team, f"{entry.pk}/parkera/"))
    entry.refresh_from_db()
    assert entry.taken_up_at is None


def test_a_parked_question_becomes_a_matter(meeting: Held, chair: Person, team: Team) -> None:
    page = signed_in(chair).get(url(team, "?vad=parked")).content.decode()
    link = f"/lg/{team.slug}/arenden/nytt/?fraga=Ska%20mentorerna%20f%C3%A5%20ers%C3%A4ttning%3F"
    assert link in page
    assert "Ska mentorerna få ersättning?" in signed_in(chair).get(link).content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [(TeamRole.CHAIR, 302), (TeamRole.SECRETARY, 302), (TeamRole.MEMBER, 403), (TeamRole.ADJUNCT, 403)],
)
def test_who_marks(meeting: Held, adjunct: Person, team: Team, role: TeamRole, status: int) -> None:
    entry = parked(meeting.meeting)
    who = team.members.get(role=role).person
    assert signed_in(who).post(url(team, f"{entry.pk}/klar/")).status_code == status


def test_whoever_parked_it_marks_it(meeting: Held, member: Person, team: Team) -> None:
    entry = parked(meeting.meeting, by=member)
    assert signed_in(member).post(url(team, f"{entry.pk}/klar/")).status_code == 302


def test_who_reads(meeting: Held, team: Team, member: Person, stranger: Person, employee: Person) -> None:
    found = [signed_in(who).get(url(team)).status_code for who in (member, meeting.guest, stranger, employee)]
    assert found == [200, 404, 404, 404]


def test_what_is_secret_and_has_moved_on_is_gone_from_the_log(
    meeting: Held, member: Person, team: Team
) -> None:
    parked(meeting.meeting, "Hemlig fråga", item=meeting.secret_item)
    assert "Hemlig fråga" in signed_in(member).get(url(team)).content.decode()
    # Nor is it made a matter of by a link, whose address is kept in logs.
    assert "fraga=Hemlig" not in signed_in(member).get(url(team)).content.decode()
    meeting.matter.team = make.team("Annan grupp")
    meeting.matter.save()
    assert meeting.matter.secrecy_ground == GROUND
    assert "Hemlig fråga" not in signed_in(member).get(url(team)).content.decode()


def test_who_is_excluded_does_not_read_it_while_it_goes_on(team: Team, chair: Person, member: Person) -> None:
    at = make.meeting(team, leader=chair, state=MeetingState.OPEN)
    item = make.item(at, state=ItemState.CURRENT, owner=chair)
    Exclusion.objects.create(item=item, person=member, ground="närstående", by=chair)
    parked(at, "Under punkten", item=item)
    assert "Under punkten" not in signed_in(member).get(url(team)).content.decode()
    assert "Under punkten" in signed_in(chair).get(url(team)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_asks_as_much_however_long_it_is(
    team: Team, chair: Person, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    at = make.meeting(team, leader=chair, state=MeetingState.ENDED)
    for number in range(count):
        parked(at, f"Fråga {number}")
    browser = signed_in(chair)
    browser.get(url(team))
    with django_assert_num_queries(9):
        browser.get(url(team))


def test_the_audit_log_calls_it_by_its_number(meeting: Held, chair: Person) -> None:
    entry = parked(meeting.meeting, "Ord som kan vara hemliga")
    actions.take_up_parked(entry=entry, actor=chair)
    assert AuditEntry.objects.get(verb="meetings.take_up_parked").object_label == str(entry.pk)
