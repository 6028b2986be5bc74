"""The rest of a city, and a whole country: the same kinds of rows as the story, by the tens of thousands."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from styrfart.demo import history, library, mandating
from styrfart.demo.days import Days
from styrfart.demo.history import Room
from styrfart.demo.library import AdministrationText, SectorText, TeamText
from styrfart.demo.meetings import story
from styrfart.demo.meetings.calendar import Calendar
from styrfart.demo.meetings.story import Story
from styrfart.demo.organisation import add_member, add_person, add_team, add_unit
from styrfart.demo.people import BEGINNINGS
from styrfart.demo.schedule import plan
from styrfart.demo.town import Part, Seats, Town
from styrfart.mandates.models import Mandate
from styrfart.people.models import (
    Person,
    Post,
    Team,
    TeamRole,
    Unit,
    UnitKind,
    UnitPeriod,
)

IN_UNIT = 20  # people, the head not counted
IN_DIVISION = 9  # units
POLITICIANS = 11
MUNICIPALITIES = 289  # beside Demostad
WITH_MANDATE = 0.85  # of the teams
PLACES = [
    f"{first}{last}"
    for last in ("backen", "gården", "ängen", "hagen", "lunden", "kullen")
    for first in BEGINNINGS
]
TOWNS = [
    f"{first}{last}"
    for last in ("hamra", "bruk", "köpinge", "forsa", "bodarna", "vallen", "sele", "mora")
    for first in BEGINNINGS
]
# What division teams have had on their tables; each name is a file of its own, so nothing is told twice.
POOLS = (
    "divisions/norr divisions/mark divisions/hr",
    "district/social divisions/park divisions/digital",
    "district/aldre divisions/trafik divisions/ekonomi",
    "divisions/soder district/social divisions/hr",
)


@dataclass
class Lead(Part):
    """A part with the one who certainly leads it, and what they are called."""

    head: Person
    title: str = "Enhetschef"


@dataclass(frozen=True)
class Scale:
    """How much history is told in bulk."""

    pools: int  # of the three files in a pool, for a division's team
    of_divisions: float  # the share of division teams that have a history
    with_second_half: bool
    has_meetings: bool


CITY = Scale(pools=3, of_divisions=1, with_second_half=True, has_meetings=True)
NATION = Scale(pools=1, of_divisions=0.25, with_second_half=False, has_meetings=False)


def fill_city(town: Town, people: int, report: Callable[[str], None]) -> None:
    """The other committees of Demostad, until so many people work there."""
    rows = library.bulk().city
    sizes = _parts(people - town.store.count(Person), [row.share for row in rows])
    for number, (row, size) in enumerate(zip(rows, sizes, strict=True), start=1):
        _administration(town, row, f"f{number}", town.units["demostad"], size, CITY)
        report(f"{row.administration}: {town.store.count(Person)} personer i allt.")


def fill_nation(town: Town, people: int, report: Callable[[str], None]) -> None:
    """A country of municipalities besides Demostad, until so many people work there."""
    rng = town.chance("nation")
    weights = [rng.lognormvariate(0, 0.7) for _ in range(MUNICIPALITIES)]
    names = TOWNS[:]
    rng.shuffle(names)
    for number, size in enumerate(_parts(people - town.store.count(Person), weights), start=1):
        _municipality(town, f"k{number}", f"{names[number % len(names)]} kommun", size)
        if number % 20 == 0:
            report(f"{number} kommuner: {town.store.count(Person)} personer i allt.")


def _municipality(town: Town, code: str, name: str, size: int) -> None:
    city = _unit(town, code, name, UnitKind.CITY, None)
    rows = library.bulk().municipality
    sizes = _parts(size, [row.share for row in rows])
    for number, (row, people) in enumerate(zip(rows, sizes, strict=True), start=1):
        _administration(town, row, f"{code}-{number}", city, people, NATION)


def _parts(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights that add up to the total."""
    found, so_far, given = [], 0.0, 0
    for weight in weights:
        so_far += weight
        found.append(round(total * so_far / sum(weights)) - given)
        given += found[-1]
    return found


