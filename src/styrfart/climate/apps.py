from importlib import import_module

from django.apps import AppConfig


class ClimateConfig(AppConfig):
    name = "styrfart.climate"
    verbose_name = "Klimat"

    def ready(self) -> None:
        """The clock knows the room's jobs in every process, the log its words, retention its records,
        and the page about protection what is promised to who answers.
        """
        import_module("styrfart.climate.jobs")
        import_module("styrfart.climate.deeds")
        import_module("styrfart.climate.disposal")
        import_module("styrfart.climate.protection")
