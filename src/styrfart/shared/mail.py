"""Mail: written with the deed that causes it, in the recipient's language, sent by a job after commit."""

import smtplib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.db.models import Case, QuerySet, Value, When
from django.template import Context, Engine, engines
from django.utils import timezone, translation
from django.utils.functional import Promise

from styrfart.shared.jobs import enqueue, job
from styrfart.shared.models import OutgoingMail

State = OutgoingMail.State
ATTEMPTS = 6  # over some three hours


class Recipient(Protocol):
    """Somebody to write to (a person; this room does not know people)."""

    pk: int
    email: str | None
    language: str
    is_active: bool


@dataclass(frozen=True)
class CalendarPart:
    """What a calendar is asked (`method`: REQUEST or CANCEL), and the iCalendar text that says it."""

    method: str
    text: str


@transaction.atomic
def send(
    recipient: Recipient,
    *,
    subject: str | Promise,
    text: str | Promise = "",
    link: str = "",
    template: str = "shared/mail/plain.txt",
    context: Mapping[str, Any] | None = None,
    is_secret: bool = False,
    about: models.Model | None = None,
    calendar: CalendarPart | None = None,
) -> OutgoingMail | None:
    """Write a mail in the caller's transaction; it is sent when that is committed. None without an address.

    `subject` and `text` are lazily translated, and `%(name)s` in them is filled from `context`; `link` is
    the path of the page that the mail is about. A longer mail has its own `template`, which extends
    `shared/mail/base.txt` and sees `context`. `is_secret`: it holds a key to the account, or what only the
    recipient reads. `about` is the record that it tells of. `calendar` goes with it for the reader's
    calendar program.
    """
    if not recipient.email or not recipient.is_active:
        return None
    with translation.override(recipient.language):
        values = _values(recipient, text=text, link=link, context=context)
        return write(
            address=recipient.email,
            recipient_id=recipient.pk,
            subject=_filled(subject, values),
            body=render(template, values),
            is_secret=is_secret,
            about=about_of(about) if about else "",
            calendar=calendar,
        )


def _values(
    recipient: Recipient | None, *, text: str | Promise, link: str, context: Mapping[str, Any] | None
) -> dict[str, Any]:
    """What the template of a mail sees; in the language of the moment."""
    values = dict(context or {})
    return values | {
        "recipient": recipient,
        "base_url": settings.BASE_URL,
        "text": _filled(text, values),
        "link": link,
    }


def about_of(record: models.Model) -> str:
    """How a mail says that it is about this record."""
    return about_key(record._meta.label_lower, record.pk)


def about_key(record_type: str, pk: object) -> str:
    """How a mail says which record it is about."""
    return f"{record_type}/{pk}"


# Rooms above add here what must follow for letters of theirs that tell of several records. Each is called, in
# the same transaction, with how a letter names the records of which no more is to be said.
ON_WITHHOLD: list[Callable[[Collection[str]], None]] = []


@transaction.atomic
def withhold(
    abouts: Collection[str],
    *,
    text: str | Promise,
    subject: str | Promise = "",
    context: Mapping[str, Any] | None = None,
    link: str = "",
) -> None:
    """Let the letters about these records say no more than `text`: what they told of has become secret.

    Of those that have been sent the body is erased. Those that have not get other words, in the language of
    their reader, and go on their way. With `subject` it takes the place of theirs, sent or not.
    """
    letters = OutgoingMail.objects.select_for_update(of=("self",), no_key=True).filter(about__in=abouts)
    for letter in letters.select_related("recipient"):
        person: Any = letter.recipient
        with translation.override(person.language if person else settings.LANGUAGE_CODE):
            values = _values(person, text=text, link=link, context=context)
            if subject:
                letter.subject = _on_a_line(_filled(subject, values))
            is_to_go = person is not None and letter.state != State.SENT
            letter.body = render("shared/mail/plain.txt", values) if is_to_go else ""
            letter.calendar = ""
        letter.save(update_fields=["subject", "body", "calendar"])
    for follow in ON_WITHHOLD:
        follow(abouts)


@transaction.atomic
def take_back(abouts: Collection[str]) -> None:
    """Throw away the letters about these records that have not been sent: nothing is left to tell of."""
    OutgoingMail.objects.filter(about__in=abouts).exclude(state=State.SENT).delete()


