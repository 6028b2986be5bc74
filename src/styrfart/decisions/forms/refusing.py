"""Why something was not done, in words; and a form that may be sent again upon what is there now."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from styrfart.decisions import actions

# The decision form: refusal -> field and words.
REFUSALS: dict[type[actions.DecisionRefused], tuple[str | None, Any]] = {
    actions.NotDelegable: (
        "right",
        _("Bara nämnden får besluta om det här. Välj att bereda ärendet till nämnden."),
    ),
    actions.NotAuthorised: (
        "right",
        _("Du får inte besluta det här på den grunden. Välj en annan rätt, eller lämna ärendet vidare."),
    ),
    actions.NotTheDecider: (None, _("Bara den som har rätt att besluta kan fatta beslutet.")),
    actions.ConflictOfInterest: (
        None,
        _("Den som är jävig får inte besluta, föredra ärendet eller ha en avvikande mening."),
    ),
    actions.GroundIsMissing: (None, _("Ange jävsgrunden för den som är jävig.")),
    actions.DeciderDissents: (None, _("Ta bort dig själv från dem som deltog: du står som beslutsfattare.")),
    actions.TextIsMissing: (None, _("Skriv beslut, skäl och hur ni ser att det fick effekt.")),
    actions.DatesAreOutOfOrder: ("due_on", _("Ange dagar i ordning: beslutat, klart, effekten följd.")),
    actions.SecretStaysInRoom: (
        "secrecy_ground",
        _("Välj ägare och mottagare i ledningsgruppen. Ett sekretessmarkerat beslut visas bara där."),
    ),
    actions.ChangeNotPrepared: (
        "risk_assessed_on",
        _("Gör riskbedömningen och avsluta samverkan före beslutet, eller ange synnerliga skäl."),
    ),
    actions.NotInForce: (None, _("Beslutet gäller inte längre. Någon har återtagit eller ersatt det.")),
    actions.HasMovedOn: (
        None,
        _("Någon har ändrat beslutet medan du skrev. Jämför med texten nedan och försök igen."),
    ),
}
