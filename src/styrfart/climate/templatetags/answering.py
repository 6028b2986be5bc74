"""Texts that exist in some languages, on a page in one of them; how long a questionnaire takes."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from styrfart.climate.instruments import Instrument, Words
from styrfart.climate.queries.planning import minutes_of

register = template.Library()


@register.simple_tag
def words(text: Words) -> SafeString:
    """The text in the page's language; marked with its own where it does not exist in that."""
    language = get_language() or ""
    said = text.to(language)
    if text.texts.get(language):
        return format_html("{}", said)
    return format_html('<span lang="{}">{}</span>', next(iter(text.texts), ""), said)


@register.filter
def minutes_to_answer(instrument: Instrument) -> int:
    """About how long the questionnaire takes: the same as who plans a pulse and who answers are told."""
    return minutes_of([instrument], 0)
