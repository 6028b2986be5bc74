"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from styrfart.decisions import views

app_name = "decisions"
urlpatterns: list[URLPattern | URLResolver] = [
    path("lg/<slug:slug>/beslut/<int:year>-<int:week>-<int:sequence>/", views.show, name="show"),
]
