"""Addresses: reports."""

from django.urls import URLPattern, URLResolver, path

from styrfart.climate.views import certificate, conversation, exports, national, report

# Of one report; the same for a unit and for a team.
of_unit: list[URLPattern | URLResolver] = [
    path("<str:unit>/<int:round_pk>/", report.report, name="report"),
    path("<str:unit>/<int:round_pk>/tabell.csv", exports.table, name="report-csv"),
    path("<str:unit>/<int:round_pk>/data.json", exports.data, name="report-data"),
    path("<str:unit>/<int:round_pk>/bild.svg", exports.picture, name="report-picture"),
    path("<str:unit>/<int:round_pk>/samtal/", conversation.conversation, name="conversation"),
    path("<str:unit>/<int:round_pk>/gjort/", conversation.said_and_done, name="said-and-done"),
    path("<str:unit>/<int:round_pk>/gjort/<int:pk>/", conversation.said_and_done, name="change-told"),
    path(
        "<str:unit>/<int:round_pk>/gjort/<int:pk>/ta-bort/",
        conversation.take_back_told,
        name="take-back-told",
    ),
]
of_team: list[URLPattern | URLResolver] = [
    path("lg/<slug:team>/<int:round_pk>/", report.report, name="team-report"),
    path("lg/<slug:team>/<int:round_pk>/tabell.csv", exports.table, name="team-report-csv"),
    path("lg/<slug:team>/<int:round_pk>/data.json", exports.data, name="team-report-data"),
    path("lg/<slug:team>/<int:round_pk>/bild.svg", exports.picture, name="team-report-picture"),
    path("lg/<slug:team>/<int:round_pk>/samtal/", conversation.conversation, name="team-conversation"),
    path("lg/<slug:team>/<int:round_pk>/gjort/", conversation.said_and_done, name="team-said-and-done"),
    path(
        "lg/<slug:team>/<int:round_pk>/gjort/<int:pk>/", conversation.said_and_done, name="team-change-told"
    ),
    path(
        "lg/<slug:team>/<int:round_pk>/gjort/<int:pk>/ta-bort/",
        conversation.take_back_told,
        name="team-take-back-told",
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("pulser/<int:pk>/skydd/", certificate.certificate, name="certificate"),
    path("pulser/<int:pk>/skydd/kontrollera/", certificate.check, name="check-release"),
    path("nationellt/", national.benchmarks, name="benchmarks"),
    *of_team,
    *of_unit,
]
