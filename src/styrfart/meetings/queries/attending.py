"""Who is expected at a meeting, who has said that they are away, and who comes instead."""

from dataclasses import dataclass

from styrfart.meetings.models import Attendee, AttendeeRole, Meeting, Presence
from styrfart.shared.prepared import PreparedObjects


@dataclass(frozen=True)
class People:
    """Those of a meeting's list."""

    coming: list[Attendee]
    absent: list[Attendee]

    @property
    def substitutes(self) -> list[Attendee]:
        """Those who come instead of somebody."""
        return [one for one in self.coming if one.role == AttendeeRole.SUBSTITUTE]


def people_at(meeting: Meeting) -> People:
    """Who is expected, in the order of their roles. One query."""
    found = sorted(_PEOPLE.all(meeting=meeting.pk), key=lambda one: (_ORDER.index(one.role), one.pk))
    return People(
        coming=[one for one in found if one.presence != Presence.ABSENT],
        absent=[one for one in found if one.presence == Presence.ABSENT],
    )


_ORDER = [role.value for role in AttendeeRole]
_PEOPLE: PreparedObjects[Attendee] = PreparedObjects(
    lambda meeting: Attendee.objects.filter(meeting=meeting).order_by("pk"),
    ("person", "stands_in_for"),
    meeting=int,
)
