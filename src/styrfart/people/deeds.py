"""What was done, in words: the audit log's verbs as a reader sees them. Rooms above add their own."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.people.importing.telling import Told, can_tell, tell_change
from styrfart.people.models.name_key import fold
from styrfart.shared.models import AuditEntry

_WORDS: dict[str, Promise | str] = {
    # --- people
    "people.add_unit": _("la till enheten"),
    "people.change_unit": _("ändrade enheten"),
    "people.end_unit": _("avslutade enheten"),
    "people.add_person": _("la till personen"),
    "people.change_person": _("ändrade personen"),
    "people.end_person": _("stängde kontot och avslutade uppdragen för"),
    "people.add_team": _("la till ledningsgruppen"),
    "people.change_team": _("ändrade ledningsgruppen"),
    "people.end_team": _("avslutade ledningsgruppen"),
    "people.import_organisation": _("läste in organisationen"),
    "people.drop_import": _("slängde en inläsning"),
    "people.deactivate_person": _("stängde kontot för"),
    "people.reactivate_person": _("öppnade kontot för"),
    "people.give_role": _("gav en roll till"),
    "people.end_role": _("avslutade en roll för"),
    "people.add_member": _("satte in någon i ledningsgruppen"),
    "people.end_member": _("avslutade en plats i ledningsgruppen"),
    "people.change_chair": _("bytte ordförande i ledningsgruppen"),
    "people.set_password": _("bytte lösenord för"),
    "people.connect_sign_in": _("kopplade organisationens inloggning till"),
    "people.change_retention": _("ändrade gallringen för"),
    "people.order_disposal": _("beställde gallring enligt"),
    "people.dispose": _("gallrade enligt"),
    "people.stop_disposal": _("avbröt gallringen, eftersom regeln hade ändrats, enligt"),
    "people.send_mail_again": _("skickade om ett brev"),
    # --- the rooms above: words only, so that one page can tell of everything
    "mandates.start_draft": _("började skriva mandatet"),
    "mandates.answer_question": _("svarade på en fråga i mandatet"),
    "mandates.discard_draft": _("slängde utkastet till mandatet"),
    "mandates.propose_mandate": _("föreslog mandatet"),
    "mandates.withdraw_proposal": _("tog tillbaka förslaget till mandatet"),
    "mandates.ask_for_change": _("bad om en ändring i mandatet"),
    "mandates.confirm_mandate": _("bekräftade mandatet"),
    "mandates.adopt_mandate": _("antog mandatet"),
    "mandates.keep_mandate": _("behöll mandatet efter översyn av"),
    "mandates.call_for_review": _("bad om översyn av mandatet"),
    "mandates.add_rule": _("la till regeln"),
    "mandates.change_rule": _("ändrade regeln"),
    "mandates.move_rule": _("flyttade regeln"),
    "mandates.remove_rule": _("tog bort regeln"),
    "mandates.put_in_force": _("började tillämpa delegationsordningen"),
    "mandates.withdraw_scheme": _("drog tillbaka delegationsordningen"),
    "matters.hand_in": _("lämnade in ärendet"),
    "matters.change": _("ändrade ärendet"),
    "matters.complete": _("kompletterade ärendet"),
    "matters.withdraw": _("tog tillbaka ärendet"),
    "matters.delete_draft": _("tog bort utkastet till ärendet"),
    "matters.move_draft": _("flyttade utkastet till ärendet"),
    "matters.receive": _("tog emot ärendet"),
    "matters.answer": _("svarade på ärendet"),
    "matters.hand_back": _("lämnade tillbaka ärendet"),
    "matters.finish_preparation": _("avslutade beredningen av ärendet"),
    "matters.undo": _("ångrade vägen för ärendet"),
    "decisions.make_decision": _("fattade beslutet"),
    "decisions.undo_decision": _("återtog beslutet"),
    "decisions.register_decision": _("diarieförde beslutet"),
    "decisions.mark_reported": _("anmälde beslutet"),
    "decisions.confirm_receipt": _("bekräftade beslutet"),
    "decisions.create_action": _("la till åtgärden"),
}


def name_deeds(words: Mapping[str, Promise | str]) -> None:
    """Give words to the verbs of a room above; they stand before the name of what was done to."""
    _WORDS.update(words)


def deed(verb: str) -> str:
    """The words of a verb; an unknown one stands as it is kept, so that nothing is hidden."""
    return str(_WORDS.get(verb, verb))


def known_verbs() -> list[tuple[str, str]]:
    """Every verb with its words, for the filter."""
    return sorted(((verb, str(words)) for verb, words in _WORDS.items()), key=lambda each: fold(each[1]))


@dataclass(frozen=True)
class ToldEntry:
    """A row of the log as a reader sees it."""

    entry: AuditEntry
    who: str
    deed: str
    changes: list[Told]


def tell_entry(entry: AuditEntry) -> ToldEntry:
    """ "Fia Förvaltare ändrade personen Anna Ek", and what was before and after."""
    who = str(entry.actor) if entry.actor else gettext("Systemet")
    changes = [
        tell_change(name, str(values[0] or ""), str(values[1] or ""))
        for name, values in entry.detail.items()
        if isinstance(values, list) and len(values) == 2 and can_tell(name)
    ]
    return ToldEntry(entry, who, deed(entry.verb), changes)
