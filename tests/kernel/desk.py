"""A small office for the tests of triage: tree, team, mandate, scheme of delegation. Ids are plain words."""

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
    Rule,
    Scheme,
    Team,
    propose,
)

OFFICE: Path = ("stad", "kontor")
NORTH: Path = (*OFFICE, "norr")
SOUTH: Path = (*OFFICE, "söder")
SERVICE: Path = (*OFFICE, "service")
PROJECTS: Path = (*NORTH, "projekt")
RECEPTION: Path = (*SERVICE, "reception")
ELSEWHERE: Path = ("stad", "annat kontor")

CHAIR = Post("ingrid", "Kontorschef", OFFICE, is_chair=True)
NORTHS = Post("mikael", "Avdelningschef", NORTH)
SOUTHS = Post("samir", "Avdelningschef", SOUTH)
SERVICES = Post("farida", "Avdelningschef", SERVICE)
RECEPTIONS = Post("tove", "Enhetschef", RECEPTION)
PROJECTS_HEAD = Post("olle", "tf enhetschef", PROJECTS)

TEAM = Team(
    "kontor",
    (Member("mikael", "norr"), Member("samir", "söder"), Member("farida", "service")),
    (CHAIR, NORTHS, SOUTHS, SERVICES, RECEPTIONS, PROJECTS_HEAD),
)

MANDATE = Mandate(
    (
        Rule(
            1,
            "Prioritering mellan avdelningarna: vem som får resurserna och vad som får vänta",
            Destination.MEETING,
            words=("prioritera", "fördela", "resurskonflikt"),
        ),
        Rule(
            2,
            "Verksamhetsplan, budget och yttranden som nämnden beslutar",
            Destination.COMMITTEE,
            words=("verksamhetsplan", "budgetunderlag", "remiss", "yttrande"),
        ),
        Rule(
            3,
            "Omorganisation och andra större förändringar för medarbetarna",
            Destination.MEETING,
            words=("omorganisation", "slå ihop", "riskbedömning"),
        ),
        Rule(
            4,
            "Bemanning inom en enhet",
            Destination.POST,
            post_title="Enhetschef",
            words=("bemanning", "jour", "semester", "vikarie"),
        ),
        Rule(
            5,
            "Inköp och avrop upp till 500 000 kronor inom avdelningens budget",
            Destination.POST,
            post_title="Avdelningschef",
            amount_max=500_000,
            words=("inköp", "köpa in", "avrop", "konsult"),
        ),
        Rule(
            6,
            "Upphandling och avtal över 500 000 kronor",
            Destination.POST,
            post_title="Kontorschef",
            amount_min=500_001,
            words=("upphandling", "konsult", "ramavtal"),
        ),
        Rule(7, "Lokaler och möbler i vardagen", Destination.LINE, words=("lokal", "möbler", "mötesrum")),
        Rule(
            8, "Frågor från press", Destination.POST, target="sanna", words=("journalist", "pressmeddelande")
        ),
        Rule(
            9,
            "Frågor som hela staden måste lösa",
            Destination.TEAM,
            target="stadens ledningsgrupp",
            words=("stadsledningskontoret", "annan förvaltning"),
        ),
        Rule(
            10,
            "Lägesrapporter och annat som bara ska bli känt",
            Destination.WRITTEN,
            words=("lägesrapport", "statistik", "för kännedom"),
        ),
    )
)

SCHEME = Scheme(
    (
        Point("1.1", "Mål, inriktning, omfattning och kvalitet för verksamheten", is_delegable=False),
        Point("1.2", "Svar på medborgarförslag", is_delegable=False, words=("medborgarförslag",)),
        Point(
            "3.1",
            "Direktupphandling",
            (
                Delegate("Kontorschef", 700_000),
                Delegate("Avdelningschef", 300_000),
                Delegate("Enhetschef", 50_000),
            ),
            words=("direktupphandling",),
        ),
        Point("3.2", "Skriva av fordringar", (Delegate("Avdelningschef", 20_000),), words=("fordran",)),
        Point("4.1", "Utlämnande av allmän handling", (Delegate("Kontorschef"),), words=("allmän handling",)),
        Point(
            "4.2",
            "Tjänstledighet som inte följer av lag",
            (Delegate("Enhetschef"),),
            has_conditions=True,
            words=("tjänstledighet",),
        ),
        Point("5.1", "Upplåta mark med arrende, högst fem år", (Delegate("Markchef"),), words=("arrende",)),
    )
)

NOTHING = Mandate()
NO_SCHEME = Scheme()


def matter(
    question: str,
    why_us: str = "",
    *,
    asked: Asked = Asked.DECISION,
    owner: Path = RECEPTION,
    touched: tuple[Path, ...] = (RECEPTION,),
    cost: int | None = None,
    material: tuple[str, ...] = (),
) -> Matter:
    """A matter from the reception that touches only the reception."""
    return Matter(question, why_us, material, asked, owner, touched, cost)


def ask(
    question: str,
    why_us: str = "",
    *,
    asked: Asked = Asked.DECISION,
    owner: Path = RECEPTION,
    touched: tuple[Path, ...] = (RECEPTION,),
    cost: int | None = None,
    mandate: Mandate = MANDATE,
    scheme: Scheme = SCHEME,
    team: Team = TEAM,
) -> Proposal:
    """What triage proposes to the office's management team."""
    handed_in = matter(question, why_us, asked=asked, owner=owner, touched=touched, cost=cost)
    return propose(handed_in, mandate, scheme, team)


def one_rule(
    text: str,
    destination: Destination = Destination.MEETING,
    *,
    words: tuple[str, ...] = (),
    amount_min: int | None = None,
    amount_max: int | None = None,
    post_title: str = "",
) -> Mandate:
    """A mandate of one rule."""
    return Mandate(
        (
            Rule(
                1,
                text,
                destination,
                words=words,
                amount_min=amount_min,
                amount_max=amount_max,
                post_title=post_title,
            ),
        )
    )
