"""Addresses: Kinds of meeting and which meetings there are."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
