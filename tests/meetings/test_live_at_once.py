"""Several write in a meeting at the same moment: nothing is lost and nothing is written twice."""

from pathlib import Path

from tests.installation import HAS_POSTGRESQL, on_postgresql, on_sqlite

WRITE = """
    import uuid
    from styrfart.meetings import actions
    from styrfart.meetings.models import AgendaItem, Entry, ItemState, Meeting
    from styrfart.people.models import Person, TeamRole
    from tests import make
    from tests.meetings.live_scene import going
    from tests.race import race

    team = make.team()
    chair = make.member(team, role=TeamRole.CHAIR).person
    people = [chair, *(make.member(team).person for _ in range(4))]
    scene = going(team, chair)
    results = []

    def note(who, text, key):
        return lambda: actions.record_note(
            meeting=scene.meeting, item=scene.items[0].pk, text=text, key=key,
            actor=Person.objects.get(pk=who.pk),
        )

    # Five people, one note each.
    results.append(race([note(who, str(n), uuid.uuid4()) for n, who in enumerate(people)], refusals=()))
    assert sorted(Entry.objects.values_list("text", flat=True)) == list("01234")
    assert Meeting.objects.get().tick == 5

    # One page sends the same once more while the first is on its way.
    key = uuid.uuid4()
    results.append(race([note(chair, "igen", key) for _ in range(4)], refusals=()))
    assert Entry.objects.filter(text="igen").count() == 1

    # Two press "Nästa punkt": the group is on one item.
    def move(who, item):
        return lambda: actions.move_group(
            meeting=scene.meeting, to=item.pk, actor=Person.objects.get(pk=who.pk))

    results.append(race([move(chair, scene.items[1]), move(chair, scene.items[2])], refusals=()))
    assert AgendaItem.objects.filter(state=ItemState.CURRENT).count() == 1
    assert AgendaItem.objects.get(state=ItemState.CURRENT) == Meeting.objects.get().current_item

    # The last answers of a silent round come at once: it is shown.
    from styrfart.meetings.models import RoundKind, Stance
    item = Meeting.objects.get().current_item
    actions.open_round(meeting=scene.meeting, item=item.pk, kind=RoundKind.SILENT, actor=chair)
    results.append(race([
        (lambda who: lambda: actions.take_position(
            meeting=scene.meeting, item=item.pk, stance=Stance.SUPPORTS, reason="", actor=who))(who)
        for who in people
    ], refusals=()))
    item.refresh_from_db()
    assert item.round_shown_at is not None
    assert item.positions.count() == 5
    for done, refused, failures in results:
        assert failures == [], failures
    print("fine", [done for done, _refused, _failures in results])
"""


def test_nothing_is_lost_when_several_write_at_once(tmp_path: Path) -> None:
    expected = "fine [5, 4, 2, 5]"
    if HAS_POSTGRESQL:
        with on_postgresql(tmp_path) as installation:
            assert installation.python(WRITE, timeout=180).strip() == expected
    else:
        assert on_sqlite(tmp_path).python(WRITE, timeout=180).strip() == expected
