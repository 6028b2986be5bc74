"""What a hostile reader tried: ways to get below a threshold that are none of the arithmetic's own."""

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from styrfart.climate import keys
from styrfart.climate.actions import NotInvited, cast, launching, rounds
from styrfart.climate.actions.counting import close_round, count_round
from styrfart.climate.actions.releasing import check_release, release_round
from styrfart.climate.models import Group, Release, Round, RoundState, Row
from styrfart.people.models import Role
from styrfart.shared import worker
from styrfart.shared.models import AuditEntry
from tests import make
from tests.climate.answers import released
from tests.climate.round_stage import Office, draft, launched, work
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
ONE_TEXT = [{"sv": "Vad skulle hjälpa?"}]


def answered(asked: Round) -> None:
    """Everybody answers by mail, each in their own way; counted."""
    key = keys.read(asked.pk)
    for each in asked.invitations.order_by("pk"):
        turn = (each.person_id or 0) % 9
        cast(link=key.link(each.pk), values="543254321"[turn:] + "543254321"[:turn], texts={})
    close_round(round_id=asked.pk)
    count_round(round_id=asked.pk)


def test_four_people_who_sit_in_two_teams_are_not_eight() -> None:
    developer = make.role(Role.HR_DEVELOPER, make.person("Hanna", "Norén"))
    unit = make.unit("Kontoret")
    teams = [make.team("Arkivets ledning", of_unit=unit), make.team("Växelns ledning", of_unit=unit)]
    for nr in range(4):
        who = make.person(f"Bo{nr}", "Ek")
        for team in teams:
            make.member(team, person=who)
    today = timezone.localdate()
    wish = rounds.RoundWish(
        title="Puls",
        why="",
        instruments=["hme"],
        text_questions=[],
        languages=["sv"],
        opens_on=today,
        closes_on=today + dt.timedelta(days=7),
        report_on=today + dt.timedelta(days=8),
        reminds_on=None,
        teams=teams,
    )
    asked = rounds.plan_round(wish=wish, actor=developer)
    launching.launch_round(round=asked, revision=1, actor=developer)
    launching.prepare_round.func(asked.pk)
    asked.refresh_from_db()
    planned = asked.groups.values_list("invited", "planned", "planned_with")
    assert list(planned) == [(4, Group.Planned.NOT, None)] * 2
    answered(asked)
    release_round(round_id=asked.pk)
    assert not Row.objects.exists()


def test_a_threshold_that_was_raised_after_the_launch_holds_for_what_is_shown_after_it(
    settings: Settings,
) -> None:
    settings.MIN_ANSWERS, settings.MIN_ANSWERS_TEXT = 9, 12
    of = released(
        {"Analys": 8, "Kansli": 20},
        texts={"Kansli": [f"text {nr}" for nr in range(11)]},
        text_questions=ONE_TEXT,
    )
    assert (of.least, of.least_text) == (9, 12)
    assert (of.release.least, of.release.least_text) == (9, 12)
    assert not Row.objects.filter(group__name="Analys").exists()
    assert not any(any(row.texts) for row in Row.objects.all())
    assert AuditEntry.objects.get(verb="climate.release_round").detail["least"] == [7, 9]
    # An audit works it out by what it was shown by, whatever the installation says since.
    settings.MIN_ANSWERS, settings.MIN_ANSWERS_TEXT = 15, 15
    assert check_release(release=of.release, actor=of.owner).is_same is True


def test_a_threshold_that_was_lowered_after_the_launch_is_still_the_one_that_was_promised(
    settings: Settings,
) -> None:
    settings.MIN_ANSWERS, settings.MIN_ANSWERS_TEXT = 7, 10
    of = released({"Analys": 8, "Kansli": 20}, least=9, least_text=12)
    assert (of.release.least, of.release.least_text) == (9, 12)
    assert not Row.objects.filter(group__name="Analys").exists()


