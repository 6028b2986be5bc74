import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from styrfart.climate import jobs
from styrfart.climate.actions import launching
from styrfart.climate.forms.rounds import RoundForm, days_from
from styrfart.climate.instruments import Words, shipped
from styrfart.climate.models import Group, Release, Round, RoundState
from styrfart.climate.queries.planning import plan_of, roster_of
from styrfart.climate.queries.rounds import climate_index
from styrfart.people.models import Person, Role, Team, TeamRole
from tests import make
from tests.climate.answers import released
from tests.climate.report_stage import invite as stage_invite
from tests.climate.round_stage import Office, draft, launched, staffed
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
NEW = "/klimat/pulser/ny/"


@pytest.fixture
def office() -> Office:
    return Office()


def sent(office: Office, **fields: object) -> dict[str, object]:
    """What the form sends, with everything right."""
    today = timezone.localdate()
    return {
        "title": "Puls i november",
        "why": "Vi vill veta hur det går.",
        "instruments": ["hme"],
        "units": [office.top.pk],
        "more_units": "",
        "languages": ["sv", "en"],
        "text_1_sv": "Vad ska vi fortsätta med?",
        "text_1_en": "What should we keep?",
        "text_2_sv": "",
        "text_2_en": "",
        "opens_on": str(today + dt.timedelta(days=5)),
        "closes_on": str(today + dt.timedelta(days=15)),
        "reminds_on": str(today + dt.timedelta(days=10)),
        "report_on": str(today + dt.timedelta(days=20)),
        **fields,
    }


# --- who may ----------------------------------------------------------------------------------------
WHO: dict[str, Callable[[Office], Person]] = {
    "developer": lambda office: office.developer,
    "head": lambda office: office.head,
    "head of another": lambda _office: make.post(in_unit=make.unit("En annan")).person,
    "head below": lambda office: make.post(in_unit=office.big).person,
    "employee": lambda office: make.post(in_unit=office.big, is_head=False).person,
    "top management": lambda _office: make.role(Role.TOP_MANAGEMENT),
    "system owner": lambda _office: make.role(Role.SYSTEM_OWNER),
    "coach": lambda _office: make.role(Role.COACH),
}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("developer", [200, 200, 200, 200, 200, 200, 302]),
        ("head", [200, 200, 200, 200, 200, 200, 302]),
        ("head of another", [200, 200, 404, 404, 404, 404, 404]),
        ("head below", [200, 200, 404, 404, 404, 404, 404]),
        ("employee", [200, 403, 404, 404, 404, 404, 404]),
        ("top management", [200, 403, 200, 403, 403, 403, 403]),
        ("system owner", [200, 403, 200, 403, 403, 403, 403]),
        ("coach", [200, 404, 404, 404, 404, 404, 404]),
    ],
)
def test_who_comes_where(office: Office, who: str, expected: list[int]) -> None:
    asked = draft(office)
    browser = signed_in(WHO[who](office))
    at = f"/klimat/pulser/{asked.pk}/"
    pages = ["/klimat/", NEW, at, f"{at}andra/", f"{at}avbryt/", f"{at}lappar/"]
    got = [browser.get(url).status_code for url in pages]
    got.append(browser.post(f"{at}starta/", {"revision": 1}).status_code)
    assert got == expected


def test_a_chair_plans_for_the_own_team_alone(team: Team, chair: Person, member: Person) -> None:
    browser = signed_in(chair)
    page = browser.get(NEW).content.decode()
    assert team.name in page
    assert 'name="units"' not in page
    assert signed_in(member).get(NEW).status_code == 403
    other = make.team("En annan grupp")
    today = timezone.localdate()
    values = {
        "title": "Puls",
        "why": "Därför.",
        "instruments": ["klimat"],
        "teams": [other.pk],
        "languages": ["sv"],
        "opens_on": str(today),
        "closes_on": str(today),
        "report_on": str(today + dt.timedelta(days=1)),
    }
    assert browser.post(NEW, values).status_code == 422
    assert not Round.objects.exists()
    assert browser.post(NEW, {**values, "teams": [team.pk]}).status_code == 302
    assert [each.pk for each in Round.objects.get().teams.all()] == [team.pk]


