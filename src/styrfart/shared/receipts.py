"""Receipts: the sentence on the next page that says what was done, with the way back while there is one."""

from django.contrib import messages
from django.http import HttpRequest


def tell(request: HttpRequest, text: str, *, undo: str = "", draft: str = "") -> None:
    """Say `text` on the next page; `undo` is an address to post to, `draft` the key of the form now saved."""
    marks = [f"{name}={value}" for name, value in (("undo", undo), ("draft", draft)) if value]
    messages.success(request, text, extra_tags=" ".join(marks))


def warn(request: HttpRequest, text: str) -> None:
    """Say on the next page why nothing was done."""
    messages.error(request, text)
