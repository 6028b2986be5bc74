from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "styrfart.decisions"
    verbose_name = "Beslut"
