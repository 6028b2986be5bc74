"""Questionnaires that the organisation writes itself."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from styrfart.climate.actions.instruments import (
    DraftMoved,
    begin_version,
    change_instrument,
    compose_instrument,
    make_instrument_ready,
    retire_instrument,
)
from styrfart.climate.forms.instruments import OwnInstrumentForm, as_written
from styrfart.climate.instruments import Licence
from styrfart.climate.models import OwnInstrument
from styrfart.climate.queries.instruments import NoSuchInstrument, find, instruments_for
from styrfart.people.models import Person, Role
from tests import make
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db

WRITTEN: dict[str, Any] = {
    "title": "Samarbetet med kommundelarna",
    "about": "Hur vi arbetar med kommundelarna.",
    "answering": "workplace",
    "original": "sv",
    "items": "Vi ringer i tid.\nVi svarar samma dag.\nDet dröjer för länge.",
    "items_other": "We call in time.\nWe answer the same day.\nIt takes too long.",
    "scale": "agree",
    "steps": "",
    "steps_other": "",
    "better": "higher",
    "turned": "3",
    "parts": "Snabbhet: 1, 2",
    "has_total": "on",
    "origin": "own",
    "text_owner": "Utvecklingskontoret",
    "declares": "on",
}


@pytest.fixture
def hr(db: None) -> Person:
    return make.role(Role.HR_DEVELOPER, make.person("Hanna", "Hermansson"))


def form_of(**changed: Any) -> OwnInstrumentForm:
    return OwnInstrumentForm({**WRITTEN, **changed})


def written(hr: Person, **changed: Any) -> OwnInstrument:
    form = form_of(**changed)
    assert form.is_valid(), form.errors
    return compose_instrument(spec=form.spec, origin="own", text_owner="Kontoret", actor=hr)


def ready(hr: Person, **changed: Any) -> OwnInstrument:
    draft = written(hr, **changed)
    return make_instrument_ready(draft=draft, revision=draft.revision, actor=hr)


def test_what_is_written_becomes_a_whole_questionnaire(hr: Person) -> None:
    made = written(hr).instrument
    assert made.licence == Licence.ORGANISATION
    assert made.is_validated is False
    assert made.validation.to("sv") == "Eget formulär, ej validerat."
    assert made.languages == ("sv", "en")
    assert [item.is_reversed for item in made.items] == [False, False, True]
    assert [(part.name.to("sv"), part.items) for part in made.sub_indices] == [("Snabbhet", ("f1", "f2"))]
    assert len(made.steps) == 5
    assert made.total.to("en") == "Overall"
    assert made.name == f"{OwnInstrument.objects.get().key}@1"


def test_one_language_is_enough(hr: Person) -> None:
    assert written(hr, items_other="", scale="own", steps="Nej\nJa").instrument.languages == ("sv",)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"declares": ""}, "declares"),
        ({"text_owner": ""}, "text_owner"),
        ({"origin": ""}, "origin"),
        ({"items": "  \n "}, "items"),
        ({"items_other": "One line."}, "items_other"),
        ({"scale": "own", "steps": "Ja", "items_other": ""}, "steps"),
        ({"scale": "own", "steps": "Nej\nJa"}, "steps_other"),
        ({"turned": "4"}, "turned"),
        ({"parts": "Snabbhet 1, 2"}, "parts"),
        ({"parts": "Snabbhet: 7"}, "parts"),
        ({"items": "\n".join(f"Fråga {n}" for n in range(61)), "items_other": "", "turned": ""}, "items"),
        ({"items": "å" * 301}, "items"),
    ],
)
def test_what_is_not_whole_is_refused_where_it_is_put_right(changed: dict[str, Any], field: str) -> None:
    form = form_of(**changed)
    assert not form.is_valid()
    assert list(form.errors) == [field]


def test_a_text_that_nobody_answers_for_is_not_stored(hr: Person) -> None:
    answer = signed_in(hr).post("/klimat/formular/nytt/", {**WRITTEN, "declares": ""})
    assert answer.status_code == 422
    assert not OwnInstrument.objects.exists()


def test_the_form_shows_again_what_was_written(hr: Person) -> None:
    draft = written(hr, scale="own", steps="Nej\nJa", steps_other="No\nYes")
    again = OwnInstrumentForm({**as_written(draft), "declares": "on"})
    assert again.is_valid(), again.errors
    assert again.spec["items"] == draft.spec["items"]
    assert again.spec["steps"] == draft.spec["steps"]
    assert again.spec["sub_indices"] == draft.spec["sub_indices"]


def test_a_draft_cannot_be_chosen_and_what_is_ready_can(hr: Person) -> None:
    draft = written(hr)
    with pytest.raises(NoSuchInstrument):
        find(draft.key)
    make_instrument_ready(draft=draft, revision=1, actor=hr)
    assert find(draft.key).title.to("sv") == WRITTEN["title"]
    assert [each.key for each in instruments_for(hr)][-1] == draft.key


def test_a_version_that_is_ready_never_changes(hr: Person) -> None:
    own = ready(hr)
    form = form_of(title="Annat")
    assert form.is_valid()
    with pytest.raises(DraftMoved):
        change_instrument(
            draft=own, revision=1, spec=form.spec, origin="own", text_owner="Kontoret", actor=hr
        )
    assert OwnInstrument.objects.get().title == WRITTEN["title"]


def test_a_change_is_a_new_version_and_the_old_one_is_asked_until_it_is_ready(hr: Person) -> None:
    own = ready(hr)
    draft = begin_version(own=own, actor=hr)
    assert begin_version(own=own, actor=hr) == draft
    form = form_of(title="Nya namnet")
    assert form.is_valid()
    change_instrument(draft=draft, revision=1, spec=form.spec, origin="own", text_owner="Kontoret", actor=hr)
    assert find(own.key).name == f"{own.key}@1"
    make_instrument_ready(draft=draft, revision=2, actor=hr)
    assert (find(own.key).name, find(own.key).title.to("sv")) == (f"{own.key}@2", "Nya namnet")
    assert OwnInstrument.objects.get(pk=own.pk).title == WRITTEN["title"]


def test_of_two_tabs_the_second_keeps_what_it_typed_and_sees_what_there_is(hr: Person) -> None:
    draft = written(hr)
    address = f"/klimat/formular/{draft.key}/andra/"
    first = signed_in(hr).post(
        address,
        {**WRITTEN, "revision": 1, "items": "Vi ringer.", "items_other": "", "turned": "", "parts": ""},
    )
    assert first.status_code == 302
    second = signed_in(hr).post(address, {**WRITTEN, "revision": 1, "title": "Det jag skrev"})
    assert second.status_code == 409
    text = second.content.decode()
    assert "Det jag skrev" in text
    assert "Vi ringer." in text
    assert 'name="revision" value="2"' in text


def test_what_was_not_read_is_not_made_ready(hr: Person) -> None:
    draft = written(hr)
    form = form_of()
    assert form.is_valid()
    change_instrument(draft=draft, revision=1, spec=form.spec, origin="own", text_owner="Kontoret", actor=hr)
    signed_in(hr).post(f"/klimat/formular/{draft.key}/klart/", {"revision": 1})
    assert OwnInstrument.objects.get().state == "draft"


def test_what_is_no_longer_used_cannot_be_chosen(hr: Person) -> None:
    own = ready(hr)
    retire_instrument(own=own, actor=hr)
    with pytest.raises(NoSuchInstrument):
        find(own.key)


def test_who_may(hr: Person, owner: Person, chair: Person, employee: Person, settings: object) -> None:
    own = ready(hr)
    coach = make.role(Role.COACH)
    draft = begin_version(own=own, actor=hr)
    rows: dict[str, tuple[int, ...]] = {}
    people = (hr, owner, chair, employee, coach)
    for address in (
        "/klimat/formular/",
        f"/klimat/formular/{own.key}/",
        f"/klimat/formular/{own.key}/fraga/2/",
        "/klimat/formular/nytt/",
        f"/klimat/formular/{draft.key}/andra/",
    ):
        rows[address.replace(own.key, "x")] = tuple(signed_in(who).get(address).status_code for who in people)
    assert rows == {
        "/klimat/formular/": (200, 200, 200, 200, 404),
        "/klimat/formular/x/": (200, 200, 200, 200, 404),
        "/klimat/formular/x/fraga/2/": (200, 200, 200, 200, 404),
        "/klimat/formular/nytt/": (200, 403, 403, 403, 404),
        "/klimat/formular/x/andra/": (200, 403, 403, 403, 404),
    }
    for action in ("klart", "ny-version", "slang", "sluta"):
        asked = [
            signed_in(who).post(f"/klimat/formular/{own.key}/{action}/").status_code for who in people[1:]
        ]
        assert asked == [403, 403, 403, 404]


def test_a_draft_is_read_only_by_those_who_write(hr: Person, employee: Person) -> None:
    draft = written(hr)
    assert signed_in(hr).get(f"/klimat/formular/{draft.key}/").status_code == 200
    assert signed_in(employee).get(f"/klimat/formular/{draft.key}/").status_code == 404
    assert WRITTEN["title"] not in signed_in(employee).get("/klimat/formular/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_once(
    count: int, hr: Person, employee: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        ready(hr, title=f"Formulär {number}")
    client = signed_in(employee)
    with django_assert_num_queries(9):  # session (1 and 3 to renew), person, who one is (3), their own
        text = client.get("/klimat/formular/").content.decode()
    assert text.count("Formulär 0") == 1
    assert text.count("Ej validerat") == 8 + count
    assert text.count("Översättning, ej validerad") == 1
    assert "Shea" not in text


def test_a_page_says_by_what_right_the_text_stands_there(employee: Person) -> None:
    client = signed_in(employee)
    oric = client.get("/klimat/formular/oric/").content.decode()
    assert "Shea" in oric
    assert "CC BY" in oric
    assert "ej validerad" in oric
    assert client.get("/klimat/formular/hme/fraga/10/").status_code == 404
    question = client.get("/klimat/formular/hme/fraga/9/").content.decode()
    assert "Vill inte svara" in question
    assert "<form" not in question.split("<main")[1]
