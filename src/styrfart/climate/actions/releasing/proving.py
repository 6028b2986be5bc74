"""The proof that goes with a release: what an attacker reaches, and the digest of what was shown.

The attacker knows nothing of how rows were chosen: it takes what was published as sets of people and tries
every combination by a linear program.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from styrfart.climate.actions.releasing.nesting import Nesting
from styrfart.climate.actions.releasing.reckoning import Line, System
from styrfart.climate.actions.releasing.sheets import Groups, Ints
from styrfart.kernel.release import attack_groups

SEED = 20261122
# Groups that are attacked among the rows, and as many again among single questions and texts: all where the
# rows are few, else a sample drawn with the seed. A program over a whole country takes seconds, so the larger
# it is the fewer.
SAMPLES = ((300, None), (5_000, 120), (20_000, 30), (None, 20))
OTHERS = 400  # among single questions and texts, where the rows are few


def attack(groups: Groups, nesting: Nesting, systems: Sequence[System]) -> dict[str, Any]:
    """How few people anybody can get at in what was published, by any combination of it.

    `tried` of `groups` people groups were attacked in all; `smallest` is the fewest people reached, `leaks`
    how often it was fewer than the threshold. `seed` draws the sample again.
    """
    inside = _inside(groups, nesting)
    most = next(size for rows, size in SAMPLES if rows is None or len(nesting.places) <= rows)
    found, budget = [], OTHERS if most is None else most
    for number, system in enumerate(systems):
        allowed = most if number == 0 else budget // (len(systems) - number)
        said = _attack(inside, system, allowed, seed=SEED + number)
        budget -= said["tried"] if number else 0
        if said["groups"]:
            found.append(said)
    reached = [each["smallest"] for each in found if each["smallest"] is not None]
    return {
        "systems": found,
        "smallest": min(reached, default=None),
        "tried": sum(each["tried"] for each in found),
        "groups": sum(each["groups"] for each in found),
        "leaks": sum(each["leaks"] for each in found),
        "seed": SEED,
    }


def _attack(inside: csr_matrix, system: System, most: int | None, *, seed: int) -> dict[str, Any]:
    shown = np.flatnonzero(system.shown)
    if not shown.size:
        return {"what": system.what, "k": system.k, "smallest": None, "tried": 0, "groups": 0, "leaks": 0}
    rows = inside[shown]
    held = np.asarray(rows.sum(axis=0)).ravel() > 0
    people = np.where(held, system.people, 0)
    atoms = np.flatnonzero(people > 0)
    targets = atoms
    if most is not None and most < atoms.size:
        chosen = Random(seed).sample(range(atoms.size), most)  # noqa: S311  # a sample that can be drawn again
        targets = atoms[sorted(chosen)]
    reach = attack_groups(rows, people, targets=targets)
    smallest = reach.smallest
    return {
        "what": system.what,
        "k": system.k,
        "smallest": None if smallest is None else round(smallest),
        "tried": int(targets.size),
        "groups": int(atoms.size),
        "leaks": reach.leaks(system.k),
    }


def _inside(groups: Groups, nesting: Nesting) -> csr_matrix:
    """(rows, groups): 1 where a row counts those who stand at the group; from the tree, not from `home`."""
    below: list[list[int]] = [[] for _ in groups.pk]
    for group, over in enumerate(groups.parent):
        if over >= 0:
            below[over].append(group)
    pairs: list[tuple[int, int]] = []
    for row, place in enumerate(nesting.places):
        waiting = [place.group] if place.group is not None else list(place.members)
        if place.has_own and place.parent is not None:
            pairs.append((row, place.parent))
        for each in waiting:
            pairs.append((row, each))
            waiting.extend(below[each])
    found: Ints = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return csr_matrix(
        (np.ones(len(found)), (found[:, 0], found[:, 1])), shape=(len(nesting.places), len(groups.pk))
    )


def digest_of(lines: Iterable[Line], groups: Groups) -> str:
    """SHA-256 of the rows in order, as canonical JSON: what is audited is what was shown."""
    found = hashlib.sha256()
    for line in lines:
        place = line.place
        row = {
            "group": None if place.group is None else groups.pk[place.group],
            "members": [groups.pk[each] for each in place.members],
            "parent": None if place.parent is None else groups.pk[place.parent],
            "has_own": place.has_own,
            "invited": line.invited,
            "answered": line.answered,
            "figures": line.figures,
            "items": line.items,
            "changes": line.changes,
            "beside": line.beside,
            "texts": line.texts,
        }
        found.update(json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())
        found.update(b"\n")
    return found.hexdigest()
