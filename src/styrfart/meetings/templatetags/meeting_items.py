"""Texts of items as the pages show them."""

from django import template

register = template.Library()


@register.filter
def lines(text: str) -> list[str]:
    """What is written one a line, without the empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]
