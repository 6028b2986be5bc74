"""What may have happened since somebody opened a page: exceptions that state the fact."""

from styrfart.meetings.models import Advice, AgendaItem, Meeting


class AgendaClosed(Exception):
    """The meeting has been held or cancelled, or goes on: this person no longer changes its agenda."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(meeting.slug)
        self.meeting = meeting


class _OfItem(Exception):
    def __init__(self, item: AgendaItem) -> None:
        super().__init__(str(item.pk))
        self.item = item


class ItemChanged(_OfItem):
    """Somebody else has changed the item."""


class ItemMoved(_OfItem):
    """Somebody else has moved the item."""


class ItemLeft(_OfItem):
    """The item has been dealt with, postponed or removed."""


class ItemIsUsed(_OfItem):
    """Something has been entered or advised on the item: it cannot just go."""


class AlreadyOnAgenda(_OfItem):
    """The matter stands on a coming agenda already; `item` is where."""


class NothingToTell(Exception):
    """Everybody has had the notice, and nothing has changed since."""


class NoticeChanged(Exception):
    """The meeting has changed since the notice was read through."""


class AdviceAlreadyAsked(_OfItem):
    """The person has been asked for advice on the item."""


class AdvisorMayNotRead(_OfItem):
    """The item is secret, and the person is not among those who may read it."""


class AdviceIsClosed(Exception):
    """The meeting has begun, the advice was changed in another tab, or another person was asked."""

    def __init__(self, advice: Advice) -> None:
        super().__init__(str(advice.pk))
        self.advice = advice
