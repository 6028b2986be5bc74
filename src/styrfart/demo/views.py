"""The door of the demonstration. These addresses exist in demo mode only (`config.urls`)."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from styrfart.demo import queries
from styrfart.people.actions import set_language

BACKEND = "styrfart.people.backends.PersonBackend"


@login_not_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Whom to be, and what to try."""
    _only_in_demo()
    return render(request, "demo/index.html", {"choices": queries.choices()})


@login_not_required
@require_POST
def step_in(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as the persona, in the language in which the visitor reads."""
    _only_in_demo()
    for choice in queries.choices():
        if choice.persona.key == key:
            set_language(language=get_language() or choice.person.language, actor=choice.person)
            login(request, choice.person, backend=BACKEND)
            return redirect("overview:home")
    raise Http404


def _only_in_demo() -> None:
    """A second lock: nobody steps into anybody where people are real."""
    if not settings.DEMO:
        raise Http404
