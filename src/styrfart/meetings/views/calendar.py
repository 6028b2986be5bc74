"""A person's own calendar: the page where it is set up, and the address that a calendar program reads."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from styrfart.meetings.actions import calendar as actions
from styrfart.meetings.forms.calendar import CalendarChoiceForm, CalendarKeyForm
from styrfart.meetings.queries import calendar as queries
from styrfart.people.request import Request
from styrfart.shared.receipts import tell, warn

# What a calendar program may keep, and for how long before it asks again.
KEPT = "private, max-age=900"


@require_GET
def calendar_settings(request: Request) -> HttpResponse:
    """Whether there is an address to subscribe to, and whether invitations come by mail."""
    return _page(request)


@require_POST
def make_calendar_key(request: Request) -> HttpResponse:
    """Make an address and show it this once: it is kept nowhere, so no page after this can."""
    form = CalendarKeyForm(request.POST)
    known = form.cleaned_data["known"] if form.is_valid() else ""
    try:
        made = actions.make_calendar_key(known=known, actor=request.user)
    except actions.KeyHasChanged:
        warn(request, _("Adressen har ändrats sedan sidan visades. Gör en ny om du behöver se den."))
        return redirect("meetings:calendar-settings")
    path = reverse("meetings:calendar-feed", args=[made.secret])
    response = _page(request, address=f"{settings.BASE_URL}{path}")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def revoke_calendar_key(request: Request) -> HttpResponse:
    """Close the address."""
    actions.revoke_calendar_key(actor=request.user)
    tell(request, _("Adressen är stängd. Nya möten kommer som inbjudningar med e-post."))
    return redirect("meetings:calendar-settings")


@require_POST
def choose_invitations(request: Request) -> HttpResponse:
    """Turn invitations by mail on or off."""
    form = CalendarChoiceForm(request.POST)
    is_on = form.is_valid() and form.cleaned_data["has_invitations"]
    actions.choose_invitations(has_invitations=is_on, actor=request.user)
    tell(
        request,
        _("Inbjudningar skickas till dig.") if is_on else _("Inbjudningar skickas inte längre till dig."),
    )
    return redirect("meetings:calendar-settings")


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of whoever made the secret, in that person's language; 304 when nothing has changed."""
    key = queries.key_for(secret)
    actions.note_reading(key)
    with translation.override(key.person.language):
        feed = queries.feed_of(key.person)
        tag = f'"{feed.tag}"'
        response = get_conditional_response(request, etag=tag) or HttpResponse(
            feed.text, content_type="text/calendar; charset=utf-8"
        )
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = KEPT
    response.headers["Content-Language"] = feed.language
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _page(request: Request, *, address: str = "") -> HttpResponse:
    key = queries.key_of(request.user)
    has_invitations = queries.wants_invitations(request.user)
    context = {
        "key": key,
        "address": address,
        # The same address, as programs that take it by a click want it.
        "webcal": f"webcal://{address.partition('://')[2]}" if address else "",
        "key_form": CalendarKeyForm(initial={"known": actions.mark_of(key)}),
        "form": CalendarChoiceForm(initial={"has_invitations": has_invitations}),
        "has_invitations": has_invitations,
    }
    return render(request, "meetings/calendar.html", context)
