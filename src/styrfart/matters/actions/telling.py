"""Noting in a matter's history what happened, and writing to those whom it concerns."""

from collections.abc import Iterable
from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from styrfart.matters import phrases
from styrfart.matters.models import EventKind, Matter, MatterEvent, Routing
from styrfart.people.models import Person
from styrfart.shared import mail


class _Where(TypedDict):
    """What every letter about a matter leads to."""

    context: dict[str, object]
    link: str


def note_event(
    matter: Matter, kind: EventKind, *, by: Person, note: str = "", routing: Routing | None = None
) -> MatterEvent:
    """Add a line to the matter's history, in the team where the matter is now."""
    return MatterEvent.objects.create(
        matter=matter, kind=kind, by=by, team_id=matter.team_id, note=note, routing=routing
    )


def tell(event: MatterEvent, *, to: Iterable[Person | None]) -> list[int]:
    """Write to each of `to` once what happened, but not to whoever did it; gives their ids."""
    told: dict[int, Person] = {who.pk: who for who in to if who and who.pk != event.by_id}
    for person in told.values():
        if event.matter.secrecy_ground:
            _tell_without_words(person, event.matter)
            continue
        mail.send(
            person,
            subject=_("Ärende %(nr)s: %(question)s"),
            template="matters/mail/moved.txt",
            context={
                "nr": event.matter_id,
                "question": event.matter.question,
                "happened": phrases.lazy_happened(event),
                "note": "" if event.routing else event.note,
            },
            link=reverse("matters:find", args=[event.matter_id]),
            about=event.matter,
        )
    return list(told)


# Mail goes through many hands: of what is secret it says only that the page has something new.
WITHOUT_WORDS = _("Ärende %(nr)s")
NOTHING_TOLD = _("Det har hänt något i ett ärende som omfattas av sekretess. Läs vad på ärendets sida.")


def _tell_without_words(person: Person, matter: Matter) -> None:
    mail.send(person, subject=WITHOUT_WORDS, text=NOTHING_TOLD, **_where(matter), about=matter)


def withhold_words(matter: Matter) -> None:
    """The letters that told of the matter say no more of it, sent or not."""
    mail.withhold([mail.about_of(matter)], subject=WITHOUT_WORDS, text=NOTHING_TOLD, **_where(matter))


def _where(matter: Matter) -> _Where:
    return {"context": {"nr": matter.pk}, "link": reverse("matters:find", args=[matter.pk])}
