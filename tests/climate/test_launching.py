import datetime as dt

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from styrfart.climate import jobs, keys
from styrfart.climate.actions import cast, launching, rounds
from styrfart.climate.instruments import shipped
from styrfart.climate.models import (
    Answer,
    Ballot,
    Comment,
    Group,
    Invitation,
    Round,
    RoundState,
    UsedLink,
)
from styrfart.climate.queries.instruments import NoSuchInstrument
from styrfart.climate.queries.planning import roster_of
from styrfart.load.models import Claim
from styrfart.people.models import Role, Unit
from styrfart.shared.models import AuditEntry
from tests import make
from tests.climate.round_stage import Office, draft, launched, staffed, work
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
NINE = "543210543"


def link_of(invitation: Invitation) -> str:
    return keys.read(invitation.round_id).link(invitation.pk)


def wish_of(asked: Round) -> rounds.RoundWish:
    return rounds.RoundWish(
        title="Något annat",
        why="",
        instruments=["hme"],
        text_questions=[],
        languages=["sv"],
        opens_on=asked.opens_on,
        closes_on=asked.closes_on,
        report_on=asked.report_on,
        reminds_on=None,
    )


def test_launch_locks_questions_thresholds_and_groups() -> None:
    office = Office()
    asked = draft(office)
    launching.launch_round(round=asked, revision=1, actor=office.head)
    asked.refresh_from_db()
    assert (asked.state, asked.revision, asked.least, asked.least_text) == (RoundState.LAUNCHING, 2, 7, 10)
    assert asked.asked == (shipped()["hme"],)
    assert list(
        asked.groups.values_list("name", "position", "parent__name", "invited", "invited_below", "planned")
    ) == [
        ("Utvecklingskontoret", 0, None, 1, 13, Group.Planned.ITSELF),
        ("Arkivet", 1, "Utvecklingskontoret", 9, 9, Group.Planned.NOT),
        ("Växeln", 2, "Utvecklingskontoret", 3, 3, Group.Planned.NOT),
    ]
    with pytest.raises(rounds.RoundMovedOn):
        rounds.change_round(
            round=asked,
            revision=2,
            wish=wish_of(asked),
            actor=office.head,
        )


def test_what_the_installation_has_raised_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MIN_ANSWERS", 9)
    assert launched(Office()).least == 9


def test_a_launch_is_in_the_log_and_in_the_load_calendar() -> None:
    office = Office()
    asked = launched(office)
    claim = Claim.objects.get()
    assert (claim.source, claim.reference, claim.title, claim.minutes, claim.people) == (
        "climate.round",
        str(asked.pk),
        "Puls i november",
        1,
        None,
    )
    assert [unit.pk for unit in claim.units.all()] == [office.top.pk]
    assert claim.link == f"/klimat/pulser/{asked.pk}/"
    verbs = list(AuditEntry.objects.filter(verb__startswith="climate").values_list("verb", flat=True))
    assert sorted(verbs) == ["climate.launch_round", "climate.open_round", "climate.plan_round"]


def test_a_draft_that_somebody_changed_is_not_launched() -> None:
    office = Office()
    asked = draft(office)
    with pytest.raises(rounds.RoundMovedOn):
        launching.launch_round(round=asked, revision=7, actor=office.head)
    assert not Group.objects.exists()


def test_a_round_is_launched_once() -> None:
    office = Office()
    asked = draft(office)
    launching.launch_round(round=asked, revision=1, actor=office.head)
    with pytest.raises(rounds.RoundMovedOn):
        launching.launch_round(round=asked, revision=2, actor=office.head)
    assert Group.objects.count() == 3


def test_a_round_whose_day_has_been_is_not_launched() -> None:
    office = Office()
    asked = draft(office, opens_in=-1)
    with pytest.raises(launching.DaysHavePassed):
        launching.launch_round(round=asked, revision=1, actor=office.head)


def test_a_round_of_an_empty_unit_is_not_launched() -> None:
    office = Office()
    asked = draft(office, units=[make.unit("Tomt")])
    with pytest.raises(launching.NobodyIsInvited):
        launching.launch_round(round=asked, revision=1, actor=office.head)


def test_a_round_of_a_questionnaire_that_is_gone_is_not_launched() -> None:
    office = Office()
    asked = draft(office, instruments=["eget-99"])
    with pytest.raises(NoSuchInstrument):
        launching.launch_round(round=asked, revision=1, actor=office.head)
    asked.refresh_from_db()
    assert asked.state == RoundState.DRAFT


