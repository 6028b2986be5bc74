from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "styrfart.shared"
    verbose_name = "Gemensamt"
