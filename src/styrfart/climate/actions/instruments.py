"""Questionnaires of the organisation's own: written, made ready, written anew, no longer used."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from styrfart.climate.instruments import instrument_of
from styrfart.climate.models import OwnInstrument
from styrfart.people.models import Person
from styrfart.shared import audit

State = OwnInstrument.State


class DraftMoved(Exception):
    """Somebody else has saved the draft, or made it ready, since the page was opened."""

    def __init__(self, now: OwnInstrument) -> None:
        super().__init__(now.pk)
        self.now = now


@transaction.atomic
def compose_instrument(*, spec: dict[str, Any], origin: str, text_owner: str, actor: Person) -> OwnInstrument:
    """Begin a questionnaire; `actor` answers for it that its words may be used. Its key follows its number.

    Raises `InstrumentError` when it is not whole.
    """
    draft = OwnInstrument.objects.create(
        key="", origin=origin, text_owner=text_owner, declared_by=actor, declared_at=timezone.now()
    )
    draft.key = f"eget-{draft.pk}"
    _write(draft, spec)
    draft.save(update_fields=["key", "title", "spec"])
    audit.record("climate.compose_instrument", draft, actor=actor)
    return draft


@transaction.atomic
def change_instrument(
    *, draft: OwnInstrument, revision: int, spec: dict[str, Any], origin: str, text_owner: str, actor: Person
) -> OwnInstrument:
    """Save the draft; whoever does declares anew. Raises `DraftMoved`, `InstrumentError`."""
    draft = _open(draft, revision)
    draft.origin, draft.text_owner = origin, text_owner
    draft.declared_by, draft.declared_at = actor, timezone.now()
    _write(draft, spec)
    draft.revision += 1
    draft.save(
        update_fields=["title", "spec", "origin", "text_owner", "declared_by", "declared_at", "revision"]
    )
    audit.record("climate.change_instrument", draft, actor=actor)
    return draft


@transaction.atomic
def make_instrument_ready(*, draft: OwnInstrument, revision: int, actor: Person) -> OwnInstrument:
    """Let pulses be made of it. From now on this version never changes. Raises `DraftMoved`."""
    draft = _open(draft, revision)
    draft.state, draft.ready_at = State.READY, timezone.now()
    draft.save(update_fields=["state", "ready_at"])
    audit.record("climate.make_instrument_ready", draft, actor=actor)
    return draft


@transaction.atomic
def begin_version(*, own: OwnInstrument, actor: Person) -> OwnInstrument:
    """A draft of the next version, with the words of the latest; the one there is if it was begun before."""
    versions = OwnInstrument.objects.filter(key=own.key)
    list(versions.select_for_update(of=("self",)))  # whoever clicks at the same time waits here
    latest = versions.latest("version")
    if latest.state == State.DRAFT:
        return latest
    draft = OwnInstrument.objects.create(
        key=latest.key,
        version=latest.version + 1,
        title=latest.title,
        spec=latest.spec | {"version": latest.version + 1},
        origin=latest.origin,
        text_owner=latest.text_owner,
        declared_by=actor,
        declared_at=timezone.now(),
    )
    audit.record("climate.begin_version", draft, actor=actor)
    return draft


@transaction.atomic
def discard_instrument(*, draft: OwnInstrument, revision: int, actor: Person) -> None:
    """Throw the draft away; versions that were made ready stay. Raises `DraftMoved`."""
    draft = _open(draft, revision)
    audit.record("climate.discard_instrument", draft, actor=actor)
    draft.delete()


@transaction.atomic
def retire_instrument(*, own: OwnInstrument, actor: Person) -> None:
    """No new pulse is made of it. Those that have begun keep their own copy of what they ask."""
    ready = OwnInstrument.objects.filter(key=own.key, state=State.READY)
    if ready.update(state=State.RETIRED, retired_at=timezone.now()):
        audit.record("climate.retire_instrument", own, actor=actor)


def _open(draft: OwnInstrument, revision: int) -> OwnInstrument:
    """The draft under lock, while it is the one that was read."""
    fresh = OwnInstrument.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if fresh.state != State.DRAFT or fresh.revision != revision:
        raise DraftMoved(fresh)
    return fresh


def _write(draft: OwnInstrument, spec: dict[str, Any]) -> None:
    """Put what was written in the draft, as a questionnaire that is whole."""
    named = spec | {"key": draft.key, "version": draft.version, "source": draft.text_owner}
    made = instrument_of(named)
    draft.title, draft.spec = made.title.to(made.original), named
