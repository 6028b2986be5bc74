from importlib import import_module

from django.apps import AppConfig


class LoadConfig(AppConfig):
    name = "styrfart.load"
    verbose_name = "Belastning"

    def ready(self) -> None:
        """The log has words for the room's deeds."""
        import_module("styrfart.load.deeds")
