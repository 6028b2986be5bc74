"""Reads about decisions and actions: fetching is authorising."""

from styrfart.decisions.queries.choosing import Choices, Right, choices_for
from styrfart.decisions.queries.reading import decision_for

__all__ = ["Choices", "Right", "choices_for", "decision_for"]
