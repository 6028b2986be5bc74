"""Letters with links: computed from the round's key when they are handed to the mail server, stored nowhere.

Neither the outbox, nor a job's arguments, nor a log ever holds a link. An invitation remembers the day on
which its letter went; of reminders nothing is remembered, for it would say who had not answered.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from styrfart.climate import keys
from styrfart.climate.models import Invitation, Round, RoundKind, RoundState, UsedLink
from styrfart.climate.queries.planning import minutes_of
from styrfart.climate.queries.saidanddone import done_since
from styrfart.shared import mail
from styrfart.shared.jobs import enqueue, job

IN_A_PART = 300
NOTED_AT_A_TIME = 25  # a worker that dies sends at most so many letters twice, with the same identity
ANSWERING = (RoundState.LAUNCHING, RoundState.OPEN)


class LettersLeft(Exception):
    """Some letters could not be handed over. Says how many, never to whom or why."""


@job(attempts=6, queue="mail")
def send_letters(pk: int) -> None:
    """Divide the round's letters into parts, each a job of its own. May run again: what has gone has gone."""
    if not settings.MAIL_IS_SENT:
        return
    waiting = _unsent(pk).order_by("pk").values_list("pk", flat=True)
    ids = list(waiting) if _is_open(pk) else []
    for first in range(0, len(ids), IN_A_PART):
        enqueue(send_part, pk, ids[first], ids[min(first + IN_A_PART, len(ids)) - 1])


@job(attempts=6, queue="mail")
def send_part(pk: int, first: int, last: int) -> None:
    """Send the letters of a part that have not gone. Raises `LettersLeft` so that the rest is tried again."""
    if not settings.MAIL_IS_SENT or not _is_open(pk):
        return
    some = list(_unsent(pk).filter(pk__range=(first, last)).select_related("person"))
    sent: list[int] = []

    def note(invitation: Invitation) -> None:
        sent.append(invitation.pk)
        if len(sent) % NOTED_AT_A_TIME == 0:
            _note(sent)

    try:
        failed = _hand_over(pk, some, "invitation", note)
    finally:
        _note(sent)
    if failed:
        raise LettersLeft(f"{failed} of {len(some)}")


@job(attempts=6, queue="mail")
def send_reminders(pk: int) -> None:
    """Divide the reminders into parts by number alone: who needs one is asked when it is sent."""
    if not settings.MAIL_IS_SENT or not _is_open(pk):
        return
    ids = list(_by_mail(pk).order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(ids), IN_A_PART):
        enqueue(remind_part, pk, ids[first], ids[min(first + IN_A_PART, len(ids)) - 1])


@job(attempts=2, queue="mail")
def remind_part(pk: int, first: int, last: int) -> None:
    """Remind those of the part whose links are unused. What fails is not tried again: nobody is nagged."""
    if not settings.MAIL_IS_SENT or not _is_open(pk):
        return
    key = keys.read(pk)
    some = list(_by_mail(pk).filter(pk__range=(first, last)).select_related("person"))
    used_ids = {keys.used_id(key.link(each.pk)): each.pk for each in some}
    used = set(UsedLink.objects.filter(pk__in=used_ids).values_list("pk", flat=True))
    left = {number for used_id, number in used_ids.items() if used_id not in used}
    _hand_over(pk, [each for each in some if each.pk in left], "reminder", lambda _each: None)


# A row that stayed would say who was about to answer, and when.
@job(attempts=4, queue="mail", leaves_trace=False)
def send_one(invitation_id: int) -> None:
    """Send somebody their own link once more, used or not: nothing here tells which."""
    found = Invitation.objects.select_related("person", "round").filter(
        pk=invitation_id, channel=Invitation.Channel.MAIL, round__state=RoundState.OPEN
    )
    some = list(found)
    if settings.MAIL_IS_SENT and some and _hand_over(some[0].round_id, some, "again", lambda _each: None):
        raise LettersLeft("1 of 1")


