from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "styrfart.overview"
    verbose_name = "Översikt"
