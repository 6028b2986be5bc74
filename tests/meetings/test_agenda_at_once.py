"""Several change an agenda at the same moment: a matter stands once, nothing is lost, nobody waits."""

from pathlib import Path

from tests.installation import HAS_POSTGRESQL, on_postgresql, on_sqlite

WRITE = """
    import datetime as dt
    from styrfart.matters.models import Matter
    from styrfart.meetings.actions.agenda import Origin, add_item, move_item
    from styrfart.meetings.actions.notice import call_meeting
    from styrfart.meetings.actions.postponing import postpone_item
    from styrfart.meetings.facts import AlreadyOnAgenda, ItemMoved, NoticeChanged
    from styrfart.meetings.models import AgendaItem, Meeting
    from styrfart.people.models import Person, TeamRole
    from styrfart.shared.models import OutgoingMail
    from tests import make
    from tests.race import race

    team = make.team()
    chair = make.member(team, role=TeamRole.CHAIR).person
    secretary = make.member(team, role=TeamRole.SECRETARY).person
    first = make.meeting(team, leader=chair)
    second = make.meeting(team, leader=chair, held_on=first.held_on + dt.timedelta(days=7))
    matter = make.matter(team)
    Matter.objects.filter(pk=matter.pk).update(
        state="queued", purpose="decision", level="tactical", outcome="Ett beslut")
    matter.refresh_from_db()
    content = {
        "title": "Ska vi?", "purpose": "decision", "level": "tactical", "minutes": 10, "owner": chair,
        "outcome": "Ett beslut", "is_in_writing": False, "why_in_meeting": "", "needs_material": True,
        "background": "", "proposal": "", "arguments_for": "", "arguments_against": "",
    }
    results = []

    def as_new(person):
        return Person.objects.get(pk=person.pk)

    def add(who, meeting, of=None):
        return lambda: add_item(
            meeting=meeting, content=content, origin=Origin(matter=of), actor=as_new(who))

    # Two take up the same matter at two meetings: it stands once.
    results.append(race(
        [add(chair, first, matter), add(secretary, second, matter)], refusals=(AlreadyOnAgenda,)))
    assert AgendaItem.objects.filter(matter=matter).count() == 1

    # Four add at once: all are there, numbered from one.
    results.append(race([add(chair, first), add(secretary, first)] * 2, refusals=()))
    order = list(first.items.values_list("position", flat=True))
    assert order == list(range(1, len(order) + 1)) and len(order) >= 4, order

    # Two put off towards each other: neither waits for ever.
    here, there = make.item(first, "Hit"), make.item(second, "Dit")
    results.append(race([
        lambda: postpone_item(item=here, revision=1, to=second, actor=as_new(chair)),
        lambda: postpone_item(item=there, revision=1, to=first, actor=as_new(secretary)),
    ], refusals=()))
    assert second.items.get(title="Hit", state="coming") and first.items.get(title="Dit", state="coming")

    # Two move the same item from where they saw it: one of them is told that it has moved.
    item = first.items.filter(state="coming").first()
    results.append(race([
        (lambda to: lambda: move_item(item=item, from_number=1, to_number=to, actor=as_new(chair)))(to)
        for to in (2, 3)
    ], refusals=(ItemMoved,)))

    # Two send the notice: everybody gets one letter.
    seen = Meeting.objects.get(pk=first.pk).tick
    OutgoingMail.objects.all().delete()
    results.append(race([
        (lambda who: lambda: call_meeting(meeting=first, seen=seen, note="", actor=as_new(who)))(who)
        for who in (chair, secretary)
    ], refusals=(NoticeChanged,)))
    assert OutgoingMail.objects.count() == 2
    for done, refused, failures in results:
        assert failures == [], failures
    print("fine", [(done, refused) for done, refused, _failures in results])
"""


def test_an_agenda_that_several_change_at_once(tmp_path: Path) -> None:
    expected = "fine [(1, 1), (4, 0), (2, 0), (1, 1), (1, 1)]"
    if HAS_POSTGRESQL:
        with on_postgresql(tmp_path) as installation:
            assert installation.python(WRITE, timeout=180).strip() == expected
    else:
        assert on_sqlite(tmp_path).python(WRITE, timeout=180).strip() == expected
