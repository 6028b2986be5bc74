"""Who is told of a decision by mail, and in which words."""

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


def tell_of_undone(decision: Decision) -> list[Person]:
    """Everybody who was told learns that it no longer holds. Gives who they are."""
    told = people_to_tell(decision)
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


def tell_of_replaced(old: Decision, new: Decision) -> None:
    """The old one's owner and recipients learn that it no longer holds, unless the new one told them."""
    knows = {person.pk for person in people_to_tell(new)} | {new.decided_by_id}
    for person in people_to_tell(old):
        if person.pk not in knows:
            mail.send(
                person,
                subject=_("Beslut %(number)s är ersatt"),
                template="decisions/mail/replaced.txt",
                context={**_words(old), "new": new.number},
                link=old.get_absolute_url(),
                about=old,
            )


def withhold_words(decision: Decision) -> None:
    """The letters that told of the decision and of its actions say no more of it, sent or not."""
    mail.withhold(
        [mail.about_of(decision), *(mail.about_of(action) for action in decision.actions.all())],
        text=_("Det som brevet gällde omfattas nu av sekretess. Läs mer på beslutets sida."),
        link=decision.get_absolute_url(),
    )


def _words(decision: Decision) -> dict[str, object]:
    return {
        "decision": decision,
        "number": decision.number,
        "team": decision.team.name,
    }
