"""One letter a week about what waits; otherwise none, unless somebody else waits for you today."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from styrfart.decisions.models import Action, Decision, Recipient
from styrfart.mandates.models import Mandate, MandateState
from styrfart.mandates.rules import VOTING
from styrfart.matters.models import HandOver, Matter, MatterState, Preparation
from styrfart.matters.queries import waiting_for as matters_waiting_for
from styrfart.overview.models import Letter, LetterKind
from styrfart.overview.queries import coming, waiting
from styrfart.overview.queries.waiting import WITH_A_DAY
from styrfart.people.models import Person, TeamMember, TeamRole
from styrfart.people.rules import can_see_organisation
from styrfart.shared import mail
from styrfart.shared.jobs import Daily, enqueue, job, schedule
from styrfart.shared.models import OutgoingMail

MONDAY = 0
WEEK = dt.timedelta(days=7)
MOST = 10  # rows in a letter; the page has them all
IN_ONE_JOB = 50  # people


def concerned(today: dt.date) -> set[int]:
    """Ids of all for whom something may wait: a handful of queries, however many work here."""
    found: set[int] = set()
    ahead = today + WEEK
    open_overs = HandOver.objects.filter(answered_at=None, returned_at=None, cancelled_at=None)
    decisions = Decision.objects.in_force()
    asked = TeamMember.objects.on(today)
    inbox = Matter.objects.filter(state=MatterState.INBOX).values("team")
    rows = [
        open_overs.filter(to_person__isnull=False).values_list("to_person"),
        Preparation.objects.filter(done_at=None, cancelled_at=None).values_list("owner"),
        Matter.objects.filter(state=MatterState.MORE_ASKED).values_list("handed_in_by"),
        decisions.filter(
            Q(distributed_at=None)
            | Q(done_at=None, due_on__lte=ahead)
            | Q(effect_at=None, effect_on__lte=ahead)
        ).values_list("owner"),
        decisions.filter(review_on__lte=ahead).values_list("decided_by"),
        Recipient.objects.filter(received_at=None).values_list("person"),
        Action.objects.filter(done_at=None, due_on__lte=ahead).values_list("owner"),
        asked.filter(team__in=inbox, role__in=[TeamRole.CHAIR, TeamRole.SECRETARY]).values_list("person"),
        asked.filter(team__mandates__state=MandateState.PROPOSED, role__in=VOTING).values_list("person"),
        asked.filter(role=TeamRole.CHAIR, team__in=_to_review(ahead)).values_list("person"),
    ]
    for ids in rows:
        found.update(pk for (pk,) in ids)
    return found


def _to_review(day: dt.date) -> Iterable[int]:
    due = Mandate.objects.filter(state=MandateState.ADOPTED, review_on__lte=day)
    return due.values_list("team", flat=True)


@job()
def send_digests() -> None:
    """Queue the weekly letter for everybody whom it may concern and who wants it."""
    wanted = Person.objects.filter(
        pk__in=concerned(timezone.localdate()), is_active=True, has_digest=True, email__isnull=False
    )
    ids = list(wanted.order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        for first in range(0, len(ids), IN_ONE_JOB):
            enqueue(send_some_digests, ids[first : first + IN_ONE_JOB])


@job()
def send_some_digests(ids: list[int]) -> None:
    """The weekly letter to some people; to whom it has been sent this week, not again."""
    for person in Person.objects.filter(pk__in=ids).order_by("pk"):
        send_digest(person)


@transaction.atomic
def send_digest(person: Person) -> OutgoingMail | None:
    """What waits and what falls due within the week; None when there is nothing to say, or it is said."""
    today = timezone.localdate()
    monday = today - dt.timedelta(days=today.weekday())
    with translation.override(person.language):
        items, ahead = waiting(person), coming(person, ahead=WEEK)
        if not (items or ahead) or not _is_first(person, LetterKind.DIGEST, monday):
            return None
        return mail.send(
            person,
            subject=_("Din vecka i Styrfart"),
            template="overview/mail/digest.txt",
            context={"items": items[:MOST], "more": max(0, len(items) - MOST), "coming": ahead[:MOST]},
            link=reverse("overview:home"),
        )


def _is_first(person: Person, kind: LetterKind, on: dt.date) -> bool:
    """Whether this letter has not been sent; remembers that it is now, in the caller's transaction."""
    _letter, is_first = Letter.objects.get_or_create(person=person, kind=kind, on=on)
    return is_first


@job()
def remind_today() -> None:
    """Write to those from whom an answer or a report is due today. Decisions remind of themselves."""
    today = timezone.localdate()
    answers = HandOver.objects.filter(
        answer_by=today, to_person__isnull=False, answered_at=None, returned_at=None, cancelled_at=None
    ).values_list("to_person", flat=True)
    reports = Preparation.objects.filter(committee_on=today, done_at=None, cancelled_at=None)
    owners = reports.values_list("owner", flat=True)
    for person in Person.objects.filter(pk__in={*answers, *owners}, is_active=True).order_by("pk"):
        if can_see_organisation(person):
            remind(person)


@transaction.atomic
def remind(person: Person) -> OutgoingMail | None:
    """What others wait for from `person` today; at most one letter a day."""
    today = timezone.localdate()
    with translation.override(person.language):
        items = [item for item in matters_waiting_for(person) if item.on == today and item.kind in WITH_A_DAY]
        if not items or not _is_first(person, LetterKind.TODAY, today):
            return None
        return mail.send(
            person,
            subject=_("Det här väntar andra på i dag"),
            template="overview/mail/today.txt",
            context={"items": items[:MOST]},
            link=reverse("overview:home"),
        )


schedule("overview.digest", send_digests, Daily(hour=7, weekday=MONDAY))
schedule("overview.remind", remind_today, Daily(hour=7))
