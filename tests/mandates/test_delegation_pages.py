"""Schemes of delegation: read in, put in force, searched, compared."""

import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from styrfart.mandates import actions
from styrfart.mandates.importing.template import EXAMPLE, RESERVED_ROWS, workbook
from styrfart.mandates.models import (
    DelegationScheme,
    WaitingScheme,
)
from styrfart.people.models import Person, Unit
from tests import make
from tests.conftest import signed_in
from tests.mandates.pages import text


def upload(content: bytes, committee: Unit | None, day: str = "2026-01-01") -> dict[str, Any]:
    return {
        "committee": committee.pk if committee else "",
        "valid_from": day,
        "decision_reference": "§ 12",
        "file": SimpleUploadedFile("ordning.xlsx", content),
    }


READ = reverse("mandates:read-scheme")


def test_a_scheme_is_read_looked_at_and_put_in_force(as_owner: Client, committee: Unit) -> None:
    answer = as_owner.post(READ, upload(workbook([*RESERVED_ROWS, EXAMPLE]), committee), follow=True)
    shown = text(answer)
    assert "Upphandling och avrop inom budget" in shown
    assert "Enhetschef högst 100\xa0000 kronor" in shown
    assert "Läs det här först" not in shown
    waiting = WaitingScheme.objects.get()
    as_owner.post(reverse("mandates:put-in-force"), {"waiting": waiting.pk})
    scheme = DelegationScheme.objects.get()
    assert (scheme.valid_from, scheme.valid_to, scheme.points.count()) == (dt.date(2026, 1, 1), None, 5)
    assert not WaitingScheme.objects.exists()
    assert "2.1" in text(as_owner.get(reverse("mandates:scheme", args=[committee.code])))


def test_a_new_version_ends_the_one_before_the_day_before(as_owner: Client, committee: Unit) -> None:
    old = make.scheme(committee)
    point = make.point(old, "2.1", "Upphandling")
    as_owner.post(READ, upload(workbook([*RESERVED_ROWS, EXAMPLE]), committee, "1 juni 2027"))
    as_owner.post(reverse("mandates:put-in-force"), {"waiting": WaitingScheme.objects.get().pk})
    old.refresh_from_db()
    assert old.valid_to == dt.date(2027, 5, 31)
    assert point.__class__.objects.get(pk=point.pk).text == "Upphandling"
    new = DelegationScheme.objects.get(valid_to=None)
    gone = as_owner.post(reverse("mandates:withdraw-scheme", args=[committee.code, new.valid_from]))
    assert gone.status_code == 302
    assert [(scheme.pk, scheme.valid_to) for scheme in DelegationScheme.objects.all()] == [(old.pk, None)]


@pytest.mark.parametrize("is_last", [True, False])
def test_no_day_is_without_a_version_when_one_to_come_is_taken_back(
    owner: Person, committee: Unit, is_last: bool
) -> None:
    today = timezone.localdate()
    first, second, third = (today + dt.timedelta(days=days) for days in (-99, 10, 20))
    day = dt.timedelta(days=1)
    make.scheme(committee, valid_from=first, valid_to=second - day)
    middle = make.scheme(committee, valid_from=second, valid_to=third - day)
    last = make.scheme(committee, valid_from=third)
    actions.withdraw_scheme(scheme=last if is_last else middle, actor=owner)
    left = list(DelegationScheme.objects.order_by("valid_from").values_list("valid_from", "valid_to"))
    assert left == (
        [(first, second - day), (second, None)] if is_last else [(first, third - day), (third, None)]
    )


def test_a_version_in_force_is_not_taken_back(as_owner: Client, committee: Unit) -> None:
    scheme = make.scheme(committee)
    url = reverse("mandates:withdraw-scheme", args=[committee.code, scheme.valid_from])
    assert "Versionen gäller redan" in text(as_owner.post(url, follow=True))
    assert DelegationScheme.objects.count() == 1


