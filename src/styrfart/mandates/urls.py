"""Addresses of this room."""

import datetime as dt

from django.urls import URLPattern, URLResolver, path, register_converter

from styrfart.mandates.views import adopting, delegation, reading, ruling, writing


class DayConverter:
    """A day in an address: 2026-11-21."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        return dt.date.fromisoformat(value)  # ValueError: the address leads nowhere

    def to_url(self, value: dt.date) -> str:
        return value.isoformat()


register_converter(DayConverter, "since")
app_name = "mandates"
version = "delegation/<path:code>/<since:valid_from>/"
of_team = "lg/<slug:team>/mandat/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(of_team, reading.show, name="show"),
    path(f"{of_team}versioner/", reading.show_versions, name="versions"),
    path(f"{of_team}versioner/<int:number>/", reading.show_version, name="version"),
    path(f"{of_team}arkiv.zip", reading.archive, name="archive"),
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
    path("forvaltning/delegation/", delegation.read_in, name="read-scheme"),
    path("forvaltning/delegation/mall/", delegation.download_template, name="scheme-template"),
    path("forvaltning/delegation/granska/", delegation.review_scheme, name="review-scheme"),
    path("forvaltning/delegation/las-in/", delegation.put_in_force, name="put-in-force"),
    path("forvaltning/delegation/ta-bort/", delegation.drop_waiting_scheme, name="drop-waiting-scheme"),
    # A code may hold a slash, so what follows it is matched from the end.
    path("delegation/", delegation.index_schemes, name="schemes"),
    path("delegation/<path:code>/historia/", delegation.show_history, name="scheme-history"),
    path("delegation/<path:code>/arbetsbok/", delegation.download_template, name="scheme-workbook"),
    path(version, delegation.show_scheme, name="scheme-version"),
    path(f"{version}ta-bort/", delegation.withdraw_scheme, name="withdraw-scheme"),
    path("delegation/<path:code>/", delegation.show_scheme, name="scheme"),
]
