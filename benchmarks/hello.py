"""The limit: Django saying hello from a template, without middleware, session or database."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

PAGE = "<!doctype html><title>{{ greeting }}</title><h1>{{ greeting }}, {{ name }}</h1>"


def hello(request: HttpRequest) -> HttpResponse:
    """One small page."""
    return render(request, "hello.html", {"greeting": "God morgon", "name": "Ingrid"})


urlpatterns = [path("", hello)]

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        SECRET_KEY="only-for-benchmarks",  # noqa: S106  # protects nothing
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [
                        (
                            "django.template.loaders.cached.Loader",
                            [("django.template.loaders.locmem.Loader", {"hello.html": PAGE})],
                        )
                    ]
                },
            }
        ],
    )
    django.setup()

application = WSGIHandler()
