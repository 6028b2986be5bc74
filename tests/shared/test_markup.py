"""Our quick ways to write markup give what Django's give."""

from typing import Any

import pytest
from django import forms
from django.utils import html
from django.utils.functional import lazystr
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from styrfart.matters.models import MatterState
from styrfart.shared import markup


class _Form(forms.Form):
    name = forms.CharField()


class _Marked:
    def __html__(self) -> str:
        return "<i>å</i>"


PIECES = [
    "plain",
    '<b>"O\'Hara" & co</b>',
    "",
    mark_safe("<b>&amp;</b>"),
    7,
    12.5,
    None,
    ["<", 1],
    MatterState.INBOX,
    MatterState.INBOX.label,
    gettext_lazy('Hem & "hav"'),
    lazystr(mark_safe("<b>lazy</b>")),
    lazystr("<b>lazy</b>"),
    _Form()["name"],
    _Marked(),
]


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: type(piece).__name__)
def test_a_piece_is_escaped_as_django_escapes_it(piece: Any) -> None:
    ours = markup.conditional_escape(piece)
    assert (ours, type(ours)) == (html.conditional_escape(piece), SafeString)
    framed = markup.format_html("<p title='{0}'>{0}{1:>3}</p>", piece, "<")
    assert (framed, type(framed)) == (
        html.format_html("<p title='{0}'>{0}{1:>3}</p>", piece, "<"),
        SafeString,
    )


def test_rows_are_joined_as_django_joins_them() -> None:
    rows = [(piece, "<") for piece in PIECES]
    for between in ("", " & ", mark_safe("<br>")):
        ours = markup.format_html_join(between, "<p>{}{}</p>", iter(rows))
        assert (ours, type(ours)) == (html.format_html_join(between, "<p>{}{}</p>", rows), SafeString)
