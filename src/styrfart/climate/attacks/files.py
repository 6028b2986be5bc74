"""Keys: there only while they are needed, readable for nobody else, and in no backup."""

import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from styrfart.climate.attacks.findings import Finding
from styrfart.climate.models import Round, RoundState

LIVE = (RoundState.LAUNCHING, RoundState.OPEN, RoundState.CLOSED)


def keys_are_where_they_should_be() -> Iterator[Finding]:
    """No key outlives its round's count, and none lies where others read or where backups look."""
    folder = Path(settings.KEY_DIR)
    files = sorted(folder.glob("*.key")) if folder.is_dir() else []
    live = Round.objects.filter(state__in=LIVE, counted_at=None).values_list("pk", flat=True)
    needed = {str(pk) for pk in live}
    left = [file.name for file in files if file.stem not in needed]
    said = _("Ingen nyckel finns kvar efter att pulsen räknats.")
    if left:
        said = _("Nycklar som skulle ha förstörts finns kvar: %(files)s.") % {"files": ", ".join(left)}
    yield Finding("keys that are left", not left, said)
    others = stat.S_IRWXG | stat.S_IRWXO
    open_ = [file.name for file in files if file.stat().st_mode & others]
    said = _("Bara systemets eget konto kan läsa nycklarna.")
    if open_:
        said = _("Andra konton kan läsa %(files)s.") % {"files": ", ".join(open_)}
    yield Finding("keys that others read", not open_, said)
    is_apart = not folder.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve())
    said = _("Nycklarna ligger inte där säkerhetskopian hämtar filer.")
    if not is_apart:
        said = _("Nycklarna ligger bland de filer som säkerhetskopieras.")
    yield Finding("keys in backups", is_apart, said)
