from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SharedConfig(AppConfig):
    name = "styrfart.shared"
    verbose_name = "Gemensamt"

    def ready(self) -> None:
        """Register the checks, remember texts; each type of record gets its rule when there are tables."""
        from styrfart.shared import checks, wording  # noqa: F401, PLC0415  # checks work by being imported
        from styrfart.shared.disposal import ensure_rules  # noqa: PLC0415  # models are ready only now

        wording.remember_texts()
        post_migrate.connect(ensure_rules, sender=self)
