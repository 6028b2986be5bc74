"""What the tests of pages do again and again."""

import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from styrfart.people.models import Person
from tests.conftest import signed_in

EVIL = "<script>alert(1)</script> \u202egnirts 😀 =1+1"


def text_of(answer: Any) -> str:
    """What a reader reads: tags gone, spaces single."""
    body = re.sub(r"(?s)<(head|script|style).*?</\1>", " ", answer.content.decode())
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def warm(person: Person) -> Client:
    """A browser whose session has been seen: the first request of a session writes it."""
    browser = signed_in(person)
    browser.get(reverse("people:account"))
    return browser


def post(browser: Client, step: str, /, *arguments: Any, **values: Any) -> Any:
    """Take a step and follow to what is shown."""
    return browser.post(reverse(f"people:{step}", args=arguments), values, follow=True)
