"""Disposal of rounds: when their answers, their report, and they themselves go.

The three have rules of their own: what somebody answered may go long before what was shown of it. What is
compared with last time is worked out from answers, so those of the last two years are worth keeping.
"""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.climate.models import Answer, Comment, Invitation, Release, Round, RoundState
from styrfart.shared.disposal import RecordType, Tally, forget, in_parts, moment, register

ANSWERS, REPORT, ROUND = "climate.answer", "climate.release", "climate.round"


def _answered(before: dt.date) -> dict[int, dt.date]:
    """Counted rounds that closed before the day and whose answers, texts or invitations are still there."""
    rounds = Round.objects.filter(closes_on__lt=before, counted_at__isnull=False).filter(_has_answers())
    return dict(rounds.order_by().values_list("pk", "closes_on"))


def _has_answers() -> Any:
    """Of a round. Whoever was invited is as personal as what was answered, and goes with it."""
    own = OuterRef("pk")
    return (
        Exists(Answer.objects.filter(group__round=own))
        | Exists(Comment.objects.filter(round=own))
        | Exists(Invitation.objects.filter(round=own, person__isnull=False))
    )


def _dispose_answers(before: dt.date) -> Tally:
    found = _answered(before)
    for part in in_parts(found):
        Answer.objects.filter(group__round__in=part).delete()
        Comment.objects.filter(round__in=part).delete()
        Invitation.objects.filter(round__in=part).delete()
    return Tally.of(list(found.values()))


def _reported(before: dt.date) -> dict[int, dt.date]:
    """Reports that were shown before the day, and when."""
    rows: QuerySet[Release] = Release.objects.filter(made_at__lt=moment(before)).order_by()
    return {pk: timezone.localdate(made_at) for pk, made_at in rows.values_list("pk", "made_at")}


def _dispose_reports(before: dt.date) -> Tally:
    found = _reported(before)
    for part in in_parts(found):
        Release.objects.filter(pk__in=part).delete()
    forget(REPORT, found)
    return Tally.of(list(found.values()))


def _ended(before: dt.date) -> dict[int, dt.date]:
    """Rounds that were shown or stopped, of which neither answers nor report are left.

    A round that another came after is kept for as long as that one.
    """
    rounds = (
        Round.objects.filter(
            closes_on__lt=before,
            state__in=[RoundState.RELEASED, RoundState.STOPPED],
            release=None,
            followed_by=None,
        )
        .exclude(_has_answers())
        .order_by()
    )
    return dict(rounds.values_list("pk", "closes_on"))


def _dispose_rounds(before: dt.date) -> Tally:
    found = _ended(before)
    for part in in_parts(found):
        Round.objects.filter(pk__in=part).delete()
    forget(ROUND, found)
    return Tally.of(list(found.values()))


register(
    RecordType(
        ANSWERS,
        _("Svar i pulser, och vilka som var inbjudna"),
        tally=lambda before: Tally.of(list(_answered(before).values())),
        dispose=_dispose_answers,
    )
)
register(
    RecordType(
        REPORT,
        _("Rapporter från pulser"),
        tally=lambda before: Tally.of(list(_reported(before).values())),
        dispose=_dispose_reports,
    )
)
register(
    RecordType(
        ROUND,
        _("Pulser"),
        tally=lambda before: Tally.of(list(_ended(before).values())),
        dispose=_dispose_rounds,
    )
)
