"""What stands in the way of a deed, stated as fact. A page shows it and keeps what was typed."""

from styrfart.matters.models import Matter, Routing


class MatterChanged(Exception):
    """The matter was changed after the page was loaded."""

    def __init__(self, matter: Matter) -> None:
        super().__init__(matter.pk)
        self.matter = matter


class AlreadyRouted(MatterChanged):
    """Somebody else chose a route first, or the matter has gone where no route is chosen."""

    def __init__(self, matter: Matter, routing: Routing | None = None) -> None:
        super().__init__(matter)
        self.routing = routing


class TeamEnded(Exception):
    """The team that the draft is for is there no longer: nobody would choose a route for it."""


class SecrecyChanged(MatterChanged):
    """Somebody else has marked the matter or lifted its secrecy since the page was loaded."""


class CannotUndo(Exception):
    """Too late to undo, or something has already followed from the deed."""


class AlreadyAnswered(Exception):
    """The hand-over has been answered, handed back or undone."""


class OnlyCommitteeDecides(Exception):
    """The matter must not be delegated: it can only be prepared (Local Government Act 6:38)."""
