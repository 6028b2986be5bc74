"""Sentences about matters in templates, and the buttons for routes."""

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from styrfart.matters import phrases
from styrfart.matters.models import Asked, Matter
from styrfart.matters.triage import Proposal
from styrfart.matters.views.ways import Way
from styrfart.shared.markup import format_html, format_html_join
from styrfart.shared.templatetags.words import day, kronor, weekday

register = template.Library()


@register.filter
def told(proposal: Proposal) -> phrases.Told:
    """The desk's proposal in words."""
    return phrases.told(proposal)


@register.filter
def from_line(matter: Matter) -> str:
    """Mikael Strandvik, fredag 2 oktober."""
    if matter.handed_in_at is None:
        return str(matter.handed_in_by)
    return _("%(sender)s, %(day)s. Ärende %(nr)s.") % {
        "sender": matter.handed_in_by,
        "day": weekday(matter.handed_in_at),
        "nr": matter.pk,
    }


@register.filter
def summed_up(matter: Matter) -> str:
    """What is asked, by when, for whom and at what cost, as one line of short sentences."""
    if matter.asked == Asked.THINKING:
        parts = [_("Vill tänka ihop.")]
    else:
        parts = [_("Ber om %(what)s.") % {"what": matter.get_asked_display()}]
    if matter.owner_id != matter.handed_in_by_id:
        parts.append(_("%(person)s äger ärendet.") % {"person": matter.owner})
    if matter.latest_on:
        parts.append(_("Svar behövs %(day)s.") % {"day": day(matter.latest_on)})
    if units := [str(unit) for unit in matter.units.all()]:
        parts.append(_("Berör %(units)s.") % {"units": ", ".join(units)})
    if matter.cost is not None:
        parts.append(_("Kostar %(cost)s.") % {"cost": kronor(matter.cost)})
    return " ".join(parts)


@register.simple_tag(takes_context=True)
def way_button(context: Context, way: Way) -> SafeString:
    """A route as a button that posts, or as a link to the page that asks what it needs."""
    has_keys = bool(way.key and context["user"].has_shortcuts)
    css = "btn btn--main" if way.is_main else "btn btn--quiet" if way.is_quiet else "btn"
    keys = (
        format_html(' data-shortcut="{}" aria-keyshortcuts="{}"', way.key, way.key)
        if has_keys
        else SafeString("")
    )
    shown = (
        format_html(' <kbd class="kbd" aria-hidden="true">{}</kbd>', way.key) if has_keys else SafeString("")
    )
    if not way.post:
        return format_html('<a class="{}" href="{}"{}>{}{}</a>', css, way.url, keys, way.label, shown)
    hidden = format_html_join("", '<input type="hidden" name="{}" value="{}">', way.post)
    return format_html(
        '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">{}'
        '<button class="{}"{}>{}{}</button></form>',
        way.url,
        context.get("csrf_token", ""),
        hidden,
        css,
        keys,
        way.label,
        shown,
    )


@register.filter
def percent_of(part: float, whole: float) -> SafeString:
    """A width in a drawing: "37.5%"."""
    return mark_safe(f"{100 * part / whole if whole else 0:.2f}%")  # noqa: S308  # our own number