def ask_for_link(*, invitation: Invitation) -> None:
    """Let a job send the person their own link, one for each of their teams when the round is about teams.

    Not in the log: it would say who was about to answer.
    """
    own = Invitation.objects.filter(round=invitation.round_id, person=invitation.person_id)
    for pk in own.order_by("pk").values_list("pk", flat=True):
        enqueue(send_one, pk)


def _hand_over(pk: int, some: Sequence[Invitation], kind: str, note: Callable[[Invitation], None]) -> int:
    """Hand the letters to the mail server over one connection; how many it did not take."""
    if not some:
        return 0
    key = keys.read(pk)
    asked = Round.objects.select_related("subject").get(pk=pk)
    writer = _Writer(asked, kind)
    failed = 0
    connection: BaseEmailBackend = get_connection()
    try:
        connection.open()
    except Exception as error:  # noqa: BLE001  # any reason: told by its kind, without its text
        raise LettersLeft(type(error).__name__) from None
    try:
        for invitation in some:
            try:
                writer.letter(invitation, key.link(invitation.pk), connection).send()
            except Exception:  # noqa: BLE001  # one address must not stop the others; an error's text may quote it
                failed += 1
            else:
                note(invitation)
    finally:
        connection.close()
    return failed


class _Writer:
    """Writes the letters of a round: what is the same for all in a language is worked out once."""

    def __init__(self, asked: Round, kind: str) -> None:
        self.asked, self.kind = asked, kind
        self.minutes = minutes_of(asked.asked, len(asked.text_questions))
        self._shared: dict[str, dict[str, Any]] = {}

    def letter(self, invitation: Invitation, link: str, connection: BaseEmailBackend) -> EmailMessage:
        """The letter to one person, in their language."""
        person = invitation.person
        assert person is not None  # noqa: S101  # an invitation by mail is to a person: the database says so
        with translation.override(person.language):
            if person.language not in self._shared:
                self._shared[person.language] = self._in_language()
            shared = self._shared[person.language]
            body = mail.render(
                "climate/rounds/mail/letter.txt",
                {**shared, "recipient": person, "address": self._address(link)},
            )
            subject = str(shared["subject"])
        identity = f"climate-{self.kind}-{invitation.pk}"
        if self.kind == "again":
            identity += f"-{timezone.now():%Y%m%d%H%M}"
        return EmailMessage(
            " ".join(subject.split())[:200],
            body,
            to=[str(person.email)],
            # The same at every try, so that the recipient's server can drop a second copy.
            headers={"Message-ID": f"<{identity}@{settings.MAIL_DOMAIN}>"},
            connection=connection,
        )

    def _in_language(self) -> dict[str, Any]:
        is_review = self.asked.kind == RoundKind.REVIEW
        values = {"title": self.asked.title, "name": self.asked.subject or ""}
        subjects = {
            "invitation": _("%(title)s: din länk"),
            "reminder": _("Påminnelse: %(title)s är öppen"),
            "again": _("%(title)s: din länk igen"),
        }
        subject = _("Ge återkoppling till %(name)s") if is_review else subjects[self.kind]
        return {
            "round": self.asked,
            "kind": self.kind,
            "is_review": is_review,
            "minutes": self.minutes,
            "subject": subject % values,
            "done": done_since(self.asked),
            "base_url": settings.BASE_URL,
        }

    def _address(self, link: str) -> str:
        return f"{settings.BASE_URL}{answering_path(link)}"


def answering_path(link: str) -> str:
    """Where a link leads."""
    return reverse("climate:answer-start", args=[link])


def _by_mail(pk: int) -> Any:
    return Invitation.objects.filter(
        round=pk, channel=Invitation.Channel.MAIL, digest__isnull=False, person__is_active=True
    ).exclude(person__email=None)


def _unsent(pk: int) -> Any:
    return _by_mail(pk).filter(sent_on=None)


def _is_open(pk: int) -> bool:
    return Round.objects.filter(pk=pk, state=RoundState.OPEN, closes_on__gte=timezone.localdate()).exists()


def _note(sent: Sequence[int]) -> None:
    Invitation.objects.filter(pk__in=sent, sent_on=None).update(sent_on=timezone.localdate())
