"""Who reads which version of minutes, and which parts of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from styrfart.decisions.models import Action, Decision
from styrfart.matters.models import Matter
from styrfart.matters.models.queryset import seats_with_insight
from styrfart.meetings import rules
from styrfart.meetings.documents.content import Content
from styrfart.meetings.models import Meeting, Minutes, MinutesSection, MinutesState
from styrfart.meetings.queries.recorded import content_of, entries_of, sections_of
from styrfart.people.standing import User, standing
from styrfart.shared.prepared import Prepared, PreparedObjects

_VERSIONS: PreparedObjects[Minutes] = PreparedObjects(
    lambda meeting: Minutes.objects.filter(meeting=meeting).order_by("-version"),
    ("approver", "checker", "handed_over_by"),
    meeting=int,
)
_SEEN = Prepared(
    lambda me, teams, asked: (
        Matter.objects.open_to(me, teams).filter(pk__in=asked).order_by().values_list("pk")
    ),
    me=int,
    teams=list,
    asked=list,
)


def _grounds(model: type[Matter] | type[Decision] | type[Action]) -> Prepared:
    rows = model._default_manager.order_by()
    return Prepared(lambda asked: rows.filter(pk__in=asked).values_list("pk", "secrecy_ground"), asked=list)


_GROUNDS = {model: _grounds(model) for model in (Matter, Decision, Action)}


@dataclass(frozen=True)
class Secrets:
    """What in the minutes is secret now, and what of that the reader may not read."""

    grounds: Mapping[int, str]  # section -> ground
    left_out: frozenset[int]


class Reading:
    """Somebody who reads the minutes of a meeting, and which versions they find."""

    def __init__(self, user: User, meeting: Meeting) -> None:
        self.user, self.meeting = user, meeting

    @cached_property
    def is_of_room(self) -> bool:
        """Reads what is being written: the room, and who keeps the record at this meeting."""
        return rules.can_see_meetings(self.user, self.meeting.team) or rules.can_minute(
            self.user, self.meeting
        )

    @cached_property
    def versions(self) -> list[Minutes]:
        """Newest first; outside the room only approved ones and those that wait for the reader. One query."""
        found = _VERSIONS.all(meeting=self.meeting.pk)
        for one in found:
            one.meeting = self.meeting
        return [one for one in found if self._may_read(one)]

    def _may_read(self, minutes: Minutes) -> bool:
        return self.is_of_room or minutes.state == MinutesState.APPROVED or self._is_asked(minutes)

    def _is_asked(self, minutes: Minutes) -> bool:
        """Whether they wait for this reader."""
        me = standing(self.user).person_id
        return minutes.state == MinutesState.HANDED_OVER and me in {minutes.approver_id, minutes.checker_id}

    def version(self, number: int | None) -> Minutes | None:
        """That version, or the one that holds; the newest of all for whoever writes or answers it."""
        if number is not None:
            return next((one for one in self.versions if one.version == number), None)
        newest = next(iter(self.versions), None)
        if newest is None or rules.can_minute(self.user, self.meeting) or self._is_asked(newest):
            return newest
        approved = (one for one in self.versions if one.state == MinutesState.APPROVED)
        return next(approved, newest)

    def secrets(self, minutes: Minutes, content: Content) -> Secrets:
        """Which parts are secret now, and which of them this reader may not read. At most five queries."""
        grounds = grounds_of(minutes, content)
        return Secrets(grounds, frozenset(self._closed(content["sections"], grounds)))

    def _closed(self, sections: Sequence[Content], grounds: Mapping[int, str]) -> set[int]:
        """Outside the room every secret part; in it those of a matter that has gone elsewhere in secret."""
        if not rules.can_see_meetings(self.user, self.meeting.team):
            return set(grounds)  # also whoever kept the record here, and has left the team
        matters = {one["matter"] for one in sections if one["id"] in grounds and one["matter"]}
        if not matters:
            return set()
        me, teams = standing(self.user).person_id, seats_with_insight(self.user)
        seen = {pk for (pk,) in _SEEN.rows(me=me, teams=list(teams), asked=list(matters))}
        # One that is gone leaves it to the room; the rest are closed.
        there = {pk for pk in matters - seen if _secrecy(Matter, {pk})}
        return {one["id"] for one in sections if one["id"] in grounds and one["matter"] in there}


def grounds_of(minutes: Minutes, content: Content) -> dict[int, str]:
    """Why parts are secret now: all of them when the minutes are."""
    sections = content["sections"]
    grounds = grounds_now(sections)
    if minutes.secrecy_ground:
        return {one["id"]: minutes.secrecy_ground for one in sections} | grounds
    return grounds


def grounds_now(sections: Iterable[Content]) -> dict[int, str]:
    """Why parts are secret: by their matters, decisions and actions now; by what was written when gone."""
    sections = list(sections)
    matters = _secrecy(Matter, {one["matter"] for one in sections if one["matter"]})
    decisions = _secrecy(Decision, {pk for one in sections for pk in _decisions(one)})
    actions = _secrecy(Action, {each["id"] for one in sections for each in one["actions"]})
    found: dict[int, str] = {}
    for one in sections:
        grounds = [matters.get(one["matter"])] if one["matter"] else []
        grounds += [decisions.get(pk) for pk in _decisions(one)]
        grounds += [actions.get(each["id"]) for each in one["actions"]]
        is_gone = None in grounds or not grounds
        ground = next((ground for ground in grounds if ground), one["secrecy"] if is_gone else "")
        if ground:
            found[one["id"]] = ground
    return found


def _decisions(section: Content) -> list[int]:
    """Those that were made in the part, and the one that it followed up."""
    followed = section.get("follows_up")  # sealed minutes may be older than this key
    return [*(each["id"] for each in section["decisions"]), *([followed] if followed else [])]


def _secrecy(model: type[Matter] | type[Decision] | type[Action], ids: set[int]) -> dict[int, str]:
    return dict(_GROUNDS[model].rows(asked=list(ids))) if ids else {}


def content_now(minutes: Minutes, sections: Iterable[MinutesSection] | None = None) -> Content:
    """What the minutes say: as it was handed over or approved, or as it would be of what is recorded now."""
    if minutes.state != MinutesState.DRAFT:
        content: Content = minutes.content
        return content
    return content_of(
        minutes, sections_of(minutes) if sections is None else sections, entries_of(minutes.meeting)
    )


def reads_everything(user: User, minutes: Minutes) -> bool:
    """Whether no part is closed to the reader."""
    return not Reading(user, minutes.meeting).secrets(minutes, content_now(minutes)).left_out
