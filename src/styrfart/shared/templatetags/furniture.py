"""The furniture of a page: icons, headings, panels, lists, people, tables, page numbers, receipts."""

import difflib
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.template.context import Context
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from styrfart.shared.markup import conditional_escape, format_html, format_html_join

register = template.Library()

HTMX = "django_htmx/htmx-2.min.js"
# An attribute of ours: in what somebody has written the quotation mark would be escaped.
EXCHANGES = re.compile(r'\shx-(?:get|post)="')
# Drawn by ourselves on a grid of 20 (shield: 24). Inline, so that no request and no shift comes of them.
ICONS = {
    "search": '<circle cx="9" cy="9" r="5.5"/><path d="m13.2 13.2 4 4"/>',
    "help": '<circle cx="10" cy="10" r="7.5"/>'
    '<path d="M7.8 7.8a2.3 2.3 0 1 1 3.2 2.1c-.7.3-1 .8-1 1.6M10 14.2v.1"/>',
    "shield": '<path d="M12 3 5 5.6v5.2c0 4.5 2.9 8 7 10.2 4.1-2.2 7-5.7 7-10.2V5.6z"/>'
    '<path d="m9 11.8 2.2 2.2L15.2 10"/>',
    "arrow": '<path d="M4 10h11.5M11 5.5 15.5 10 11 14.5"/>',
    "back": '<path d="M16 10H4.5M9 5.5 4.5 10 9 14.5"/>',
    "up": '<path d="M10 16V4.5M5.5 9 10 4.5 14.5 9"/>',
    "down": '<path d="M10 4v11.5M5.5 11 10 15.5 14.5 11"/>',
    "tick": '<path d="m4 10.5 4 4 8-9"/>',
    "plus": '<path d="M10 4v12M4 10h12"/>',
    "park": '<path d="M6 17V3h5.2a4 4 0 0 1 0 8H6"/>',
    "file": '<path d="M5 3h6.5L15 6.5V17H5zM11.5 3v3.5H15"/>',
    "people": '<circle cx="7.5" cy="7" r="3"/><path d="M2.5 16.5c0-3 2.2-4.8 5-4.8s5 1.8 5 4.8"/>'
    '<path d="M13 4.4a3 3 0 0 1 0 5.2M14.6 12.2c1.8.6 2.9 2.1 2.9 4.3"/>',
}


def trimmed(content: str) -> SafeString:
    """Rendered content without the space around it; still rendered content."""
    return mark_safe(content.strip())  # noqa: S308  # the template engine has escaped it


def joined(pieces: Iterable[SafeString]) -> SafeString:
    """Pieces of markup after each other."""
    return format_html_join("", "{}", ((piece,) for piece in pieces))


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A small drawing beside a word; hidden from screen readers, so the word must be there."""
    size = 24 if name == "shield" else 20
    return format_html(
        '<svg class="ico" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>',
        size,
        size,
        mark_safe(ICONS[name]),  # noqa: S308  # our own constant above
    )


@register.simple_tag
def count(number: int, what: str = "") -> SafeString:
    """How many wait, in the colour of now and you. `what` is read out: "saker"."""
    if not number:
        return SafeString("")
    return format_html('<span class="count">{}<span class="vh"> {}</span></span>', number, what)


@register.simple_tag
def crumbs(*parts: str) -> SafeString:
    """Where the page lies: label, address, label, address, …, and last this page's own name."""
    links = zip(parts[0:-1:2], parts[1::2], strict=True)
    return format_html(
        '<nav aria-label="{}"><ol class="crumb">{}<li>{}</li></ol></nav>',
        _("Du är här"),
        format_html_join("", '<li><a href="{}">{}</a></li>', ((url, label) for label, url in links)),
        parts[-1],
    )


@register.simple_block_tag
def htmx_where_used(content: str) -> SafeString:
    """Around what a page shows: the script is fetched by pages with parts to exchange, and by no other."""
    page = mark_safe(content)  # noqa: S308  # the template engine has escaped it
    if not EXCHANGES.search(page):
        return page
    return format_html('{}<script src="{}" defer></script>\n', page, static(HTMX))


@register.simple_block_tag
def panel(content: str, *, tight: bool = False, css: str = "") -> SafeString:
    """A raised surface; `tight=True` without padding, for lists and tables that bring their own."""
    return format_html(
        '<div class="panel{}{}">{}</div>', "" if tight else " panel--pad", f" {css}" if css else "", content
    )


@register.simple_block_tag
def section(
    content: str, title: str, link: str = "", url: str = "", number: int = 0, what: str = "", anchor: str = ""
) -> SafeString:
    """A part of the page with its heading; a link to all of it and a count beside the heading."""
    anchor = anchor or slugify(title)
    more = format_html('<span class="end"><a href="{}">{}</a></span>', url, link) if link else ""
    return format_html(
        '<section aria-labelledby="{}"><div class="head"><h2 id="{}">{}</h2>{}{}</div>{}</section>',
        anchor,
        anchor,
        title,
        count(number, what),
        more,
        content,
    )


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """What stands where there is nothing yet: says what will appear, and how."""
    more = format_html("<div>{}</div>", content) if content.strip() else ""
    return format_html('<div class="empty"><p><b>{}</b></p>{}</div>', title, more)


