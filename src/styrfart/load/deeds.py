"""What was done in the load calendar, in the words of the log."""

from django.utils.translation import gettext_lazy as _

from styrfart.people.deeds import name_deeds

DEEDS = {
    "load.enter_claim": _("skrev in i belastningskalendern"),
    "load.change_claim": _("ändrade i belastningskalendern"),
    "load.remove_claim": _("tog bort ur belastningskalendern"),
}

name_deeds(DEEDS)