# --- planning ---------------------------------------------------------------------------------------
def test_the_days_come_filled_in() -> None:
    # A Sunday: the Monday after would be tomorrow.
    assert {name: str(day) for name, day in days_from(dt.date(2026, 11, 22)).items()} == {
        "opens_on": "2026-11-30",
        "reminds_on": "2026-12-07",
        "closes_on": "2026-12-13",
        "report_on": "2026-12-17",
    }
    # Easter Monday is no day to open, and New Year's Eve no day to be shown.
    assert str(days_from(dt.date(2027, 3, 25))["opens_on"]) == "2027-03-30"


def test_what_is_typed_becomes_a_draft(office: Office) -> None:
    answer = signed_in(office.head).post(NEW, sent(office))
    asked = Round.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/klimat/pulser/{asked.pk}/")
    assert (asked.state, asked.owner, asked.instruments, asked.languages, asked.text_questions) == (
        RoundState.DRAFT,
        office.head,
        ["hme"],
        ["sv", "en"],
        [{"sv": "Vad ska vi fortsätta med?", "en": "What should we keep?"}],
    )
    assert [unit.pk for unit in asked.units.all()] == [office.top.pk]
    assert asked.form == []  # locked at launch, not before


def test_everything_wrong_at_once_is_said_at_once(office: Office) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    answer = signed_in(office.head).post(
        NEW,
        {
            "title": "",
            "why": "",
            "instruments": ["finns-inte"],
            "languages": [],
            "units": [],
            "more_units": "",
            "opens_on": str(yesterday),
            "closes_on": str(yesterday - dt.timedelta(days=3)),
            "reminds_on": "i morgon bitti",
            "report_on": "",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Fel:" in page
    for fault in (
        "Skriv vad pulsen ska heta",
        "Skriv varför ni frågar. Den som svarar vill veta det",
        "Formuläret finns inte längre. Välj ett annat",
        "Välj minst ett språk",
        "Välj vilka pulsen gäller",
        "Dagen har redan varit. Välj en dag från och med i dag",
        "Pulsen stänger innan den öppnar. Välj en senare dag",
        "Skriv datumet som 15 december 2026 eller 2026-12-15",
        "Ange när resultatet visas",
    ):
        assert page.count(fault) == 2, fault  # in the summary, and at the field
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"report_on": "{closes}"}, "Resultatet kan visas först dagen efter att pulsen stänger"),
        ({"reminds_on": "{opens}"}, "Påminn"),
        ({"text_1_en": ""}, "Skriv frågan på det"),
        ({"instruments": ["hme", "chefens-forutsattningar"]}, "Formulären frågar olika personer"),
        ({"instruments": ["mandat"]}, "Formuläret ställs till ledningsgrupper"),
        ({"more_units": "Finns inte"}, "Finns inte: Ingen enhet hittades"),
    ],
)
def test_what_does_not_go_together(office: Office, changed: dict[str, object], fault: str) -> None:
    right = sent(office)
    days = {"opens": right["opens_on"], "closes": right["closes_on"]}
    changed = {
        name: value.format(**days) if isinstance(value, str) else value for name, value in changed.items()
    }
    answer = signed_in(office.head).post(NEW, {**right, **changed})
    assert answer.status_code == 422
    assert fault in answer.content.decode()


def test_a_language_that_a_questionnaire_does_not_have_is_not_chosen(office: Office) -> None:
    hme = shipped()["hme"]
    steps = tuple(Words({"sv": each.texts["sv"]}) for each in hme.steps)
    form = RoundForm(
        sent(office),
        user=office.head,
        instruments=[dataclasses.replace(hme, steps=steps)],
        units=[office.top],
        teams=[],
    )
    assert form.errors["languages"] == [
        "Hållbart medarbetarengagemang (HME) finns inte på engelska. Ta bort språket eller formuläret"
    ]


