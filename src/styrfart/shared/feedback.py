"""Remarks from anybody, with or without a name: what is hard to use, wrong or missing."""

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from styrfart.shared import mail

# Enough for an office where something has just stopped working; too few to fill somebody's mailbox.
MOST_AN_HOUR = 60


class TooManyRemarks(Exception):
    """More remarks have come during the hour than anybody can read."""


def pass_on(*, text: str, page: str = "", reply_to: str = "") -> None:
    """Send the remark to whoever runs the installation. Nothing else about the sender is kept.

    Raises TooManyRemarks. A mail is put in the outbox, where the system owner also sees it.
    """
    key = f"shared:remarks:{timezone.now():%Y%m%d%H}"
    cache.add(key, 0, timeout=2 * 60 * 60)
    if cache.incr(key) > MOST_AN_HOUR:
        raise TooManyRemarks
    with translation.override(settings.LANGUAGE_CODE):
        lines = [text, "", _("Sida: %(page)s") % {"page": page or _("inte angiven")}]
        lines.append(_("Svara till: %(address)s") % {"address": reply_to or _("vill vara anonym")})
        mail.write(
            address=settings.DEFAULT_FROM_EMAIL, subject=_("Synpunkt på Styrfart"), body="\n".join(lines)
        )
