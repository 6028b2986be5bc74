"""The pages as their readers meet them: what is shown, what is kept when something goes wrong, the cost."""

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
    Mandate,
    MandateState,
    Question,
    Remark,
    Rule,
    WaitingScheme,
)
from styrfart.mandates.views.writing import PAGES
from styrfart.people.models import Person, Team, Unit, UnitKind
from tests import make
from tests.conftest import signed_in
from tests.make.mandates import whole_mandate

WRITTEN = {
    "syfte": {"purpose": "Vi leder kontoret."},
    "bara-vi": {"only_we": "Väga behov."},
    "typ": {"team_type": "coordinating"},
    "resultat": {"count": "1", "text_1": "Svar i tid", "measure_1": "Andel"},
    "normer": {"norms": "Lyssna\n\n Fråga "},
    "motestid": {"information": "20", "dialogue": "30", "advice": "10", "decision": "20", "follow_up": "20"},
}
MEETING = {"concerns": "Prioritering", "destination": "meeting"}
# What nobody types and somebody pastes.
ODD = "🚢 مرحبا \u202eabc <script>alert(1)</script>"


@pytest.fixture
def draft(team: Team, chair: Person) -> Mandate:
    return actions.start_draft(team=team, source=None, actor=chair)


def at(name: str, team: Team, **values: Any) -> str:
    return reverse(f"mandates:{name}", kwargs={"team": team.slug, **values})


def text(answer: Any) -> str:
    """The page as it was sent (the test client has a type of its own for answers)."""
    return str(answer.content.decode())


# --- Writing ----------------------------------------------------------------------------------------
def test_a_mandate_is_written_from_first_question_to_adoption(
    team: Team, as_chair: Client, as_member: Client
) -> None:
    answer = as_chair.post(at("start-draft", team), {"source": "blank"})
    for page, values in WRITTEN.items():
        assert answer["Location"] == at("answer", team, page=page)
        assert as_chair.get(answer["Location"]).status_code == 200
        answer = as_chair.post(at("answer", team, page=page), {**values, "revision": "99"})
    assert answer["Location"] == at("answer", team, page="regler")
    as_chair.post(at("add-rule", team), {**MEETING, "revision": "99", "words": "vikarie\n Jour \nJOUR"})
    mandate = Mandate.objects.get()
    rule = mandate.rules.get()
    assert (mandate.purpose, mandate.norms) == ("Vi leder kontoret.", "Lyssna\nFråga")
    assert mandate.target_mix["dialogue"] == 30
    assert (rule.number, rule.words) == (1, ["vikarie", "JOUR"])
    day = timezone.localdate() + dt.timedelta(days=200)
    proposed = {"revision": mandate.revision, "review_on": day.isoformat()}
    assert as_chair.post(at("propose-mandate", team), proposed)["Location"] == at("proposal", team)
    assert "Bekräfta mandatet" in text(as_member.get(at("proposal", team)))
    as_member.post(at("confirm-mandate", team), {"revision": mandate.revision})
    mandate.refresh_from_db()
    assert (mandate.state, mandate.review_on) == (MandateState.ADOPTED, day)
    page = text(as_member.get(at("show", team)))
    assert "Prioritering" in page
    assert "Tas upp på vårt möte" in page


@pytest.mark.parametrize("page", [page for page in PAGES if page != "regler"])
def test_each_question_stands_alone_with_progress_and_examples(
    team: Team, draft: Mandate, as_member: Client, page: str
) -> None:
    shown = text(as_member.get(at("answer", team, page=page)))
    number = list(PAGES).index(page) + 1
    assert f"Fråga {number} av 7" in shown
    assert "Så kan det låta" in shown
    assert "Så hjälper det inte" in shown
    assert "Tillbaka" in shown


def test_an_unknown_question_is_not_there(team: Team, draft: Mandate, as_chair: Client) -> None:
    assert as_chair.get(at("answer", team, page="annat")).status_code == 404