@register.simple_tag
def avatar(person: Any) -> SafeString:
    """A person's initials; always beside the name."""
    return format_html('<span class="ava" aria-hidden="true">{}</span>', getattr(person, "initials", person))


@register.simple_tag
def person_chip(person: Any, note: str = "", url: str = "") -> SafeString:
    """A person: initials, name, and in small type what they are here."""
    name = format_html('<a href="{}">{}</a>', url, person) if url else conditional_escape(person)
    small = format_html("<small>{}</small>", note) if note else ""
    return format_html('<span class="who">{}<span>{}{}</span></span>', avatar(person), name, small)


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """A list of what is known: around `fact` tags."""
    return format_html('<dl class="kv">{}</dl>', content)


@register.simple_block_tag
def fact(content: str, term: str) -> SafeString:
    """One line in `facts`; nothing at all when there is nothing to say."""
    return (
        format_html("<div><dt>{}</dt><dd>{}</dd></div>", term, content) if content.strip() else SafeString("")
    )


@register.simple_block_tag
def table_wrap(content: str, label: str, *, plain: bool = False) -> SafeString:
    """A table's own scroll box, reachable by keyboard, so that the page never scrolls sideways."""
    return format_html(
        '<div class="{}tbl-wrap" tabindex="0" role="region" aria-label="{}">{}</div>',
        "" if plain else "panel ",
        _("%(table)s. Tabellen kan rullas i sidled.") % {"table": label},
        content,
    )


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: "Page[Any]") -> SafeString:
    """Which page of how many, and the way to the ones beside it; keeps the filters."""
    if page.paginator.num_pages < 2:
        return SafeString("")
    query = context["request"].GET.copy()

    def link(number: int, verb: str, rel: str) -> SafeString:
        query["sida"] = str(number)
        return format_html('<a class="btn btn--s" rel="{}" href="?{}">{}</a>', rel, query.urlencode(), verb)

    return format_html(
        '<nav class="pager" aria-label="{}">{}<span>{}</span>{}</nav>',
        _("Sidor"),
        link(page.previous_page_number(), _("Föregående"), "prev") if page.has_previous() else "",
        _("Sida %(page)s av %(pages)s") % {"page": page.number, "pages": page.paginator.num_pages},
        link(page.next_page_number(), _("Nästa"), "next") if page.has_next() else "",
    )


@register.simple_block_tag
def tabs(content: str, label: str, *, small: bool = False) -> SafeString:
    """Neighbouring pages as tabs: around `tab` tags. Each is a page with its own address.

    `small=True`: which rows of one page are shown, beneath the tabs of the team.
    """
    return format_html(
        '<nav class="tabs{}" aria-label="{}">{}</nav>', " tabs--s" if small else "", label, content
    )


@register.simple_tag
def tab(label: str, url: str, *, current: bool = False, number: int | None = None) -> SafeString:
    """One of the `tabs`."""
    shown = "" if number is None else format_html(' <span class="muted">({})</span>', number)
    mark = mark_safe(' aria-current="page"') if current else ""
    return format_html('<a href="{}"{}>{}{}</a>', url, mark, label, shown)


@register.inclusion_tag("shared/parts/filters.html")
def filters(form: Any, verb: str = "", anchor: str = "") -> dict[str, Any]:
    """A form that narrows down what the page shows: GET, one row, one button."""
    return {"form": form, "verb": verb or _("Visa"), "anchor": anchor}


@register.inclusion_tag("shared/parts/receipt.html", takes_context=True)
def receipt(
    context: Context, message: Message | str, undo: str = "", verb: str = "", draft: str = ""
) -> dict[str, Any]:
    """What was done, in the words of the button that did it, and for ten minutes the way back.

    Messages sent by `styrfart.shared.receipts.tell` carry `undo` and `draft` themselves.
    """
    tone = "success"
    if isinstance(message, Message):
        tone = message.level_tag
        marks = dict(part.split("=", 1) for part in (message.extra_tags or "").split() if "=" in part)
        undo, draft = undo or marks.get("undo", ""), draft or marks.get("draft", "")
    return {
        "text": message,
        "tone": tone,
        "undo": undo,
        "verb": verb or _("Ångra"),
        "draft": draft,
        "csrf_token": context.get("csrf_token", ""),
    }


@register.simple_tag
def diff(before: str, after: str, before_title: str = "", after_title: str = "") -> SafeString:
    """Two versions of a text side by side; what went and what came is marked and read out."""
    old, new = (re.findall(r"\s+|\w+|[^\w\s]", str(text or "")) for text in (before, after))
    left: list[SafeString] = []
    right: list[SafeString] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        if kind == "equal":
            left.append(conditional_escape(gone))
            right.append(conditional_escape(come))
            continue
        if gone:
            left.append(
                format_html('<del><span class="vh">{} </span>{}</del>', _("borttaget:"), gone)
                if gone.strip()
                else conditional_escape(gone)
            )
        if come:
            right.append(
                format_html('<ins><span class="vh">{} </span>{}</ins>', _("tillagt:"), come)
                if come.strip()
                else conditional_escape(come)
            )
    return format_html(
        '<div class="diff"><div><h3>{}</h3>{}</div><div><h3>{}</h3>{}</div></div>',
        before_title or _("Före"),
        joined(left) or _("Tomt"),
        after_title or _("Efter"),
        joined(right) or _("Tomt"),
    )
