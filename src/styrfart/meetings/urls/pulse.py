"""Addresses: the meeting pulse."""

from django.urls import URLPattern, URLResolver, path

from styrfart.meetings.views import pulse

urlpatterns: list[URLPattern | URLResolver] = [
    path("lg/<slug:team>/moten/<slug:day>/puls/", pulse.answer_pulse, name="pulse"),
]
