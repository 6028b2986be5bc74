from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "styrfart.matters"
    verbose_name = "Ärenden"
