"""Several at once on the same matter, with real locks on both databases: one is first, others are told."""

import json
from pathlib import Path

from tests.installation import HAS_POSTGRESQL, on_postgresql, on_sqlite

# Runs in a process of an installation of its own: threads have connections, and locks are real.
RACE = """
    import datetime as dt, json
    from styrfart.matters import actions
    from styrfart.matters.facts import AlreadyAnswered, AlreadyRouted, CannotUndo, MatterChanged
    from styrfart.matters.models import *
    from styrfart.people.models import Person, Team, TeamRole
    from styrfart.shared.models import OutgoingMail
    from tests import make
    from tests.race import race as together

    team, other = make.team(), make.team()
    chairs = [make.member(team, role=TeamRole.MEMBER).person.pk for _ in range(4)]
    receiver, sender = make.person().pk, make.person()
    day = dt.date.today() + dt.timedelta(days=9)

    def race(deeds):
        return together(deeds, refusals=(MatterChanged, AlreadyAnswered, CannotUndo))

    def person(pk):
        return Person.objects.get(pk=pk)

    results = []
    for _ in range(5):
        matter = make.matter(team, by=sender)
        first = {"matter": matter, "revision": 1}
        results.append(race([
            lambda: actions.decline(**first, note="Nej.", home="Enheten", actor=person(chairs[0])),
            lambda: actions.ask_for_more(**first, note="Vad?", actor=person(chairs[1])),
            lambda: actions.hand_over(**first, to=person(receiver), answer_by=day, actor=person(chairs[2])),
            lambda: actions.hand_to_team(**first, to=other, answer_by=day, actor=person(chairs[3])),
        ]))
        assert matter.routings.count() == matter.events.count() == 1
        assert Matter.objects.get(pk=matter.pk).revision == 2

    # The receiver answers and hands back while the one who handed it over undoes: exactly one of them.
    for _ in range(5):
        matter = make.matter(team, by=sender)
        chair = person(chairs[0])
        routing = actions.hand_over(
            matter=matter, revision=1, to=person(receiver), answer_by=day, actor=chair
        )
        passed = routing.hand_over
        results.append(race([
            lambda: actions.answer(hand_over=passed, text="Ja.", actor=person(receiver)),
            lambda: actions.hand_back(hand_over=passed, reason="Nej.", actor=person(receiver)),
            lambda: actions.undo(routing=routing, actor=person(chairs[0])),
        ]))
        row = HandOver.objects.get(pk=passed.pk)
        assert sum(map(bool, (row.answered_at, row.returned_at, row.cancelled_at))) == 1
    print(json.dumps(results))
"""

EXPECTED = [[1, 3, []]] * 5 + [[1, 2, []]] * 5


def test_one_is_first_and_the_others_are_told(tmp_path: Path) -> None:
    if HAS_POSTGRESQL:
        with on_postgresql(tmp_path) as installation:
            assert json.loads(installation.python(RACE, timeout=180)) == EXPECTED
    else:
        assert json.loads(on_sqlite(tmp_path).python(RACE, timeout=180)) == EXPECTED
