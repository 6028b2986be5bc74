"""The team's room, rules that are often passed over, and the mirror: for the team, in honest words."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.mandates.models import Mandate, MandateState, Rule
from styrfart.matters import queries, triage
from styrfart.matters.models import MatterState, Route
from styrfart.matters.queries.room import OVERRULED_TIMES
from tests import make
from tests.matters.conftest import Office

NOW = timezone.now()


def page_of(office: Office, who: str, name: str) -> str:
    response = office.as_(getattr(office, who)).get(reverse(f"matters:{name}", args=[office.team.slug]))
    assert response.status_code == 200
    return response.content.decode()


def test_the_room_says_why_the_team_exists_and_what_waits(office: Office) -> None:
    make.matter(office.team, at=NOW - dt.timedelta(days=3))
    make.matter(office.team)
    make.decision(office.team, "Receptionen har jour i jul.")
    page = page_of(office, "chair", "team")
    assert office.mandate.purpose in page
    assert "Två ärenden väntar på väg" in page
    assert "Det äldsta kom in för tre dagar sedan." in page
    assert "Receptionen har jour i jul." in page
    assert [page.index(name) for name in ("Ingrid Hall<", "Samir Haddad<", "Tove Lind<")] == sorted(
        page.index(name) for name in ("Ingrid Hall<", "Samir Haddad<", "Tove Lind<")
    )


def test_a_member_reads_what_waits_but_is_not_asked_to_sort_it(office: Office) -> None:
    make.matter(office.team)
    page = page_of(office, "member", "team")
    assert "Ett ärende väntar på väg" in page
    assert "Sortera ärenden" not in page


def test_whoever_leads_above_sees_the_room_but_not_the_desk(office: Office) -> None:
    make.matter(office.team, "Något som bara gruppen ser?")
    leader = make.post(make.person(), office.team.unit).person
    page = office.as_(leader).get(reverse("matters:team", args=[office.team.slug])).content.decode()
    assert office.mandate.purpose in page
    assert "väntar på väg" not in page
    assert f'"{reverse("matters:queue", args=[office.team.slug])}"' not in page


def test_a_team_without_mandate_is_told_what_to_do(office: Office) -> None:
    Mandate.objects.update(state=MandateState.DRAFT, adopted_on=None)
    assert "Gruppen har inget antaget mandat." in page_of(office, "chair", "team")


@pytest.mark.parametrize("matters", [1, 3])
def test_the_room_costs_the_same_however_full(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries, matters: int
) -> None:
    for _n in range(matters):
        make.matter(office.team)
        make.decision(office.team)
    browser = office.as_(office.chair)
    with django_assert_num_queries(16):
        browser.get(reverse("matters:team", args=[office.team.slug]))


def test_the_menu_leads_to_ones_only_team_or_to_a_choice(office: Office) -> None:
    browser = office.as_(office.member)
    assert browser.get(reverse("matters:teams"))["Location"] == reverse(
        "matters:team", args=[office.team.slug]
    )
    make.member(office.other_team, person=office.member)
    page = office.as_(office.member).get(reverse("matters:teams")).content.decode()
    assert "Kontorets ledningsgrupp" in page
    assert "Stadens ledningsgrupp" in page
    assert (
        "Du är inte med i någon ledningsgrupp."
        in office.as_(office.sender).get(reverse("matters:teams")).content.decode()
    )


# --- rules that are often passed over
def use(office: Office, *, followed: int, passed_over: int, days_ago: int = 1, number: int = 4) -> Rule:
    rule = Rule.objects.get(mandate=office.mandate, number=number)
    for accepted in [True] * followed + [False] * passed_over:
        matter = make.matter(office.team, state=MatterState.ANSWERED)
        route = Route.POST if accepted else Route.DECIDE
        make.routing(matter, route, rule=rule, is_accepted=accepted, at=NOW - dt.timedelta(days=days_ago))
    return rule


def often(office: Office) -> list[int]:
    in_force = triage.rules_in_force(office.team).rules.values()
    return [each.rule.number for each in queries.overruled_rules(in_force, queries.past_routes(office.team))]


@pytest.mark.parametrize(
    ("followed", "passed_over", "is_often"),
    [(3, 2, True), (4, 2, False), (2, 2, False), (0, OVERRULED_TIMES, True), (6, 4, True), (7, 4, False)],
)
def test_a_rule_is_often_passed_over_from_five_times_and_two_fifths(
    office: Office, followed: int, passed_over: int, is_often: bool
) -> None:
    use(office, followed=followed, passed_over=passed_over)
    assert often(office) == ([4] if is_often else [])


def test_a_matter_counts_once_by_its_latest_choice(office: Office) -> None:
    rule = use(office, followed=0, passed_over=5, days_ago=9)
    assert often(office) == [4]
    for routing in list(rule.routings.all()):
        make.routing(routing.matter, Route.POST, rule=rule, is_accepted=True, at=NOW - dt.timedelta(days=1))
    [used] = queries.rule_use([rule], queries.past_routes(office.team))
    assert (used.used, used.overruled) == (5, 0)


def test_what_is_older_than_a_year_or_undone_does_not_count(office: Office) -> None:
    use(office, followed=0, passed_over=5, days_ago=366)
    assert often(office) == []
    rule = use(office, followed=0, passed_over=5)
    assert often(office) == [4]
    rule.routings.filter(at__gte=NOW - dt.timedelta(days=30)).update(undone_at=NOW)
    assert often(office) == []


def new_version(office: Office, *, changed: bool) -> None:
    Mandate.objects.filter(state=MandateState.ADOPTED).update(
        state=MandateState.SUPERSEDED, superseded_on=timezone.localdate()
    )
    newer = make.mandate(office.team)
    for rule in office.mandate.rules.all():
        rule.pk, rule.mandate, rule.changed_by = None, newer, office.chair if changed else None
        rule.save()


def test_a_rule_keeps_its_history_through_versions_until_it_is_changed(office: Office) -> None:
    use(office, followed=0, passed_over=5)
    new_version(office, changed=False)
    assert often(office) == [4]
    new_version(office, changed=True)
    assert often(office) == []


def test_the_chair_is_offered_to_change_the_rule(office: Office) -> None:
    rule = use(office, followed=1, passed_over=5)
    make.matter(office.team, by=office.sender)
    url = reverse("mandates:reopen-rule", args=[office.team.slug, rule.key])
    for who, name in (("chair", "queue"), ("secretary", "queue"), ("chair", "mirror")):
        page = page_of(office, who, name)
        assert "Punkt 4: Bemanning och jour inom en enhet" in page
        assert (
            "Mandatet föreslog samma väg 6 gånger det senaste året. Ni valde en annan väg 5 av gångerna, "
            "oftast att besluta nu." in page
        )
        assert f'href="{url}"' in page
    assert "Regler som ofta frångås" not in page_of(office, "member", "queue")


# --- the mirror
def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_an_empty_mirror_says_what_will_appear(office: Office) -> None:
    page = text_of(page_of(office, "chair", "mirror"))
    assert "Här syns vart ärendena går, när några har fått en väg" in page
    assert "Inget ärende har fått en väg det senaste året" in page
    assert "Inget ärende är öppet" in page
    assert "Inget beslut skulle vara klart förra kvartalet" in page


def test_few_matters_are_counted_and_no_more(office: Office) -> None:
    use(office, followed=9, passed_over=0)
    page = text_of(page_of(office, "member", "mirror"))
    assert "Nio ärenden, för få för att säga något i stort" in page
    assert "Mandatet har föreslagit en väg för nio ärenden, för få" in page
    assert "hörde hemma någon annanstans" not in page


def test_enough_matters_become_findings(office: Office) -> None:
    use(office, followed=8, passed_over=4)
    for _n in range(3):
        make.routing(make.matter(office.team, state=MatterState.DECLINED), Route.DECLINE)
    make.matter(office.team, at=NOW - dt.timedelta(days=12))
    make.matter(office.team, at=NOW - dt.timedelta(days=2))
    page = text_of(page_of(office, "secretary", "mirror"))
    assert "11 av 15 ärenden hörde hemma någon annanstans" in page
    assert "Ni följde mandatets förslag i 11 av 15 ärenden" in page
    assert "Vanligast: till någon annan, 8 av 15 ärenden" in page
    assert "Två ärenden är öppna, det äldsta har väntat 12 dagar" in page
    assert "Hälften har väntat 2 dagar eller mindre." in page


def test_a_matter_that_was_routed_twice_counts_once_where_it_went_last(office: Office) -> None:
    matter = make.matter(office.team, state=MatterState.DECLINED)
    make.routing(matter, Route.MEETING, at=NOW - dt.timedelta(days=9))
    make.routing(matter, Route.DECLINE)
    found = queries.mirror(office.team)
    assert (found.routed, found.never_ours) == (1, 1)


def test_asking_for_more_is_not_a_way(office: Office) -> None:
    make.routing(make.matter(office.team, state=MatterState.MORE_ASKED), Route.MORE)
    assert queries.mirror(office.team).routed == 0


def test_quarters_are_bars_from_zero_with_the_same_numbers_in_the_table(office: Office) -> None:
    use(office, followed=4, passed_over=0)
    use(office, followed=2, passed_over=0, days_ago=100)
    page = page_of(office, "chair", "mirror")
    widths = [float(width) for width in re.findall(r'<rect class="g-d\d" x="0.00%" width="([\d.]+)%"', page)]
    assert sorted(widths) == [50.0, 100.0]
    rows = re.findall(r'<tr><th scope="row">Kvartal[^<]*</th>(.*?)</tr>', page)
    counts = [[int(cell) for cell in re.findall(r">(\d+)<", row)] for row in rows]
    assert len(counts) == 8
    assert sorted(row for row in counts if any(row)) == [[0, 0, 2, 0, 2], [0, 0, 4, 0, 4]]


@pytest.mark.parametrize("matters", [1, 3])
def test_the_mirror_costs_the_same_however_much_there_is(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries, matters: int
) -> None:
    use(office, followed=matters, passed_over=matters)
    browser, url = office.as_(office.chair), reverse("matters:mirror", args=[office.team.slug])
    browser.get(url)
    with django_assert_num_queries(15):
        browser.get(url)


def test_the_mirror_names_no_other_team(office: Office) -> None:
    make.routing(make.matter(office.other_team, state=MatterState.DECLINED), Route.DECLINE)
    page = page_of(office, "chair", "mirror")
    assert "Stadens ledningsgrupp" not in page
    assert queries.mirror(office.team).routed == 0