def test_a_head_does_not_ask_in_units_of_others(office: Office) -> None:
    other = make.unit("Stadsbyggnad")
    answer = signed_in(office.head).post(NEW, sent(office, more_units=other.code))
    assert "Du kan bara fråga i enheter som du leder. Ta bort: Stadsbyggnad" in answer.content.decode()
    assert not Round.objects.exists()


def test_units_are_also_named_in_text(office: Office) -> None:
    signed_in(office.head).post(NEW, sent(office, units=[], more_units=f"Arkivet\n{office.small.code}"))
    assert {unit.name for unit in Round.objects.get().units.all()} == {"Arkivet", "Växeln"}


def test_two_tabs_lose_nothing(office: Office) -> None:
    asked = draft(office)
    browser = signed_in(office.developer)
    url = f"/klimat/pulser/{asked.pk}/andra/"
    browser.post(url, sent(office, title="Först", revision=1))
    answer = browser.post(url, sent(office, title="Sedan", revision=1))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Någon ändrade medan du skrev" in page
    assert 'value="Sedan"' in page
    assert "Först" in page
    asked.refresh_from_db()
    assert asked.title == "Först"
    browser.post(url, sent(office, title="Sedan", revision=2))
    asked.refresh_from_db()
    assert (asked.title, asked.revision) == ("Sedan", 3)


def test_what_is_launched_is_not_changed_by_a_form(office: Office) -> None:
    asked = launched(office)
    answer = signed_in(office.developer).post(
        f"/klimat/pulser/{asked.pk}/andra/", sent(office, title="Nytt namn", revision=asked.revision)
    )
    assert answer.status_code == 422
    asked.refresh_from_db()
    assert asked.title == "Puls i november"


# --- the plan ---------------------------------------------------------------------------------------
def test_the_plan_is_what_the_launch_writes(office: Office) -> None:
    staffed(office.big, 3)
    staffed(office.small, 9)
    asked = draft(office)
    planned = plan_of(roster_of(asked, timezone.localdate()), least=7, rate=0.75)
    launching.launch_round(round=asked, revision=1, actor=office.head, rate=0.75)
    assert tuple(Group.objects.values_list("planned", flat=True)) == planned.shown
    # Arkivet is shown together with the head, who would be alone otherwise.
    assert planned.shown == (0, 1, 0)


def test_the_page_tells_which_groups_are_shown(office: Office) -> None:
    staffed(office.big, 3)
    asked = draft(office)
    page = signed_in(office.head).get(f"/klimat/pulser/{asked.pk}/").content.decode()
    assert "Om 75 procent svarar visas en av tre grupper för sig och två inte alls." in page
    assert "för sig om alla svarar" not in page
    more = signed_in(office.head).get(f"/klimat/pulser/{asked.pk}/?svar=100").content.decode()
    assert "Om 100 procent svarar" in more
    assert 'name="svar" value="100"' in more


def test_small_units_are_joined_and_named() -> None:
    office = Office()
    staffed(make.unit("Posten", parent=office.top), 5)
    staffed(office.small, 2)
    asked = draft(office)
    page = signed_in(office.head).get(f"/klimat/pulser/{asked.pk}/?svar=100").content.decode()
    assert "tillsammans med Växeln" in page
    assert "tillsammans med Posten" in page


def test_the_page_tells_who_is_asked_and_how(office: Office) -> None:
    staffed(office.small, 2, email=None)
    asked = draft(office)
    page = signed_in(office.head).get(f"/klimat/pulser/{asked.pk}/").content.decode()
    assert "<dt>Inbjudna</dt><dd>15</dd>" in page
    assert "<dt>Med e-post</dt><dd>13</dd>" in page
    assert "<dt>Utan e-post</dt><dd>2<br>De får en lapp" in page
    assert "Utan befattning" not in page  # a head knows only of the own unit
    theirs = signed_in(office.developer).get(f"/klimat/pulser/{asked.pk}/").content.decode()
    assert "En person står inte i någon enhet och får inga frågor." in theirs


