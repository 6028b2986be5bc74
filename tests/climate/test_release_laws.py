"""Laws of a release, by chance: what is hidden is nowhere, and nobody gets at few from what is shown.

The attacker takes its groups from what the JSON of the reports shows, page by page, and from nothing else.
"""

import json
import re

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from styrfart.climate import exporting
from styrfart.climate.actions.releasing import check_release, release_round
from styrfart.climate.models import Answer, Comment, Group, Release, Round, RoundState, Row
from styrfart.climate.queries.lineage import lineage
from styrfart.climate.queries.released import Report
from styrfart.climate.queries.reports import report
from styrfart.climate.queries.trends import trends_of
from styrfart.kernel.release import attack_groups
from tests import make

pytestmark = pytest.mark.django_db
LEAST, LEAST_TEXT, QUESTIONS = 7, 10, 9

# A tree: each group's parent among those before it (the first is the top), and how many answered in it.
TREES = st.integers(2, 9).flatmap(
    lambda size: st.tuples(
        st.tuples(*(st.integers(0, place - 1) for place in range(1, size))),
        st.tuples(*(st.integers(0, 16) for _ in range(size))),
        st.integers(0, 2**20),
    )
)


def made(parents: tuple[int, ...], sizes: tuple[int, ...], seed: int) -> Round:
    """A counted round; the text of each group holds the group's own mark."""
    from django.utils import timezone  # only here

    chance = np.random.default_rng(seed)
    of = make.climate_round(
        state=RoundState.CLOSED, counted_at=timezone.now(), text_questions=[{"sv": "Ord?"}]
    )
    groups: list[Group] = []
    depth_first = ordered(parents)
    by_place: dict[int, Group] = {}
    for place in depth_first:
        parent = by_place[parents[place - 1]] if place else None
        by_place[place] = make.climate_group(
            of, make.unit(f"Enhet {place}"), parent=parent, invited=sizes[place] + 1
        )
        groups.append(by_place[place])
    for place, size in enumerate(sizes):
        at = by_place[place]
        answers: dict[str, int] = {}
        for _ in range(size):
            # Would not say, one time in five: questions have people of their own.
            steps = chance.integers(1, 6, QUESTIONS) * (chance.random(QUESTIONS) < 0.8)
            signs = "".join(str(step) for step in steps)
            answers[signs] = answers.get(signs, 0) + 1
        make.counted(at, answers)
        writers = int(chance.integers(0, size + 1))
        Comment.objects.bulk_create(
            Comment(round=of, group=at, question=0, text=f"MÄRKE{place}MÄRKE {n}") for n in range(writers)
        )
    return of


def ordered(parents: tuple[int, ...]) -> list[int]:
    """Places depth first: a parent before those below it."""
    below: dict[int, list[int]] = {}
    for place, parent in enumerate(parents, start=1):
        below.setdefault(parent, []).append(place)
    found, waiting = [], [0]
    while waiting:
        place = waiting.pop()
        found.append(place)
        waiting += below.get(place, [])[::-1]
    return found


def reports_of(of: Round) -> list[Report]:
    return [
        report(group, lineage(group.pk), most_texts=None)
        for group in Group.objects.filter(round=of).select_related("round__release", "unit", "team")
    ]


def shown_sets(
    reports: list[Report], measure: str, groups: dict[str, int], below: dict[int, set[int]]
) -> set[frozenset[int]]:
    """Every set of groups that some report shows the measure of: read from its JSON."""
    found = set()
    for each in reports:
        data = json.loads(json.dumps(exporting.data_of(each, ())))
        for column in data["columns"]:
            if measure not in column["figures"]:
                continue
            names = column["names"][:-1] if column["has_own"] else column["names"]
            inside = set().union(*(below[groups[name]] for name in names))
            if column["has_own"]:
                inside.add(groups[column["names"][-1]])
            found.add(frozenset(inside))
    return found