@pytest.mark.parametrize(
    ("page", "values", "errors"),
    [
        ("syfte", {"purpose": "x" * 4001}, ["Korta texten till högst 4000 tecken. Nu är den 4001."]),
        ("typ", {"team_type": "royal"}, ["Välj ett giltigt alternativ"]),
        ("normer", {"norms": "a\n" * 13}, ["Välj ut högst 12 normer. Nu är de 13."]),
        ("motestid", {"information": "20"}, ["Summan ska bli 100 procent. Nu är den 20."]),
        (
            "motestid",
            {"information": "-1", "dialogue": "101", "advice": "x"},
            ["Skriv ett helt tal mellan 0 och 100"],
        ),
        (
            "resultat",
            {"count": "2", "text_1": "x" * 301, "measure_2": "Andel"},
            ["Korta texten till högst 300 tecken. Nu är den 301.", "Skriv resultatet, eller ta bort raden"],
        ),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    team: Team, draft: Mandate, as_chair: Client, page: str, values: dict[str, str], errors: list[str]
) -> None:
    answer = as_chair.post(at("answer", team, page=page), {**values, "revision": "1"})
    shown = text(answer)
    assert answer.status_code == 422
    assert "<title>Fel:" in shown
    for error in errors:
        assert shown.count(error) >= 2, "first on the page and at the field"
    assert [value for value in values.values() if len(value) > 3 and value.strip() not in shown] == []
    draft.refresh_from_db()
    assert draft.revision == 1


def test_everything_in_a_rule_may_be_wrong_at_once(team: Team, draft: Mandate, as_chair: Client) -> None:
    answer = as_chair.post(
        at("add-rule", team),
        {
            "revision": "many",
            "concerns": "x" * 301,
            "destination": "nowhere",
            "post_title": "y" * 81,
            "post_unit": "99999999999999999999",
            "to_team": "abc",
            "words": "\n".join(f"ord{number}" for number in range(41)),
            "units": ["-1", "x"],
            "points": ["0"],
            "amount_min": "mycket",
            "amount_max": "-5",
        },
    )
    assert answer.status_code == 422
    searches = {"find_post_unit", "find_to_team", "find_units", "find_points"}
    assert set(answer.context["form"].errors) == set(answer.context["form"].fields) - searches
    assert not Rule.objects.exists()


@pytest.mark.parametrize(
    ("values", "field", "error"),
    [
        ({"destination": "post"}, "post_title", "Skriv vilken befattning som beslutar"),
        ({"destination": "team"}, "to_team", "Sök och välj en ledningsgrupp"),
        ({"amount_min": "10", "amount_max": "9"}, "amount_max", "Skriv ett belopp som inte är lägre"),
        ({"words": "x" * 61}, "words", "Korta ”xxxxxxxxxxxxxxxxxxxx…” till högst 60 tecken"),
        ({"concerns": " \n "}, "concerns", "Skriv vad regeln gäller"),
    ],
)
def test_a_rule_must_lead_somewhere(
    team: Team, draft: Mandate, as_chair: Client, values: dict[str, str], field: str, error: str
) -> None:
    answer = as_chair.post(at("add-rule", team), {**MEETING, "revision": "1", **values})
    assert answer.status_code == 422
    (said,) = answer.context["form"].errors[field]
    assert said.startswith(error)


def test_a_rule_keeps_only_what_belongs_to_where_it_leads(
    team: Team, draft: Mandate, as_chair: Client
) -> None:
    other, unit = make.team(), make.unit("Projekt norr")
    values = {
        **MEETING,
        "revision": "1",
        "post_title": "Enhetschef",
        "post_unit": unit.pk,
        "to_team": other.pk,
        "units": [unit.pk],
        "amount_max": "1,5 mnkr",
    }
    as_chair.post(at("add-rule", team), values)
    rule = Rule.objects.get()
    assert (rule.post_title, rule.post_unit, rule.to_team) == ("", None, None)
    assert (list(rule.units.all()), rule.amount_max) == ([unit], 1_500_000)
    as_chair.post(at("change-rule", team, pk=rule.pk), {**values, "revision": "9", "destination": "team"})
    rule.refresh_from_db()
    assert (rule.post_title, rule.to_team) == ("", other)


def test_units_teams_and_points_are_found_by_searching_and_nothing_typed_is_lost(
    chair: Person, team: Team, as_chair: Client
) -> None:
    committee = make.unit("Nämnden", kind=UnitKind.COMMITTEE)
    team.unit.parent, team.unit.path = committee, f"{committee.path}{team.unit.pk}/"
    team.unit.save(update_fields=["parent", "path"])
    chosen = make.unit("Ålsta enhet", parent=team.unit)
    make.unit("Projekt norr", parent=team.unit)
    make.team("Övrigas ledningsgrupp")
    make.point(make.scheme(committee), "2.10", "Upphandling")
    actions.start_draft(team=team, source=None, actor=chair)
    typed = {"revision": "1", "concerns": "Det jag skrev", "units": [chosen.pk]}
    for find, sought, hit in [
        ("units", "proj", "Projekt norr, Utvecklingskontoret"),
        ("post_unit", "proj", "Projekt norr, Utvecklingskontoret"),
        ("to_team", "övrigas", "Övrigas ledningsgrupp"),
        ("points", "upphand", "2.10 Upphandling"),
    ]:
        answer = as_chair.post(at("add-rule", team), {**typed, "find": find, f"find_{find}": sought})
        shown = text(answer)
        assert answer.status_code == 200
        assert hit in shown, find
        assert "Det jag skrev" in shown
        assert answer.context["form"]["units"].value() == [str(chosen.pk)]
        assert "Skriv vad regeln gäller" not in shown
    nothing = as_chair.post(at("add-rule", team), {**typed, "find": "units", "find_units": "xyzzy"})
    assert "Ingen enhet heter så." in text(nothing)
    assert not Rule.objects.exists()


def test_rows_are_added_and_removed_without_a_script(team: Team, draft: Mandate, as_chair: Client) -> None:
    url = at("answer", team, page="resultat")
    typed = {"revision": "1", "count": "2", "text_1": "Ett", "text_2": "Två", "measure_2": "Andel"}
    more = as_chair.post(url, {**typed, "row": "add"})
    assert [(row[1].value(), row[2].value()) for row in more.context["form"].rows()] == [
        ("Ett", ""), ("Två", "Andel"), ("", ""),
    ]  # fmt: skip
    less = as_chair.post(url, {**typed, "row": "remove-1"})
    assert [(row[1].value(), row[2].value()) for row in less.context["form"].rows()] == [("Två", "Andel")]
    assert not draft.results.exists()
    as_chair.post(url, {**typed, "count": "2"})
    assert list(draft.results.values_list("text", "measure")) == [("Ett", ""), ("Två", "Andel")]


@pytest.mark.parametrize("values", [{}, {"count": "-1"}, {"count": "13"}, {"count": "x", "text_1": "Ett"}])
def test_rows_that_arrive_in_part_are_not_saved(
    team: Team, draft: Mandate, as_chair: Client, values: dict[str, str]
) -> None:
    answer = as_chair.post(at("answer", team, page="resultat"), {**values, "revision": "1"})
    assert answer.status_code == 422
    assert "Sidan kom fram ofullständig" in text(answer)


def test_two_browsers_on_the_same_question_lose_nothing(
    team: Team, draft: Mandate, as_chair: Client, as_member: Client, member: Person
) -> None:
    url = at("answer", team, page="syfte")
    read_in = as_chair.get(url).context["form"]["revision"].value()
    as_member.post(url, {"purpose": "Samirs text", "revision": read_in})
    answer = as_chair.post(url, {"purpose": "Ingrids text", "revision": read_in})
    shown = text(answer)
    assert answer.status_code == 409
    assert f"{member.full_name} sparade ett annat svar medan du skrev" in shown
    assert "Samirs text" in shown
    assert "Ingrids text" in shown
    draft.refresh_from_db()
    assert draft.purpose == "Samirs text"
    seen = answer.context["form"]["revision"].value()
    assert as_chair.post(url, {"purpose": "Ingrids och Samirs text", "revision": seen}).status_code == 302
    draft.refresh_from_db()
    assert draft.purpose == "Ingrids och Samirs text"


def test_two_browsers_on_the_same_rule_lose_nothing(
    team: Team, draft: Mandate, as_chair: Client, as_member: Client
) -> None:
    rule = make.rule(draft, "Inköp")
    url = at("change-rule", team, pk=rule.pk)
    as_member.post(url, {**MEETING, "concerns": "Inköp och avrop", "revision": "1"})
    answer = as_chair.post(url, {**MEETING, "concerns": "Stora inköp", "revision": "1"})
    shown = text(answer)
    assert answer.status_code == 409
    assert "Inköp och avrop" in shown
    assert "Stora inköp" in shown
    rule.refresh_from_db()
    assert rule.concerns == "Inköp och avrop"


def test_a_rule_removed_by_somebody_else_may_be_saved_as_a_new_one(
    team: Team, draft: Mandate, as_chair: Client, as_member: Client
) -> None:
    rule = make.rule(draft, "Inköp")
    url = at("change-rule", team, pk=rule.pk)
    as_member.post(at("remove-rule", team, pk=rule.pk), {"revision": "1"})
    answer = as_chair.post(url, {**MEETING, "concerns": "Stora inköp", "revision": "1"})
    assert answer.status_code == 409
    assert "Någon tog bort regeln medan du skrev" in text(answer)
    assert "Stora inköp" in text(answer)
    as_chair.post(at("add-rule", team), {**MEETING, "concerns": "Stora inköp", "revision": "1"})
    assert list(draft.rules.values_list("number", "concerns")) == [(1, "Stora inköp")]


def test_a_rule_changed_by_somebody_else_is_not_removed_unread(
    team: Team, draft: Mandate, as_chair: Client, as_member: Client
) -> None:
    rule = make.rule(draft, "Inköp")
    as_member.post(at("change-rule", team, pk=rule.pk), {**MEETING, "revision": "1"})
    answer = as_chair.post(at("remove-rule", team, pk=rule.pk), {"revision": "1"}, follow=True)
    assert "Läs den innan du tar bort den" in text(answer)
    assert draft.rules.count() == 1


def test_what_is_typed_while_the_chair_proposes_is_kept_on_the_page(
    team: Team, as_chair: Client, as_member: Client, chair: Person
) -> None:
    mandate = whole_mandate(team, by=chair)
    actions.propose_mandate(mandate=mandate, revision=1, actor=chair)
    rule = mandate.rules.get()
    for url, values in [
        (at("answer", team, page="syfte"), {"purpose": "Min text"}),
        (at("add-rule", team), {**MEETING, "concerns": "Min text"}),
        (at("change-rule", team, pk=rule.pk), {**MEETING, "concerns": "Min text"}),
    ]:
        answer = as_member.post(url, {**values, "revision": "1"})
        assert answer.status_code == 409
        assert "Min text" in text(answer)
        assert "Det du skrev finns kvar här" in text(answer)


def test_five_megabytes_pasted_are_refused_politely_and_kept(
    team: Team, draft: Mandate, as_chair: Client
) -> None:
    answer = as_chair.post(at("answer", team, page="syfte"), {"purpose": "å" * 1_000_000, "revision": "1"})
    assert answer.status_code == 422
    assert "Nu är den 1000000." in text(answer)
    larger = as_chair.post(at("answer", team, page="syfte"), {"purpose": "x" * 7_000_000, "revision": "1"})
    assert larger.status_code == 413


def test_odd_letters_are_text_and_nothing_else(team: Team, draft: Mandate, as_chair: Client) -> None:
    as_chair.post(at("answer", team, page="syfte"), {"purpose": ODD, "revision": "1"})
    as_chair.post(
        at("add-rule", team),
        {"concerns": ODD, "destination": "post", "post_title": ODD, "words": ODD, "revision": "9"},
    )
    draft.refresh_from_db()
    assert draft.purpose == ODD.strip()
    for name, values in [("check", {}), ("rules", {}), ("version", {"number": 1})]:
        shown = text(as_chair.get(at(name, team, **values)))
        assert "<script>alert" not in shown
        assert "🚢" in shown
        assert "مرحبا" in shown


def test_a_null_byte_is_refused_at_the_field(team: Team, draft: Mandate, as_chair: Client) -> None:
    answer = as_chair.post(at("answer", team, page="syfte"), {"purpose": "a\0b", "revision": "1"})
    assert answer.status_code == 422
    rule = as_chair.post(
        at("add-rule", team), {**MEETING, "concerns": "a\0b", "find_units": "\0", "revision": "1"}
    )
    assert rule.status_code == 422
    search = as_chair.post(at("add-rule", team), {"find": "units", "find_units": "a\0b"})
    assert search.status_code == 200


def test_trying_the_rules_tells_which_one_fits(team: Team, draft: Mandate, as_chair: Client) -> None:
    make.rule(draft, "Bemanning inom en enhet", words=["vikarie", "schema"])
    make.rule(draft, "Inköp", words=["inköp", "avrop"])
    url = at("rules", team)
    fits = as_chair.get(url, {"prova": "Vi behöver en vikarie och ett nytt schema"})
    assert "Regel 1 passar" in text(fits)
    assert "Den känns igen på: schema, vikarie" in text(fits)
    assert "Ingen regel passar" in text(as_chair.get(url, {"prova": "Blommor till entrén"}))
    assert as_chair.get(url, {"prova": "x" * 501}).status_code == 422
    part = as_chair.get(url, {"prova": "Ett inköp och ett avrop"}, headers={"HX-Request": "true"})
    assert "<html" not in text(part)
    assert "Regel 2 passar" in text(part)


# --- Adopting ---------------------------------------------------------------------------------------
def test_an_incomplete_draft_shows_what_is_missing_instead_of_a_button(
    team: Team, draft: Mandate, as_chair: Client
) -> None:
    shown = text(as_chair.get(at("check", team)))
    assert "Svara på det här först" in shown
    assert at("propose-mandate", team) not in shown
    posted = {"revision": "1", "review_on": (timezone.localdate() + dt.timedelta(days=30)).isoformat()}
    answer = as_chair.post(at("propose-mandate", team), posted, follow=True)
    assert "Svara på alla frågor innan du föreslår mandatet." in text(answer)


@pytest.mark.parametrize(
    ("days", "error"),
    [
        (0, "Välj en dag som inte har varit"),
        (-400, "Välj en dag som inte har varit"),
        (800, "Välj en dag inom två år"),
    ],
)
def test_a_review_is_within_two_years(
    team: Team, as_chair: Client, chair: Person, days: int, error: str
) -> None:
    whole_mandate(team, by=chair)
    day = timezone.localdate() + dt.timedelta(days=days)
    answer = as_chair.post(at("propose-mandate", team), {"revision": "1", "review_on": day.isoformat()})
    assert answer.status_code == 422
    assert text(answer).count(error) == 2


def test_a_member_asks_for_a_change_and_the_chair_reads_it(
    team: Team, as_chair: Client, as_member: Client, chair: Person
) -> None:
    mandate = whole_mandate(team, by=chair)
    actions.propose_mandate(mandate=mandate, revision=1, actor=chair)
    empty = as_member.post(at("ask-for-change", team), {"text": " "})
    assert empty.status_code == 422
    assert text(empty).count("Skriv vad du vill ändra") >= 2
    as_member.post(at("ask-for-change", team), {"text": "Regel 1 är otydlig"})
    assert "Regel 1 är otydlig" in text(as_chair.get(at("check", team)))
    too_late = as_member.post(at("ask-for-change", team), {"text": "En sak till"})
    assert too_late.status_code == 409
    assert "En sak till" in text(too_late)
    assert Remark.objects.count() == 1


def test_a_rule_in_force_is_changed_through_a_draft(team: Team, as_chair: Client) -> None:
    adopted = whole_mandate(team, state=MandateState.ADOPTED)
    rule = adopted.rules.get()
    url = at("reopen-rule", team, key=rule.key)
    assert "Ändra regeln" in text(as_chair.get(url))
    first = as_chair.post(url)
    copy = Mandate.objects.get(state=MandateState.DRAFT).rules.get()
    assert first["Location"] == at("change-rule", team, pk=copy.pk)
    assert as_chair.post(url)["Location"] == first["Location"]
    assert Mandate.objects.count() == 2


def test_a_mandate_that_calls_for_a_review_may_be_kept(
    team: Team, as_chair: Client, as_member: Client
) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    make.mandate(team, review_on=yesterday)
    assert "Dags att se över mandatet" in text(as_chair.get(at("show", team)))
    assert "Dags att se över mandatet" not in text(as_member.get(at("show", team)))
    as_chair.post(at("keep-mandate", team))
    assert "Dags att se över mandatet" not in text(as_chair.get(at("show", team)))


def test_two_versions_are_compared_in_words(team: Team, as_member: Client) -> None:
    before = whole_mandate(team, state=MandateState.SUPERSEDED)
    gone = make.rule(before, "Fika")
    after = whole_mandate(team, state=MandateState.ADOPTED)
    kept = before.rules.get(number=1)
    after.rules.update(key=kept.key, concerns="Prioritering mellan enheter")
    after.purpose = "Vi ser till att staden byggs i rätt takt."
    after.save(update_fields=["purpose"])
    make.rule(after, "Inköp")
    shown = text(as_member.get(at("compare", team), {"fran": "1", "till": "2"}))
    assert '<ins><span class="vh">tillagt: </span>enheter</ins>' in shown
    assert '<del><span class="vh">borttaget: </span>avdelningar</del>' in shown
    for word, what in [("Ny", "Inköp"), ("Borttagen", gone.concerns), ("Ändrad", "Prioritering")]:
        assert word in shown
        assert what in shown


@pytest.mark.parametrize(
    "query",
    [{"fran": "9", "till": "1"}, {"fran": "x", "till": ""}, {"fran": "1", "till": "99999999999999999999"}],
)
def test_versions_that_do_not_exist_are_not_compared(
    team: Team, as_member: Client, query: dict[str, str]
) -> None:
    whole_mandate(team, state=MandateState.ADOPTED)
    answer = as_member.get(at("compare", team), query)
    assert answer.status_code == 422
    assert "Välj en version i listan" in text(answer)


# --- Cost -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "values", "cost"),
    [
        ("show", {}, 14),
        ("versions", {}, 7),
        ("version", {"number": 1}, 12),
        ("compare", {}, 17),
        ("check", {}, 12),
        ("rules", {}, 11),
        ("proposal", {}, 18),
    ],
)
def test_a_page_costs_the_same_with_one_rule_and_three(
    team: Team,
    chair: Person,
    member: Person,
    django_assert_num_queries: DjangoAssertNumQueries,
    name: str,
    values: dict[str, object],
    cost: int,
    count: int,
) -> None:
    for state in (MandateState.SUPERSEDED, MandateState.ADOPTED):
        mandate = whole_mandate(team, state=state)
        for _ in range(count - 1):
            make.rule(mandate)
        for person in [make.person() for _ in range(count)]:
            mandate.confirmations.create(person=person)
    for rule in mandate.rules.all():
        rule.units.set([make.unit()])
        rule.points.set([make.point()])
    draft = actions.start_draft(team=team, source=mandate, actor=chair)
    for number in range(count):
        Remark.objects.create(mandate=draft, person=member, text=f"Ändra {number}")
    for _ in range(count - 1):
        make.member(team)
    if name == "proposal":
        actions.propose_mandate(mandate=draft, revision=1, actor=chair)
    browser = signed_in(chair)
    browser.get(reverse("mandates:schemes"))  # the first page after signing in notes when that was
    with django_assert_num_queries(cost):
        assert browser.get(at(name, team, **values)).status_code == 200


