"""At most one letter a day, nothing when there is nothing to say, never the same one twice."""

import datetime as dt

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from styrfart.matters.models import MatterState
from styrfart.overview import jobs
from styrfart.overview.models import Letter
from styrfart.people.models import Person, Role, Team
from styrfart.shared.jobs import SCHEDULE, Daily
from styrfart.shared.models import OutgoingMail
from tests import make
from tests.overview.test_waiting import handed

pytestmark = pytest.mark.django_db


def run_letters(*, with_digest: bool = False) -> None:
    """What the worker would do in the morning."""
    DBTaskResult.objects.all().delete()
    jobs.queue_letters(timezone.localdate(), with_digest=with_digest)
    for task in DBTaskResult.objects.filter(task_path__endswith="send_some_letters"):
        jobs.send_some_letters.func(*task.args_kwargs["args"])


def run_digests() -> None:
    """What the worker would do on a Monday morning."""
    run_letters(with_digest=True)


def letters() -> list[str]:
    """Who got a letter."""
    return sorted(OutgoingMail.objects.values_list("address", flat=True))


def test_those_for_whom_something_waits_get_a_letter(team: Team, chair: Person, member: Person) -> None:
    make.matter(team, "Ska vi flytta?")
    run_digests()
    assert letters() == [chair.email]
    mail = OutgoingMail.objects.get()
    assert mail.subject == "Din vecka i Styrfart"
    assert "- Välj väg för ett nytt ärende." in mail.body
    assert f"/lg/{team.slug}/arenden/" in mail.body
    assert "&" not in mail.body  # not written as HTML


def test_what_falls_due_this_week_is_in_it_and_what_is_later_is_not(team: Team, member: Person) -> None:
    day = timezone.localdate()
    make.action(team, "Nära", owner=member, due_on=day + dt.timedelta(days=6))
    make.action(team, "Sedan", owner=member, due_on=day + dt.timedelta(days=9))
    run_digests()
    body = OutgoingMail.objects.get().body
    assert "Nära" in body
    assert "Sedan" not in body


def test_no_news_no_letter(team: Team, chair: Person, member: Person) -> None:
    make.mandate(team)
    run_digests()
    assert letters() == []
    assert not Letter.objects.exists()


def test_who_has_turned_it_off_or_left_gets_none(team: Team, chair: Person) -> None:
    make.matter(team)
    for change in ({"has_digest": False}, {"is_active": False}, {"email": None}):
        Person.objects.filter(pk=chair.pk).update(**{"has_digest": True, "is_active": True, **change})
        run_digests()
        assert letters() == []
        Person.objects.filter(pk=chair.pk).update(email="tillbaka@demo.example")


def test_the_same_week_brings_one_letter(team: Team, chair: Person) -> None:
    make.matter(team)
    run_digests()
    run_digests()
    assert letters() == [chair.email]
    Letter.objects.update(on=timezone.localdate() - dt.timedelta(days=14))
    run_digests()
    assert letters() == [chair.email] * 2


def test_the_letter_is_in_the_readers_language(team: Team, chair: Person) -> None:
    chair.language = "en"
    chair.save(update_fields=["language"])
    make.matter(team)
    run_digests()
    mail = OutgoingMail.objects.get()
    assert mail.subject == "Your week in Styrfart"
    assert "väntar" not in mail.body


def test_an_outsider_gets_nothing(team: Team) -> None:
    coach = make.role(Role.COACH)
    handed(coach, make.person(), team, timezone.localdate())
    run_digests()
    run_letters()
    assert coach.email not in letters()


def test_whoever_others_wait_for_today_is_reminded_once(team: Team, chair: Person, member: Person) -> None:
    day = timezone.localdate()
    handed(member, chair, team, day, "Vem tar det?")
    handed(chair, member, team, day + dt.timedelta(days=1))
    run_letters()
    run_letters()
    assert letters() == [member.email]
    assert "Vem tar det?" in OutgoingMail.objects.get().body


def test_only_what_is_due_today_is_reminded_of(team: Team, member: Person) -> None:
    day = timezone.localdate()
    handed(member, make.person(), team, day, "I dag?")
    handed(member, make.person(), team, day + dt.timedelta(days=3), "Senare?")
    make.matter(team, "Mitt utkast?", by=member, state=MatterState.DRAFT)
    run_letters()
    body = OutgoingMail.objects.get().body
    assert "I dag?" in body
    assert "Senare?" not in body


def test_everybody_concerned_is_found_by_a_fixed_number_of_queries(
    team: Team, chair: Person, django_assert_num_queries: object
) -> None:
    for _ in range(3):
        make.matter(make.team())
        handed(make.person(), chair, team, timezone.localdate())
    with django_assert_num_queries(21):  # type: ignore[operator]  # the fixture is untyped
        jobs.concerned(timezone.localdate())


def test_what_is_due_today_is_the_first_section_of_the_digest(
    team: Team, chair: Person, member: Person
) -> None:
    day = timezone.localdate()
    make.post(chair, team.unit, title="Kontorschef")
    decision = make.decision(team, by=chair, owner=member, due_on=day)
    handed(member, chair, team, day, "Vem tar det?")
    make.action(team, "Nära", owner=member, due_on=day + dt.timedelta(days=2))
    run_digests()
    run_letters()
    mail = OutgoingMail.objects.get(recipient=member)
    assert mail.subject == "Din vecka i Styrfart"
    first, _break, rest = mail.body.partition("den här veckan:")
    assert first.index(f"Beslut {decision.number}") < first.index("Svara på: Vem tar det? ")
    assert "väntar också på dig" not in first  # it is said above
    assert "Nära" in rest
    assert mail.body.count("Vem tar det?") == 1


def test_who_wants_no_digest_still_hears_of_what_is_due_today(
    team: Team, chair: Person, member: Person
) -> None:
    Person.objects.filter(pk=member.pk).update(has_digest=False)
    handed(member, chair, team, timezone.localdate(), "Vem tar det?")
    make.action(team, "Nära", owner=member, due_on=timezone.localdate() + dt.timedelta(days=2))
    run_digests()
    mail = OutgoingMail.objects.get(recipient=member)
    assert mail.subject == "Det här väntar på dig i dag"
    assert "Vem tar det?" in mail.body
    assert "Nära" not in mail.body


def test_decisions_and_matters_of_the_day_come_in_one_letter(
    team: Team, chair: Person, member: Person
) -> None:
    day = timezone.localdate()
    make.decision(team, by=chair, owner=member, due_on=day)
    make.action(team, owner=member, due_on=day)
    handed(member, chair, team, day, "Vem tar det?")
    for _ in range(2):
        run_letters()
    body = OutgoingMail.objects.get(recipient=member).body
    assert body.count("\n- ") == 3


@pytest.mark.parametrize("weekday", range(7))
def test_the_week_is_told_of_on_mondays(weekday: int, monkeypatch: pytest.MonkeyPatch) -> None:
    day = dt.date(2026, 11, 16) + dt.timedelta(days=weekday)
    told = []
    monkeypatch.setattr(timezone, "localdate", lambda: day)
    monkeypatch.setattr(jobs, "queue_letters", lambda today, with_digest: told.append((today, with_digest)))
    jobs.send_letters.func()
    assert told == [(day, weekday == 0)]


def test_the_clock_knows_the_letters() -> None:
    assert SCHEDULE["overview.letters"].plan == Daily(hour=7)
    assert not {"overview.digest", "overview.remind", "decisions.remind"} & set(SCHEDULE)
