"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from styrfart.overview import views

app_name = "overview"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("vantar/", views.waiting, name="waiting"),
    path("sok/", views.search, name="search"),
]
