"""How much of an item's time has gone, as a bar and in words; nothing is red."""

import datetime as dt

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrfart.meetings.models import AgendaItem

register = template.Library()


def seconds_gone(item: AgendaItem, now: dt.datetime) -> int:
    """How long the item has been on the table, before and now."""
    running = round((now - item.started_at).total_seconds()) if item.started_at else 0
    return item.seconds_used + max(0, running)


def time_words(gone: int, minutes: int) -> str:
    """8 av 20 minuter kvar; when they have passed: 3 minuter över."""
    left = minutes - gone // 60
    if left > 0:
        return _("%(left)s av %(minutes)s minuter kvar") % {"left": left, "minutes": minutes}
    over = -left
    if over == 0:
        return _("Tiden är slut")
    return ngettext("%(over)s minut över", "%(over)s minuter över", over) % {"over": over}


@register.simple_tag
def time_bar(item: AgendaItem, now: dt.datetime) -> SafeString:
    """The soft timer. The script moves it on; it is never read out by itself."""
    gone = seconds_gone(item, now)
    share = min(100, round(100 * gone / (item.minutes * 60)))
    return format_html(
        '<div class="time" data-gone="{}" data-minutes="{}" data-left="{}" data-none="{}" data-over="{}">'
        '<svg width="100%" height="8" aria-hidden="true" focusable="false">'
        '<rect class="tone-shallow" width="100%" height="8" rx="4"/>'
        '<rect class="tone-helm" width="{}%" height="8" rx="4"/></svg><span>{}</span></div>',
        gone,
        item.minutes,
        _("{0} av {1} minuter kvar"),
        _("Tiden är slut"),
        _("{0} min över"),
        share,
        time_words(gone, item.minutes),
    )
