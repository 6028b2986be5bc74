"""The door of the demonstration. These addresses exist in demo mode only (`config.urls`)."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from styrfart.demo import queries
from styrfart.demo.forms import SomebodyForm
from styrfart.people.actions import set_language
from styrfart.people.models import Person
from styrfart.people.request import Request

BACKEND = "styrfart.people.backends.PersonBackend"


@login_not_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Whom to be, and what to try."""
    _only_in_demo()
    return render(request, "demo/index.html", {"choices": queries.choices(), "form": SomebodyForm()})


@login_not_required
@require_POST
def step_in(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as the persona, in the language in which the visitor reads."""
    _only_in_demo()
    for choice in queries.choices():
        if choice.persona.key == key:
            return _enter(request, choice.person)
    raise Http404


@login_not_required
@require_POST
def step_in_as(request: HttpRequest) -> HttpResponse:
    """Sign in as anybody, by address: those whom the visitor has read in are nobody's personas."""
    _only_in_demo()
    form = SomebodyForm(request.POST)
    if form.is_valid():
        return _enter(request, form.cleaned_data["address"])
    return render(request, "demo/index.html", {"choices": queries.choices(), "form": form}, status=422)


@require_GET
def answer(request: Request, round_pk: int) -> HttpResponse:
    """To the questions, by the link that the persona's letter would have held: no letters are sent here."""
    _only_in_demo()
    return redirect("climate:answer-start", queries.link_to_answer(request.user, round_pk))


def _enter(request: HttpRequest, person: Person) -> HttpResponse:
    set_language(language=get_language() or person.language, actor=person)
    login(request, person, backend=BACKEND)
    return redirect("overview:home")


def _only_in_demo() -> None:
    """A second lock: nobody steps into anybody where people are real."""
    if not settings.DEMO:
        raise Http404
