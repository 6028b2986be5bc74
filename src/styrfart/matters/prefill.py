"""What a page about a route already knows, so that nobody writes the same thing twice."""

import re
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from styrfart.matters import phrases
from styrfart.matters.days import answer_day
from styrfart.matters.models import Asked, ItemPurpose, Matter, Route
from styrfart.matters.triage import Proposal
from styrfart.people import queries as people
from styrfart.people.models import Person, Team

PURPOSES = {
    Asked.DECISION: ItemPurpose.DECISION,
    Asked.PREPARATION: ItemPurpose.ADVICE,
    Asked.ADVICE: ItemPurpose.ADVICE,
    Asked.THINKING: ItemPurpose.DIALOGUE,
    Asked.INFORMATION: ItemPurpose.INFORMATION,
}
# "Ska vi ...?" and "Ska receptionen ha ...?" can be turned. After another subject than "vi" comes an
# infinitive: else the subject is longer ("Ska enheten för ...?", "Ska den nya ...?").
_TURNABLE = re.compile(
    r"(ska|får)\s+(vi|(?!den\b|det\b)\w+(?:en|et|na)(?=\s+(?:\w+as?|få|gå|stå|se|ge|ske|bli)\b))\s+([^?]+)\?+",
    re.I,
)
# Two ways to choose between, a no that is hidden in the question, one more question: not for us to answer.
_MEANS_MORE = re.compile(r"\b(eller|inte|ej|hur|vem|vilk\w+|vad|var|när|varför|i så fall)\b", re.I)


def as_decision(question: str) -> str:
    """The question as a decision, where its words only need to change places: "Ska vi … ?" → "Vi ska … .".

    Empty when more is needed: then whoever decides writes it, with the question in sight. A question is no
    decision, and must not become one because somebody did not look.
    """
    found = _TURNABLE.fullmatch(question.strip())
    if not found or _MEANS_MORE.search(question):
        return ""
    verb, subject, rest = found.groups()
    return f"{subject.capitalize()} {verb.lower()} {rest.strip()}."


def meeting(matter: Matter) -> dict[str, Any]:
    """Purpose by what is asked for, the outcome in words that follow from it, twenty minutes."""
    outcomes = {
        Asked.DECISION: _("Ett beslut"),
        Asked.PREPARATION: _("Ett förslag till nämnden som gruppen står bakom"),
        Asked.ADVICE: _("Råd till den som beslutar"),
        Asked.THINKING: _("En gemensam bild av frågan och nästa steg"),
        Asked.INFORMATION: _("Alla vet och kan föra vidare"),
    }
    asked = Asked(matter.asked)
    return {
        "revision": matter.revision,
        "purpose": matter.purpose or PURPOSES[asked],
        "level": matter.level,
        "outcome": matter.outcome or outcomes[asked],
        "minutes": matter.minutes or 20,
    }


def hand_over(matter: Matter, proposal: Proposal, giver: Person) -> dict[str, Any]:
    """The receiver that the rule names, else the nearest head of the matter's owner, and two weeks.

    Nobody is offered to hand a matter to themselves.
    """
    to = proposal.person or _head_of_owner(matter)
    return {
        "revision": matter.revision,
        "to": None if to == giver else to,
        "answer_by": answer_day(),
        "route": Route.LINE if proposal.route == Route.LINE else Route.POST,
    }


def hand_to_team(matter: Matter, proposed: Team | None) -> dict[str, Any]:
    """The team that the rule names, and two weeks."""
    return {
        "revision": matter.revision,
        "to": proposed.slug if proposed else None,
        "answer_by": answer_day(),
    }


def committee(matter: Matter) -> dict[str, Any]:
    """The question is what the report must answer; the owner writes it."""
    return {"revision": matter.revision, "report": matter.question, "owner": matter.owner}


def more(matter: Matter, proposal: Proposal) -> dict[str, Any]:
    """What the desk itself would need to know."""
    return {"revision": matter.revision, "note": " ".join(phrases.questions(proposal))}


def decline(matter: Matter, proposal: Proposal) -> dict[str, Any]:
    """The rule as reason, and where it sends such matters."""
    return {
        "revision": matter.revision,
        "note": phrases.rule_as_reason(proposal),
        "home": phrases.home(proposal),
    }


def decision(matter: Matter, proposal: Proposal) -> dict[str, Any]:
    """The question becomes the decision where it can, its reasons the reasons, its owner the owner."""
    return {
        "revision": matter.revision,
        "text": as_decision(matter.question),
        "reasons": matter.why_us,
        "owner": matter.owner_id,
        "secrecy_ground": matter.secrecy_ground,
        # The point that the desk found, else what a head decides by; the page shows it and it can be changed.
        "right": f"p{proposal.point_id}" if proposal.point_id else "arbetsledning",
    }


def _head_of_owner(matter: Matter) -> Person | None:
    """Who leads the part of the organisation where the matter's owner works."""
    today = timezone.localdate()
    if matter.owner is None:
        return None
    post = matter.owner.posts.on(today).select_related("unit").first()
    head = people.nearest_head(post.unit, today, but=matter.owner) if post else None
    return head.person if head else None
