"""What the desk proposes and what happened, in plain words."""

from styrfart.matters.phrases.moves import (
    ELSEWHERE,
    agreed,
    beyond_state,
    handled,
    happened,
    lazy_happened,
    moved,
    receipt,
    tone,
    where,
    where_and_whether,
)
from styrfart.matters.phrases.proposals import Told, home, questions, rule_as_reason, told

__all__ = [
    "ELSEWHERE",
    "Told",
    "agreed",
    "beyond_state",
    "handled",
    "happened",
    "home",
    "lazy_happened",
    "moved",
    "questions",
    "receipt",
    "rule_as_reason",
    "told",
    "tone",
    "where",
    "where_and_whether",
]
