"""Who is told of a decision by mail, and in which words."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from styrfart.decisions.models import Decision
from styrfart.people.models import Person
from styrfart.shared import mail


def people_to_tell(decision: Decision) -> list[Person]:
    """The owner and those who must hear of the decision, each once, without the decider."""
    found = {decision.owner_id: decision.owner} | {
        row.person_id: row.person for row in decision.recipients.select_related("person")
    }
    return [person for pk, person in found.items() if pk != decision.decided_by_id]


def tell_of_new(decision: Decision, told: list[Person]) -> None:
    """The owner is asked to take it on; those who must hear are asked for a receipt."""
    if decision.owner_id != decision.decided_by_id:
        mail.send(
            decision.owner,
            subject=_("Du ska genomföra beslut %(number)s"),
            template="decisions/mail/owner.txt",
            context=_words(decision),
            link=decision.get_absolute_url(),
            about=decision,
        )
    for person in told:
        mail.send(
            person,
            subject=_("Nytt beslut %(number)s från %(team)s"),
            template="decisions/mail/recipient.txt",
            context=_words(decision),
            link=decision.get_absolute_url(),
            about=decision,
        )


def tell_of_undone(decision: Decision, *, but: Collection[Person] = ()) -> list[Person]:
    """Everybody who was told, without those of `but`, learns that it no longer holds. Gives who they are."""
    told = [person for person in people_to_tell(decision) if person not in but]
    for person in told:
        mail.send(
            person,
            subject=_("Beslut %(number)s är återtaget"),
            template="decisions/mail/withdrawn.txt",
            context=_words(decision),
            link=decision.get_absolute_url(),
            about=decision,
        )
    return told


def tell_of_restored(before: Decision, undone: Decision) -> list[Person]:
    """Whom the decision concerns that was replaced learn that it holds again. Gives who they are."""
    told = _hearers(before, but={undone.decided_by_id})
    for person in told:
        mail.send(
            person,
            subject=_("Beslut %(number)s gäller igen"),
            text=_("Beslut %(new)s är återtaget. Därför gäller beslut %(number)s i %(team)s som förut."),
            context={**_words(before), "new": undone.number},
            link=before.get_absolute_url(),
            about=before,
        )
    return told


def tell_of_replaced(old: Decision, new: Decision) -> None:
    """Decider, owner and recipients of the old one learn that it no longer holds, unless they know."""
    for person in _hearers(old, but={person.pk for person in people_to_tell(new)} | {new.decided_by_id}):
        mail.send(
            person,
            subject=_("Beslut %(number)s är ersatt"),
            template="decisions/mail/replaced.txt",
            context={**_words(old), "new": new.number},
            link=old.get_absolute_url(),
            about=old,
        )


def _hearers(decision: Decision, *, but: Collection[int]) -> list[Person]:
    """Who decided, who owns it and who had to hear of it, without those with the ids `but`."""
    found = {decision.decided_by_id: decision.decided_by}
    found |= {person.pk: person for person in people_to_tell(decision)}
    return [person for pk, person in found.items() if pk not in but]


def withhold_words(decision: Decision) -> None:
    """The letters that told of the decision and of its actions say no more of it, sent or not."""
    mail.withhold(
        [mail.about_of(decision), *(mail.about_of(action) for action in decision.actions.all())],
        text=_(
            "Det som brevet gällde omfattas nu av sekretess. Är du med i ledningsgruppen läser du mer på"
            " beslutets sida. Annars frågar du ordföranden."
        ),
        link=decision.get_absolute_url(),
    )


def _words(decision: Decision) -> dict[str, object]:
    return {
        "decision": decision,
        "number": decision.number,
        "team": decision.team.name,
    }
