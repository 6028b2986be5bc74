"""The promise: the same words everywhere, each of them backed by tests that exist, and by the schema."""

import ast
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.utils import translation

from styrfart.climate import promise
from styrfart.climate.models import Answer, Ballot, Comment, Group, Invitation, Round, UsedLink
from styrfart.climate.models.rounds import thresholds
from styrfart.people.models import Person
from styrfart.shared.protection import PARTS, tell
from tests import make
from tests.climate.respondent import NINE, TEXT_QUESTION, invited

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
OF_ANSWERS = (Ballot, UsedLink, Answer, Comment)


@cache
def written_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text())
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize(
    "sentence", dict.fromkeys((*promise.EVERY, *promise.BY_NAME)), ids=lambda one: str(one.text)[:40]
)
def test_each_sentence_is_backed_by_tests_that_exist(sentence: promise.Sentence) -> None:
    assert sentence.backed_by
    for name in sentence.backed_by:
        file, _, test = name.partition("::")
        assert test in written_in(file), name


def test_what_everybody_is_told_is_a_part_of_everything() -> None:
    assert [one for one in promise.EVERY if one in promise.ALWAYS] == list(promise.ALWAYS)
    assert set(promise.EVERY) - set(promise.ALWAYS) == {promise.IN_WORDS}


def related(model: type[models.Model]) -> set[type[models.Model]]:
    """The tables that the model points at."""
    return {field.related_model for field in model._meta.get_fields() if field.concrete and field.is_relation}  # type: ignore[misc]  # of a relation it is a model


def test_no_column_leads_from_an_answer_to_a_person() -> None:
    for model in OF_ANSWERS:
        assert not related(model) & {Person, Invitation}
        assert related(model) <= {Round, Group}
    # Nor does a table point at an answer, from which the way back would be as short.
    for model in OF_ANSWERS:
        assert [
            field for field in model._meta.get_fields() if field.auto_created and not field.concrete
        ] == []


def test_nothing_that_is_stored_of_an_answer_says_who_or_when() -> None:
    columns = {
        model.__name__: sorted(field.column for field in model._meta.concrete_fields if field.column)
        for model in OF_ANSWERS
    }
    assert columns == {
        "Ballot": ["id", "round_id", "sealed"],
        "UsedLink": ["id", "round_id"],
        "Answer": ["group_id", "number", "values"],
        "Comment": ["group_id", "id", "question", "round_id", "text"],
    }
    moments = (models.DateField, models.TimeField)
    assert not [
        field for model in OF_ANSWERS for field in model._meta.concrete_fields if isinstance(field, moments)
    ]
    # Numbers of ballots and used links are not given out in the order in which they come.
    for model in (Ballot, UsedLink):
        assert not isinstance(model._meta.pk, models.AutoField)


def test_nothing_joins_a_used_link_to_an_invitation() -> None:
    asked, somebody = invited()
    make.invitation(asked.groups.get())
    somebody.answer()
    before = list(Invitation.objects.order_by("pk").values())
    somebody.send()
    assert list(Invitation.objects.order_by("pk").values()) == before
    used = UsedLink.objects.get().pk
    for row in before:
        digest = str(row["digest"])
        assert f"{used:x}" not in digest
        assert str(used) not in repr(row)


def test_a_text_is_stored_apart_from_the_other_answers() -> None:
    asked, somebody = invited(text_questions=[TEXT_QUESTION])
    somebody.answer(NINE, ["Mer tid."])
    somebody.send()
    ballots: list[dict[str, object]] = [dict(row) for row in Ballot.objects.values()]
    assert len(ballots) == 2
    assert {row["round_id"] for row in ballots} == {asked.pk}
    # They share the round and nothing else.
    first, second = ballots
    assert [name for name in first if bytes_of(first[name]) == bytes_of(second[name])] == ["round_id"]


def bytes_of(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def test_the_threshold_of_a_round_is_never_lowered() -> None:
    asked = make.climate_round()
    for lower in ({"least": 6}, {"least_text": 9}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Round.objects.filter(pk=asked.pk).update(**lower)
    assert thresholds() == (7, 10)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_same_words_stand_before_under_and_after(language: str) -> None:
    asked, somebody = invited(text_questions=[TEXT_QUESTION], least=9, least_text=11)
    somebody.client.cookies["language"] = language
    with translation.override(language):
        told = promise.sentences(asked)
    assert len(told) == len(promise.EVERY)
    assert ("minst nio svar" if language == "sv" else "at least nine answers") in " ".join(told)
    assert ("minst elva har skrivit" if language == "sv" else "at least eleven people") in " ".join(told)
    listed = "".join(f"<li>{sentence}</li>" for sentence in told[1:])
    block = f'<b>{told[0]}</b></p><ul class="plain small">{listed}</ul>'
    places: list[tuple[str, ...]] = [("start",), ("question", "1"), ("text", "1"), ("check",)]
    somebody.answer(NINE, ["Hej"])
    for name, *number in places:
        assert block in unescape(somebody.get(name, *map(int, number)).content.decode()), name
    somebody.send()
    for name in ("done", "start"):
        assert block in unescape(somebody.get(name).content.decode()), name


def test_without_questions_in_words_nothing_is_said_of_them() -> None:
    asked, somebody = invited()
    assert promise.sentences(asked) == tuple(one.told(7, 10) for one in promise.ALWAYS)
    assert "egna ord" not in somebody.get("start").content.decode()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_about_protection_tells_every_sentence_and_every_limit(language: str) -> None:
    client = Client()
    client.cookies["language"] = language
    page = unescape(client.get("/skydd/").content.decode())
    section = page[page.index('<h2 id="puls">') : page.index("<h2>", page.index('<h2 id="puls-granser">'))]
    with translation.override(language):
        told = [*promise.everything(), *promise.limits()]
    found = [line.split("</li>")[0] for line in section.split("<li>")[1:]]
    assert found == told
    assert len(told) == len(promise.EVERY) + len(promise.LIMITS)


def test_a_room_tells_its_part_once() -> None:
    before = list(PARTS)
    tell(*before)
    assert before == PARTS
    assert [part.anchor for part in PARTS if part.anchor.startswith("puls")] == ["puls", "puls-granser"]
