"""A mandate's rules and hints in words, for templates: `{% load mandates %}`."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from styrfart.mandates import wording
from styrfart.mandates.comparing import Kind, compare_texts
from styrfart.mandates.importing.points import PointText
from styrfart.mandates.models import DelegationPoint, Mandate, Result, Rule
from styrfart.shared.markup import format_html, format_html_join

register = template.Library()


@register.filter
def goes_to(rule: Rule) -> str:
    """Where matters that the rule concerns go."""
    return wording.destination(rule)


@register.filter
def amounts(rule: Rule) -> str:
    """The amounts between which the rule holds."""
    return wording.amounts(rule)


@register.filter
def mix(mandate: Mandate) -> list[tuple[str, int]]:
    """Name and percent of each purpose."""
    return wording.mix(mandate)


@register.filter
def lines(text: str) -> list[str]:
    """The lines of a text that have something in them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.filter
def result_line(result: Result) -> str:
    """A result and how it will be seen."""
    return wording.result_in_words(result)


@register.filter
def who(point: PointText | DelegationPoint) -> str:
    """Who may decide by a point, each with the limit; of a stored one the delegates are loaded."""
    if isinstance(point, DelegationPoint):
        return wording.delegates_in_words((each.title, each.amount_limit) for each in point.delegates.all())
    return wording.delegates_in_words(point.delegates)


@register.filter
def anchor(code: str) -> str:
    """Where a point stands on the page of its scheme."""
    return wording.point_anchor(code)


@register.filter
def if_true(text: str, condition: object) -> str:
    """The text when the condition holds, else nothing: a link that only some may follow."""
    return text if condition else ""


@register.simple_tag
def changes(before: str, after: str) -> SafeString:
    """Two versions of a text as one: what went is struck through, what came underlined, and both said."""
    shown = {
        Kind.SAME: "{}",
        Kind.GONE: f'<del><span class="vh">{_("borttaget:")} </span>{{}}</del>',
        Kind.NEW: f'<ins><span class="vh">{_("tillagt:")} </span>{{}}</ins>',
    }
    pieces = compare_texts(before, after)
    return format_html_join("", "{}", ((format_html(shown[piece.kind], piece.text),) for piece in pieces))
