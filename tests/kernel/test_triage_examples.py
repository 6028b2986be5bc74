"""Forty matters as people write them, against a mandate and a scheme of delegation of the usual kind.

They were written while triage was made, so they show that it keeps working, not how well it does on what it
has never seen; that is for the matters that were written blind of the rules.
"""

# ruff: noqa: E501  one matter a line reads as a table

from dataclasses import dataclass

import pytest

from styrfart.kernel.triage import (
    Asked,
    Delegate,
    Destination,
    Mandate,
    Matter,
    Member,
    Path,
    Point,
    Post,
    Proposal,
    Route,
    Rule,
    Scheme,
    Team,
    prepare,
    propose_prepared,
)

OFFICE: Path = ("stad", "kontor")
DIVISIONS = ("norr", "söder", "mark", "trafik", "park", "ekonomi", "hr", "digital")
UNITS = {"projekt": "norr", "kalkyl": "norr", "drift": "söder", "registratur": "digital"}


def path(unit: str) -> Path:
    return (*OFFICE, UNITS[unit], unit) if unit in UNITS else (*OFFICE, unit)


TEAM = Team(
    "kontor",
    tuple(Member(f"chef {unit}", unit) for unit in DIVISIONS),
    (
        Post("chef kontor", "Kontorschef", OFFICE, is_chair=True),
        Post("chef press", "Kommunikationschef", path("hr")),
        *(Post(f"chef {unit}", "Avdelningschef", path(unit)) for unit in DIVISIONS if unit != "hr"),
        *(Post(f"chef {unit}", "Enhetschef", path(unit)) for unit in UNITS),
    ),
)

MEETING, POST, LINE = Destination.MEETING, Destination.POST, Destination.LINE
COMMITTEE, WRITTEN = Destination.COMMITTEE, Destination.WRITTEN
MANDATE = Mandate(
    (
        Rule(
            1,
            "Vilka projekt som går först och hur vi delar på folk och pengar mellan avdelningarna",
            MEETING,
            words=("prioritera", "fördela", "dela på", "gå först", "räcker inte"),
        ),
        Rule(
            2,
            "Budget, verksamhetsplan, remisser och annat som nämnden beslutar",
            COMMITTEE,
            words=("verksamhetsplan", "budgetunderlag", "tertialrapport", "remiss", "yttrande", "motion"),
        ),
        Rule(
            3,
            "Mark: anvisning, försäljning och exploateringsavtal",
            COMMITTEE,
            words=("markanvisning", "exploateringsavtal", "sälja tomt", "markförsäljning"),
        ),
        Rule(
            4,
            "Ny organisation, flytt och annat som ändrar medarbetarnas arbete",
            MEETING,
            words=("omorganisation", "slå ihop", "flytta ihop", "riskbedömning"),
        ),
        Rule(
            5,
            "Löner, arbetstid och villkor som ska vara lika i hela kontoret",
            MEETING,
            words=("lönerevision", "lönekriterier", "distansarbete", "arbeta hemifrån"),
        ),
        Rule(
            6,
            "Bemanning och ledighet inom en enhet",
            POST,
            post_title="Enhetschef",
            words=("vikarie", "semester", "schema", "jour", "tjänstledighet", "gå ned i tid"),
        ),
        Rule(
            7,
            "Arbetsmiljön i enheten",
            POST,
            post_title="Enhetschef",
            words=("skyddsrond", "tillbud", "sjukfrånvaro", "rehabilitering"),
        ),
        Rule(
            8,
            "Inköp och konsulter upp till 500 000 kronor",
            POST,
            post_title="Avdelningschef",
            amount_max=500_000,
            words=("köpa", "inköp", "konsult", "hyra in", "avrop"),
        ),
        Rule(
            9,
            "Upphandling och avtal över 500 000 kronor",
            POST,
            post_title="Kontorschef",
            amount_min=500_001,
            words=("upphandling", "ramavtal", "konsult", "förlänga avtal"),
        ),
        Rule(
            10,
            "Gemensamma system och e-tjänster",
            MEETING,
            words=("verksamhetssystem", "e-tjänst", "diariesystem", "informationssäkerhet"),
        ),
        Rule(
            11,
            "Hus, möbler, kaffe och bilar",
            LINE,
            words=("lokal", "mötesrum", "möbler", "kaffemaskin", "parkering", "julfest"),
        ),
        Rule(
            12,
            "Press och sociala medier",
            POST,
            post_title="Kommunikationschef",
            words=("journalist", "pressmeddelande", "sociala medier"),
        ),
        Rule(
            13,
            "Rapporter och statistik att känna till",
            WRITTEN,
            words=("lägesrapport", "statistik", "nuläge"),
        ),
    )
)
SCHEME = Scheme(
    (
        Point("1.1", "Mål och inriktning för nämndens verksamhet", is_delegable=False, words=("nämndmål",)),
        Point("1.2", "Svar på medborgarförslag", is_delegable=False, words=("medborgarförslag",)),
        Point("2.1", "Utlämnande av allmän handling", (Delegate("Avdelningschef"),), words=("sekretess",)),
        Point(
            "3.1",
            "Skriva av fordringar",
            (Delegate("Avdelningschef", 20_000), Delegate("Kontorschef", 200_000)),
        ),
        Point("4.1", "Fälla skadade träd", (Delegate("Avdelningschef"),), words=("trädfällning",)),
    )
)
ALL = " ".join(DIVISIONS)