def test_the_page_shows_the_very_words_of_the_promise(office: Office) -> None:
    from styrfart.climate import promise

    asked = draft(office, text_questions=[{"sv": "Varför?"}])
    page = signed_in(office.head).get(f"/klimat/pulser/{asked.pk}/").content.decode()
    told = promise.sentences(asked)
    assert len(told) == 7
    for sentence in told:
        assert sentence in page


def test_the_page_tells_what_else_falls_in_the_same_weeks_and_when_there_is_room(office: Office) -> None:
    asked = draft(office, opens_in=7)
    page = signed_in(office.head).get(f"/klimat/pulser/{asked.pk}/").content.decode()
    assert "Inget annat i belastningskalendern" in page
    make.claim(office.big, "Arbetsmiljöenkäten", starts_on=asked.opens_on, weeks=1)
    page = signed_in(office.head).get(f"/klimat/pulser/{asked.pk}/").content.decode()
    assert "En annan sak begärs av samma personer medan pulsen är öppen." in page
    assert "Arbetsmiljöenkäten" in page
    assert "Lediga tider att öppna" in page


def test_many_questions_get_a_friendly_note(office: Office) -> None:
    page = signed_in(office.head).get(f"/klimat/pulser/{draft(office).pk}/").content.decode()
    assert "Nio frågor är fler än de sju som får plats i en puls." in page
    assert "Tar ungefär en minut att svara på." in page


def test_a_branch_is_opened(office: Office) -> None:
    for nr in range(70):
        staffed(make.unit(f"Grupp {nr:02}", parent=office.big), 1)
    asked = draft(office)
    browser = signed_in(office.head)
    folded = browser.get(f"/klimat/pulser/{asked.pk}/").content.decode()
    assert "Grupp 07" not in folded
    assert "visa 70 grupper under" in folded
    opened = browser.get(f"/klimat/pulser/{asked.pk}/?oppna={office.big.code}").content.decode()
    assert "Grupp 07" in opened


# --- later ------------------------------------------------------------------------------------------
def test_a_launched_page_tells_how_far_it_has_come_and_never_how_many_answered(office: Office) -> None:
    staffed(office.small, 2, email=None)
    asked = launched(office)
    page = signed_in(office.developer).get(f"/klimat/pulser/{asked.pk}/").content.decode()
    assert "<dt>Inbjudna</dt><dd>15</dd>" in page
    assert "13 brev har inte gått iväg än." in page
    assert "2<br>Inga lappar är utskrivna än." in page
    assert "har svarat" not in page.replace("Vem som har svarat visas aldrig för någon.", "")
    assert "Starta pulsen" not in page


def test_a_missing_key_says_what_to_do(office: Office, settings: Settings) -> None:
    asked = launched(office)
    at = f"/klimat/pulser/{asked.pk}/"
    assert "Nyckeln till pulsen saknas" not in signed_in(office.developer).get(at).content.decode()
    key = Path(settings.KEY_DIR) / f"{asked.pk}.key"
    content = key.read_bytes()
    key.unlink()
    jobs.turn.func()
    page = signed_in(office.developer).get(at).content.decode()
    assert "Nyckeln till pulsen saknas" in page
    assert "Be förvaltaren lägga tillbaka nyckeln" in page
    key.write_bytes(content)
    jobs.turn.func()
    assert "Nyckeln till pulsen saknas" not in signed_in(office.developer).get(at).content.decode()


def test_a_web_server_without_the_folder_of_keys_says_nothing_of_them(
    office: Office, settings: Settings, tmp_path: Path
) -> None:
    asked = launched(office)
    settings.KEY_DIR = tmp_path / "none"
    answer = signed_in(office.developer).get(f"/klimat/pulser/{asked.pk}/")
    assert (answer.status_code, asked.title in answer.content.decode()) == (200, True)
    assert "Nyckeln till pulsen saknas" not in answer.content.decode()


