"""Addresses of this room, by object. What is named comes before what begins with a day."""

from django.urls import URLPattern, URLResolver

from styrfart.meetings.urls import advice, agenda, calendar, live, logs, minutes, pulse, structure, wheel

app_name = "meetings"

urlpatterns: list[URLPattern | URLResolver] = [
    *structure.urlpatterns,
    *wheel.urlpatterns,
    *logs.urlpatterns,
    *calendar.urlpatterns,
    *advice.urlpatterns,
    *live.urlpatterns,
    *minutes.urlpatterns,
    *pulse.urlpatterns,
    *agenda.urlpatterns,
]
