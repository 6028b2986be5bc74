"""A 360: by the same sealed ballots as any round, folded together when few, and the manager's alone."""

import datetime as dt
from collections.abc import Sequence

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from styrfart.climate import keys
from styrfart.climate.actions import cast, close_round, count_round
from styrfart.climate.actions.launching import prepare_round
from styrfart.climate.actions.letters import send_part
from styrfart.climate.actions.reviews import (
    INSTRUMENT,
    TooFewRaters,
    change_review,
    plan_review,
    release_review,
    share_review,
    start_review,
    stop_sharing_review,
)
from styrfart.climate.actions.rounds import RoundMovedOn, stop_round
from styrfart.climate.attacks import attack
from styrfart.climate.instruments import shipped
from styrfart.climate.models import Answer, Ballot, Invitation, ReviewRater, Round, RoundState, Row
from styrfart.climate.queries.reviews import Report, raters_to_begin_with, review_for
from styrfart.load.models import Claim
from styrfart.people.models import Person, Role, TeamRole, Unit
from styrfart.shared.models import AuditEntry, OutgoingMail
from tests import make
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db

WHY = "hemligundran"


@pytest.fixture
def unit(db: None) -> Unit:
    return make.unit("Projektavdelningen", parent=make.unit("Utvecklingskontoret"))


@pytest.fixture
def boss(unit: Unit) -> Person:
    assert unit.parent is not None
    return make.post(make.person("Beata", "Boss"), unit.parent).person


@pytest.fixture
def manager(unit: Unit, boss: Person) -> Person:
    return make.post(make.person("Maja", "Mark"), unit).person


def people(count: int, family: str) -> list[Person]:
    return [make.person(f"{family}{number}", family) for number in range(count)]


def planned(manager: Person, boss: Person | None, peers: int, reports: int) -> Round:
    raters = {boss: "manager"} if boss else {}
    raters |= dict.fromkeys(people(peers, "Kollega"), "peer")
    raters |= dict.fromkeys(people(reports, "Medarbetare"), "report")
    return plan_review(
        raters=raters, closes_on=timezone.localdate() + dt.timedelta(days=7), why=WHY, actor=manager
    )


def opened(manager: Person, boss: Person | None, peers: int, reports: int) -> Round:
    asked = start_review(round=planned(manager, boss, peers, reports), revision=1, actor=manager)
    prepare_round.func(asked.pk)
    asked.refresh_from_db()
    assert asked.state == RoundState.OPEN
    return asked


def link_of(invitation: Invitation) -> str:
    return keys.read(invitation.round_id).link(invitation.pk)


def links(asked: Round, kind: str) -> list[str]:
    return [link_of(each) for each in asked.invitations.filter(group__rater=kind).order_by("pk")]


def answer(asked: Round, kind: str, values: Sequence[str]) -> None:
    for link, signs in zip(links(asked, kind), values, strict=False):
        cast(link=link, values=signs, texts={})


def shown(asked: Round) -> Round:
    close_round(round_id=asked.pk)
    count_round(round_id=asked.pk)
    release_review(round_id=asked.pk)
    asked.refresh_from_db()
    return asked


def report_of(asked: Round, who: Person) -> Report:
    report = review_for(who, asked.pk, language="sv").report
    assert report is not None
    return report


MIXED = ["1234512345", "2345123451", "3451234512", "4512345123", "5123451234"]


def told(manager: Person, boss: Person | None, peers: int, reports: int) -> Round:
    asked = opened(manager, boss, peers, reports)
    answer(asked, "self", ["5555555551"])
    answer(asked, "manager", ["4444444440"])
    answer(asked, "peer", MIXED)
    answer(asked, "report", MIXED[::-1])
    return shown(asked)


def test_nobody_is_asked_before_it_is_started(manager: Person, boss: Person) -> None:
    asked = planned(manager, boss, 3, 4)
    assert (asked.state, asked.least, asked.invitations.count()) == (RoundState.DRAFT, 3, 0)
    assert ReviewRater.objects.count() == 8


