"""The twelve building blocks of the design system, except the drawings."""

import datetime as dt
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from styrfart.shared.markup import conditional_escape, format_html
from styrfart.shared.templatetags.furniture import icon, joined, trimmed
from styrfart.shared.templatetags.words import day, in_words, iso_day

register = template.Library()


# --- 1 waiting row ----------------------------------------------------------------------------------
@register.simple_block_tag
def waiting_list(content: str) -> SafeString:
    """What waits for the reader: around `waiting_row` tags, at most five."""
    return format_html('<ul class="todo panel">{}</ul>', content)


@register.simple_tag
def waiting_row(title: str, why: str, url: str, verb: str, *, main: bool = False) -> SafeString:
    """One thing that waits: what, why, and one verb. Only the first is `main`."""
    return format_html(
        '<li><h3>{}</h3>{}<a class="btn{}" href="{}">{}<span class="vh">: {}</span></a></li>',
        title,
        format_html("<p>{}</p>", why) if why else "",
        " btn--main" if main else "",
        url,
        verb,
        title,
    )


# --- 2 matter in triage -----------------------------------------------------------------------------
@register.simple_block_tag
def matter_card(content: str, title: str, sender: str = "", url: str = "") -> SafeString:
    """A matter to be sorted: who sent it, the question, then `route_box`, text and buttons."""
    heading = format_html('<a href="{}">{}</a>', url, title) if url else conditional_escape(title)
    from_line = format_html('<p class="from">{}</p>', sender) if sender else ""
    return format_html(
        '<article class="panel panel--pad matter"><div>{}<h3>{}</h3></div>{}</article>',
        from_line,
        heading,
        content,
    )


@register.simple_block_tag
def route_box(content: str, proposal: str) -> SafeString:
    """What the mandate proposes, with its rule quoted as content."""
    return format_html('<div class="route"><p><b>{}</b> {}</p></div>', proposal, trimmed(content))


# --- 3 agenda item ----------------------------------------------------------------------------------
@register.simple_block_tag
def agenda(content: str, *, panel: bool = False) -> SafeString:
    """A numbered agenda: around `agenda_item` tags."""
    return format_html('<ol class="agenda{}">{}</ol>', " panel panel--pad" if panel else "", content)


@register.simple_block_tag(takes_context=True)
def agenda_item(
    context: Context,
    content: str,
    what: str,
    minutes: str = "",
    move: str = "",
    *,
    first: bool = False,
    last: bool = False,
) -> SafeString:
    """One item; with `move` (an address) two buttons post flytta=upp or flytta=ned to it."""
    end: Any = format_html('<span class="min">{}</span>', minutes) if minutes else ""
    below: Any = trimmed(content)
    if move:
        buttons = [
            ("upp", "up", _("Flytta %(what)s uppåt"), first),
            ("ned", "down", _("Flytta %(what)s nedåt"), last),
        ]
        shown = [
            format_html(
                '<button class="btn btn--s" name="flytta" value="{}" aria-label="{}">{}</button>',
                value,
                label % {"what": what},
                icon(drawing),
            )
            for value, drawing, label, is_edge in buttons
            if not is_edge
        ]
        end = format_html(
            '<form class="move" method="post" action="{}">'
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}">{}</form>',
            move,
            context.get("csrf_token", ""),
            joined(shown),
        )
        below = format_html("{}{}{}", minutes, ". " if minutes and below else "", below)
    meta = format_html('<span class="meta">{}</span>', below) if below else ""
    return format_html('<li><span class="what">{}</span>{}{}</li>', what, end, meta)


# --- 4 decision record ------------------------------------------------------------------------------
@register.simple_block_tag
def logbook(content: str) -> SafeString:
    """Decisions in order: around `decision_record` tags."""
    return format_html('<ol class="logbook">{}</ol>', content)


@register.simple_block_tag
def decision_record(
    content: str, number: str, decided_on: dt.date | None, meta: str = "", url: str = "", kind: str = ""
) -> SafeString:
    """A decision as it stands: number and date, its words in serif, who, when and which effect."""
    text = trimmed(content)
    shown = format_html('<a href="{}">{}</a>', url, text) if url else text
    when = (
        format_html(' <time datetime="{}">{}</time>', iso_day(decided_on), day(decided_on))
        if decided_on
        else ""
    )
    return format_html(
        '<li><p class="kind"><b>{} {}</b>{}</p><p class="record">{}</p>{}</li>',
        kind or pgettext("före ett nummer", "Beslut"),
        number,
        when,
        shown,
        format_html('<p class="small">{}</p>', meta) if meta else "",
    )


