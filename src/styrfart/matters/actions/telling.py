"""Noting in a matter's history what happened, and writing to those whom it concerns."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from styrfart.matters import phrases
from styrfart.matters.models import EventKind, Matter, MatterEvent, Routing
from styrfart.people.models import Person
from styrfart.shared import mail
from styrfart.shared.models import OutgoingMail


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


def _tell_without_words(person: Person, matter: Matter) -> OutgoingMail | None:
    """Mail goes through many hands: of what is secret it says only that the page has something new."""
    return mail.send(
        person,
        subject=_("Ärende %(nr)s"),
        text=_("Det har hänt något i ett ärende som omfattas av sekretess. Läs vad på ärendets sida."),
        context={"nr": matter.pk},
        link=reverse("matters:find", args=[matter.pk]),
        about=matter,
    )


def withhold_words(matter: Matter) -> None:
    """The letters that told of the matter say no more of it; those on their way are written anew."""
    letters = OutgoingMail.objects.filter(about=mail.about_key("matters.matter", matter.pk))
    unsent = list(letters.exclude(state=OutgoingMail.State.SENT).select_related("recipient"))
    letters.filter(state=OutgoingMail.State.SENT).update(
        subject=_("Ärende %(nr)s") % {"nr": matter.pk}, body=""
    )
    for letter in unsent:
        letter.delete()
    for person in {letter.recipient for letter in unsent if letter.recipient}:
        _tell_without_words(person, matter)