def test_everybody_gets_a_link_of_their_own_and_the_ballots_are_sealed(
    manager: Person, boss: Person, settings: Settings
) -> None:
    settings.MAIL_IS_SENT = True
    asked = opened(manager, boss, 3, 4)
    assert [
        (group.rater, group.invited) for group in asked.groups.order_by("position")
    ] == [("self", 1), ("manager", 1), ("peer", 3), ("report", 4)]  # fmt: skip
    assert not asked.raters.exists()
    first, last = (
        asked.invitations.order_by(order).values_list("pk", flat=True)[0] for order in ("pk", "-pk")
    )
    send_part.func(asked.pk, first, last)
    assert len(mail.outbox) == 9
    assert all("Maja Mark" in letter.subject for letter in mail.outbox)
    answer(asked, "peer", MIXED)
    assert Ballot.objects.count() == 3
    assert not any(b"1234512345" in bytes(ballot.sealed) for ballot in Ballot.objects.all())


def test_what_the_manager_and_their_manager_answered_stands_by_name(manager: Person, boss: Person) -> None:
    """And they were told so before: their pages promise nothing else."""
    asked = opened(manager, boss, 3, 3)
    for kind in ("self", "manager"):
        text = Client().get(f"/puls/{links(asked, kind)[0]}/").content.decode()
        assert "Dina svar visas med ditt namn i rapporten." in text
        assert "Ingen kan se vem som svarat vad." not in text
        assert "360 för Maja Mark" in text
    for kind in ("peer", "report"):
        text = Client().get(f"/puls/{links(asked, kind)[0]}/").content.decode()
        assert "Ingen kan se vem som svarat vad." in text
        assert "minst tre svar" in text
        assert "med ditt namn" not in text
    answer(asked, "self", ["5555555551"])
    answer(asked, "manager", ["4444444440"])
    answer(asked, "peer", MIXED)
    found = report_of(shown(asked), manager)
    assert [line.cells[0].step for line in found.lines] == ["Nästan alltid"] * 9 + ["Nästan aldrig"]
    assert [line.cells[1].step for line in found.lines] == ["Ofta"] * 9 + ["svarade inte"]


def test_three_of_a_kind_are_shown_and_no_whole_that_would_give_more_away(
    manager: Person, boss: Person
) -> None:
    found = report_of(told(manager, boss, 3, 4), manager)
    assert [(str(column.heading), column.answers) for column in found.columns] == [
        ("Du själv", 1),
        ("Din chef", 1),
        ("Kollegor", 3),
        ("Medarbetare", 4),
    ]
    # 1, 2 and 3 of five steps: the mean is 2, which is 25 of 100.
    assert found.lines[0].cells[2].index == 25
    assert [len(line.cells) for line in found.lines] == [4] * len(shipped()[INSTRUMENT].items)
    assert all(cell.index is not None for line in found.lines for cell in line.cells[2:])


@pytest.mark.parametrize(("peers", "reports"), [(2, 4), (4, 2), (1, 2)])
def test_fewer_than_three_are_folded_together(
    manager: Person, boss: Person, peers: int, reports: int
) -> None:
    asked = told(manager, boss, peers, reports)
    found = report_of(asked, manager)
    assert [(str(column.heading), column.answers) for column in found.columns[2:]] == [
        ("Kollegor och medarbetare", peers + reports)
    ]
    # In the tables, too: nothing is left that tells which of the two an answer came from.
    assert set(asked.groups.values_list("rater", flat=True)) == {"self", "manager", "peer"}
    assert set(Answer.objects.exclude(group__rater__in=["self", "manager"]).values_list("group__rater")) == {
        ("peer",)
    }
    assert asked.invitations.count() == peers + reports + 2


def test_an_attacker_finds_nothing_in_a_folded_360(manager: Person, boss: Person) -> None:
    told(manager, boss, 2, 4)
    # Where keys and files lie is about the installation that the tests run in.
    found = [each for each in attack() if "360" in str(each.said)]
    assert len(found) > 3
    assert [str(each.said) for each in found if not each.is_safe] == []


def test_three_were_asked_and_two_answered_is_folded_too(manager: Person, boss: Person) -> None:
    asked = opened(manager, boss, 3, 3)
    answer(asked, "peer", MIXED[:2])
    answer(asked, "report", MIXED)
    found = report_of(shown(asked), manager)
    assert [str(column.heading) for column in found.columns[2:]] == ["Kollegor och medarbetare"]


def test_fewer_than_three_together_are_not_shown_at_all(manager: Person, boss: Person) -> None:
    asked = opened(manager, boss, 2, 2)
    answer(asked, "peer", MIXED[:1])
    answer(asked, "report", MIXED[:1])
    found = report_of(shown(asked), manager)
    assert not Row.objects.filter(release__round=asked).exclude(figures={}).exists()
    assert {cell.index for line in found.lines for cell in line.cells} == {None}
    assert {column.answers for column in found.columns[2:]} == {None}