def _on_a_line(subject: str) -> str:
    return " ".join(subject.split())[:200]


def _filled(text: str | Promise, values: Mapping[str, Any]) -> str:
    return str(text) % values if "%(" in str(text) else str(text)


@transaction.atomic
def write(
    *,
    address: str,
    subject: str,
    body: str,
    recipient_id: int | None = None,
    is_secret: bool = False,
    about: str = "",
    calendar: CalendarPart | None = None,
) -> OutgoingMail:
    """Put a finished text in the outbox and queue its sending."""
    mail = OutgoingMail.objects.create(
        recipient_id=recipient_id,
        address=address,
        subject=_on_a_line(subject),
        body=body,
        is_secret=is_secret,
        about=about,
        calendar=calendar.text if calendar else "",
        calendar_method=calendar.method if calendar else "",
    )
    enqueue(deliver, mail.pk)
    return mail


def render(template: str, context: Mapping[str, Any]) -> str:
    """The text of a mail: no HTML escaping, blank lines never more than one in a row."""
    engine: Engine = engines["django"].engine  # type: ignore[attr-defined]  # Django's own backend has one
    text = engine.get_template(template).render(Context(dict(context), autoescape=False))
    lines: list[str] = []
    for line in text.strip().splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines) + "\n"


@job(attempts=ATTEMPTS, queue="mail")
def deliver(mail_id: int) -> None:
    """Send one mail; sent once more only if the server took it and the receipt was lost."""
    mail = OutgoingMail.objects.filter(pk=mail_id).first()
    if mail is None or mail.state == State.SENT:
        return
    if not settings.MAIL_IS_SENT:
        _note(mail, State.HELD)
        return
    message = EmailMultiAlternatives(
        mail.subject,
        mail.body,
        to=[mail.address],
        # The same identity at every try, so that the recipient's server can drop a second copy.
        headers={"Message-ID": f"<mail-{mail.pk}.{mail.created_at:%Y%m%d%H%M%S}@{settings.MAIL_DOMAIN}>"},
    )
    if mail.calendar:
        # Google and Thunderbird read the alternative, some versions of Outlook only the file.
        message.attach_alternative(mail.calendar, f"text/calendar; method={mail.calendar_method}")
        message.attach("kalender.ics", mail.calendar.encode(), "application/ics")
    try:
        message.send()
    except Exception as error:
        is_last = mail.attempts + 1 >= ATTEMPTS
        _note(mail, State.FAILED if is_last else State.WAITING, failure=_kind(error))
        raise
    _note(mail, State.SENT)


def _note(mail: OutgoingMail, state: str, *, failure: str = "") -> None:
    mail.state, mail.failure = state, failure
    mail.attempts += state != State.HELD
    mail.sent_at = timezone.now() if state == State.SENT else None
    fields = ["state", "failure", "attempts", "sent_at"]
    if state == State.SENT and mail.is_secret:
        mail.body = mail.calendar = ""
        fields += ["body", "calendar"]
    # Otherwise the body stays out: what was withheld while the letter was on its way must not come back.
    mail.save(update_fields=fields)


def _kind(error: Exception) -> str:
    """The kind of error, without its text: a server's answer may quote the address."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _text in error.recipients.values()})
        return f"{type(error).__name__} {' '.join(map(str, codes))}"
    code = (
        error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else getattr(error, "errno", None)
    )
    return f"{type(error).__name__} {code or ''}".strip()


def outbox() -> QuerySet[OutgoingMail]:
    """Outgoing mail for the system owner: what failed first, then newest first. Never the body."""
    return (
        OutgoingMail.objects.select_related("recipient")
        .defer("body", "calendar")
        .order_by(Case(When(state=State.FAILED, then=Value(0)), default=Value(1)), "-created_at", "-pk")
    )


@transaction.atomic
def send_again(mail: OutgoingMail) -> None:
    """Queue a mail that failed or was held once more."""
    mail = OutgoingMail.objects.select_for_update().get(pk=mail.pk)
    if mail.state in {State.FAILED, State.HELD}:
        mail.state, mail.attempts = State.WAITING, 0
        mail.save(update_fields=["state", "attempts"])
        enqueue(deliver, mail.pk)
