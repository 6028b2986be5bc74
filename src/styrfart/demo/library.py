"""What the demonstration says: the texts beside this file, read once into plain values."""

import functools
import tomllib
from dataclasses import dataclass, field
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class DecisionText:
    """A decision in words. `seen`: what came of it; empty while it is too early."""

    text: str
    reasons: str
    effect: str
    seen: str
    alternatives: str = ""
    dissent: str = ""
    actions: tuple[str, ...] = ()
    owner: str = ""  # the unit whose head owns it; empty: somebody whom the matter touches
    point: str = ""  # of the scheme of delegation; empty: by management of work
    is_taken_on: bool = True
    # When, for what the story must tell exactly. Else the schedule chooses.
    quarter: int | None = None  # 1–11: its place in the latest whole quarter; 0: just before it
    is_late: bool = False
    due: int | None = None  # days ago; a negative number lies ahead
    effect_ago: int | None = None


@dataclass(frozen=True)
class MatterText:
    """A matter in words, from which unit it comes, and where it rightly goes."""

    question: str
    why: str
    asks: str
    source: str
    touches: tuple[str, ...]
    rule: str  # what the team calls the rule about such matters: `RuleText.slug`
    year: int  # 1: before the team had a mandate; 2: after
    route: str = ""  # empty while it waits
    state: str = ""  # where it is now, when the route does not tell
    half: int = 0  # of the year
    ago: int | None = None  # handed in so many days ago; None: the schedule chooses
    cost: int | None = None
    month: int | None = None  # the month of the year to which it belongs
    note: str = ""  # with the route: why, or what is missing
    answer: str = ""
    outcome: str = ""  # what is wanted of the meeting
    material: tuple[str, ...] = ()
    decision: DecisionText | None = None
    is_last: bool = False


@dataclass(frozen=True)
class RuleText:
    slug: str
    concerns: str
    destination: str
    words: tuple[str, ...]
    post_title: str = ""
    post_unit: str = ""
    to_team: str = ""
    amount_max: int | None = None
    amount_max_1: int | None = None  # as it was in the first version
    points: tuple[str, ...] = ()
    since: int = 1  # the version in which the rule came


@dataclass(frozen=True)
class MandateText:
    purpose: str
    purpose_1: str
    only_we: str
    team_type: str
    norms: tuple[str, ...]
    target_mix: dict[str, int]
    results: tuple[tuple[str, str], ...]
    rules: tuple[RuleText, ...]


@dataclass(frozen=True)
class PointText:
    code: str
    heading: str
    text: str
    words: tuple[str, ...]
    who: tuple[tuple[str, int | None], ...] = ()
    is_reported: bool = True
    is_subdelegated: bool = False
    law: str = ""
    conditions: str = ""
    licence: str = ""


@dataclass(frozen=True)
class SchemeText:
    name: str
    reference: str
    points: tuple[PointText, ...]


@dataclass(frozen=True)
class UnitText:
    code: str
    name: str
    kind: str
    parent: str = ""
    head: str = ""
    title: str = ""
    staff: int = 0
    politicians: int = 0
    titles: tuple[str, ...] = ()
    since: int = 0  # days ago; 0: longer than anybody remembers


@dataclass(frozen=True)
class PersonText:
    name: str
    unit: str
    title: str
    roles: tuple[str, ...] = ()
    domain: str = ""


@dataclass(frozen=True)
class TeamText:
    slug: str
    name: str
    unit: str
    level: str
    texts: str = ""
    mandate: str = ""
    secretary: str = ""
    coach: str = ""
    partner: str = ""  # the unit from which the team has its HR partner
    secretary_from_unit: bool = False
    members: tuple[str, ...] = ()  # units whose heads sit in the team, besides those right below its own
    adopted: int | None = None  # days ago
    versions: int = 1
    proposed: bool = False  # a new version waits for confirmations
    draft: bool = False
    new_chair: int = 0  # days ago