def test_a_version_that_a_rule_refers_to_is_not_taken_back(as_owner: Client, committee: Unit) -> None:
    scheme = make.scheme(committee, valid_from=timezone.localdate() + dt.timedelta(days=9))
    make.rule().points.set([make.point(scheme)])
    url = reverse("mandates:withdraw-scheme", args=[committee.code, scheme.valid_from])
    assert "hänvisar till versionen" in text(as_owner.post(url, follow=True))
    assert DelegationScheme.objects.count() == 1


def test_faults_are_told_row_by_row_and_nothing_is_kept(as_owner: Client, committee: Unit) -> None:
    csv = "Punkt;Vad;Delegat\n1;Köpa;\n1;;Ledningsgruppen: x".encode()
    answer = as_owner.post(READ, upload(csv, committee))
    shown = text(answer)
    assert answer.status_code == 422
    assert "Rätta 5 saker i filen" in shown
    assert "ordning.xlsx, rad 2, kolumn Delegat:" in shown
    assert "får inte låta en grupp av tjänstemän besluta" in shown
    assert not WaitingScheme.objects.exists()


def test_a_scheme_that_keeps_nothing_for_the_committee_is_warned_of(
    as_owner: Client, committee: Unit
) -> None:
    csv = "Punkt;Vad;Delegat;Annat\n1;Köpa;Chef;x".encode()
    shown = text(as_owner.post(READ, upload(csv, committee), follow=True))
    assert "ärenden som har väckts genom medborgarförslag" in shown
    assert "de här kolumnerna läses inte in: Annat" in shown


def test_a_version_that_reaches_back_in_time_is_warned_of(as_owner: Client, committee: Unit) -> None:
    make.scheme(committee)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    shown = text(
        as_owner.post(READ, upload(workbook([EXAMPLE]), committee, yesterday.isoformat()), follow=True)
    )
    assert "Läs det här först" in shown
    assert "Versionen börjar gälla bakåt i tiden" in shown


def test_everything_may_be_missing_at_once(as_owner: Client, committee: Unit) -> None:
    answer = as_owner.post(READ, {})
    assert answer.status_code == 422
    for error in ("Välj vilken nämnd det gäller", "Ange ett datum", "Välj en fil"):
        assert text(answer).count(error) >= 2


def test_the_same_file_again_changes_nothing(as_owner: Client, committee: Unit) -> None:
    content = workbook([*RESERVED_ROWS, EXAMPLE])
    as_owner.post(READ, upload(content, committee))
    as_owner.post(reverse("mandates:put-in-force"), {"waiting": WaitingScheme.objects.get().pk})
    again = as_owner.post(READ, upload(content, committee, "2027-01-01"))
    assert "Filen säger samma sak som den senaste versionen" in text(again)
    early = as_owner.post(READ, upload(workbook([EXAMPLE]), committee, "2025-01-01"))
    assert "Välj en dag efter den då den senaste versionen började gälla" in text(early)
    assert DelegationScheme.objects.count() == 1


def test_differences_that_no_longer_hold_are_not_put_in_force(
    as_owner: Client, committee: Unit, owner: Person
) -> None:
    as_owner.post(READ, upload(workbook([EXAMPLE]), committee, "2027-01-01"))
    make.scheme(committee)
    answer = as_owner.post(
        reverse("mandates:put-in-force"), {"waiting": WaitingScheme.objects.get().pk}, follow=True
    )
    assert "har fått en ny version sedan dess" in text(answer)
    assert DelegationScheme.objects.count() == 1


def test_only_what_was_looked_at_is_put_in_force(as_owner: Client, committee: Unit) -> None:
    as_owner.post(READ, upload(workbook([EXAMPLE]), committee))
    first = WaitingScheme.objects.get().pk
    as_owner.post(READ, upload(workbook(RESERVED_ROWS), committee))
    answer = as_owner.post(reverse("mandates:put-in-force"), {"waiting": first}, follow=True)
    assert "Du har läst in en annan fil" in text(answer)
    assert not DelegationScheme.objects.exists()
    kept = as_owner.post(reverse("mandates:drop-waiting-scheme"), {"waiting": first}, follow=True)
    assert "Du har läst in en annan fil" in text(kept)
    second = WaitingScheme.objects.get()
    as_owner.post(reverse("mandates:drop-waiting-scheme"), {"waiting": second.pk})
    assert not WaitingScheme.objects.exists()


