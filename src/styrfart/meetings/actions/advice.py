"""Advice before a meeting: asking for it, giving it, and saying that one cannot."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.matters.models import Matter
from styrfart.meetings import rules
from styrfart.meetings.actions.holding import hold_item
from styrfart.meetings.actions.ticking import hold, tick
from styrfart.meetings.facts import AdviceAlreadyAsked, AdviceIsClosed, AdvisorMayNotRead
from styrfart.meetings.models import COMING, LEFT, Advice, AgendaItem
from styrfart.meetings.queries.secrecy import is_secret
from styrfart.people.models import Person
from styrfart.shared import audit, mail


@transaction.atomic
def ask_advice(
    *, item: AgendaItem, asked_of: Person, question: str, answer_by: dt.date, actor: Person
) -> Advice:
    """Ask somebody for advice on the item before the meeting; they are written to.

    What is secret is asked only of those who may read it. Raises `AdviceAlreadyAsked`, `AdvisorMayNotRead`.
    """
    held, fresh = hold_item(item, actor)
    if not _may_read(asked_of, fresh):
        raise AdvisorMayNotRead(fresh)
    advice, is_new = Advice.objects.get_or_create(
        item=fresh,
        asked_of=asked_of,
        defaults={"asked_by": actor, "question": question, "answer_by": answer_by},
    )
    if not is_new:
        raise AdviceAlreadyAsked(fresh)
    secret = is_secret(fresh)
    mail.send(
        asked_of,
        subject=_("%(asker)s vill ha ditt råd") if secret else _("%(asker)s vill ha ditt råd: %(title)s"),
        template="meetings/mail/advice_asked.txt",
        context={
            "asker": actor.full_name,
            "title": fresh.title,
            "question": "" if secret else question,
            "answer_by": answer_by,
            "team": held.team.name,
            "day": held.held_on,
        },
        link=reverse("meetings:advice", args=[advice.pk]),
        about=fresh.matter or advice,
    )
    tick(held)
    audit.record("meetings.ask_advice", advice, actor=actor, concerns=[actor, asked_of])
    return advice


@transaction.atomic
def give_advice(*, advice: Advice, revision: int, text: str, actor: Person) -> Advice:
    """Write down the advice; it can be changed until the meeting begins. Who asked is told the first time."""
    fresh = _open(advice, actor)
    if fresh.revision != revision:
        raise AdviceIsClosed(fresh)
    is_first = fresh.given_at is None
    fresh.text, fresh.given_at, fresh.declined_at = text.strip(), timezone.now(), None
    fresh.revision += 1
    fresh.save(update_fields=["text", "given_at", "declined_at", "revision"])
    if is_first:
        _tell(fresh, _("%(who)s har gett sitt råd"))
    audit.record("meetings.give_advice", fresh, actor=actor, concerns=[actor, fresh.asked_by_id])
    return fresh


@transaction.atomic
def decline_advice(*, advice: Advice, actor: Person) -> Advice:
    """Say that no advice will come, so that nobody waits for it."""
    fresh = _open(advice, actor)
    if fresh.given_at or fresh.declined_at:
        raise AdviceIsClosed(fresh)
    fresh.declined_at = timezone.now()
    fresh.revision += 1
    fresh.save(update_fields=["declined_at", "revision"])
    _tell(fresh, _("%(who)s kan inte ge råd den här gången"))
    audit.record("meetings.decline_advice", fresh, actor=actor, concerns=[actor, fresh.asked_by_id])
    return fresh


def _open(advice: Advice, actor: Person) -> Advice:
    """The advice under its meeting's lock, while it can still be given by the one who was asked."""
    held = hold(advice.item.meeting)
    fresh = Advice.objects.select_related("item__matter", "item__decision", "asked_by", "asked_of").get(
        pk=advice.pk
    )
    fresh.item.meeting = held
    is_over = held.state not in COMING or fresh.item.state in LEFT
    if is_over or not rules.can_advise(actor, fresh):
        raise AdviceIsClosed(fresh)
    tick(held)
    return fresh


def _tell(advice: Advice, subject: object) -> None:
    item = advice.item
    mail.send(
        advice.asked_by,
        subject=subject,  # type: ignore[arg-type]  # lazily translated
        text=_("Läs det på mötets sida.") if is_secret(item) else _("Det gäller punkten ”%(title)s”."),
        context={"who": advice.asked_of.full_name, "title": item.title},
        link=item.meeting.get_absolute_url(),
        about=item.matter or advice,
    )


def _may_read(person: Person, item: AgendaItem) -> bool:
    if not is_secret(item):
        return True
    if item.matter and item.matter.secrecy_ground:
        return Matter.objects.visible_to(person).filter(pk=item.matter.pk).exists()
    return bool(item.decision) and rules.can_see_meetings(person, item.meeting.team)
