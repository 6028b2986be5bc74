from importlib import import_module

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "styrfart.overview"
    verbose_name = "Översikt"

    def ready(self) -> None:
        """The clock knows the room's jobs in every process."""
        import_module("styrfart.overview.jobs")
