"""What is not sent is on the respondent's device, and nowhere else."""

import datetime as dt

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from styrfart.climate.forms.answering import MOST_BYTES, TextForm, packed, unpacked
from tests.climate.respondent import NINE, TEXT_QUESTION, Respondent, invited, slip
from tests.walk.looking import fingerprint

pytestmark = pytest.mark.django_db


def cookie(answer: HttpResponse, name: str = "answers") -> dict[str, object]:
    morsel = answer.cookies[name]
    return {part: morsel[part] for part in ("path", "httponly", "samesite", "secure")}


def test_the_server_keeps_nothing_before_it_is_sent() -> None:
    _asked, somebody = invited(text_questions=[TEXT_QUESTION])
    before = fingerprint()
    with CaptureQueriesContext(connection) as seen:
        somebody.answer(NINE, ["Mer tid för varandra."])
        somebody.get("check")
    assert fingerprint() == before
    assert [query["sql"] for query in seen if not query["sql"].startswith("SELECT")] == []


def test_the_draft_is_a_cookie_for_the_address_of_the_link_alone() -> None:
    _asked, somebody = invited(text_questions=[TEXT_QUESTION])
    answer = somebody.post("question", 1, answer="5")
    expected = {"path": somebody.at("start"), "httponly": True, "samesite": "Lax", "secure": ""}
    assert cookie(answer) == expected
    assert answer.cookies["answers"].value == "5--------"
    answer = somebody.post("text", 1, text="Hej")
    assert cookie(answer, "text0") == expected
    assert "answers" not in answer.cookies


def test_over_https_the_draft_is_never_sent_in_the_clear(settings: object) -> None:
    settings.SESSION_COOKIE_SECURE = True  # type: ignore[attr-defined]  # as config does over https
    _asked, somebody = invited()
    assert cookie(somebody.post("question", 1, answer="5"))["secure"] is True


@pytest.mark.parametrize(("days", "longest"), [(3, 4), (30, 14)])
def test_the_draft_lasts_until_the_round_closes_at_most_two_weeks(days: int, longest: int) -> None:
    today = timezone.localdate()
    _asked, somebody = invited(
        closes_on=today + dt.timedelta(days=days), report_on=today + dt.timedelta(days=40)
    )
    lasts = dt.timedelta(seconds=int(somebody.post("question", 1, answer="5").cookies["answers"]["max-age"]))
    assert dt.timedelta(days=longest - 1, hours=-1) <= lasts <= dt.timedelta(days=longest, hours=1)


def test_a_device_that_others_use_forgets_after_a_quarter_of_an_hour() -> None:
    asked, _somebody = invited()
    answer = slip(asked).post("question", 1, answer="5")
    assert answer.cookies["answers"]["max-age"] == 15 * 60


def test_one_goes_on_where_one_was() -> None:
    _asked, somebody = invited(text_questions=[TEXT_QUESTION])
    assert "Börja svara" in somebody.get("start").content.decode()
    somebody.answer("543")
    page = somebody.get("start").content.decode()
    assert f'href="{somebody.at("question", 4)}">Fortsätt där du var</a>' in page
    assert 'value="4" id="id_answer_3" checked' in somebody.get("question", 2).content.decode()
    somebody.answer()
    assert f'href="{somebody.at("text", 1)}">Fortsätt där du var' in somebody.get("start").content.decode()
    somebody.answer(NINE, ["Hej"])
    assert f'href="{somebody.at("check")}">Fortsätt där du var' in somebody.get("start").content.decode()
    assert "Hej</textarea>" in somebody.get("text", 1).content.decode()


def test_another_device_knows_nothing_of_it() -> None:
    _asked, somebody = invited()
    somebody.answer()
    assert "Börja svara" in Respondent(somebody.link).get("start").content.decode()