# --- Schemes of delegation --------------------------------------------------------------------------
@pytest.fixture
def committee(db: None) -> Unit:
    unit = make.unit("Utvecklingsnämnden", kind=UnitKind.COMMITTEE)
    unit.code = "UN/1"  # a code may hold what an address must not
    unit.save(update_fields=["code"])
    return unit


@pytest.fixture
def as_owner(owner: Person) -> Client:
    return signed_in(owner)


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
    assert "Känn till det här först" not in shown
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
    as_owner.post(reverse("mandates:drop-waiting-scheme"))
    assert not WaitingScheme.objects.exists()


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
@pytest.mark.parametrize(("name", "cost"), [("schemes", 6), ("scheme", 8), ("scheme-history", 8)])
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


# --- English ----------------------------------------------------------------------------------------
def test_a_reader_of_english_reads_english(team: Team, draft: Mandate, chair: Person) -> None:
    chair.language = "en"
    chair.save(update_fields=["language"])
    make.rule(draft, "Inköp")
    browser = signed_in(chair)
    shown = text(browser.get(at("check", team)))
    assert "Draft mandate" in shown
    assert "Taken up at our meeting" in shown
    assert "Utkast" not in shown
    assert "Question 1 of 7" in text(browser.get(at("answer", team, page="syfte")))


def test_every_question_has_its_page() -> None:
    assert set(PAGES.values()) == set(Question)
