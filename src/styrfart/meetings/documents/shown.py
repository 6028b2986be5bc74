"""The content of minutes as a document for readers: words, days and headings in the language of the moment.

The page, the PDF and the Word document are all made of this, so that they never differ.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from styrfart.decisions.models import Authority
from styrfart.matters.models import ItemPurpose
from styrfart.meetings.documents.content import Content
from styrfart.meetings.models import THERE, AttendeeRole, ItemState, Minutes, MinutesState, Presence
from styrfart.shared.templatetags.words import clock, day, moment, weekday

Fact = tuple[str, str]


@dataclass(frozen=True)
class Who:
    """Somebody who was expected, in words."""

    pk: int
    name: str
    role: str
    how: str
    note: str


@dataclass(frozen=True)
class ShownDecision:
    """A decision, in the words of its own record."""

    number: str
    slug: str
    text: str
    facts: list[Fact]
    written: frozenset[str] = frozenset()  # the terms of what somebody wrote, in the language of the minutes


@dataclass(frozen=True)
class ShownAction:
    """An action, in the words of its own record."""

    pk: int
    text: str
    owner: str
    due: str


@dataclass(frozen=True)
class Part:
    """What the minutes say of one item. Of a part that is left out only the ground is there."""

    pk: int
    heading: str
    secrecy: str = ""
    is_left_out: bool = False
    meta: str = ""
    outcome: str = ""
    paragraphs: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    decisions: list[ShownDecision] = field(default_factory=list)
    actions: list[ShownAction] = field(default_factory=list)
    parked: list[str] = field(default_factory=list)
    is_in_writing: bool = False
    lang: str = ""  # as `Document.lang`; of what is left out nothing was written

    @property
    def is_bare(self) -> bool:
        """Whether nothing but the heading is told of it."""
        return not (self.paragraphs or self.decisions or self.actions or self.parked)


@dataclass(frozen=True)
class ShownAttachment:
    """A document that the minutes hold to."""

    position: int
    title: str
    reference: str
    sha256: str
    has_file: bool
    is_left_out: bool = False
    lang: str = ""


@dataclass(frozen=True)
class Document:
    """Minutes, ready to be shown."""

    title: str
    organisation: str
    unit: str
    team: str
    day: str
    meeting_title: str
    facts: list[Fact]
    people: list[Who]
    parts: list[Part]
    attachments: list[ShownAttachment]
    record: list[Fact]
    signatures: list[str]
    correction: str
    state: str
    version: int
    digest: str
    is_approved: bool
    has_secrets: bool
    is_left_out: bool  # of what is secret, something is left out
    lang: str  # the attribute that says in which language it was written, when the reader's is another


def shown(
    content: Content,
    minutes: Minutes,
    *,
    grounds: Mapping[int, str],
    left_out: frozenset[int],
    retention: str = "",
) -> Document:
    """The document. `grounds`: why parts are secret now; `left_out`: the ids of those not shown."""
    meeting = content["meeting"]
    held_on = dt.date.fromisoformat(meeting["day"])
    lang = _lang(content)
    parts = [
        _part(one, grounds.get(one["id"], ""), is_left_out=one["id"] in left_out, lang=lang)
        for one in content["sections"]
    ]
    hidden = {
        one["item"]["id"] for one in content["sections"] if one["id"] in left_out and one["item"] is not None
    }
    is_approved = minutes.state == MinutesState.APPROVED
    return Document(
        title=_("Mötesanteckningar %(day)s") % {"day": day(held_on)},
        organisation=content["organisation"],
        unit=content["unit"],
        team=content["team"]["name"],
        day=weekday(held_on),
        meeting_title=meeting["title"],
        facts=_facts(content, held_on),
        people=[_who(one, meeting) for one in content["people"]],
        parts=parts,
        attachments=[
            _attachment(one, is_left_out=one["item"] in hidden, lang=lang) for one in content["attachments"]
        ],
        record=_record(minutes, retention, grounds=grounds, is_left_out=bool(left_out)),
        signatures=[_signature(one) for one in content["approvals"]],
        correction=_correction(content),
        state=_state(minutes),
        version=minutes.version,
        digest=minutes.digest,
        is_approved=is_approved,
        has_secrets=bool(grounds),
        is_left_out=bool(left_out),
        lang=lang,
    )


def _lang(content: Content) -> str:
    """Marks what was written, for who reads aloud or hyphenates; nothing when all is in one language."""
    # Minutes that were sealed before this was kept were begun in the organisation's language too.
    written = str(content.get("language", settings.LANGUAGE_CODE))
    return "" if written == get_language() else format_html(' lang="{}"', written)


def _facts(content: Content, held_on: dt.date) -> list[Fact]:
    meeting = content["meeting"]
    facts = [
        (_("Ledningsgrupp"), content["team"]["name"]),
        (_("Enhet"), content["unit"]),
        (_("Möte"), meeting["title"]),
        (_("Dag och tid"), _times(meeting, held_on)),
        (_("Plats"), meeting["place"]),
        (_("Mötesledare"), content["leader"]),
        (_("Förde anteckningarna"), content["secretary"]),
    ]
    return [fact for fact in facts if fact[1]]


def _times(meeting: Mapping[str, Any], held_on: dt.date) -> str:
    if not (meeting["opened_at"] and meeting["ended_at"]):
        return day(held_on)
    return _("%(day)s klockan %(start)s till %(end)s") % {
        "day": day(held_on),
        "start": _clock(meeting["opened_at"]),
        "end": _clock(meeting["ended_at"]),
    }


def _clock(at: str) -> str:
    return clock(dt.datetime.fromisoformat(at))


def _day(at: str) -> str:
    return day(dt.date.fromisoformat(at)) if at else ""


def _who(one: Mapping[str, Any], meeting: Mapping[str, Any]) -> Who:
    role = str(AttendeeRole(one["role"]).label).capitalize()
    if one["function"]:
        role = f"{role}, {one['function']}"
    if one["stands_in_for"]:
        role = _("%(role)s för %(name)s") % {"role": role, "name": one["stands_in_for"]}
    return Who(one["id"], one["name"], role, _presence(one["presence"]), _note(one, meeting))


def _presence(presence: str) -> str:
    # Whoever was expected and was never marked did not come.
    known = Presence.ABSENT if presence == Presence.EXPECTED else Presence(presence)
    return str(known.label).capitalize()


def _note(one: Mapping[str, Any], meeting: Mapping[str, Any]) -> str:
    """When somebody came late or left early, or why they were not there."""
    if one["presence"] not in THERE:
        return str(one["excuse"])
    said = []
    if one["arrived_at"] > meeting["opened_at"] != "":
        said.append(_("från %(time)s") % {"time": _clock(one["arrived_at"])})
    if "" != one["left_at"] < meeting["ended_at"]:
        said.append(_("till %(time)s") % {"time": _clock(one["left_at"])})
    return " ".join(said)


def _part(one: Mapping[str, Any], ground: str, *, is_left_out: bool, lang: str) -> Part:
    if is_left_out:
        return Part(pk=one["id"], heading=_("Sekretessmarkerad punkt"), secrecy=ground, is_left_out=True)
    item = one["item"]
    return Part(
        pk=one["id"],
        heading=one["heading"],
        secrecy=ground,
        meta=_meta(item) if item else "",
        outcome=_outcome(item) if item else "",
        paragraphs=[text for text in one["text"].replace("\r\n", "\n").split("\n\n") if text.strip()],
        excluded=[_excluded(each) for each in one["excluded"]],
        decisions=[_decision(each) for each in one["decisions"]],
        actions=[
            ShownAction(each["id"], each["text"], each["owner"], _day(each["due_on"]))
            for each in one["actions"]
        ],
        parked=[_parked(each) for each in one["parked"]],
        is_in_writing=bool(item and item["is_in_writing"]),
        lang=lang,
    )


def _meta(item: Mapping[str, Any]) -> str:
    return _("Syfte: %(purpose)s. Ansvarig: %(owner)s.") % {
        "purpose": ItemPurpose(item["purpose"]).label,
        "owner": item["owner"],
    }


def _outcome(item: Mapping[str, Any]) -> str:
    """What became of an item that was not finished, and when it comes back."""
    if item["is_in_writing"]:
        return _("Gick ut skriftligt.")
    words = {
        ItemState.POSTPONED: _("Punkten bordlades."),
        ItemState.RETURNED: _("Punkten lämnades tillbaka: underlaget var inte färdigt."),
        ItemState.UNFINISHED: _("Punkten hann inte tas upp."),
        ItemState.COMING: _("Punkten hann inte tas upp."),
    }.get(item["state"], "")
    if words and item["next_day"]:
        return f"{words} {_('Den tas upp %(day)s.') % {'day': _day(item['next_day'])}}"
    return words


def _excluded(one: Mapping[str, Any]) -> str:
    words = _("%(name)s deltog inte och var inte i rummet. Jävsgrund: %(ground)s.")
    return words % {"name": one["name"], "ground": one["ground"].rstrip(".")}


def _parked(one: Mapping[str, Any]) -> str:
    if not one["take_up_on"]:
        return str(one["text"])
    return _("%(text)s (tas upp %(day)s)") % {"text": one["text"], "day": _day(one["take_up_on"])}


def _decision(one: Mapping[str, Any]) -> ShownDecision:
    facts = [
        (_("Beslutsfattare"), f"{one['decided_by']}, {one['decided_as']}"),
        (_("Rätt att besluta"), _right(one)),
        (_("Skäl"), one["reasons"]),
        (_("Alternativ som vägdes"), one["alternatives"]),
        (_("Föredragande"), one["rapporteur"]),
        (_("Jäv"), _joined(one["excluded"], "ground")),
        (_("Avvikande mening"), _joined(one["dissent"], "text")),
        (_("Ägare"), one["owner"]),
        (_("Klart senast"), _day(one["due_on"])),
        (_("Så ser vi effekten"), one["effect_question"]),
    ]
    return ShownDecision(
        number=_("Beslut %(number)s") % {"number": one["number"]},
        slug=one["slug"],
        text=one["text"],
        facts=[fact for fact in facts if fact[1]],
        written=frozenset(
            {_("Skäl"), _("Alternativ som vägdes"), _("Jäv"), _("Avvikande mening"), _("Så ser vi effekten")}
        ),
    )


def _right(one: Mapping[str, Any]) -> str:
    right = str(Authority(one["authority"]).label).capitalize()
    if not one["point"]:
        return right
    return _("%(right)s, punkt %(point)s") % {"right": right, "point": one["point"]}


def _joined(people: Sequence[Mapping[str, str]], what: str) -> str:
    return "; ".join(f"{one['name']}: {one[what]}" for one in people)


def _attachment(one: Mapping[str, Any], *, is_left_out: bool, lang: str) -> ShownAttachment:
    return ShownAttachment(
        position=one["position"],
        title=_("Sekretessmarkerad bilaga") if is_left_out else one["title"],
        reference="" if is_left_out else one["reference"],
        sha256=one["sha256"],
        has_file=bool(one["file"]) and not is_left_out,
        is_left_out=is_left_out,
        lang="" if is_left_out else lang,
    )


def _signature(one: Mapping[str, str]) -> str:
    at = dt.datetime.fromisoformat(one["at"])
    words = {
        "approver": _("Godkänt av %(name)s den %(moment)s."),
        "checker": _("Justerat av %(name)s den %(moment)s."),
    }[one["as"]]
    return words % {"name": one["name"], "moment": moment(at)}


def _correction(content: Content) -> str:
    corrects = content["corrects"]
    if not corrects:
        return ""
    return _("Version %(version)s rättar version %(before)s: %(why)s") % {
        "version": content["version"],
        "before": corrects["version"],
        "why": content["correction"],
    }


def _state(minutes: Minutes) -> str:
    """Where it stands as an official document, in a word."""
    words = {
        MinutesState.DRAFT: pgettext("handling", "Utkast, arbetsmaterial"),
        MinutesState.HANDED_OVER: pgettext("handling", "Utkast, väntar på godkännande"),
        MinutesState.APPROVED: pgettext("handling", "Justerad"),
    }
    return words[MinutesState(minutes.state)]


def _parts_secret(grounds: Mapping[int, str]) -> str:
    """On which grounds parts of it are secret, each once."""
    if not grounds:
        return ""
    return _("Delar: %(grounds)s") % {"grounds": "; ".join(dict.fromkeys(grounds.values()))}


def _record(minutes: Minutes, retention: str, *, grounds: Mapping[int, str], is_left_out: bool) -> list[Fact]:
    """What an archivist asks of the document first."""
    facts = [
        (_("Handlingens ställning"), _state(minutes)),
        (_("Version"), str(minutes.version)),
        (_("Diarienummer"), minutes.registry_number or _("inte diariefört")),
        (_("Sekretess"), minutes.secrecy_ground or _parts_secret(grounds)),
        (_("Bevarande"), retention),
        (_("Omfattning"), _("utdrag, sekretessmarkerade delar är utelämnade") if is_left_out else ""),
        (_("Kontrollsumma (SHA-256)"), minutes.digest),
    ]
    return [fact for fact in facts if fact[1]]
