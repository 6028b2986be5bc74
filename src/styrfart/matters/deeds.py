"""What was done to matters as documents, in the words of the log, beside those that `people.deeds` has."""

from django.utils.translation import gettext_lazy as _

from styrfart.people.deeds import name_deeds

name_deeds(
    {
        "matters.mark_secret": _("sekretessmarkerade ärendet"),
        "matters.lift_secrecy": _("hävde sekretessen för ärendet"),
        "matters.archive": _("hämtade ärenden för e-arkivet från"),
    }
)