@register.simple_block_tag
def proposal(content: str, by: str = "", title: str = "") -> SafeString:
    """What lies on the table: the words that may become the decision, and why we may decide them."""
    return format_html(
        '<section class="proposal"><h2>{}</h2><p class="record">{}</p>{}</section>',
        title or _("Förslag till beslut"),
        trimmed(content),
        format_html('<p class="by">{}</p>', by) if by else "",
    )


# --- 6 status word ----------------------------------------------------------------------------------
TONES = ("none", "going", "ok", "late", "you")


@register.simple_tag
def status(word: str, tone: str = "none") -> SafeString:
    """A word for the state: I tid (none), Pågår (going), Klart (ok), Sent (late), Väntar på dig (you)."""
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"status: {tone} is not one of {', '.join(TONES)}")
    return format_html(
        '<span class="tag{}">{}</span>', "" if tone == "going" else f" tag--{tone}", capfirst(word)
    )


# --- 7 question page --------------------------------------------------------------------------------
@register.inclusion_tag("shared/parts/question.html", takes_context=True)
def question_page(
    context: Context,
    form: Any,
    progress: str = "",
    verb: str = "",
    back: str = "",
    draft: str = "",
    action: str = "",
) -> dict[str, Any]:
    """A page that asks one thing: progress in words, the form's question in serif, Fortsätt and Tillbaka."""
    return {
        "form": form,
        "progress": progress,
        "verb": verb or _("Fortsätt"),
        "back": back,
        "draft": draft,
        "action": action,
        "csrf_token": context.get("csrf_token", ""),
    }


# --- 8 the promise ----------------------------------------------------------------------------------
@register.simple_block_tag
def promise(content: str, words: str) -> SafeString:
    """What we promise about somebody's data; the same words before, under and after."""
    return format_html(
        '<div class="promise">{}<div><p><b>{}</b></p>{}</div></div>', icon("shield"), words, content
    )


# --- 9 error summary and field ----------------------------------------------------------------------
@register.inclusion_tag("shared/parts/error_summary.html")
def error_summary(*forms_and_title: Any, title: str = "", focus: bool = True) -> dict[str, Any]:
    """Every error of the form, first on the page, each leading to its field. Nothing when there is none.

    `{% error_summary form %}`, `{% error_summary form "Rätta en sak innan du lämnar in" %}` or several forms.
    """
    shown = [one for one in forms_and_title if hasattr(one, "errors")]
    title = title or next((str(one) for one in forms_and_title if one and not hasattr(one, "errors")), "")
    rows: list[tuple[str, str]] = []
    for form in shown:
        rows += [("", str(error)) for error in form.non_field_errors()]
        for field in form:
            target = f"#{getattr(field, 'first_id', field.id_for_label)}"
            rows += [("" if field.is_hidden else target, str(error)) for error in field.errors]
    default = ngettext("Rätta en sak och försök igen", "Rätta %(count)s saker och försök igen", len(rows))
    return {"rows": rows, "focus": focus, "title": title or default % {"count": in_words(len(rows))}}


@register.filter
def field_kind(field: BoundField) -> str:
    """How the field is laid out: box, choices, tick or fieldset."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return "fieldset" if field.use_fieldset else "box"


@register.filter
def hint_for(field: BoundField, value: Any) -> str:
    """The line under one of the field's choices: `field.hints = {value: text}` on the form field."""
    return str(getattr(field.field, "hints", {}).get(str(value), ""))


# --- 10 check answers -------------------------------------------------------------------------------
@register.simple_block_tag
def answers(content: str) -> SafeString:
    """All answers before they are sent: around `answer` tags."""
    return format_html('<dl class="sum">{}</dl>', content)


@register.simple_block_tag
def answer(content: str, term: str, change: str = "", what: str = "") -> SafeString:
    """One answer, and the way to change it; `what` ends the link for those who cannot see the row."""
    link = (
        format_html(
            '<dd><a href="{}">{}<span class="vh"> {}</span></a></dd>',
            change,
            _("Ändra"),
            what or term.lower(),
        )
        if change
        else ""
    )
    return format_html("<div><dt>{}</dt><dd>{}</dd>{}</div>", term, content, link)


# --- 12 protected cell ------------------------------------------------------------------------------
@register.simple_tag
def protected_cell() -> SafeString:
    """A table cell that is not shown; looks the same whatever the reason."""
    return format_html('<td class="hid"><span>{}</span></td>', _("visas inte"))
