"""What was done to decisions and actions, in the words of the log, beside those that `people.deeds` has."""

from django.utils.translation import gettext_lazy as _

from styrfart.people.deeds import name_deeds

DEEDS = {
    "decisions.taken_on": _("tog sig an beslutet"),
    "decisions.note": _("rapporterade läget för beslutet"),
    "decisions.done": _("genomförde beslutet"),
    "decisions.reopened": _("öppnade på nytt beslutet"),
    "decisions.effect": _("följde effekten av beslutet"),
    "decisions.moved": _("flyttade datumet för beslutet"),
    "decisions.reviewed": _("såg över beslutet"),
    "decisions.archive": _("hämtade handlingar för e-arkivet från"),
    "decisions.complete_action": _("blev klar med åtgärden"),
    "decisions.reopen_action": _("öppnade på nytt åtgärden"),
    "decisions.withdraw_action": _("tog tillbaka åtgärden"),
    "decisions.move_action": _("flyttade datumet för åtgärden"),
}

name_deeds(DEEDS)
