from importlib import import_module

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "styrfart.meetings"
    verbose_name = "Möten"

    def ready(self) -> None:
        """The log has words for what is done here."""
        import_module("styrfart.meetings.deeds")
