"""Pages that belong to no room: help, protection, accessibility, about, and the components in development."""

import datetime as dt
from importlib.metadata import version

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods

from styrfart.shared import accessibility as known
from styrfart.shared import feedback, receipts, samples, theme
from styrfart.shared import protection as told
from styrfart.shared.forms import FeedbackForm, WhereForm


@login_not_required
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """How the system is used, in short."""
    return render(request, "shared/help.html")


@login_not_required
@require_GET
def protection(request: HttpRequest) -> HttpResponse:
    """How what is written here is protected."""
    limits = {
        "session_hours": settings.SESSION_LIFETIME // dt.timedelta(hours=1),
        "idle_minutes": settings.SESSION_IDLE // dt.timedelta(minutes=1),
        "attempts": settings.AXES_FAILURE_LIMIT,
        "pause_minutes": settings.AXES_COOLOFF_TIME // dt.timedelta(minutes=1),
    }
    return render(request, "shared/protection.html", {**limits, "parts": told.PARTS})


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible the service is, with its known faults."""
    context = {
        "faults": known.FAULTS,
        "methods": known.METHODS,
        "assessed_on": known.ASSESSED_ON,
        "updated_on": known.UPDATED_ON,
    }
    return render(request, "shared/accessibility.html", context)


@login_not_required
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """What this is."""
    return render(request, "shared/about.html", {"version": version("styrfart")})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def give_feedback(request: HttpRequest) -> HttpResponse:
    """Take a remark from anybody and pass it on."""
    where = WhereForm(request.GET)
    form = FeedbackForm(
        request.POST or None, initial={"page": where.cleaned_data["sida"] if where.is_valid() else ""}
    )
    if request.method == "POST" and form.is_valid():
        try:
            feedback.pass_on(**form.cleaned_data)
        except feedback.TooManyRemarks:
            form.add_error(
                None, _("Det har kommit många synpunkter den senaste timmen. Försök igen om en stund.")
            )
        else:
            receipts.tell(request, _("Tack, vi har tagit emot det du skrev."))
            return redirect("shared:feedback")
    return render(request, "shared/feedback.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component of the design system, while developing and in a demonstration."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    return render(request, "shared/components.html", samples.context(timezone.localdate()))


@login_not_required
@require_GET
@cache_control(max_age=3600, public=True)
def theme_stylesheet(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # a view
    """The installation's own colours as a stylesheet."""
    return HttpResponse(theme.stylesheet(theme.from_environment()), content_type="text/css; charset=utf-8")
