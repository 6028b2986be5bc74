"""A person's own account."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from styrfart.people import actions, deeds, queries, rules
from styrfart.people.forms import AccountForm, LanguageForm, NextForm, PageForm
from styrfart.people.models import Person
from styrfart.people.request import Request
from styrfart.shared.receipts import tell

PER_PAGE = 50
A_YEAR = 365 * 24 * 60 * 60


@require_http_methods(["GET", "POST"])
def account(request: Request) -> HttpResponse:
    """Language, look, shortcuts and letter; the way to password, second factor and log."""
    me = request.user
    known = {name: getattr(me, name) for name in ("language", "theme", "has_shortcuts", "has_digest")}
    form = AccountForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        actions.change_account(**form.cleaned_data, actor=me)
        with translation.override(me.language):
            tell(request, _("Inställningarna är sparade."))
        return redirect("people:account")
    status = 422 if form.is_bound else 200
    context = {
        "form": form,
        "page": queries.person_page(me, me),
        "is_owner": rules.is_system_owner(me),
    }
    return render(request, "people/account.html", context, status=status)


@require_GET
def log(request: Request) -> HttpResponse:
    """What has been written about the reader, by whom and when."""
    page = Paginator(queries.log_about(request.user), PER_PAGE).get_page(PageForm(request.GET).number or 1)
    entries = [deeds.tell_entry(entry) for entry in page]
    return render(request, "people/log.html", {"page": page, "entries": entries})


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Change the language: remembered with the person, else in a cookie."""
    form = LanguageForm(request.POST)
    response = redirect(_back(request, "/"))
    if form.is_valid():
        language = form.cleaned_data["language"]
        if isinstance(request.user, Person):
            actions.set_language(language=language, actor=request.user)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@require_POST
def toggle_shortcuts(request: Request) -> HttpResponse:
    """Turn single-key shortcuts on or off and go back."""
    is_on = actions.toggle_shortcuts(actor=request.user)
    tell(request, _("Kortkommandon är påslagna.") if is_on else _("Kortkommandon är avstängda."))
    return redirect(_back(request, reverse("people:account")))


def _back(request: HttpRequest, otherwise: str) -> str:
    """Where the reader came from, if that is a page of ours."""
    form = NextForm(request.POST)
    there = str(form.cleaned_data["next"]) if form.is_valid() else ""
    is_ours = url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return there if there.startswith("/") and is_ours else otherwise
