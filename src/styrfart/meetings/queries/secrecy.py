"""Which items of a meeting somebody may not read: of secret matters, or where they are excluded."""

from collections.abc import Collection, Iterable

from styrfart.matters.models import Matter
from styrfart.matters.models.queryset import seats_with_insight
from styrfart.meetings.models import AgendaItem, Exclusion, ItemState, Meeting, MeetingState
from styrfart.people.standing import User, standing


def is_secret(item: AgendaItem) -> bool:
    """Whether what the item says stays in the room: never in a letter, a calendar or a log."""
    return bool(
        (item.matter and item.matter.secrecy_ground) or (item.decision and item.decision.secrecy_ground)
    )


def hidden_from(user: User, meeting: Meeting, items: Collection[AgendaItem]) -> set[int]:
    """Ids of the items whose words `user` may not read; `matter` and `decision` have been fetched with them.

    No query but for those outside the room where something is secret, and while an item goes on.
    """
    hidden = _secret_to(user, [item for item in items if is_secret(item)])
    return hidden | _excluded_from(user, meeting)


def _secret_to(user: User, items: Iterable[AgendaItem]) -> set[int]:
    here, room = standing(user), seats_with_insight(user)
    hidden: set[int] = set()
    unsure: dict[int, Matter] = {}
    for item in items:
        if item.matter and item.matter.secrecy_ground:
            if item.matter.team_id not in room:
                unsure[item.pk] = item.matter
        elif item.decision and not here.is_in(item.decision.team_id):
            hidden |= set() if item.decision.decided_by_id == here.person_id else {item.pk}
    if unsure:
        asked = {matter.pk for matter in unsure.values()}
        seen = set(Matter.objects.visible_to(user).filter(pk__in=asked).values_list("pk", flat=True))
        hidden |= {pk for pk, matter in unsure.items() if matter.pk not in seen}
    return hidden


def _excluded_from(user: User, meeting: Meeting) -> set[int]:
    """The item that goes on, when the person has a conflict of interest in it."""
    if meeting.state != MeetingState.OPEN or not meeting.current_item_id:
        return set()
    mine = Exclusion.objects.filter(
        person=standing(user).person_id, item=meeting.current_item_id, item__state=ItemState.CURRENT
    )
    return {meeting.current_item_id} if mine.exists() else set()
