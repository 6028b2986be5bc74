"""What the clock does here."""

from django.utils import timezone

from styrfart.people.actions import purge_imports
from styrfart.shared.jobs import Every, job, schedule


@job()
def forget_imports() -> None:
    """Erase uploads that nobody applied within a day."""
    purge_imports(timezone.now())


schedule("people.forget_imports", forget_imports, Every(minutes=60))
