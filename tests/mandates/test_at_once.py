"""Several at once on the same mandate or scheme, with real locks on both databases: nothing twice or lost."""

import json
from pathlib import Path

from tests.installation import HAS_POSTGRESQL, on_postgresql, on_sqlite

# Runs in a process of an installation of its own: threads have connections, and locks are real.
RACE = """
    import datetime as dt, json
    from styrfart.mandates import actions
    from styrfart.mandates.facts import MandateFact, SchemeFact
    from styrfart.mandates.importing.template import EXAMPLE, RESERVED_ROWS
    from styrfart.mandates.models import *
    from styrfart.people.models import Person, TeamRole
    from styrfart.shared.models import AuditEntry, OutgoingMail
    from tests import make
    from tests.race import race as together
    from tests.make.mandates import whole_mandate

    def race(*deeds):
        return together(list(deeds), refusals=(MandateFact, SchemeFact))

    def person(pk):
        return Person.objects.get(pk=pk)

    results = []
    for _ in range(3):
        team = make.team()
        chair = make.member(team, role=TeamRole.CHAIR).person.pk
        one, two = (make.member(team).person.pk for _ in range(2))
        before = whole_mandate(team, state=MandateState.ADOPTED)

        # Three begin at once: there is one draft.
        results.append(race(*[
            lambda: actions.start_draft(team=team, source=None, actor=person(chair)) for _ in range(3)
        ]))
        Mandate.objects.get(team=team, state=MandateState.DRAFT).delete()
        draft = whole_mandate(team, by=person(chair))

        # Four add a rule at once: all are there, each with a number of its own.
        text = actions.RuleText(concerns="Inköp", destination=Destination.MEETING)
        results.append(race(*[
            lambda: actions.add_rule(mandate=draft, text=text, actor=person(one)) for _ in range(4)
        ]))
        assert list(draft.rules.values_list("number", flat=True)) == [1, 2, 3, 4, 5]

        # Two change the same rule: one of them is told.
        draft.refresh_from_db()
        rule, read_in = draft.rules.get(number=1), draft.revision
        results.append(race(*[
            lambda text=text, who=who: actions.change_rule(
                rule=rule, text=actions.RuleText(text, Destination.LINE), revision=read_in, actor=person(who)
            )
            for text, who in (("Ett", one), ("Två", two))
        ]))

        # The last two confirm at once, one of them in two windows: adopted once, and told of once.
        draft.refresh_from_db()
        actions.propose_mandate(mandate=draft, revision=draft.revision, actor=person(chair))
        confirm = lambda who: lambda: actions.confirm_mandate(
            mandate=draft, revision=draft.revision, actor=person(who)
        )
        won, _lost, failures = race(confirm(one), confirm(one), confirm(two))
        results.append([won >= 2, failures])
        before.refresh_from_db()
        draft.refresh_from_db()
        assert [before.state, draft.state] == ["superseded", "adopted"]
        assert draft.confirmations.count() == 3
        assert AuditEntry.objects.filter(verb="mandates.adopt_mandate", object_id=str(draft.pk)).count() == 1
        members = [person(pk).email for pk in (chair, one, two)]
        letters = OutgoingMail.objects.filter(subject__endswith="är antaget", address__in=members)
        told = list(letters.values_list("address", flat=True))
        assert len(told) == len(set(told)) == 2

        # The file is put in force in two windows: there is one version.
        committee, owner = make.unit(), person(chair)
        waiting = actions.keep_scheme(
            committee=committee, name="Ny", decision_reference="", valid_from=dt.date(2026, 1, 1),
            points=[*RESERVED_ROWS, EXAMPLE], warnings=[], file_name="ny.xlsx", actor=owner,
        )
        won, lost, failures = race(*[
            lambda: actions.put_in_force(waiting=waiting, actor=person(chair)) for _ in range(2)
        ])
        results.append([won, lost, failures])
        assert DelegationScheme.objects.filter(committee=committee).count() == 1
        assert DelegationPoint.objects.filter(scheme__committee=committee).count() == 5
    print(json.dumps(results))
"""

EXPECTED = [[1, 2, []], [4, 0, []], [1, 1, []], [True, []], [1, 1, []]] * 3


def test_of_those_who_come_at_once_one_is_first_and_nothing_is_done_twice(tmp_path: Path) -> None:
    if HAS_POSTGRESQL:
        with on_postgresql(tmp_path) as installation:
            assert json.loads(installation.python(RACE, timeout=180)) == EXPECTED
    else:
        assert json.loads(on_sqlite(tmp_path).python(RACE, timeout=180)) == EXPECTED
