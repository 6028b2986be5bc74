from importlib import import_module

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "styrfart.overview"
    verbose_name = "Översikt"

    def ready(self) -> None:
        """The clock knows the room's jobs in every process; letters of what is due can be withheld."""
        from styrfart.overview.actions import withhold_letters  # noqa: PLC0415  # models are ready only now
        from styrfart.shared.mail import ON_WITHHOLD  # noqa: PLC0415  # so too

        ON_WITHHOLD.append(withhold_letters)
        import_module("styrfart.overview.jobs")
