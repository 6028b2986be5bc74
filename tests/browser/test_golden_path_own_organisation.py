"""One's own organisation: read in from the workbook; a mandate written and adopted; the desk quotes it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from styrfart.mandates.models import Mandate, MandateState
from styrfart.matters.models import Matter
from styrfart.people.models import Person, Team, TeamMember, TeamRole, Unit
from tests import make
from tests.browser.conftest import Trouble, axe
from tests.browser.test_golden_path_1 import Keyboard
from tests.people.importing.sheets import xlsx

Open = Callable[..., Page]
RULE = "Vilka taggar som får köra in på innergården"


@pytest.fixture
def manager(transactional_db: None, owner: Person) -> Person:
    """The system owner of an installation where nobody is read in."""
    return owner


def filled(template: Path, **changes: Any) -> bytes:
    """The downloaded workbook with the rows of an organisation of one's own beneath its headings."""
    book = CalamineWorkbook.from_path(str(template))
    rows: dict[str, list[list[Any]]] = {
        "Enheter": [
            ["10", "Hamnkontoret", "förvaltning", "", "britt.kaj@hamnstad.example"],
            ["11", "Kajdrift", "enhet", "10", changes.get("head", "olle.pir@hamnstad.example")],
        ],
        "Personer": [
            ["britt.kaj@hamnstad.example", "1", "Britt", "Kaj", "10", "Hamnchef"],
            ["olle.pir@hamnstad.example", "2", "Olle", "Pir", "11", "Driftchef"],
            ["saga.mast@hamnstad.example", "3", "Saga", "Mast", changes.get("unit", "11"), "Tekniker"],
        ],
        "Ledningsgrupper": [
            ["Hamnens ledning", "hamnen", "förvaltning", "10", "britt.kaj@hamnstad.example", "ordförande"],
            ["Hamnens ledning", "hamnen", "förvaltning", "10", "olle.pir@hamnstad.example", "ledamot"],
        ],
    }
    sheets = {name: [book.get_sheet_by_name(name).to_python()[0], *rows[name]] for name in rows}
    return xlsx(sheets)


def upload(page: Page, content: bytes) -> None:
    """Choose the file, say that it is everything, and ask for the differences."""
    file: Any = {
        "name": "hamnen.xlsx",
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": content,
    }
    page.get_by_label("Filer").set_input_files(file)
    page.get_by_label("En del av organisationen").check()
    page.get_by_role("button", name="Visa skillnaderna").click()


@pytest.fixture
def template(open_page: Open, manager: Person, tmp_path: Path) -> Path:
    """The workbook, downloaded as a person does it."""
    page = open_page(reverse("people:import"), person=manager)
    with page.expect_download() as download:
        page.get_by_role("link", name="Ladda ner mallen").click()
    kept = tmp_path / "mall.xlsx"
    download.value.save_as(kept)
    return kept


