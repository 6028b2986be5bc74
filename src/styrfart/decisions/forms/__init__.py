"""Input about decisions and actions as clean Python."""

from styrfart.decisions.forms.deciding import DecisionForm, receipt_words

__all__ = ["DecisionForm", "receipt_words"]
