"""Every room's addresses in one place."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from styrfart.shared import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("styrfart.overview.urls")),
    path("", include("styrfart.meetings.urls")),
    path("", include("styrfart.matters.urls")),
    path("", include("styrfart.decisions.urls")),
    path("", include("styrfart.mandates.urls")),
    path("", include("styrfart.climate.urls")),
    path("", include("styrfart.load.urls")),
    path("", include("styrfart.people.urls")),
    path("", include("styrfart.shared.urls")),
    path("konto/", include("styrfart.config.account_urls")),
    path("halsa/", health.show, name="health"),
]

if settings.DEMO:
    urlpatterns.append(path("", include("styrfart.demo.urls")))

handler400 = "styrfart.shared.uploads.bad_request"
