"""The teams of the demonstration meet by the product's own rules, and their meetings tell the story."""

import datetime as dt
import itertools
from collections.abc import Iterable

import pytest
from django.db.models import Count, F, Q
from django.utils import timezone

from styrfart.decisions.models import Action, Decision
from styrfart.demo.meetings.texts import notes, talks
from styrfart.demo.personas import PERSONAS
from styrfart.demo.town import Town
from styrfart.matters.models import ItemPurpose, Matter, MatterState
from styrfart.meetings import queries, rules
from styrfart.meetings.actions.pulse import ENDS
from styrfart.meetings.deadlines import material_due
from styrfart.meetings.documents.content import digest_of
from styrfart.meetings.models import (
    THERE,
    AgendaItem,
    Attendee,
    AttendeeRole,
    Entry,
    EntryKind,
    Exclusion,
    ItemSource,
    ItemState,
    Meeting,
    MeetingState,
    Minutes,
    MinutesState,
    Presence,
    PulseQuestion,
    PulseRelease,
    PulseTally,
    Rhythm,
    Series,
)
from styrfart.meetings.queries.minutes_reading import content_now
from styrfart.meetings.queries.notice import notice_of
from styrfart.meetings.recurrence import days
from styrfart.people.models import Person, Team
from styrfart.shared.workdays import is_workday

OFFICE = "uk"


@pytest.fixture
def office(town: Town) -> Team:
    return Team.objects.get(slug=OFFICE)


@pytest.fixture
def ingrid(town: Town) -> Person:
    return Person.objects.get(email=PERSONAS[0].email)


@pytest.fixture
def tove(town: Town) -> Person:
    return Person.objects.get(email=PERSONAS[2].email)


@pytest.fixture
def coming(office: Team, town: Town) -> Meeting:
    """The next ordinary meeting of the office's team."""
    later = office.meetings.filter(held_on__gt=town.today, title="Ledningsgruppens möte")
    return later.select_related("kind", "team").order_by("held_on")[0]


# --- The shape of it -----------------------------------------------------------------------------------
@pytest.mark.django_db
def test_every_team_has_met_for_two_years(town: Town) -> None:
    held = Count("meetings", filter=Q(meetings__state=MeetingState.ENDED))
    counts = dict(Team.objects.annotate(held=held).values_list("slug", "held"))
    assert len(counts) == 13
    assert min(counts.values()) >= 45
    assert counts[OFFICE] >= 130
    first = Meeting.objects.order_by("held_on")[0].held_on
    assert 700 <= (town.today - first).days <= 728


def test_the_office_has_four_kinds_of_meeting_two_series_a_rota_and_a_wheel(office: Team) -> None:
    kinds = office.meeting_kinds.order_by("name").values_list("name", "minutes")
    assert list(kinds) == [
        ("Ledningsgruppens möte", 120),
        ("Strategidag", 240),
        ("Veckoavstämning", 45),
        ("Vi som ledningsgrupp", 120),
    ]
    assert Series.objects.filter(kind__team=office).count() == 2
    assert office.meeting_kinds.get(name="Veckoavstämning").rota.count() == 9
    assert office.wheel.count() == 16
    years = set(office.wheel.values_list("agenda_items__wheel_year", flat=True)) - {None}
    assert len(years) >= 2


def test_meetings_of_a_series_stand_for_its_days(town: Town) -> None:
    for series in Series.objects.prefetch_related("meetings"):
        slots = [meeting.slot for meeting in series.meetings.all() if meeting.slot]
        assert set(slots) <= set(days(Rhythm(series.rhythm), series.first_on, series.last_on))
        assert len(slots) >= 40
        for meeting in series.meetings.all():
            assert is_workday(meeting.held_on)
            assert meeting.slot
            assert abs((meeting.held_on - meeting.slot).days) <= 6


# --- Nothing that an action would refuse -----------------------------------------------------------------
def test_a_meeting_went_as_its_clock_says(town: Town) -> None:
    for meeting in Meeting.objects.filter(state=MeetingState.ENDED).prefetch_related("items"):
        assert meeting.opened_at
        assert meeting.ended_at
        assert (
            timezone.localdate(meeting.opened_at) == timezone.localdate(meeting.ended_at) == meeting.held_on
        )
        assert meeting.called_at is None or meeting.called_at < meeting.opened_at
        taken = [item for item in meeting.items.all() if item.started_at]
        at = meeting.opened_at
        for item in taken:
            assert item.started_at
            assert item.started_at >= at
            at = item.started_at + dt.timedelta(seconds=item.seconds_used)
        assert at <= meeting.ended_at
        assert sum(item.seconds_used for item in taken) >= 600
        assert sum(item.seconds_used for item in taken) <= 6 * 3600
        positions = [item.position for item in meeting.items.all()]
        assert positions == list(range(1, len(positions) + 1))


