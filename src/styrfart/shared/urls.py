"""Addresses of this room."""

from django.urls import URLPattern, URLResolver

app_name = "shared"
urlpatterns: list[URLPattern | URLResolver] = []