def test_more_questions_than_an_answer_has_room_for_are_not_launched() -> None:
    office = Office()
    asked = draft(office, instruments=["hme"] * 14)
    answer = signed_in(office.head).post(f"/klimat/pulser/{asked.pk}/starta/", {"revision": 1}, follow=True)
    assert "Formulären har för många frågor tillsammans." in answer.content.decode()
    asked.refresh_from_db()
    assert asked.state == RoundState.DRAFT


def test_everybody_gets_one_right_to_answer_that_counts_where_they_stand() -> None:
    office = Office()
    asked = launched(office)
    assert asked.state == RoundState.OPEN
    assert asked.invitations.count() == 13
    assert {group.name: group.invitations.count() for group in asked.groups.all()} == {
        "Utvecklingskontoret": 1,
        "Arkivet": 9,
        "Växeln": 3,
    }
    for invitation in asked.invitations.all():
        assert invitation.digest == keys.digest_of(link_of(invitation))
        assert invitation.sent_on is None


def test_an_answer_by_the_link_of_the_letter_is_taken() -> None:
    asked = launched(Office())
    cast(link=link_of(asked.invitations.all()[0]), values=NINE, texts={})
    assert Ballot.objects.count() == 1


def test_somebody_with_two_posts_is_invited_once_where_they_lead() -> None:
    office = Office()
    both = make.post(in_unit=office.big, is_head=False).person
    make.post(holder=both, in_unit=office.small, is_head=True)
    twice = make.post(in_unit=office.small, is_head=False, title="Handläggare").person
    make.post(holder=twice, in_unit=office.big, is_head=False, title="Arkivarie")
    asked = launched(office)
    places = {each.person_id: each.group.name for each in asked.invitations.select_related("group")}
    assert (asked.invitations.count(), places[both.pk], places[twice.pk]) == (15, "Växeln", "Arkivet")


def test_somebody_whose_first_post_lies_outside_is_asked_in_the_one_inside() -> None:
    office = Office()
    both = make.post(in_unit=make.unit("Någon annanstans"), is_head=True).person
    make.post(holder=both, in_unit=office.small, is_head=False)
    asked = launched(office)
    assert asked.invitations.get(person=both).group.name == "Växeln"


def test_who_has_no_address_gets_no_invitation_by_mail_and_is_counted() -> None:
    office = Office()
    staffed(office.big, 2, email=None)
    asked = launched(office)
    group = asked.groups.get(unit=office.big)
    assert (group.invited, group.invitations.count()) == (11, 9)


def test_a_closed_account_and_an_ended_post_are_not_asked() -> None:
    office = Office()
    make.post(in_unit=office.big, is_head=False, holder=make.person(is_active=False))
    gone = make.post(in_unit=office.big, is_head=False)
    gone.valid_to = timezone.localdate() - dt.timedelta(days=1)
    gone.save()
    assert launched(office).groups.get(unit=office.big).invited == 9


def test_groups_are_the_organisation_of_the_day_also_right_after_a_reorganisation() -> None:
    office = Office()
    below = staffed(make.unit("Läsesalen", parent=office.big), 4)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    # Växeln was closed yesterday, its people moved; Läsesalen now lies under the office itself.
    office.small.posts.update(valid_to=yesterday)
    Unit.objects.filter(pk=office.small.pk).update(valid_to=yesterday)
    Unit.objects.filter(pk=below.pk).update(parent=office.top, path=f"{office.top.path}{below.pk}/")
    asked = launched(office)
    assert list(asked.groups.values_list("name", "parent__name", "invited")) == [
        ("Utvecklingskontoret", None, 1),
        ("Arkivet", "Utvecklingskontoret", 9),
        ("Läsesalen", "Utvecklingskontoret", 4),
    ]
    # A later move changes nothing of the round.
    Unit.objects.filter(pk=below.pk).update(parent=office.big, path=f"{office.big.path}{below.pk}/")
    assert asked.groups.get(unit=below).parent == asked.groups.get(unit=office.top)


def test_units_below_one_another_are_one_tree() -> None:
    office = Office()
    asked = launched(office, units=[office.big, office.top])
    assert list(asked.groups.values_list("name", "parent__name")) == [
        ("Utvecklingskontoret", None),
        ("Arkivet", "Utvecklingskontoret"),
        ("Växeln", "Utvecklingskontoret"),
    ]


