"""Feedback, 360, ways of working, questionnaires and conditions: every page by axe, wide, narrow and dark."""

import datetime as dt
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from styrfart.climate.actions.conditions import set_span_limits
from styrfart.climate.actions.feedback import ask_feedback, give_feedback, share_feedback
from styrfart.climate.actions.ways import WRITTEN, save_way
from styrfart.climate.models import ExternalResult, FeedbackAnswer, OwnInstrument
from styrfart.climate.models.conditions import Limits
from styrfart.people.models import Person, Role, Team, TeamRole
from tests import make
from tests.browser.conftest import Trouble, axe, has_no_sideways_scroll
from tests.climate.test_conditions import answered, headed
from tests.climate.test_own_instrument import ready, written
from tests.climate.test_review import planned, told

Open = Callable[..., Page]
PICTURES = os.environ.get("STYRFART_PICTURES", "")  # a folder to look at the pages in


def look(open_page: Open, address: str, person: Person, name: str) -> None:
    """Open the page wide, narrow and dark; nothing is wrong with it anywhere."""
    for width, scheme in ((1280, "light"), (390, "light"), (1280, "dark")):
        page = open_page(address, person=person, width=width, scheme=scheme)
        axe(page)
        assert has_no_sideways_scroll(page), (address, width)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)
        page.close()


@pytest.fixture
def hr(transactional_db: None) -> Person:
    return make.role(Role.HR_DEVELOPER, make.person("Hanna", "Hermansson"))


@pytest.fixture
def team(transactional_db: None) -> Team:
    return make.team("Kontorets ledningsgrupp", of_unit=make.unit("Utvecklingskontoret"))


@pytest.fixture
def manager(team: Team) -> Person:
    person = make.member(team, role=TeamRole.CHAIR, person=make.person("Maja", "Mark")).person
    make.post(person, team.unit, title="Kontorschef")
    return person


def test_questionnaires_and_results(open_page: Open, hr: Person, manager: Person, team: Team) -> None:
    own, draft = ready(hr), written(hr, title="Ett till formulär")
    assert OwnInstrument.objects.count() == 2
    for number, measure in enumerate(("Socialt stöd", "Rollklarhet", "Stadium")):
        is_of_team = number == 2
        ExternalResult.objects.create(
            instrument="GDQ" if is_of_team else "COPSOQ",
            measure=measure,
            value=Decimal(71 - number),
            answers=24,
            unit=None if is_of_team else team.unit,
            team=team if is_of_team else None,
            scale="0–100",
            measured_on=dt.date(2026, 5, 12),
            source="Företagshälsans rapport, diarienummer 2026/12",
            recorded_by=hr,
        )
    for address, name in (
        ("/klimat/formular/", "list"),
        ("/klimat/formular/oric/", "oric"),
        (f"/klimat/formular/{own.key}/", "own"),
        (f"/klimat/formular/{draft.key}/", "draft"),
        ("/klimat/formular/hme/fraga/3/", "question"),
        ("/klimat/formular/nytt/", "compose"),
        ("/klimat/resultat/", "results"),
        ("/klimat/resultat/nytt/", "record"),
        ("/klimat/resultat/fil/", "import"),
    ):
        look(open_page, address, hr, f"instruments-{name}")


def test_feedback(open_page: Open, manager: Person, team: Team) -> None:
    week = timezone.localdate() + dt.timedelta(days=7)
    colleague = make.member(team, person=make.person("Samir", "Haddad")).person
    request = ask_feedback(
        situation="När jag ledde mötet om budgeten i tisdags.",
        question="Vad gjorde jag som hjälpte gruppen att bestämma sig?",
        givers=[colleague, make.person("Tove", "Lind")],
        latest_on=week,
        actor=manager,
    )
    give_feedback(
        answer=request.answers.get(giver=colleague),
        revision=1,
        text="Du frågade alla en gång till innan du sammanfattade. Då vågade Tove säga emot.",
        keep="Att fråga en gång till.",
        attempt="Säg från början när du själv redan har bestämt dig.",
        actor=colleague,
    )
    share_feedback(request=request, person=make.person("Cleo", "Coach"), actor=manager)
    other = ask_feedback(
        situation="När jag tog över projektet.", question="Vad saknade du?", givers=[manager], latest_on=week,
        actor=colleague,
    )  # fmt: skip
    for address, name in (
        ("/aterkoppling/", "home"),
        ("/aterkoppling/ny/", "ask"),
        (request.get_absolute_url(), "request"),
        (f"/aterkoppling/svar/{other.answers.get().pk}/", "give"),
    ):
        look(open_page, address, manager, f"feedback-{name}")


