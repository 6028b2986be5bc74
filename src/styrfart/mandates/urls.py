"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from styrfart.mandates.views import adopting, reading, ruling, writing

app_name = "mandates"
of_team = "lg/<slug:team>/mandat/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(of_team, reading.show, name="show"),
    path(f"{of_team}versioner/", reading.show_versions, name="versions"),
    path(f"{of_team}versioner/<int:number>/", reading.show_version, name="version"),
    path(f"{of_team}jamfor/", reading.compare, name="compare"),
    path(f"{of_team}borja/", writing.start_draft, name="start-draft"),
    path(f"{of_team}regler/<uuid:key>/", writing.reopen_rule, name="reopen-rule"),
    path(f"{of_team}utkast/", writing.check, name="check"),
    path(f"{of_team}utkast/kasta/", writing.discard_draft, name="discard-draft"),
    path(f"{of_team}utkast/foresla/", adopting.propose_mandate, name="propose-mandate"),
    path(f"{of_team}utkast/regler/", ruling.show_rules, name="rules"),
    path(f"{of_team}utkast/regler/ny/", ruling.add_rule, name="add-rule"),
    path(f"{of_team}utkast/regler/<int:pk>/", ruling.change_rule, name="change-rule"),
    path(f"{of_team}utkast/regler/<int:pk>/flytta/", ruling.move_rule, name="move-rule"),
    path(f"{of_team}utkast/regler/<int:pk>/ta-bort/", ruling.remove_rule, name="remove-rule"),
    path(f"{of_team}utkast/<slug:page>/", writing.answer, name="answer"),
    path(f"{of_team}forslag/", adopting.proposal, name="proposal"),
    path(f"{of_team}forslag/bekrafta/", adopting.confirm_mandate, name="confirm-mandate"),
    path(f"{of_team}forslag/andra/", adopting.ask_for_change, name="ask-for-change"),
    path(f"{of_team}forslag/ta-tillbaka/", adopting.withdraw_proposal, name="withdraw-proposal"),
    path(f"{of_team}forslag/anta/", adopting.adopt_mandate, name="adopt-mandate"),
    path(f"{of_team}behall/", adopting.keep_mandate, name="keep-mandate"),
]
