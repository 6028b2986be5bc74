"""The pages on which a draft is written: what is shown, and what is kept when something goes wrong."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from styrfart.mandates import actions, starting_points
from styrfart.mandates.forms.results import MOST_RESULTS
from styrfart.mandates.models import Destination, Mandate, MandateState, Rule
from styrfart.mandates.views.writing import PAGES
from styrfart.people.models import Person, Team, UnitKind
from tests import make
from tests.make.mandates import whole_mandate
from tests.mandates.pages import at, text

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


@pytest.mark.parametrize("page", ["bara-vi", "normer"])
def test_a_text_that_a_browser_sends_back_as_it_was_has_not_changed(
    team: Team, chair: Person, as_chair: Client, page: str
) -> None:
    draft = actions.start_draft(team=team, source=starting_points.read("office"), actor=chair)
    name = PAGES[page].value
    # A browser ends every line with two signs.
    sent = getattr(draft, name).replace("\n", "\r\n")
    assert "\r\n" in sent
    as_chair.post(at("answer", team, page=page), {name: sent, "revision": "1"})
    draft.refresh_from_db()
    assert draft.revision == 1


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
            "mandate": "this",
            "revision": "many",
            "concerns": "x" * 301,
            "destination": "nowhere",
            "post_title": "y" * 81,
            "post_unit": "99999999999999999999",
            "to_team": "abc",
            "words": "\n".join(f"ord{number}" for number in range(201)),
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


@pytest.mark.parametrize("is_own", [True, False])
def test_a_rule_leads_neither_to_its_own_team_nor_to_one_that_has_ended(
    team: Team, draft: Mandate, as_chair: Client, is_own: bool
) -> None:
    ended = make.team("Förra ledningsgruppen")
    Team.objects.filter(pk=ended.pk).update(valid_to=timezone.localdate() - dt.timedelta(days=1))
    rule = make.rule(draft, destination=Destination.TEAM, to_team=team if is_own else ended)
    url = at("change-rule", team, pk=rule.pk)
    assert list(as_chair.get(url).context["form"].fields["to_team"].queryset) == []
    posted = {"concerns": "Inköp", "destination": "team", "to_team": rule.to_team_id, "revision": "1"}
    answer = as_chair.post(url, posted)
    assert answer.status_code == 422
    assert text(answer).count("Sök och välj en ledningsgrupp") == 2


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


def test_a_rule_shows_its_points_as_the_scheme_in_force_has_them(
    chair: Person, team: Team, as_chair: Client
) -> None:
    committee = make.unit("Nämnden", kind=UnitKind.COMMITTEE)
    team.unit.parent, team.unit.path = committee, f"{committee.path}{team.unit.pk}/"
    team.unit.save(update_fields=["parent", "path"])
    before = make.scheme(committee, valid_to=dt.date(2025, 12, 31))
    rule = make.rule(actions.start_draft(team=team, source=None, actor=chair))
    rule.points.set([make.point(before, "1.1", "Anställa"), make.point(before, "9.9", "Resa")])
    now = make.point(make.scheme(committee, valid_from=dt.date(2026, 1, 1)), "1.1", "Anställa")
    form = as_chair.get(at("change-rule", team, pk=rule.pk)).context["form"]
    assert [label for _value, label in form.fields["points"].choices] == [
        "1.1 Anställa",
        "9.9 Resa (gäller inte längre)",
    ]
    found = {**MEETING, "points": form["points"].value(), "find": "points", "find_points": "anställa"}
    again = as_chair.post(at("change-rule", team, pk=rule.pk), {**found, "revision": "1"})
    assert text(again).count("1.1 Anställa") == 1
    as_chair.post(at("change-rule", team, pk=rule.pk), {**MEETING, "points": [now.pk], "revision": "1"})
    assert list(rule.points.all()) == [now]


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


def test_there_is_no_button_for_more_rows_than_there_may_be(
    team: Team, draft: Mandate, as_chair: Client
) -> None:
    url = at("answer", team, page="resultat")
    for count, has_button in [(MOST_RESULTS - 2, True), (MOST_RESULTS - 1, False), (MOST_RESULTS, False)]:
        shown = as_chair.post(url, {"revision": "1", "count": str(count), "row": "add"})
        assert ('value="add"' in text(shown)) is has_button
        assert len(shown.context["form"].rows()) == min(count + 1, MOST_RESULTS)


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
    assert "Samir Haddad ändrade samma regel medan du skrev" in shown
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
