"""What the system owner sees: people and roles, teams, the log, mail, retention. 404 to all others."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from styrfart.people import rules
from styrfart.people.models import (
    ImportLine,
    ImportRun,
    Person,
    Role,
    RoleAssignment,
    Team,
    TeamMember,
    TeamPeriod,
    TeamRole,
)
from styrfart.people.queries.persons import PersonHit, search_closed, search_people, with_posts
from styrfart.people.standing import User
from styrfart.shared.models import AuditEntry

PER_PAGE = 50


def owner_only(user: User) -> None:
    """404 to everybody but the system owner: they need not know that the page exists."""
    if not rules.is_system_owner(user):
        raise Http404


def _holds(field: str, text: str) -> Q:
    """Whose `field` holds the text in either case; SQLite does not know by itself that å is Å."""
    found = Q()
    for spelling in {text, text.lower(), text.upper(), text[:1].upper() + text[1:].lower()}:
        found |= Q(**{f"{field}__icontains": spelling})
    return found


# --- Imports ----------------------------------------------------------------------------------------
def import_run_for(user: User, pk: int) -> ImportRun:
    """An upload that can still be looked at or applied."""
    owner_only(user)
    run = ImportRun.objects.filter(pk=pk, applied_at=None, expires_at__gt=timezone.now()).first()
    if run is None:
        raise Http404
    return run


def past_imports(user: User) -> list[ImportRun]:
    """The latest six that were applied or wait."""
    owner_only(user)
    waits = Q(applied_at=None, expires_at__gt=timezone.now())
    runs = ImportRun.objects.filter(waits | Q(applied_at__isnull=False))
    return list(runs.select_related("created_by")[:6])


def import_lines(run: ImportRun, section: str, kind: str) -> QuerySet[ImportLine]:
    """The lines of one sort, in order."""
    return run.lines.filter(section=section, kind=kind).order_by("position")


# --- People and roles -------------------------------------------------------------------------------
def people_found(user: User, text: str) -> list[PersonHit]:
    """People at work by name or address; without text those who hold a role today."""
    owner_only(user)
    if text:
        return search_people(user, text, limit=PER_PAGE)
    held = RoleAssignment.objects.on(timezone.localdate())
    return with_posts(Person.objects.filter(pk__in=held.values("person"), is_active=True)[:200])


def closed_accounts(user: User, text: str) -> list[Person]:
    """Those whose accounts are closed and whose names begin with the words of `text`."""
    owner_only(user)
    return search_closed(text) if text else []


@dataclass(frozen=True)
class PersonFile:
    """A person as the system owner sees them."""

    person: Person
    roles: list[RoleAssignment]
    earlier_roles: list[RoleAssignment]
    is_last_owner: bool


def person_file(user: User, pk: int) -> PersonFile:
    """The person with roles today, planned and past."""
    owner_only(user)
    person = Person.objects.filter(pk=pk).first()
    if person is None:
        raise Http404
    today = timezone.localdate()
    assignments = list(person.role_assignments.order_by("-valid_from", "role"))
    return PersonFile(
        person=person,
        roles=[each for each in assignments if each.valid_to is None or each.valid_to >= today],
        earlier_roles=[each for each in assignments if each.valid_to and each.valid_to < today],
        is_last_owner=rules.is_system_owner(person) and len(system_owners(today)) < 2,
    )


def system_owners(day: dt.date) -> set[int]:
    """Those who look after the system on `day` and can sign in."""
    held = RoleAssignment.objects.on(day).filter(role=Role.SYSTEM_OWNER, person__is_active=True)
    return set(held.values_list("person", flat=True))


# --- Teams ------------------------------------------------------------------------------------------
def teams_found(user: User, text: str, number: str = "") -> "Page[Team]":
    """Teams of today by name or unit, with their chairs."""
    owner_only(user)
    teams = Team.objects.on(timezone.localdate()).select_related("unit").order_by("unit__path", "name", "pk")
    for word in text[:200].replace("\0", "").split()[:6]:
        teams = teams.filter(_holds("name", word) | _holds("unit__name", word))
    return Paginator(teams, PER_PAGE).get_page(number or 1)


def chairs_of(teams: list[Team]) -> dict[int, Person]:
    """Who chairs each team today. One query."""
    seats = TeamMember.objects.on(timezone.localdate()).filter(team__in=teams, role="chair")
    return {seat.team_id: seat.person for seat in seats.select_related("person")}


@dataclass(frozen=True)
class TeamFile:
    """A team as the system owner sees it: who sits there, who will, who did."""

    team: Team
    seats: list[TeamMember]
    earlier: list[TeamMember]
    was: list[TeamPeriod]


def team_file(user: User, slug: str) -> TeamFile:
    """The team with its seats, past ones apart, and what it was called before."""
    owner_only(user)
    team = Team.objects.select_related("unit").filter(slug=slug).first()
    if team is None:
        raise Http404
    today = timezone.localdate()
    order = {role: place for place, role in enumerate(TeamRole.values)}
    seats = sorted(
        team.members.select_related("person").order_by("person__name_key", "valid_from", "pk"),
        key=lambda seat: order[seat.role],
    )
    return TeamFile(
        team=team,
        seats=[seat for seat in seats if seat.valid_to is None or seat.valid_to >= today],
        earlier=[seat for seat in seats if seat.valid_to and seat.valid_to < today],
        was=list(_periods_before(team, today)),
    )


def _periods_before(team: Team, today: dt.date) -> QuerySet[TeamPeriod]:
    """What the team was called before, the latest first; of a team that has ended, before its last name."""
    periods = team.periods.filter(valid_to__lt=team.valid_to or today)
    return periods.select_related("unit").order_by("-valid_to")


# --- The log ----------------------------------------------------------------------------------------
def log_about(user: Person) -> QuerySet[AuditEntry]:
    """What has been written that concerns `user`, newest first."""
    return AuditEntry.objects.filter(concerns=user).select_related("actor").order_by("-at", "-pk")


def audit_log(user: User, narrowed: dict[str, Any]) -> QuerySet[AuditEntry]:
    """The whole log for the system owner, narrowed to a person, a verb, an object or days; newest first."""
    owner_only(user)
    entries = AuditEntry.objects.select_related("actor").order_by("-at", "-pk")
    if person := narrowed.get("person"):
        entries = entries.filter(
            Q(pk__in=AuditEntry.concerns.through.objects.filter(person=person).values("auditentry"))
            | Q(actor=person)
        )
    if verb := narrowed.get("verb"):
        entries = entries.filter(verb=verb)
    if text := narrowed.get("about"):
        entries = entries.filter(_holds("object_label", text))
    if first := narrowed.get("first"):
        entries = entries.filter(at__gte=_midnight(first))
    if last := narrowed.get("last"):
        entries = entries.filter(at__lt=_midnight(last + dt.timedelta(days=1)))
    return entries


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
