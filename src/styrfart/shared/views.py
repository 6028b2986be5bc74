"""Pages that belong to no room: help, protection, accessibility, about, and the components in development."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from styrfart.shared import samples, theme


@login_not_required
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """How the system is used, in short."""
    return render(request, "shared/help.html")


@login_not_required
@require_GET
def protection(request: HttpRequest) -> HttpResponse:
    """How what is written here is protected."""
    return render(request, "shared/protection.html")


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible the service is, with its known faults."""
    return render(request, "shared/accessibility.html")


@login_not_required
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """What this is and under which licence."""
    return render(request, "shared/about.html")


@login_not_required
@require_GET
def feedback(request: HttpRequest) -> HttpResponse:
    """Where to say what is wrong or missing."""
    return render(request, "shared/feedback.html")


@login_not_required
@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component of the design system, while developing."""
    return render(request, "shared/components.html", samples.context(timezone.localdate()))


@login_not_required
@require_GET
@cache_control(max_age=3600, public=True)
def theme_stylesheet(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # a view
    """The installation's own colours as a stylesheet."""
    return HttpResponse(theme.stylesheet(theme.from_environment()), content_type="text/css; charset=utf-8")
