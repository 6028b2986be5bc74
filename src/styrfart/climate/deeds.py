"""What was done in the climate room, in the words of the log."""

from django.utils.translation import gettext_lazy as _

from styrfart.people.deeds import name_deeds

DEEDS = {
    "climate.plan_round": _("planerade pulsen"),
    "climate.change_round": _("ändrade pulsen"),
    "climate.launch_round": _("startade pulsen"),
    "climate.stop_round": _("avbröt pulsen"),
    "climate.close_round": _("stängde pulsen"),
    "climate.count_round": _("räknade svaren i pulsen"),
    "climate.release_round": _("visade resultatet av pulsen"),
}

name_deeds(DEEDS)
