from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SharedConfig(AppConfig):
    name = "styrfart.shared"
    verbose_name = "Gemensamt"

    def ready(self) -> None:
        """Register the start-up checks; each type of record gets its rule when the tables are there."""
        from styrfart.shared import checks, wording  # noqa: F401, PLC0415  # work by being imported, after the apps
        from styrfart.shared.disposal import ensure_rules  # noqa: PLC0415  # models are ready only now

        post_migrate.connect(ensure_rules, sender=self)
