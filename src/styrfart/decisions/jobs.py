"""Drafts that have become records."""

from django.utils import timezone

from styrfart.decisions.models import UNDO_FOR, Action, Decision
from styrfart.shared.jobs import Every, job, schedule
from styrfart.shared.models import RecordState


@job()
def complete_records() -> None:
    """Write down that decisions which can no longer be undone are completed records."""
    Decision.objects.filter(
        record_state=RecordState.DRAFT, withdrawn_at=None, decided_at__lt=timezone.now() - UNDO_FOR
    ).update(record_state=RecordState.COMPLETED)
    Action.objects.filter(record_state=RecordState.DRAFT, done_at__isnull=False).update(
        record_state=RecordState.COMPLETED
    )
    Action.objects.filter(record_state=RecordState.COMPLETED, done_at=None).update(
        record_state=RecordState.DRAFT
    )


schedule("decisions.complete_records", complete_records, Every(minutes=15))
