"""`format_html` and its like for components: a page escapes some eight hundred texts, most of them plain.

They give what Django's of the same names give. Django's ask of each text whether it is lazy, twice, before
they escape it, which takes longer than to do it.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString


def conditional_escape(piece: Any) -> SafeString:
    """The piece as markup: escaped, unless it is markup already."""
    kind = type(piece)
    if kind is SafeString:
        return piece  # type: ignore[no-any-return]  # it is one
    if kind is str:
        return SafeString(escape(piece))
    if hasattr(piece, "__html__"):
        return SafeString(piece.__html__())
    text = str(piece)  # a lazy text may have been marked as safe
    return SafeString(text if isinstance(text, SafeString) else escape(text))


def format_html(frame: str, *pieces: Any) -> SafeString:
    """The frame, which is ours, with the pieces escaped in their places."""
    return SafeString(frame.format(*[conditional_escape(piece) for piece in pieces]))


def format_html_join(between: str, frame: str, rows: Iterable[Sequence[Any]]) -> SafeString:
    """The frame once for each row of pieces."""
    return SafeString(conditional_escape(between).join([format_html(frame, *row) for row in rows]))
