"""What a person decides about their calendar: an address to subscribe to, invitations by mail."""

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from styrfart.meetings.models import CalendarChoice, CalendarKey
from styrfart.meetings.queries.calendar import digest_of
from styrfart.people.models import Person
from styrfart.shared import audit

SECRET_BYTES = 32


class KeyHasChanged(Exception):
    """The address has been made anew or revoked since the page was shown."""


@dataclass(frozen=True)
class NewKey:
    """A key and its secret, which nobody can read again."""

    key: CalendarKey
    secret: str


@transaction.atomic
def make_calendar_key(*, known: str, actor: Person) -> NewKey:
    """Make a secret address for the actor's calendar; the one there was stops working at once.

    `known`: `mark_of` the key that the actor saw, so that a reloaded page makes no second address.
    Invitations by mail are turned off with the first address: the same meetings would stand twice.
    """
    found = _locked(actor)
    if mark_of(found) != known:
        raise KeyHasChanged
    secret = secrets.token_urlsafe(SECRET_BYTES)
    if found is None:
        found = CalendarKey(person=actor)
        verb = "meetings.make_calendar_key"
        _choose(actor, has_invitations=False)
    else:
        verb = "meetings.renew_calendar_key"
    found.digest, found.created_at, found.last_read_on = digest_of(secret), timezone.now(), None
    found.save()
    audit.record(verb, actor, actor=actor, concerns=[actor])
    return NewKey(found, secret)


@transaction.atomic
def revoke_calendar_key(*, actor: Person) -> None:
    """Close the actor's address; invitations come by mail again."""
    found = _locked(actor)
    if found is None:
        return
    found.delete()
    _choose(actor, has_invitations=True)
    audit.record("meetings.revoke_calendar_key", actor, actor=actor, concerns=[actor])


@transaction.atomic
def choose_invitations(*, has_invitations: bool, actor: Person) -> None:
    """Let new meetings come to the actor's calendar by mail, or not. Not logged: it concerns nobody else."""
    _choose(actor, has_invitations=has_invitations)


def note_reading(key: CalendarKey) -> None:
    """Write down the day, once: a program that asks every minute writes nothing more."""
    today = timezone.localdate()
    if key.last_read_on != today:
        CalendarKey.objects.filter(pk=key.pk, digest=key.digest).update(last_read_on=today)


def mark_of(key: CalendarKey | None) -> str:
    """Which key a page shows, without saying anything of its secret."""
    return key.created_at.isoformat() if key else ""


def _choose(person: Person, *, has_invitations: bool) -> None:
    CalendarChoice.objects.update_or_create(person=person, defaults={"has_invitations": has_invitations})


def _locked(person: Person) -> CalendarKey | None:
    # The person is what two tabs both have: a key that is not there yet cannot be locked.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    return CalendarKey.objects.filter(person=person).first()
