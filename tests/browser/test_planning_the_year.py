"""A chair who has read nothing plans the year: how the team meets, the days, who leads, the annual wheel."""

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from styrfart.meetings.models import Meeting, WheelItem
from styrfart.people.models import Person, Team
from tests.browser.conftest import Trouble, axe, has_no_sideways_scroll

Open = Callable[..., Page]
pytestmark = pytest.mark.django_db(transaction=True)

# Next year's Thursdays from the second week of January on, and until midsummer.
YEAR = dt.date.today().year + 1  # noqa: DTZ011  # a year that is always to come
FIRST = next(dt.date(YEAR, 1, day) for day in range(8, 15) if dt.date(YEAR, 1, day).weekday() == 3)


def look(page: Page, name: str) -> None:
    """The page lives up to what every page does; kept as a picture when one asks for it."""
    axe(page)
    assert has_no_sideways_scroll(page)
    if shots := os.environ.get("STYRFART_SHOTS"):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=str(Path(shots) / f"{name}-{scheme}.png"), full_page=True)
        page.emulate_media(color_scheme="light")
        size = page.viewport_size
        page.set_viewport_size({"width": 390, "height": 844})
        page.screenshot(path=str(Path(shots) / f"{name}-390.png"), full_page=True)
        assert has_no_sideways_scroll(page)
        page.set_viewport_size(size or {"width": 1280, "height": 900})


def test_from_nothing_to_a_planned_year(
    open_page: Open, team: Team, chair: Person, member: Person, secretary: Person, trouble: Trouble
) -> None:
    page = open_page(f"/lg/{team.slug}/moten/", person=chair)
    look(page, "tomt")
    page.get_by_role("link", name="Så möts vi").click()
    look(page, "struktur-tomt")

    # A kind from a starting point.
    page.get_by_role("link", name="Välj Ledningsgruppens möte").click()
    look(page, "ny-form")
    page.get_by_label("Plats").fill("Rum Kompassen")
    page.get_by_role("button", name="Lägg till mötet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ledningsgruppens möte")
    look(page, "form")

    # Its days, a red one among them moved.
    page.get_by_role("link", name="Planera en serie").click()
    page.get_by_label("Varannan vecka").check()
    page.get_by_label("Första mötet").fill(FIRST.isoformat())
    page.get_by_label("Till och med").fill(f"{YEAR}-06-17")
    page.get_by_label("Börjar").fill("9.00")
    page.get_by_role("button", name="Visa dagarna").click()
    look(page, "serie")
    number = page.locator("tbody tr").count()
    page.locator("tbody select").nth(1).select_option(label="Hoppas över")
    page.get_by_role("button", name="Planera mötena").click()
    expect(page.get_by_role("heading", name="Nästa möte")).to_be_visible()
    assert Meeting.objects.filter(team=team).count() == number - 1
    assert all(meeting.place == "Rum Kompassen" for meeting in Meeting.objects.all())
    look(page, "moten")

    # Who leads.
    page.get_by_role("link", name="Så möts vi").click()
    look(page, "struktur")
    page.get_by_role("link", name="Ledningsgruppens möte", exact=True).click()
    page.get_by_role("link", name="Turas om att leda").click()
    page.get_by_role("button", name="Samir Haddad").click()
    page.get_by_role("button", name="Ingrid Hall").click()
    page.get_by_role("button", name="Spara turordningen").click()
    expect(page.locator(".receipt")).to_contain_text("Turordningen är sparad")
    look(page, "turordning")
    assert list(Meeting.objects.values_list("leader__given_name", flat=True))[:3] == [
        "Samir",
        "Ingrid",
        "Samir",
    ]

    # One is moved onto a Saturday: the page says so first.
    meeting = Meeting.objects.earliest("held_on")
    page.goto(page.url.split("/lg/")[0] + f"/lg/{team.slug}/moten/{meeting.slug}/andra/")
    saturday = meeting.held_on + dt.timedelta(days=2)
    page.get_by_label("Dag", exact=True).fill(saturday.isoformat())
    page.get_by_role("button", name="Spara mötet").click()
    expect(page.get_by_role("alert")).to_contain_text("Det är ingen arbetsdag")
    look(page, "andra")
    page.get_by_role("button", name="Spara ändå").click()
    expect(page.locator(".receipt")).to_contain_text("är ändrat")
    meeting.refresh_from_db()
    assert meeting.held_on == saturday
    trouble.lines.clear()  # a browser may write down that the answer was 422


def test_the_annual_wheel(open_page: Open, team: Team, chair: Person, trouble: Trouble) -> None:
    page = open_page(f"/lg/{team.slug}/arshjul/", person=chair)
    page.get_by_role("link", name="Välj vad som återkommer").click()
    look(page, "hjul-start")
    page.get_by_label("Lönerevision").uncheck()
    page.get_by_role("button", name="Lägg till i årshjulet").click()
    look(page, "hjul")
    assert WheelItem.objects.count() == 15
    page.get_by_role("link", name=str(YEAR), exact=True).click()
    page.get_by_role("link", name=f"Ändra {YEAR} Tertialrapport 1").click()
    page.get_by_label("Hoppas över").check()
    page.get_by_role("button", name=f"Spara {YEAR}").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv varför punkten hoppas över")
    look(page, "hjul-ar")
    page.get_by_label("Varför").fill("Valår.")
    page.get_by_role("button", name=f"Spara {YEAR}").click()
    expect(page.get_by_text("Valår.")).to_be_visible()
    page.get_by_role("link", name="Lägg till återkommande punkt").click()
    look(page, "hjul-ny")
    trouble.lines.clear()  # a browser may write down that the answer was 422