def test_a_behaviour_that_all_see_alike_is_not_shown(manager: Person, boss: Person) -> None:
    """The figure would say what each of them answered."""
    asked = opened(manager, boss, 3, 0)
    answer(asked, "peer", ["3" + signs[1:] for signs in MIXED])
    found = report_of(shown(asked), manager)
    assert found.lines[0].cells[2].index is None
    assert found.lines[1].cells[2].index is not None
    assert found.whole.cells[2].index is None


def test_only_a_difference_that_the_answers_carry_is_pointed_at(manager: Person, boss: Person) -> None:
    asked = opened(manager, boss, 0, 6)
    answer(asked, "self", ["5300000000"])
    answer(
        asked, "report", ["1211111111", "2322222222", "1411111111", "2322222222", "1211111111", "2422222222"]
    )
    found = report_of(shown(asked), manager)
    assert [(each.text, [str(who) for who in each.lower], each.higher) for each in found.contrasts] == [
        (found.lines[0].text, ["Medarbetare"], [])
    ]


def test_too_few_raters_are_not_asked(manager: Person, boss: Person) -> None:
    asked = planned(manager, boss, 1, 1)
    with pytest.raises(TooFewRaters):
        start_review(round=asked, revision=1, actor=manager)
    asked.refresh_from_db()
    assert asked.state == RoundState.DRAFT


def test_another_is_started_when_half_a_year_has_passed(manager: Person, boss: Person) -> None:
    first = opened(manager, boss, 3, 3)
    other = planned(manager, boss, 3, 3)
    told = signed_in(manager).post(f"/aterkoppling/360/{other.pk}/starta/", {"revision": 1}, follow=True)
    assert "Du har redan haft en 360 det senaste halvåret." in told.content.decode()
    other.refresh_from_db()
    assert other.state == RoundState.DRAFT
    Round.objects.filter(pk=first.pk).update(opens_on=timezone.localdate() - dt.timedelta(days=180))
    assert start_review(round=other, revision=1, actor=manager).state == RoundState.LAUNCHING


def test_one_that_was_stopped_stands_in_the_way_of_none(manager: Person, boss: Person) -> None:
    first = opened(manager, boss, 3, 3)
    stop_round(round=first, revision=first.revision, actor=manager)
    again = start_review(round=planned(manager, boss, 3, 3), revision=1, actor=manager)
    assert again.state == RoundState.LAUNCHING


def test_of_two_tabs_the_second_is_told(manager: Person, boss: Person) -> None:
    asked = planned(manager, boss, 3, 3)
    client = signed_in(manager)
    names = "\n".join(str(person.email) for person in people(3, "Ny"))
    sent = {"revision": 1, "peers": names, "reports": "", "why": "", "closes_on": asked.closes_on.isoformat()}
    assert client.post(f"/aterkoppling/360/{asked.pk}/andra/", sent).status_code == 302
    second = client.post(f"/aterkoppling/360/{asked.pk}/andra/", sent | {"why": "Det jag skrev"})
    assert second.status_code == 409
    assert "Det jag skrev" in second.content.decode()
    with pytest.raises(RoundMovedOn):
        start_review(round=asked, revision=1, actor=manager)


def test_what_was_started_cannot_be_changed(manager: Person, boss: Person) -> None:
    asked = opened(manager, boss, 3, 3)
    with pytest.raises(RoundMovedOn):
        change_review(
            round=asked, revision=asked.revision, raters={}, closes_on=asked.closes_on, why="", actor=manager
        )
    assert signed_in(manager).get(f"/aterkoppling/360/{asked.pk}/andra/").status_code == 302


