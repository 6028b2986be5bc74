from importlib import import_module

from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "styrfart.matters"
    verbose_name = "Ärenden"

    def ready(self) -> None:
        """A decision that is undone on its own page takes its matter back to the queue; the log has words."""
        from styrfart.decisions.actions import ON_UNDO  # noqa: PLC0415  # models are ready only now  # models are there only now
        from styrfart.matters.actions import follow_undone_decision  # noqa: PLC0415  # models are ready only now

        ON_UNDO.append(follow_undone_decision)
        import_module("styrfart.matters.deeds")
        import_module("styrfart.matters.disposal")