def test_what_was_decided_in_a_meeting_stands_in_it(town: Town) -> None:
    """The entry, its item and the matter agree; so do those who took part and those who were there."""
    entries = Entry.objects.filter(kind=EntryKind.DECISION).select_related(
        "decision", "item__matter", "meeting"
    )
    assert entries.count() >= 60
    for entry in entries:
        assert entry.decision
        assert entry.item
        assert entry.item.matter
        assert entry.item.matter.decision_id == entry.decision_id
        assert entry.meeting.opened_at
        assert entry.meeting.ended_at
        assert entry.meeting.opened_at < entry.decision.decided_at <= entry.meeting.ended_at
        there = {row.person_id for row in entry.meeting.attendees.all() if row.presence in THERE}
        took_part = {row.person_id for row in entry.decision.participants.all()}
        assert took_part == there - {entry.decision.decided_by_id}
        assert entry.decision.decided_by_id in there
        left = {row.person_id for row in entry.decision.participants.all() if row.is_excluded}
        assert left == {row.person_id for row in entry.item.exclusions.all()}
        assert not left & {row.person_id for row in entry.item.positions.all()}


def test_every_decision_that_a_meeting_was_to_make_was_made_in_one(town: Town) -> None:
    taken_up = AgendaItem.objects.filter(source=ItemSource.MATTER, state=ItemState.DONE)
    without = taken_up.exclude(entries__kind=EntryKind.DECISION)
    assert list(without) == []
    in_meetings = Decision.objects.filter(meeting_entry__isnull=False).count()
    # Matters that were in the queue first were decided in a meeting.
    queued = Matter.objects.filter(state=MatterState.DECIDED, events__kind="queued").distinct()
    assert queued.count() == in_meetings


def test_actions_of_a_meeting_belong_to_its_decisions(town: Town) -> None:
    entries = Entry.objects.filter(kind=EntryKind.ACTION).select_related("action__decision__meeting_entry")
    assert entries.count() >= 60
    for entry in entries:
        assert entry.action
        assert entry.action.decision
        assert entry.action.decision.meeting_entry.item_id == entry.item_id
    assert Action.objects.filter(meeting_entry__isnull=True).exists()  # what the chair decided alone


def test_people_came_were_away_and_had_somebody_instead(town: Town) -> None:
    ended = Attendee.objects.filter(meeting__state=MeetingState.ENDED)
    assert not ended.filter(presence=Presence.EXPECTED).exists()
    away = ended.filter(presence=Presence.ABSENT)
    assert 0.03 <= away.count() / ended.count() <= 0.15
    assert not away.filter(excuse="").exists()
    substitutes = ended.filter(role=AttendeeRole.SUBSTITUTE)
    assert substitutes.count() >= 20
    for row in substitutes.select_related("meeting"):
        assert row.meeting.attendees.get(person=row.stands_in_for).presence == Presence.ABSENT
    leaders = ended.filter(person=F("meeting__leader"), presence__in=THERE)
    assert leaders.count() == Meeting.objects.filter(state=MeetingState.ENDED).count()
    # The external coach sits with the team and sees none of its meetings.
    assert not Attendee.objects.filter(person__email__endswith="coach.example").exists()


def test_somebody_left_for_a_conflict_of_interest_at_the_office(office: Team) -> None:
    rows = Exclusion.objects.filter(item__meeting__team=office).select_related("item")
    assert rows.count() >= 1
    assert all(row.ground for row in rows)


# --- Minutes -----------------------------------------------------------------------------------------------
def test_minutes_are_sealed_with_what_was_recorded(town: Town) -> None:
    held = Meeting.objects.filter(state=MeetingState.ENDED).annotate(versions=Count("written"))
    assert not held.filter(versions=0).exists()
    approved = Minutes.objects.filter(state=MinutesState.APPROVED).prefetch_related("sections")
    assert approved.count() >= 800
    for minutes in approved:
        assert digest_of(minutes.content) == minutes.digest
        assert minutes.content["approvals"]
        assert [one["text"] for one in minutes.content["sections"]] == [
            row.text for row in minutes.sections.all()
        ]


@pytest.mark.parametrize("place", [0, 40, -3])
def test_the_content_is_what_the_product_would_make_of_it_now(office: Team, place: int) -> None:
    every = list(office.meetings.filter(state=MeetingState.ENDED, written__version=1).order_by("held_on"))
    minutes = every[place].written.select_related("meeting__team__unit").get(version=1)
    sealed = {**minutes.content, "approvals": []}
    minutes.content, minutes.state = {}, MinutesState.DRAFT
    assert content_now(minutes) == sealed


def test_the_chair_has_the_latest_minutes_to_approve(office: Team, ingrid: Person) -> None:
    waiting = Minutes.objects.filter(meeting__team=office, state=MinutesState.HANDED_OVER)
    assert waiting.count() == 1
    minutes = waiting.select_related("meeting__team").get()
    assert minutes.meeting.title == "Ledningsgruppens möte"
    assert rules.can_approve(ingrid, minutes)


def test_one_of_the_minutes_was_corrected_and_names_what_it_corrects(office: Team) -> None:
    first, second = Minutes.objects.filter(
        meeting__in=Minutes.objects.filter(version=2).values("meeting"), meeting__team=office
    ).order_by("version")
    assert second.content["corrects"] == {"version": 1, "digest": first.digest}
    assert second.correction
    assert first.digest != second.digest


