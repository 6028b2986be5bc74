"""What decisions and actions ask for comes by itself on its day, and never the same twice."""

import datetime as dt

import pytest
from django.utils import timezone

from styrfart.decisions import actions
from styrfart.decisions.models import Decision, Reminder
from styrfart.decisions.queries import to_remind
from styrfart.overview.models import Letter
from styrfart.people.models import Person, Team
from styrfart.shared import mail
from styrfart.shared.models import OutgoingMail
from tests import make
from tests.decisions.conftest import head, shifted, values
from tests.overview.test_jobs import run_letters

__all__ = ["head"]

pytestmark = pytest.mark.django_db


def morning() -> dict[int | None, str]:
    """Who is reminded, of what, on a morning when nobody has had a letter yet."""
    OutgoingMail.objects.all().delete()
    Letter.objects.all().delete()
    run_letters()
    return {mail.recipient_id: mail.body for mail in OutgoingMail.objects.all()}


def test_the_owner_is_reminded_on_the_day_and_not_before(team: Team, head: Person, member: Person) -> None:
    decision = shifted(actions.make_decision(**values(team, head, owner=member)), due_on=1)
    assert morning() == {}
    shifted(decision, due_on=0)
    sent = morning()
    assert list(sent) == [member.pk]
    assert f"- Beslut {decision.number} i {team.name} ska vara genomfört" in sent[member.pk]
    assert decision.get_absolute_url() in sent[member.pk]
    assert morning() == {}


def test_the_chair_is_reminded_fourteen_days_later(team: Team, head: Person, member: Person) -> None:
    decision = shifted(actions.make_decision(**values(team, head, owner=member)), due_on=-13)
    assert morning() == {}
    shifted(decision, due_on=-14)
    sent = morning()
    assert list(sent) == [head.pk]
    assert "Samir Haddad äger det." in sent[head.pk]
    assert morning() == {}


def test_effect_and_review_are_reminded_of_on_their_days(team: Team, head: Person, member: Person) -> None:
    decision = actions.make_decision(**values(team, head, owner=member))
    actions.report_done(decision=decision, actor=member)
    shifted(decision, due_on=-3, effect_on=0, review_on=0)
    sent = morning()
    assert set(sent) == {member.pk, head.pk}
    assert f"- Effekten av beslut {decision.number}" in sent[member.pk]
    assert f"- Beslut {decision.number} i {team.name} ska ses över." in sent[head.pk]


def test_everything_of_the_day_comes_in_one_mail(team: Team, head: Person, member: Person) -> None:
    for _ in range(2):
        shifted(actions.make_decision(**values(team, head, owner=member)), due_on=0)
    make.action(team, owner=member, due_on=timezone.localdate())
    sent = morning()
    assert list(sent) == [member.pk]
    assert sent[member.pk].count("\n- ") == 3
    assert Reminder.objects.count() == 3


def test_a_morning_without_a_worker_is_made_up_for_but_old_history_is_not(
    team: Team, head: Person, member: Person
) -> None:
    shifted(actions.make_decision(**values(team, head, owner=member)), due_on=-3)
    make.action(team, owner=member, due_on=timezone.localdate() - dt.timedelta(days=4))
    assert morning()[member.pk].count("\n- ") == 1


def test_a_moved_day_is_reminded_of_anew(team: Team, head: Person, member: Person) -> None:
    decision = shifted(actions.make_decision(**values(team, head, owner=member)), due_on=-1)
    assert list(morning()) == [member.pk]
    actions.move_due(decision=decision, due_on=timezone.localdate(), reason="Nästan klart", actor=member)
    assert list(morning()) == [member.pk]


def test_what_is_done_undone_or_replaced_is_not_reminded_of(team: Team, head: Person, member: Person) -> None:
    done, undone, replaced = (
        shifted(actions.make_decision(**values(team, head, owner=member)), due_on=0) for _ in range(3)
    )
    actions.report_done(decision=done, actor=member)
    actions.undo_decision(decision=undone, actor=head)
    again = values(team, head, owner=member)
    del again["team"]
    actions.replace_decision(decision=replaced, **again)
    assert morning() == {}


def test_a_secret_decision_is_reminded_of_in_the_room_without_its_words(
    team: Team, head: Person, stranger: Person
) -> None:
    decision = actions.make_decision(**values(team, head, owner=stranger))
    Decision.objects.filter(pk=decision.pk).update(secrecy_ground="OSL 39 kap. 2 §")
    shifted(decision, due_on=0)
    sent = morning()
    assert list(sent) == [head.pk]
    assert decision.text not in sent[head.pk]


def test_a_morning_that_breaks_off_loses_nothing(
    team: Team, head: Person, member: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for owner in (head, member):
        shifted(actions.make_decision(**values(team, head, owner=owner)), due_on=0)
    OutgoingMail.objects.all().delete()
    sent, write = [], mail.write

    def break_off(**words: object) -> OutgoingMail:
        sent.append(words)
        if len(sent) > 1:
            raise ConnectionError
        return write(**words)  # type: ignore[arg-type]  # what it was called with

    monkeypatch.setattr(mail, "write", break_off)
    with pytest.raises(ConnectionError):
        run_letters()
    monkeypatch.setattr(mail, "write", write)
    assert (OutgoingMail.objects.count(), Reminder.objects.count(), Letter.objects.count()) == (1, 1, 1)
    run_letters()
    assert {one.recipient_id for one in OutgoingMail.objects.all()} == {head.pk, member.pk}
    assert (OutgoingMail.objects.count(), Reminder.objects.count()) == (2, 2)


def test_asking_for_some_people_gives_what_asking_for_all_gives(
    team: Team, head: Person, member: Person, stranger: Person
) -> None:
    shifted(actions.make_decision(**values(team, head, owner=member)), due_on=-14)
    shifted(actions.make_decision(**values(team, head, owner=stranger)), due_on=0, review_on=0)
    make.action(team, owner=stranger, due_on=timezone.localdate())
    everybody = to_remind(timezone.localdate())
    assert set(everybody) == {head.pk, stranger.pk}
    for person in (head, member, stranger):
        assert to_remind(timezone.localdate(), [person.pk]) == {
            pk: calls for pk, calls in everybody.items() if pk == person.pk
        }


@pytest.mark.parametrize("count", [1, 3])
def test_who_is_to_be_reminded_is_asked_in_four_queries(
    team: Team, head: Person, member: Person, count: int, django_assert_num_queries: object
) -> None:
    for _ in range(count):
        shifted(actions.make_decision(**values(team, head, owner=member)), due_on=0)
    with django_assert_num_queries(4):  # type: ignore[operator]  # the fixture is untyped
        assert len(to_remind(timezone.localdate(), [member.pk])[member.pk]) == count


def test_reminders_are_in_the_readers_language(team: Team, head: Person, member: Person) -> None:
    Person.objects.filter(pk=member.pk).update(language="en")
    shifted(actions.make_decision(**values(team, head, owner=member)), due_on=0)
    body = morning()[member.pk]
    assert "is to be carried out" in body
    assert "ska" not in body


def test_the_chair_hears_of_what_somebody_who_has_left_was_to_do(
    team: Team, head: Person, chair: Person, member: Person
) -> None:
    decision = actions.make_decision(**values(team, head, owner=member))
    actions.report_done(decision=decision, actor=member)
    shifted(decision, due_on=-3, effect_on=0)
    Person.objects.filter(pk=member.pk).update(is_active=False)
    assert list(morning()) == [chair.pk]
