from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "styrfart.shared"
    verbose_name = "Gemensamt"

    def ready(self) -> None:
        """Register the start-up checks."""
        from styrfart.shared import checks  # noqa: F401, PLC0415  # registers by being imported, after the apps
