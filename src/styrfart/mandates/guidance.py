"""A good and a poor answer to each question, and why; from practice, in our own words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from styrfart.mandates.models import Question


@dataclass(frozen=True)
class Example:
    """An answer that works, one that does not, and what makes the difference."""

    good: str | Promise
    why_good: str | Promise
    poor: str | Promise
    why_poor: str | Promise


EXAMPLES: Mapping[Question, Example] = {
    Question.PURPOSE: Example(
        good=_(
            "Vi ser till att den som söker bygglov i kommunen får svar i tid och ett beslut som håller. "
            "Vi gör det genom att fördela folk och pengar dit köerna är längst."
        ),
        why_good=_("Det går att se vem gruppen finns för och vad den gör."),
        poor=_("Ledningsgruppen är ett forum för dialog och informationsutbyte i strategiska frågor."),
        why_poor=_("Det kunde stå om vilken grupp som helst, och det går inte att misslyckas med."),
    ),
    Question.ONLY_WE: Example(
        good=_("Bestämma vilka projekt som får vänta när två avdelningar behöver samma ingenjörer."),
        why_good=_("Ingen av cheferna kan göra det ensam, och någon måste."),
        poor=_("Följa upp sjukfrånvaron i varje enhet."),
        why_poor=_("Det gör varje chef bättre själv. Ta hit det om ni behöver göra något gemensamt."),
    ),
    Question.TEAM_TYPE: Example(
        good=_(
            "”Vi samordnar.” Avdelningarna väntar på leveranser från varandra, och varje månad måste "
            "någon ändra sin plan för att en annan ska klara sin."
        ),
        why_good=_("Typen följer av hur arbetet hänger ihop."),
        poor=_("”Chefen beslutar i gruppen”, fast nio av tio punkter på mötena är lägesrapporter."),
        why_poor=_(
            "Gruppen heter en sak och gör en annan. Det är en vanlig orsak till att möten känns onödiga."
        ),
    ),
    Question.RESULTS: Example(
        good=_("Ingen väntar mer än fyra månader på ett boende. Så ser vi det: antal som har väntat längre."),
        why_good=_("Det går att se i december om det blev så, och flera måste hjälpas åt."),
        poor=_("Vi ska arbeta aktivt med tillgänglighet och bemötande."),
        why_poor=_("Det är en aktivitet utan slut. Ingen kan säga när det är gjort."),
    ),
    Question.NORMS: Example(
        good=_("Den som äger ärendet säger först vad hen vill ha av oss."),
        why_good=_("Alla märker på mötet om det hände."),
        poor=_("Vi har högt i tak och respekterar varandra."),
        why_poor=_("Alla håller med, och ingen vet vad som ska göras annorlunda på torsdag."),
    ),
    Question.TARGET_MIX: Example(
        good=_("20 procent information, 30 dialog, 15 råd, 20 beslut och 15 uppföljning."),
        why_good=_("Det mesta av tiden går till sådant som kräver att ni är i samma rum."),
        poor=_("60 procent information, för att alla vill veta."),
        why_poor=_("Det som bara ska läsas kan gå ut skriftligt. Över 20 procent brukar tränga ut besluten."),
    ),
    Question.RULES: Example(
        good=_("Bemanning, schema och ledighet inom en enhet. Beslutas av: Enhetschef."),
        why_good=_(
            "Den som lämnar in ett ärende om sommarvikarier känner igen sig, och vet vem som beslutar."
        ),
        poor=_("Övriga frågor av mindre vikt hanteras i linjen."),
        why_poor=_("Ingen tycker att den egna frågan är av mindre vikt. Skriv vad den handlar om."),
    ),
}
