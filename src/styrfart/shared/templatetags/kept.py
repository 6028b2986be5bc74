"""What pages draw alike: parts of the frame are drawn once in a process, and addresses are looked up once.

A template is compiled once in production, so what its tags keep lives as long as the process. In development
templates are compiled anew at each request, and nothing is kept.
"""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import defaulttags
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.urls import NoReverseMatch, get_script_prefix
from django.utils.safestring import SafeString

from styrfart.shared.addresses import reverse
from styrfart.shared.markup import conditional_escape

register = template.Library()


class Kept(template.Node):
    """Content that is the same whenever the values that are given are: drawn the first time."""

    def __init__(self, nodelist: NodeList, differs_by: Sequence[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.differs_by = differs_by
        self.drawn: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """As it was drawn for these values; addresses differ by where the installation lies."""
        key = (get_script_prefix(), *(one.resolve(context) for one in self.differs_by))
        drawn = self.drawn.get(key)
        if drawn is None:
            drawn = self.drawn[key] = self.nodelist.render(context)
        return drawn


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """{% kept LANGUAGE_CODE is_demo %}…{% endkept %}: name all that the content depends on."""
    differs_by = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(nodelist, differs_by)


class Address(template.Node):
    """Django's `url` with what `addresses.reverse` remembers."""

    child_nodelists = ()

    def __init__(self, name: FilterExpression, args: Sequence[FilterExpression], asvar: str | None) -> None:
        self.name = name
        self.args = args
        self.asvar = asvar

    def render(self, context: Context) -> str:
        """The address; with `as`, into a variable, empty where there is none."""
        try:
            found = reverse(self.name.resolve(context), [arg.resolve(context) for arg in self.args])
        except NoReverseMatch:
            if self.asvar is None:
                raise
            found = ""
        if self.asvar:
            context[self.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found


@register.tag
def url(parser: Parser, token: Token) -> template.Node:
    """Django's own where arguments have names."""
    node: Any = defaulttags.url(parser, token)
    return node if node.kwargs else Address(node.view_name, node.args, node.asvar)
