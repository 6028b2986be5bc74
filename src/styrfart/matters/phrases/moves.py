"""What happened to a matter, in plain words: for those who wait, for those who acted, for the history."""

import datetime as dt

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from styrfart.matters.models import EventKind, Matter, MatterEvent, MatterState, Route, Routing
from styrfart.people.models import Person
from styrfart.shared.templatetags.words import day, due, in_words


def moved(routing: Routing) -> str:
    """What somebody did with the matter, for the one who handed it in. Needs `queries.ROUTING` fetched."""
    by = routing.by.full_name
    match routing.route:
        case Route.MEETING:
            return _("%(by)s har lagt ärendet i kön till ett möte.") % {"by": by}
        case Route.DECIDE:
            return _decided(routing)
        case Route.TEAM:
            return _(
                "%(by)s har lämnat ärendet till %(team)s. Där väntar det på väg. Svar senast %(day)s."
            ) % {
                "by": by,
                "team": routing.hand_over.to_team,
                "day": day(routing.hand_over.answer_by),
            }
        case Route.POST | Route.LINE:
            return _("%(by)s har lämnat ärendet till %(to)s, som svarar senast %(day)s.") % {
                "by": by,
                "to": routing.hand_over.to_person,
                "day": day(routing.hand_over.answer_by),
            }
        case Route.COMMITTEE:
            return _("Ärendet bereds till nämnden. %(writer)s skriver tjänsteutlåtandet.") % {
                "writer": routing.preparation.owner
            }
        case Route.WRITTEN:
            return _("Ärendet har gått ut skriftligt till gruppen.")
        case Route.MORE:
            return _("%(by)s ber om mer: %(what)s") % {"by": by, "what": routing.note}
        case _:
            return _("%(by)s tackar nej för gruppen. %(why)s Rätt ställe: %(home)s.") % {
                "by": by,
                "why": routing.note,
                "home": routing.home.rstrip("."),
            }


def _decided(routing: Routing) -> str:
    decision = routing.matter.decision
    if decision is None or routing.undone_at:
        return _("%(by)s fattade ett beslut, som sedan ångrades.") % {"by": routing.by}
    return _("%(by)s har beslutat (%(number)s). %(owner)s ansvarar, klart senast %(day)s.") % {
        "by": decision.decided_by,
        "number": decision.number,
        "owner": decision.owner,
        "day": day(decision.due_on),
    }


def receipt(routing: Routing) -> str:
    """What you did and what happens next, for the one who chose the route."""
    match routing.route:
        case Route.MEETING:
            return _("Upptaget på möte. Ärendet ligger i kön till mötet.")
        case Route.DECIDE:
            return _receipt_of_decision(routing)
        case Route.TEAM:
            return _("Lämnat till %(team)s. Svar senast %(day)s.") % {
                "team": routing.hand_over.to_team,
                "day": day(routing.hand_over.answer_by),
            }
        case Route.POST | Route.LINE:
            return _("Lämnat till %(to)s, som får veta nu. Svar senast %(day)s.") % {
                "to": routing.hand_over.to_person,
                "day": day(routing.hand_over.answer_by),
            }
        case Route.COMMITTEE:
            return _("Lämnat till beredning. %(writer)s får veta nu.") % {"writer": routing.preparation.owner}
        case Route.WRITTEN:
            people = max(len(routing.told), 1)
            return ngettext(
                "Utskickat skriftligt till %(people)s person.",
                "Utskickat skriftligt till %(people)s personer.",
                people,
            ) % {"people": people}
        case Route.MORE:
            return _("Komplettering begärd. %(sender)s får veta nu.") % {
                "sender": routing.matter.handed_in_by
            }
        case _:
            return _("Tackat nej. %(sender)s får veta skälet och rätt ställe nu.") % {
                "sender": routing.matter.handed_in_by
            }


def _receipt_of_decision(routing: Routing) -> str:
    decision = routing.matter.decision
    if decision is None:
        return _("Beslutet är ångrat.")
    if decision.owner_id == routing.by_id:
        return _("Beslutat (%(number)s). Vi påminner dig %(day)s.") % {
            "number": decision.number,
            "day": day(decision.due_on),
        }
    return _("Beslutat (%(number)s). %(owner)s får veta nu. Vi påminner %(day)s.") % {
        "number": decision.number,
        "owner": decision.owner.given_name,
        "day": day(decision.due_on),
    }


HANDLED = {
    Route.MEETING: gettext_lazy("Togs upp på möte %(day)s."),
    Route.DECIDE: gettext_lazy("Beslutades %(day)s."),
    Route.POST: gettext_lazy("Lämnades till en befattning %(day)s."),
    Route.TEAM: gettext_lazy("Lämnades till en annan grupp %(day)s."),
    Route.LINE: gettext_lazy("Lämnades till linjen %(day)s."),
    Route.COMMITTEE: gettext_lazy("Bereddes till nämnden %(day)s."),
    Route.WRITTEN: gettext_lazy("Gick ut skriftligt %(day)s."),
    Route.MORE: gettext_lazy("Komplettering begärdes %(day)s."),
    Route.DECLINE: gettext_lazy("Tackades nej till %(day)s."),
}


def handled(route: Route, at: dt.datetime) -> str:
    """How an earlier matter was handled, in a few words."""
    return HANDLED[route] % {"day": day(at)}


