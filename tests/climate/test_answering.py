"""The respondent's path: promise, questions, check, receipt; and kind pages that store nothing."""

import datetime as dt
import logging
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from styrfart.climate import keys, seals
from styrfart.climate.actions import close_round, count_round
from styrfart.climate.instruments import plain, shipped
from styrfart.climate.models import Ballot, Round, RoundState, UsedLink
from styrfart.people.models import Person
from styrfart.shared import addresses
from tests import make
from tests.climate.respondent import NINE, TEXT_QUESTION, Respondent, invited, opened, slip
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def words_of(answer: object) -> str:
    """What a reader reads, without tags and with single spaces."""
    body = answer.content.decode()  # type: ignore[attr-defined]  # an answer of the test client
    main = body[body.index("<main") : body.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).strip()


def stored() -> tuple[int, int]:
    return Ballot.objects.count(), UsedLink.objects.count()


def test_the_whole_path_stores_one_sealed_answer() -> None:
    asked, somebody = invited(
        text_questions=[TEXT_QUESTION], why="Vi vill veta hur det är hos oss.", report_on=dt.date(2099, 10, 8)
    )
    start = words_of(somebody.get("start"))
    assert "Tio frågor. Det tar ungefär två minuter. Du kan hoppa över frågor." in start
    assert "Vi vill veta hur det är hos oss." in start
    assert "Rapporten visas 8 oktober 2099, för alla samtidigt." in start
    assert "Ingen kan se vem som svarat vad." in start
    assert "Sveriges Kommuner och Regioner (SKR)" in start
    assert somebody.get("question", 4).content.decode().count("checked") == 0
    assert "Fråga 4 av 10" in words_of(somebody.get("question", 4))
    somebody.answer(NINE, ["Mer tid för varandra."])
    check = words_of(somebody.get("check"))
    assert check.count("Vill inte svara") == 1
    assert "Stämmer mycket bra" in check
    assert "Mer tid för varandra." in check
    assert stored() == (0, 0)
    sent = somebody.send()
    assert (sent.status_code, sent.headers["Location"]) == (302, somebody.at("done"))
    assert "Tack. Rapporten delas med dig 8 oktober." in words_of(somebody.get("done"))
    group = asked.groups.get().pk
    assert sorted(opened(asked), key=str) == [
        seals.Scores(group, NINE),
        seals.Text(group, 0, "Mer tid för varandra."),
    ]
    assert stored() == (2, 1)


def test_each_question_leads_to_the_next_and_the_last_to_the_check() -> None:
    _asked, somebody = invited(text_questions=[TEXT_QUESTION])
    led = [somebody.post("question", number, answer="3").headers["Location"] for number in range(1, 10)]
    assert led == [*(somebody.at("question", number) for number in range(2, 10)), somebody.at("text", 1)]
    assert somebody.post("text", 1, text="").headers["Location"] == somebody.at("check")


def test_an_answer_is_changed_from_the_check_and_leads_back_there() -> None:
    _asked, somebody = invited()
    somebody.answer()
    assert f'href="{somebody.at("question", 4)}?till=kontroll"' in somebody.get("check").content.decode()
    changed = somebody.client.post(somebody.at("question", 4) + "?till=kontroll", {"answer": "5"})
    assert changed.headers["Location"] == somebody.at("check")
    assert words_of(somebody.get("check")).count("Stämmer mycket bra") == 3


def test_would_not_say_comes_last_on_every_question() -> None:
    _asked, somebody = invited()
    for number in range(1, 10):
        page = somebody.get("question", number).content.decode()
        assert re.findall(r"<span>([^<]+)</span></label>", page)[-1] == "Vill inte svara"
        assert re.findall(r'name="answer" value="(.)"', page) == ["1", "2", "3", "4", "5", "0"]


def test_one_may_refuse_to_answer_every_question() -> None:
    asked, somebody = invited()
    somebody.answer("000000000")
    somebody.send()
    assert opened(asked) == [seals.Scores(asked.groups.get().pk, "000000000")]


