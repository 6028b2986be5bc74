"""What a person decides about their own pages."""

from django.db import transaction

from styrfart.people.models import Person


@transaction.atomic
def change_account(
    *, language: str, theme: str, has_shortcuts: bool, has_digest: bool, actor: Person
) -> Person:
    """Keep language, look, shortcuts and the weekly letter. Not logged: it concerns nobody else."""
    actor.language, actor.theme = language, theme
    actor.has_shortcuts, actor.has_digest = has_shortcuts, has_digest
    actor.save(update_fields=["language", "theme", "has_shortcuts", "has_digest"])
    return actor


@transaction.atomic
def set_language(*, language: str, actor: Person) -> None:
    """Remember the reader's language."""
    actor.language = language
    actor.save(update_fields=["language"])


@transaction.atomic
def toggle_shortcuts(*, actor: Person) -> bool:
    """Turn single-key shortcuts on or off; gives which."""
    actor.has_shortcuts = not actor.has_shortcuts
    actor.save(update_fields=["has_shortcuts"])
    return actor.has_shortcuts
