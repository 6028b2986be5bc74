"""The desk's proposal in words: what, which rule, why, and what it would need to know."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from styrfart.kernel.triage import Confidence, Need, Reason, ReasonKind
from styrfart.matters.models import Route
from styrfart.matters.triage import Proposal
from styrfart.shared.templatetags.words import in_words, kronor

MOST_REASONS = 3


@dataclass(frozen=True)
class Told:
    """A proposal as it stands on a page."""

    title: str
    rule: str
    reasons: list[str]
    needs: str


def told(proposal: Proposal) -> Told:
    """The whole proposal in words, in the reader's language."""
    reasons = [_reason(reason, proposal) for reason in proposal.reasons]
    return Told(_title(proposal), _rule(proposal), reasons[:MOST_REASONS], _needs(proposal))


def _title(proposal: Proposal) -> str:
    if proposal.route == Route.UNKNOWN:
        return _("Mandatet ger inget svar på vart det här ska.")
    words = {"what": _what(proposal)}
    if proposal.confidence == Confidence.LIKELY:
        return _("Mandatet föreslår troligen: %(what)s.") % words
    return _("Mandatet föreslår: %(what)s.") % words


def _what(proposal: Proposal) -> str:
    """The route as the second half of a sentence."""
    match proposal.route:
        case Route.POST | Route.TEAM if proposal.receiver:
            return _("lämna till %(who)s") % {"who": proposal.receiver}
        case Route.LINE if proposal.person:
            return _("lämna till %(who)s, som leder arbetet där") % {"who": proposal.person}
        case _:
            return str(_WHAT[proposal.route])


_WHAT = {
    Route.MEETING: gettext_lazy("ta upp på möte"),
    Route.DECIDE: gettext_lazy("besluta nu"),
    Route.POST: gettext_lazy("lämna till den som får besluta"),
    Route.TEAM: gettext_lazy("lämna till en annan grupp"),
    Route.LINE: gettext_lazy("lämna till linjen"),
    Route.COMMITTEE: gettext_lazy("bered till nämnden"),
    Route.WRITTEN: gettext_lazy("skicka ut skriftligt"),
    Route.MORE: gettext_lazy("be om mer"),
    Route.DECLINE: gettext_lazy("tacka nej"),
}


def _rule(proposal: Proposal) -> str:
    """The rule or the point that decides, quoted."""
    if proposal.rule_number is not None:
        return _("Punkt %(number)s: %(concerns)s.") % {
            "number": proposal.rule_number,
            "concerns": proposal.rule_concerns.rstrip("."),
        }
    if proposal.point_code:
        return _("Delegationsordningen %(code)s: %(text)s.") % {
            "code": proposal.point_code,
            "text": proposal.point_text.rstrip("."),
        }
    return ""


def _found(values: Mapping[str, Any]) -> str:
    """The hints that were met, else the matter's own words, quoted: ”bemanning” och ”jour”."""
    words = values.get("words") or values.get("found") or ()
    return _listed([f"”{word}”" for word in list(words)[:3]])


