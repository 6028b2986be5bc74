"""Where a decision or an action stands, in a few words and a tone for the status mark."""

import datetime as dt
import unicodedata

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrfart.decisions.models import Action, Decision, DecisionStep, EffectVerdict
from styrfart.shared.templatetags.words import day_short, due

GOOD = {EffectVerdict.CLEAR, EffectVerdict.PROBABLE}


def state_of(decision: Decision, today: dt.date) -> tuple[str, str]:
    """The word and its tone. Of a replaced decision, `replaced_by` has been fetched."""
    if decision.withdrawn_at:
        return _("återtaget"), "none"
    if decision.replaced_at:
        return _("ersatt av %(number)s") % {"number": decision.replaced_by.number}, "none"
    if decision.step == DecisionStep.EFFECT:
        return str(EffectVerdict(decision.effect_verdict).label), (
            "ok" if decision.effect_verdict in GOOD else "none"
        )
    if decision.step == DecisionStep.DONE:
        if decision.effect_on < today:
            return _("effekten skulle följas %(day)s") % {"day": day_short(decision.effect_on)}, "late"
        return _("effekten följs %(day)s") % {"day": day_short(decision.effect_on)}, "none"
    if decision.due_on < today:
        return due(decision.due_on, today), "late"
    return (_("klart i dag"), "you") if decision.due_on == today else (_("i tid"), "none")


def state_of_action(action: Action, today: dt.date) -> tuple[str, str]:
    """The word and its tone."""
    if action.withdrawn_at:
        return _("tillbakatagen"), "none"
    if action.done_at:
        return _("klart"), "ok"
    if action.due_on < today:
        return due(action.due_on, today), "late"
    return (_("klart i dag"), "you") if action.due_on == today else (_("i tid"), "none")


def short(text: str, length: int = 90) -> str:
    """The beginning of a text, cut between words."""
    text = " ".join(text.split())
    # Django looks at each letter of the text; most are short, and no letter counts twice.
    if len(text) <= length and unicodedata.is_normalized("NFC", text):
        return text
    return Truncator(text).chars(length)


def receipt_words(decision: Decision) -> str:
    """The receipt of a decision: that it is made, who learns of it now, when we remind."""
    told = [decision.owner, *(row.person for row in decision.recipients.select_related("person"))]
    names = list(dict.fromkeys(person.given_name for person in told if person.pk != decision.decided_by_id))
    remind = _("Vi påminner %(day)s.") % {"day": day_short(decision.due_on)}
    if not names:
        return _("Beslutet är fattat.") + " " + remind
    if len(names) == 1:
        hear = _("%(name)s får veta nu.") % {"name": names[0]}
    else:
        hear = ngettext(
            "%(name)s och %(count)s person till får veta nu.",
            "%(name)s och %(count)s personer till får veta nu.",
            len(names) - 1,
        ) % {"name": names[0], "count": len(names) - 1}
    return " ".join([_("Beslutet är fattat."), hear, remind])
