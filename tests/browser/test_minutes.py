"""The end of golden path 2: the secretary edits language, two at once lose nothing, the chair approves."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from styrfart.meetings.models import Minutes
from styrfart.people.models import Person, Team
from tests.browser.conftest import Trouble, axe, has_no_sideways_scroll
from tests.meetings.held import Held, draft, held, section_of

Open = Callable[..., Page]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(team: Team, chair: Person, member: Person, secretary: Person) -> Held:
    return held(team)


def address(of: Held, more: str = "") -> str:
    return f"/lg/{of.meeting.team.slug}/moten/{of.meeting.slug}/anteckningar/{more}"


def test_from_a_meeting_that_has_ended_to_approved_minutes(
    open_page: Open, meeting: Held, chair: Person, secretary: Person
) -> None:
    page = open_page(address(meeting), person=secretary)
    page.get_by_role("button", name="Gör ett utkast").click()
    expect(page.get_by_text("Utkastet är gjort av det som fördes in på mötet.")).to_be_visible()
    page.get_by_role("link", name="Ändra texten i Två eller tre introduktionsdagar?").click()
    page.get_by_label("Text", exact=False).last.fill("Gruppen vägde två spår mot varandra.")
    page.get_by_role("button", name="Spara texten").click()
    expect(page.get_by_text("Gruppen vägde två spår mot varandra.")).to_be_visible()
    assert "#punkt-" in page.url
    page.get_by_role("link", name="Lämna för godkännande").click()
    page.get_by_role("button", name="Lämna till Ingrid").click()
    expect(page.get_by_text("Anteckningarna är lämnade till Ingrid.")).to_be_visible()
    chairs = open_page(address(meeting), person=chair)
    axe(chairs)
    chairs.get_by_role("button", name="Godkänn anteckningarna").click()
    expect(chairs.get_by_text("Anteckningarna är godkända och låsta.")).to_be_visible()
    chairs.get_by_role("link", name="Kontrollera att texten är oförändrad").click()
    expect(chairs.get_by_text("Oförändrade sedan de godkändes")).to_be_visible()
    axe(chairs)


def test_two_secretaries_in_the_same_text(
    open_page: Open, meeting: Held, chair: Person, secretary: Person, trouble: Trouble
) -> None:
    section = section_of(draft(meeting), meeting.open_item)
    one = open_page(address(meeting, f"text/{section.pk}/"), person=secretary)
    two = open_page(address(meeting, f"text/{section.pk}/"), person=chair, new=True)
    one.locator("textarea").fill("Sekreterarens text.")
    two.locator("textarea").fill("Ordförandens text.")
    one.get_by_role("button", name="Spara texten").click()
    expect(one.get_by_text("Texten är sparad.")).to_be_visible()
    two.get_by_role("button", name="Spara texten").click()
    expect(two.get_by_role("heading", name="Tove Lind ändrade samma text medan du skrev")).to_be_visible()
    expect(two.get_by_text("Sekreterarens text.")).to_be_visible()
    expect(two.locator("textarea")).to_have_value("Ordförandens text.")
    axe(two)
    two.locator("textarea").fill("Sekreterarens text.\n\nOrdförandens text.")
    two.get_by_role("button", name="Spara texten").click()
    expect(two.get_by_text("Texten är sparad.")).to_be_visible()
    assert section_of(Minutes.objects.get(), meeting.open_item).text.count("text.") == 2
    # The answer that shows both texts is a 409, which the browser writes down.
    assert [line for line in trouble.lines if "409 (Conflict)" not in line] == []
    trouble.lines.clear()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_minutes_and_the_log_are_for_everybody(
    open_page: Open, meeting: Held, chair: Person, width: int, scheme: str
) -> None:
    draft(meeting)
    for where in (address(meeting), f"/lg/{meeting.meeting.team.slug}/moten/logg/"):
        page = open_page(where, person=chair, width=width, scheme=scheme)
        axe(page)
        assert has_no_sideways_scroll(page)
