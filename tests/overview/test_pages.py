"""The pages: what stands there, for whom, and at which cost."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.meetings.models import MeetingState, PulseInvitation
from styrfart.overview.views import greeting
from styrfart.people.models import Person, Role, Team
from tests import make
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(
    chair: Person,
    member: Person,
    secretary: Person,
    adjunct: Person,
    stranger: Person,
    employee: Person,
    owner: Person,
) -> dict[str, Person]:
    """Everybody who might come."""
    return {
        "chair": chair,
        "member": member,
        "secretary": secretary,
        "adjunct": adjunct,
        "stranger": stranger,
        "employee": employee,
        "owner": owner,
        "coach": make.role(Role.COACH),
        "top": make.role(Role.TOP_MANAGEMENT),
        "hr": make.role(Role.HR_DEVELOPER),
    }


@pytest.mark.parametrize("path", ["/", "/vantar/", "/sok/", "/sok/?q=vem"])
def test_who_may(who: dict[str, Person], path: str) -> None:
    """Everybody who has signed in, each with their own; a visitor is asked to sign in."""
    assert {key: signed_in(person).get(path).status_code for key, person in who.items()} == dict.fromkeys(
        who, 200
    )
    answer = Client().get(path)
    assert answer.status_code == 302
    assert "/konto/" in answer.headers["Location"]


@pytest.mark.parametrize("path", ["/", "/vantar/", "/sok/"])
def test_pages_only_read(chair: Person, path: str) -> None:
    assert signed_in(chair).post(path).status_code == 405


def text_of(client: Client, path: str = "/") -> str:
    """What a reader sees, as one line."""
    page = client.get(path).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")]).split())


def test_nothing_of_the_team_leaks_to_others(team: Team, chair: Person, who: dict[str, Person]) -> None:
    make.mandate(team)
    make.matter(team, "Ska Hemligheten flyttas?", by=chair)
    decision = make.decision(team, "Hemligheten flyttas.", by=chair)
    make.rule(team.mandates.get(), "Hemligheten och annat")
    seen = {
        key: "Hemligheten"
        in text_of(signed_in(person))
        + text_of(signed_in(person), "/sok/?q=hemligheten").replace("”hemligheten”", "")
        for key, person in who.items()
    }
    assert decision.team == team
    assert seen == {
        "chair": True,
        "member": True,
        "secretary": True,
        "adjunct": True,
        "stranger": False,
        "employee": False,
        "owner": True,  # reads every mandate, and its rules
        "coach": False,
        "top": True,  # likewise
        "hr": False,
    }


def test_an_outsider_sees_nothing_of_the_organisation(team: Team, chair: Person) -> None:
    coach = signed_in(make.role(Role.COACH))
    page = text_of(coach)
    assert "Du ser ingenting om organisationen." in page
    assert "Lämna in ett ärende" not in page
    assert text_of(coach, "/sok/?q=ingrid").endswith("Pröva ett kortare ord, eller en del av namnet.")


def test_at_most_five_are_shown_and_the_rest_counted(team: Team, member: Person) -> None:
    for number in range(8):
        make.action(team, f"Åtgärd {number}", owner=member, due_on=timezone.localdate())
    page = text_of(signed_in(member))
    assert page.count("Markera klar") == 5
    assert "och tre till" in page
    assert "Åtta saker väntar på dig." in page
    assert text_of(signed_in(member), "/vantar/").count("Markera klar") == 8


def test_an_empty_home_says_what_will_come(employee: Person) -> None:
    page = text_of(signed_in(employee))
    assert "Inget väntar på dig." in page
    assert "Här kommer det som behöver dig." in page


def test_a_speed_is_not_told_from_few_decisions(team: Team, chair: Person) -> None:
    from styrfart.decisions.queries import quarter_of

    last = quarter_of(timezone.localdate()).before
    for number in range(4):
        at = timezone.make_aware(dt.datetime.combine(last.first, dt.time(9)))
        make.decision(team, by=chair, at=at, due_on=last.first + dt.timedelta(days=number))
    assert "Ni har styrfart" not in text_of(signed_in(chair))
    make.decision(
        team, by=chair, at=timezone.make_aware(dt.datetime.combine(last.first, dt.time(9))), due_on=last.last
    )
    assert "0 av 5" in text_of(signed_in(chair))


@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_the_same_number_of_questions_whatever_there_is(
    team: Team, chair: Person, member: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    day = timezone.localdate()
    make.mandate(team)
    for number in range(count):
        make.matter(team, f"Fråga {number}?")
        make.action(team, f"Åtgärd {number}", owner=chair, due_on=day)
        make.decision(team, f"Beslut {number}.", by=chair, owner=member, due_on=day + dt.timedelta(days=5))
        meeting = make.meeting(team, held_on=day + dt.timedelta(days=number + 1), leader=chair)
        make.item(meeting, f"Punkt {number}", owner=chair)
        over = make.meeting(team, held_on=day, leader=chair, state=MeetingState.ENDED)
        PulseInvitation.objects.create(meeting=over, person=chair)
    client = signed_in(chair)
    client.get("/")  # prepares
    with django_assert_num_queries(HOME_OF_CHAIR):
        client.get("/")


HOME_OF_CHAIR = 25


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (3, "God kväll"),
        (4, "God morgon"),
        (9, "God morgon"),
        (10, "God förmiddag"),
        (12, "God eftermiddag"),
        (18, "God kväll"),
    ],
)
def test_the_greeting_follows_the_clock(hour: int, words: str) -> None:
    assert greeting(hour) == words


def test_the_page_speaks_english(team: Team, chair: Person) -> None:
    make.matter(team)
    chair.language = "en"
    chair.save(update_fields=["language"])
    page = text_of(signed_in(chair))
    assert "One thing is waiting for you." in page
    assert "Väntar" not in page


# --- Search ------------------------------------------------------------------------------------------
def test_search_finds_each_kind(team: Team, chair: Person) -> None:
    make.mandate(team)
    make.rule(team.mandates.get(), "Snöröjning på gator")
    make.matter(team, "Hur ska snöröjningen betalas?", by=chair)
    make.decision(team, "Snöröjningen betalas av driften.", by=chair)
    make.point(text="Upphandla snöröjning")
    make.team("Snöröjningens ledningsgrupp")
    make.person("Snövit", "Rönn")
    page = text_of(signed_in(chair), "/sok/?q=snör")
    for heading in ("Ledningsgrupper", "Ärenden", "Beslut", "Regler i mandat", "Delegationsordningen"):
        assert heading in page
    assert "Snövit" not in page  # begins otherwise
    assert "Snövit Rönn" in text_of(signed_in(chair), "/sok/?q=snöv")


@pytest.mark.parametrize(
    "query", ["", "a", "   ", "%", "(", "[", "\\", "x" * 5000, "<script>alert(1)</script>"]
)
def test_anything_may_be_typed(chair: Person, query: str) -> None:
    answer = signed_in(chair).get("/sok/", {"q": query})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


def test_an_unknown_kind_is_no_error(chair: Person) -> None:
    assert signed_in(chair).get("/sok/", {"q": "vem", "slag": "hemligt"}).status_code == 200


def test_one_kind_alone_shows_more(team: Team, chair: Person) -> None:
    for number in range(7):
        make.matter(team, f"Fråga om parkering {number}?", by=chair)
    client = signed_in(chair)
    assert text_of(client, "/sok/?q=parkering").count("Fråga om parkering") == 4
    assert "Visa fler" in text_of(client, "/sok/?q=parkering")
    assert text_of(client, "/sok/?q=parkering&slag=arenden").count("Fråga om parkering") == 7


def test_typing_swaps_the_hits_alone(team: Team, chair: Person) -> None:
    make.matter(team, "Fråga om parkering?", by=chair)
    answer = signed_in(chair).get("/sok/?q=parkering", headers={"HX-Request": "true"})
    assert "HX-Request" in answer.headers["Vary"]
    page = answer.content.decode()
    assert "Fråga om parkering?" in page
    assert "<html" not in page


def test_swedish_letters_are_found_in_capitals(team: Team, chair: Person) -> None:
    make.matter(team, "Ärendet om Östra ån?", by=chair)
    assert "Östra ån" in text_of(signed_in(chair), "/sok/?q=östra")
    assert "Östra ån" in text_of(signed_in(chair), "/sok/?q=ÄRENDET")


@pytest.mark.parametrize("count", [1, 3])
def test_search_asks_the_same_number_of_questions(
    team: Team, chair: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.mandate(team)
    for number in range(count):
        make.matter(team, f"Fråga om snö {number}?", by=chair)
        make.decision(team, f"Snö {number} röjs.", by=chair)
        make.rule(team.mandates.get(), f"Snö {number}")
        make.team(f"Snögrupp {number}")
        make.person("Snövit", f"Nummer{number}")
        make.unit(f"Snöenheten {number}")
        make.minutes(make.meeting(team, leader=chair, state=MeetingState.ENDED), f"Snö {number}")
    client = signed_in(chair)
    with django_assert_num_queries(SEARCH):
        client.get("/sok/?q=snö")


SEARCH = 18


def test_a_team_that_one_may_not_enter_leads_to_handing_in(
    team: Team, employee: Person, member: Person
) -> None:
    make.post(employee, title="Handläggare", is_head=False)
    outside = signed_in(employee).get("/sok/?q=kontorets+ledn").content.decode()
    assert f'href="/lg/{team.slug}/arenden/nytt/"' in outside
    assert f'href="/lg/{team.slug}/"' in signed_in(member).get("/sok/?q=kontorets+ledn").content.decode()
