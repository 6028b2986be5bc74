"""Addresses of this room."""

from django.urls import URLPattern, URLResolver

app_name = "climate"
urlpatterns: list[URLPattern | URLResolver] = []
