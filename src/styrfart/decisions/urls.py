"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from styrfart.decisions.views import deciding, exporting, following, listing, tasks

app_name = "decisions"

_decision = [
    path("", deciding.show, name="show"),
    path("angrat/", deciding.undo_decision, name="undo-decision"),
    path("ersattning/", deciding.replace_decision, name="replace-decision"),
    path("atagande/", following.take_on, name="take-on"),
    path("kvittens/", following.confirm_receipt, name="confirm-receipt"),
    path("lage/", following.report_progress, name="report-progress"),
    path("oppnat/", following.reopen_decision, name="reopen-decision"),
    path("effekt/", following.follow_effect, name="follow-effect"),
    path("datum/", following.move_due, name="move-due"),
    path("oversyn/", following.review_decision, name="review-decision"),
    path("registrering/", following.register_decision, name="register-decision"),
    path("atgarder/", tasks.create_action, name="create-action"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("lg/<slug:slug>/beslut/", listing.index, name="index"),
    path("lg/<slug:slug>/beslut/tabell.csv", exporting.export_log, name="export-log"),
    path("lg/<slug:slug>/beslut/arkiv.zip", exporting.archive, name="archive"),
    path("lg/<slug:slug>/beslut/anmalan/", listing.report_to_committee, name="report-to-committee"),
    path("lg/<slug:slug>/beslut/anmalan/tabell.csv", exporting.export_report, name="export-report"),
    path("lg/<slug:slug>/beslut/<int:year>-<int:week>-<int:sequence>/", include(_decision)),
    path("lg/<slug:slug>/atgarder/", tasks.action_list, name="action-list"),
    path("lg/<slug:slug>/atgarder/<int:pk>/", tasks.show_action, name="show-action"),
    path("lg/<slug:slug>/atgarder/<int:pk>/klar/", tasks.complete_action, name="complete-action"),
    path("lg/<slug:slug>/atgarder/<int:pk>/oppen/", tasks.reopen_action, name="reopen-action"),
    path("lg/<slug:slug>/atgarder/<int:pk>/atertagande/", tasks.withdraw_action, name="withdraw-action"),
]
