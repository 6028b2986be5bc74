"""How people work best: shown to those whom the writer chose, while both are there; taken down at once."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from styrfart.climate.actions.ways import WRITTEN, WayMoved, save_way, take_down_way
from styrfart.climate.models import WayOfWorking
from styrfart.people.models import Person, Role, Team, TeamMember, Unit
from styrfart.shared.models import AuditEntry
from tests import make
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db

WORD = "hemligvana"


def written(who: Person, *teams: Team, units: tuple[Unit, ...] = (), revision: int = 0) -> WayOfWorking:
    texts = dict.fromkeys(WRITTEN, "") | {"best": f"Tidigt, med {WORD}."}
    return save_way(
        revision=revision,
        texts=texts,
        team_ids=[each.pk for each in teams],
        unit_ids=[each.pk for each in units],
        actor=who,
    )


def page_of(team: Team, who: Person) -> str:
    found = signed_in(who).get(f"/sa-jobbar-jag/lg/{team.slug}/")
    return found.content.decode() if found.status_code == 200 else str(found.status_code)


def test_the_team_reads_what_is_shown_to_it_and_nobody_else(
    team: Team, member: Person, chair: Person, secretary: Person, stranger: Person, owner: Person
) -> None:
    superior = make.person()
    make.post(superior, team.unit)
    hr, top, coach = make.role(Role.HR_DEVELOPER), make.role(Role.TOP_MANAGEMENT), make.role(Role.COACH)
    make.member(team, person=coach)
    written(member, team)
    for who in (member, chair, secretary):
        assert WORD in page_of(team, who)
    for who in (stranger, owner, hr, top, coach, superior):
        assert page_of(team, who) == "404"


def test_what_is_not_shown_to_the_team_is_not_there(team: Team, member: Person, chair: Person) -> None:
    other = make.team()
    make.member(other, person=member)
    written(member, other)
    assert WORD in page_of(other, member)
    assert WORD not in page_of(team, chair)
    assert page_of(team, chair) != "404"


def test_it_is_taken_down_at_once_and_kept_for_its_writer(team: Team, member: Person, chair: Person) -> None:
    written(member, team)
    assert WORD in page_of(team, chair)
    signed_in(member).post("/sa-jobbar-jag/ta-ner/")
    assert WORD not in page_of(team, chair)
    assert WORD in signed_in(member).get("/sa-jobbar-jag/").content.decode()


def test_who_leaves_the_team_takes_their_page_along(team: Team, member: Person, chair: Person) -> None:
    written(member, team)
    assert WORD in page_of(team, chair)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    TeamMember.objects.filter(team=team, person=member).update(valid_to=yesterday)
    assert WORD not in page_of(team, chair)


def test_a_unit_reads_what_is_shown_to_it(employee: Person) -> None:
    unit = make.unit()
    colleague, above = make.person(), make.person()
    make.post(employee, unit, is_head=False)
    make.post(colleague, unit, is_head=False, title="Handläggare")
    make.post(above, make.unit(parent=unit))
    written(employee, units=(unit,))
    assert WORD in signed_in(colleague).get(f"/sa-jobbar-jag/enhet/{unit.code}/").content.decode()
    assert signed_in(above).get(f"/sa-jobbar-jag/enhet/{unit.code}/").status_code == 404


def test_one_cannot_show_it_where_one_is_not(team: Team, employee: Person, chair: Person) -> None:
    sent = {"revision": 0, "best": WORD, "shown": [f"lg-{team.pk}"]}
    assert signed_in(employee).post("/sa-jobbar-jag/andra/", sent).status_code == 422
    assert not WayOfWorking.objects.exists()
    assert WORD not in page_of(team, chair)


def test_of_two_tabs_the_second_keeps_what_it_typed(team: Team, member: Person) -> None:
    client = signed_in(member)
    sent = {"revision": 0, "best": "Från första fliken", "shown": [f"lg-{team.pk}"]}
    assert client.post("/sa-jobbar-jag/andra/", sent).status_code == 302
    second = client.post("/sa-jobbar-jag/andra/", sent | {"revision": 0, "best": "Från andra fliken"})
    assert second.status_code == 409
    text = second.content.decode()
    assert "Från första fliken" in text
    assert "Från andra fliken" in text
    with pytest.raises(WayMoved):
        written(member, team, revision=0)


def test_a_tab_from_before_it_was_taken_down_does_not_show_it_again(team: Team, member: Person) -> None:
    way = written(member, team)
    take_down_way(actor=member)
    with pytest.raises(WayMoved):
        written(member, team, revision=way.revision)


def test_the_log_holds_no_word_of_it(team: Team, member: Person) -> None:
    way = written(member, team)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.object_label, entry.detail) == ("climate.change_way", str(way.pk), {})


def test_health_is_not_asked_for(member: Person) -> None:
    text = signed_in(member).get("/sa-jobbar-jag/andra/").content.decode()
    assert "Skriv inget om hälsa." in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_team_page_asks_the_database_a_fixed_number_of_times(
    count: int, team: Team, chair: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        written(make.member(team).person, team)
    client = signed_in(chair)
    with django_assert_num_queries(9):  # session (1 and 3 to renew), person, standing (3), pages
        text = client.get(f"/sa-jobbar-jag/lg/{team.slug}/").content.decode()
    assert text.count(WORD) == count
