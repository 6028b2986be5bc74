"""Addresses: Decisions, actions and parked questions over all meetings."""

from django.urls import URLPattern, URLResolver, path

from styrfart.meetings.views import logs

HERE = "lg/<slug:team>/moten/logg/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(HERE, logs.log, name="log"),
    path(f"{HERE}tabell.csv", logs.export_log, name="export-log"),
    path(f"{HERE}<int:pk>/klar/", logs.take_up, name="take-up-parked"),
    path(f"{HERE}<int:pk>/parkera/", logs.park_again, name="park-again"),
    path("lg/<slug:team>/moten/anteckningar/arkiv.zip", logs.archive, name="archive-minutes"),
]
