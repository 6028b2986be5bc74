"""Writes about people and the organisation."""

from styrfart.people.actions.imports import (
    ImportHasErrors,
    ImportIsGone,
    ImportMoved,
    apply_import,
    check_import,
    drop_import,
    import_at_once,
    purge_imports,
)

__all__ = [
    "ImportHasErrors",
    "ImportIsGone",
    "ImportMoved",
    "apply_import",
    "check_import",
    "drop_import",
    "import_at_once",
    "purge_imports",
]
