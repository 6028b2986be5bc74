"""The report of a pulse, the conversation about it, and the national figures, in a browser."""

import pytest

from styrfart.people.models import Role
from tests import make
from tests.browser.conftest import Open, axe, has_no_sideways_scroll
from tests.climate import report_stage as stage

pytestmark = pytest.mark.django_db(transaction=True)

LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_about_a_report(open_page: Open, width: int, scheme: str) -> None:
    office = stage.with_everything()
    developer = make.role(Role.HR_DEVELOPER, make.person("Hanna", "Utvecklare"))
    report = f"/klimat/{office.unit.code}/{office.september.pk}/"
    hidden = f"/klimat/{office.units['Analys'].code}/{office.september.pk}/"
    for address, who in (
        (report, office.head),
        (hidden, office.worker),
        (f"{report}samtal/", office.head),
        (f"{report}gjort/", office.head),
        ("/klimat/nationellt/", developer),
    ):
        page = open_page(address, person=who, width=width, scheme=scheme)
        for details in page.locator("details").all():
            details.evaluate("it => { it.open = true }")
        axe(page)
        assert has_no_sideways_scroll(page), address
