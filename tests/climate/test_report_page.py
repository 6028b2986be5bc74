"""The report as a page."""

import re
from html import unescape

import pytest
from pytest_django import DjangoAssertNumQueries

from styrfart.climate.models import Row
from styrfart.people.models import Role
from tests import make
from tests.climate import report_stage as stage
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def words(html: str) -> str:
    """What is read: without tags, space as one."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def page(office: stage.Office, who: object = None, at: str = "", status: int = 200) -> str:
    code = office.units[at].code if at else office.unit.code
    client = signed_in(who or office.worker)  # type: ignore[arg-type]  # a person of the cast
    answer = client.get(f"/klimat/{code}/{office.september.pk}/")
    assert answer.status_code == status
    return answer.content.decode()


def test_the_headline_is_what_the_verdicts_carry() -> None:
    html = page(stage.office())
    assert re.findall(r"<h1>(.*?)</h1>", html) == [
        "Trygghet att säga ifrån har blivit tydligt bättre, men rimligt förändringstryck tydligt sämre "
        "sedan i maj"
    ]
    assert "Puls 3, 14–25 september 2026. 41 av 52 svarade." in words(html)
    assert "säker" not in words(html).lower()
