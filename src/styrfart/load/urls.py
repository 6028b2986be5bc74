"""Addresses of this room."""

from django.urls import URLPattern, URLResolver

app_name = "load"
urlpatterns: list[URLPattern | URLResolver] = []
