"""Teams by hand: make one, change it, and who sits there from when to when."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from styrfart.people.actions.ending import day_before, end, revision_of
from styrfart.people.models import PeriodQuerySet, Person, Team, TeamLevel, TeamMember, TeamRole, Unit
from styrfart.people.team_periods import begin_periods, end_periods
from styrfart.shared.audit import record

SLUG_LENGTH = 60
FIELDS = ("name", "level", "unit")


class AlreadyInTeam(Exception):
    """The person has a seat in the team during that time."""


class HasChair(Exception):
    """The team has a chair during that time."""


class TeamChanged(Exception):
    """Somebody else has changed the team since the page was loaded."""


class TeamHasEnded(Exception):
    """The team has ended since the page was loaded; what it was stays."""


class SeatHasBegun(Exception):
    """A seat that would be ended began on that day or later: days that were are not taken away."""

    def __init__(self, since: dt.date) -> None:
        super().__init__(since)
        self.since = since


def revision(team: Team) -> str:
    """What the form was filled from."""
    return revision_of(team, *FIELDS)


@transaction.atomic
def create_team(*, name: str, unit: Unit, level: TeamLevel, valid_from: dt.date, actor: Person) -> Team:
    """Make a team without people; its address is made from its name."""
    team = Team.objects.create(
        slug=_free_slug(name, unit), name=name, unit=unit, level=level, valid_from=valid_from
    )
    begin_periods([team.pk], valid_from)
    detail = {"level": ["", level.value], "unit": ["", unit.name]}
    record("people.add_team", team, actor=actor, detail=detail)
    return team


def _free_slug(name: str, unit: Unit) -> str:
    base = slugify(name)[:SLUG_LENGTH].strip("-_") or slugify(f"lg-{unit.code}")
    taken = {"ny", *Team.objects.filter(slug__startswith=base[:40]).values_list("slug", flat=True)}
    tries = [base, *(f"{base[:50]}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in tries if slug not in taken)


@transaction.atomic
def change_team(*, team: Team, known: str, name: str, unit: Unit, level: TeamLevel, actor: Person) -> Team:
    """Rename or move a team from today; its address stays, since links to it do, and so does what it was."""
    team = _open_team(team)
    if revision(team) != known:
        raise TeamChanged
    detail = {}
    if team.name != name:
        detail["name"] = [team.name, name]
    if team.level != level:
        detail["level"] = [team.level, level.value]
    if team.unit_id != unit.pk:
        detail["unit"] = [team.unit.name, unit.name]
    if detail:
        team.name, team.level, team.unit = name, level, unit
        team.save(update_fields=["name", "level", "unit"])
        today = timezone.localdate()
        begin_periods([team.pk], today)
        seated = team.members.on(today).values_list("person_id", flat=True)
        record("people.change_team", team, actor=actor, concerns=list(seated), detail=detail)
    return team


@transaction.atomic
def end_team(*, team: Team, actor: Person) -> None:
    """Let the team and every seat in it end; yesterday was the last day."""
    today = timezone.localdate()
    team = _open_team(team)
    seats = list(_open_seats(team, today))
    for seat in seats:
        end(seat, day_before(today))
    # A team that began today keeps yesterday as its only day: others may already refer to it.
    team.valid_from = min(team.valid_from, day_before(today))
    team.valid_to = day_before(today)
    team.save(update_fields=["valid_from", "valid_to"])
    end_periods([team.pk], today)
    record("people.end_team", team, actor=actor, concerns=[seat.person_id for seat in seats])


@transaction.atomic
def add_member(
    *,
    team: Team,
    person: Person,
    role: TeamRole,
    function: str = "",
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    actor: Person,
) -> TeamMember:
    """Give somebody a seat from a day, and to a day if that is known."""
    team = _open_team(team)
    _refuse_if_taken(_open_seats(team, valid_from), person.pk, role, valid_to)
    seat = TeamMember.objects.create(
        team=team, person=person, role=role, function=function, valid_from=valid_from, valid_to=valid_to
    )
    _tell(team, "people.add_member", actor, [(person, "", role.value)])
    return seat


@transaction.atomic
def end_member(*, seat: TeamMember, last_day: dt.date, actor: Person) -> None:
    """Let a seat end after `last_day`, which may be later than was planned."""
    team = _open_team(seat.team)
    seat = TeamMember.objects.select_related("person").get(pk=seat.pk)
    if seat.valid_to is not None and last_day > seat.valid_to:
        others = _open_seats(team, seat.valid_to).exclude(pk=seat.pk)
        _refuse_if_taken(others, seat.person_id, TeamRole(seat.role), last_day)
    end(seat, last_day)
    _tell(team, "people.end_member", actor, [(seat.person, seat.role, "")])


@transaction.atomic
def change_chair(
    *, team: Team, person: Person, valid_from: dt.date, stays_as_member: bool, actor: Person
) -> TeamMember:
    """Let `person` chair from a day; the former chair leaves the day before, or stays as a member."""
    team = _open_team(team)
    today = timezone.localdate()
    told: list[tuple[Person, str, str]] = []
    stay: list[Person] = []
    for seat in _open_seats(team, valid_from).select_related("person"):
        if seat.role != TeamRole.CHAIR and seat.person_id != person.pk:
            continue
        if seat.role == TeamRole.CHAIR and seat.person_id == person.pk:
            raise AlreadyInTeam
        if valid_from < seat.valid_from <= today:
            raise SeatHasBegun(seat.valid_from)
        # A chair who was only planned has nothing to stay from.
        stays = stays_as_member and seat.valid_from <= max(today, day_before(valid_from))
        end(seat, day_before(valid_from))
        if seat.person_id != person.pk:
            stay += [seat.person] if stays else []
            told.append((seat.person, seat.role, TeamRole.MEMBER.value if stays else ""))
    for former in stay:
        _keep(team, former, valid_from)
    chair = TeamMember.objects.create(team=team, person=person, role=TeamRole.CHAIR, valid_from=valid_from)
    _tell(team, "people.change_chair", actor, [*told, (person, "", TeamRole.CHAIR.value)])
    return chair


def _keep(team: Team, former: Person, valid_from: dt.date) -> None:
    """Let the former chair be a member, until another seat that is planned for them begins."""
    planned = _open_seats(team, valid_from).filter(person=former).order_by("valid_from").first()
    TeamMember.objects.create(
        team=team,
        person=former,
        role=TeamRole.MEMBER,
        valid_from=valid_from,
        valid_to=day_before(planned.valid_from) if planned else None,
    )


def _open_team(team: Team) -> Team:
    """The team under lock, as it is now; what has ended is not changed."""
    team = Team.objects.select_for_update(of=("self",)).select_related("unit").get(pk=team.pk)
    if team.valid_to is not None and team.valid_to < timezone.localdate():
        raise TeamHasEnded
    return team


def _refuse_if_taken(
    meanwhile: PeriodQuerySet[TeamMember], person_id: int, role: TeamRole, last_day: dt.date | None
) -> None:
    """Nobody sits in a team twice at a time, and a team has one chair."""
    if last_day is not None:
        meanwhile = meanwhile.filter(valid_from__lte=last_day)
    if meanwhile.filter(person=person_id).exists():
        raise AlreadyInTeam
    if role is TeamRole.CHAIR and meanwhile.filter(role=TeamRole.CHAIR).exists():
        raise HasChair


def _open_seats(team: Team, day: dt.date) -> PeriodQuerySet[TeamMember]:
    return TeamMember.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), team=team)


def _tell(team: Team, verb: str, actor: Person, changed: list[tuple[Person, str, str]]) -> None:
    detail = {f"seat:{person.full_name}": [before, after] for person, before, after in changed}
    record(verb, team, actor=actor, concerns=[person for person, *_ in changed], detail=detail)
