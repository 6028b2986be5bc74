"""Addresses: Calendars."""

from django.urls import URLPattern, URLResolver, path

from styrfart.meetings.views import calendar

urlpatterns: list[URLPattern | URLResolver] = [
    path("konto/kalender/", calendar.calendar_settings, name="calendar-settings"),
    path("konto/kalender/adress/", calendar.make_calendar_key, name="make-calendar-key"),
    path("konto/kalender/adress/stang/", calendar.revoke_calendar_key, name="revoke-calendar-key"),
    path("konto/kalender/inbjudningar/", calendar.choose_invitations, name="choose-invitations"),
    path("kalender/<str:secret>.ics", calendar.calendar_feed, name="calendar-feed"),
]
