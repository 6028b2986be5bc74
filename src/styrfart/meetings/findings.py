"""What the mirror says of the meetings: findings as headlines, with no more than the numbers carry."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrfart.matters.models import ItemPurpose, MatterLevel
from styrfart.matters.parts import Part
from styrfart.meetings import queries
from styrfart.meetings.models import PulseQuestion
from styrfart.meetings.purposes import VERBS
from styrfart.meetings.queries import MeetingMirror, PulseShown
from styrfart.people.models import Team
from styrfart.people.standing import User
from styrfart.shared.templatetags.words import in_words

# What top teams themselves judged as well used: 60 percent (100 minus the 40 that Bang's study found wasted).
OTHERS_PRODUCTIVE = 60


@dataclass(frozen=True)
class PurposeRow:
    """A purpose: its share of the time, the mandate's target, and the share before the mandate."""

    label: str
    share: int
    target: int | None
    before: int | None

    @property
    def width(self) -> str:
        return f"{self.share}%"

    @property
    def target_at(self) -> str:
        return f"{self.target}%"


@dataclass(frozen=True)
class MeetingFindings:
    """What the part of the mirror shows."""

    headline: str
    purposes: list[PurposeRow]
    levels: str
    gap: str
    material: str
    returned: str
    pulse: PulseShown | None
    pulse_says: str
    least: int
    meetings: int
    has_target: bool
    has_before: bool


def mirror_part(user: User, team: Team) -> Part:  # noqa: ARG001  # who may see the mirror has been asked
    """The meetings' part of the team's mirror. Four queries."""
    found = queries.meeting_mirror(team)
    return Part("meetings/parts/mirror.html", _findings(found, queries.pulse_shown(team)))


def _findings(found: MeetingMirror, pulse: PulseShown | None) -> MeetingFindings:
    return MeetingFindings(
        headline=_headline(found),
        purposes=_purposes(found) if found.now.says_something else [],
        levels=_levels(found) if found.now.says_something else "",
        gap=_gap(found),
        material=_material(found),
        returned=_returned(found),
        pulse=pulse,
        pulse_says=_pulse(pulse),
        least=settings.MIN_ANSWERS,
        meetings=len(found.now.meetings),
        has_target=bool(found.target),
        has_before=found.before.says_something,
    )  # fmt: skip


def _purposes(found: MeetingMirror) -> list[PurposeRow]:
    return [
        PurposeRow(
            str(VERBS[purpose]),
            round(found.now.share(purpose)),
            found.target.get(purpose, 0) if found.target else None,
            round(found.before.share(purpose)) if found.before.says_something else None,
        )
        for purpose in ItemPurpose
    ]


def _levels(found: MeetingMirror) -> str:
    shares = [f"{level.label} {round(found.now.level_share(level))} %" for level in MatterLevel]
    return capfirst(f"{', '.join(shares)}.")


def _headline(found: MeetingMirror) -> str:
    if not found.now.says_something:
        return _("Här syns vad mötestiden går till, när ni har haft tre möten")
    share = round(found.now.share(ItemPurpose.INFORMATION))
    if found.before.says_something:
        return _("Information tar %(share)s procent av mötestiden, mot %(before)s före mandatet") % {
            "share": share,
            "before": round(found.before.share(ItemPurpose.INFORMATION)),
        }
    return _("Information tar %(share)s procent av mötestiden") % {"share": share}


def _gap(found: MeetingMirror) -> str:
    if not (found.target and found.now.says_something):
        return ""
    return _("%(share)s procent av mötestiden går till annat än ni har tänkt er.") % {
        "share": round(found.now.gap(found.target))
    }


def _material(found: MeetingMirror) -> str:
    if not found.needing_material:
        return ""
    return _("Underlaget var klart i tid till %(part)s av %(all)s punkter.") % {
        "part": found.material_in_time,
        "all": found.needing_material,
    }


def _returned(found: MeetingMirror) -> str:
    if not found.items:
        return ""
    if not found.returned:
        return _("Ingen punkt lämnades tillbaka för att den inte var färdig.")
    return ngettext(
        "En punkt av %(all)s lämnades tillbaka för att den inte var färdig.",
        "%(count)s punkter av %(all)s lämnades tillbaka för att de inte var färdiga.",
        found.returned,
    ) % {"count": in_words(found.returned).capitalize(), "all": found.items}


def _pulse(pulse: PulseShown | None) -> str:
    if pulse is None:
        return ""
    if PulseQuestion.TIME not in pulse.latest.means:
        return _("Vad ni tycker om era möten")
    return _("Ni tycker själva att %(share)s procent av mötestiden var väl använd") % {
        "share": round(pulse.latest.means[PulseQuestion.TIME])
    }