def test_nothing_of_it_reaches_anybody_whom_the_manager_does_not_let_in(
    manager: Person, boss: Person, owner: Person
) -> None:
    """Not the superior who answered, not HR, not the system owner, not those who answered."""
    hr, top, coach = make.role(Role.HR_DEVELOPER), make.role(Role.TOP_MANAGEMENT), make.role(Role.COACH)
    asked = told(manager, boss, 3, 4)
    rater = asked.invitations.filter(group__rater="peer")[0].person
    assert rater is not None
    own = signed_in(manager).get(f"/aterkoppling/360/{asked.pk}/").content.decode()
    secrets = ("Maja Mark", WHY, "Säger vad som är viktigast")
    assert secrets[2] in own
    for who in (boss, hr, top, owner, coach, rater):
        client = signed_in(who)
        for address in (
            f"/aterkoppling/360/{asked.pk}/",
            f"/klimat/pulser/{asked.pk}/",
            f"/klimat/pulser/{asked.pk}/skydd/",
        ):
            assert client.get(address).status_code == 404, (who, address)
        for action in ("starta", "avbryt", "dela", "sluta-dela", "andra"):
            assert client.post(f"/aterkoppling/360/{asked.pk}/{action}/").status_code == 404
        for address in ("/klimat/", "/aterkoppling/", "/aterkoppling/360/", "/belastning/", "/vantar/", "/"):
            found = client.get(address, follow=True).content.decode()
            assert WHY not in found, (who, address)
            assert f"/360/{asked.pk}/" not in found, (who, address)
            assert f"/pulser/{asked.pk}/" not in found, (who, address)
    assert not Claim.objects.exists()


def test_log_and_outbox_hold_no_word_of_it(manager: Person, boss: Person) -> None:
    asked = told(manager, boss, 3, 4)
    share_review(round=asked, person=boss, actor=manager)
    labels = {entry.object_label for entry in AuditEntry.objects.filter(object_type="climate.round")}
    assert labels == {"360"}
    assert all(WHY not in str(entry.detail) for entry in AuditEntry.objects.all())
    # Neither subjects nor letters that are kept say what came; and of letters with links none is kept.
    subjects = {letter.subject for letter in OutgoingMail.objects.all()}
    assert subjects == {"Rapporten från din 360 är klar", "Någon vill visa dig sin 360"}
    assert all(WHY not in letter.body and letter.is_secret for letter in OutgoingMail.objects.all())


def test_whoever_is_let_in_reads_the_report_until_it_is_taken_back(manager: Person, boss: Person) -> None:
    coach = make.role(Role.COACH, make.person("Cleo", "Coach"))
    asked = told(manager, boss, 3, 4)
    page = f"/aterkoppling/360/{asked.pk}/"
    for who in (coach, boss):
        share_review(round=asked, person=who, actor=manager)
        text = signed_in(who).get(page).content.decode()
        assert "Säger vad som är viktigast" in text
        assert "Kollega0" not in text  # who was asked is the manager's to know
        assert "360 för Maja Mark" in signed_in(who).get("/aterkoppling/360/").content.decode()
        assert signed_in(who).post(f"{page}dela/").status_code == 403
        stop_sharing_review(round=asked, person_id=who.pk, actor=manager)
        assert signed_in(who).get(page).status_code == 404


def test_before_the_report_is_there_nobody_is_let_in(manager: Person, boss: Person) -> None:
    asked = opened(manager, boss, 3, 4)
    share_review(round=asked, person=boss, actor=manager)
    assert signed_in(boss).get(f"/aterkoppling/360/{asked.pk}/").status_code == 404


def test_stopped_it_is_gone_with_every_answer(manager: Person, boss: Person) -> None:
    asked = opened(manager, boss, 3, 4)
    answer(asked, "peer", MIXED)
    signed_in(manager).post(f"/aterkoppling/360/{asked.pk}/avbryt/", {"revision": asked.revision})
    asked.refresh_from_db()
    assert (asked.state, Ballot.objects.count(), Answer.objects.count()) == (RoundState.STOPPED, 0, 0)


def test_the_report_is_told_of_once(manager: Person, boss: Person) -> None:
    asked = told(manager, boss, 3, 4)
    release_review(round_id=asked.pk)
    assert OutgoingMail.objects.count() == 1


