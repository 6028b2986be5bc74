"""What the page about protection tells of answers."""

from django.utils.translation import gettext_lazy as _

from styrfart.climate import promise
from styrfart.shared.protection import Part, tell

tell(
    Part("puls", _("Så skyddar vi svar i pulser"), promise.everything),
    Part("puls-granser", _("Det här kan skyddet av svar inte göra"), promise.limits),
)
