"""Addresses: planning."""

from django.urls import URLPattern, URLResolver, path

from styrfart.climate.views import rounds

urlpatterns: list[URLPattern | URLResolver] = [
    path("", rounds.index, name="index"),
    path("pulser/ny/", rounds.new_round, name="new-round"),
    path("pulser/<int:pk>/", rounds.show, name="round"),
    path("pulser/<int:pk>/andra/", rounds.edit_round, name="edit-round"),
    path("pulser/<int:pk>/starta/", rounds.launch, name="launch"),
    path("pulser/<int:pk>/avbryt/", rounds.stop, name="stop"),
    path("pulser/<int:pk>/lappar/", rounds.slips, name="slips"),
    path("pulser/<int:pk>/lanken/", rounds.send_link, name="send-link"),
]
