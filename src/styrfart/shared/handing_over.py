"""What every room does alike when it hands its records to the e-archive."""

import contextlib
import tempfile
from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from styrfart.shared.archive import ArchiveRecord, write_package
from styrfart.shared.models import RetentionRule

# A package grows with the documents in it: a larger one lies on disk until it is sent.
IN_MEMORY = 16 * 1024 * 1024


def retention_words(*record_types: str) -> dict[str, str]:
    """How long records of each type are kept, for the package; in the language of the moment. One query."""
    rules = RetentionRule.objects.filter(record_type__in=record_types)
    known = {rule.record_type: rule for rule in rules}
    return {record_type: _in_words(known.get(record_type)) for record_type in record_types}


def _in_words(rule: RetentionRule | None) -> str:
    if rule is None or rule.keep_years is None:
        return _("bevaras")
    return _("gallras efter %(years)s år, %(decision)s") % {
        "years": rule.keep_years,
        "decision": rule.decision_reference,
    }


def package_response(
    name: str, records: Iterable[ArchiveRecord], *, creator: str, note: Callable[[int], None]
) -> FileResponse:
    """The records as a package called `name`.zip; `note` is told how many there were before it is sent."""
    with contextlib.ExitStack() as unsent:
        package = unsent.enter_context(tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))
        count = write_package(
            package,  # type: ignore[arg-type]  # a binary file in all but name
            records,
            creator=settings.ORGANISATION_NAME or creator,
            system="Styrfart",
            created=timezone.now(),
        )
        note(count)
        package.seek(0)
        answer = FileResponse(
            package, as_attachment=True, filename=f"{name}.zip", content_type="application/zip"
        )
        unsent.pop_all()  # from here on the answer closes the package
    return answer
