"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from styrfart.climate.urls import answering, feedback, instruments, planning, reports

app_name = "climate"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(answering.urlpatterns)),
    path("klimat/", include(planning.urlpatterns)),
    path("klimat/", include(instruments.urlpatterns)),
    path("", include(feedback.urlpatterns)),
    # Last: a report's address begins with the code of a unit.
    path("klimat/", include(reports.urlpatterns)),
]
