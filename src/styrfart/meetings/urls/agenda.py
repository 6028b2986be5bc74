"""Addresses: The agenda and what is in it."""

from django.urls import URLPattern, URLResolver, path

from styrfart.meetings.views import agenda, items, material, notice, postponing

_MEETING = "lg/<slug:team>/moten/<slug:day>/"
_ITEM = f"{_MEETING}punkter/<int:pk>/"
_FILE = "<int:material>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_MEETING, agenda.show, name="show"),
    path(f"{_MEETING}kallelse/", notice.call, name="call"),
    path(f"{_MEETING}punkter/", agenda.choose_item, name="choose-item"),
    path(f"{_MEETING}punkter/ny/", items.add_item, name="add-item"),
    path(_ITEM, items.show_item, name="show-item"),
    path(f"{_ITEM}andra/", items.edit_item, name="edit-item"),
    path(f"{_ITEM}flytta/", agenda.move_item, name="move-item"),
    path(f"{_ITEM}klart/", items.mark_ready, name="mark-ready"),
    path(f"{_ITEM}bordlagg/", postponing.postpone_item, name="postpone-item"),
    path(f"{_ITEM}ta-bort/", items.remove_item, name="remove-item"),
    path(f"{_ITEM}underlag/", material.add_material, name="add-material"),
    path(f"{_ITEM}underlag/{_FILE}", material.download_material, name="download-material"),
    path(f"{_ITEM}underlag/{_FILE}ta-bort/", material.remove_material, name="remove-material"),
    path(f"{_ITEM}arendets-underlag/{_FILE}", material.download_of_matter, name="download-of-matter"),
]
