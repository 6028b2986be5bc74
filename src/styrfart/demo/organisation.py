"""Units, people, posts and teams of the city that the story is about."""

import datetime as dt
import random

from styrfart.demo.library import OrganisationText, PersonText, TeamText, UnitText
from styrfart.demo.people import Name
from styrfart.demo.town import DOMAIN, Seats, Town
from styrfart.people.models import (
    Person,
    Post,
    Role,
    RoleAssignment,
    Team,
    TeamMember,
    TeamRole,
    Unit,
    UnitKind,
    UnitPeriod,
)
from styrfart.people.team_periods import period_of

TITLES = {"division": "Avdelningschef", "unit": "Enhetschef", "administration": "Förvaltningschef"}
# Two divisions became one: so long ago, and this is what their units were called before.
MERGED = {"digitalutv": ("it-gamla", "It-stöd"), "registratur": ("adm-gamla", "Registratur")}
WITHOUT_ADDRESS = {"Vårdbiträde": 0.5, "Undersköterska": 0.15}
# Nobody signs in with a password: a persona is stepped into, everybody else uses the city's own sign-in.
UNUSABLE = "!demo"
COACH = "coach"


def build(town: Town, text: OrganisationText) -> None:
    """The whole of it: units in their tree, everybody at work, roles, teams with their members."""
    rng = town.chance("organisation")
    for name in [person.name for person in text.people] + [unit.head for unit in text.units if unit.head]:
        town.names.keep(_name(name))
    for ended in text.ended:
        _end(town, ended, _add_unit(town, ended, town.today - dt.timedelta(days=4000)))
    for unit in text.units:
        _add_unit(town, unit, _founded(town, unit))
    for unit in text.units:
        _staff_unit(town, unit, rng)
    for person in text.people:
        _add_known(town, person, rng)
    for role, name in ((role, name) for role, names in text.roles.items() for name in names):
        _give_role(town, town.known[name], role)
    for team in text.teams:
        _add_team(town, team, rng)


def add_person(town: Town, name: Name, *, domain: str = DOMAIN, has_address: bool = True) -> Person:
    """Somebody, with an address that nobody has."""
    number = town.store.count(Person) + 1
    return town.store.add(
        Person(
            email=town.names.address(name, domain) if has_address else None,
            employee_number=f"{100000 + number}" if domain == DOMAIN else None,
            given_name=name.given,
            family_name=name.family,
            password=UNUSABLE,
        )
    )


def add_unit(
    town: Town, *, code: str, name: str, kind: UnitKind, parent: Unit | None, since: dt.date
) -> Unit:
    """A unit in the tree, and its one period."""
    unit = Unit(code=code, name=name, kind=kind, parent=parent, path="/", valid_from=since)
    town.store.add(unit)
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    return unit


def _add_unit(town: Town, text: UnitText, since: dt.date) -> Unit:
    parent = town.units.get(text.parent)
    unit = add_unit(
        town, code=text.code, name=text.name, kind=UnitKind(text.kind), parent=parent, since=since
    )
    town.units[text.code] = unit
    town.staff[text.code] = []
    if text.code in MERGED:
        was, name = MERGED[text.code]
        merged = town.units[text.parent].valid_from
        unit.valid_from = merged - dt.timedelta(days=2000)
        _period(
            town,
            unit,
            unit.valid_from,
            parent=town.units[was],
            name=name,
            until=merged - dt.timedelta(days=1),
        )
        since = merged
    _period(town, unit, since, parent=parent)
    return unit


def _period(
    town: Town,
    unit: Unit,
    since: dt.date,
    *,
    parent: Unit | None,
    name: str = "",
    until: dt.date | None = None,
) -> None:
    town.store.add(
        UnitPeriod(
            unit=unit, name=name or unit.name, kind=unit.kind, parent=parent, valid_from=since, valid_to=until
        )
    )


def _founded(town: Town, text: UnitText) -> dt.date:
    if text.since:
        return (town.today - dt.timedelta(days=text.since)).replace(day=1)
    return dt.date(town.today.year - 9, 1, 1)


def _end(town: Town, text: UnitText, unit: Unit) -> None:
    """The unit was there until the day before the merger."""
    ended = _founded(town, UnitText(text.code, "", "", since=540)) - dt.timedelta(days=1)
    unit.valid_to = ended
    for period in town.store.waiting(UnitPeriod):
        if period.unit_id == unit.pk:
            period.valid_to = ended


def _staff_unit(town: Town, text: UnitText, rng: random.Random) -> None:
    unit = town.units[text.code]
    if text.politicians:
        for place in range(text.politicians):
            title = ["Nämndens ordförande", "Nämndens vice ordförande", "Nämndledamot"][min(place, 2)]
            _hire(town, add_person(town, town.names.next()), unit, title, rng)
        return
    if text.kind != UnitKind.COMMITTEE:
        _appoint(town, text, unit, rng)
    for place in range(text.staff):
        title = text.titles[place % len(text.titles)]
        has_address = rng.random() >= WITHOUT_ADDRESS.get(title, 0)
        person = add_person(town, town.names.next(), has_address=has_address)
        _hire(town, person, unit, title, rng)
        if has_address:
            town.staff[text.code].append(person)


