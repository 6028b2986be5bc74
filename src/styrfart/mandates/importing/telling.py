"""What is wrong with a file, in words: where, what, and what to do."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from styrfart.mandates.importing.points import Reserved
from styrfart.people.importing.problems import TEXTS as FILE_TEXTS
from styrfart.people.importing.problems import place

Text = str | Promise

# code: (what is wrong, beginning in lower case and without a full stop; what to do, as a sentence)
TEXTS: Final[dict[str, tuple[Text, Text]]] = {
    **{code: FILE_TEXTS[code] for code in FILE_TEXTS},
    "no_header": (
        _("det finns ingen rad med kolumnrubriker"),
        _("Rubrikerna ska heta som i mallen, till exempel %(example)s. En CSV-fil ska ha semikolon."),
    ),
    "no_points": (_("det finns inga punkter under rubrikerna"), _("Fyll i minst en rad.")),
    "too_many_points": (_("det finns fler än %(limit)s punkter"), _("Dela upp delegationsordningen.")),
    "missing": (_("uppgiften saknas"), _("Fyll i den.")),
    "too_long": (_("texten är längre än %(limit)s tecken"), _("Korta den.")),
    "code_is_date": (
        _("Excel har gjort om punktens nummer till ett datum"),
        _("Gör kolumnen till text och skriv numret igen."),
    ),
    "code_twice": (
        _("punkten ”%(value)s” finns redan på rad %(first)s"),
        _("Ge varje punkt ett eget nummer."),
    ),
    "code_twice_number": (
        _("punkten ”%(value)s” finns redan på rad %(first)s"),
        _("Ska den vara %(value)s0? Gör kolumnen till text och skriv numret igen."),
    ),
    "not_yes_or_no": (_("”%(value)s” är varken ja eller nej"), _("Skriv ja eller nej, eller lämna tomt.")),
    "no_delegate": (
        _("ingen får besluta"),
        _("Skriv befattningen, eller nej i kolumnen Får delegeras."),
    ),
    "not_a_title": (
        _("”%(value)s” är ingen befattning"),
        _("Skriv högst 80 tecken, till exempel Enhetschef."),
    ),
    "delegate_twice": (_("befattningen ”%(value)s” står två gånger"), _("Behåll en av dem.")),
    "delegate_of_nothing": (
        _("delegaten ”%(value)s” och svaret i kolumnen Får delegeras går inte ihop"),
        _("Ta bort delegaten eller ändra i kolumnen Får delegeras."),
    ),
    "group_decides": (
        _("”%(value)s” är en grupp, och en nämnd får inte låta en grupp av tjänstemän besluta"),
        _("Skriv den befattning som beslutar (kommunallagen 7 kap. 5 §)."),
    ),
    "several_in_one": (
        _("”%(value)s” läses som en enda befattning"),
        _("Skilj flera befattningar med semikolon."),
    ),
    "not_an_amount": (
        _("beloppet ”%(value)s” går inte att läsa"),
        _("Skriv det i kronor, till exempel 2 000 000, 500 tkr eller 2 mnkr."),
    ),
    "too_many_words": (_("det finns fler än %(limit)s ledord"), _("Välj ut de viktigaste.")),
    "committee_decides": (
        _("delegaten är ”%(value)s”, så punkten läses som att den inte får delegeras"),
        _("Skriv nej i kolumnen Får delegeras, så syns det."),
    ),
    "limit_unused": (
        _("beloppsgränsen gäller ingen, eftersom varje delegat har en egen"),
        _("Ta bort den, eller delegaternas egna."),
    ),
}

RESERVED: Final[dict[Reserved, Text]] = {
    Reserved.DIRECTION: _("verksamhetens mål, inriktning, omfattning eller kvalitet"),
    Reserved.OPINIONS: _("framställningar och yttranden till fullmäktige"),
    Reserved.PRINCIPLE: _("myndighetsutövning mot enskilda av principiell natur eller större vikt"),
    Reserved.CITIZENS: _("ärenden som har väckts genom medborgarförslag"),
}


def told(problem: Mapping[str, Any]) -> dict[str, str]:
    """Where, what and remedy of a problem kept as JSON, in the reader's language."""
    what, remedy = TEXTS[problem["code"]]
    return {
        "where": place(problem["sheet"], problem["row"], problem["column"]),
        "what": str(what) % problem["values"],
        "remedy": str(remedy) % problem["values"],
    }
