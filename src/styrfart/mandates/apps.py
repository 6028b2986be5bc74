from django.apps import AppConfig


class MandatesConfig(AppConfig):
    name = "styrfart.mandates"
    verbose_name = "Mandat"
