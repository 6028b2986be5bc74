"""Numbers have no gaps and no doubles however many decide at once, on both databases."""

from pathlib import Path

from tests.installation import HAS_POSTGRESQL, on_postgresql, on_sqlite

# Runs in a process of an installation of its own: threads have connections, and locks are real.
RACE = """
    import datetime as dt, json, threading
    from django.db import connections
    from django.utils import timezone
    from styrfart.decisions import actions
    from styrfart.decisions.models import Decision
    from styrfart.people.models import Person, Team
    from tests import make
    from tests.decisions.conftest import values

    team = make.team()
    other = make.team(of_unit=team.unit)
    deciders = [make.post(in_unit=team.unit, title="Chef").person.pk for _ in range(4)]
    old = actions.make_decision(**values(team, Person.objects.get(pk=deciders[0])))
    start, failures, replaced = threading.Barrier(4), [], []

    def decide(pk):
        try:
            person = Person.objects.get(pk=pk)
            start.wait(timeout=30)
            for _ in range(6):
                actions.make_decision(**values(Team.objects.get(pk=team.pk), person))
                actions.make_decision(**values(Team.objects.get(pk=other.pk), person))
            try:
                again = values(team, person)
                del again["team"]
                actions.replace_decision(decision=old, **again)
                replaced.append(pk)
            except actions.NotInForce:
                pass
        except Exception as error:
            failures.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide, args=[pk]) for pk in deciders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)

    def numbers(one):
        return sorted(Decision.objects.filter(team=one).values_list("sequence", flat=True))

    print(json.dumps([failures, numbers(team), numbers(other), len(replaced)]))
"""

EXPECTED = [[], list(range(1, 27)), list(range(1, 25)), 1]


def test_four_who_decide_at_once_get_numbers_in_a_row_and_one_of_them_replaces(tmp_path: Path) -> None:
    import json

    if HAS_POSTGRESQL:
        with on_postgresql(tmp_path) as installation:
            assert json.loads(installation.python(RACE, timeout=180)) == EXPECTED
    else:
        assert json.loads(on_sqlite(tmp_path).python(RACE, timeout=180)) == EXPECTED