def test_a_team_is_a_group_of_its_chair_and_members() -> None:
    office = Office()
    team = make.team("Kontorets ledningsgrupp", of_unit=office.top)
    for _each in range(7):
        make.member(team)
    make.member(team, role="adjunct")  # type: ignore[arg-type]  # its value
    make.member(team, role="secretary")  # type: ignore[arg-type]  # its value
    asked = launched(office, units=[], teams=[team], instruments=["klimat"])
    assert list(asked.groups.values_list("name", "invited", "planned")) == [
        ("Kontorets ledningsgrupp", 7, Group.Planned.NOT)
    ]
    assert asked.invitations.count() == 7
    assert Claim.objects.get().people == 7


def test_the_conditions_of_managers_are_asked_of_those_who_lead() -> None:
    office = Office()
    make.post(in_unit=office.big, is_head=True)
    asked = launched(office, instruments=["chefens-forutsattningar"])
    assert list(asked.groups.values_list("name", "invited")) == [("Utvecklingskontoret", 1), ("Arkivet", 1)]


def test_preparing_again_changes_nothing() -> None:
    asked = launched(Office())
    before = list(asked.invitations.values_list("pk", "digest"))
    Round.objects.filter(pk=asked.pk).update(state=RoundState.LAUNCHING)
    launching.prepare_round.func(asked.pk)
    launching.prepare_round.func(asked.pk)
    assert list(asked.invitations.values_list("pk", "digest")) == before


def test_preparing_goes_on_where_it_was_cut_off() -> None:
    office = Office()
    asked = draft(office)
    launching.launch_round(round=asked, revision=1, actor=office.head)
    keys.make(asked.pk)  # as if the process had died before it wrote anything
    launching.prepare_round.func(asked.pk)
    asked.refresh_from_db()
    assert asked.public_key == keys.read(asked.pk).public
    assert not asked.invitations.filter(digest=None).exists()


def test_who_came_between_launch_and_job_is_counted_in() -> None:
    office = Office()
    asked = draft(office)
    launching.launch_round(round=asked, revision=1, actor=office.head)
    staffed(office.small, 2)
    launching.prepare_round.func(asked.pk)
    assert list(asked.groups.values_list("name", "invited", "invited_below")) == [
        ("Utvecklingskontoret", 1, 15),
        ("Arkivet", 9, 9),
        ("Växeln", 5, 5),
    ]


# --- the clock --------------------------------------------------------------------------------------
def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> "Clock":
    return Clock(monkeypatch)


