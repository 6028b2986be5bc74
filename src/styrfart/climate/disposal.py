"""Disposal of rounds: when their answers, their report, and they themselves go.

The three have rules of their own: what somebody answered may go long before what was shown of it. What is
compared with last time is worked out from answers, so those of the last two years are worth keeping.
"""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.climate.models import (
    Answer,
    Comment,
    ExternalResult,
    FeedbackAnswer,
    FeedbackRequest,
    Invitation,
    OwnInstrument,
    Release,
    Round,
    RoundState,
    WayOfWorking,
)
from styrfart.shared.disposal import RecordType, Tally, forget, in_parts, moment, register

ANSWERS, REPORT, ROUND = "climate.answer", "climate.release", "climate.round"
FEEDBACK, GIVEN, WAY = "climate.feedbackrequest", "climate.feedbackanswer", "climate.wayofworking"
RESULT, INSTRUMENT = "climate.externalresult", "climate.owninstrument"


def _answered(before: dt.date) -> dict[int, dt.date]:
    """Counted rounds that closed before the day and whose answers, texts or invitations are still there.

    Not those that are to be shown later: nothing would be left to show.
    """
    due = Round.objects.filter(closes_on__lt=before, report_on__lt=before, counted_at__isnull=False)
    rounds = due.filter(_has_answers())
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
    return Tally.of(found.values())


def _reported(before: dt.date) -> dict[int, dt.date]:
    """Reports that were shown before the day, and when."""
    rows: QuerySet[Release] = Release.objects.filter(made_at__lt=moment(before)).order_by()
    return {pk: timezone.localdate(made_at) for pk, made_at in rows.values_list("pk", "made_at")}


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


def _asked(before: dt.date) -> dict[int, dt.date]:
    """Feedback that was closed, or whose last day for answers passed, before the day."""
    rows = FeedbackRequest.objects.filter(
        Q(closed_at__lt=moment(before)) | Q(latest_on__lt=before)
    ).order_by()
    return {
        pk: min(latest_on, timezone.localdate(closed_at)) if closed_at else latest_on
        for pk, latest_on, closed_at in rows.values_list("pk", "latest_on", "closed_at")
    }


def _erase_feedback(part: list[int]) -> None:
    forget(GIVEN, list(FeedbackAnswer.objects.filter(request__in=part).values_list("pk", flat=True)))
    FeedbackRequest.objects.filter(pk__in=part).delete()


def _left(before: dt.date) -> dict[int, dt.date]:
    """Pages of people whose accounts are closed, which were last written before the day."""
    rows = WayOfWorking.objects.filter(person__is_active=False, changed_at__lt=moment(before)).order_by()
    return {pk: timezone.localdate(changed_at) for pk, changed_at in rows.values_list("pk", "changed_at")}


def _measured(before: dt.date) -> dict[int, dt.date]:
    """Results of others' instruments that were measured before the day."""
    rows = ExternalResult.objects.filter(measured_on__lt=before).order_by()
    return dict(rows.values_list("pk", "measured_on"))


def _retired(before: dt.date) -> dict[int, dt.date]:
    """Versions of own questionnaires, retired before the day. Rounds keep their own copies."""
    rows = OwnInstrument.objects.filter(retired_at__lt=moment(before)).order_by()
    return {
        pk: timezone.localdate(retired_at)
        for pk, retired_at in rows.values_list("pk", "retired_at")
        if retired_at
    }


register(
    RecordType(
        ANSWERS,
        _("Svar i pulser, och vilka som var inbjudna"),
        tally=lambda before: Tally.of(_answered(before).values()),
        dispose=_dispose_answers,
    )
)
register(
    RecordType.of_found(
        REPORT,
        _("Rapporter från pulser"),
        _reported,
        lambda part: Release.objects.filter(pk__in=part).delete(),
    )
)
register(
    RecordType.of_found(
        ROUND,
        _("Pulser"),
        _ended,
        lambda part: Round.objects.filter(pk__in=part).delete(),
    )
)
register(
    RecordType.of_found(
        FEEDBACK,
        _("Återkoppling mellan kollegor"),
        _asked,
        _erase_feedback,
    )
)
register(
    RecordType.of_found(
        WAY,
        _("Sidor om hur någon arbetar bäst, när kontot är stängt"),
        _left,
        lambda part: WayOfWorking.objects.filter(pk__in=part).delete(),
    )
)
register(
    RecordType.of_found(
        RESULT,
        _("Resultat från andra instrument"),
        _measured,
        lambda part: ExternalResult.objects.filter(pk__in=part).delete(),
    )
)
register(
    RecordType.of_found(
        INSTRUMENT,
        _("Egna formulär som inte längre används"),
        _retired,
        lambda part: OwnInstrument.objects.filter(pk__in=part).delete(),
    )
)