@dataclass(frozen=True)
class OrganisationText:
    units: tuple[UnitText, ...]
    ended: tuple[UnitText, ...]
    people: tuple[PersonText, ...]
    teams: tuple[TeamText, ...]
    roles: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class DivisionText:
    name: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class SectorText:
    """A kind of administration: what its people are called, its divisions, and what its teams talk of."""

    titles: tuple[str, ...]
    head: str
    mandate: str
    texts: str
    divisions: tuple[DivisionText, ...]


@dataclass(frozen=True)
class AdministrationText:
    committee: str
    administration: str
    sector: str
    share: int  # of the people


@dataclass(frozen=True)
class BulkText:
    sectors: dict[str, SectorText]
    city: tuple[AdministrationText, ...]
    municipality: tuple[AdministrationText, ...]


@functools.cache
def organisation() -> OrganisationText:
    """The units, people and teams that the story needs."""
    data = _read("organisation")
    return OrganisationText(
        units=tuple(UnitText(**_frozen(row)) for row in data["units"]),
        ended=tuple(UnitText(**_frozen(row)) for row in data["ended"]),
        people=tuple(PersonText(**_frozen(row)) for row in data["people"]),
        teams=tuple(TeamText(**_frozen(row)) for row in data["teams"]),
        roles=data["roles"],
    )


@functools.cache
def bulk() -> BulkText:
    """What the rest of a city, and a country, are made of."""
    data = _read("bulk")
    sectors = {
        name: SectorText(
            **_frozen({key: value for key, value in row.items() if key != "divisions"}),
            divisions=tuple(DivisionText(**_frozen(division)) for division in row["divisions"]),
        )
        for name, row in data["sectors"].items()
    }
    return BulkText(
        sectors=sectors,
        city=tuple(AdministrationText(**row) for row in data["city"]),
        municipality=tuple(AdministrationText(**row) for row in data["municipality"]),
    )


@functools.cache
def matters(names: str) -> tuple[MatterText, ...]:
    """The matters of the files named, in their order."""
    found: list[MatterText] = []
    for name in names.split():
        half = int(name[-1]) if name.startswith("office/second") else 0
        of_file = {"year": 1 if name.endswith("first_year") else 2, "half": half}
        found += [_matter({**of_file, **row}) for row in _read(name)["matter"]]
    return tuple(found)


@functools.cache
def mandate(name: str, unit: str = "") -> MandateText:
    """A mandate in words; `unit` fills in what is a division's own."""
    data = _read(f"mandates/{name}")
    division, deliver = data.get("divisions", {}).get(unit, ("avdelningen", "det kontoret behöver"))
    purpose = data["purpose"].strip().replace("{division}", division).replace("{deliver}", deliver)
    return MandateText(
        purpose=purpose,
        purpose_1=data.get("purpose_1", "").strip() or purpose,
        only_we=data["only_we"].strip(),
        team_type=data["team_type"],
        norms=tuple(data["norms"]),
        target_mix=data["target_mix"],
        results=tuple((row["text"], row["measure"]) for row in data["results"]),
        rules=tuple(RuleText(**_frozen(row)) for row in data["rules"]),
    )


@functools.cache
def scheme(name: str) -> SchemeText:
    """A scheme of delegation in words."""
    data = _read(f"delegation/{name}")
    return SchemeText(data["name"], data["reference"], tuple(_point(row) for row in data["points"]))


def _matter(row: dict[str, Any]) -> MatterText:
    decision = row.pop("decision", None)
    made = DecisionText(**_frozen(decision)) if decision else None
    return MatterText(**_frozen(row), decision=made)


def _point(row: dict[str, Any]) -> PointText:
    who = []
    for line in row.pop("who", []):
        title, _, limit = line.rpartition(" ")
        who.append((title, int(limit)) if limit.isdigit() else (line, None))
    return PointText(
        who=tuple(who),
        is_reported=row.pop("reported", True),
        is_subdelegated=row.pop("subdelegated", False),
        **_frozen(row),
    )


def _read(name: str) -> dict[str, Any]:
    """One of the files in `texts`."""
    text = resources.files(__package__).joinpath(f"texts/{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    """Lists as tuples, so that nobody changes what was read."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
