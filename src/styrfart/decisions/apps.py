from importlib import import_module

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "styrfart.decisions"
    verbose_name = "Beslut"

    def ready(self) -> None:
        """The clock knows the room's jobs in every process, the log its words, retention its records."""
        import_module("styrfart.decisions.jobs")
        import_module("styrfart.decisions.deeds")
        import_module("styrfart.decisions.disposal")
