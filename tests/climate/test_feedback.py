"""Feedback between colleagues: whose it is, who may read it, and that nothing of it is anywhere else."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.climate.actions.feedback import (
    AnswerMoved,
    FeedbackIsClosed,
    ask_feedback,
    close_feedback,
    decline_feedback,
    give_feedback,
    share_feedback,
    stop_sharing_feedback,
)
from styrfart.climate.models import FeedbackAnswer, FeedbackRequest
from styrfart.people.models import Person, Role, Team
from styrfart.shared.models import AuditEntry, OutgoingMail
from tests import make
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db

SITUATION, QUESTION, ANSWER, KEEP = "hemligsituation", "hemligfråga", "hemligtsvar", "hemligtbehåll"
SECRETS = (SITUATION, QUESTION, ANSWER, KEEP)


def week() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=7)


def asked_by(asker: Person, *givers: Person, **fields: Any) -> FeedbackRequest:
    values: dict[str, Any] = {"situation": SITUATION, "question": QUESTION, "latest_on": week()} | fields
    return ask_feedback(givers=givers, actor=asker, **values)


def answered(request: FeedbackRequest) -> FeedbackAnswer:
    answer = request.answers.get()
    return give_feedback(answer=answer, revision=1, text=ANSWER, keep=KEEP, attempt="", actor=answer.giver)


def read_by(who: Person, address: str) -> str:
    found = signed_in(who).get(address)
    return found.content.decode() if found.status_code == 200 else str(found.status_code)


@pytest.fixture
def asker(team: Team) -> Person:
    return make.member(team, person=make.person("Agnes", "Askman")).person


def test_only_who_asked_reads_what_came(
    asker: Person, member: Person, chair: Person, owner: Person, stranger: Person, employee: Person
) -> None:
    """The chair is the asker's superior; no role opens it."""
    hr, top = make.role(Role.HR_DEVELOPER), make.role(Role.TOP_MANAGEMENT)
    request = asked_by(asker, member)
    answer = answered(request)
    page = f"/aterkoppling/fraga/{request.pk}/"
    assert all(word in read_by(asker, page) for word in SECRETS)
    for who in (chair, owner, hr, top, stranger, employee, member):
        assert read_by(who, page) == "404"
    for who in (chair, owner, hr, top, asker):
        assert read_by(who, f"/aterkoppling/svar/{answer.pk}/") == "404"
    assert ANSWER in read_by(member, f"/aterkoppling/svar/{answer.pk}/")


def test_no_list_and_no_log_says_what_was_asked_or_answered(
    asker: Person, member: Person, chair: Person, owner: Person
) -> None:
    hr, top = make.role(Role.HR_DEVELOPER), make.role(Role.TOP_MANAGEMENT)
    answered(asked_by(asker, member))
    pages = (
        "/", "/vantar/", "/aterkoppling/", "/klimat/", "/sok/?q=hemlig", f"/personer/{asker.pk}/",
        "/forvaltning/logg/", "/forvaltning/utskick/", "/forvaltning/jobb/", "/konto/logg/",
    )  # fmt: skip
    opened = set()
    for who in (chair, owner, hr, top):
        for address in pages:
            text = read_by(who, address).replace("?q=hemlig", "")
            assert not any(word in text for word in SECRETS), (who, address)
            opened |= {address} if len(text) > 3 else set()
    assert opened == set(pages)  # each is a page that at least one of them reads
    assert (AuditEntry.objects.count(), OutgoingMail.objects.count()) == (2, 2)
    for entry in AuditEntry.objects.all():
        assert not any(word in f"{entry.object_label} {entry.detail}" for word in SECRETS)
    for letter in OutgoingMail.objects.all():
        assert not any(word in f"{letter.subject} {letter.body}" for word in SECRETS)
        assert asker.family_name not in letter.subject
        assert letter.is_secret


def test_the_log_does_not_join_who_asked_with_who_was_asked(asker: Person, member: Person) -> None:
    answered(asked_by(asker, member))
    rows = list(AuditEntry.objects.order_by("pk").values_list("actor", "verb", "object_type"))
    assert rows == [
        (asker.pk, "climate.ask_feedback", "climate.feedbackrequest"),
        (member.pk, "climate.answer_feedback", "climate.feedbackanswer"),
    ]
    assert all(list(entry.concerns.all()) == [entry.actor] for entry in AuditEntry.objects.all())


def test_whoever_is_let_in_reads_until_it_is_taken_back(asker: Person, member: Person, chair: Person) -> None:
    coach = make.role(Role.COACH)
    request = asked_by(asker, member)
    answered(request)
    page = f"/aterkoppling/fraga/{request.pk}/"
    for who in (chair, coach):
        share_feedback(request=request, person=who, actor=asker)
        assert ANSWER in read_by(who, page)
        assert "Agnes Askman" in read_by(who, "/aterkoppling/")
        for action in ("dela", "sluta-dela", "stang"):
            assert signed_in(who).post(f"{page}{action}/").status_code == 403
        stop_sharing_feedback(request=request, person_id=who.pk, actor=asker)
        assert read_by(who, page) == "404"
        assert "Agnes Askman" not in read_by(who, "/aterkoppling/")