class Clock:
    """Sets the hour of everybody who asks `timezone`."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch

    def go(self, moment: dt.datetime) -> None:
        self.patch.setattr(timezone, "now", lambda: moment)
        jobs.turn.func()


def test_the_clock_opens_closes_counts_and_shows(clock: Clock) -> None:
    office = Office()
    asked = launched(office, opens_in=3)
    today = timezone.localdate()
    states = []
    for days, hour in [(2, 12), (3, 6), (3, 7), (17, 23), (18, 1), (21, 7), (21, 8)]:
        clock.go(at(today + dt.timedelta(days=days), hour))
        done = queued()
        if "count" in done:
            jobs.count.func(asked.pk)
        asked.refresh_from_db()
        states.append((asked.state, asked.counted_at is not None, "release" in done))
    assert states == [
        ("launching", False, False),
        ("launching", False, False),
        ("open", False, False),
        ("open", False, False),
        ("closed", False, False),
        ("closed", True, False),
        ("closed", True, True),
    ]


def test_a_round_that_is_prepared_at_night_opens_in_the_morning(clock: Clock) -> None:
    office = Office()
    today = timezone.localdate()
    clock.go(at(today, 23, 50))
    asked = draft(office, opens_in=1)
    launching.launch_round(round=asked, revision=1, actor=office.developer)
    clock.go(at(today + dt.timedelta(days=1), 2))
    launching.prepare_round.func(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.public_key is not None) == (RoundState.LAUNCHING, True)
    clock.go(at(today + dt.timedelta(days=1), 7))
    asked.refresh_from_db()
    assert asked.state == RoundState.OPEN


def queued() -> set[str]:
    """Names of what waits, which is thrown away."""
    from django_tasks_db.models import DBTaskResult

    names = {each.task_path.rpartition(".")[2] for each in DBTaskResult.objects.all()}
    DBTaskResult.objects.all().delete()
    return names


def test_reminders_that_could_not_be_queued_are_queued_the_next_time(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = launched(Office())
    assert asked.reminds_on is not None
    queued()
    with monkeypatch.context() as broken:
        broken.setattr(jobs, "enqueue", lambda *_args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            clock.go(at(asked.reminds_on, 7))
    clock.go(at(asked.reminds_on, 7, 5))
    assert "send_reminders" in queued()
    clock.go(at(asked.reminds_on, 7, 10))
    assert "send_reminders" not in queued()


def test_posts_outside_what_a_round_is_about_are_not_read() -> None:
    office = Office()
    asked = draft(office, units=[office.small])
    with CaptureQueriesContext(connection) as seen:
        roster = roster_of(asked, timezone.localdate())
    assert len(roster.seats) == 3
    (posts,) = [each["sql"] for each in seen if 'FROM "people_post"' in each["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(posts)
        assert len(cursor.fetchall()) == 3


def test_a_preparation_that_died_is_begun_again(clock: Clock) -> None:
    office = Office()
    asked = draft(office)
    launching.launch_round(round=asked, revision=1, actor=office.head)
    queued()
    clock.go(timezone.now() + dt.timedelta(minutes=40))
    assert queued() == {"prepare_round"}
    assert asked.invitations.count() == 0


def test_a_round_without_its_key_is_not_tried_in_vain(clock: Clock) -> None:
    asked = launched(Office())
    keys.destroy(asked.pk)
    queued()
    clock.go(at(asked.closes_on + dt.timedelta(days=1), 12))
    assert queued() == set()
    asked.refresh_from_db()
    assert asked.state == RoundState.CLOSED


def test_the_clock_reminds_once(clock: Clock) -> None:
    asked = launched(Office())
    assert asked.reminds_on is not None
    work()
    clock.go(at(asked.reminds_on, 6, 55))
    assert queued() == set()
    for _each in range(2):
        clock.go(at(asked.reminds_on, 9))
    assert queued() == {"send_reminders"}
    asked.refresh_from_db()
    assert asked.reminded_at is not None


# --- stopping ---------------------------------------------------------------------------------------
def test_stopping_destroys_every_answer_link_and_key(
    django_capture_on_commit_callbacks: object,
) -> None:
    office = Office()
    asked = launched(office)
    used, unused = asked.invitations.all()[:2]
    cast(link=link_of(used), values=NINE, texts={0: "Något."})
    link = link_of(unused)
    asked.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # pytest-django's
        rounds.stop_round(round=asked, revision=asked.revision, actor=office.head)
    asked.refresh_from_db()
    assert asked.state == RoundState.STOPPED
    left = [
        model._default_manager.count() for model in (Ballot, UsedLink, Answer, Comment, Invitation, Claim)
    ]
    assert left == [0] * 6
    assert not keys.exists(asked.pk)
    with pytest.raises(rounds.RoundHasEnded):
        rounds.stop_round(round=asked, revision=asked.revision, actor=office.head)
    from styrfart.climate.actions import NotInvited

    with pytest.raises(NotInvited):
        cast(link=link, values=NINE, texts={})


def test_stopping_after_the_count_destroys_what_was_counted() -> None:
    office = Office()
    asked = launched(office)
    make.counted(asked.groups.get(unit=office.big), {NINE: 8})
    Round.objects.filter(pk=asked.pk).update(state=RoundState.CLOSED, counted_at=timezone.now())
    asked.refresh_from_db()
    assert sum(Answer.objects.values_list("number", flat=True)) == 8
    rounds.stop_round(round=asked, revision=asked.revision, actor=office.head)
    assert not Answer.objects.exists()


def test_a_key_that_outlived_its_round_is_destroyed_by_the_clock(clock: Clock) -> None:
    office = Office()
    asked = launched(office)
    rounds.stop_round(round=asked, revision=asked.revision, actor=office.head)  # the commit never came
    assert keys.exists(asked.pk)
    clock.go(timezone.now())
    assert not keys.exists(asked.pk)


def test_a_stopped_draft_is_gone() -> None:
    office = Office()
    asked = draft(office)
    rounds.stop_round(round=asked, revision=1, actor=office.head)
    assert not Round.objects.exists()


def test_what_has_been_shown_is_not_stopped() -> None:
    asked = make.climate_round(state=RoundState.RELEASED, released_at=timezone.now())
    with pytest.raises(rounds.RoundHasEnded):
        rounds.stop_round(round=asked, revision=1, actor=make.role(Role.HR_DEVELOPER))
