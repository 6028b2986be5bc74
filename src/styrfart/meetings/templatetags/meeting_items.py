"""Items as the pages show them. The rows of an agenda are many and alike: they are put together here."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from styrfart.matters.models import MatterLevel
from styrfart.meetings.models import ItemState, Meeting
from styrfart.meetings.queries.agenda import Agenda, Line
from styrfart.shared.addresses import reverse
from styrfart.shared.markup import format_html, format_html_join
from styrfart.shared.templatetags.components import status
from styrfart.shared.templatetags.furniture import icon, joined
from styrfart.shared.templatetags.words import clock

register = template.Library()

NOTHING = SafeString("")


@register.filter
def lines(text: str) -> list[str]:
    """What is written one a line, without the empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.simple_tag(takes_context=True)
def agenda_rows(context: Context, agenda: Agenda, moved: int = 0, moved_by: str = "") -> SafeString:
    """The rows of an agenda; for those who change it with buttons. `moved`: the item that has just moved."""
    to = items_address(agenda.meeting)
    csrf = format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', context.get("csrf_token", "")
    )
    levels = {level.value: capfirst(str(level.label)) for level in MatterLevel}
    rows = []
    for line in agenda.lines:
        item = line.item
        can_move = agenda.can_change and item.state == ItemState.COMING and not line.is_hidden
        rows.append(
            format_html(
                '<li id="punkt-{}"{} data-item="{}" data-number="{}"{}>'
                '<span class="what">{}</span>{}{}{}</li>\n',
                item.pk,
                SafeString(' class="now"') if item.state == ItemState.CURRENT else NOTHING,
                item.pk,
                line.number,
                SafeString(" data-may-move") if item.state == ItemState.COMING else NOTHING,
                line.title if line.is_hidden else _link(f"{to}{item.pk}/", line.title),
                _buttons(line, f"{to}{item.pk}/flytta/", csrf, moved, moved_by) if can_move else NOTHING,
                _facts(line, levels),
                item_notes(line),
            )
        )
    return joined(rows)


@register.simple_tag
def item_notes(line: Line) -> SafeString:
    """The material of an item and the words about it."""
    if line.is_hidden:
        return NOTHING
    documents = line.documents
    material = _meta(
        format_html_join(
            SafeString("<br>"),
            "{}",
            ((_link(one.path, one.title) if one.path else one.reference,) for one in documents),
        )
        if documents
        else NOTHING
    )
    tags = joined([status(tag.word, tag.tone) for tag in line.tags])
    return format_html("{}{}", material, _meta(tags, " tags") if tags else NOTHING)


def items_address(meeting: Meeting) -> str:
    """Where the items of the meeting are: each under its number."""
    return reverse("meetings:choose-item", args=[meeting.team.slug, meeting.slug])


def _facts(line: Line, levels: dict[str, str]) -> SafeString:
    """When, what for, how long, whose; and what there should be afterwards."""
    item = line.item
    minutes = _("%(minutes)s min") % {"minutes": item.minutes}
    said = f"{line.purpose}, {minutes}"
    if not line.is_hidden:
        said += f". {item.owner}. {levels[item.level]}"
    when = format_html("<b>{}–{}</b> {}", clock(line.begins), clock(line.ends), said)
    if line.is_hidden:
        return _meta(when)
    more = [_meta(f"{_('Efteråt finns:')} {item.outcome}")]
    if item.why_in_meeting:
        more.append(_meta(f"{_('Tas upp på mötet:')} {item.why_in_meeting}"))
    return joined([_meta(when), *more])


def _buttons(line: Line, to: str, csrf: SafeString, moved: int, moved_by: str) -> SafeString:
    """Up and down; after a move the one that was pressed has the focus, at an edge the one that is left."""
    choices = (
        ("upp", "up", _("Flytta %(what)s uppåt"), line.is_first, line.is_last),
        ("ned", "down", _("Flytta %(what)s nedåt"), line.is_last, line.is_first),
    )
    is_moved = line.item.pk == moved
    shown: list[Any] = [
        format_html(
            '<button class="btn btn--s" name="flytta" value="{}" id="{}-{}" aria-label="{}"{}>{}</button>',
            value,
            value,
            line.item.pk,
            label % {"what": line.title},
            SafeString(" autofocus") if is_moved and (moved_by == value or is_other_gone) else NOTHING,
            icon(drawing),
        )
        for value, drawing, label, is_gone, is_other_gone in choices
        if not is_gone
    ]
    return format_html(
        '<form class="move" method="post" action="{}" hx-post="{}" hx-target="#ordning" hx-swap="outerHTML">'
        '{}<input type="hidden" name="fran" value="{}">{}</form>',
        to,
        to,
        csrf,
        line.number,
        joined(shown),
    )


def _link(address: str, text: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, text)


def _meta(content: Any, css: str = "") -> SafeString:
    return format_html('<span class="meta{}">{}</span>', css, content) if content else NOTHING