@pytest.mark.parametrize("sent", [{}, {"answer": ""}, {"answer": "6"}, {"answer": "fel"}])
def test_without_a_choice_the_question_is_asked_again(sent: dict[str, str]) -> None:
    _asked, somebody = invited()
    answer = somebody.post("question", 1, **sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Fel: Fråga 1 av 9, Puls i november" in page
    said = "Välj ett av svaren i listan." if sent.get("answer") else "Välj ett svar. Sist i listan finns"
    assert page.count(said) == 2  # in the summary and at the field
    assert '<a href="#id_answer_0">' in page
    assert "answers" not in answer.cookies


def test_nothing_is_sent_before_every_question_has_been_seen() -> None:
    _asked, somebody = invited()
    somebody.answer("54")
    assert somebody.get("check").headers["Location"] == somebody.at("question", 3)
    assert somebody.send().headers["Location"] == somebody.at("question", 3)
    assert somebody.get("done").headers["Location"] == somebody.at("start")
    assert stored() == (0, 0)


def test_two_clicks_give_one_answer_and_the_same_receipt() -> None:
    _asked, somebody = invited()
    somebody.answer()
    other_tab = Respondent(somebody.link)
    other_tab.client.cookies.update(somebody.client.cookies)
    for each in (somebody, other_tab, somebody):
        assert each.send().headers["Location"] == somebody.at("done")
        assert "Tack." in words_of(each.get("done"))
    assert stored() == (1, 1)


def test_a_used_link_says_that_the_answer_is_stored() -> None:
    _asked, somebody = invited()
    somebody.answer()
    somebody.send()
    later = Respondent(somebody.link)
    answer = later.get("start")
    assert answer.status_code == 200
    assert "Den här länken är redan använd. Ditt svar är sparat." in words_of(answer)
    assert later.get("check").headers["Location"] == later.at("start")
    later.answer("111111111")
    later.send()
    assert stored() == (1, 1)


EVERYWHERE: list[tuple[str, list[int]]] = [
    ("start", []),
    ("question", [1]),
    ("text", [1]),
    ("check", []),
    ("send", []),
    ("done", []),
]


def each_page(somebody: Respondent) -> list[tuple[int, str]]:
    """Status and words of every page of the link, asked for and sent to."""
    found: list[tuple[int, str]] = []
    for name, number in EVERYWHERE:
        both = (somebody.get(name, *number), somebody.post(name, *number, answer="3", text="Hej"))
        found += [(each.status_code, words_of(each)) for each in both if each.status_code != 405]
    return found


def test_a_guess_gets_the_same_page_whether_it_is_near_or_not() -> None:
    _asked, somebody = invited()
    last = "A" if somebody.link[-1] != "A" else "Q"
    near = each_page(Respondent(somebody.link[:-1] + last))
    far = each_page(Respondent("x"))
    assert near == far
    assert {status for status, _words in far} == {404}
    assert "Länken fungerar inte Inget har sparats." in far[0][1]
    assert stored() == (0, 0)


def test_a_round_that_has_not_opened_says_when() -> None:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    asked, somebody = invited(opens_on=tomorrow)
    pages = each_page(somebody)
    assert {status for status, _words in pages} == {200}
    assert all("Pulsen öppnar" in words and "Spara länken" in words for _status, words in pages)
    Round.objects.filter(pk=asked.pk).update(state=RoundState.LAUNCHING)
    assert each_page(somebody) == pages
    assert stored() == (0, 0)


def test_a_round_that_has_closed_says_when_its_report_is_shown() -> None:
    today = timezone.localdate()
    asked, somebody = invited(
        opens_on=today - dt.timedelta(days=8),
        closes_on=today - dt.timedelta(days=1),
        report_on=dt.date(2099, 10, 8),
    )
    pages = each_page(somebody)
    assert {status for status, _words in pages} == {410}
    assert all("Rapporten visas 8 oktober 2099." in words for _status, words in pages)
    close_round(round_id=asked.pk)
    assert each_page(somebody) == pages
    assert stored() == (0, 0)


def test_a_round_that_was_stopped_says_that_the_answers_are_gone() -> None:
    asked, somebody = invited()
    Round.objects.filter(pk=asked.pk).update(state=RoundState.STOPPED)
    pages = each_page(somebody)
    assert {status for status, _words in pages} == {410}
    assert all("Pulsen är avbruten Alla svar som hade kommit in är borttagna" in w for _status, w in pages)
    assert stored() == (0, 0)


def test_when_the_answers_are_counted_the_link_is_like_any_guess() -> None:
    asked, somebody = invited()
    somebody.answer()
    somebody.send()
    close_round(round_id=asked.pk)
    count_round(round_id=asked.pk)
    assert each_page(somebody) == each_page(Respondent("x"))


def test_an_answer_that_comes_when_the_round_has_just_closed_is_told_so() -> None:
    asked, somebody = invited()
    somebody.answer()
    close_round(round_id=asked.pk)
    assert somebody.send().status_code == 410
    assert stored() == (0, 0)


def test_what_a_page_asks_of_the_database(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    _asked, somebody = invited(text_questions=[TEXT_QUESTION, TEXT_QUESTION])
    other = invited(instruments=("hme", "klimat", "mandat"))[1]
    for each in (somebody, other):
        each.answer(NINE if each is somebody else "3" * 21, ["a", "b"] if each is somebody else [])
        for name, count in (("start", 3), ("question", 1), ("check", 2), ("done", 2)):
            with django_assert_num_queries(count):
                each.get(name, *([1] if name == "question" else []))
    with django_assert_num_queries(1):
        somebody.post("question", 1, answer="5")
    with django_assert_num_queries(1):
        somebody.get("text", 1)
    with django_assert_num_queries(1):
        Respondent("x").get("start")


def test_pages_are_kept_nowhere_and_tell_nobody_their_address() -> None:
    asked, somebody = invited(text_questions=[TEXT_QUESTION])
    somebody.answer(NINE, ["Hej"])
    paper = slip(asked)
    answers = [
        *(somebody.get(name, *number) for name, number in EVERYWHERE if name != "send"),
        somebody.post("question", 1, answer=""),
        somebody.send(),
        somebody.get("done"),
        somebody.get("start"),
        Respondent("x").get("start"),
        paper.get("start"),
        paper.client.get("/puls/"),
        paper.client.post("/puls/", {"code": ""}),
        somebody.client.get(somebody.at("start") + "?sprak=en"),
    ]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert answer.headers["Referrer-Policy"] == "strict-origin"
        body = answer.content.decode()  # type: ignore[attr-defined]  # pages of ours are whole
        assert "http" not in re.sub("http-equiv|http://www.w3.org/", "", body)


def test_a_link_away_does_not_carry_the_address() -> None:
    _asked, somebody = invited()
    page = somebody.get("start").content.decode()
    away = re.findall(r"<a [^>]*href=\"/(?!puls/)[^>]*>", page[: page.index("<footer")])
    assert len(away) == 2
    assert all('rel="noreferrer"' in link for link in away)


def test_the_log_masks_the_link(caplog: pytest.LogCaptureFixture) -> None:
    _asked, somebody = invited()
    paper = slip(Round.objects.get())
    with caplog.at_level(logging.INFO, logger="styrfart"):
        for each in (somebody, paper, Respondent("abcdefghijklmnop")):
            for name, number in EVERYWHERE:
                each.get(name, *number)
                each.post(name, *number, answer="3")
            each.client.get(f"/puls/{each.link}/nagot-annat/")
            each.client.post("/puls/", {"code": each.link})
            paths = {record.__dict__["path"] for record in caplog.records if "path" in record.__dict__}
            assert {"/puls/*/", "/puls/*/1/", "/puls/*/skicka/", "/puls/*/ord/1/", "?"} <= paths
            assert each.link not in repr([record.__dict__ for record in caplog.records])


def test_no_process_remembers_links() -> None:
    """What looks up addresses for templates remembers them, in the order in which they were asked for."""
    _asked, somebody = invited(text_questions=[TEXT_QUESTION])
    addresses._known.cache_clear()
    somebody.answer(NINE, ["Hej"])
    for name, number in EVERYWHERE:
        somebody.get(name, *number)
        somebody.post(name, *number)
    before = addresses._known.cache_info().currsize
    another = invited(Round.objects.get())[1]
    for name, number in EVERYWHERE:
        another.get(name, *number)
    assert addresses._known.cache_info().currsize == before


def test_the_language_is_changed_without_an_account() -> None:
    _asked, somebody = invited(text_questions=[TEXT_QUESTION])
    page = somebody.get("question", 1)
    assert page.headers["Content-Language"] == "sv"
    assert '<a href="?sprak=en" lang="en" hreflang="en">English</a>' in page.content.decode()
    switched = somebody.client.get(somebody.at("question", 1) + "?sprak=en")
    assert switched.headers["Location"] == somebody.at("question", 1)
    page = somebody.get("question", 1)
    assert page.headers["Content-Language"] == "en"
    words = words_of(page)
    assert "My work feels meaningful." in words
    assert "Question 1 of 10" in words
    assert '<html lang="en"' in page.content.decode()
    assert "What do you want us to change?" in words_of(somebody.get("text", 1))


def test_a_round_in_one_language_is_asked_in_that() -> None:
    _asked, somebody = invited()
    Round.objects.update(languages=["sv"])
    somebody.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = somebody.get("question", 1)
    assert page.headers["Content-Language"] == "sv"
    assert "sprak=" not in page.content.decode()
    assert translation.get_language() == "sv"


def english_only() -> dict[str, object]:
    """An instrument that nobody has translated."""
    whole = plain(shipped()["oric"])
    only = {"en": "Only in English."}
    return {**whole, "items": [{**item, "text": only} for item in whole["items"]]}


def test_a_question_that_is_not_translated_is_marked_with_its_language() -> None:
    _asked, somebody = invited(instruments=("oric",))
    Round.objects.update(form=[english_only()])
    assert '<legend><span lang="en">' in somebody.get("question", 1).content.decode()


def test_a_review_says_whose_it_is() -> None:
    subject = make.person("Mikael", "Strandvik")
    _asked, somebody = invited(kind="review", subject=subject, least=3, report_on=dt.date(2099, 10, 8))
    words = words_of(somebody.get("start"))
    assert "Rapporten visas 8 oktober 2099 för Mikael Strandvik" in words
    assert "minst tre svar" in words


def test_whoever_is_signed_in_is_nobody_here(chair: Person) -> None:
    asked, somebody = invited()
    client = signed_in(chair)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.cookies["messages"] = "x"
    somebody.client = client
    somebody.answer()
    for answer in (somebody.get("start"), somebody.get("check"), somebody.send(), somebody.get("done")):
        assert set(answer.cookies) <= {"answers", settings.CSRF_COOKIE_NAME}
        assert chair.given_name not in answer.content.decode()
        assert not answer.wsgi_request.user.is_authenticated  # type: ignore[attr-defined]  # the test client's
    # Elsewhere the same browser is who it was.
    assert client.cookies[settings.SESSION_COOKIE_NAME].value == session
    assert client.get("/konto/").status_code == 200
    assert len(opened(asked)) == 1


def test_no_table_of_sessions_or_people_is_asked(
    chair: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _asked, somebody = invited()
    somebody.client = signed_in(chair)
    somebody.answer()
    with django_assert_num_queries(2) as seen:
        somebody.get("check")
    assert not [query for query in seen.captured_queries if "session" in query["sql"]]


def test_a_form_from_elsewhere_is_refused() -> None:
    _asked, somebody = invited()
    strict = Respondent(somebody.link, Client(enforce_csrf_checks=True))
    assert strict.post("question", 1, answer="3").status_code == 403
    page = strict.get("question", 1).content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]
    assert strict.post("question", 1, answer="3", csrfmiddlewaretoken=token).status_code == 302


def test_who_may_what(chair: Person, stranger: Person, owner: Person) -> None:
    _asked, somebody = invited()
    somebody.answer()
    for person in (chair, stranger, owner, None):
        client = Client() if person is None else signed_in(person)
        each = Respondent(somebody.link, client)
        assert [each.get(name, *number).status_code for name, number in EVERYWHERE] == [
            200,
            200,
            302,
            302,
            405,
            302,
        ]
        assert client.get(reverse("climate:enter")).status_code == 200
    assert keys.exists(Round.objects.get().pk)