def _appoint(town: Town, text: UnitText, unit: Unit, rng: random.Random) -> None:
    """The head of the unit; one person may lead two, as a city director does."""
    title = text.title or TITLES[text.kind]
    head = town.known.get(text.head)
    if head is None:
        head = add_person(town, _name(text.head) if text.head else town.names.next())
        if text.head:
            town.known[text.head] = head
    town.heads[text.code] = head
    town.titles[text.code] = title
    _hire(town, head, unit, title, rng, is_head=True)


def _hire(
    town: Town,
    person: Person,
    unit: Unit,
    title: str,
    rng: random.Random,
    *,
    is_head: bool = False,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> None:
    began = since or max(unit.valid_from, town.today - dt.timedelta(days=rng.randint(760, 3000)))
    town.store.add(
        Post(unit=unit, person=person, title=title, is_head=is_head, valid_from=began, valid_to=until)
    )


def _add_known(town: Town, text: PersonText, rng: random.Random) -> None:
    person = add_person(town, _name(text.name), domain=text.domain or DOMAIN)
    town.known[text.name] = person
    if text.unit:
        _hire(town, person, town.units[text.unit], text.title, rng)
        town.staff[text.unit].insert(0, person)
    for role in text.roles:
        _give_role(town, person, role)


def _give_role(town: Town, person: Person, role: str) -> None:
    since = town.today - dt.timedelta(days=700)
    town.store.add(RoleAssignment(person=person, role=Role(role), valid_from=since))


def _name(text: str) -> Name:
    given, _, family = text.partition(" ")
    return Name(given, family)


# --- Teams -------------------------------------------------------------------------------------------
def _add_team(town: Town, text: TeamText, rng: random.Random) -> None:
    unit = town.units[text.unit]
    since = max(unit.valid_from, town.today - dt.timedelta(days=1400))
    team = add_team(town, slug=text.slug, name=text.name, unit=unit, level=text.level, since=since)
    heads = [code for code, child in town.units.items() if child.parent == unit and code in town.heads]
    if text.members:
        heads = list(text.members)
    seats = Seats(town.heads[text.unit], town.titles[text.unit], [town.heads[code] for code in heads])
    seats.members = [person for person in seats.members if person != seats.chair]
    if text.secretary:
        seats.secretary = town.known[text.secretary]
    elif text.secretary_from_unit:
        seats.secretary = town.staff[text.unit][0]
    town.seats[text.slug] = seats
    chaired_since = since
    if text.new_chair:
        chaired_since = _change_chair(town, text, team, since, rng)
    add_member(town, team, seats.chair, TeamRole.CHAIR, since=chaired_since)
    for person in seats.members:
        add_member(town, team, person, TeamRole.MEMBER, since=since)
    if seats.secretary:
        add_member(town, team, seats.secretary, TeamRole.SECRETARY, since=since)
    if text.coach:
        _add_adjunct(town, team, town.known[text.coach], COACH)
    if text.partner:
        _add_adjunct(town, team, town.staff[text.partner][0], "HR-partner")


def add_team(town: Town, *, slug: str, name: str, unit: Unit, level: str, since: dt.date) -> Team:
    """A team without members, and its one period."""
    team = town.store.add(Team(slug=slug, name=name, unit=unit, level=level, valid_from=since))
    town.store.add(period_of(team, since))
    town.teams[slug] = team
    town.team_of[unit.code] = team
    return team


def add_member(
    town: Town,
    team: Team,
    person: Person,
    role: TeamRole,
    *,
    since: dt.date,
    until: dt.date | None = None,
    function: str = "",
) -> None:
    """A seat in the team."""
    town.store.add(
        TeamMember(team=team, person=person, role=role, function=function, valid_from=since, valid_to=until)
    )


def _add_adjunct(town: Town, team: Team, person: Person, function: str) -> None:
    since = town.today - dt.timedelta(days=280)
    add_member(town, team, person, TeamRole.ADJUNCT, since=since, function=function)
    if function != COACH:  # from outside: never at the team's own meetings
        town.seats[team.slug].adjuncts.append((person, function, since))


def _change_chair(town: Town, text: TeamText, team: Team, since: dt.date, rng: random.Random) -> dt.date:
    """Who led before has left; gives the day when the new chair began."""
    changed = town.today - dt.timedelta(days=text.new_chair)
    before = changed - dt.timedelta(days=1)
    former = add_person(town, town.names.next())
    former.is_active = False
    _hire(town, former, team.unit, "Avdelningschef", rng, is_head=True, since=since, until=before)
    add_member(town, team, former, TeamRole.CHAIR, since=since, until=before)
    new = town.seats[text.slug].chair
    for post in town.store.waiting(Post):
        if post.person_id == new.pk:
            post.valid_from = changed
    return changed
