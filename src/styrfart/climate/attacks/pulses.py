"""What pulses near each other have shown: taken together, does it come down to fewer people than the limit?

The attacker takes for granted that everybody answered as they did some weeks before. It takes each row as the
people who were invited in it, and tries every combination of rows of all the pulses by a linear program.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from random import Random

from django.utils.translation import gettext as _

from styrfart.climate.attacks.figures import MOST_ROWS, SAMPLE, SEED, read
from styrfart.climate.attacks.findings import Finding
from styrfart.climate.models import Invitation, Release, RoundState
from styrfart.climate.queries.near_pulses import pulses_near

NEAR_ZERO = 1e-6
Place = tuple[int | None, int | None]  # a unit or a team, by number
Row = tuple[int, int]  # the number of a release among those attacked, and of a row in it


def pulses_cannot_be_taken_apart_together() -> Iterator[Finding]:
    """The fewest people whom each release tells of beside those near it that had been shown before."""
    for release in Release.objects.select_related("round").order_by("made_at", "pk"):
        of = release.round
        near = pulses_near(of, of.asked)
        shown = [each.release for each in near if each.state == RoundState.RELEASED]
        before = [each for each in shown if each.made_at < release.made_at]
        if not before:
            continue
        reached = smallest_together(release, before)
        said = _("%(round)s: tillsammans med tidigare pulser går ingen mindre grupp att räkna ut än förut.")
        if reached is not None:
            said = _(
                "%(round)s: tillsammans med tidigare pulser är den minsta grupp som går att räkna ut "
                "%(people)s inbjudna. Gränsen är %(k)s."
            )
        yield Finding(
            "pulses together",
            reached is None or reached >= release.least,
            said % {"round": of.title, "people": reached, "k": release.least},
        )


def smallest_together(release: Release, before: Sequence[Release]) -> int | None:
    """The fewest people that anybody gets at with what `release` shows, and did not without it; else None."""
    import numpy as np  # noqa: PLC0415  # paid only by the process that calculates
    from scipy.sparse import csr_matrix  # noqa: PLC0415  # so too

    from styrfart.kernel.release import attack_groups  # noqa: PLC0415  # so too

    every = (release, *before)
    classes, silent = _classes(every, {part.key for part in release.round.asked})
    chosen = [number for number, rows in enumerate(classes) if rows not in silent]
    if not chosen:
        return None
    rows = sorted(set().union(*classes))
    place = {row: number for number, row in enumerate(rows)}
    pairs = np.array([(place[row], column) for column, found in enumerate(classes) for row in sorted(found)])
    inside = csr_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(rows), len(classes)))
    people = np.array(list(classes.values()))
    is_sample = len(rows) > MOST_ROWS and len(chosen) > SAMPLE
    targets = np.array(sorted(Random(SEED).sample(chosen, SAMPLE)) if is_sample else chosen)  # noqa: S311  # a sample, no secret
    was_known = np.array([number > 0 for number, _pk in rows])
    now = attack_groups(inside, people, targets=targets).people
    then = np.full(now.size, np.inf)
    if was_known.any():
        then = attack_groups(inside[was_known], people, targets=targets).people
    told = now[now < then - NEAR_ZERO]
    return round(float(told.min())) if told.size else None


def _classes(
    every: Sequence[Release], parts: set[str]
) -> tuple[dict[frozenset[Row], int], set[frozenset[Row]]]:  # fmt: skip
    """How many people are in exactly the same rows of all of it, and of which of those nothing is told, since
    nobody answered where they were. Rows in which none of the parts was shown tell nothing."""
    invited = [_invited(each.round_id) for each in every]
    places = [set(people.values()) for people in invited]
    rows_of: dict[int, set[Row]] = defaultdict(set)
    silent: set[int] = set()
    for number, each in enumerate(every):
        shown = read(each)
        at_group: dict[int, set[int]] = defaultdict(set)
        named = Invitation.objects.filter(round=each.round_id, person__isnull=False).order_by()
        for group, person in named.values_list("group", "person"):
            at_group[group].add(person)
        for same in _told_alike(shown.rows.values()):
            if not any(shown.people.get(group) for group in same):
                silent |= set().union(*(at_group[group] for group in same))
        figures = dict(each.rows.values_list("pk", "figures"))
        for row, groups in shown.rows.items():
            if parts & {key.partition(".")[0] for key in figures[row]}:
                for person in set().union(*(at_group[group] for group in groups)):
                    rows_of[person].add((number, row))
    settled = {
        person: frozenset(rows)
        for person, rows in rows_of.items()
        if _is_settled([people.get(person) for people in invited], places)
    }
    return Counter(settled.values()), {rows for person, rows in settled.items() if person in silent}


def _told_alike(rows: Iterable[frozenset[int]]) -> Iterable[set[int]]:
    """Groups that lie in exactly the same rows."""
    lies_in: dict[int, list[int]] = defaultdict(list)
    for number, groups in enumerate(rows):
        for group in groups:
            lies_in[group].append(number)
    found: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for group, where in lies_in.items():
        found[tuple(where)].add(group)
    return found.values()


def _invited(round_id: int) -> dict[int, Place]:
    """Where each person was asked, by person."""
    stored = Invitation.objects.filter(round=round_id, person__isnull=False).order_by()
    places = stored.values_list("person", "group__unit", "group__team")
    return {person: (unit, team) for person, unit, team in places}


def _is_settled(stood: Sequence[Place | None], asked: Sequence[Collection[Place]]) -> bool:
    """Whether somebody who stood at these places, round by round, did not come, leave or move between places
    that were asked both times."""
    return not any(
        here is not None and here != there and here in places
        for here in stood
        for there, places in zip(stood, asked, strict=True)
    )
