"""Addresses: The annual wheel."""

from django.urls import URLPattern, URLResolver, path

from styrfart.meetings.views import wheel

_WHEEL = "lg/<slug:team>/arshjul/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_WHEEL, wheel.wheel, name="wheel"),
    path(f"{_WHEEL}utgangslage/", wheel.start_wheel, name="start-wheel"),
    path(f"{_WHEEL}ny/", wheel.add_wheel_item, name="add-wheel-item"),
    path(f"{_WHEEL}<int:pk>/", wheel.edit_wheel_item, name="edit-wheel-item"),
    path(f"{_WHEEL}<int:pk>/<int:year>/", wheel.change_year, name="change-wheel-year"),
    path(f"{_WHEEL}<int:pk>/avsluta/", wheel.end_wheel_item, name="end-wheel-item"),
]