# --- The pulse ---------------------------------------------------------------------------------------------
def test_what_is_shown_of_the_pulse_is_what_was_counted(town: Town) -> None:
    for release in PulseRelease.objects.select_related("first_meeting", "last_meeting"):
        tallies = PulseTally.objects.filter(
            meeting__team=release.team_id,
            meeting__ended_at__gte=release.first_meeting.ended_at,
            meeting__ended_at__lte=release.last_meeting.ended_at,
        )
        for question in PulseQuestion:
            counted = [(row.value, row.count) for row in tallies if row.question == question]
            answers = sum(count for _value, count in counted)
            assert answers >= release.answers >= release.threshold >= 7
            mean = sum(value * count for value, count in counted) / answers
            low, high = ENDS[question]
            assert release.means[question] == round(min(max(mean, low), high), 1)


def test_meetings_have_become_better_used(office: Team) -> None:
    shown = [release.means["M5"] for release in office.pulse_releases.order_by("released_at")]
    assert len(shown) >= 8
    assert 54 <= sum(shown[:4]) / 4 <= 64
    assert 70 <= sum(shown[-3:]) / 3 <= 80


# --- The story ---------------------------------------------------------------------------------------------
def test_information_took_48_percent_of_the_time_before_the_mandate_and_takes_18_after(office: Team) -> None:
    mirror = queries.meeting_mirror(office)
    before, now = (use.share(ItemPurpose.INFORMATION) for use in (mirror.before, mirror.now))
    assert (round(before), round(now)) == (48, 18)
    assert mirror.before.gap(mirror.target) > 30
    assert mirror.now.gap(mirror.target) < 20


def test_fewer_items_come_back_unready(office: Team, town: Town) -> None:
    adopted = office.mandates.get(version=1).adopted_on
    assert adopted
    returned = AgendaItem.objects.filter(meeting__team=office, state=ItemState.RETURNED)
    before = returned.filter(meeting__held_on__lt=adopted).count()
    after = returned.filter(meeting__held_on__gte=adopted).count()
    assert before >= 4
    assert after <= before / 2


def test_what_was_not_reached_came_back_the_next_time(town: Town) -> None:
    again = AgendaItem.objects.filter(came_from__isnull=False).select_related("came_from__meeting", "meeting")
    assert again.count() >= 20
    for item in again:
        assert item.came_from
        assert item.came_from.state == ItemState.UNFINISHED
        assert item.came_from.meeting.held_on < item.meeting.held_on
        assert item.came_from.title == item.title


def test_the_next_meeting_is_called_fits_its_time_and_lacks_one_material(coming: Meeting, town: Town) -> None:
    assert 1 <= (coming.held_on - town.today).days <= 7
    assert (coming.state, coming.starts_at, coming.minutes) == (MeetingState.CALLED, dt.time(9), 120)
    taken_up = [item for item in coming.items.all() if not item.is_in_writing]
    assert len(taken_up) == 8
    assert sum(item.minutes for item in taken_up) <= 120
    missing = [item for item in taken_up if item.needs_material and not item.ready_at]
    assert [item.title[:24] for item in missing] == ["Hur ser förändringstryck"]
    assert material_due(coming) < town.today
    assert not notice_of(coming).has_anything_to_tell
    assert coming.attendees.filter(presence=Presence.ABSENT).count() == 1


def test_a_stranger_can_open_a_meeting_today_as_chair_and_as_secretary(
    office: Team, town: Town, ingrid: Person, tove: Person
) -> None:
    today = office.meetings.filter(held_on=town.today)
    assert today.count() == 1
    meeting = today.select_related("team").get()
    assert meeting.state == MeetingState.CALLED
    assert meeting.secretary == tove
    assert rules.can_lead(ingrid, meeting)
    assert rules.can_minute(tove, meeting)
    assert any(item.purpose == ItemPurpose.DECISION for item in meeting.items.all())


# --- The texts ---------------------------------------------------------------------------------------------
def said() -> Iterable[str]:
    for file, kinds in (
        ("ordinary", ("information", "writing", "talk", "unready")),
        ("days", ("strategy", "development", "next", "today")),
    ):
        for text in itertools.chain.from_iterable(talks(file, kind) for kind in kinds):
            yield from (text.title, text.outcome, text.note, text.parked, text.background, *text.notes)
    of = notes()
    yield from (
        of.conflict_note,
        *of.matter,
        *of.follow,
        *of.since_last,
        *itertools.chain(*of.wheel.values()),
    )
    yield from (*of.weekly.news, *of.weekly.stuck, *of.weekly.done)


def test_there_is_enough_to_say_and_nothing_is_said_twice() -> None:
    texts = [text for text in said() if text]
    assert len(texts) >= 200
    long = [text for text in texts if len(text) > 60]
    assert len(long) == len(set(long))


def test_no_years_exclamation_marks_or_filler_in_what_is_said() -> None:
    every = " ".join(said())
    assert not any(word in every.casefold() for word in ("!", " 20", "lorem", "todo", "övrigt"))


def test_titles_and_outcomes_fit_their_fields() -> None:
    assert max(len(text) for text in said()) <= 200
