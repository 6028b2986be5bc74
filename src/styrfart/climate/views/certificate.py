"""The proof of a release: how small a group anybody can work out, how that is known, and its limits."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from styrfart.climate.actions.releasing import order_check
from styrfart.climate.queries.certificates import certificate_for
from styrfart.people.request import Request
from styrfart.shared.receipts import tell

KINDS = {
    "people": gettext_lazy("Vilka som är med i varje grupp"),
    "items": gettext_lazy("Index och medelvärden, fråga för fråga"),
    "details": gettext_lazy("Hur svaren fördelar sig, fråga för fråga"),
    "texts": gettext_lazy("Det som skrevs med egna ord"),
}
# What a reader is taken to know, and so what the proof does not speak of (ADR 24, 26 and 28).
LIMITS = (
    gettext_lazy(
        "Den som berättar för andra vad hen har svarat har berättat det. Det kan inget skydd ändra."
    ),
    gettext_lazy(
        "Den som redan vet vad några i en grupp har svarat vet mer om de andra än den som bara har rapporten."
    ),
    gettext_lazy(
        "En puls till samma grupper som förra gången skyddas för sig. Den som tar för givet att alla svarade "
        "som då kan jämföra två rapporter. Därför ställer vi inte två pulser bredvid varandra när bara några "
        "få har börjat eller slutat."
    ),
    gettext_lazy("Det någon skriver med egna ord kan gå att känna igen, hur många som än skrev."),
    gettext_lazy(
        "Den som styr över servern kan ändra programmet. Beviset gäller det som har visats, inte vad en "
        "ändrad server skulle kunna visa."
    ),
)


@require_GET
def certificate(request: Request, pk: int) -> HttpResponse:
    """The certificate of a round."""
    found = certificate_for(request.user, pk)
    proofs = [(KINDS[proof.kind], proof) for proof in found.proofs]
    context = {"found": found, "round": found.round, "proofs": proofs, "limits": LIMITS}
    return render(request, "climate/released/certificate.html", context)


@require_POST
def check(request: Request, pk: int) -> HttpResponse:
    """Let the release be worked out anew from the stored answers, and attacked again."""
    found = certificate_for(request.user, pk)
    if not found.may_check:
        raise PermissionDenied
    order_check(release=found.release, actor=request.user)
    tell(request, _("Kontrollen är beställd. Vad den visar står här om en stund."))
    return redirect("climate:certificate", pk)
