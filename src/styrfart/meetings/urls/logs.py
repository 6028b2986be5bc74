"""Addresses: Decisions, actions and parked questions over all meetings."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