def _listed(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("%(many)s och %(last)s") % {"many": ", ".join(parts[:-1]), "last": parts[-1]}


def _rule_words(values: Mapping[str, Any]) -> str:
    """The rule's own words, or the matter's words beside the rule's word for their subject."""
    if values.get("lent"):
        words = {
            "found": _listed([f"”{word}”" for word in list(values["found"])[:3]]),
            "word": values["words"][0],
            "rule": values["rule"],
        }
        return _("%(found)s hör till ”%(word)s” i punkt %(rule)s.") % words
    words = {**values, "found": _found(values)}
    return _("Ärendet handlar om %(found)s, ledord i punkt %(rule)s.") % words


def _rule_scope(values: Mapping[str, Any]) -> str:
    return ngettext(
        "Det rör ett område, och punkt %(rule)s är till för det.",
        "Det rör %(areas)s områden, och punkt %(rule)s är till för det.",
        values["areas"],
    ) % {"rule": values["rule"], "areas": in_words(values["areas"])}


def _authorised(values: Mapping[str, Any]) -> str:
    words = {"title": values["title"], "point": values["point"]}
    if values.get("limit") is None:
        return _("%(title)s får besluta enligt delegationsordningen %(point)s.") % words
    words["limit"] = kronor(values["limit"])
    return _("%(title)s får besluta upp till %(limit)s enligt delegationsordningen %(point)s.") % words


def _with_money(text: Any, *names: str) -> Callable[[Mapping[str, Any]], str]:
    def say(values: Mapping[str, Any]) -> str:
        return str(text) % {**values, **{name: kronor(values[name]) for name in names}}

    return say


def _with_found(text: Any) -> Callable[[Mapping[str, Any]], str]:
    return lambda values: str(text) % {**values, "found": _found(values)}


def _with_list(text: Any, name: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda values: str(text) % {name: _listed([str(each) for each in values[name]])}


def _plain(text: Any) -> Callable[[Mapping[str, Any]], str]:
    return lambda values: str(text) % values


_SAY: dict[ReasonKind, Callable[[Mapping[str, Any]], str]] = {
    ReasonKind.RULE_WORDS: _rule_words,
    ReasonKind.RULE_TEXT: _with_found(gettext_lazy("Ärendet nämner %(found)s, som står i punkt %(rule)s.")),
    ReasonKind.RULE_LIKE: _plain(
        gettext_lazy("Ärendet liknar andra frågor om ”%(word)s”, som punkt %(rule)s gäller.")
    ),
    ReasonKind.RULE_UNITS: _plain(gettext_lazy("Punkt %(rule)s gäller en av enheterna som berörs.")),
    ReasonKind.RULE_AMOUNT: _with_money(
        gettext_lazy("Kostnaden, %(cost)s, ligger inom gränsen i punkt %(rule)s."), "cost"
    ),
    ReasonKind.RULE_POINT: _plain(
        gettext_lazy("Det hör till delegationsordningen %(point)s, som punkt %(rule)s hänvisar till.")
    ),
    ReasonKind.RULE_SCOPE: _rule_scope,
    ReasonKind.RULE_NEEDS_COST: _plain(
        gettext_lazy("Punkt %(rule)s har en beloppsgräns, men ingen kostnad är angiven.")
    ),
    ReasonKind.RULES_DISAGREE: _with_list(
        gettext_lazy("Punkterna %(rules)s passar lika bra men pekar åt olika håll."), "rules"
    ),
    ReasonKind.RULE_OVERTAKEN: _plain(
        gettext_lazy(
            "Punkt %(rule)s passar, men enligt delegationsordningen %(point)s får bara nämnden besluta."
        )
    ),
    ReasonKind.POINT_WORDS: _with_found(
        gettext_lazy("Ärendet handlar om %(found)s, ledord för delegationsordningen %(point)s.")
    ),
    ReasonKind.POINT_TEXT: _with_found(
        gettext_lazy("Ärendet nämner %(found)s, som står i delegationsordningen %(point)s.")
    ),
    ReasonKind.POINTS_DISAGREE: _with_list(
        gettext_lazy("Delegationsordningen %(points)s passar lika bra men ger olika befattningar rätten."),
        "points",
    ),
    ReasonKind.NOT_DELEGABLE: _plain(
        gettext_lazy(
            "Bara nämnden får besluta, enligt delegationsordningen %(point)s. Här kan ärendet beredas."
        )
    ),
    ReasonKind.AUTHORISED: _authorised,
    ReasonKind.ABOVE_LIMIT: _with_money(
        gettext_lazy(
            "%(title)s får besluta upp till %(limit)s enligt delegationsordningen %(point)s. "
            "Det här kostar %(cost)s."
        ),
        "limit",
        "cost",
    ),
    ReasonKind.ABOVE_ALL_LIMITS: _with_money(
        gettext_lazy("Ingen får besluta om %(cost)s enligt delegationsordningen %(point)s."), "cost"
    ),
    ReasonKind.POINT_NEEDS_COST: _plain(
        gettext_lazy("Vem som får besluta enligt delegationsordningen %(point)s beror på kostnaden.")
    ),
    ReasonKind.HAS_CONDITIONS: _plain(
        gettext_lazy("Delegationsordningen %(point)s gäller med villkor. Läs dem innan du väljer väg.")
    ),
    ReasonKind.CHAIR_DECIDES: _plain(gettext_lazy("Det är ordföranden som får besluta.")),
    ReasonKind.OWN_UNIT: _plain(
        gettext_lazy("Det rör bara ärendeägarens egen enhet, och chefen där leder arbetet.")
    ),
    ReasonKind.SEVERAL_AREAS: lambda values: (
        _("Det rör %(areas)s av ledamöternas områden.") % {"areas": in_words(values["areas"])}
    ),
    ReasonKind.PRECEDENT: _with_found(gettext_lazy("Svaret blir vägledande för fler: %(found)s.")),
    ReasonKind.NAMES_COMMITTEE: _with_found(gettext_lazy("Ärendet ber om beredning och nämner %(found)s.")),
    ReasonKind.ONE_AREA: _plain(gettext_lazy("Det rör bara en ledamots område.")),
    ReasonKind.OUTSIDE_TEAM: _plain(gettext_lazy("Ingen av enheterna som berörs hör till den här gruppen.")),
    ReasonKind.ASKED_FOR_INFORMATION: _plain(gettext_lazy("Inget ska beslutas. Det kan läsas utan möte.")),
    ReasonKind.TOO_LITTLE_TEXT: _plain(gettext_lazy("Texten säger för lite för att jämföra med mandatet.")),
    ReasonKind.NO_RULE: _plain(
        gettext_lazy("Ingen punkt i mandatet eller delegationsordningen passar tillräckligt bra.")
    ),
}


def _reason(reason: Reason, proposal: Proposal) -> str:
    if reason.kind == ReasonKind.ONE_AREA and proposal.only_member:
        return _("Det rör bara området som %(person)s leder.") % {"person": proposal.only_member}
    return _SAY[reason.kind](dict(reason.values))


_NEEDS = {
    Need.QUESTION: gettext_lazy("en tydligare fråga"),
    Need.COST: gettext_lazy("vad det kostar"),
    Need.TOUCHED_UNITS: gettext_lazy("vilka enheter som berörs"),
    Need.WHICH_RULE: gettext_lazy("vilken av punkterna som menas"),
    Need.WHICH_POINT: gettext_lazy("vilken punkt i delegationsordningen det gäller"),
    Need.WHO_DECIDES: gettext_lazy("vem som har befattningen"),
    Need.CONDITIONS: gettext_lazy("om villkoren är uppfyllda"),
}
_QUESTIONS = {
    Need.QUESTION: gettext_lazy("Vilken fråga ska besvaras?"),
    Need.COST: gettext_lazy("Vad kostar det?"),
    Need.TOUCHED_UNITS: gettext_lazy("Vilka enheter berörs?"),
    Need.CONDITIONS: gettext_lazy("Är villkoren i delegationsordningen uppfyllda?"),
}


def _needs(proposal: Proposal) -> str:
    if not proposal.needs:
        return ""
    return _("För att veta säkrare behövs: %(what)s.") % {
        "what": _listed([str(_NEEDS[need]) for need in proposal.needs])
    }


def questions(proposal: Proposal) -> list[str]:
    """What the desk would ask the sender."""
    return [str(_QUESTIONS[need]) for need in proposal.needs if need in _QUESTIONS]


def rule_as_reason(proposal: Proposal) -> str:
    """The rule as a reason to say no; nothing when the rule says that the matter belongs here."""
    if proposal.rule_number is None or proposal.route in {Route.MEETING, Route.DECIDE, Route.COMMITTEE}:
        return ""
    return _("Enligt vårt mandat, punkt %(number)s (%(concerns)s), hör det inte hemma hos oss.") % {
        "number": proposal.rule_number,
        "concerns": proposal.rule_concerns.rstrip("."),
    }


def home(proposal: Proposal) -> str:
    """Where the rule says that the matter belongs."""
    if proposal.route in {Route.POST, Route.TEAM, Route.LINE} and proposal.receiver:
        return proposal.receiver
    return _("linjen") if proposal.route == Route.LINE else ""
