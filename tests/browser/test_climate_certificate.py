"""The certificate of a release in a browser, and the picture of a report as a file of its own."""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from styrfart.climate.actions.releasing import check_release
from styrfart.people.models import Role
from tests import make
from tests.browser.conftest import Open, axe, has_no_sideways_scroll
from tests.climate.answers import TOP, group, released

pytestmark = pytest.mark.django_db(transaction=True)

LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
SHOTS = os.environ.get("STYRFART_SHOTS", "")  # a folder for pictures, when somebody wants to look


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_certificate(open_page: Open, width: int, scheme: str) -> None:
    developer = make.role(Role.HR_DEVELOPER, make.person("Hanna", "Utvecklare"))
    of = released({"Ledarutveckling": 13, "Analys": 4, "Kansli": 5}, title="Puls 3")
    check_release(release=of.release, actor=developer)
    page = open_page(
        reverse("climate:certificate", args=[of.pk]), person=developer, width=width, scheme=scheme
    )
    assert (
        page.get_by_role("heading", level=1).inner_text() == "Minsta grupp som går att räkna ut: 9 personer"
    )
    axe(page)
    assert has_no_sideways_scroll(page)
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"skydd-{width}-{scheme}.png", full_page=True)
    page.get_by_role("button", name="Kontrollera igen").click()
    assert "Kontrollen är beställd." in page.locator("main").inner_text()


def test_the_picture_is_drawn_by_a_browser_as_it_lies_on_a_disk(open_page: Open, tmp_path: Path) -> None:
    developer = make.role(Role.HR_DEVELOPER, make.person("Hanna", "Utvecklare"))
    of = released({"Ledarutveckling": 13, "Analys": 24}, title="Puls 3")
    unit = group(of, TOP).unit
    assert unit is not None
    page = open_page(reverse("climate:certificate", args=[of.pk]), person=developer)
    answer = page.request.get(
        page.url.split("/klimat/")[0] + reverse("climate:report-picture", args=[unit.code, of.pk])
    )
    file = tmp_path / "bild.svg"
    file.write_bytes(answer.body())
    page.goto(file.as_uri())
    box = page.locator("svg").bounding_box()
    assert box is not None
    for text in page.locator("text").all():
        place = text.bounding_box()
        assert place is not None
        # Nothing is drawn outside the picture.
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= box["width"]
    assert page.locator("circle").count() == 4
