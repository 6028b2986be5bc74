"""Pages that stood open while the mandate moved on: pressed twice, adopted, discarded, begun anew."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from styrfart.mandates import actions
from styrfart.mandates.models import Mandate, MandateState
from styrfart.people.models import Person, Team
from tests import make
from tests.make.mandates import whole_mandate
from tests.mandates.pages import at, text

MEETING = {"concerns": "Min text", "destination": "meeting"}


@pytest.fixture
def proposal(team: Team, chair: Person, member: Person) -> Mandate:
    draft = whole_mandate(team, by=chair)
    return actions.propose_mandate(mandate=draft, revision=1, actor=chair)


def test_confirming_twice_by_pressing_twice_is_told(team: Team, proposal: Mandate, as_member: Client) -> None:
    posted = {"mandate": proposal.pk, "revision": proposal.revision}
    first, second = (as_member.post(at("confirm-mandate", team), posted, follow=True) for _ in range(2))
    assert "Du har bekräftat mandatet. Det är antaget" in text(first)
    assert second.status_code == 200
    assert "Förslaget är taget tillbaka eller redan antaget." in text(second)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("withdraw-proposal", "Förslaget är redan taget tillbaka eller antaget."),
        ("adopt-mandate", "Förslaget är taget tillbaka eller redan antaget."),
        ("propose-mandate", "Mandatet är redan föreslaget, antaget eller kastat."),
        ("discard-draft", "Utkastet finns inte längre."),
        ("ask-for-change", "Förslaget är taget tillbaka eller redan antaget."),
    ],
)
def test_what_comes_after_the_adoption_is_told_on_the_page_of_the_mandate(
    team: Team, proposal: Mandate, member: Person, as_chair: Client, name: str, said: str
) -> None:
    actions.confirm_mandate(mandate=proposal, revision=1, actor=member)
    answer = as_chair.post(at(name, team), {"text": "Ändra syftet."}, follow=True)
    assert answer.redirect_chain == [(at("show", team), 302)]
    assert said in text(answer)
    assert Mandate.objects.get().state == MandateState.ADOPTED


@pytest.mark.parametrize("name", ["answer", "add-rule", "change-rule"])
def test_what_is_typed_while_the_draft_is_discarded_is_kept_on_the_page(
    team: Team, chair: Person, as_member: Client, name: str
) -> None:
    draft = whole_mandate(team, by=chair)
    values: dict[str, dict[str, Any]] = {
        "answer": {"page": "syfte"},
        "add-rule": {},
        "change-rule": {"pk": draft.rules.get().pk},
    }
    posted = {**MEETING, "purpose": "Min text", "mandate": draft.pk, "revision": draft.revision}
    actions.discard_draft(mandate=draft, actor=chair)
    answer = as_member.post(at(name, team, **values[name]), posted)
    assert answer.status_code == 409
    assert "Utkastet går inte att ändra just nu" in text(answer)
    assert "Min text" in text(answer)


def test_what_was_read_in_a_discarded_draft_is_not_written_in_the_next(
    team: Team, chair: Person, as_member: Client
) -> None:
    old = whole_mandate(team, by=chair)
    actions.discard_draft(mandate=old, actor=chair)
    new = actions.start_draft(team=team, source=None, actor=chair)
    posted = {**MEETING, "purpose": "Min text", "mandate": old.pk, "revision": "1"}
    for url in (at("answer", team, page="syfte"), at("add-rule", team)):
        answer = as_member.post(url, posted)
        assert answer.status_code == 409
        assert "Min text" in text(answer)
    new.refresh_from_db()
    assert (new.purpose, new.rules.count()) == ("", 0)


def test_rows_are_added_to_what_was_read(team: Team, draft: Mandate, as_member: Client) -> None:
    url = at("answer", team, page="resultat")
    shown = as_member.post(url, {"mandate": draft.pk, "revision": "1", "count": "1", "row": "add"})
    assert shown.context["form"]["mandate"].value() == str(draft.pk)


@pytest.mark.parametrize("name", ["move-rule", "remove-rule"])
def test_a_rule_of_a_discarded_draft_is_neither_moved_nor_removed(
    team: Team, chair: Person, as_member: Client, name: str
) -> None:
    draft = whole_mandate(team, by=chair)
    url = at(name, team, pk=draft.rules.get().pk)
    actions.discard_draft(mandate=draft, actor=chair)
    answer = as_member.post(url, {"flytta": "upp", "revision": "1"}, follow=True)
    assert answer.redirect_chain == [(at("show", team), 302)]
    assert "Regeln är redan borttagen." in text(answer)


def test_another_draft_than_the_one_read_is_not_discarded(
    team: Team, chair: Person, as_chair: Client
) -> None:
    old = whole_mandate(team, by=chair)
    actions.discard_draft(mandate=old, actor=chair)
    new = actions.start_draft(team=team, source=None, actor=chair)
    answer = as_chair.post(at("discard-draft", team), {"mandate": old.pk}, follow=True)
    assert "Utkastet finns inte längre." in text(answer)
    assert list(Mandate.objects.all()) == [new]
    as_chair.post(at("discard-draft", team), {"mandate": new.pk})
    assert not Mandate.objects.exists()


def test_a_member_confirms_the_proposal_that_was_read_and_no_other(
    team: Team, proposal: Mandate, chair: Person, as_member: Client
) -> None:
    read = {"mandate": proposal.pk, "revision": proposal.revision}
    actions.withdraw_proposal(mandate=proposal, actor=chair)
    actions.discard_draft(mandate=proposal, actor=chair)
    other = whole_mandate(team, by=chair)
    actions.propose_mandate(mandate=other, revision=1, actor=chair)
    answer = as_member.post(at("confirm-mandate", team), read, follow=True)
    assert "Förslaget har ändrats sedan du öppnade sidan." in text(answer)
    assert Mandate.objects.get().state == MandateState.PROPOSED


def test_a_mandate_superseded_meanwhile_is_not_kept(team: Team, as_chair: Client) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    old = make.mandate(team, state=MandateState.SUPERSEDED, review_on=yesterday)
    new = make.mandate(team, review_on=yesterday)
    assert f'name="mandate" value="{new.pk}"' in text(as_chair.get(at("show", team)))
    answer = as_chair.post(at("keep-mandate", team), {"mandate": old.pk}, follow=True)
    assert "Mandatet har ersatts av ett nytt." in text(answer)
    new.refresh_from_db()
    assert new.reviewed_on is None


def test_a_remark_on_what_has_become_a_draft_is_kept_and_nothing_can_be_confirmed(
    team: Team, proposal: Mandate, chair: Person, as_member: Client
) -> None:
    actions.withdraw_proposal(mandate=proposal, actor=chair)
    answer = as_member.post(at("ask-for-change", team), {"text": "Ändra syftet."})
    shown = text(answer)
    assert answer.status_code == 409
    assert "Ändra syftet." in shown
    assert "Ett utkast som ingen har antagit." in shown
    assert "Bekräfta mandatet" not in shown
    assert "Har inte bekräftat än" not in shown


@pytest.mark.parametrize("is_proposed", [True, False])
def test_the_way_from_a_rule_in_force_to_the_draft_tells_what_is_in_the_way(
    team: Team, chair: Person, member: Person, as_chair: Client, is_proposed: bool
) -> None:
    adopted = whole_mandate(team, state=MandateState.ADOPTED)
    draft = actions.start_draft(team=team, source=adopted, actor=chair)
    if is_proposed:
        actions.propose_mandate(mandate=draft, revision=1, actor=chair)
    else:
        draft.rules.all().delete()
    answer = as_chair.post(at("reopen-rule", team, key=adopted.rules.get().key), follow=True)
    said = (
        "går inte att ändra förrän förslaget tas tillbaka"
        if is_proposed
        else "Regeln är borttagen i utkastet."
    )
    assert said in text(answer)


def test_the_way_back_leads_back(team: Team, chair: Person, as_chair: Client) -> None:
    adopted = whole_mandate(team, state=MandateState.ADOPTED)
    copy = actions.start_draft(team=team, source=adopted, actor=chair).rules.get()
    back = 'class="btn btn--quiet" href="{}"'
    in_force = text(as_chair.get(at("reopen-rule", team, key=copy.key)))
    assert back.format(at("show", team)) in in_force
    removing = text(as_chair.get(at("remove-rule", team, pk=copy.pk)))
    assert back.format(at("answer", team, page="regler")) in removing