@given(TREES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nobody_gets_at_few_from_what_the_reports_show_and_what_is_hidden_is_nowhere(
    tree: tuple[tuple[int, ...], tuple[int, ...], int],
) -> None:
    Round.objects.all().delete()
    parents, sizes, seed = tree
    of = made(parents, sizes, seed)
    # As they were given: after the release they are kept by row.
    given = list(Answer.objects.filter(group__round=of).values_list("group", "values", "number"))
    release_round(round_id=of.pk)
    reports = reports_of(of)
    by_name = {group.name: group.pk for group in of.groups.all()}
    below: dict[int, set[int]] = {pk: {pk} for pk in by_name.values()}
    for group in of.groups.order_by("-position"):
        if group.parent_id is not None:
            below[group.parent_id] |= below[group.pk]
    for number in range(QUESTIONS):
        nobody_gets_at_few(given, reports, f"hme.hme-{number + 1}", number, by_name, below)
    texts_hold(of, reports)
    hidden_is_nowhere(of, reports)
    the_tables_tell_no_more(of, given)


def nobody_gets_at_few(
    given: list[tuple[int, str, int]],
    reports: list[Report],
    measure: str,
    number: int,
    groups: dict[str, int],
    below: dict[int, set[int]],
) -> None:
    """By a linear program over what the JSON shows of one question."""
    sets = sorted(shown_sets(reports, measure, groups, below), key=sorted)
    people = dict.fromkeys(sorted(groups.values()), 0)
    for pk, values, times in given:
        people[pk] += times * (values[number] != "0")
    atoms = [pk for pk in people if people[pk] and any(pk in inside for inside in sets)]
    if not atoms:
        return
    matrix = csr_matrix(np.array([[pk in inside for pk in atoms] for inside in sets], dtype=float))
    reach = attack_groups(matrix, np.array([people[pk] for pk in atoms]))
    assert reach.smallest is not None
    assert reach.smallest >= LEAST - 1e-6


def texts_hold(of: Round, reports: list[Report]) -> None:
    """What is written in a report, less what is written in any other, is of ten or nobody."""
    said = [
        frozenset(text for each in found.texts for text in each.texts) for found in reports if found.texts
    ]
    joint = [
        frozenset(row.texts[0]) for row in Row.objects.filter(release__round=of, group=None) if row.texts[0]
    ]
    for one in (*said, *joint):
        assert len(one) >= LEAST_TEXT
        # The largest that lie in it are apart from each other.
        inner = [other for other in {*said, *joint} if other < one]
        largest = [each for each in inner if not any(each < other for other in inner)]
        rest = one.difference(*largest) if largest else one
        assert not rest or len(rest) >= LEAST_TEXT


def the_tables_tell_no_more(of: Round, given: list[tuple[int, str, int]]) -> None:
    """Answers that are kept are of seven or more together, all that were shown are there, and an audit of
    them comes to what was shown.
    """
    kept: dict[int, int] = {}
    every = Answer.objects.filter(group__round=of).values_list("group", "values", "number")
    for pk, values, times in every:
        kept[pk] = kept.get(pk, 0) + times * (values.strip("0") != "")
    assert all(number == 0 or number >= LEAST for number in kept.values())
    top = Row.objects.filter(release__round=of, group__parent=None).first()
    shown = {pk for row in Row.objects.filter(release__round=of) for pk in standing_in(row)}
    assert sum(kept.values()) == sum(
        times for pk, values, times in given if pk in shown and values.strip("0") != ""
    )
    assert top is None or sum(kept.values()) == top.answered
    homes = set(Comment.objects.filter(round=of).values_list("group", flat=True))
    assert homes <= shown
    found = check_release(release=Release.objects.get(round=of), actor=of.owner)
    assert (found.is_untouched, found.is_same) == (True, True)


def standing_in(row: Row) -> set[int]:
    """The groups whose own people a row counts."""
    waiting = [row.group_id] if row.group_id else list(row.members.values_list("pk", flat=True))
    found = {row.parent_id} if row.has_own and row.parent_id else set()
    while waiting:
        found.update(waiting)
        waiting = list(Group.objects.filter(parent__in=waiting).values_list("pk", flat=True))
    return {pk for pk in found if pk}


def hidden_is_nowhere(of: Round, reports: list[Report]) -> None:
    """No number of a hidden group, and no mark of one whose texts are in no row that may show them."""
    release = Release.objects.get(round=of)
    rows = {row.group_id for row in release.rows.all()}
    for each in reports:
        data = exporting.data_of(each, trends_of(each))
        for column in data["columns"]:
            single = len(column["names"]) == 1
            if single and of.groups.get(name=column["name"]).pk not in rows:
                assert column["is_shown"] is False
                assert (column["invited"], column["answered"]) == (None, None)
                assert (column["figures"], column["beside"]) == ({}, {})
        lines = list(exporting.lines_of(each))
        for line, column in zip(lines[:: len(each.measures)], exporting.columns_of(each), strict=True):
            if not column.is_shown:
                assert line[3:] == ["visas inte", *[None] * 7]
    shown = json.dumps([each.texts for row in [release] for each in row.rows.all()], ensure_ascii=False)
    allowed = {
        mark for row in release.rows.all() for texts in row.texts for text in texts for mark in marks(text)
    }
    assert set(marks(shown)) == allowed
    everything = json.dumps([exporting.data_of(each, ()) for each in reports], ensure_ascii=False)
    joint = {mark for row in release.rows.filter(group=None) for text in row.texts[0] for mark in marks(text)}
    assert set(marks(everything)) <= allowed
    assert set(marks(everything)) | joint == allowed


def marks(text: str) -> list[str]:
    return re.findall(r"MÄRKE\d+MÄRKE", text)
