"""A plan that is locked before the first outcome is read, and a conclusion that holds only for that plan.

The fingerprint is SHA-256 of the plan as canonical JSON: keys sorted, no spaces, text in Unicode's composed
form (NFC), whole numbers without a point, and other numbers in the shortest form that gives them back. Two
plans have the same fingerprint exactly when they say the same.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from math import isfinite

from styrfart.kernel.effects.side_effects import Assessed, SideEffect, assess, cautions_of
from styrfart.kernel.effects.values import Design, Direction, Estimate, Refusal
from styrfart.kernel.effects.verdict import Judgement, judge
from styrfart.kernel.errors import KernelError

FORM = 1  # of the canonical form; part of what is hashed


@dataclass(frozen=True)
class Outcome:
    """What is measured, which way is better, and by how much it must move to matter."""

    name: str
    direction: Direction
    threshold: float  # main outcome: smallest worthwhile effect; side effect: margin. Above zero


@dataclass(frozen=True)
class Plan:
    """What is fixed before the start: all that the calculation needs, and what was written beside it.

    `written`: the rest of the record as names and texts (problem, mechanism, stop rule, what is done if yes,
    no, unclear, …), in any order.
    """

    design: Design
    outcome: Outcome
    side_effects: tuple[Outcome, ...]
    units: tuple[str, ...]
    starts: tuple[str, ...]  # of each unit: when it starts, "" for never
    strata: tuple[str, ...] = ()
    adjusted_for: tuple[str, ...] = ()
    seed: int = 0  # of sampled allocations
    least_units: int = 0  # that must be left at the end
    begins: str = ""
    ends: str = ""
    written: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Conclusion:
    """The verdict on the main outcome, each side effect, and the plan that they hold for."""

    judgement: Judgement
    side_effects: tuple[Assessed, ...]
    fingerprint: str


def fingerprint(plan: object) -> str:
    """SHA-256 of `plan` (a `Plan`, or any dataclass, mapping, sequence, enum, text, number), 64 hex digits.

    Raises `KernelError` for a number that is not finite, keys that are not text, or any other type.
    """
    text = json.dumps(
        {"form": FORM, "plan": _canonical(plan)}, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def lock_refusals(
    plan: Plan, digest: str, *, locked_at: int | None, first_read_at: int | None
) -> tuple[Refusal, ...]:
    """Why results cannot be held against this plan; empty when they can.

    `digest`: the fingerprint kept when the plan was locked. `locked_at`, `first_read_at`: numbers in the
    order of events (rows of an audit log, or seconds): when it was locked, and when the first outcome after
    the start was read; None for not yet.
    """
    rules = (
        (Refusal.PLAN_DIFFERS, fingerprint(plan) != digest),
        (
            Refusal.NOT_LOCKED,
            locked_at is None or (first_read_at is not None and first_read_at <= locked_at),
        ),
    )
    return tuple(refusal for refusal, holds in rules if holds)


def conclude(
    plan: Plan,
    digest: str,
    estimate: Estimate,
    side_effects: Sequence[Estimate] = (),
    *,
    locked_at: int | None,
    first_read_at: int | None,
) -> Conclusion:
    """The verdict by the plan: its direction, worthwhile effect and margins, and no other.

    Without a lock before the first reading, with another plan, or with an estimate of another design or seed
    or of fewer units than the plan asks for, the verdict is that it cannot be judged. Raises `KernelError`
    unless there is an estimate for each side effect of the plan, in its order.
    """
    if len(side_effects) != len(plan.side_effects):
        raise KernelError("there is an estimate for each side effect of the plan")
    refused = lock_refusals(plan, digest, locked_at=locked_at, first_read_at=first_read_at)
    rules = (
        (Refusal.PLAN_DIFFERS, estimate.design is not plan.design),
        (Refusal.PLAN_DIFFERS, estimate.seed not in {None, plan.seed}),
        (Refusal.TOO_FEW_UNITS, _units(estimate) < plan.least_units),
    )
    refused = (*refused, *(refusal for refusal, holds in rules if holds))
    assessed = assess(
        [
            SideEffect(found, each.direction, each.threshold)
            for found, each in zip(side_effects, plan.side_effects, strict=True)
        ]
    )
    judgement = judge(
        estimate.warned(*cautions_of(assessed)).refused(*refused),
        direction=plan.outcome.direction,
        worthwhile=plan.outcome.threshold,
    )
    return Conclusion(judgement, assessed, digest)


def _units(estimate: Estimate) -> int:
    """How many there are; where everybody starts, those who are compared with are the same ones."""
    sides = (estimate.treated, estimate.compared)
    return max(sides) if estimate.design is Design.STEPPED_WEDGE else sum(sides)


def _canonical(value: object) -> object:
    if isinstance(value, Enum):
        return _canonical(value.value)
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _canonical(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise KernelError("keys are text")
        return {unicodedata.normalize("NFC", key): _canonical(each) for key, each in value.items()}
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Sequence):
        return [_canonical(each) for each in value]
    return _number(value)


def _number(value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float) and isfinite(value):
        return int(value) if value.is_integer() else value
    raise KernelError("a plan holds text, finite numbers, and lists and records of them")
