"""A record says what its team was called that day: a decision's page, and what goes to the e-archive."""

import datetime as dt

import pytest
from django.utils import timezone

from styrfart.decisions.models import Decision
from styrfart.decisions.queries import archive_records as decisions_to_archive
from styrfart.mandates.models import MandateState
from styrfart.mandates.queries.archiving import archive_records as mandates_to_archive
from styrfart.matters.models import EventKind, Matter, MatterEvent, MatterState
from styrfart.matters.queries import archive_records as matters_to_archive
from styrfart.people.models import Person, Team
from styrfart.shared.archive import ArchiveRecord
from tests import make
from tests.conftest import signed_in
from tests.make.mandates import whole_mandate
from tests.people.steps import text_of

pytestmark = pytest.mark.django_db

TURN = timezone.localdate() - dt.timedelta(days=30)  # the last day of the old name
OLD, NEW = "Gamla ledningsgruppen", "Kontorets ledningsgrupp"


def noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def just_after_midnight(day: dt.date) -> dt.datetime:
    """Half past twelve at night here, when it is still the day before in Greenwich."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(0, 30)))


@pytest.fixture
def renamed(team: Team) -> Team:
    """The team, which had another name until a month ago."""
    make.earlier_name(team, OLD, first=dt.date(2024, 1, 1), last=TURN)
    return team


def said(records: list[ArchiveRecord]) -> list[dict[str, str]]:
    return [{name: value for name, _label, value in record.fields} for record in records]


def test_a_decision_goes_to_the_archive_under_the_name_of_its_day(renamed: Team) -> None:
    make.decision(renamed, at=noon(TURN))
    make.decision(renamed, at=just_after_midnight(TURN + dt.timedelta(days=1)))
    assert [one["team"] for one in said(list(decisions_to_archive(renamed)))] == [OLD, NEW]


def page_of(decision: Decision, reader: Person) -> str:
    return text_of(signed_in(reader).get(decision.get_absolute_url()))


def test_the_page_of_a_decision_says_what_the_team_was_called_when_it_was_made(
    renamed: Team, chair: Person
) -> None:
    told = f"Ledningsgrupp {OLD}, som nu heter {NEW}"
    assert told in page_of(make.decision(renamed, at=noon(TURN)), chair)
    now = page_of(make.decision(renamed), chair)
    assert OLD not in now
    assert "som nu heter" not in now


def test_a_mandate_goes_to_the_archive_under_the_name_of_its_day(renamed: Team) -> None:
    for state, adopted_on in ((MandateState.SUPERSEDED, TURN), (MandateState.ADOPTED, timezone.localdate())):
        made = whole_mandate(renamed, state=state)
        type(made).objects.filter(pk=made.pk).update(adopted_on=adopted_on)
    records = list(mandates_to_archive(renamed))
    assert [one["team"] for one in said(records)] == [OLD, NEW]
    assert [record.title for record in records] == [
        f"Mandat för {OLD}, version 1",
        f"Mandat för {NEW}, version 2",
    ]


def test_a_matter_goes_to_the_archive_with_the_names_of_each_day(renamed: Team) -> None:
    """Handed from the team to another and back, which have both changed their names since."""
    other = make.team("Andra gruppen")
    make.earlier_name(other, "Förra gruppen", first=dt.date(2024, 1, 1), last=TURN)
    for day in (TURN, timezone.localdate()):
        matter = make.matter(renamed, state=MatterState.ANSWERED, at=noon(day))
        handed = make.hand_over(matter, to_team=other)
        type(handed.routing).objects.filter(pk=handed.routing_id).update(at=noon(day))
        event = MatterEvent.objects.create(
            matter=matter, kind=EventKind.MOVED, by=matter.handed_in_by, routing=handed.routing, team=renamed
        )
        MatterEvent.objects.filter(pk=event.pk).update(at=noon(day))
        Matter.objects.filter(pk=matter.pk).update(closed_at=noon(day))
    before, now = said(list(matters_to_archive(renamed)))
    assert (before["team"], now["team"]) == (OLD, NEW)
    assert (f", {OLD}:" in before["routes"], f", {NEW}:" in now["routes"]) == (True, True)
    assert "→ Förra gruppen, " in before["handOvers"]
    assert "→ Andra gruppen, " in now["handOvers"]
    assert "har lämnat ärendet till Förra gruppen." in before["history"]
    assert "har lämnat ärendet till Andra gruppen." in now["history"]
    for told in (before, now):
        assert "\n" not in told["routes"] + told["handOvers"]
    assert {row.name for row in Team.objects.all()} == {NEW, "Andra gruppen"}  # nothing is written back