def _administration(
    town: Town, row: AdministrationText, code: str, city: Unit, size: int, scale: Scale
) -> None:
    """A committee, its administration with divisions and units, and their teams."""
    rng = town.chance(f"bulk/{code}")
    sector = library.bulk().sectors[row.sector]
    committee = _unit(town, f"{code}n", row.committee, UnitKind.COMMITTEE, city)
    for place in range(POLITICIANS):
        title = ["Nämndens ordförande", "Nämndens vice ordförande", "Nämndledamot"][min(place, 2)]
        _hire(town, committee, title, rng)
    unit = _unit(town, code, row.administration, UnitKind.ADMINISTRATION, committee)
    office = Lead(unit, _hire(town, unit, sector.head, rng, is_head=True), title=sector.head)
    count = max(2, round(size / (IN_UNIT + 1) / IN_DIVISION))
    sizes = _parts(max(size - POLITICIANS - 1, 4 * count), [1] * count)
    divisions = [
        _division(town, sector, office, place, in_division, rng) for place, in_division in enumerate(sizes)
    ]
    if scale is CITY:
        scheme = replace(
            library.scheme("district"), name=f"{row.committee}s delegationsordning", reference=""
        )
        mandating.add_scheme(town, committee, scheme)
    texts = sector.texts + (
        " office/second_year_2" if "office" in sector.texts and scale.with_second_half else ""
    )
    parts = [division for division, _units in divisions]
    above = _team(town, office, parts, f"{row.administration}s ledningsgrupp", "office")
    meets = scale.has_meetings
    stories = [_history(town, above, office, parts, _Told(sector.mandate, texts, meets), None, rng)]
    for place, (division, units) in enumerate(divisions):
        team = _team(town, division, units, f"{division.unit.name}s ledningsgrupp", "division")
        pool = POOLS[place % len(POOLS)].split()[: scale.pools]
        told = " ".join(pool) if rng.random() < scale.of_divisions else ""
        of_team = _Told("division", told, meets)
        stories.append(_history(town, team, division, units, of_team, above, rng))
    _meet(town, [each for each in stories if each])
    _forget(town, code)


def _meet(town: Town, stories: list[Story]) -> None:
    """The meetings of an administration's teams with their minutes."""
    for each in stories:
        story.write(each)
    if stories:
        town.store.write()  # minutes are made of what can be read
    for each in stories:
        story.seal(each)


@dataclass(frozen=True)
class _Told:
    """Which mandate a team has and which texts it lives by."""

    mandate: str
    texts: str
    meets: bool = False


def _division(
    town: Town, sector: SectorText, office: Lead, place: int, size: int, rng: random.Random
) -> tuple[Lead, list[Lead]]:
    kinds = sector.divisions
    text = kinds[place % len(kinds)]
    area = place // len(kinds)
    name = f"{text.name} {area + 1}" if area else text.name
    unit = _unit(town, f"{office.unit.code}-{place + 1}", name, UnitKind.DIVISION, office.unit)
    division = Lead(unit, _hire(town, unit, "Avdelningschef", rng, is_head=True), title="Avdelningschef")
    count = max(2, round(size / (IN_UNIT + 1)))
    places = _places(rng)
    parts = []
    for number, in_unit in enumerate(_parts(size - 1, [1] * count)):
        called = f"{text.units[number % len(text.units)]} {next(places)}"
        below = _unit(town, f"{unit.code}-{number + 1}", called, UnitKind.UNIT, unit)
        part = Lead(below, _hire(town, below, "Enhetschef", rng, is_head=True))
        for worker in range(in_unit - 1):
            person = _hire(town, below, sector.titles[worker % len(sector.titles)], rng)
            if worker < 2:
                part.staff.append(person)
        parts.append(part)
    return division, parts


def _places(rng: random.Random) -> Iterator[str]:
    """Names of places, none twice before all have been."""
    while True:
        yield from rng.sample(PLACES, len(PLACES))