def test_launching_by_the_button(office: Office) -> None:
    asked = draft(office)
    at = f"/klimat/pulser/{asked.pk}/"
    answer = signed_in(office.head).post(f"{at}starta/", {"revision": 1, "svar": 60}, follow=True)
    assert "Pulsen är startad." in answer.content.decode()
    again = signed_in(office.head).post(f"{at}starta/", {"revision": 1}, follow=True)
    assert "Någon ändrade medan du läste." in again.content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"opens_in": -2}, "Dagen då pulsen skulle öppna har varit."),
        ({"instruments": ["eget-9"]}, "Ett formulär finns inte längre."),
    ],
)
def test_what_hinders_a_launch_is_told(office: Office, fields: dict[str, object], said: str) -> None:
    asked = draft(office, **fields)  # type: ignore[arg-type]  # as there
    answer = signed_in(office.head).post(f"/klimat/pulser/{asked.pk}/starta/", {"revision": 1}, follow=True)
    assert said in answer.content.decode()


def test_stopping_asks_first(office: Office) -> None:
    asked = launched(office)
    browser = signed_in(office.developer)
    at = f"/klimat/pulser/{asked.pk}/avbryt/"
    assert "ingen kan få fram svaren efteråt" in browser.get(at).content.decode()
    asked.refresh_from_db()
    assert asked.state == RoundState.OPEN
    answer = browser.post(at, {"revision": asked.revision}, follow=True)
    assert "Pulsen är avbruten. Alla svar är slängda." in answer.content.decode()
    assert browser.get(at).status_code == 403


# --- the first page ---------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 3])
def test_the_first_page_asks_as_often_for_one_as_for_three(
    office: Office, number: int, django_assert_num_queries: DjangoAssertNumQueries, settings: Settings
) -> None:
    settings.DEMO = False  # there one is led to the answer itself
    for nr in range(number):
        launched(office, title=f"Puls {nr}")
        shown = make.climate_round(
            f"Visad {nr}", state=RoundState.RELEASED, owner=office.head, released_at=timezone.now()
        )
        shown.units.set([office.top])
        make.climate_group(shown, office.top)
        Release.objects.create(round=shown, made_at=timezone.now(), least=7, least_text=10, invited=1)
    browser = signed_in(office.head)
    browser.get("/klimat/")
    with django_assert_num_queries(10):
        page = browser.get("/klimat/").content.decode()
    assert page.count("Skicka länken till mig igen") == number
    assert page.count(f"Visad {number - 1}, Utvecklingskontoret") == 1


def test_an_employee_sees_what_to_answer_and_no_plans(office: Office, settings: Settings) -> None:
    settings.DEMO = False
    asked = launched(office)
    draft(office, title="Ett utkast")
    mine = asked.invitations.select_related("person").latest("pk").person
    assert mine is not None
    page = signed_in(mine).get("/klimat/").content.decode()
    assert "Skicka länken till mig igen" in page
    assert "Ett utkast" not in page
    assert "Pulser från plan till resultat" not in page


def test_a_head_below_does_not_see_plans_above(office: Office) -> None:
    draft(office, title="Ett utkast")
    below = make.post(in_unit=office.big).person
    assert "Ett utkast" not in signed_in(below).get("/klimat/").content.decode()
    assert "Ett utkast" in signed_in(office.head).get("/klimat/").content.decode()


def test_a_review_is_no_ones_round_here(office: Office) -> None:
    review = make.climate_round(kind="review", subject=office.head, least=3, state=RoundState.DRAFT)
    assert signed_in(office.developer).get(f"/klimat/pulser/{review.pk}/").status_code == 404
    assert review.title not in signed_in(office.developer).get("/klimat/").content.decode()


def test_a_secretary_plans_nothing(team: Team) -> None:
    secretary = make.member(team, role=TeamRole.SECRETARY).person
    assert signed_in(secretary).get(NEW).status_code == 403


def test_what_the_reader_reads_is_found_without_reading_who_else_was_invited() -> None:
    of = released({"Analys": 12, "Kansli": 12})
    who = make.person("Ida", "Inbjuden")
    for name in ("Analys", "Kansli"):
        stage_invite(of.groups.get(name=name), who)
    with CaptureQueriesContext(connection) as seen:
        page = climate_index(who)
    assert [[group.name for group in each.groups] for each in page.to_read] == [["Analys", "Kansli"]]
    assert not [each for each in seen if 'JOIN "climate_invitation"' in each["sql"]]
