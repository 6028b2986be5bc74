"""What was done in meetings, in the words of the log, beside those that `people.deeds` has."""

from django.utils.translation import gettext_lazy as _

from styrfart.people.deeds import name_deeds

name_deeds(
    {
        "meetings.plan_meeting": _("planerade mötet"),
        "meetings.change_meeting": _("ändrade mötet"),
    }
)