@pytest.mark.parametrize("name", ["put-in-force", "drop-waiting-scheme"])
def test_what_is_done_with_a_file_is_done_once_however_often_it_is_pressed(
    as_owner: Client, committee: Unit, name: str
) -> None:
    as_owner.post(READ, upload(workbook([EXAMPLE]), committee))
    posted = {"waiting": WaitingScheme.objects.get().pk}
    as_owner.post(reverse(f"mandates:{name}"), posted)
    schemes = DelegationScheme.objects.count()
    again = as_owner.post(reverse(f"mandates:{name}"), posted, follow=True)
    assert "Filen är redan inläst eller borttagen." in text(again)
    assert DelegationScheme.objects.count() == schemes
    assert "Filen är redan" in text(as_owner.get(reverse("mandates:review-scheme"), follow=True))


def test_a_scheme_is_searched_in_all_its_words(as_member: Client, committee: Unit) -> None:
    scheme = make.scheme(committee)
    make.point(scheme, "1.1", "Anställa tillsvidare", words=["rekrytering"])
    make.point(scheme, "2.1", "Köpa in", title="Avdelningschef")
    url = reverse("mandates:scheme", args=[committee.code])
    assert 'id="punkt-2.1"' in text(as_member.get(url))
    for sought, code in [("REKRYT", "1.1"), ("avdelningschef köpa", "2.1"), ("2.1", "2.1")]:
        found = as_member.get(url, {"sok": sought}).context["points"]
        assert [point.code for point in found] == [code]
    nothing = as_member.get(url, {"sok": "<script>"}, headers={"HX-Request": "true"})
    assert "Ingen punkt innehåller alla orden" in text(nothing)
    assert "<script>" not in text(nothing)


def test_history_tells_what_changed_between_versions(as_member: Client, committee: Unit) -> None:
    old = make.scheme(committee, valid_to=dt.date(2025, 12, 31))
    make.point(old, "1.1", "Anställa tillsvidare", title="Enhetschef", amount_limit=5)
    make.point(old, "1.2", "Säga upp")
    new = make.scheme(committee, valid_from=dt.date(2026, 1, 1))
    make.point(new, "1.1", "Anställa tillsvidare", title="Avdelningschef")
    make.point(new, "1.3", "Köpa in")
    shown = text(as_member.get(reverse("mandates:scheme-history", args=[committee.code])))
    for words in ("Ny", "Borttagen", "Ändrad", "Får besluta:", "Den första versionen som är inläst"):
        assert words in shown
    older = text(as_member.get(reverse("mandates:scheme-version", args=[committee.code, old.valid_from])))
    assert "Den här versionen gäller inte längre" in older
    assert "Säga upp" in older


def test_a_scheme_is_fetched_as_a_workbook_without_formulas(as_owner: Client, committee: Unit) -> None:
    make.point(make.scheme(committee), "1.1", "=HYPERLINK(1)", words=["@sum"])
    answer = as_owner.get(reverse("mandates:scheme-workbook", args=[committee.code]))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert sheet[1][2] == "=HYPERLINK(1)"
    template = as_owner.get(reverse("mandates:scheme-template"))
    assert template["Content-Type"].endswith("spreadsheetml.sheet")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "cost"), [("schemes", 6), ("scheme", 8), ("scheme-history", 5)])
def test_a_page_of_schemes_costs_the_same_with_one_and_three(
    member: Person,
    committee: Unit,
    django_assert_num_queries: DjangoAssertNumQueries,
    name: str,
    cost: int,
    count: int,
) -> None:
    for number in range(count):
        day = dt.date(2024 + number, 1, 1)
        scheme = make.scheme(committee, valid_from=day, valid_to=day if number < count - 1 else None)
        for code in range(count):
            make.point(scheme, f"1.{code}")
        if number:
            make.scheme()
    browser = signed_in(member)
    browser.get(reverse("mandates:schemes"))
    values = {} if name == "schemes" else {"code": committee.code}
    with django_assert_num_queries(cost):
        assert browser.get(reverse(f"mandates:{name}", kwargs=values)).status_code == 200
