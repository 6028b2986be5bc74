"""What was done to matters, in the words of the log, beside those that `people.deeds` has."""

from django.utils.translation import gettext_lazy as _

from styrfart.people.deeds import name_deeds

name_deeds(
    {
        # The routes: `EventKind` of the choice.
        "matters.queued": _("tog upp på möte ärendet"),
        "matters.decided": _("beslutade genast i ärendet"),
        "matters.handed_over": _("lämnade vidare ärendet"),
        "matters.moved": _("lämnade till en annan grupp ärendet"),
        "matters.preparing": _("började bereda ärendet"),
        "matters.informed": _("skickade ut ärendet"),
        "matters.more_asked": _("bad om mer till ärendet"),
        "matters.declined": _("tackade nej till ärendet"),
        "matters.take_back": _("tog tillbaka till kön ärendet"),
        "matters.mark_secret": _("sekretessmarkerade ärendet"),
        "matters.lift_secrecy": _("hävde sekretessen för ärendet"),
        "matters.archive": _("hämtade ärenden för e-arkivet från"),
    }
)
