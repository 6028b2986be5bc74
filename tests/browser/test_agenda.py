"""Building an agenda in a browser: the buttons keep their focus, dragging does the same, times follow."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from styrfart.matters.models import ItemPurpose, MatterState
from styrfart.meetings.models import AgendaItem, Meeting
from styrfart.people.models import Person, Team
from tests import make
from tests.browser.conftest import axe, has_no_sideways_scroll

Open = Callable[..., Page]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(team: Team, chair: Person, secretary: Person, member: Person) -> Meeting:
    """A meeting with something of every kind."""
    meeting = make.meeting(team, leader=chair, secretary=secretary, held_on=dt.date(2030, 10, 10))
    first = make.item(meeting, "Läget sedan sist", purpose=ItemPurpose.FOLLOW_UP, minutes=10)
    first.needs_material = False
    first.save()
    make.item(meeting, "Vem äger frågor som rör flera förvaltningar?", owner=member)
    make.item(meeting, "Förändringstrycket i november", purpose=ItemPurpose.DIALOGUE, minutes=30)
    AgendaItem.objects.filter(title__startswith="För").update(
        proposal="Vi väntar med två av fem förändringar till februari.",
        background="Fem förändringar rör samma medarbetare.",
        arguments_for="Medarbetarna hinner med.\nVi lär av den första.",
        arguments_against="Det nya systemet blir senare.",
    )
    make.item(meeting, "Budgetläget", purpose=ItemPurpose.INFORMATION, minutes=10)
    AgendaItem.objects.filter(title="Budgetläget").update(is_in_writing=True)
    matter = make.matter(team, "Ska nya chefer få två introduktionsdagar?")
    matter.purpose, matter.level, matter.outcome = "decision", "tactical", "Ett beslut"
    matter.minutes, matter.state = 20, MatterState.QUEUED
    matter.save()
    return meeting


def titles(page: Page) -> list[str]:
    return page.locator(".agenda--plan .what").all_inner_texts()


def test_buttons_move_and_keep_focus(open_page: Open, meeting: Meeting, chair: Person) -> None:
    page = open_page(meeting.get_absolute_url(), person=chair)
    before = titles(page)
    button = page.get_by_role("button", name=f"Flytta {before[2]} uppåt")
    button.focus()
    button.press("Enter")
    expect(page.locator(".agenda--plan .what").nth(1)).to_have_text(before[2])
    expect(page.get_by_role("button", name=f"Flytta {before[2]} uppåt")).to_be_focused()
    expect(page.locator(".agenda--plan > li").nth(1)).to_contain_text("09.10–09.40")
    expect(page.locator("#dagordning-sagt")).to_have_text(f"{before[2]} är nu punkt 2.")
    # At the top the button upwards is gone: focus is on the one that is left.
    page.keyboard.press("Enter")
    expect(page.locator(".agenda--plan .what").first).to_have_text(before[2])
    expect(page.get_by_role("button", name=f"Flytta {before[2]} nedåt")).to_be_focused()


def test_who_presses_again_as_soon_as_the_order_has_changed_keeps_the_page(
    open_page: Open, meeting: Meeting, chair: Person
) -> None:
    page = open_page(meeting.get_absolute_url(), person=chair)
    before = titles(page)
    press = "() => setTimeout(() => document.activeElement.click(), 0)"
    page.evaluate(f"document.addEventListener('htmx:afterSwap', {press}, {{once: true}})")
    page.get_by_role("button", name=f"Flytta {before[2]} uppåt").press("Enter")
    expect(page.locator(".agenda--plan .what").first).to_have_text(before[2])
    expect(page.get_by_role("button", name=f"Flytta {before[2]} nedåt")).to_be_focused()
    assert "#" not in page.url  # where the form leads without a script


def test_dragging_does_the_same(open_page: Open, meeting: Meeting, chair: Person) -> None:
    page = open_page(meeting.get_absolute_url(), person=chair)
    before = titles(page)
    page.locator(".agenda--plan > li").nth(0).drag_to(page.locator(".agenda--plan > li").nth(2))
    expect(page.locator(".agenda--plan .what").nth(2)).to_have_text(before[0])
    assert titles(page) == [before[1], before[2], before[0]]
    # And again, on what the server sent.
    page.locator(".agenda--plan > li").nth(2).drag_to(page.locator(".agenda--plan > li").nth(0))
    expect(page.locator(".agenda--plan .what").nth(0)).to_have_text(before[0])


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light")])
def test_every_page_is_for_everybody(
    open_page: Open, meeting: Meeting, chair: Person, width: int, scheme: str
) -> None:
    item = meeting.items.get(title__startswith="För")
    here = meeting.get_absolute_url()
    pages = ["", "punkter/", "punkter/ny/", "kallelse/"]
    pages += [f"punkter/{item.pk}/{name}" for name in ("", "andra/", "bordlagg/", "ta-bort/")]
    for address in pages:
        page = open_page(f"{here}{address}", person=chair, width=width, scheme=scheme)
        axe(page)
        assert has_no_sideways_scroll(page)
