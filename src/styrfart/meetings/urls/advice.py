"""Addresses: advice that was asked for, and the draft of an agenda."""

from django.urls import URLPattern, URLResolver, path

from styrfart.meetings.views import advice, proposing

urlpatterns: list[URLPattern | URLResolver] = [
    path("rad/<int:nr>/", advice.advice, name="advice"),
    path("rad/<int:nr>/nej/", advice.decline_advice, name="decline-advice"),
    path("lg/<slug:team>/moten/<slug:day>/punkter/<int:pk>/rad/", advice.ask_advice, name="ask-advice"),
    path("lg/<slug:team>/moten/<slug:day>/forslag/", proposing.propose_agenda, name="propose-agenda"),
]
