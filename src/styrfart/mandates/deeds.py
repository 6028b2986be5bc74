"""What was done to mandates, in the words of the log, beside those that `people.deeds` has."""

from django.utils.translation import gettext_lazy as _

from styrfart.people.deeds import name_deeds

name_deeds({"mandates.archive": _("hämtade antagna mandat för e-arkivet från")})
