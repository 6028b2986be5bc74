"""What we know about how accessible the service is. Each release looks through this file and changes it.

The page /tillganglighet/ is written from here, as the law on accessible digital public services asks.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ASSESSED_ON = dt.date(2026, 11, 22)
UPDATED_ON = dt.date(2026, 11, 22)


@dataclass(frozen=True)
class Fault:
    """Something that does not work for everybody: what, for whom, the criterion, and when we look again."""

    what: Promise
    who: Promise
    criterion: str
    mended_by: dt.date


FAULTS = (
    Fault(
        what=_(
            "Ingen har gått igenom sidorna med en skärmläsare. Vi vet därför inte att allt läses upp rätt."
        ),
        who=_("Du som använder skärmläsare, till exempel NVDA eller VoiceOver."),
        criterion="1.3.1, 4.1.2, 4.1.3",
        mended_by=dt.date(2027, 3, 31),
    ),
    Fault(
        what=_("Sidorna är prövade i Chromium men inte i Firefox och Safari."),
        who=_("Du som använder en annan webbläsare än Edge eller Chrome, särskilt med egna färger."),
        criterion="1.4.3, 2.4.7",
        mended_by=dt.date(2027, 3, 31),
    ),
    Fault(
        what=_("Ingen med funktionsnedsättning har ännu prövat tjänsten tillsammans med oss."),
        who=_("Alla som behöver att språket och stegen är lätta att förstå."),
        criterion="3.3.2",
        mended_by=dt.date(2027, 6, 30),
    ),
)

METHODS = (
    _("Ett program (axe) prövar sidorna mot WCAG 2.2 nivå A och AA, i ljust och mörkt, på båda språken."),
    _("Sidorna prövas i bredder från 320 bildpunkter, med dubbel textstorlek och med glesare text."),
    _("De vanligaste stegen går vi igenom med bara tangentbord."),
    _("Kontrasten räknas ut för varje par av färger."),
)