def test_who_was_let_in_is_told_to_the_asker_alone(asker: Person, member: Person, chair: Person) -> None:
    request = asked_by(asker, member)
    share_feedback(request=request, person=chair, actor=asker)
    share_feedback(request=request, person=make.person("Olle", "Okänd"), actor=asker)
    page = f"/aterkoppling/fraga/{request.pk}/"
    assert "Olle Okänd" in read_by(asker, page)
    assert "Olle Okänd" not in read_by(chair, page)
    assert "Samir" not in read_by(chair, page)  # who has been asked but not answered


def test_one_may_decline_without_reasons_and_change_ones_mind(asker: Person, member: Person) -> None:
    answer = answered(asked_by(asker, member))
    declined = decline_feedback(answer=answer, revision=2, actor=member)
    assert (declined.text, declined.keep, declined.answered_at) == ("", "", None)
    give_feedback(answer=answer, revision=3, text="Ändå", keep="", attempt="", actor=member)
    assert FeedbackAnswer.objects.get().declined_at is None


def test_of_two_tabs_the_second_keeps_what_it_typed(asker: Person, member: Person) -> None:
    answer = asked_by(asker, member).answers.get()
    address = f"/aterkoppling/svar/{answer.pk}/"
    client = signed_in(member)
    assert client.post(address, {"revision": 1, "text": "Från första fliken"}).status_code == 302
    second = client.post(address, {"revision": 1, "text": "Från andra fliken"})
    assert second.status_code == 409
    text = second.content.decode()
    assert "Från första fliken" in text
    assert "Från andra fliken" in text
    assert FeedbackAnswer.objects.get().text == "Från första fliken"
    with pytest.raises(AnswerMoved):
        decline_feedback(answer=answer, revision=1, actor=member)


def test_what_is_closed_takes_no_answer_and_loses_no_word(asker: Person, member: Person) -> None:
    request = asked_by(asker, member)
    close_feedback(request=request, actor=asker)
    answer = request.answers.get()
    with pytest.raises(FeedbackIsClosed):
        give_feedback(answer=answer, revision=1, text="Sent", keep="", attempt="", actor=member)
    late = signed_in(member).post(
        f"/aterkoppling/svar/{answer.pk}/", {"revision": 1, "text": "Det jag hade skrivit"}
    )
    assert late.status_code == 409
    assert "Det jag hade skrivit" in late.content.decode()
    assert not OutgoingMail.objects.filter(recipient=member).exclude(state="sent").exists()


def test_after_the_last_day_it_is_closed(asker: Person, member: Person) -> None:
    request = asked_by(asker, member)
    assert "Väntar på ditt svar" in read_by(member, "/aterkoppling/")
    FeedbackRequest.objects.update(latest_on=timezone.localdate() - dt.timedelta(days=1))
    with pytest.raises(FeedbackIsClosed):
        decline_feedback(answer=request.answers.get(), revision=1, actor=member)
    assert "Väntar på ditt svar" not in read_by(member, "/aterkoppling/")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"givers": ""}, "givers"),
        ({"givers": "Ingen Alls"}, "givers"),
        ({"givers": "\n".join(f"p{n}@x.example" for n in range(7))}, "givers"),
        ({"situation": ""}, "situation"),
        ({"question": "å" * 201}, "question"),
        ({"latest_on": "2020-01-01"}, "latest_on"),
    ],
)
def test_a_request_that_is_not_whole_asks_nobody(
    changed: dict[str, str], field: str, asker: Person, member: Person
) -> None:
    sent = {
        "situation": "Mötet i tisdags.",
        "question": "Vad hjälpte?",
        "givers": str(member.email),
        "latest_on": week().isoformat(),
    }
    answer = signed_in(asker).post("/aterkoppling/ny/", sent | changed)
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.content.decode()
    assert not FeedbackRequest.objects.exists()


def test_colleagues_are_asked_by_name_or_address_and_nobody_twice(asker: Person, member: Person) -> None:
    other = make.person("Berit", "Bok")
    sent = {
        "situation": "Mötet i tisdags.",
        "question": "Vad hjälpte?",
        "givers": f"{member.email}\nBerit Bok\n\nberit bok, {other.email}",
        "latest_on": week().isoformat(),
    }
    assert signed_in(asker).post("/aterkoppling/ny/", sent).status_code == 302
    assert {answer.giver for answer in FeedbackAnswer.objects.all()} == {member, other}
    assert {letter.recipient for letter in OutgoingMail.objects.all()} == {member, other}
    himself = signed_in(asker).post("/aterkoppling/ny/", sent | {"givers": str(asker.email)})
    assert himself.status_code == 422


def test_who_may_ask(employee: Person, owner: Person) -> None:
    coach = make.role(Role.COACH)
    asked = [signed_in(who).get("/aterkoppling/ny/").status_code for who in (employee, owner, coach)]
    assert asked == [200, 200, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_my_page_asks_the_database_a_fixed_number_of_times(
    count: int, asker: Person, member: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        asked_by(member, asker, question=f"Till mig {number}")
        request = asked_by(asker, member, question=f"Från mig {number}")
        shown = asked_by(member, make.person(), question=f"Visad {number}")
        share_feedback(request=shown, person=asker, actor=member)
        answered(request)
    client = signed_in(asker)
    with django_assert_num_queries(11):  # session (1 and 3 to renew), person, standing (3), mine (3)
        text = client.get("/aterkoppling/").content.decode()
    assert text.count("vill ha din återkoppling</h3>") == count
    assert text.count("1 av 1 har svarat") == count
    assert text.count("Återkoppling till Samir Haddad") == count