def _unit(town: Town, code: str, name: str, kind: UnitKind, parent: Unit | None) -> Unit:
    since = town.today.replace(month=1, day=1, year=town.today.year - 6)
    unit = add_unit(town, code=code, name=name, kind=kind, parent=parent, since=since)
    town.store.add(UnitPeriod(unit=unit, name=name, kind=kind, parent=parent, valid_from=since))
    return unit


def _hire(town: Town, unit: Unit, title: str, rng: random.Random, *, is_head: bool = False) -> Person:
    person = add_person(town, town.names.next())
    since = unit.valid_from.replace(day=1 + rng.randrange(28), year=unit.valid_from.year + rng.randrange(5))
    town.store.add(Post(unit=unit, person=person, title=title, is_head=is_head, valid_from=since))
    return person


def _team(town: Town, lead: Lead, parts: list[Lead], name: str, level: str) -> Team:
    """The head and the heads below."""
    since = town.today.replace(month=1, day=1, year=town.today.year - 2)
    team = add_team(
        town, slug=f"lg-{lead.unit.code}", name=name[:120], unit=lead.unit, level=level, since=since
    )
    members = [part.head for part in parts]
    town.seats[team.slug] = Seats(lead.head, lead.title, members)
    add_member(town, team, lead.head, TeamRole.CHAIR, since=since)
    for person in members:
        add_member(town, team, person, TeamRole.MEMBER, since=since)
    return team


def _history(
    town: Town,
    team: Team,
    lead: Lead,
    parts: list[Lead],
    told: _Told,
    above: Team | None,
    rng: random.Random,
) -> Story | None:
    """The team's mandate, its matters and meetings; the units in the texts are played by the team's own."""
    texts = [text for text in library.matters(told.texts) if text.route != "team"]
    adopted = rng.randint(200, 420) if rng.random() < WITH_MANDATE else None
    text = TeamText(
        team.slug,
        team.name,
        lead.unit.code,
        team.level,
        mandate=told.mandate,
        adopted=adopted if texts else None,
    )
    mandates = _mandate(town, text, above)
    if not texts:
        return None
    days = Days(town.today, settings.TIME_ZONE, rng)
    # What the office's story must tell exactly is the office's own.
    free = [
        replace(row, ago=None, decision=row.decision and replace(row.decision, quarter=None)) for row in texts
    ]
    room = Room(
        town,
        team,
        town.seats[team.slug],
        rng,
        committee=mandating.committee_of(team.unit),
        mandates=mandates,
        cast=_cast(free, lead, parts, rng),
    )
    mandate_on = days.ago(adopted or 300)
    calendar = Calendar(days, story.pace_of(team.slug, is_told=False)) if told.meets else None
    slots = plan(free, days, mandate_on, rng, calendar.meeting_for if calendar else None)
    of_meetings = None
    if calendar:
        codes = [code for code, part in room.cast.items() if part is not lead] or ["uk"]
        of_meetings = story.begin(room, slots, calendar, days, mandate_on, codes)
    history.tell(room, slots)
    return of_meetings


def _mandate(town: Town, text: TeamText, above: Team | None) -> list[Mandate]:
    if text.adopted is None:
        return []
    mandating.add_mandates(town, text, above=above, in_bulk=True)
    return town.mandates[text.slug]


def _cast(
    texts: list[library.MatterText], lead: Lead, parts: list[Lead], rng: random.Random
) -> dict[str, Lead]:
    """Which of the team's own units plays each unit of the texts; the leading one plays itself."""
    codes = sorted({code for text in texts for code in (text.source, *text.touches)} - {"uk"})
    players = parts[:]
    rng.shuffle(players)
    return {"uk": lead} | {code: players[place % len(players)] for place, code in enumerate(codes)}


def _forget(town: Town, code: str) -> None:
    """Let go of what only this administration needed, so that a country fits in memory."""
    for slug in [slug for slug in town.teams if slug.startswith(f"lg-{code}")]:
        for mandate in town.mandates.pop(slug, []):
            town.rules.pop(mandate.pk, None)
        del town.teams[slug], town.seats[slug]
    for unit in [unit for unit in town.team_of if unit.startswith(code)]:
        del town.team_of[unit]
    town.points.pop(f"{code}n", None)
