"""The matter desk: what is handed in, where it goes, and what became of it."""

from styrfart.matters.models.matter import (
    CLOSED,
    EDITABLE,
    ROUTABLE,
    Asked,
    EventKind,
    ItemPurpose,
    Material,
    Matter,
    MatterEvent,
    MatterLevel,
    MatterState,
)
from styrfart.matters.models.routing import UNDO_FOR, HandOver, Preparation, Route, Routing

__all__ = [
    "CLOSED",
    "EDITABLE",
    "ROUTABLE",
    "UNDO_FOR",
    "Asked",
    "EventKind",
    "HandOver",
    "ItemPurpose",
    "Material",
    "Matter",
    "MatterEvent",
    "MatterLevel",
    "MatterState",
    "Preparation",
    "Route",
    "Routing",
]
