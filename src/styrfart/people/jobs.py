"""What the clock does here."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from styrfart.people.actions import carry_out_disposal, order_disposal, purge_imports
from styrfart.people.models import Person
from styrfart.shared.jobs import Every, enqueue, job, schedule
from styrfart.shared.models import DisposalRun


@job()
def forget_imports() -> None:
    """Erase uploads that nobody applied within a day."""
    purge_imports(timezone.now())


@job(attempts=3)
def dispose(run_id: int) -> None:
    """Carry out a disposal that was ordered: all of it in one transaction, which may take a while."""
    carry_out_disposal(run_id=run_id)


@transaction.atomic
def order(*, record_type: str, before: dt.date, actor: Person) -> DisposalRun:
    """Order a disposal and queue it; both or neither."""
    run = order_disposal(record_type=record_type, before=before, actor=actor)
    enqueue(dispose, run.pk)
    return run


schedule("people.forget_imports", forget_imports, Every(minutes=60))
