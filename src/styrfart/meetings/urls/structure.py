"""Addresses: Kinds of meeting and which meetings there are."""

from django.urls import URLPattern, URLResolver, path

from styrfart.meetings.views import index, planning, rota, series, structure

_TEAM = "lg/<slug:team>/moten/"
_KIND = f"{_TEAM}struktur/<int:pk>/"
_MEETING = f"{_TEAM}<slug:day>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_TEAM, index.index, name="index"),
    path(f"{_TEAM}nytt/", planning.plan, name="plan"),
    path(f"{_TEAM}struktur/", structure.kinds, name="kinds"),
    path(f"{_TEAM}struktur/ny/", structure.add_kind, name="add-kind"),
    path(_KIND, structure.edit_kind, name="edit-kind"),
    path(f"{_KIND}avsluta/", structure.end_kind, name="end-kind"),
    path(f"{_KIND}punkt/", structure.add_standing_item, name="add-standing-item"),
    path(f"{_KIND}punkt/<int:item>/", structure.edit_standing_item, name="edit-standing-item"),
    path(f"{_KIND}punkt/<int:item>/flytta/", structure.move_standing_item, name="move-standing-item"),
    path(f"{_KIND}punkt/<int:item>/ta-bort/", structure.remove_standing_item, name="remove-standing-item"),
    path(f"{_KIND}turordning/", rota.rota, name="rota"),
    path(f"{_KIND}serie/", series.plan_series, name="plan-series"),
    path(f"{_KIND}serie/<int:series>/", series.change_series, name="change-series"),
    path(f"{_KIND}serie/<int:series>/avsluta/", series.end_series, name="end-series"),
    path(f"{_MEETING}andra/", planning.change_meeting, name="change-meeting"),
    path(f"{_MEETING}stall-in/", planning.cancel_meeting, name="cancel-meeting"),
    path(f"{_MEETING}tur/byt/", rota.swap_leaders, name="swap-leaders"),
    path(f"{_MEETING}tur/hoppa-over/", rota.skip_turn, name="skip-turn"),
]
