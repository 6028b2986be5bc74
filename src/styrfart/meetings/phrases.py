"""Why a draft puts a question on the agenda or leaves it, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrfart.kernel.agenda import Why
from styrfart.meetings.models import Meeting
from styrfart.meetings.queries.proposing import Placing
from styrfart.shared.templatetags.words import day_short, in_words


def reasons(placing: Placing, meeting: Meeting) -> str:
    """One sentence."""
    words = [_words(why, placing, meeting) for why in placing.why]
    sentence = ", ".join(word for word in words if word)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _words(why: Why, placing: Placing, meeting: Meeting) -> str:
    proposed = placing.proposed
    latest = day_short(proposed.latest_on)
    waited = (meeting.held_on - proposed.waits_since).days // 7 if proposed.waits_since else 0
    return {
        Why.CANNOT_WAIT: _("ska vara klart %(day)s och kan inte vänta till nästa möte") % {"day": latest},
        Why.RETURNING: _("kommer tillbaka från ett tidigare möte"),
        Why.SOON: _("ska vara klart %(day)s") % {"day": latest},
        Why.LONG_WAIT: ngettext(
            "har väntat i %(weeks)s vecka", "har väntat i %(weeks)s veckor", waited
        ) % {"weeks": in_words(waited)},
        Why.FITS: _("ryms i tiden"),
        Why.NOT_READY: _("lämnades tillbaka och har inte kompletterats"),
        Why.NO_TIME: _("tiden räcker inte den här gången"),
        Why.SHARE_IS_FULL: _("syftet har redan fått sin del av mötestiden enligt mandatet"),
    }[why]  # fmt: skip