def test_rounds_of_other_units_do_not_push_the_earlier_one_out_of_sight() -> None:
    today = timezone.localdate()
    before = released({"Analys": 12, "Kansli": 20}, closes_on=today - dt.timedelta(days=90))
    for nr in range(7):
        elsewhere = make.climate_round(
            state=RoundState.RELEASED,
            opens_on=today - dt.timedelta(days=40),
            closes_on=today - dt.timedelta(days=30 + nr),
            released_at=timezone.now(),
        )
        make.climate_group(elsewhere)
        Release.objects.create(
            round=elsewhere,
            made_at=timezone.now(),
            least=7,
            least_text=10,
            invited=0,
            certificate={},
            attack={},
            digest="0" * 64,
        )
    now = released({"Analys": 12, "Kansli": 20})
    changes = Row.objects.get(release__round=now, group__name="Kansli").changes
    assert changes["hme.total"]["since"] == before.pk


def test_who_asked_for_their_link_again_and_when_stays_in_no_table() -> None:
    asked = launched(Office())
    work()
    mine = asked.invitations.select_related("person").earliest("pk")
    assert mine.person is not None
    signed_in(mine.person).post(f"/klimat/pulser/{asked.pk}/lanken/")
    assert DBTaskResult.objects.get(task_path__endswith=".send_one").args_kwargs["args"] == [mine.pk]
    worker.run_all()
    assert not DBTaskResult.objects.filter(task_path__endswith=".send_one").exists()


def test_links_of_a_round_that_a_restored_backup_forgot_open_nothing_in_the_next() -> None:
    """Its key lies there, and the numbers of rounds and invitations come again."""
    asked = draft(Office())
    forgotten = keys.make(asked.pk)
    launching.launch_round(round=asked, revision=1, actor=asked.owner)
    launching.prepare_round.func(asked.pk)
    asked.refresh_from_db()
    for each in asked.invitations.all():
        with pytest.raises(NotInvited):
            cast(link=forgotten.link(each.pk), values="543254321", texts={})
    assert bytes(asked.public_key or b"") == keys.read(asked.pk).public != forgotten.public


def test_a_report_that_has_been_disposed_of_is_not_found_and_not_offered() -> None:
    of = released({"Analys": 12, "Kansli": 20})
    developer = make.role(Role.HR_DEVELOPER)
    top = of.groups.get(parent=None)
    assert top.unit is not None
    browser, address = signed_in(developer), f"/klimat/{top.unit.code}/{of.pk}/"
    assert browser.get(address).status_code == 200
    assert address in browser.get("/klimat/").content.decode()
    of.release.delete()
    for file in ("", "tabell.csv", "data.json", "bild.svg", "samtal/", "gjort/"):
        assert browser.get(address + file).status_code == 404
    assert address not in browser.get("/klimat/").content.decode()


def test_no_proxy_that_we_ship_logs_who_answers() -> None:
    """The address of whoever answers is the key that only they and the round have."""
    deploy = Path(__file__).parents[2] / "deploy"
    for address in ("/kalender/", "/puls/"):
        _before, _found, after = (deploy / "nginx.conf").read_text().partition(f"location {address} {{")
        assert "access_log off;" in after.partition("}")[0]
    caddy = (deploy / "Caddyfile").read_text()
    assert "\tlog " not in caddy
    assert "skip /kalender/* and /puls/*" in caddy


def test_the_longest_text_passes_the_proxy_that_we_ship() -> None:
    asked = make.climate_round(text_questions=ONE_TEXT)
    _invitation, link = make.invitation(make.climate_group(asked))
    answer = Client().post(f"/puls/{link}/ord/1/", {"text": "🦉" * 700})
    assert answer.status_code == 302
    head = "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
    head += "".join(each.output() + "\r\n" for each in answer.cookies.values())
    assert 4096 < len(head) < 8192  # more than nginx takes unless it is told to
    assert "proxy_buffer_size 16k;" in (Path(__file__).parents[2] / "deploy" / "nginx.conf").read_text()


def test_how_long_a_page_is_does_not_tell_what_was_answered() -> None:
    """Whoever listens on the net sees lengths; the page where all is checked is longer for some answers."""
    asked = make.climate_round()
    _invitation, link = make.invitation(make.climate_group(asked))
    lengths: dict[str, set[int]] = {"1" * 9: set(), "5" * 9: set()}
    for answers, seen in lengths.items():
        browser = Client()
        browser.cookies["answers"] = answers
        for _time in range(40):
            page = browser.get(f"/puls/{link}/kontroll/")
            seen.add(len(page.content) + len(page.headers["X-Padding"]))
    low, high = lengths.values()
    assert max(min(low), min(high)) < min(max(low), max(high))
    assert min(len(low), len(high)) > 20