AGREED = {
    Route.MEETING: gettext_lazy("De flesta av de %(count)s mest lika togs upp på möte."),
    Route.DECIDE: gettext_lazy("De flesta av de %(count)s mest lika beslutades direkt."),
    Route.POST: gettext_lazy("De flesta av de %(count)s mest lika lämnades till en befattning."),
    Route.TEAM: gettext_lazy("De flesta av de %(count)s mest lika lämnades till en annan grupp."),
    Route.LINE: gettext_lazy("De flesta av de %(count)s mest lika lämnades till linjen."),
    Route.COMMITTEE: gettext_lazy("De flesta av de %(count)s mest lika bereddes till nämnden."),
    Route.WRITTEN: gettext_lazy("De flesta av de %(count)s mest lika gick ut skriftligt."),
    Route.MORE: gettext_lazy("De flesta av de %(count)s mest lika behövde kompletteras."),
    Route.DECLINE: gettext_lazy("De flesta av de %(count)s mest lika tackade ni nej till."),
}


def agreed(route: str, count: int) -> str:
    """Which way most of the nearest earlier matters went."""
    return AGREED[Route(route)] % {"count": in_words(count)}


def tone(matter: Matter, reader: Person) -> str:
    """The tone of the status word: what waits for the reader stands out, for nobody else."""
    if matter.state == MatterState.MORE_ASKED:
        return "you" if matter.handed_in_by_id == reader.pk else "going"
    return TONES.get(MatterState(matter.state), "none")


def beyond_state(matter: Matter) -> str:
    """What the word for the state leaves out: who has it now, else whose desk it is at."""
    return where(matter) if matter.state in ELSEWHERE else f"{matter.team}."


# Here where the matter is says more than its state does.
ELSEWHERE = {MatterState.HANDED_OVER, MatterState.PREPARING, MatterState.DECIDED}


def where(matter: Matter) -> str:
    """Where a matter is now, in one sentence. Needs `queries.with_whereabouts`."""
    held = getattr(matter, "open_hand_overs", [])
    prepared = getattr(matter, "open_preparations", [])
    if matter.state == MatterState.HANDED_OVER and held:
        return _("Hos %(person)s. Svar %(due)s.") % {
            "person": held[0].to_person,
            "due": due(held[0].answer_by),
        }
    if matter.state == MatterState.PREPARING and prepared:
        return _("%(person)s skriver tjänsteutlåtandet till nämnden.") % {"person": prepared[0].owner}
    if matter.state == MatterState.DECIDED and matter.decision:
        return _("Beslut %(number)s. %(owner)s ansvarar.") % {
            "number": matter.decision.number,
            "owner": matter.decision.owner,
        }
    return WHERE.get(MatterState(matter.state), "") % {"team": matter.team}


def where_and_whether(matter: Matter) -> str:
    """Where a matter is, and whether the one who got it has left: `receiver_left`, from the list's query."""
    said = where(matter)
    return f"{said} {receiver_left()}" if getattr(matter, "receiver_left", False) else said


def receiver_left() -> str:
    """Why nobody answers."""
    return _("Den som fick ärendet har slutat.")


WHERE = {
    MatterState.DRAFT: gettext_lazy("Bara du ser utkastet. Det är på väg till %(team)s."),
    MatterState.INBOX: gettext_lazy("Väntar på väg hos %(team)s."),
    MatterState.MORE_ASKED: gettext_lazy("%(team)s ber om mer innan de väljer väg."),
    MatterState.QUEUED: gettext_lazy("Tas upp på ett möte med %(team)s."),
    MatterState.HANDED_OVER: gettext_lazy("Lämnat vidare av %(team)s."),
    MatterState.PREPARING: gettext_lazy("Bereds till nämnden av %(team)s."),
    MatterState.PREPARED: gettext_lazy("%(team)s har berett ärendet. Nämnden beslutar."),
    MatterState.DECIDED: gettext_lazy("Beslutat hos %(team)s."),
    MatterState.INFORMED: gettext_lazy("Gick ut skriftligt till %(team)s."),
    MatterState.DECLINED: gettext_lazy("%(team)s tackade nej."),
    MatterState.ANSWERED: gettext_lazy("Besvarat."),
    MatterState.WITHDRAWN: gettext_lazy("Återtaget."),
}
TONES = {
    MatterState.INBOX: "going",
    MatterState.QUEUED: "going",
    MatterState.HANDED_OVER: "going",
    MatterState.PREPARING: "going",
    MatterState.PREPARED: "ok",
    MatterState.DECIDED: "ok",
    MatterState.INFORMED: "ok",
    MatterState.ANSWERED: "ok",
}


EVENTS = {
    EventKind.HANDED_IN: lambda by: _("%(by)s lämnade in ärendet.") % {"by": by},
    EventKind.CHANGED: lambda by: _("%(by)s ändrade i ärendet.") % {"by": by},
    EventKind.COMPLETED: lambda by: _("%(by)s kompletterade ärendet.") % {"by": by},
    EventKind.RECEIVED: lambda by: _("%(by)s tog emot ärendet.") % {"by": by},
    EventKind.ANSWERED: lambda by: _("%(by)s svarade.") % {"by": by},
    EventKind.RETURNED: lambda by: _("%(by)s lämnade tillbaka ärendet.") % {"by": by},
    EventKind.TAKEN_BACK: lambda by: _("%(by)s tog tillbaka ärendet till kön.") % {"by": by},
    EventKind.PREPARED: lambda by: (
        _("%(by)s har lämnat tjänsteutlåtandet till nämnden, som beslutar.") % {"by": by}
    ),
    EventKind.UNDONE: lambda by: _("%(by)s ångrade valet av väg. Ärendet väntar på väg igen.") % {"by": by},
    EventKind.WITHDRAWN: lambda by: _("%(by)s tog tillbaka ärendet.") % {"by": by},
}


def happened(event: MatterEvent) -> str:
    """One line of the history."""
    if event.routing and event.kind != EventKind.UNDONE:
        return moved(event.routing)
    return EVENTS[EventKind(event.kind)](event.by.full_name)


# In the language of whoever reads the letter, not of whoever caused it.
lazy_happened = lazy(happened, str)
