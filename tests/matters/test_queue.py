"""The queue: one matter at a time, in order, with the desk's proposal and the keys; lists with filters."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.matters import queries, similar
from styrfart.matters.models import Matter, MatterState, Route
from styrfart.people.models import Person
from tests import make
from tests.matters.conftest import Office

NOW = timezone.now()


def queue_url(office: Office) -> str:
    return reverse("matters:queue", args=[office.team.slug])


def page_of(browser: Client, url: str, **query: str | int) -> str:
    response = browser.get(url, query)
    assert response.status_code == 200
    return response.content.decode()


def test_what_is_needed_soon_comes_first_then_the_oldest(office: Office) -> None:
    today = timezone.localdate()
    old = make.matter(office.team, at=NOW - dt.timedelta(days=30))
    new = make.matter(office.team, at=NOW)
    later = make.matter(office.team, at=NOW - dt.timedelta(days=9), latest_on=today + dt.timedelta(days=15))
    soon = make.matter(office.team, at=NOW, latest_on=today + dt.timedelta(days=14))
    late = make.matter(office.team, at=NOW, latest_on=today - dt.timedelta(days=1))
    for state in MatterState:
        if state != MatterState.INBOX and state not in {MatterState.DECIDED, MatterState.QUEUED}:
            make.matter(office.team, state=state)
    assert queries.waiting_ids(office.team) == [late.pk, soon.pk, old.pk, later.pk, new.pk]


def test_one_at_a_time_with_a_way_to_the_next_and_back(office: Office) -> None:
    first, second, third = (
        make.matter(office.team, f"Fråga {n}?", at=NOW - dt.timedelta(days=9 - n)) for n in range(3)
    )
    browser = office.as_(office.chair)
    page = page_of(browser, queue_url(office))
    assert "Ärende 1 av 3" in page
    assert "Fråga 0?" in page
    assert "Fråga 1?" not in page
    assert f'href="?nr={second.pk}" data-shortcut="j"' in page
    assert 'data-shortcut="k"' not in page
    page = page_of(browser, queue_url(office), nr=third.pk)
    assert "Ärende 3 av 3" in page
    assert f'href="?nr={second.pk}" data-shortcut="k"' in page
    assert 'data-shortcut="j"' not in page
    assert first.pk != third.pk


@pytest.mark.parametrize("nr", ["0", "-1", "x", "999999999999999999999", "7", ""])
def test_a_number_that_does_not_wait_shows_the_first(office: Office, nr: str) -> None:
    make.matter(office.team, "Den enda frågan?")
    assert "Den enda frågan?" in page_of(office.as_(office.chair), queue_url(office), nr=nr)


def test_an_empty_queue_says_what_will_appear(office: Office) -> None:
    page = page_of(office.as_(office.chair), queue_url(office))
    assert "Alla ärenden har fått en väg." in page
    assert "När någon lämnar in ett ärende visas det här" in page


def keys(page: str) -> dict[str, str]:
    found = re.findall(r'data-shortcut="([1-8])"[^>]*>([^<]+?) <kbd', page)
    return dict(found)


def test_keys_one_to_five_are_the_five_routes(office: Office) -> None:
    matter = make.matter(office.team, by=office.sender)
    matter.units.add(office.services)
    found = keys(page_of(office.as_(office.chair), queue_url(office)))
    assert found == {
        "1": "Lämna till Mikael",
        "2": "Ta upp på möte",
        "3": "Besluta nu",
        "4": "Be om mer",
        "5": "Tacka nej",
        "6": "Bered till nämnden",
        "7": "Skicka ut skriftligt",
        "8": "Lämna till en annan grupp",
    }


def test_shortcuts_that_are_turned_off_leave_no_trace(office: Office) -> None:
    make.matter(office.team, by=office.sender)
    Person.objects.filter(pk=office.chair.pk).update(has_shortcuts=False)
    page = page_of(office.as_(office.chair), queue_url(office))
    assert "data-shortcut" not in page
    assert "<kbd" not in page
    assert "Kortkommandon är avstängda" in page


def main_button(page: str) -> list[str]:
    return re.findall(r'class="btn btn--main"[^>]*>([^<]+?)(?: <kbd|<)', page)


@pytest.mark.parametrize(
    ("question", "verb"),
    [
        ("Ska receptionen ha jour i jul?", "Lämna till Mikael"),
        ("Hur ska vi prioritera mellan avdelningarna?", "Ta upp på möte"),
        ("Får vi använda stadens varumärke?", "Lämna till Stadens ledningsgrupp"),
        ("Ska vi höja taxan och ta ut en ny avgift?", "Bered till nämnden"),
        ("Kan biodlaren ställa sina bikupor på taket?", None),
    ],
)
def test_the_proposed_route_is_the_main_button(office: Office, question: str, verb: str | None) -> None:
    matter = make.matter(office.team, question, by=make.person() if verb is None else office.sender)
    if verb == "Lämna till Mikael":
        matter.units.add(office.services)
    assert main_button(page_of(office.as_(office.chair), queue_url(office))) == ([verb] if verb else [])


def test_the_secretary_chooses_any_route_but_deciding(office: Office) -> None:
    make.matter(office.team, by=office.sender)
    found = keys(page_of(office.as_(office.secretary), queue_url(office)))
    assert "3" not in found
    assert found["2"] == "Ta upp på möte"


def test_a_member_reads_and_may_try_to_decide(office: Office) -> None:
    make.matter(office.team, by=office.sender)
    page = page_of(office.as_(office.member), queue_url(office))
    assert list(keys(page)) == ["3"]


@pytest.mark.parametrize("matters", [1, 3])
def test_the_queue_costs_the_same_however_long(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries, matters: int
) -> None:
    for n in range(matters):
        made = make.matter(office.team, by=office.sender, at=NOW - dt.timedelta(days=n))
        made.units.add(office.services, office.planning)
        made.materials.create(title="Underlag", reference="Här", added_by=office.sender)
        make.routing(
            make.matter(office.team, f"Ska receptionen ha jour vecka {n}?", state=MatterState.ANSWERED)
        )
    browser = office.as_(office.chair)
    browser.get(queue_url(office))
    with django_assert_num_queries(15):
        browser.get(queue_url(office))


@pytest.mark.parametrize("matters", [1, 3])
def test_one_matter_costs_the_same_however_much_has_happened(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries, matters: int
) -> None:
    matter = make.matter(office.team, by=office.sender)
    for _n in range(matters):
        handed = make.hand_over(matter)
        matter.events.create(kind="handed_over", by=office.chair, team=office.team, routing=handed.routing)
    browser = office.as_(office.chair)
    url = reverse("matters:show", args=[office.team.slug, matter.pk])
    browser.get(url)
    with django_assert_num_queries(14):
        browser.get(url)


@pytest.mark.parametrize("matters", [1, 3])
def test_all_matters_cost_the_same_however_many(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries, matters: int
) -> None:
    for _n in range(matters):
        make.hand_over(make.matter(office.team, state=MatterState.HANDED_OVER))
    browser = office.as_(office.chair)
    with django_assert_num_queries(13):
        page = page_of(browser, reverse("matters:all", args=[office.team.slug]))
    assert page.count("Ska receptionen ha jour") == matters


def test_all_matters_are_narrowed_by_state_and_words(office: Office) -> None:
    make.matter(office.team, "Ska vi öppna på Ängsgatan?")
    make.matter(office.team, "Ska vi stänga?", state=MatterState.DECLINED)
    make.matter(office.team, "Ett utkast?", state=MatterState.DRAFT)
    make.matter(office.other_team, "En annan grupps?")
    browser, url = office.as_(office.member), reverse("matters:all", args=[office.team.slug])

    def shown(**query: str) -> set[str]:
        page = page_of(browser, url, **query)
        return {
            word
            for word in ("Ängsgatan", "stänga", "utkast?", "annan grupps")
            if word in page.replace("ängsgatan", "")
        }

    assert shown() == {"Ängsgatan", "stänga"}
    assert shown(lage="declined") == {"stänga"}
    assert shown(text="ängsgatan ÖPPNA") == {"Ängsgatan"}
    assert shown(lage="draft") == {"Ängsgatan", "stänga"}  # not a choice: everything is shown
    assert "Inget ärende passar." in page_of(browser, url, text="finns inte")
    assert shown(sida="99") == {"Ängsgatan", "stänga"}


@pytest.mark.parametrize("matters", [1, 3])
def test_mine_costs_the_same_however_many(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries, matters: int
) -> None:
    for _n in range(matters):
        for state in (MatterState.DRAFT, MatterState.INBOX, MatterState.MORE_ASKED, MatterState.ANSWERED):
            make.matter(office.team, by=office.sender, state=state)
        make.hand_over(to=office.sender)
        make.preparation(owner=office.sender)
    browser = office.as_(office.sender)
    with django_assert_num_queries(14):
        page = page_of(browser, reverse("matters:mine"))
    for heading in (
        "Lämnat till mig",
        "Behöver mer från dig",
        "Jag bereder till nämnden",
        "Mina utkast",
        "På väg",
        "Avslutade",
    ):
        assert heading in page


def test_mine_holds_what_i_own_and_nothing_of_others(office: Office) -> None:
    make.matter(office.team, "Min fråga?", by=office.sender)
    make.matter(office.team, "Frågan jag äger?", owner=office.sender)
    make.matter(office.team, "Annans utkast som jag äger?", owner=office.sender, state=MatterState.DRAFT)
    make.matter(office.team, "Annans fråga?")
    page = page_of(office.as_(office.sender), reverse("matters:mine"))
    assert "Min fråga?" in page
    assert "Frågan jag äger?" in page
    assert "Annans" not in page


def test_the_sender_always_sees_where_it_is(office: Office) -> None:
    matter = make.matter(office.team, by=office.sender)
    handed = make.hand_over(matter, office.head)
    Matter.objects.filter(pk=matter.pk).update(state=MatterState.HANDED_OVER)
    page = page_of(office.as_(office.sender), reverse("matters:mine"))
    assert "Hos Mikael Strandvik. Svar om sju dagar." in page
    assert handed.to_person == office.head


def test_the_address_in_a_letter_leads_to_where_the_matter_is(office: Office) -> None:
    matter = make.matter(office.other_team, by=office.sender)
    response = office.as_(office.sender).get(reverse("matters:find", args=[matter.pk]))
    assert response["Location"] == reverse("matters:show", args=[office.other_team.slug, matter.pk])


# --- earlier matters
def test_similar_earlier_matters_are_shown_with_how_they_were_handled(office: Office) -> None:
    earlier = make.matter(office.team, "Ska receptionen ha jour över påsken?", state=MatterState.ANSWERED)
    make.routing(earlier, Route.POST, at=NOW - dt.timedelta(days=200))
    other = make.matter(office.team, "Hur gör vi med parkeringen?", state=MatterState.DECLINED)
    make.routing(other, Route.DECLINE)
    make.matter(office.team, by=office.sender)
    page = page_of(office.as_(office.chair), queue_url(office))
    assert "Liknande ärenden" in page
    assert "Ska receptionen ha jour över påsken?" in page
    assert "Lämnades till en befattning" in page
    assert "parkeringen" not in page


def test_similar_matters_follow_what_changes(office: Office) -> None:
    earlier = make.matter(office.team, "Ska receptionen ha jour över påsken?", state=MatterState.ANSWERED)
    routing = make.routing(earlier)
    make.matter(office.team, by=office.sender)
    browser = office.as_(office.chair)
    assert "över påsken" in page_of(browser, queue_url(office))
    earlier.question = "Ska receptionen ha jour över midsommar?"
    earlier.save()
    assert "över midsommar" in page_of(browser, queue_url(office))
    routing.undone_at = NOW
    routing.save()
    assert "över midsommar" not in page_of(browser, queue_url(office))


def test_no_other_teams_matters_are_like_ours(office: Office) -> None:
    earlier = make.matter(
        office.other_team, "Ska receptionen ha jour över påsken?", state=MatterState.ANSWERED
    )
    make.routing(earlier)
    make.matter(office.team, by=office.sender)
    assert "över påsken" not in page_of(office.as_(office.chair), queue_url(office))


def test_history_speaks_only_when_there_is_enough_of_it(office: Office) -> None:
    for n in range(30):
        made = make.matter(office.team, f"Hur gör vi med parkering {n}?", state=MatterState.DECLINED)
        make.routing(made, Route.DECLINE)
    for n in range(8):
        made = make.matter(office.team, f"Ska receptionen ha jour vecka {n}?", state=MatterState.ANSWERED)
        make.routing(made, Route.POST)
    make.matter(office.team, by=office.sender)
    page = page_of(office.as_(office.chair), queue_url(office))
    assert "Så hanterades de. Det avgör inget nu." in page
    assert "De flesta av de" not in page
    for n in range(170):
        made = make.matter(office.team, f"Hur gör vi med cyklarna {n}?", state=MatterState.DECLINED)
        make.routing(made, Route.DECLINE)
    page = page_of(office.as_(office.chair), queue_url(office))
    assert "De flesta av de åtta mest lika lämnades till en befattning." in page


# --- search and what waits
def test_search_finds_by_words_and_number_what_one_may_see(office: Office) -> None:
    matter = make.matter(office.team, "Ska vi öppna på Ängsgatan?", by=office.sender)
    make.matter(office.team, "Ett utkast om Ängsgatan?", by=office.sender, state=MatterState.DRAFT)
    make.matter(office.other_team, "Hemligt om Ängsgatan?")
    for text in ("ängsgatan", "ÖPPNA ängs", str(matter.pk), "fler än en"):
        assert queries.search(office.chair, text) == [matter], text
    assert queries.search(office.head, "ängsgatan") == []
    for text in ("", " ", "\0", ".*", "[", "öppna (", "9" * 50):
        assert queries.search(office.chair, text) == [], text


def test_what_waits_for_the_chair_is_one_row_a_team(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for days in (1, 5):
        make.matter(office.team, at=NOW - dt.timedelta(days=days))
    make.matter(office.team, state=MatterState.DRAFT)
    queries.waiting_for(office.chair)  # the mandate and the matters are read once
    chair = Person.objects.get(pk=office.chair.pk)
    with django_assert_num_queries(8):
        waiting = queries.waiting_for(chair)
    since = "Det äldsta kom in för fem dagar sedan."
    why = f"Kontorets ledningsgrupp. {since} Mandatet föreslår en väg för alla."
    assert [(one.title, one.why, one.verb, one.matters) for one in waiting] == [
        ("Välj väg för två nya ärenden", why, "Sortera ärenden", 2)
    ]
    assert queries.waiting_for(office.member) == []


def test_the_row_says_how_much_of_the_sorting_the_mandate_has_done(office: Office) -> None:
    def told() -> str:
        return queries.waiting_for(office.chair)[0].why.partition(". ")[2].partition(". ")[2]

    unknown = "Vad tycker ni om färgen på entréns dörrmatta?"
    matter = make.matter(office.team, unknown)
    assert told() == ""
    known = make.matter(office.team)
    assert told() == "Mandatet föreslår en väg för ett av dem."
    known.question, known.revision = unknown, known.revision + 1
    known.save()
    assert told() == ""
    matter.delete()
    known.question, known.revision = "Ska receptionen ha jour mellan jul och nyår?", known.revision + 1
    known.save()
    assert told() == "Mandatet föreslår en väg."
    for _ in range(10):
        make.matter(office.team)
    assert told() == ""  # a longer queue is sorted, not counted


def test_what_waits_for_the_sender_is_to_complete(office: Office) -> None:
    make.matter(office.team, by=office.sender, state=MatterState.MORE_ASKED)
    assert [(one.title, one.why) for one in queries.waiting_for(office.sender)] == [
        (
            "Komplettera: Ska receptionen ha jour mellan jul och nyår?",
            "Kontorets ledningsgrupp ber dig om mer.",
        )
    ]


def test_a_search_among_similar_matters_is_not_disturbed_by_what_changes_meanwhile(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another thread of the same process reads the team's texts anew while this one is searching."""
    old = make.matter(office.team, "Ska receptionen ha jour i påsk?", state=MatterState.DECLINED)
    make.routing(old, Route.DECLINE)
    waits = make.matter(office.team, "Ska receptionen ha jour i jul?")
    other = make.matter(office.team, "Ska receptionen ha jour i maj?", state=MatterState.DECLINED)

    def meanwhile(question: str, why_us: str) -> str:
        monkeypatch.undo()
        make.routing(other, Route.DECLINE)
        shown(office)
        return f"{question} {why_us}"

    def shown(office: Office) -> list[int]:
        past = similar.earlier(office.chair, waits, queries.past_routes(office.team))
        return [each.nr for each in past.similar]

    assert shown(office) == [old.pk]
    monkeypatch.setattr(similar, "_text", meanwhile)
    assert shown(office) == [old.pk]
    assert set(shown(office)) == {old.pk, other.pk}
