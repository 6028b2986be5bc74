"""At most one letter a day: what is due today; on Mondays, for those who want it, the week as well."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.decisions.actions import remember_reminded
from styrfart.decisions.models import Action, Decision, Recipient, ReminderKind
from styrfart.decisions.queries import CHAIR_AFTER, Call, for_chair, to_remind
from styrfart.mandates.models import Mandate, MandateState
from styrfart.mandates.rules import VOTING
from styrfart.matters.models import HandOver, Matter, MatterState, Preparation
from styrfart.matters.queries import WaitingKind, who_place_left_behind
from styrfart.matters.queries import waiting_for as matters_waiting_for
from styrfart.matters.rules import ROUTING_SEATS
from styrfart.meetings import queries as meetings
from styrfart.meetings.models import (
    COMING,
    PULSE_OPEN_FOR,
    Advice,
    AgendaItem,
    Meeting,
    MeetingState,
    Minutes,
    MinutesState,
    PulseInvitation,
)
from styrfart.meetings.queries import never_opened, who_sees_to_it
from styrfart.overview.models import Letter
from styrfart.overview.queries import coming, waiting
from styrfart.people.models import Person, TeamMember, TeamRole
from styrfart.people.rules import can_see_organisation
from styrfart.shared import mail
from styrfart.shared.jobs import Daily, enqueue, job, schedule
from styrfart.shared.models import OutgoingMail

MONDAY = 0
WEEK = dt.timedelta(days=7)
MOST = 10  # rows in a letter; the page has them all
IN_ONE_JOB = 50  # people
ANSWERS = {WaitingKind.ANSWER, WaitingKind.PREPARE}  # what others count on at the desk


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
        Action.objects.in_force().filter(done_at=None, due_on__lte=ahead).values_list("owner"),
        asked.filter(team__in=inbox, role__in=ROUTING_SEATS).values_list("person"),
        asked.filter(team__in=_with_leavers(today), role__in=ROUTING_SEATS).values_list("person"),
        asked.filter(team__in=_chairs_see(ahead), role=TeamRole.CHAIR).values_list("person"),
        asked.filter(team__mandates__state=MandateState.PROPOSED, role__in=VOTING).values_list("person"),
        asked.filter(role=TeamRole.CHAIR, team__in=_to_review(ahead)).values_list("person"),
        *_in_meetings(today, asked),
    ]
    for ids in rows:
        found.update(pk for (pk,) in ids if pk)
    return found.union(*who_place_left_behind(today).values())


def _in_meetings(today: dt.date, asked: "QuerySet[TeamMember]") -> "list[QuerySet[Any, tuple[Any, ...]]]":
    """Who has a meeting in the week, or one that nobody opened; owes material, advice, minutes, a notice."""
    coming = Meeting.objects.filter(state__in=list(COMING), held_on__gte=today)
    left = who_sees_to_it(today).filter(team__in=never_opened(today).order_by().values("team"))
    minutes = Minutes.objects.exclude(state=MinutesState.APPROVED)
    since = timezone.now() - PULSE_OPEN_FOR
    return [
        coming.filter(held_on__lte=today + WEEK).order_by().values_list("attendees__person"),
        AgendaItem.objects.filter(meeting__in=coming, needs_material=True, ready_at=None).values_list(
            "owner"
        ),
        Advice.objects.filter(item__meeting__in=coming, given_at=None, declined_at=None).values_list(
            "asked_of"
        ),
        minutes.values_list("approver"),
        minutes.values_list("checker"),
        minutes.filter(state=MinutesState.DRAFT).values_list("meeting__secretary"),
        asked.filter(
            Q(
                team__in=coming.filter(state=MeetingState.PLANNED).order_by().values("team"),
                role__in=ROUTING_SEATS,
            )
            | Q(pk__in=left.values("pk"))
        ).values_list("person"),
        PulseInvitation.objects.filter(is_used=False, meeting__ended_at__gt=since)
        .order_by()
        .values_list("person"),
    ]


def _chairs_see(day: dt.date) -> "QuerySet[Decision, Any]":
    """Teams with decisions that wait for the chair, since nobody else takes care of them."""
    found = Decision.objects.in_force().filter(for_chair(day, day - CHAIR_AFTER))
    return found.order_by().values("team")


def _with_leavers(today: dt.date) -> "QuerySet[HandOver, Any]":
    """Teams whose matters are with somebody who has left."""
    stuck = HandOver.objects.still_open().receiver_left(today).filter(matter__state=MatterState.HANDED_OVER)
    return stuck.order_by().values("matter__team")


def _to_review(day: dt.date) -> Iterable[int]:
    due = Mandate.objects.filter(state=MandateState.ADOPTED, review_on__lte=day)
    return due.values_list("team", flat=True)


@dataclass(frozen=True)
class Line:
    """One thing in a letter: a sentence or two, where to do it, and its day."""

    text: str
    url: str
    on: dt.date
    about: str = ""  # the record whose words it tells

    @property
    def thing(self) -> tuple[str, dt.date]:
        """What it is about: the same thing stands in a letter once."""
        return self.url.partition("#")[0], self.on

    def without(self, secret: Collection[str]) -> "Line":
        """The same without its words when its page is among the secret ones: mail goes through many hands."""
        if self.url.partition("#")[0] not in secret:
            return self
        return Line(gettext("Något som omfattas av sekretess. Läs det på sidan."), self.url, self.on)


@job()
def send_letters() -> None:
    """Queue the letters of the day; on Mondays the weekly ones."""
    today = timezone.localdate()
    queue_letters(today, with_digest=today.weekday() == MONDAY)


def queue_letters(today: dt.date, *, with_digest: bool) -> None:
    """Queue a letter for everybody for whom something is due today, or waits when the week is told of."""
    due = {*to_remind(today), *_answering(today), *meetings.whom_to_remind(today)}
    wanted = Q(pk__in=due)
    if with_digest:
        wanted |= Q(pk__in=concerned(today), has_digest=True)
    found = Person.objects.filter(wanted, is_active=True, email__isnull=False)
    ids = list(found.order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        for first in range(0, len(ids), IN_ONE_JOB):
            enqueue(send_some_letters, ids[first : first + IN_ONE_JOB], with_digest)


@job()
def send_some_letters(ids: list[int], with_digest: bool) -> None:  # noqa: FBT001  # a job's arguments have no names
    """The day's letter to some people; who has had one today gets no other."""
    calls = to_remind(timezone.localdate(), ids)
    for person in Person.objects.filter(pk__in=ids).order_by("pk"):
        send_letter(person, calls.get(person.pk, ()), with_digest=with_digest and person.has_digest)


