"""The pages on which a mandate is proposed, confirmed, changed and compared."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from styrfart.mandates import actions
from styrfart.mandates.models import (
    Mandate,
    MandateState,
    Remark,
)
from styrfart.people.models import Person, Team
from tests import make
from tests.make.mandates import whole_mandate
from tests.mandates.pages import at, text


def test_an_incomplete_draft_shows_what_is_missing_instead_of_a_button(
    team: Team, draft: Mandate, as_chair: Client
) -> None:
    shown = text(as_chair.get(at("check", team)))
    assert "Svara på det här först" in shown
    assert at("propose-mandate", team) not in shown
    posted = {"revision": "1", "review_on": (timezone.localdate() + dt.timedelta(days=30)).isoformat()}
    answer = as_chair.post(at("propose-mandate", team), posted, follow=True)
    assert "Svara på alla frågor innan du föreslår mandatet." in text(answer)


@pytest.mark.parametrize(
    ("days", "error"),
    [
        (0, "Välj en dag efter i dag"),
        (-400, "Välj en dag efter i dag"),
        (800, "Välj en dag inom två år"),
    ],
)
def test_a_review_is_within_two_years(
    team: Team, as_chair: Client, chair: Person, days: int, error: str
) -> None:
    whole_mandate(team, by=chair)
    day = timezone.localdate() + dt.timedelta(days=days)
    answer = as_chair.post(at("propose-mandate", team), {"revision": "1", "review_on": day.isoformat()})
    assert answer.status_code == 422
    assert text(answer).count(error) == 2


def test_a_member_asks_for_a_change_and_the_chair_reads_it(
    team: Team, as_chair: Client, as_member: Client, chair: Person
) -> None:
    mandate = whole_mandate(team, by=chair)
    actions.propose_mandate(mandate=mandate, revision=1, actor=chair)
    empty = as_member.post(at("ask-for-change", team), {"text": " "})
    assert empty.status_code == 422
    assert text(empty).count("Skriv vad du vill ändra") >= 2
    as_member.post(at("ask-for-change", team), {"text": "Regel 1 är otydlig"})
    assert "Regel 1 är otydlig" in text(as_chair.get(at("check", team)))
    too_late = as_member.post(at("ask-for-change", team), {"text": "En sak till"})
    assert too_late.status_code == 409
    assert "En sak till" in text(too_late)
    assert Remark.objects.count() == 1


def test_a_rule_in_force_is_changed_through_a_draft(team: Team, as_chair: Client) -> None:
    adopted = whole_mandate(team, state=MandateState.ADOPTED)
    rule = adopted.rules.get()
    url = at("reopen-rule", team, key=rule.key)
    assert "Ändra regeln" in text(as_chair.get(url))
    first = as_chair.post(url)
    copy = Mandate.objects.get(state=MandateState.DRAFT).rules.get()
    assert first["Location"] == at("change-rule", team, pk=copy.pk)
    assert as_chair.post(url)["Location"] == first["Location"]
    assert Mandate.objects.count() == 2


def test_a_new_version_begins_with_what_the_mandate_in_force_says(team: Team, as_chair: Client) -> None:
    adopted = whole_mandate(team, state=MandateState.ADOPTED)
    answer = as_chair.post(at("start-draft", team), {"source": "adopted"})
    assert answer["Location"] == at("answer", team, page="syfte")
    copy = Mandate.objects.get(state=MandateState.DRAFT)
    assert list(copy.rules.values_list("key")) == list(adopted.rules.values_list("key"))


def test_a_mandate_that_calls_for_a_review_may_be_kept(
    team: Team, as_chair: Client, as_member: Client
) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    make.mandate(team, review_on=yesterday)
    assert "Dags att se över mandatet" in text(as_chair.get(at("show", team)))
    assert "Dags att se över mandatet" not in text(as_member.get(at("show", team)))
    as_chair.post(at("keep-mandate", team))
    assert "Dags att se över mandatet" not in text(as_chair.get(at("show", team)))


def test_two_versions_are_compared_in_words(team: Team, as_member: Client) -> None:
    before = whole_mandate(team, state=MandateState.SUPERSEDED)
    gone = make.rule(before, "Fika")
    after = whole_mandate(team, state=MandateState.ADOPTED)
    kept = before.rules.get(number=1)
    after.rules.update(key=kept.key, concerns="Prioritering mellan enheter")
    after.purpose = "Vi ser till att staden byggs i rätt takt."
    after.save(update_fields=["purpose"])
    make.rule(after, "Inköp")
    shown = text(as_member.get(at("compare", team), {"fran": "1", "till": "2"}))
    assert '<ins><span class="vh">tillagt: </span>enheter</ins>' in shown
    assert '<del><span class="vh">borttaget: </span>avdelningar</del>' in shown
    for word, what in [("Ny", "Inköp"), ("Borttagen", gone.concerns), ("Ändrad", "Prioritering")]:
        assert word in shown
        assert what in shown


@pytest.mark.parametrize(
    "query",
    [{"fran": "9", "till": "1"}, {"fran": "x", "till": ""}, {"fran": "1", "till": "99999999999999999999"}],
)
def test_versions_that_do_not_exist_are_not_compared(
    team: Team, as_member: Client, query: dict[str, str]
) -> None:
    whole_mandate(team, state=MandateState.ADOPTED)
    answer = as_member.get(at("compare", team), query)
    assert answer.status_code == 422
    assert "Välj en version i listan" in text(answer)