def test_a_report_whose_letter_could_not_be_written_is_not_released(
    manager: Person, boss: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = opened(manager, boss, 3, 3)
    close_round(round_id=asked.pk)
    count_round(round_id=asked.pk)
    with monkeypatch.context() as broken:
        broken.setattr("styrfart.shared.mail.send", lambda *_args, **_more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            release_review(round_id=asked.pk)
    assert Round.objects.get(pk=asked.pk).state == RoundState.CLOSED
    release_review(round_id=asked.pk)
    assert OutgoingMail.objects.filter(recipient=manager).count() == 1


def test_who_may_ask(manager: Person, employee: Person, owner: Person) -> None:
    hr = make.role(Role.HR_DEVELOPER)
    asked = [
        signed_in(who).get("/aterkoppling/360/ny/").status_code for who in (manager, employee, owner, hr)
    ]
    assert asked == [200, 403, 403, 403]


def test_the_plan_begins_with_those_one_works_with(manager: Person, boss: Person) -> None:
    unit = Unit.objects.get(posts__person=manager, posts__is_head=True)
    beside = make.post(in_unit=make.unit("Bredvid", parent=unit.parent)).person
    colleague, guest = make.person("Kim", "Kollega"), make.person("Gäst", "Gren")
    team = make.team()
    make.member(team, person=manager)
    make.member(team, person=colleague)
    make.member(team, person=guest, role=TeamRole.ADJUNCT)
    below = make.unit("Under", parent=unit)
    head = make.post(in_unit=below).person
    mine = make.post(in_unit=unit, is_head=False, holder=make.person("Vera", "Vik")).person
    make.post(in_unit=unit, is_head=False, holder=make.person("Post", "Lös", email=""))
    make.post(in_unit=below, is_head=False, holder=make.person("Annan", "Chefs"))
    found = raters_to_begin_with(manager)
    assert {kind: {each.pk for each in people} for kind, people in found.items()} == {
        "manager": {boss.pk},
        "peer": {beside.pk, colleague.pk},
        "report": {head.pk, mine.pk},
    }
    for nr in range(30):
        make.post(in_unit=unit, is_head=False, holder=make.person(f"Nr{nr}", "Vik"))
    assert raters_to_begin_with(manager)["report"] == []


def test_the_whole_path_by_pages(manager: Person, boss: Person) -> None:
    client = signed_in(manager)
    form = client.get("/aterkoppling/360/ny/").content.decode()
    assert str(boss.email) in form  # one's own manager to begin with
    assert "Här står de som du arbetar närmast." in form
    sent = {
        "manager": str(boss.email),
        "peers": "\n".join(str(person.email) for person in people(2, "Kollega")),
        "reports": "\n".join(str(person.email) for person in people(3, "Medarbetare")),
        "why": "Hur jag delegerar.",
        "closes_on": (timezone.localdate() + dt.timedelta(days=7)).isoformat(),
    }
    assert client.post("/aterkoppling/360/ny/", sent).status_code == 302
    asked = Round.objects.get()
    plan = client.get(f"/aterkoppling/360/{asked.pk}/").content.decode()
    assert "Därför visas kollegor och medarbetare bara tillsammans." in plan
    assert client.post(f"/aterkoppling/360/{asked.pk}/starta/", {"revision": 1}).status_code == 302
    asked.refresh_from_db()
    assert asked.invitations.count() == 7
    again = client.post(f"/aterkoppling/360/{asked.pk}/starta/", {"revision": 1})
    assert again.status_code == 302
    assert asked.invitations.count() == 7


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"peers": "", "reports": ""}, "peers"),
        ({"manager": "Ingen Alls"}, "manager"),
        ({"closes_on": "2020-01-01"}, "closes_on"),
    ],
)
def test_a_plan_that_is_not_whole_is_not_saved(changed: dict[str, str], field: str, manager: Person) -> None:
    sent = {
        "peers": "\n".join(str(person.email) for person in people(3, "Kollega")),
        "closes_on": (timezone.localdate() + dt.timedelta(days=7)).isoformat(),
    }
    found = signed_in(manager).post("/aterkoppling/360/ny/", sent | changed)
    assert found.status_code == 422
    assert f'href="#id_{field}"' in found.content.decode()
    assert not Round.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_my_page_asks_the_database_a_fixed_number_of_times(
    count: int, manager: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        planned(manager, None, 3, 0)
    client = signed_in(manager)
    with django_assert_num_queries(10):  # session (1 and 3 to renew), person, standing (3), mine (2)
        text = client.get("/aterkoppling/360/").content.decode()
    assert text.count("Plan, inte startad") == count


@pytest.mark.parametrize("count", [3, 5])
def test_the_report_asks_the_database_a_fixed_number_of_times(
    count: int, manager: Person, boss: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked = told(manager, boss, count, 3)
    client = signed_in(manager)
    # Session (1 and 3 to renew), person, the round, raters, readers, groups, answers by name, rows.
    with django_assert_num_queries(11):
        client.get(f"/aterkoppling/360/{asked.pk}/")
