"""What the clock starts at the desk: a reminder on the day when an answer is due."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.matters.models import HandOver
from styrfart.shared import mail
from styrfart.shared.jobs import Daily, job, schedule

# A morning without a worker is made up for within so many days; what is older waits on the home page only.
MADE_UP_FOR = dt.timedelta(days=3)


@job()
def remind() -> None:
    """Remind everybody whose answer is due today, once for each matter."""
    today = timezone.localdate()
    due = HandOver.objects.filter(
        to_person__isnull=False,
        answer_by__range=(today - MADE_UP_FOR, today),
        reminded_at=None,
        answered_at=None,
        returned_at=None,
        cancelled_at=None,
    )
    for pk in due.values_list("pk", flat=True):
        _remind(pk)


@transaction.atomic
def _remind(pk: int) -> None:
    """One reminder, noted in the same transaction: a job that runs twice sends nothing the second time."""
    found = HandOver.objects.select_for_update(of=("self",)).filter(pk=pk, reminded_at=None, answered_at=None)
    row = found.select_related("to_person", "matter").first()
    if row is None or row.to_person is None or not row.is_open:
        return
    row.reminded_at = timezone.now()
    row.save(update_fields=["reminded_at"])
    mail.send(
        row.to_person,
        subject=_("Svar väntas i dag: %(question)s"),
        template="matters/mail/due.txt",
        context={
            "question": row.matter.question,
            "day": row.answer_by,
            "link": reverse("matters:find", args=[row.matter_id]),
        },
    )


schedule("matters.remind", remind, Daily(hour=7))
