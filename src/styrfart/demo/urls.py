"""Addresses of this room; there in demo mode only."""

from django.urls import path

from styrfart.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/", views.index, name="index"),
    path("demo/svara/<int:round_pk>/", views.answer, name="answer"),
    path("demo/nagon-annan/", views.step_in_as, name="step-in-as"),
    path("demo/<slug:key>/", views.step_in, name="step-in"),
]
