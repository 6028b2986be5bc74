"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from styrfart.shared import views

app_name = "shared"
urlpatterns: list[URLPattern | URLResolver] = [
    path("hjalp/", views.help_page, name="help"),
    path("skydd/", views.protection, name="protection"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("om/", views.about, name="about"),
    path("synpunkter/", views.give_feedback, name="feedback"),
    path("komponenter/", views.components, name="components"),
    path("tema.css", views.theme_stylesheet, name="theme"),
]
