"""The decision form: what it offers, what it reads, what it says when something is wrong."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from styrfart.decisions import actions
from styrfart.decisions.forms import DecisionForm, receipt_words
from styrfart.decisions.forms.days import chip_day, months_later, tertial_end
from styrfart.decisions.forms.refusing import REFUSALS
from styrfart.people.models import Person, Team
from styrfart.shared.workdays import next_workday
from tests import make
from tests.decisions.conftest import typed, values

pytestmark = pytest.mark.django_db


def form_of(team: Team, decider: Person, data: dict[str, Any] | None = None, **given: Any) -> DecisionForm:
    return DecisionForm(data, team=team, decider=decider, **given)


def test_the_least_that_is_written_becomes_a_decision(team: Team, head: Person, member: Person) -> None:
    form = form_of(team, head, typed(member))
    assert form.is_valid(), form.errors
    decision = actions.make_decision(team=team, actor=head, **form.arguments())
    due = chip_day("2v", timezone.localdate())
    assert (decision.owner, decision.due_on) == (member, due)
    assert decision.effect_on == next_workday(months_later(due, 3))
    assert receipt_words(decision).startswith("Beslutet är fattat. Samir får veta nu. Vi påminner ")


def test_everything_that_is_written_reaches_the_decision(
    team: Team, head: Person, member: Person, adjunct: Person, stranger: Person
) -> None:
    later = timezone.localdate() + dt.timedelta(days=40)
    form = form_of(
        team,
        head,
        typed(
            head,
            alternatives="Stänga helt",
            due_on=later.isoformat(),
            effect_on=(later + dt.timedelta(days=1)).isoformat(),
            review_on=(later + dt.timedelta(days=2)).isoformat(),
            cost="12 500",
            rapporteur=str(member.pk),
            recipients=[str(stranger.pk)],
            secrecy_ground="",
            **{
                f"present_{member.pk}": "on",
                f"dissent_{member.pk}": "För dyrt",
                f"excluded_{adjunct.pk}": "on",
                f"ground_{adjunct.pk}": "Gift med sökanden",
            },
        ),
        others=[stranger],
    )
    assert form.is_valid(), form.errors
    decision = actions.make_decision(team=team, actor=head, **form.arguments())
    assert (decision.alternatives, decision.cost, decision.rapporteur) == ("Stänga helt", 12500, member)
    assert (decision.due_on, decision.effect_on, decision.review_on) == (
        later,
        later + dt.timedelta(days=1),
        later + dt.timedelta(days=2),
    )
    assert [(row.person, row.is_excluded, row.dissent) for row in decision.participants.all()] == [
        (member, False, "För dyrt"),
        (adjunct, True, ""),
    ]
    assert [row.person for row in decision.recipients.all()] == [stranger]


def test_a_written_day_goes_before_a_chip(team: Team, head: Person) -> None:
    day = timezone.localdate() + dt.timedelta(days=3)
    form = form_of(team, head, typed(head, due_in="1m", due_on=day.isoformat()))
    assert form.is_valid(), form.errors
    assert form.arguments()["due_on"] == day


def test_everything_wrong_at_once_is_said_at_every_field(
    team: Team, head: Person, member: Person, adjunct: Person, stranger: Person
) -> None:
    form = form_of(
        team,
        head,
        {
            "text": " ",
            "owner": str(stranger.pk),
            "due_in": "aldrig",
            "due_on": "31 februari",
            "effect_question": "å" * 301,
            "right": "p999999",
            "reasons": "",
            "effect_on": "sen",
            "review_on": "2020-01-01",
            "cost": "gratis",
            "rapporteur": "x",
            "recipients": ["-1"],
            "secrecy_ground": "\x00",
            f"excluded_{member.pk}": "on",
            f"dissent_{member.pk}": "Nej",
        },
    )
    assert not form.is_valid()
    assert {name: errors[0] for name, errors in form.errors.items()} == {
        "text": "Skriv vad du beslutar",
        "owner": "Välj någon i listan",
        "due_in": form.errors["due_in"][0],
        "due_on": "Skriv datumet som 15 december 2026 eller 2026-12-15",
        "effect_question": form.errors["effect_question"][0],
        "right": "Välj en rätt i listan",
        "reasons": "Skriv varför du beslutar så",
        "effect_on": "Skriv datumet som 15 december 2026 eller 2026-12-15",
        "cost": "Skriv beloppet i kronor, till exempel 12 500",
        "rapporteur": form.errors["rapporteur"][0],
        "recipients": form.errors["recipients"][0],
        "secrecy_ground": form.errors["secrecy_ground"][0],
        f"ground_{member.pk}": "Ange jävsgrunden för Samir Haddad",
        f"dissent_{member.pk}": "Ta bort den avvikande meningen: Samir Haddad är jävig",
    }
    assert form.is_rest_open


def test_no_chip_and_no_day_asks_for_one(team: Team, head: Person) -> None:
    form = form_of(team, head, typed(head, due_in=""))
    assert not form.is_valid()
    assert dict(form.errors) == {"due_on": ["Ange när det ska vara klart"]}


def test_a_day_that_has_passed_and_days_out_of_order_are_refused(team: Team, head: Person) -> None:
    today = timezone.localdate()
    form = form_of(team, head, typed(head, due_on=(today - dt.timedelta(days=1)).isoformat()))
    assert list(form.errors) == ["due_on"]
    form = form_of(team, head, typed(head, effect_on=today.isoformat(), review_on=today.isoformat()))
    assert sorted(form.errors) == ["effect_on", "review_on"]


def test_only_rights_that_the_decider_has_are_offered() -> None:
    committee = make.unit("Nämnden")
    office = make.unit("Kontoret", parent=committee)
    team = make.team(of_unit=office)
    decider = make.post(in_unit=office, title="Kontorschef").person
    scheme = make.scheme(committee)
    mine = make.point(scheme, "1.1", title="kontorschef ", amount_limit=100)
    make.point(scheme, "1.2", title="Enhetschef")
    make.point(scheme, "1.3", is_delegable=False)
    make.point(make.scheme(make.unit("Annan nämnd")), "1.4", title="Kontorschef")
    assert list(form_of(team, decider).rights) == ["arbetsledning", f"p{mine.pk}"]
    assert list(form_of(team, decider, cost=101).rights) == ["arbetsledning"]


def test_nothing_is_offered_where_only_the_committee_decides(team: Team, head: Person) -> None:
    point = make.point(make.scheme(team.unit), is_delegable=False)
    form = form_of(team, head, points=[point])
    assert form.can_decide is False
    assert form_of(team, head, units=[make.unit("Grannkontoret")]).can_decide is False


def test_many_rights_become_a_list(team: Team, head: Person) -> None:
    scheme = make.scheme(team.unit)
    for number in range(7):
        make.point(scheme, f"1.{number}", title="Kontorschef")
    form = form_of(team, head)
    assert len(form.rights) == 8
    assert form["right"].field.widget.__class__.__name__ == "Select"


def test_owners_are_those_in_the_matter_the_room_and_the_heads_nearest(
    team: Team, head: Person, member: Person, stranger: Person
) -> None:
    below = make.post(in_unit=make.unit("Avdelningen", parent=team.unit), title="Avdelningschef").person
    make.post(in_unit=make.unit("Grannkontoret"))
    form = form_of(team, head, others=[stranger])
    field: Any = form.fields["owner"]
    groups = {label: [pk for pk, _name in people] for label, people in field.choices if label}
    assert groups == {
        "I ärendet": [stranger.pk],
        "I ledningsgruppen": [member.pk, head.pk],
        "Chefer": [below.pk],
    }


def test_what_the_team_measures_is_suggested_latest_first(team: Team, head: Person) -> None:
    for question in ("Andel svar i tid", "Sjukfrånvaro", "andel svar i tid"):
        actions.make_decision(**values(team, head, effect_question=question))
    form = form_of(team, head, typed(head, effect_question="", effect_known="Sjukfrånvaro"))
    assert form.offered.effects == ("andel svar i tid", "Sjukfrånvaro")
    assert form.is_valid(), form.errors
    assert form.arguments()["effect_question"] == "Sjukfrånvaro"
    written = form_of(team, head, typed(head, effect_question="Kötid", effect_known="Sjukfrånvaro"))
    assert written.is_valid()
    assert written.arguments()["effect_question"] == "Kötid"


def test_how_the_effect_is_seen_must_be_chosen_or_written(team: Team, head: Person) -> None:
    for effect in ({"effect_question": " "}, {"effect_question": "", "effect_known": "Något annat"}):
        form = form_of(team, head, typed(head, **effect))
        assert not form.is_valid()
        assert form.errors["effect_question"] == ["Ange hur ni ser att beslutet fick effekt"]


def test_the_form_asks_the_same_number_of_questions_of_the_database_whatever_it_offers(
    team: Team, head: Person, django_assert_num_queries: Any
) -> None:
    scheme = make.scheme(team.unit)
    for size in (1, 3):
        while scheme.points.count() < size:
            make.point(scheme, f"1.{scheme.points.count()}", title="Kontorschef")
            make.member(team)
            make.post(in_unit=make.unit(parent=team.unit))
        fresh = Person.objects.get(pk=head.pk)
        with django_assert_num_queries(11):
            form = form_of(Team.objects.select_related("unit").get(pk=team.pk), fresh)
            assert len(form.rights) == 1 + size


def test_a_refusal_is_said_in_the_form(team: Team, head: Person) -> None:
    form = form_of(team, head, typed(head))
    assert form.is_valid()
    form.refuse(actions.NotAuthorised())
    assert list(form.errors) == ["right"]


def test_every_refusal_of_a_decision_has_words() -> None:
    of_later_steps = {
        actions.AlreadyDone,
        actions.EffectIsFollowed,
        actions.IsNotReported,
        actions.NotDoneYet,
        actions.StandsInMinutes,
        actions.UndoTimeIsOver,
    }
    assert set(REFUSALS) == set(actions.DecisionRefused.__subclasses__()) - of_later_steps


@pytest.mark.parametrize(
    ("today", "chip", "day"),
    [
        (dt.date(2026, 10, 8), "2v", dt.date(2026, 10, 22)),
        (dt.date(2026, 10, 10), "2v", dt.date(2026, 10, 26)),  # a Saturday gives the Monday after
        (dt.date(2026, 1, 31), "1m", dt.date(2026, 3, 2)),  # 28 February is a Saturday
        (dt.date(2026, 10, 8), "tertial", dt.date(2026, 12, 31)),
        (dt.date(2026, 12, 20), "tertial", dt.date(2027, 4, 30)),
    ],
)
def test_chips_stand_for_days(today: dt.date, chip: str, day: dt.date) -> None:
    assert chip_day(chip, today) == day


def test_a_four_month_period_ends_at_least_two_weeks_away() -> None:
    assert tertial_end(dt.date(2026, 4, 16)) == dt.date(2026, 4, 30)
    assert tertial_end(dt.date(2026, 4, 17)) == dt.date(2026, 8, 31)


def test_a_major_change_says_what_is_missing_at_its_field(team: Team, head: Person) -> None:
    form = form_of(team, head, typed(head, is_major_change="on"))
    assert set(form.errors) == {"risk_assessed_on", "consultation_closed_on"}
    assert form.is_rest_open


def test_a_prepared_major_change_reaches_the_decision(team: Team, head: Person) -> None:
    today = timezone.localdate().isoformat()
    written = {
        "risk_assessed_on": today,
        "consultation_closed_on": today,
        "consultation_reference": "Prot. 4",
    }
    form = form_of(team, head, typed(head, is_major_change="on", **written))
    assert form.is_valid(), form.errors
    decision = actions.make_decision(team=team, actor=head, **form.arguments())
    assert (decision.is_major_change, decision.consultation_reference) == (True, "Prot. 4")


def test_days_of_a_change_lie_behind_us(team: Team, head: Person) -> None:
    tomorrow = (timezone.localdate() + dt.timedelta(days=1)).isoformat()
    form = form_of(
        team, head, typed(head, is_major_change="on", risk_assessed_on=tomorrow, urgency_ground="Brand")
    )
    assert form.errors == {"risk_assessed_on": ["Ange en dag som inte ligger framåt i tiden"]}
