"""A scheme of delegation: read from a file, looked at, and put in force from a day; all or nothing."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from styrfart.mandates.facts import (
    NothingChanged,
    SchemeInForce,
    SchemeInUse,
    SchemeIsGone,
    SchemeMovedOn,
    SchemeStartsTooEarly,
)
from styrfart.mandates.importing.points import PointText, as_json, from_json, texts_of
from styrfart.mandates.models import Delegate, DelegationPoint, DelegationScheme, Rule, WaitingScheme
from styrfart.mandates.queries.delegation import latest_scheme
from styrfart.people.importing.problems import Problem
from styrfart.people.models import Person, Unit
from styrfart.shared import audit

ONE_DAY = dt.timedelta(days=1)


@transaction.atomic
def keep_scheme(
    *,
    committee: Unit,
    name: str,
    decision_reference: str,
    valid_from: dt.date,
    points: Sequence[PointText],
    warnings: Sequence[Problem],
    file_name: str,
    actor: Person,
) -> WaitingScheme:
    """Keep what was read until somebody has seen what it would change; replaces what the reader kept before.

    SchemeStartsTooEarly unless it begins after every version that there is, NothingChanged when the latest
    version says the same.
    """
    latest = latest_scheme(committee)
    _check_start(latest, valid_from)
    if latest is not None and texts_of(latest) == list(points):
        raise NothingChanged
    Person.objects.select_for_update().get(pk=actor.pk)  # one kept at a time, from however many windows
    WaitingScheme.objects.filter(read_by=actor).delete()
    return WaitingScheme.objects.create(
        committee=committee,
        name=name,
        decision_reference=decision_reference,
        valid_from=valid_from,
        points=as_json(points),
        warnings=[problem.as_json() for problem in warnings],
        base=latest,
        file_name=file_name[:200],
        read_by=actor,
    )


def _check_start(latest: DelegationScheme | None, valid_from: dt.date) -> None:
    if latest is not None and valid_from <= latest.valid_from:
        raise SchemeStartsTooEarly


@transaction.atomic
def put_in_force(*, waiting: WaitingScheme, actor: Person) -> DelegationScheme:
    """Make the kept scheme the committee's next version; the one before ends the day before it begins.

    Nothing that was in force is rewritten. SchemeIsGone when it has been applied or replaced already,
    SchemeMovedOn when the committee has another latest version than the differences were counted from.
    """
    _lock_committee(waiting.committee_id)
    kept = WaitingScheme.objects.select_related("committee").filter(pk=waiting.pk).first()
    if kept is None:
        raise SchemeIsGone
    latest = latest_scheme(kept.committee)
    if (latest and latest.pk) != kept.base_id:
        raise SchemeMovedOn
    _check_start(latest, kept.valid_from)
    if latest is not None and (latest.valid_to is None or latest.valid_to >= kept.valid_from):
        latest.valid_to = kept.valid_from - ONE_DAY
        latest.save(update_fields=["valid_to"])
    scheme = DelegationScheme.objects.create(
        committee=kept.committee,
        name=kept.name,
        decision_reference=kept.decision_reference,
        valid_from=kept.valid_from,
    )
    _write_points(scheme, from_json(kept.points))
    audit.record(
        "mandates.put_in_force",
        scheme,
        actor=actor,
        detail={"valid_from": [None, scheme.valid_from.isoformat()], "points": [None, len(kept.points)]},
    )
    kept.delete()
    return scheme


def _lock_committee(pk: int) -> None:
    """One change at a time in the versions of a committee."""
    Unit.objects.select_for_update().get(pk=pk)


def _write_points(scheme: DelegationScheme, texts: Sequence[PointText]) -> None:
    points = DelegationPoint.objects.bulk_create(
        DelegationPoint(
            scheme=scheme,
            position=position,
            code=text.code,
            heading=text.heading,
            text=text.text,
            is_delegable=text.is_delegable,
            is_reported=text.is_reported,
            may_be_subdelegated=text.may_be_subdelegated,
            law=text.law,
            conditions=text.conditions,
            licence_part=text.licence_part,
            words=list(text.words),
        )
        for position, text in enumerate(texts, start=1)
    )
    Delegate.objects.bulk_create(
        Delegate(point=point, title=title, amount_limit=limit)
        for point, text in zip(points, texts, strict=True)
        for title, limit in text.delegates
    )


@transaction.atomic
def drop_waiting_scheme(*, waiting: WaitingScheme) -> None:
    """Forget what was read; nothing was in force."""
    WaitingScheme.objects.filter(pk=waiting.pk).delete()


@transaction.atomic
def withdraw_scheme(*, scheme: DelegationScheme, actor: Person) -> None:
    """Take back a version that has not come into force; the one before holds in its place.

    SchemeInForce when its first day has come, SchemeInUse when a mandate or a decision refers to it,
    SchemeIsGone when it has been taken back already.
    """
    _lock_committee(scheme.committee_id)
    fresh = DelegationScheme.objects.select_related("committee").filter(pk=scheme.pk).first()
    if fresh is None:
        raise SchemeIsGone
    if fresh.valid_from <= timezone.localdate():
        raise SchemeInForce
    if Rule.objects.filter(points__scheme=fresh).exists():
        raise SchemeInUse
    audit.record("mandates.withdraw_scheme", fresh, actor=actor)
    try:
        with transaction.atomic():
            fresh.delete()
    except ProtectedError as used:
        raise SchemeInUse from used
    # It may lie between two others: the one before then holds until the one after begins.
    before = DelegationScheme.objects.filter(
        committee=fresh.committee, valid_to=fresh.valid_from - ONE_DAY
    ).first()
    if before is not None:
        before.valid_to = fresh.valid_to
        before.save(update_fields=["valid_to"])