def test_the_workbook_is_read_in(open_page: Open, manager: Person, template: Path) -> None:
    page = open_page(reverse("people:import"), person=manager)
    upload(page, filled(template))
    expect(page.get_by_role("heading", level=1)).to_have_text("Det här ändras")
    page.get_by_role("row", name="Personer").get_by_role("link").first.click()
    expect(page.get_by_text("Saga Mast")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Läs in organisationen").click()
    expect(page.locator(".receipt")).to_contain_text("Organisationen är inläst.")
    team = Team.objects.get(slug="hamnen")
    assert [seat.person.full_name for seat in TeamMember.objects.filter(team=team, role=TeamRole.CHAIR)] == [
        "Britt Kaj"
    ]
    page.goto(f"{reverse('people:units')}10/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hamnkontoret")
    # The same file again has nothing more to say.
    page.goto(reverse("people:import"))
    upload(page, filled(template))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ingenting ändras")


def test_a_wrong_workbook_says_where_it_is_wrong(open_page: Open, manager: Person, template: Path) -> None:
    page = open_page(reverse("people:import"), person=manager)
    upload(page, filled(template, head="borta@hamnstad.example", unit="99"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Rätta filen och läs in den igen")
    expect(page.locator(".rows > li")).to_have_count(2)
    told = page.locator(".rows")
    expect(told).to_contain_text("Enheter, rad 3, kolumn Chef: adressen")
    expect(told).to_contain_text(
        "Personer, rad 4, kolumn Enhetskod: enheten ”99” finns inte bland enheterna."
    )
    expect(told).to_contain_text("Skriv enhetens kod, eller lägg till enheten.")
    axe(page)
    assert Unit.objects.filter(name="Hamnkontoret").count() == 0
    page.get_by_role("link", name="Läs in en ny fil").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Läs in organisationen")


def test_a_file_that_is_no_workbook_is_refused_in_words(
    open_page: Open, manager: Person, trouble: Trouble
) -> None:
    page = open_page(reverse("people:import"), person=manager)
    upload(page, b"%PDF-1.7")
    assert Unit.objects.count() == 0
    expect(page.locator("main")).to_contain_text("hamnen.xlsx")
    trouble.lines.clear()  # a browser may write down that the answer was 422


@pytest.fixture
def harbour(transactional_db: None) -> Team:
    """A team without a mandate, whose chair leads the office."""
    office = make.unit("Hamnkontoret")
    team = make.team("Hamnens ledning", of_unit=office)
    chair = make.person("Britt", "Kaj")
    make.post(chair, office, title="Hamnchef")
    make.post(make.person("Olle", "Pir"), make.unit("Kajdrift", parent=office), title="Driftchef")
    make.member(team, role=TeamRole.CHAIR, person=chair)
    make.member(team, person=make.person("Mona", "Ro"))
    return team


def test_a_mandate_is_written_and_adopted_and_the_desk_quotes_it(open_page: Open, harbour: Team) -> None:
    chair, member = (seat.person for seat in harbour.members.order_by("pk"))
    page = open_page(reverse("mandates:show", args=[harbour.slug]), person=chair)
    write_mandate(page, harbour)
    page.get_by_role("button", name="Föreslå mandatet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Förslag till mandat")
    assert Mandate.objects.get().state == MandateState.PROPOSED

    # The member is led there from home, reads and confirms; then it is in force.
    other = open_page("/", person=member)
    other.get_by_role("link", name="Läs och bekräfta").first.click()
    expect(other.locator("main")).to_contain_text(RULE)
    other.get_by_role("button", name="Bekräfta mandatet").click()
    expect(other.locator(".receipt")).to_be_visible()
    assert Mandate.objects.get().state == MandateState.ADOPTED

    hand_in(open_page, harbour)
    page.goto(reverse("matters:queue", args=[harbour.slug]))
    expect(page.locator(".route").first).to_contain_text("Mandatet föreslår: lämna till Olle Pir.")
    expect(page.locator(".route").first).to_contain_text(RULE)
    axe(page)


def write_mandate(page: Page, team: Team) -> None:
    """Seven questions, one a page, from an empty start."""
    page.get_by_role("link", name="Skriv ett mandat").first.click()
    page.get_by_label("Tomt").check()
    page.get_by_role("button", name="Börja skriva").click()
    # By name: each waits for its own page, however slowly the one before it leaves.
    said = {
        "purpose": "Vi ser till att hamnen är öppen dygnet runt.",
        "only_we": "Väga kajplatserna mot varandra.",
    }
    for name, text in said.items():
        page.locator(f"main textarea[name={name}]").fill(text)
        page.get_by_role("button", name="Fortsätt").click()
    page.locator("main input[name=team_type]").nth(2).check()
    page.get_by_role("button", name="Fortsätt").click()
    page.locator("main input[name=text_1], main textarea[name=text_1]").fill("Svar i tid")
    page.get_by_role("button", name="Fortsätt").click()
    page.locator("main textarea[name=norms]").fill("Vi talar för helheten.")
    page.get_by_role("button", name="Fortsätt").click()
    mix = {"information": "20", "dialogue": "20", "advice": "20", "decision": "20", "follow_up": "20"}
    for name, percent in mix.items():
        page.locator(f"main input[name={name}]").fill(percent)
    page.get_by_role("button", name="Fortsätt").click()
    page.get_by_role("link", name="Lägg till en regel").click()
    page.get_by_label("Vad gäller regeln?").fill(RULE)
    page.locator("main input[name=destination][value=post]").check()
    page.locator("main [name=post_title]").fill("Driftchef")
    page.locator("main [name=words]").fill("tagg\nbom")
    page.get_by_role("button", name="Spara regeln").click()
    expect(page.get_by_text(RULE, exact=True)).to_be_visible()
    page.get_by_role("link", name="Fortsätt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Utkast till mandat")


def hand_in(open_page: Open, team: Team) -> None:
    """Somebody who works there asks."""
    sender = make.person("Saga", "Mast")
    make.post(sender, Unit.objects.get(name="Kajdrift"), title="Tekniker", is_head=False)
    page = open_page(reverse("matters:write", args=[team.slug]), person=sender)
    page.get_by_label("Vilken fråga ska besvaras?").fill("Ska glassbilen få en tagg till innergården?")
    page.locator("main [name=why_us]").fill("Taggarna delas ut av ledningen.")
    page.locator("main input[name=asked][value=decision]").check()
    page.get_by_role("button", name="Fortsätt").click()
    # Before it is handed in the sender sees what the desk will say.
    expect(page.locator("main")).to_contain_text(RULE)
    page.get_by_role("button", name="Lämna in till").or_(
        page.get_by_role("button", name="Lämna in")
    ).last.click()
    page.wait_for_url("**/inlamnat/")
    assert Matter.objects.get().state == "inbox"


def test_home_is_walked_by_keyboard(open_page: Open, harbour: Team) -> None:
    chair = harbour.members.get(role=TeamRole.CHAIR).person
    make.matter(harbour, "Ska glassbilen få en tagg?")
    today = timezone.localdate()
    decision = make.decision(harbour, by=chair, due_on=today - dt.timedelta(days=1))
    page = open_page("/", person=chair)
    keys = Keyboard(page)
    keys.skip_to_content()
    keys.tab_to("Sortera", most=4)
    keys.press("Enter")
    expect(page.get_by_role("heading", level=3)).to_have_text("Ska glassbilen få en tagg?")
    page.goto("/")
    keys.skip_to_content()
    keys.tab_to(decision.text[:20], most=20)
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Beslut")
    page.goto("/")
    # Everything in the header by Tab, in the order in which it is read.
    page.keyboard.press("Tab")
    for name in ("Styrfart", "Hem", "Ledningsgruppen"):
        keys.tab_to(name, most=3)
    keys.tab_to("Sök", most=6)
    keys.press("Enter")
    page.wait_for_url("**/sok/")
    keys.skip_to_content()
    keys.tab_to("Vad letar du efter?", most=3)
    page.keyboard.type("glassbilen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Ska glassbilen få en tagg?")).to_be_visible()


def test_a_decision_is_followed_through_its_four_steps(open_page: Open, harbour: Team) -> None:
    chair, owner = (seat.person for seat in harbour.members.order_by("pk"))
    decision = make.decision(harbour, by=chair, owner=owner)
    address = decision.get_absolute_url()
    page = open_page(address, person=owner)
    for step, verb in (
        ("Steg 1 av 4", "Ta dig an beslutet"),
        ("Steg 2 av 4", "Rapportera läge"),
        ("Steg 3 av 4", "Följ effekten"),
    ):
        expect(page.get_by_text(step).first).to_be_visible()
        if verb == "Rapportera läge":
            page.locator("#lage summary").press("Enter")
            page.get_by_label("Genomfört").or_(
                page.locator("main input[name=what][value=klart]")
            ).first.check()
        elif verb == "Följ effekten":
            page.locator("main input[name=verdict][value=clear]").check()
            page.locator("main [name=note]").last.fill("Nio av tio får svar i tid.")
        page.get_by_role("button", name=verb).press("Enter")
        expect(page.locator(".receipt")).to_be_visible()
    expect(page.get_by_text("Steg 4 av 4").first).to_be_visible()
    axe(page)
    decision.refresh_from_db()
    assert decision.effect_verdict == "clear"
