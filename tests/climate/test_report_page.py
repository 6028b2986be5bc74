"""The report as a page."""

import re
from html import unescape

import pytest
from pytest_django import DjangoAssertNumQueries

from styrfart.climate.models import Group, Row
from styrfart.people.models import Person, Role, TeamRole
from tests import make
from tests.climate import report_stage as stage
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def words(html: str) -> str:
    """What is read: without tags, space as one, soft hyphens gone."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00ad", "").split())


def page(office: stage.Office, who: Person | None = None, at: str = "") -> str:
    code = office.units[at].code if at else office.unit.code
    answer = signed_in(who or office.worker).get(f"/klimat/{code}/{office.september.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_headline_is_what_the_verdicts_carry() -> None:
    html = page(stage.office())
    (told,) = re.findall(r"<h1>(.*?)</h1>", html)
    assert told.split(", men ") == [
        "Trygghet att säga ifrån har blivit tydligt bättre",
        "rimligt förändringstryck tydligt sämre sedan i maj",
    ]
    assert "Puls 3, 14–25 september 2026. 41 av 52 svarade." in words(html)
    assert not re.search(r"\bsäker", words(html).lower())


def test_each_area_says_its_value_its_range_and_its_verdict() -> None:
    html = words(page(stage.office()))
    assert "78 troligen mellan 74 och 82, i maj 76. Ingen tydlig skillnad" in html
    assert "72 troligen mellan 67 och 77, i maj 64. Tydligt högre än i maj" in html
    assert "54 troligen mellan 48 och 60, i maj 63. Tydligt lägre än i maj" in html


def test_an_area_without_an_earlier_value_says_so() -> None:
    office = stage.office()
    row = Row.objects.get(group=office.whole)
    row.changes = {key: said for key, said in row.changes.items() if key != "hme.motivation"}
    row.save(update_fields=["changes"])
    assert "78 troligen mellan 74 och 82. Inget att jämföra med" in words(page(office))


def test_groups_stand_in_the_order_of_the_organisation_and_small_ones_look_alike() -> None:
    html = page(stage.office())
    (table,) = re.findall(r'<table class="unit">.*?</table>', html, re.S)
    heads = [words(head) for head in re.findall(r"<th scope=\"col\".*?</th>", table, re.S)]
    assert heads == [
        "Område",
        "Helheten 41 svar",
        "Ledarutveckling 13 svar",
        "Verksamhetsutveckling 12 svar",
        "Analys",
        "Kansli",
        "Analys och Kansli ihop 16 svar",
    ]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.S)[1:]
    motivation = [words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", rows[0], re.S)]
    assert motivation == ["Motivation", "78 ±4", "80 ±7", "77 ±8", "visas inte", "visas inte", "76 ±7"]
    hidden = {cell for row in rows for cell in re.findall(r'<td class="hid">.*?</td>', row, re.S)}
    assert len(hidden) == 1
    assert "42 ±8 Tydligt lägre" in words(table)
    assert table.count("g-dot--few") == 2


def test_a_hidden_group_gets_what_stands_around_it_and_no_number_of_its_own() -> None:
    office = stage.office()
    html = words(page(office, at="Analys"))
    assert "Analys visas inte för sig" in html
    assert "Här visas i stället Analys och Kansli ihop." in html
    assert "76 troligen mellan 69 och 83." in html
    assert "svarade" not in html.replace("svarat", "").replace("hur många som än svarade", "")


def test_the_first_round_says_how_many_answered() -> None:
    office = stage.office()
    Row.objects.filter(group=office.whole).update(changes={})
    html = page(office)
    assert re.findall(r"<h1>(.*?)</h1>", html) == ["Så svarade 41 av 52"]
    assert "g-prev" not in re.findall(r'<ul class="areas.*?</ul>', html, re.S)[0]


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("few_moved", "för få har börjat eller slutat"),
        ("slips", "några svarar på lapp, och ingen vet om de är desamma"),
    ],
)
def test_before_and_after_are_not_put_side_by_side_when_few_may_have_come_or_left(
    why: str, said: str
) -> None:
    office = stage.office()
    row = Row.objects.get(group=office.whole)
    change = stage.said("too_early", why=why) | {"since": office.may.pk, "before": None}
    row.changes = dict.fromkeys(row.figures, change)
    row.save(update_fields=["changes"])
    html = page(office)
    assert f"Jämförs inte med maj: {said}" in words(html)
    assert "g-prev" not in re.findall(r'<ul class="areas.*?</ul>', html, re.S)[0]


def test_what_is_shown_in_all_is_told_with_its_source() -> None:
    html = words(page(stage.with_everything()))
    for told in (
        "Källa: Kolada, U00201, alla kommuner (ovägt medel) 2024, hämtat 3 mars 2026.",
        "Om en skillnad är tydlig är vår egen beräkning.",
        "Varje område över tid",
        "Ni sa Möten fylls av information.",
        "Vi gjorde Information skickas före mötet sedan juni.",
        "Vad skulle hjälpa mest? 2 svar i ord, i slumpad ordning.",
        "Låt oss säga nej till något.",
        "Stämmer ganska bra 17",
    ):
        assert told in html, told


def test_a_text_is_shown_as_it_was_written() -> None:
    office = stage.with_everything()
    Row.objects.filter(group=office.whole).update(texts=[["<b>Nej</b> & ja"]])
    assert "&lt;b&gt;Nej&lt;/b&gt; &amp; ja" in page(office)


def test_of_very_many_texts_the_first_are_shown_and_all_can_be_fetched() -> None:
    office = stage.with_everything()
    Row.objects.filter(group=office.whole).update(texts=[[f"Ord {number}." for number in range(103)]])
    html = page(office)
    assert "Här står 100 av 103. Hämta alla som JSON" in html
    assert f"/klimat/{office.unit.code}/{office.september.pk}/data.json" in html
    assert html.count("<li>Ord ") == 100


def test_the_report_leads_on() -> None:
    office = stage.office()
    team = make.team(of_unit=office.unit)
    make.member(team, role=TeamRole.CHAIR, person=office.head)
    html = unescape(page(office, office.head))
    report = f"/klimat/{office.unit.code}/{office.september.pk}/"
    assert f'href="{report}samtal/"' in html
    assert f'href="{report}gjort/"' in html
    assert f'href="{report}tabell.csv"' in html
    assert f'href="/klimat/pulser/{office.september.pk}/skydd/"' in html
    (matter,) = re.findall(rf'href="(/lg/{team.slug}/arenden/nytt/[^"]*)"', html)
    form = signed_in(office.head).get(matter).content.decode()
    assert "Vad ska vi göra av resultatet av Puls 3?" in form


def test_a_team_has_its_own_report() -> None:
    office = stage.office()
    team = make.team(of_unit=office.unit)
    member = make.member(team).person
    asked = stage.shown_round("Gruppens puls", owner=office.head)
    group = Group.objects.create(
        round=asked, team=team, name=team.name, position=0, invited=9, invited_below=9
    )
    stage.row(asked, group, 0, 8, 9, figures=stage.figures((70,) * 6, (9,) * 6, 8))
    answer = signed_in(member).get(f"/klimat/lg/{team.slug}/{asked.pk}/")
    assert answer.status_code == 200
    assert "Så svarade 8 av 9" in words(answer.content.decode())
    assert "g-dot--few" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("head", 200),
        ("worker", 200),
        ("developer", 200),
        ("system owner", 200),
        ("top management", 200),
        ("stranger", 404),
        ("nobody", 302),
    ],
)
def test_who_may_read(who: str, status: int) -> None:
    office = stage.office()
    people = {"head": office.head, "worker": office.worker, "stranger": make.person("Frans", "Främling")}
    roles = {
        "developer": Role.HR_DEVELOPER,
        "system owner": Role.SYSTEM_OWNER,
        "top management": Role.TOP_MANAGEMENT,
    }
    if who in roles:
        people[who] = make.role(roles[who])
    client = signed_in(people[who]) if who in people else signed_in(make.person())
    if who == "nobody":
        client.logout()
    assert client.get(f"/klimat/{office.unit.code}/{office.september.pk}/").status_code == status


@pytest.mark.parametrize("groups", [1, 3])
def test_the_page_asks_as_often_however_many_groups_there_are(
    groups: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office = stage.with_everything()
    names = [name for name in stage.NAMES if name not in stage.NAMES[:groups]]
    Row.objects.filter(release__round=office.september, group=None).delete()
    Group.objects.filter(round=office.september, unit__name__in=names).delete()
    stage.invite(office.whole, office.head)
    client = signed_in(office.head)
    client.get(f"/klimat/{office.unit.code}/{office.september.pk}/")
    with django_assert_num_queries(21):
        client.get(f"/klimat/{office.unit.code}/{office.september.pk}/")


def test_a_report_without_comparison_says_why_there_is_none() -> None:
    office = stage.office()
    row = Row.objects.get(group=office.whole)
    row.changes = {}
    row.save(update_fields=["changes"])
    told = "Här jämförs inget med Puls 2. Gruppen visades inte för sig då, frågorna var andra, eller så"
    assert told in words(page(office))
    Group.objects.filter(round=office.may).update(unit=None)
    assert "Här jämförs inget" not in words(page(office))


def test_groups_that_are_hidden_but_not_shown_together_are_told_of_in_whole_sentences() -> None:
    office = stage.office()
    assert "Analys och Kansli visas bara tillsammans. Annars skulle det gå" in words(page(office))
    Row.objects.filter(group=None, release__round=office.september).delete()
    html = words(page(office))
    assert "En grupp som inte visas är för liten, eller så skyddar den en annan grupp." in html
    assert "Annars skulle" not in html
