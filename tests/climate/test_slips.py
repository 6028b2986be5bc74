import re

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from styrfart.climate import keys
from styrfart.climate.actions import NotInvited, cast, rounds
from styrfart.climate.models import Ballot, Invitation, Round, RoundState
from tests.climate.round_stage import Office, launched, staffed
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
NINE = "543210543"


@pytest.fixture
def office() -> Office:
    made = Office()
    staffed(made.big, 2, email=None)
    return made


def codes_in(page: str) -> list[str]:
    return [keys.as_typed(code) for code in re.findall(r"slips__code\">([^<]+)<", page)]


def made_for(asked: Round, browser: Client, number: int) -> list[str]:
    group = asked.groups.get(name="Arkivet")
    answer = browser.post(f"/klimat/pulser/{asked.pk}/lappar/", {f"grupp_{group.pk}": number})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    return codes_in(answer.content.decode())


def test_as_many_slips_are_offered_as_there_are_people_without_an_address(office: Office) -> None:
    asked = launched(office)
    page = signed_in(office.developer).get(f"/klimat/pulser/{asked.pk}/lappar/").content.decode()
    assert "2 personer har ingen e-post." in page
    assert 'value="2"' in page
    assert "Växeln" not in page


def test_a_code_gives_one_answer(office: Office) -> None:
    asked = launched(office)
    codes = made_for(asked, signed_in(office.developer), 2)
    assert [len(code) for code in codes] == [keys.PAPER_LENGTH] * 2
    assert cast(link=codes[0], values=NINE, texts={}) == asked
    assert Ballot.objects.count() == 1


def test_codes_are_shown_once_and_stored_nowhere(office: Office) -> None:
    asked = launched(office)
    browser = signed_in(office.developer)
    codes = made_for(asked, browser, 2)
    again = browser.get(f"/klimat/pulser/{asked.pk}/lappar/").content.decode()
    stored = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # tables of our own
            stored += [str(row) for row in cursor.fetchall()]
    everything = "\n".join([*stored, again])
    for code in codes:
        assert keys.digest_of(code) in everything  # what is stored is found
        assert code not in everything
        assert keys.in_groups(code) not in everything


def test_new_slips_void_the_old_ones_before_it_opens(office: Office) -> None:
    asked = launched(office, opens_in=1)
    browser = signed_in(office.developer)
    old, _other = made_for(asked, browser, 2)
    page = browser.get(f"/klimat/pulser/{asked.pk}/lappar/").content.decode()
    assert "2 lappar är redan utskrivna och slutar gälla om du gör nya." in page
    (fresh,) = made_for(asked, browser, 1)
    Round.objects.filter(pk=asked.pk).update(state=RoundState.OPEN, opens_on=timezone.localdate())
    with pytest.raises(NotInvited):
        cast(link=old, values=NINE, texts={})
    cast(link=fresh, values=NINE, texts={})
    assert Invitation.objects.filter(channel=Invitation.Channel.PAPER).count() == 1
    assert Invitation.objects.filter(channel=Invitation.Channel.MAIL).count() == 13


def test_nobody_answers_again_and_again_by_new_slips_to_be_above_the_threshold(office: Office) -> None:
    """Whoever draws slips could else answer as many and read what the one colleague who is left said."""
    asked = launched(office)
    browser = signed_in(office.developer)
    address, field = f"/klimat/pulser/{asked.pk}/lappar/", f"grupp_{asked.groups.get(name='Arkivet').pk}"
    assert browser.post(address, {field: 3}).status_code == 422  # two have no address
    for code in made_for(asked, browser, 2):
        cast(link=code, values=NINE, texts={})
    page = browser.get(address).content.decode()
    assert "Arkivet: 2 lappar är gjorda. Pulsen har öppnat, så nya kan inte göras." in page
    assert field not in page
    assert browser.post(address, {field: 2}).status_code == 422
    group = asked.groups.get(name="Arkivet")
    with pytest.raises(rounds.TooManySlips):
        rounds.make_slips(round=asked, numbers=[(group, 1)], actor=office.developer)
    assert Invitation.objects.filter(channel=Invitation.Channel.PAPER).count() == 2


def test_before_anybody_is_invited_there_are_no_slips(office: Office) -> None:
    """Else everybody would seem to have no address, and get a slip and a letter."""
    asked = launched(office, opens_in=1)
    Invitation.objects.filter(round=asked).delete()
    Round.objects.filter(pk=asked.pk).update(public_key=None)
    field = f"grupp_{asked.groups.get(name='Arkivet').pk}"
    answer = signed_in(office.developer).post(f"/klimat/pulser/{asked.pk}/lappar/", {field: 9}, follow=True)
    assert "Vänta en minut och gör sedan lapparna." in answer.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("", "Skriv hur många lappar du behöver"),
        ("två", "Skriv antalet med siffror"),
        ("-1", "Skriv antalet med siffror"),
        ("999", "Så många saknar inte e-post. Skriv högst 2"),
    ],
)
def test_a_number_that_cannot_be(office: Office, number: str, fault: str) -> None:
    asked = launched(office)
    group = asked.groups.get(name="Arkivet")
    answer = signed_in(office.developer).post(
        f"/klimat/pulser/{asked.pk}/lappar/", {f"grupp_{group.pk}": number}
    )
    assert answer.status_code == 422
    assert fault in answer.content.decode()
    assert not Invitation.objects.filter(channel=Invitation.Channel.PAPER).exists()


def test_a_closed_round_has_no_use_for_slips(office: Office) -> None:
    asked = launched(office)
    Round.objects.filter(pk=asked.pk).update(state=RoundState.CLOSED)
    group = asked.groups.get(name="Arkivet")
    answer = signed_in(office.developer).post(
        f"/klimat/pulser/{asked.pk}/lappar/", {f"grupp_{group.pk}": 1}, follow=True
    )
    assert "Lappar behövs inte längre." in answer.content.decode()
    with pytest.raises(rounds.RoundHasEnded):
        rounds.make_slips(round=asked, numbers=[(group, 1)], actor=office.developer)
