"""The request as every view behind the sign-in sees it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from styrfart.people.models import Person


class Request(HttpRequest):
    """A request from a person who has signed in."""

    user: Person
    htmx: HtmxDetails
