"""Addresses: questionnaires, results of others', and managers' conditions."""

from django.urls import URLPattern, URLResolver, path

from styrfart.climate.views import conditions, external, instruments

urlpatterns: list[URLPattern | URLResolver] = [
    path("formular/", instruments.instruments, name="instruments"),
    path("formular/nytt/", instruments.compose, name="compose"),
    path("formular/<slug:key>/", instruments.instrument, name="instrument"),
    path("formular/<slug:key>/fraga/<int:number>/", instruments.preview_question, name="preview-question"),
    path("formular/<slug:key>/andra/", instruments.edit_instrument, name="edit-instrument"),
    path("formular/<slug:key>/klart/", instruments.make_instrument_ready, name="make-instrument-ready"),
    path("formular/<slug:key>/ny-version/", instruments.begin_version, name="begin-version"),
    path("formular/<slug:key>/slang/", instruments.discard_instrument, name="discard-instrument"),
    path("formular/<slug:key>/sluta/", instruments.retire_instrument, name="retire-instrument"),
    path("resultat/", external.external_results, name="external-results"),
    path("resultat/nytt/", external.record_result, name="record-result"),
    path("resultat/fil/", external.import_results, name="import-results"),
    path("resultat/mall.csv", external.results_template, name="results-template"),
    path("resultat/<int:pk>/ta-bort/", external.remove_result, name="remove-result"),
    path("villkor/", conditions.conditions, name="conditions"),
    path("villkor/granser/<str:code>/", conditions.span_limits, name="span-limits"),
    path("villkor/granser/<str:code>/ta-bort/", conditions.remove_span_limits, name="remove-span-limits"),
]
