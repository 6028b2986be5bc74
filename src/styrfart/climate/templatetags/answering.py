"""Texts that exist in some languages, on a page in one of them."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from styrfart.climate.instruments import Words

register = template.Library()


@register.simple_tag
def words(text: Words) -> SafeString:
    """The text in the page's language; marked with its own where it does not exist in that."""
    language = get_language() or ""
    said = text.to(language)
    if text.texts.get(language):
        return format_html("{}", said)
    return format_html('<span lang="{}">{}</span>', next(iter(text.texts), ""), said)