@transaction.atomic
def send_letter(person: Person, calls: Iterable[Call], *, with_digest: bool) -> OutgoingMail | None:
    """What is due today, and the week when it is told of; None when there is nothing to say or it is said."""
    today = timezone.localdate()
    letter, is_first = Letter.objects.get_or_create(person=person, on=today)
    if not is_first:
        return None
    with translation.override(person.language):
        secret = _secret_pages(person)
        due = [
            *_reminders(calls),
            *(line.without(secret) for line in _answers(person, today)),
            *_of_meetings(person, today),
        ]
        items = [line.without(secret) for line in _waiting(person, due)] if with_digest else []
        ahead = [line.without(secret) for line in _coming(person)] if with_digest else []
        if not (due or items or ahead):
            letter.delete()
            return None
        _remember_what_it_tells(letter, [*due, *items[:MOST], *ahead[:MOST]])
        return mail.send(
            person,
            subject=_("Din vecka i Styrfart") if with_digest else _("Det här väntar på dig i dag"),
            template="overview/mail/digest.txt" if with_digest else "overview/mail/today.txt",
            context={
                "due": due,
                "items": items[:MOST],
                "more": max(0, len(items) - MOST),
                "coming": ahead[:MOST],
            },
            link=reverse("overview:home"),
            is_secret=True,  # it quotes what only the recipient may have read
            about=letter,
        )


def _remember_what_it_tells(letter: Letter, lines: Iterable[Line]) -> None:
    """So that the letter can be withheld when any of it becomes secret."""
    told = sorted({line.about for line in lines if line.about})
    letter.tells_of = f" {' '.join(told)} " if told else ""
    letter.save(update_fields=["tells_of"])


def _answering(today: dt.date) -> set[int]:
    """Ids of those from whom an answer or a report is due today."""
    answers = HandOver.objects.filter(
        answer_by=today, to_person__isnull=False, answered_at=None, returned_at=None, cancelled_at=None
    ).values_list("to_person", flat=True)
    reports = Preparation.objects.filter(committee_on=today, done_at=None, cancelled_at=None)
    return {*answers, *reports.values_list("owner", flat=True)}


def _reminders(calls: Iterable[Call]) -> list[Line]:
    """What decisions ask for today, each once however many letters there are."""
    fresh = remember_reminded(calls)
    return [
        Line(
            call.told,
            call.url,
            call.thing.due_on if call.kind == ReminderKind.OVERDUE else call.on,
            mail.about_of(call.thing),
        )
        for call in fresh
    ]


def _answers(person: Person, today: dt.date) -> list[Line]:
    """What others wait for from `person` today. To an outsider nothing is told of the organisation."""
    if not can_see_organisation(person):
        return []
    return [
        Line(_sentences(one.title, one.why), one.url, one.on, one.about)
        for one in matters_waiting_for(person)
        if one.on == today and one.kind in ANSWERS
    ]


def _of_meetings(person: Person, today: dt.date) -> list[Line]:
    """Material and advice whose day it is; they say nothing of what is secret."""
    if not can_see_organisation(person):
        return []
    return [Line(one.text, one.url, one.on, one.about) for one in meetings.reminders(person, today)]


def _waiting(person: Person, due: Iterable[Line]) -> list[Line]:
    """What waits besides what is due today."""
    said = {line.thing for line in due}
    lines = [
        Line(_sentences(item.title, item.why), item.url, item.on, item.about) for item in waiting(person)
    ]
    return [line for line in lines if line.thing not in said]


def _coming(person: Person) -> list[Line]:
    return [
        Line(_sentences(one.title, one.what), one.url, one.on, one.about)
        for one in coming(person, ahead=WEEK, with_meetings=True)
    ]


def _secret_pages(person: Person) -> set[str]:
    """Addresses of what is secret and `person` may see. Three queries."""
    matters = Matter.objects.visible_to(person).exclude(secrecy_ground="").filter(closed_at=None)
    decisions = Decision.objects.visible_to(person).exclude(secrecy_ground="").in_force()
    actions = Action.objects.in_force().filter(owner=person, done_at=None)
    actions = actions.exclude(decision__secrecy_ground="")
    pages = {one.get_absolute_url() for one in decisions.select_related("team")}
    pages |= {one.get_absolute_url() for one in actions.filter(decision__isnull=False).select_related("team")}
    for nr, slug in matters.values_list("pk", "team__slug"):
        pages |= {reverse("matters:show", args=[slug, nr]), reverse("matters:find", args=[nr])}
    return pages


def _sentences(title: str, why: str) -> str:
    """The two as sentences: a question or a decision ends with a sign of its own."""
    return f"{title} {why}" if title.endswith((".", "?", "!", "…")) else f"{title}. {why}"


schedule("overview.letters", send_letters, Daily(hour=7))
