from importlib import import_module

from django.apps import AppConfig


class MandatesConfig(AppConfig):
    name = "styrfart.mandates"
    verbose_name = "Mandat"

    def ready(self) -> None:
        """The clock knows the room's jobs in every process, the log its words, retention its records."""
        import_module("styrfart.mandates.jobs")
        import_module("styrfart.mandates.deeds")
        import_module("styrfart.mandates.disposal")
