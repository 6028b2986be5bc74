"""To make a decision: who may, what it holds, how it is numbered, who is told."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from styrfart.decisions import actions
from styrfart.decisions.models import Decision, Participant, Recipient
from styrfart.people.models import Person, Team
from styrfart.shared.models import AuditEntry, OutgoingMail
from tests import make
from tests.decisions.conftest import values

pytestmark = pytest.mark.django_db


def test_a_head_decides_by_management_of_work(team: Team, head: Person) -> None:
    decision = actions.make_decision(**values(team, head))
    year, week, _day = timezone.localdate().isocalendar()
    assert (decision.year, decision.week, decision.sequence) == (year, week, 1)
    assert (decision.decided_by, decision.decided_as) == (head, "Kontorschef")
    assert decision.delegation_point is None
    assert decision.is_to_be_reported is False
    assert decision.recorded_by == head


def test_numbers_run_within_the_team_and_week(team: Team, head: Person) -> None:
    other = make.team(of_unit=team.unit)
    numbers = [actions.make_decision(**values(one, head)).sequence for one in (team, team, other, team)]
    assert numbers == [1, 2, 1, 3]


def test_an_undone_decision_keeps_its_number(team: Team, head: Person) -> None:
    actions.undo_decision(decision=actions.make_decision(**values(team, head)), actor=head)
    assert actions.make_decision(**values(team, head)).sequence == 2


def test_management_of_work_reaches_the_units_below_and_no_others(team: Team, head: Person) -> None:
    below = make.unit("Avdelningen", parent=team.unit)
    beside = make.unit("Grannkontoret")
    assert actions.make_decision(**values(team, head, units=[below])).pk
    with pytest.raises(actions.NotAuthorised):
        actions.make_decision(**values(team, head, units=[below, beside]))


def test_a_head_of_a_part_decides_for_the_part_only(team: Team, member: Person) -> None:
    part = make.unit("Avdelningen", parent=team.unit)
    make.post(member, part, title="Avdelningschef")
    assert actions.make_decision(**values(team, member, units=[part])).decided_as == "Avdelningschef"
    with pytest.raises(actions.NotAuthorised):
        actions.make_decision(**values(team, member))


def test_somebody_without_a_post_as_head_does_not_manage_work(team: Team, member: Person) -> None:
    make.post(member, team.unit, title="Utredare", is_head=False)
    with pytest.raises(actions.NotAuthorised):
        actions.make_decision(**values(team, member))


@pytest.mark.parametrize(
    ("cost", "is_allowed"), [(None, True), (400_000, True), (400_001, False)], ids=["none", "at", "above"]
)
def test_a_delegate_decides_within_the_limit(cost: int | None, is_allowed: bool) -> None:
    committee = make.unit("Nämnden")
    team = make.team(of_unit=make.unit("Kontoret", parent=committee))
    decider = make.post(in_unit=team.unit, title="Enhetschef", is_head=False).person
    point = make.point(make.scheme(committee), amount_limit=400_000)
    wanted = values(team, decider, authority="delegation", delegation_point=point, cost=cost)
    if not is_allowed:
        with pytest.raises(actions.NotAuthorised):
            actions.make_decision(**wanted)
        return
    decision = actions.make_decision(**wanted)
    assert (decision.decided_as, decision.is_to_be_reported) == ("Enhetschef", True)


def test_a_point_of_an_ended_scheme_gives_no_right(team: Team) -> None:
    decider = make.post(in_unit=team.unit, title="Enhetschef").person
    point = make.point(make.scheme(team.unit))
    type(point.scheme).objects.filter(pk=point.scheme_id).update(valid_to=dt.date(2025, 12, 31))
    with pytest.raises(actions.NotAuthorised):
        actions.make_decision(**values(team, decider, authority="delegation", delegation_point=point))


def test_what_cannot_be_delegated_is_refused_by_whatever_right(team: Team, head: Person) -> None:
    point = make.point(make.scheme(team.unit), is_delegable=False)
    for wanted in (
        values(team, head, authority="delegation", delegation_point=point),
        values(team, head, points=[point]),
    ):
        with pytest.raises(actions.NotDelegable):
            actions.make_decision(**wanted)
    assert Decision.objects.count() == 0


def test_nobody_decides_in_the_place_of_another(team: Team, head: Person, secretary: Person) -> None:
    with pytest.raises(actions.NotTheDecider):
        actions.make_decision(**values(team, head, actor=secretary))


def test_the_secretary_records_in_minutes(
    team: Team, head: Person, secretary: Person, member: Person
) -> None:
    decision = actions.make_decision(**values(team, head, actor=secretary, is_minuted=True))
    assert (decision.decided_by, decision.recorded_by) == (head, secretary)
    with pytest.raises(actions.NotTheDecider):
        actions.make_decision(**values(team, head, actor=member, is_minuted=True))


def test_participants_and_exclusions_stand_in_the_record(
    team: Team, head: Person, member: Person, adjunct: Person
) -> None:
    decision = actions.make_decision(
        **values(
            team,
            head,
            participants=[
                actions.Attendance(member, dissent="Det är för dyrt."),
                actions.Attendance(adjunct, is_excluded=True, conflict_ground="Gift med sökanden"),
            ],
        )
    )
    rows = Participant.objects.filter(decision=decision).values_list(
        "person", "is_excluded", "conflict_ground", "dissent"
    )
    assert list(rows) == [
        (member.pk, False, "", "Det är för dyrt."),
        (adjunct.pk, True, "Gift med sökanden", ""),
    ]


def test_conflict_of_interest_bars_deciding_presenting_and_dissenting(
    team: Team, head: Person, member: Person
) -> None:
    out: dict[str, Any] = {"is_excluded": True, "conflict_ground": "Gift med sökanden"}
    for wanted in (
        {"participants": [actions.Attendance(head, **out)]},
        {"participants": [actions.Attendance(member, **out)], "rapporteur": member},
        {"participants": [actions.Attendance(member, **out, dissent="Nej")]},
    ):
        with pytest.raises(actions.ConflictOfInterest):
            actions.make_decision(**values(team, head, **wanted))
    with pytest.raises(actions.GroundIsMissing):
        actions.make_decision(
            **values(team, head, participants=[actions.Attendance(member, is_excluded=True)])
        )


def test_the_decider_is_not_among_the_participants_and_nobody_is_there_twice(
    team: Team, head: Person, member: Person
) -> None:
    for people in ([head], [member, member]):
        with pytest.raises(actions.DeciderDissents):
            actions.make_decision(
                **values(team, head, participants=[actions.Attendance(person) for person in people])
            )


@pytest.mark.parametrize(
    ("due", "effect", "review"), [(-1, 90, None), (14, 13, None), (14, 90, 0), (14, 90, -3)]
)
def test_days_come_in_order(team: Team, head: Person, due: int, effect: int, review: int | None) -> None:
    today = timezone.localdate()
    with pytest.raises(actions.DatesAreOutOfOrder):
        actions.make_decision(
            **values(
                team,
                head,
                due_on=today + dt.timedelta(days=due),
                effect_on=today + dt.timedelta(days=effect),
                review_on=None if review is None else today + dt.timedelta(days=review),
            )
        )


def test_a_decision_may_be_due_and_followed_the_day_it_is_made(team: Team, head: Person) -> None:
    today = timezone.localdate()
    assert actions.make_decision(**values(team, head, due_on=today, effect_on=today)).due_on == today


@pytest.mark.parametrize("field", ["text", "reasons", "effect_question"])
def test_a_decision_says_what_why_and_how_the_effect_is_seen(team: Team, head: Person, field: str) -> None:
    with pytest.raises(actions.TextIsMissing):
        actions.make_decision(**values(team, head, **{field: "  \n"}))


def test_owner_and_recipients_are_told_once_and_the_decider_not_at_all(
    team: Team, head: Person, member: Person, adjunct: Person
) -> None:
    decision = actions.make_decision(
        **values(team, head, owner=member, recipients=[adjunct, member, head, adjunct])
    )
    assert list(Recipient.objects.values_list("person", flat=True)) == [adjunct.pk]
    sent = {mail.recipient_id: mail for mail in OutgoingMail.objects.all()}
    assert set(sent) == {member.pk, adjunct.pk}
    assert sent[member.pk].subject == f"Du ska genomföra beslut {decision.number}"
    assert sent[adjunct.pk].subject == f"Nytt beslut {decision.number} från {team.name}"
    for mail in sent.values():
        assert decision.text in mail.body
        assert decision.get_absolute_url() in mail.body


def test_mail_is_written_in_the_language_of_the_reader(team: Team, head: Person) -> None:
    reader = make.person("Anne", "Reader", language="en")
    decision = actions.make_decision(**values(team, head, recipients=[reader]))
    assert OutgoingMail.objects.get().subject == f"New decision {decision.number} from {team.name}"


def test_what_is_secret_stays_in_the_room_and_out_of_the_mail(
    team: Team, head: Person, member: Person, stranger: Person
) -> None:
    for wanted in ({"owner": stranger}, {"recipients": [stranger]}):
        with pytest.raises(actions.SecretStaysInRoom):
            actions.make_decision(**values(team, head, secrecy_ground="OSL 39 kap. 2 §", **wanted))
    decision = actions.make_decision(**values(team, head, owner=member, secrecy_ground="OSL 39 kap. 2 §"))
    assert decision.text not in OutgoingMail.objects.get().body


def test_the_deed_is_in_the_audit_log_for_those_whom_it_concerns(
    team: Team, head: Person, member: Person, adjunct: Person
) -> None:
    decision = actions.make_decision(
        **values(team, head, owner=member, participants=[actions.Attendance(adjunct)])
    )
    entry = AuditEntry.objects.get(verb="decisions.make_decision")
    assert (entry.actor, entry.object_id) == (head, str(decision.pk))
    assert {person.pk for person in entry.concerns.all()} == {head.pk, member.pk, adjunct.pk}


def test_a_major_change_waits_for_risk_assessment_and_consultation(team: Team, head: Person) -> None:
    today = timezone.localdate()
    for change in (
        actions.MajorChange(),
        actions.MajorChange(risk_assessed_on=today),
        actions.MajorChange(consultation_closed_on=today, urgency_ground="  "),
    ):
        with pytest.raises(actions.ChangeNotPrepared):
            actions.make_decision(**values(team, head, change=change))
    assert Decision.objects.count() == 0
    prepared = actions.MajorChange(today, "Dnr 12", today, "Protokoll 4")
    decision = actions.make_decision(**values(team, head, change=prepared))
    assert (decision.is_major_change, decision.risk_reference) == (True, "Dnr 12")


def test_a_major_change_is_decided_at_once_only_for_exceptional_reasons(team: Team, head: Person) -> None:
    change = actions.MajorChange(urgency_ground="Brand i lokalen, personalen flyttas i dag.")
    decision = actions.make_decision(**values(team, head, change=change))
    assert decision.urgency_ground == "Brand i lokalen, personalen flyttas i dag."
    assert (decision.risk_assessed_on, decision.decided_by) == (None, head)