def test_one_asks_and_is_answered_by_keyboard(
    open_page: Open, manager: Person, team: Team, trouble: Trouble
) -> None:
    colleague = make.member(team, person=make.person("Samir", "Haddad")).person
    page = open_page("/aterkoppling/", person=manager, width=390)
    page.get_by_role("link", name="Be om återkoppling").press("Enter")
    page.get_by_label("Vilken situation gäller det?").fill("Mötet i tisdags.")
    page.get_by_label("Vad vill du veta?").fill("Vad hjälpte?")
    page.get_by_role("button", name="Be om återkoppling").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Skriv vilka du frågar")
    page.get_by_label("Vilka frågar du?").fill("Samir Haddad")
    page.get_by_role("button", name="Be om återkoppling").press("Enter")
    expect(page.get_by_text("En kollega är tillfrågad.")).to_be_visible()
    answering = open_page("/aterkoppling/", person=colleague)
    answering.get_by_role("link", name="Svara").press("Enter")
    answering.get_by_label("Ditt svar").fill("Att du väntade in alla.")
    answering.get_by_role("button", name="Lämna svaret").press("Enter")
    expect(answering.get_by_text("Svaret är lämnat till Maja Mark.")).to_be_visible()
    assert FeedbackAnswer.objects.get().text == "Att du väntade in alla."
    # A form that is refused answers 422, which the browser writes in its console.
    assert [line for line in trouble.lines if "422" not in line] == []
    trouble.lines.clear()


def test_a_360(open_page: Open, manager: Person, team: Team) -> None:
    boss = make.person("Beata", "Boss")
    draft = planned(manager, boss, 2, 4)
    shown = told(manager, boss, 3, 4)
    for address, name in (
        ("/aterkoppling/360/", "home"),
        ("/aterkoppling/360/ny/", "new"),
        (f"/aterkoppling/360/{draft.pk}/", "plan"),
        (f"/aterkoppling/360/{shown.pk}/", "report"),
    ):
        look(open_page, address, manager, f"review-{name}")


def test_how_people_work_best(open_page: Open, manager: Person, team: Team) -> None:
    for number in range(3):
        person = (
            manager if number == 0 else make.member(team, person=make.person(f"Nina{number}", "Nord")).person
        )
        texts = {name: f"Det här är mitt svar om {name}, och det är ungefär så långt." for name in WRITTEN}
        save_way(revision=0, texts=texts, team_ids=[team.pk], unit_ids=[], actor=person)
    for address, name in (
        ("/sa-jobbar-jag/", "home"),
        ("/sa-jobbar-jag/andra/", "edit"),
        (f"/sa-jobbar-jag/lg/{team.slug}/", "team"),
    ):
        look(open_page, address, manager, f"ways-{name}")


def test_conditions(open_page: Open, manager: Person, hr: Person, team: Team) -> None:
    for name, count in (("Projekt norr", 12), ("Service", 24), ("Vård och omsorg", 37)):
        unit = headed(name, team.unit, count)
    make.claim(unit, starts_on=timezone.localdate())
    make.claim(unit, starts_on=timezone.localdate())
    set_span_limits(unit=unit, revision=0, limits=Limits(10, 15, 20), actor=hr)
    figure = {"low": 41, "high": 67, "answers": 9}
    answered(team.unit, {f"chefens-forutsattningar.c{n}": figure | {"index": 50 + n} for n in range(1, 7)})
    look(open_page, "/klimat/villkor/", manager, "conditions-manager")
    look(open_page, f"/klimat/villkor/?enhet={team.unit.code}", hr, "conditions-hr")
    look(open_page, f"/klimat/villkor/granser/{unit.code}/", hr, "limits")
    look(open_page, f"/klimat/villkor/granser/{team.unit.code}/", hr, "limits-above")
