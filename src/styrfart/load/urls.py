"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from styrfart.load import views

app_name = "load"
urlpatterns: list[URLPattern | URLResolver] = [
    path("belastning/", views.index, name="index"),
    path("belastning/nytt/", views.enter_claim, name="enter-claim"),
    path("belastning/<int:pk>/andra/", views.change_claim, name="change-claim"),
    path("belastning/<int:pk>/ta-bort/", views.remove_claim, name="remove-claim"),
    path("belastning/<str:code>/", views.unit, name="unit"),
]