@dataclass(frozen=True)
class Example:
    """A matter and where a person who knows the office would put it."""

    question: str
    why: str
    asked: str
    owner: str
    touches: str
    cost: int | None
    right: str
    rule: int | None = None


EXAMPLES = [
    Example("Ska vi stå bakom förslaget till verksamhetsplan?", "Nämnden behandlar den i november.", "preparation", "ekonomi", ALL, None, "committee", 2),
    Example("Hur ska vi svara på motionen om fler träd i stenstaden?", "Kommunstyrelsen vill ha vårt yttrande i december.", "preparation", "park", "park trafik", None, "committee", 2),
    Example("Kan projekt förlänga vikariatet för en assistent?", "Hon är föräldraledig till i mars och arbetet kan inte vänta.", "decision", "projekt", "projekt", None, "post", 6),
    Example("Behöver vi en gemensam syn på hur mycket medarbetarna får arbeta hemifrån?", "Det skiljer mycket mellan avdelningarna.", "thinking", "hr", ALL, None, "meeting", 5),
    Example("Får vi köpa två surfplattor till besiktningarna?", "De ryms i avdelningens budget.", "decision", "söder", "söder", 18_000, "post", 8),
    Example("Ska vi gå ut med en ny upphandling av geoteknik?", "Ramavtalet löper ut i maj och vi avropar på det varje vecka.", "decision", "mark", "mark", 6_000_000, "decide", 9),
    Example("Hur löser vi att två projekt behöver samma kaj?", "Norr och söder har båda skrivit in den i sina tidplaner.", "decision", "norr", "norr söder", None, "meeting"),
    Example("Vi vill berätta om trygghetsmätningen", "Rapporten kom i fredags. Ingen behöver göra något nu.", "information", "hr", "hr", None, "written"),
    Example("Kan vi få en ny kaffemaskin på plan fem?", "Den gamla läcker.", "decision", "digital", "digital", None, "line", 11),
    Example("Hur ska stödet till projektledarna ordnas?", "Förslaget är att slå ihop tre enheter och att elva personer får ny chef.", "decision", "hr", "hr norr söder digital", None, "meeting", 4),
    Example("Är det dags att byta diariesystem?", "Avtalet går ut om ett år och alla använder det.", "thinking", "digital", ALL, 2_500_000, "meeting", 10),
    Example("Vilka lönekriterier ska gälla för projektledare?", "Vi vill ha samma måttstock överallt.", "decision", "hr", "norr söder hr", None, "meeting", 5),
    Example("Ska vi sälja tomten vid Kvarngatan?", "Bolaget har bjudit åtta miljoner och nämnden behöver ett förslag.", "preparation", "mark", "mark ekonomi", 8_000_000, "committee"),
    Example("En journalist frågar om förseningen på kajen, vem svarar?", "Hon vill ha svar före lunch.", "decision", "norr", "norr", None, "post", 12),
    Example("Kan Leila gå ned till 80 procent från februari?", "Hon vill gå ned i tid för att studera.", "decision", "kalkyl", "kalkyl", None, "post"),
    Example("Ska vi låta trafik få de lediga tjänsterna från norr?", "Norr hinner inte rekrytera i år.", "decision", "hr", "norr trafik", None, "meeting"),
    Example("Får jag åka på konferens i maj?", "Resan handlar om klimatanpassning.", "decision", "drift", "drift", None, "post"),
    Example("Vill ni veta hur det går för traineerna?", "Fyra har varit hos oss i ett halvår.", "information", "hr", "hr", None, "written"),
    Example("Hur går barnen säkert till skolan under ombyggnaden?", "Föräldrar har hört av sig till flera av oss.", "thinking", "trafik", "trafik söder norr", None, "meeting"),
    Example("Ska vi godta att byggherren vill ändra exploateringsavtalet i efterhand?", "De vill slippa bygga gångbron.", "preparation", "mark", "mark norr", None, "committee", 3),
    Example("Hur fördelar vi semestrarna i juli?", "Vi är fyra och tre vill vara lediga samma veckor.", "decision", "kalkyl", "kalkyl", None, "post", 6),
    Example("Vilken lösning väljer vi för att ta emot ansökningar?", "En e-tjänst behövs hos mark, trafik och park.", "decision", "digital", "mark trafik park", 400_000, "meeting", 10),
    Example("Ska vi förlänga avtalet med städfirman?", "Det kan förlängas ett år.", "decision", "digital", "digital", 1_200_000, "decide", 9),
    Example("Hur ställer vi oss till att staden vill flytta ihop oss med ett annat kontor?", "Facken vill veta mer.", "thinking", "hr", ALL, None, "meeting", 4),
    Example("Lokaler?", "", "decision", "digital", "", None, "line", 11),
    Example("", "", "decision", "digital", "", None, "more"),
    Example("Ska registraturen ha en egen skyddsrond i garaget?", "Skyddsombudet har påpekat ventilationen.", "decision", "registratur", "registratur", None, "post", 7),
    Example("Får enheten hyra in en konsult i tre veckor?", "Kalkylen till nämnden blir annars inte klar.", "decision", "kalkyl", "kalkyl", 140_000, "post", 8),
    Example("Får vi hyra in konsulter för att leda bygget av ny kaj?", "Det gäller två år.", "decision", "norr", "norr", 2_400_000, "decide", 9),
    Example("Ska vi ha julfest på kontoret eller ute i år?", "Någon behöver boka.", "decision", "digital", "digital", None, "line", 11),
    Example("Kan vi dela på registratorn med park?", "Vår går i pension och park har en halv tjänst över.", "decision", "mark", "mark park", None, "meeting", 1),
    Example("Hur besvarar vi medborgarförslaget om badplatsen?", "Det kom i maj.", "decision", "park", "park", None, "committee"),
    Example("Kan vi skriva av fordran på restaurangen?", "Den har gått i konkurs.", "decision", "mark", "mark", 15_000, "post"),
    Example("Kan vi skriva av fordran på hotellet?", "Det har gått i konkurs.", "decision", "mark", "mark", 150_000, "decide"),
    Example("Får park ta ned eken vid torget?", "En trädfällning kräver snabbt svar, den är skadad.", "decision", "park", "park", None, "post"),
    Example("Hur mår vi?", "Sjukfrånvaron är hög och skyddsronden visade brister.", "advice", "kalkyl", "kalkyl", None, "post", 7),
    Example("Hur ska nämndmålen skrivas nästa år?", "Nämnden vill ha färre.", "preparation", "ekonomi", ALL, None, "committee"),
    Example("Vad gör vi med den gamla väderstationen?", "", "thinking", "park", "park", None, "unknown"),
    Example("Vem tar hand om kommunens bihotell?", "Frågan kom in i fel brevlåda.", "decision", "hr", "", None, "unknown"),
    Example("Hjälp", "Vet inte", "advice", "digital", "", None, "more"),
]  # fmt: skip

PREPARED = prepare(MANDATE, SCHEME)


def placed(example: Example) -> Proposal:
    matter = Matter(
        example.question,
        example.why,
        (),
        Asked(example.asked),
        path(example.owner),
        tuple(path(unit) for unit in example.touches.split()),
        example.cost,
    )
    return propose_prepared(matter, PREPARED, TEAM)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.question[:40])
def test_the_matter_is_placed_right_or_not_at_all(example: Example) -> None:
    route = placed(example).route

    assert route in (Route(example.right), Route.UNKNOWN, Route.MORE)


def test_nearly_all_are_placed() -> None:
    right = [example for example in EXAMPLES if placed(example).route == example.right]

    assert len(right) >= 0.95 * len(EXAMPLES)


def test_the_rule_that_a_person_would_quote_is_quoted() -> None:
    ruled = [example for example in EXAMPLES if example.rule is not None]
    quoted = [example for example in ruled if placed(example).rule == example.rule]

    assert len(quoted) >= 0.9 * len(ruled)