def test_sending_makes_the_device_forget() -> None:
    _asked, somebody = invited(text_questions=[TEXT_QUESTION])
    somebody.answer(NINE, ["Hej"])
    answer = somebody.send()
    for name in ("answers", "text0"):
        assert answer.cookies[name].value == ""
        assert answer.cookies[name]["max-age"] == 0
        assert answer.cookies[name]["path"] == somebody.at("start")


@pytest.mark.parametrize("value", ["", "x", "9" * 9, "5" * 8, "5" * 10, "------ --", "åäö", "5" * 4000])
def test_a_draft_that_was_tampered_with_is_a_clean_question(value: str) -> None:
    _asked, somebody = invited()
    somebody.client.cookies["answers"] = value
    assert "checked" not in somebody.get("question", 1).content.decode()
    assert somebody.get("check").headers["Location"] == somebody.at("question", 1)


def test_a_sign_that_is_no_answer_leaves_the_others_as_they_are() -> None:
    _asked, somebody = invited()
    somebody.client.cookies["answers"] = "5435b0543"
    assert somebody.get("check").headers["Location"] == somebody.at("question", 5)


@pytest.mark.parametrize("value", ["!", "a", packed("x" * 1001), packed("😀" * 701), "_w", packed("\0")])
def test_a_text_that_was_tampered_with_is_an_empty_box(value: str) -> None:
    _asked, somebody = invited(text_questions=[TEXT_QUESTION])
    somebody.answer()
    somebody.client.cookies["text0"] = value
    assert ">\n</textarea>" in somebody.get("text", 1).content.decode()
    assert "Inget skrivet" in somebody.get("check").content.decode()


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=1100))
def test_what_the_form_takes_fits_a_cookie_and_comes_back_as_it_was(text: str) -> None:
    form = TextForm({"text": text})
    is_short = len(text) <= 700 and "\0" not in text
    assert form.is_valid() or not is_short
    if form.is_valid():
        kept = packed(form.cleaned_data["text"])
        assert len(kept) + len("text0=") <= 4096
        assert unpacked(kept) == form.cleaned_data["text"]
        assert TextForm({"text": unpacked(kept)}).is_valid()


@given(st.text(max_size=200))
def test_anything_may_stand_in_a_cookie(signs: str) -> None:
    assert isinstance(unpacked(signs), str)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * 1001, "Texten får ha högst 1000 tecken, och du har skrivit 1001. Korta den."),
        ("😀" * (MOST_BYTES // 4 + 1), "Texten tar för stor plats."),
    ],
)
def test_a_text_that_is_too_long_comes_back_with_what_was_written(text: str, said: str) -> None:
    _asked, somebody = invited(text_questions=[TEXT_QUESTION])
    answer = somebody.post("text", 1, text=text)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(said) == 2
    assert f"{text}</textarea>" in page
    assert "text0" not in answer.cookies


def test_a_thousand_letters_with_line_breaks_are_taken() -> None:
    _asked, somebody = invited(text_questions=[TEXT_QUESTION])
    assert somebody.post("text", 1, text="åäö\r\n" * 249 + "åäöå").status_code == 302


def test_a_text_is_warned_of_before_it_is_written() -> None:
    _asked, somebody = invited(text_questions=[TEXT_QUESTION], least_text=12)
    page = somebody.get("text", 1).content.decode()
    assert "Skriv inga namn och inget om någons hälsa." in page
    assert "Texten visas som du skrev den, utan namn, om minst tolv har skrivit." in page


def test_an_emptied_text_is_forgotten() -> None:
    _asked, somebody = invited(text_questions=[TEXT_QUESTION])
    somebody.post("text", 1, text="Hej")
    answer = somebody.post("text", 1, text="  ")
    assert answer.cookies["text0"]["max-age"] == 0


def test_the_draft_of_one_link_is_not_read_by_another() -> None:
    asked, somebody = invited()
    other = Respondent(invited(asked)[1].link, Client())
    answer = somebody.post("question", 1, answer="5")
    assert not other.at("start").startswith(str(answer.cookies["answers"]["path"]))
